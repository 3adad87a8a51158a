"""Lines of a text that were broken to fit a page, or a column, put together again.

  Test first: Ask one administrator to enrol before you       1140021   Invoice dropped the number when the
  switch this on.                                                       customer had two addresses

A line goes on where it has no end, and the next one begins in lower case right where its text began.
"""

import re
from collections.abc import Container

# A number, wide blanks, and the text behind them: a row of columns that no line of dashes tells.
_NUMBERED = re.compile(r"\s*[#\[(]?\d{4,9}[\])]?:?[ ]{2,}(?=\S)")
_BULLET = re.compile(r"\s*(?:[-*+•–] )?\s*")
_NUMBER = re.compile(r"\d{4}")
_LOWER_WORD = re.compile(r" *(?:[a-z]{2,30}|a)\b(?![/@.]\w)")
_CELLS = re.compile(r"\||\t|\S {3,}\S|^\s*(?:#|>|`{3}|\.\. )")  # a table's row, a heading, a quotation, code
MIN_WIDTH = 50  # characters of a line that had no room for the next word
MAX_REST = 20  # lines that continue one


def join_wrapped_lines(numbered: list[tuple[int, str]], rows: Container[int], max_length: int) -> list[tuple[int, str]]:
    """The lines, with their numbers, each with what goes on below it; not those of `rows`, which are columns."""
    joined: list[tuple[int, str]] = []
    first, above, rest = "", "", 0  # the line that others may continue, the last one of it, and how many did
    for number, raw in numbered:
        if number not in rows and rest < MAX_REST and (_continues_number(raw, first) or _goes_on(raw, above, rest > 0)):
            joined[-1] = (joined[-1][0], f"{joined[-1][1].rstrip()} {raw.strip()}"[:max_length])
            above, rest = raw, rest + 1
        else:
            joined.append((number, raw))
            first = above = "" if number in rows else raw
            rest = 0
    return joined


def _continues_number(raw: str, first: str) -> bool:
    """Whether a line is the rest of the text behind the number that a line began with."""
    text = raw.lstrip(" ")
    row = _NUMBERED.match(first[:60]) if raw[:1] == " " and text[:1].islower() else None
    return row is not None and len(raw) - len(text) == row.end()


def _goes_on(raw: str, above: str, has_rest: bool) -> bool:
    """Whether a line is the rest of the sentence above. A line with a number may be a row whose title begins there."""
    if not MIN_WIDTH <= len(above) <= 400 or not _LOWER_WORD.match(raw[:80]) or len(raw) > 400:
        return False
    if above.rstrip()[-1:] in ".!?:;" or _NUMBER.search(above) or (_NUMBER.search(raw) and not has_rest):
        return False
    begins = _BULLET.match(above)
    if begins is None or begins.end() != len(raw) - len(raw.lstrip(" ")):
        return False
    return not (_CELLS.search(above) or _CELLS.search(raw))
