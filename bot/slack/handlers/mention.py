"""`@halo …` in a channel, answered in its thread, once."""

from slack_bolt import Args

from bot.slack.error_boundary import Services
from bot.slack.handlers import conversation
from bot.slack.handlers.events import is_new
from bot.slack.request import said
from bot.slack.views.context import Look


def on_mention(args: Args, services: Services) -> None:
    """Answer a mention where it was made, for everyone in the thread to see."""
    if not is_new(args, services):
        return
    event = args.body["event"]
    asked = said(
        args, event.get("text") or "", Look(command="@halo", public=True), event.get("thread_ts") or event["ts"]
    )
    conversation.deliver(args, asked, conversation.converse(asked, services))
