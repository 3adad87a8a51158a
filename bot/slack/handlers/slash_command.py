"""`/halo …`: answered in the acknowledgement, privately. Without a text it opens the search window.

What a person was answered last in a channel is kept in memory, so that an answer never waits for a database.
"""

from functools import partial

from slack_bolt import Args

from bot.conversation.interpret import interpret
from bot.slack import verbs
from bot.slack.delivery import notify_user
from bot.slack.error_boundary import Services
from bot.slack.handlers import search_modal
from bot.slack.jobs import current_run
from bot.slack.request import Reply, read_request
from bot.slack.taking import hand_over
from bot.slack.views.context import ViewContext


def on_slash_command(args: Args, services: Services) -> None:
    """Answer a slash command to the person who typed it: at once, or as a job where that takes Slack or a database."""
    if not (text := str(args.body.get("text") or "")).strip():
        if not hand_over(args, services.jobs, is_stored=False):
            search_modal.on_open(args, services)
        return
    request = read_request(args, text, ViewContext(command=str(args.body["command"])))
    last = services.command_answers.get(request.own_conversation)
    with services.search.snapshot() as snapshot:
        meaning = interpret(snapshot, request.text, last, 0, request.reference_text, services.test_error_command, True)
        if verbs.needs_others(meaning) and hand_over(args, services.jobs):
            return
        reply = verbs.reply_to(meaning, request, snapshot, services)
    reply = reply.completed()
    _send(args, reply, services)
    if answer := reply.to_remember(last):
        services.command_answers.add({request.own_conversation: answer})
    services.jobs.afterwards(partial(verbs.record_unanswered, reply, request, services))


def _send(args: Args, reply: Reply, services: Services) -> None:
    """In the acknowledgement, where Slack waits for that."""
    if not current_run(args.context):
        args.ack(**reply.message, response_type="ephemeral")
    elif reply.message:
        notify_user(args, reply.message)
