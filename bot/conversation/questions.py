"""What answers a question that stands for itself: a search, an upgrade's checklist, or what the bot says of itself."""

from collections.abc import Iterator, Sequence

from bot.catalog.models import Version
from bot.conversation.answers import AboutAnswer, Interpretation, ResultAnswer, UpgradeAnswer
from bot.search import lookups
from bot.search.models import Query
from bot.search.snapshot import SearchSnapshot
from bot.search.upgrade import UpgradeRange, upgrade_range

ONLY_BY_AREA = "A checklist is narrowed by an area only, so this one has all changes."


def answer_question(snapshot: SearchSnapshot, text: str) -> Interpretation:
    """What answers a text that neither begins with a verb nor builds on the last answer."""
    query = snapshot.parse(text)
    if special := answer_without_search(snapshot, query):
        return special
    result = snapshot.search(query)
    return Interpretation(ResultAnswer(result), result.query.text)


def answer_without_search(snapshot: SearchSnapshot, query: Query, offset: int = 0) -> Interpretation | None:
    """What answers a question that is not searched for: one to the bot itself, or for an upgrade's checklist."""
    if query.intent == "about":
        return Interpretation(AboutAnswer(query))
    if wanted := upgrade_range(query, snapshot.versions):
        checklist = lookups.upgrade_checklist(snapshot, wanted.older, wanted.newer, query.filters.area or "")
        note = " ".join(_checklist_notes(query, wanted, snapshot.versions))
        return Interpretation(UpgradeAnswer(checklist), checklist.question, offset, note=note)
    if query.aspect == "link" and query.filters.episode:
        result = snapshot.search(query)
        return Interpretation(ResultAnswer(result), result.query.text, offset, note=_episode_link(snapshot, query))
    return None


def _episode_link(snapshot: SearchSnapshot, query: Query) -> str:
    """Where an episode that is asked for can be watched."""
    number = query.filters.episode or 0
    episode = snapshot.episodes.get(number)
    return f"Episode {number}: {episode.url}" if episode and episode.url else f"I have no link to episode {number}."


def _checklist_notes(query: Query, wanted: UpgradeRange, known: Sequence[Version]) -> Iterator[str]:
    """How a checklist was understood, and what is missing in it. `known`: all versions, oldest first."""
    filters = query.filters
    if wanted.note:
        yield wanted.note
    yield from unknown_version_notes(wanted.older, wanted.newer, known)
    if filters.impacts or filters.warnings or filters.highlights or query.excluded_areas:
        yield ONLY_BY_AREA


def unknown_version_notes(older: Version, newer: Version, known: Sequence[Version]) -> Iterator[str]:
    """Which of two versions nobody knows, so that something may be missing between them. `known`: oldest first."""
    if known and newer > known[-1]:
        yield f"The newest version I know is {known[-1]}."
    if known and older < known[0]:
        yield f"I know nothing from before {known[0]}."
