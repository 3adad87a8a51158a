"""“Forget me”: asked for by a text, confirmed by a button, done once."""

from slack_bolt import Args

from bot.slack.delivery import is_private, notify_user
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, Request
from bot.slack.views.forgetting import forget_me_message, forgotten_message
from bot.storage.conversations import ConversationKey


def on_forget(request: Request, services: Services) -> Reply:
    """What would be erased and what is kept, privately, with a button."""
    return Reply(forget_me_message(), private=True)


def on_confirmed(args: Args, services: Services) -> None:
    """ "Erase", after Slack asked for confirmation."""
    args.ack()
    team, user, channel = args.context.team_id or "", args.context.user_id or "", args.context.channel_id or ""
    services.command_answers.forget(lambda key: is_of_person(key, team, user, channel))
    counts = services.stores.forgetting.forget(team, user, channel if channel.startswith("D") else "")
    notify_user(args, forgotten_message(counts), replace=is_private(args))


def is_of_person(key: ConversationKey, team: str, user: str, channel: str) -> bool:
    """Whether a last answer is this person's."""
    return key.team == team and (key.thread == user or (key.channel == channel and channel.startswith("D")))
