"""Questions: plain ones, and the verbs that are questions in a word."""

from bot.catalog.models import Version
from bot.search import lookup
from bot.search.models import SearchResult
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, Request
from bot.slack.views import notes
from bot.slack.views.answers import answer_page, page_message
from bot.slack.views.help import welcome
from bot.slack.views.lists import comparison


def search(said: Request, services: Services) -> Reply:
    """The answer to a question, on the page that is looked at."""
    return _reply_with_result(said, services, services.search(said.text))


def on_latest(said: Request, services: Services) -> Reply:
    """The newest version."""
    return _reply_with_result(said, services, services.search("latest"))


def on_version(said: Request, services: Services) -> Reply:
    """One version."""
    return _reply_with_result(said, services, services.search("v" + _parse_versions(said.text)[0].number))


def on_compare(said: Request, services: Services) -> Reply:
    """What came after the older of two versions, up to the newer one."""
    older, newer = sorted(
        lookup.find_version(services.search, f"v{version.number}") or version for version in _parse_versions(said.text)
    )
    between = [version for version in services.search.vocabulary.versions if older < version <= newer]
    if not between:
        return Reply(notes.note(f"I know of no version after {older} up to {newer}."))
    found = services.search(" ".join(f"version:{version.number}" for version in between))
    if not found.has_answer:
        return Reply(notes.note(f"Nothing that I know came after {older} up to {newer}."))
    question = f"compare {older.number} {newer.number}"
    page = comparison(older, newer, found, services.search.episodes, said.view_context)
    return Reply(page_message(page, said.view_context, question), page=page, result=found, question=question)


def on_hello(said: Request, services: Services) -> Reply:
    """A greeting is answered with what can be asked."""
    return Reply(welcome(said.view_context.command))


def on_thanks(said: Request, services: Services) -> Reply:
    """Thanks are not searched for."""
    return Reply(notes.note("You are welcome."), private=True)


def on_boom(said: Request, services: Services) -> Reply:
    """Fails, to prove that a failure is told by its reference."""
    raise RuntimeError("boom, as asked for")


def _reply_with_result(said: Request, services: Services, result: SearchResult) -> Reply:
    if result.query.intent in ("nothing", "help"):
        return Reply(welcome(said.view_context.command))
    question = result.query.text
    page = answer_page(result, services.search.episodes, said.view_context)
    return Reply(
        page_message(page, said.view_context, question, result.has_answer), page=page, result=result, question=question
    )


def _parse_versions(text: str) -> list[Version]:
    """The versions written in a verb's words, which were matched before."""
    words = text.lower().replace("..", " ").replace("-", " ").replace(",", " ").replace("v ", "v").split()
    return [Version.parse(word) for word in words if word.lstrip("v")[:1].isdigit()]
