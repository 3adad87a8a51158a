"""`/halo …`, answered in the ack: private, and one round trip."""

from slack_bolt import Args

from bot.listeners.guard import Services
from bot.messages.answers import answer_message


def on_halo(args: Args, services: Services) -> None:
    """Answer a slash command to the one who typed it."""
    answer = services.ask(args.body.get("text") or "")
    args.ack(**answer_message(answer, services.ask.episodes, str(args.body["command"])), response_type="ephemeral")
