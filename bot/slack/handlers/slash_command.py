"""`/halo …`: answered in the acknowledgement, privately. Without a text it opens the search window.

What a person was answered last in a channel is kept in memory, so that an answer never waits for a database.
"""

from slack_bolt import Args

from bot.conversation.interpret import interpret
from bot.slack import verbs
from bot.slack.delivery import notify_user
from bot.slack.error_boundary import Services
from bot.slack.handlers import search_modal
from bot.slack.request import read_request
from bot.slack.views.context import ViewContext


def on_slash_command(args: Args, services: Services) -> None:
    """Answer a slash command to the person who typed it."""
    if not (text := str(args.body.get("text") or "")).strip():
        return search_modal.on_open(args, services)
    request = read_request(args, text, ViewContext(command=str(args.body["command"])))
    last = services.command_answers.get(request.own_conversation)
    with services.search.snapshot() as snapshot:
        meaning = interpret(snapshot, request.text, last, 0, request.reference_text, services.test_error_command)
        reply = verbs.reply_to(meaning, request, snapshot, services)
    if reply.deferred:
        args.ack()
        if message := reply.completed().message:
            notify_user(args, message)
        return None
    args.ack(**reply.message, response_type="ephemeral")
    if answer := reply.to_remember(last):
        services.command_answers.add({request.own_conversation: answer})
    verbs.record_unanswered(reply, request, services)
    return None
