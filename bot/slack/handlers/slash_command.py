"""`/halo …`: answered in the acknowledgement, privately. Without a text it opens the search window.

What a person was answered last in a channel is kept in memory, so that an answer never waits for a database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from slack_bolt import Args

from bot.conversation.interpret import interpret, may_go_on
from bot.conversation.models import LastAnswer
from bot.search.snapshot import SearchSnapshot
from bot.slack import verbs
from bot.slack.delivery import notify_user
from bot.slack.error_boundary import Services
from bot.slack.handlers import search_modal
from bot.slack.job_intake import hand_over
from bot.slack.jobs import current_run
from bot.slack.request import Reply, Request, read_request
from bot.slack.views.context import ViewContext


def on_slash_command(args: Args, services: Services) -> None:
    """Answer a slash command to the person who typed it: at once, or as a job where that takes Slack or a database."""
    text = str(args.body.get("text") or "")
    hand_it_over = partial(hand_over, args, services.jobs, problems=services.sentences_for)
    if not services.is_ready(args.context.team_id) and hand_it_over(is_stored=bool(text.strip())):
        return
    if not text.strip():
        if not hand_it_over(is_stored=False):
            search_modal.on_open(args, services)
        return
    request = read_request(args, text, ViewContext(command=str(args.body["command"])))
    with services.search_of(request.team).snapshot() as snapshot:
        last = _last_answer(request, snapshot, services)
        meaning = interpret(snapshot, request.text, last, 0, request.reference_text, services.test_error_command, True)
        if verbs.needs_others(meaning) and hand_it_over():
            return
        reply = verbs.reply_to(meaning, request, snapshot, services)
    _show(args, reply.completed(), request, last, services)


def _show(args: Args, reply: Reply, request: Request, last: LastAnswer | None, services: Services) -> None:
    with _remembered(reply, request, last, services):
        _send(args, reply, services)
    if verbs.is_unanswered(reply, request):  # most need no other thread
        services.jobs.afterwards(partial(verbs.record_unanswered, reply, request, services))


def _last_answer(request: Request, snapshot: SearchSnapshot, services: Services) -> LastAnswer | None:
    """What this person was answered last here; by another process, where the text may go on from that."""
    answers, where = services.command_answers, request.own_conversation
    if answers.is_shared and may_go_on(snapshot, request.text, request.reference_text):
        return answers.newest(where)
    return answers.get(where)


@contextmanager
def _remembered(reply: Reply, request: Request, last: LastAnswer | None, services: Services) -> Iterator[None]:
    """Remember an answer before it is shown: what is shown may be followed at once. Not where it cannot be shown: it is
    made again then, after the same answer as now.
    """
    answers, where = services.command_answers, request.own_conversation
    answer = reply.to_remember(last)
    if answers.is_shared and (answer is None or len(answer.entry_keys) == 1 or answer.selected_key):
        answer = reply.to_remember(answers.newest(where))  # one entry is looked at beside the list of any process
    former = answers.put(where, answer) if answer is not None else None
    try:
        yield
    except Exception:
        if answer is not None:
            answers.put_back(where, former)
        raise


def _send(args: Args, reply: Reply, services: Services) -> None:
    """In the acknowledgement, where Slack waits for that."""
    if not current_run(args.context):
        args.ack(**reply.message, response_type="ephemeral")
    elif reply.message:
        notify_user(args, reply.message)
