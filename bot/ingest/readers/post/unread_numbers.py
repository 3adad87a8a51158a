"""Numbers of changes on lines of which nothing was read: each is told, so that no rule can lose a change in silence."""

import re
from collections.abc import Iterator, Sequence

from bot.ingest.models import DocumentLine, ReadProblem, Record

# A number with its sign or in brackets, or one that a line begins with.
_NUMBER = re.compile(
    r"(?:#\s?|[(\[]\s?#?|\b[A-Z]{2,10}-)(?P<signed>[1-9]\d{5,7})(?!\d)|^\W{0,6}(?:\w{1,3}[.)]\s)?(?P<first>[1-9]\d{5,7})(?=\s?[:–—-]\s|\s[A-Z])"
)
_DIGITS = re.compile(r"\d{6,8}")
MAX_LENGTH = 2_000  # characters of a line that are looked at
IN_PASSING = "a number in passing, not read as a change"


def find_unread_numbers(
    lines: Sequence[DocumentLine], records: Sequence[Record], problems: Sequence[ReadProblem]
) -> Iterator[ReadProblem]:
    """A problem for each line with a number that is no record's, in no problem, and in no text of a record."""
    known = {record.number for record in records}
    left = [
        (line, numbers)
        for line in lines
        if (
            numbers := {match["signed"] or match["first"] for match in _NUMBER.finditer(line.text[:MAX_LENGTH])} - known
        )
    ]
    if not left:
        return
    told = {number for problem in problems for number in _DIGITS.findall(problem.text)}
    for record in records:  # what a summary refers to is in it
        for text in (*record.lines, record.title, record.summary, *record.notes):
            told.update(_DIGITS.findall(text))
    for line, numbers in left:
        if not numbers <= told:
            yield ReadProblem(line.number, line.text, IN_PASSING)
