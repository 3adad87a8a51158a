"""A direct message to the bot, answered like a command."""

from slack_bolt import Args

from bot.listeners.events import is_new
from bot.listeners.guard import Services
from bot.messages.answers import answer_message


def on_direct_message(args: Args, services: Services) -> None:
    """Answer a person's message in the conversation with the bot; edits, joins and other bots are none of our business."""
    event = args.body["event"]
    if event.get("channel_type") != "im" or event.get("subtype") or event.get("bot_id") or not is_new(args, services):
        return
    answer = services.ask(event.get("text") or "")
    message = answer_message(answer, services.ask.episodes, "")
    args.say(**message, thread_ts=event.get("thread_ts"), unfurl_links=False, unfurl_media=False)
