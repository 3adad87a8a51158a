"""Questions: plain ones, and the verbs that are questions in a word."""

from bot.search import lookups
from bot.search.models import SearchResult
from bot.search.snapshot import SearchSnapshot
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, Request
from bot.slack.views.answers import answer_page, comparison_page, page_message
from bot.slack.views.blocks import text_message
from bot.slack.views.help import empty_question_message


def answer_question(said: Request, services: Services) -> Reply:
    """The answer to a question, on the page that is looked at."""
    with services.search.snapshot() as snapshot:
        return _reply_with_result(said, snapshot, snapshot.search(said.text))


def on_latest(said: Request, services: Services) -> Reply:
    """The newest version."""
    with services.search.snapshot() as snapshot:
        return _reply_with_result(said, snapshot, lookups.latest_version(snapshot))


def on_version(said: Request, services: Services) -> Reply:
    """One version."""
    with services.search.snapshot() as snapshot:
        result = lookups.search_version(snapshot, lookups.versions_in(said.argument)[0])
        return _reply_with_result(said, snapshot, result)


def on_compare(said: Request, services: Services) -> Reply:
    """What came after the older of two versions, up to the newer one."""
    with services.search.snapshot() as snapshot:
        older, newer, versions, result = lookups.compare_versions(snapshot, *lookups.versions_in(said.argument))
        if not versions:
            return Reply(text_message(f"I know of no version after {older} up to {newer}."))
        if not result.has_answer:
            return Reply(text_message(f"Nothing that I know came after {older} up to {newer}."))
        question = f"compare {older.number} {newer.number}"
        page = comparison_page(older, newer, result, snapshot.episodes, said.view_context)
        return Reply(page_message(page, said.view_context, question), page=page, result=result, question=question)


def on_hello(said: Request, services: Services) -> Reply:
    """A greeting is answered with what can be asked."""
    return Reply(empty_question_message(said.view_context.command))


def on_thanks(said: Request, services: Services) -> Reply:
    """Thanks are not searched for."""
    return Reply(text_message("You are welcome."), private=True)


def on_boom(said: Request, services: Services) -> Reply:
    """Fails, to prove that a failure is told by its reference."""
    raise RuntimeError("boom, as asked for")


def _reply_with_result(said: Request, snapshot: SearchSnapshot, result: SearchResult) -> Reply:
    if result.query.intent in ("nothing", "help"):
        return Reply(empty_question_message(said.view_context.command))
    question = result.query.text
    page = answer_page(result, snapshot.episodes, said.view_context)
    return Reply(
        page_message(page, said.view_context, question, result.has_answer), page=page, result=result, question=question
    )
