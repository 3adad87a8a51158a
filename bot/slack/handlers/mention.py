"""`@halo …` in a channel, answered in its thread, once."""

from slack_bolt import Args

from bot.slack.error_boundary import Services
from bot.slack.handlers import conversation
from bot.slack.handlers.events import is_new_event
from bot.slack.request import read_request
from bot.slack.views.context import ViewContext


def on_mention(args: Args, services: Services) -> None:
    """Answer a mention where it was made, for everyone in the thread to see."""
    if not is_new_event(args, services):
        return
    event = args.body["event"]
    asked = read_request(
        args, event.get("text") or "", ViewContext(command="@halo", public=True), event.get("thread_ts") or event["ts"]
    )
    conversation.deliver_reply(args, asked, conversation.reply_in_conversation(asked, services))
