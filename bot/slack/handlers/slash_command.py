"""`/halo …`: answered in the acknowledgement, privately. Without a text it opens the search window."""

from slack_bolt import Args

from bot.slack import verbs
from bot.slack.delivery import notify_user
from bot.slack.error_boundary import Services
from bot.slack.handlers import search_modal
from bot.slack.request import read_request
from bot.slack.views.context import ViewContext


def on_slash_command(args: Args, services: Services) -> None:
    """Answer a slash command to the person who typed it."""
    text = args.body.get("text") or ""
    if not text.strip():
        return search_modal.on_open(args, services)
    request = read_request(args, text, ViewContext(command=str(args.body["command"])))
    reply = verbs.answer(request, services)
    if reply.deferred:
        args.ack()
        if message := reply.completed().message:
            notify_user(args, message)
        return None
    args.ack(**reply.message, response_type="ephemeral")
    verbs.record_unanswered(reply, request, services)
    return None
