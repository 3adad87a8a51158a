"""`@halo …` in a channel, answered in its thread, once."""

from slack_bolt import Args

from bot.listeners.events import is_new
from bot.listeners.guard import Services
from bot.messages.answers import answer_message


def on_mention(args: Args, services: Services) -> None:
    """Answer a mention where it was made, for everyone in the thread to see."""
    if not is_new(args, services):
        return
    event = args.body["event"]
    answer = services.ask(event.get("text") or "")
    message = answer_message(answer, services.ask.episodes, "@halo")
    args.say(**message, thread_ts=event.get("thread_ts") or event["ts"], unfurl_links=False, unfurl_media=False)
