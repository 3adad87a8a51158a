"""Lines of a text that were broken to fit a page, or a column, put together again.

  Test first: Ask one administrator to enrol before you       1140021   Invoice dropped the number when the
  switch this on.                                                       customer had two addresses

A line goes on where it has no end, and the next one begins in lower case right where its text began; an item of a list
goes on in any words where the next of them had no room in it.

  * Tickets can be handed over to another team with all their child
    Tickets (#1140022)
"""

import re
from collections.abc import Container

# A number, wide blanks, and the text behind them: a row of columns that no line of dashes tells.
_NUMBERED = re.compile(r"\s*[#\[(]?\d{4,9}[\])]?:?[ ]{2,}(?=\S)")
_BULLET = re.compile(r"\s*(?:[-*+•–] )?\s*")
_NUMBER = re.compile(r"\d{4}")
# Words behind a number and a dash, in the middle of which a line was broken: "… (#1210002) – known issue: the".
_SAID_BEHIND = re.compile(r"\d{4}[)\]`]{0,2} ?[–—:-] \S{1,40} [^|]{0,200}[a-z,]\s{0,3}$")
_LOWER_WORD = re.compile(r" *(?:[a-z]{2,30}|a)\b(?![/@.]\w)")
_SENTENCES = re.compile(r"[a-z)][.!] [A-Z]")  # of a paragraph, which no title goes on
_NUMBER_BEHIND = re.compile(r"[a-z)][.!] ?[(\[]{1,2}#?\d")  # a sentence, which is no title's end
_CELLS = re.compile(r"\||\t|\S {3,}\S|^\s*(?:#|>|`{3}|\.\. )")  # a table's row, a heading, a quotation, code
_ITEM = re.compile(r"\s*(?:[-*+•–]|\d{1,2}[.)]) ")
_NO_WORDS = re.compile(r" *[\[(]?#?\d{4,9}\b")  # a number, which says what it is of by itself
MAX_WIDTH, MAX_WORD = 100, 30  # characters of a page's lines, and of a word that is no address
FULL, MIN_FULL = 10, 3  # by how much a full line may be shorter, and how many a page has that was broken
MIN_WIDTH = 50  # characters of a line that had no room for the next word
MAX_REST = 20  # lines that continue one


def join_wrapped_lines(numbered: list[tuple[int, str]], rows: Container[int], max_length: int) -> list[tuple[int, str]]:
    """The lines, with their numbers, each with what goes on below it; not those of `rows`, which are columns."""
    joined: list[tuple[int, str]] = []
    first, above, rest = "", "", 0  # the line that others may continue, the last one of it, and how many did
    width = _page_width(numbered)
    for number, raw in numbered:
        goes_on = (
            _continues_number(raw, first) or _goes_on(raw, above, rest > 0) or _had_no_room(raw, above, first, width)
        )
        if goes_on and number not in rows and rest < MAX_REST:
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


def _page_width(numbered: list[tuple[int, str]]) -> int:
    """The length of the longest line; 0 where the lines were not broken to fit a page. One that is longer for the sake
    of an address counts no more than others.
    """
    width = 0
    for _, raw in numbered:
        length = len(raw)
        if length > width and length - raw.rfind(" ") <= MAX_WORD:
            if length > MAX_WIDTH:
                return 0
            width = length
    full = sum(width - FULL <= len(raw) <= width for _, raw in numbered)
    return width if full >= MIN_FULL else 0


def _had_no_room(raw: str, above: str, first: str, width: int) -> bool:
    """Whether a line is the rest of an item of a list, for its first word had no room in the line above it."""
    if len(above) < MIN_WIDTH or raw[:1] != " " or not raw.strip() or above.rstrip()[-1] in ".!?:;":
        return False
    begins = _ITEM.match(first)
    if begins is None or begins.end() != len(raw) - len(raw.lstrip(" ")) or _NUMBER.search(above):
        return False
    if _NO_WORDS.match(raw) or _CELLS.search(above) or _CELLS.search(raw) or _ITEM.match(raw):
        return False
    return len(above) + 1 + len(raw.split(maxsplit=1)[0]) > width > 0


def _goes_on(raw: str, above: str, has_rest: bool) -> bool:
    """Whether a line is the rest of the sentence above. A line with a number may be a row whose title begins there."""
    if not MIN_WIDTH <= len(above) <= 400 or not _LOWER_WORD.match(raw[:80]) or len(raw) > 400:
        return False
    if (
        above.rstrip()[-1:] in ".!?:;"
        or (_NUMBER.search(above) and not _SAID_BEHIND.search(above, 12))
        or (_NUMBER.search(raw) and not (has_rest or _SENTENCES.search(above) or _NUMBER_BEHIND.search(raw)))
    ):
        return False
    begins = _BULLET.match(above)
    if begins is None or begins.end() != len(raw) - len(raw.lstrip(" ")):
        return False
    return not (_CELLS.search(above) or _CELLS.search(raw))
