"""Questions: plain ones, and the verbs that are questions in a word."""

from bot.catalog.models import Version
from bot.search import lookup
from bot.search.models import Answer
from bot.slack.error_boundary import Services
from bot.slack.request import Reply, Said
from bot.slack.views import notes
from bot.slack.views.answers import answer_page, page_message
from bot.slack.views.help import welcome
from bot.slack.views.lists import comparison


def answer(said: Said, services: Services) -> Reply:
    """The answer to a question, on the page that is looked at."""
    return _reply(said, services, services.ask(said.text))


def on_latest(said: Said, services: Services) -> Reply:
    """The newest version."""
    return _reply(said, services, services.ask("latest"))


def on_version(said: Said, services: Services) -> Reply:
    """One version."""
    return _reply(said, services, services.ask("v" + _versions(said.text)[0].number))


def on_compare(said: Said, services: Services) -> Reply:
    """What came after the older of two versions, up to the newer one."""
    older, newer = sorted(
        lookup.version_named(services.ask, f"v{version.number}") or version for version in _versions(said.text)
    )
    between = [version for version in services.ask.lexicon.versions if older < version <= newer]
    if not between:
        return Reply(notes.note(f"I know of no version after {older} up to {newer}."))
    found = services.ask(" ".join(f"version:{version.number}" for version in between))
    if not found.found:
        return Reply(notes.note(f"Nothing that I know came after {older} up to {newer}."))
    question = f"compare {older.number} {newer.number}"
    page = comparison(older, newer, found, services.ask.episodes, said.look)
    return Reply(page_message(page, said.look, question), page=page, answer=found, question=question)


def on_hello(said: Said, services: Services) -> Reply:
    """A greeting is answered with what can be asked."""
    return Reply(welcome(said.look.command))


def on_thanks(said: Said, services: Services) -> Reply:
    """Thanks are not searched for."""
    return Reply(notes.note("You are welcome."), private=True)


def on_boom(said: Said, services: Services) -> Reply:
    """Fails, to prove that a failure is told by its reference."""
    raise RuntimeError("boom, as asked for")


def _reply(said: Said, services: Services, found: Answer) -> Reply:
    if found.query.wants in ("nothing", "help"):
        return Reply(welcome(said.look.command))
    question = found.query.text
    page = answer_page(found, services.ask.episodes, said.look)
    return Reply(page_message(page, said.look, question, found.found), page=page, answer=found, question=question)


def _versions(text: str) -> list[Version]:
    """The versions written in a verb's words, which were matched before."""
    words = text.lower().replace("..", " ").replace("-", " ").replace(",", " ").replace("v ", "v").split()
    return [Version.parse(word) for word in words if word.lstrip("v")[:1].isdigit()]
