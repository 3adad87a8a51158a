"""A direct message to the bot, answered like a command; any message there may follow up on the last answer."""

from slack_bolt import Args

from bot.slack.error_boundary import Services
from bot.slack.handlers import conversation
from bot.slack.handlers.events import is_new_event
from bot.slack.request import read_request
from bot.slack.views.context import ViewContext


def on_direct_message(args: Args, services: Services) -> None:
    """Answer a person's message in the conversation with the bot; edits, joins and other bots are none of our business."""
    event = args.body["event"]
    if (
        event.get("channel_type") != "im"
        or event.get("subtype")
        or event.get("bot_id")
        or not is_new_event(args, services)
    ):
        return
    asked = read_request(args, event.get("text") or "", ViewContext(command=""), event.get("thread_ts") or "")
    conversation.deliver_reply(args, asked, conversation.reply_in_conversation(asked, services))
