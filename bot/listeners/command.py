"""`/halo …`, answered in the ack: private, and one round trip. Alone it opens the search window."""

from slack_bolt import Args

from bot.listeners import answering, window
from bot.listeners.guard import Services
from bot.listeners.said import said
from bot.messages.look import Look


def on_halo(args: Args, services: Services) -> None:
    """Answer a slash command to the one who typed it."""
    text = args.body.get("text") or ""
    if not text.strip():
        return window.on_open(args, services)
    asked = said(args, text, Look(command=str(args.body["command"])))
    reply = answering.reply(asked, services)
    args.ack(**reply.message, response_type="ephemeral")
    answering.note_unanswered(reply, asked, services)
    return None
