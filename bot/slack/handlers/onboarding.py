"""The bot comes into a channel: it says once what it does and who added it."""

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.slack.delivery import NO_UNFURL
from bot.slack.error_boundary import Services
from bot.slack.views.help import introduction_message


def on_channel_joined(args: Args, services: Services) -> None:
    """Say hello where the bot itself came in; that other people come and go is none of our business."""
    event, team = args.body["event"], args.context.team_id or ""
    if event.get("user") != args.context.bot_user_id or not services.stores.introductions.mark_introduced(
        team, event["channel"], services.now()
    ):
        return
    try:
        args.client.chat_postMessage(
            channel=event["channel"], **NO_UNFURL, **introduction_message(event.get("inviter"))
        )
    except SlackApiError:
        services.stores.introductions.forget(team, event["channel"])  # it was taken out again already: another time
        raise
