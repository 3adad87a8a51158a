"""Days in a request for news: "what's new this month", "billing changes since last week", "since our last upgrade". The
catalogue knows versions and no days, nor when somebody upgraded, so these words are no subject. In any other question
they are: "timesheets of last week". Pure.
"""

from collections.abc import Sequence

from bot.catalog.models import Version
from bot.search import lists
from bot.search.marked_pattern import MarkedPattern
from bot.text import words

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_UPGRADED = (
    r"\bsince (?:(?:our|the|my) )?(?:last |latest |previous |most recent )?(?:upgrade|update)\b"
    r"|\bsince (?:we|i) (?:last )?(?:upgraded|updated|did the upgrade)(?: halo(?:psa)?)?\b"
)
_UNIT = r"(?:days?|weeks?|fortnights?|months?|quarters?|years?)"
_TIME = MarkedPattern(
    r"(?:\b(?:in|from|during|over|within|since|for|of|on|as of)\s+)?"
    r"(?:(?:the\s+)?\b(?:this|last|past|previous)\s+(?:(?:few|couple of|two|three|four|six|\d{1,3})\s+)?"
    rf"(?:{_UNIT}|{_DAYS}|{_MONTHS})\b(?:['’]?s\b)?"
    rf"|\b(?:today|yesterday)\b(?:['’]s\b)?|\b\d{{1,3}}\s+{_UNIT}\s+ago\b)"
    rf"|{_UPGRADED}|\bsince\s+(?:{_DAYS})\b|\b(?:since|in)\s+(?:{_MONTHS}|20\d\d)\b",
    f"this last past previous today yesterday ago since 20 {_MONTHS.replace('|', ' ')}",
)
_NEWS = frozenset("news new announced announce changes change changed updates update released released added".split())


def no_days_note(versions: Sequence[Version]) -> str:
    """That nothing is known by day, and what to say instead. `versions`: those that are known, oldest first."""
    note = "I know in which version a change came, not on which day"
    if len(versions) < 2:
        return f"{note}."
    return f"{note}: say `since {versions[-2]}`, for example. The newest is {versions[-1]}."


def without_time(text: str) -> str | None:
    """A request for news without the days that it names; None where it names none, or asks something else."""
    if not _TIME.search(text):
        return None
    rest = _TIME.sub(" ", text)
    left = words(rest)
    return rest if lists.is_list(left) or not _NEWS.isdisjoint(left) else None
