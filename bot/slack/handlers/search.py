"""Questions: plain ones, and the verbs that are questions in a word."""

from bot.search import lookups
from bot.search.models import SearchResult
from bot.search.snapshot import SearchSnapshot
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, Request
from bot.slack.views.answers import answer_page, comparison_page, no_changes_between, no_version_between, page_message
from bot.slack.views.blocks import text_message
from bot.slack.views.help import empty_question_message


def answer_question(request: Request, services: Services) -> Reply:
    """The answer to a question, on the page that is looked at."""
    with services.search.snapshot() as snapshot:
        return reply_with_result(request, snapshot, snapshot.search(request.text))


def on_latest(request: Request, services: Services) -> Reply:
    """The newest version."""
    with services.search.snapshot() as snapshot:
        return reply_with_result(request, snapshot, lookups.latest_version(snapshot))


def on_version(request: Request, services: Services) -> Reply:
    """One version."""
    with services.search.snapshot() as snapshot:
        result = lookups.search_version(snapshot, lookups.versions_in(request.argument)[0])
        return reply_with_result(request, snapshot, result)


def on_compare(request: Request, services: Services) -> Reply:
    """What came after the older of two versions, up to the newer one."""
    with services.search.snapshot() as snapshot:
        older, newer, versions, result = lookups.compare_versions(snapshot, *lookups.versions_in(request.argument))
        if not versions:
            return Reply(text_message(no_version_between(older, newer)))
        if not result.has_answer:
            return Reply(text_message(no_changes_between(older, newer)))
        question = f"compare {older.number} {newer.number}"
        page = comparison_page(older, newer, result, snapshot.episodes, request.view_context)
        return Reply(page_message(page, request.view_context, question), page=page, result=result, question=question)


def on_hello(request: Request, services: Services) -> Reply:
    """A greeting is answered with what can be asked."""
    return Reply(empty_question_message(request.view_context.command))


def on_thanks(request: Request, services: Services) -> Reply:
    """Thanks are not searched for."""
    return Reply(text_message("You are welcome."), private=True)


def on_boom(request: Request, services: Services) -> Reply:
    """Fails, to prove that a failure is told by its reference."""
    raise RuntimeError("boom, as asked for")


def reply_with_result(request: Request, snapshot: SearchSnapshot, result: SearchResult) -> Reply:
    """The page of a result that the request looks at, with its buttons."""
    if result.query.intent in ("nothing", "help"):
        return Reply(empty_question_message(request.view_context.command))
    question = result.query.text
    page = answer_page(result, snapshot.episodes, request.view_context)
    return Reply(
        page_message(page, request.view_context, question, result.has_answer),
        page=page,
        result=result,
        question=question,
    )
