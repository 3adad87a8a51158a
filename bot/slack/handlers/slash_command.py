"""`/halo …`, answered in the ack: private, and one round trip. Alone it opens the search window."""

from slack_bolt import Args

from bot.slack import answering
from bot.slack.delivery import notify_user
from bot.slack.error_boundary import Services
from bot.slack.handlers import search_modal
from bot.slack.request import Request, read_request
from bot.slack.views.context import ViewContext


def on_slash_command(args: Args, services: Services) -> None:
    """Answer a slash command to the one who typed it."""
    text = args.body.get("text") or ""
    if not text.strip():
        return search_modal.on_open(args, services)
    request = read_request(args, text, ViewContext(command=str(args.body["command"])))
    match = answering.match_verb(request, services)
    if match and match.verb.deferred:
        return _reply_after_ack(args, request, services)
    reply = answering.answer_with(request, match, services)
    args.ack(**reply.message, response_type="ephemeral")
    answering.record_unanswered(reply, request, services)
    return None


def _reply_after_ack(args: Args, request: Request, services: Services) -> None:
    """The ack first, and what there is to say when it is done."""
    args.ack()
    if message := answering.answer_request(request, services).message:
        notify_user(args, message)
