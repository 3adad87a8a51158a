"""Days in a request for news: "what's new this month", "billing changes since last week". The catalogue knows versions
and no days, so these words are no subject. In any other question they are: "timesheets of last week". Pure.
"""

from bot.search import lists
from bot.search.marked_pattern import MarkedPattern
from bot.text import words

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_UNIT = r"(?:days?|weeks?|fortnights?|months?|quarters?|years?)"
_TIME = MarkedPattern(
    r"(?:\b(?:in|from|during|over|within|since|for|of|on|as of)\s+)?"
    r"(?:(?:the\s+)?\b(?:this|last|past|previous)\s+(?:(?:few|couple of|two|three|four|six|\d{1,3})\s+)?"
    rf"(?:{_UNIT}|{_DAYS}|{_MONTHS})\b(?:['’]?s\b)?"
    rf"|\b(?:today|yesterday)\b(?:['’]s\b)?|\b\d{{1,3}}\s+{_UNIT}\s+ago\b)"
    rf"|\bsince\s+(?:{_DAYS})\b|\b(?:since|in)\s+(?:{_MONTHS}|20\d\d)\b",
    f"this last past previous today yesterday ago since 20 {_MONTHS.replace('|', ' ')}",
)
_NEWS = frozenset("news new announced announce changes change changed updates update released released added".split())


def without_time(text: str) -> str | None:
    """A request for news without the days that it names; None where it names none, or asks something else."""
    if not _TIME.search(text):
        return None
    rest = _TIME.sub(" ", text)
    left = words(rest)
    return rest if lists.is_list(left) or not _NEWS.isdisjoint(left) else None
