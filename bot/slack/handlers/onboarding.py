"""The introduction when the bot is added to a channel: once per channel, what it does and who added it."""

from slack_bolt import Args

from bot.slack.delivery import NO_UNFURL
from bot.slack.error_boundary import Services
from bot.slack.views.help import introduction_message


def on_channel_joined(args: Args, services: Services) -> None:
    """Introduce the bot where the bot itself was added; other people's joins need nothing."""
    event, team, introductions = args.body["event"], args.context.team_id or "", services.stores.introductions
    if event.get("user") != args.context.bot_user_id:
        return
    if not introductions.is_introduced(team, event["channel"]):
        args.client.chat_postMessage(
            channel=event["channel"], **NO_UNFURL, **introduction_message(event.get("inviter"))
        )
        introductions.mark_introduced(team, event["channel"], services.now())
