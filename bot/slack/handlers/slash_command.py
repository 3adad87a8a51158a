"""`/halo …`, answered in the ack: private, and one round trip. Alone it opens the search window."""

from slack_bolt import Args

from bot.slack import answering
from bot.slack.delivery import tell
from bot.slack.error_boundary import Services
from bot.slack.handlers import search_modal
from bot.slack.request import Said, said
from bot.slack.views.context import Look


def on_halo(args: Args, services: Services) -> None:
    """Answer a slash command to the one who typed it."""
    text = args.body.get("text") or ""
    if not text.strip():
        return search_modal.on_open(args, services)
    asked = said(args, text, Look(command=str(args.body["command"])))
    found = answering.verb_of(asked, services)
    if found and found.verb.slow:
        return _afterwards(args, asked, services)
    reply = answering.reply_to(asked, found, services)
    args.ack(**reply.message, response_type="ephemeral")
    answering.note_unanswered(reply, asked, services)
    return None


def _afterwards(args: Args, asked: Said, services: Services) -> None:
    """The ack first, and what there is to say when it is done."""
    args.ack()
    if message := answering.reply(asked, services).message:
        tell(args, message)
