"""What answers a question that stands for itself: a search, an upgrade's checklist, or what the bot says of itself."""

from bot.conversation.answers import AboutAnswer, Interpretation, ResultAnswer, UpgradeAnswer
from bot.search import lookups
from bot.search.models import Query
from bot.search.snapshot import SearchSnapshot
from bot.search.upgrade import upgrade_range

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
        filters = query.filters
        is_wider = filters.impacts or filters.warnings or filters.highlights
        notes = [note for note in (wanted.note, ONLY_BY_AREA if is_wider else "") if note]
        return Interpretation(UpgradeAnswer(checklist), checklist.question, offset, note=" ".join(notes))
    return None
