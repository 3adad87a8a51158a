"""What the bot does in Slack with what a text means: it renders an answer, or runs a verb that needs Slack.

What a text means, and the table of verbs, are in `bot/conversation`. A verb that needs Slack has its handler here.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from bot.conversation.answers import (
    AboutAnswer,
    AreasAnswer,
    ComparisonAnswer,
    EntryAnswer,
    ExportAnswer,
    HelpAnswer,
    Interpretation,
    ResultAnswer,
    ShareAnswer,
    StatusAnswer,
    TextAnswer,
    UpgradeAnswer,
    VerbAnswer,
)
from bot.conversation.interpret import interpret
from bot.conversation.models import LastAnswer
from bot.search.snapshot import SearchSnapshot
from bot.slack.error_boundary import Services, logged_only
from bot.slack.handlers import digest_verbs, forgetting, imports, phrasings, search, status, watches
from bot.slack.request import Reply, Request
from bot.slack.views.blocks import text_message, with_prefix
from bot.slack.views.export import offer_message


class SlackVerb(NamedTuple):
    """How a verb is run that needs Slack."""

    handler: Callable[[Request, Services], Reply]
    deferred: bool = False  # it waits for Slack or another server, so no snapshot is held while it runs


SLACK_VERBS = {
    "watch": SlackVerb(watches.on_watch),
    "watches": SlackVerb(watches.on_watches),
    "unwatch": SlackVerb(watches.on_unwatch),
    "subscribe": SlackVerb(digest_verbs.on_subscribe, deferred=True),
    "unsubscribe": SlackVerb(digest_verbs.on_unsubscribe, deferred=True),
    "change digest": SlackVerb(digest_verbs.on_change_digest, deferred=True),
    "pause": SlackVerb(digest_verbs.on_pause, deferred=True),
    "resume": SlackVerb(digest_verbs.on_resume, deferred=True),
    "undo": SlackVerb(digest_verbs.on_undo, deferred=True),
    "subscriptions": SlackVerb(digest_verbs.on_subscriptions, deferred=True),
    "digest preview": SlackVerb(digest_verbs.on_preview, deferred=True),
    "digest now": SlackVerb(digest_verbs.on_now, deferred=True),
    "import": SlackVerb(imports.on_import, deferred=True),
    "phrasings": SlackVerb(phrasings.on_phrasings, deferred=True),
    "forget me": SlackVerb(forgetting.on_forget),
    "boom": SlackVerb(search.on_boom),
}


def answer(request: Request, services: Services, last: LastAnswer | None = None) -> Reply:
    """The reply to any text, after what was answered last. All that it reads of the catalogue is of one snapshot."""
    with services.search_of(request.team).snapshot() as snapshot:
        offset, with_boom = request.view_context.offset, services.test_error_command
        meaning = interpret(snapshot, request.text, last, offset, request.reference_text, with_boom, True)
        return reply_to(meaning, request, snapshot, services)


def reply_to(interpretation: Interpretation, request: Request, snapshot: SearchSnapshot, services: Services) -> Reply:
    """The reply that shows what a text means; above it stands how that was understood. A verb that waits for others
    runs when the reply is completed.
    """
    answer, note = interpretation.answer, interpretation.note
    services.metrics.count_question(answer)
    if isinstance(answer, VerbAnswer) and SLACK_VERBS[answer.verb.name].deferred:
        return Reply({}, deferred=partial(_run_verb, answer, note, request, services))
    if isinstance(answer, VerbAnswer):
        return _run_verb(answer, note, request, services)
    request = request._replace(view_context=request.view_context._replace(offset=interpretation.offset))
    reply = _render(interpretation, request, snapshot, services)._replace(interpretation=interpretation)
    return _with_note(reply, note)


def needs_others(interpretation: Interpretation) -> bool:
    """Whether the reply takes Slack, another server or the workspace database, for which no acknowledgement waits."""
    match interpretation.answer:
        case VerbAnswer(verb):
            return SLACK_VERBS[verb.name].handler is not search.on_boom
        case StatusAnswer():
            return True
    return False


def is_unanswered(reply: Reply, request: Request) -> bool:
    """Whether the reply to a question says that nothing was found."""
    return reply.result is not None and not reply.result.has_answer and request.view_context.offset == 0


def record_unanswered(reply: Reply, request: Request, services: Services) -> None:
    """Count a question that found nothing, so that the operator sees what the catalogue lacks. It is called after the
    reply is out: a failure is only logged.
    """
    if is_unanswered(reply, request):
        with logged_only("a question without an answer"):
            services.stores.question_log.record_no_result(request.team, reply.question, services.now())


def _render(interpretation: Interpretation, request: Request, snapshot: SearchSnapshot, services: Services) -> Reply:
    command = request.view_context.command
    match interpretation.answer:
        case ResultAnswer(result):
            return search.reply_with_result(request, snapshot, result, services)
        case AboutAnswer(query):
            return search.reply_about(request, snapshot, query, services)
        case ComparisonAnswer(comparison):
            return search.reply_with_comparison(request, snapshot, comparison, interpretation.question, services)
        case UpgradeAnswer(checklist):
            return search.reply_with_checklist(request, snapshot, checklist)
        case EntryAnswer() as shown:
            return search.reply_with_entry(shown, snapshot)
        case ShareAnswer(key):
            return search.reply_with_shared_entry(request, snapshot, key)
        case AreasAnswer(areas):
            return status.reply_with_areas(areas, command)
        case StatusAnswer():
            return status.reply_with_status(request, snapshot, services)
        case HelpAnswer() as wanted:
            return search.reply_with_help(wanted, command)
        case ExportAnswer(question):
            return Reply(offer_message(question), private=True)
        case TextAnswer(text, private):
            return Reply(text_message(text), private=private)
        case VerbAnswer():
            raise TypeError("a verb is run, not rendered")


def _run_verb(answer: VerbAnswer, note: str, request: Request, services: Services) -> Reply:
    handler = SLACK_VERBS[answer.verb.name].handler
    request = request._replace(argument=answer.argument, which=answer.which)
    reply = digest_verbs.on_perhaps(request, services, handler) if answer.is_perhaps else handler(request, services)
    return _with_note(reply, note)


def _with_note(reply: Reply, note: str) -> Reply:
    """A verb that opened a window replies nothing, so there is nothing to put the note above."""
    return reply._replace(message=with_prefix(note, reply.message)) if note and reply.message else reply
