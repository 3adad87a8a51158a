"""Lines below a title that say in which state a change is, with its number or without.

    ### Queue counts update by themselves        ### Queue counts update by themselves
    ROLLING OUT · Change 1139005             ->  #1139005
    ### Mails are matched better                 ### Mails are matched better | no number
    ROLLING OUT

    ### Boards have owners                       ### Boards have owners
    Change 1139006 · Boards · 4:10           ->  #1139006 | 4:10

A state alone says little: only where several have a number are the others changes without one.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from bot.ingest.models import DocumentLine
from bot.ingest.readers.marks import read_mark
from bot.ingest.readers.post.headings import is_marker
from bot.ingest.readers.post.row import MINUTE, parse_row

_STATE = (  # in capitals, or in words that are known
    r"[\[(]?(?P<state>(?-i:[A-Z][A-Z /&-]{2,29})|new(?: this (?:week|month|release))?|improved|updated"
    r"|changed|fixed|beta|(?:public )?preview|rolling out|rolled out|coming soon|planned|in progress|released|live"
    r"|generally available|general availability)[\])]?"
)
_LABEL = (
    r"(?:(?:halo(?:psa)? )?(?:change|feature|ticket|item|release note|work item|issue)"
    r"(?: (?:number|no\.?|id|ref\.?|reference))?|number|no\.|id|ref\.?|reference)\s?[:#]?\s?"
)
_NUMBER = r"(?:#\s?)?(?P<number>\d{5,9})"
_DIVIDER = r"\s*[·•|,;:/–—-]\s*"
_STATUS_LINES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_STATE}(?:{_DIVIDER}(?:{_LABEL})?{_NUMBER})?",
        rf"(?:{_LABEL})?{_NUMBER}{_DIVIDER}{_STATE}",
        rf"(?P<state>){_LABEL}{_NUMBER}",
        rf"{_LABEL}(?P<state>none|n/a|tbc|tbd|-|–|—|not (?:given|known|assigned))"
        r"(?: (?:given|yet|known|assigned))?(?P<number>)",
    )
)
# Below a heading a word may be the change's area, with the minute behind it: "Change 1139005 · Tickets · 4:10".
_WITH_AREA = re.compile(
    rf"(?P<state>)(?:{_LABEL}|(?=#)){_NUMBER}\s?[·•|]\s?[^\W\d_]{{3,20}}(?:\s?[&/]\s?[^\W\d_]{{3,20}})?"
    rf"(?:\s?[·•|]\s?{MINUTE})?",
    re.IGNORECASE,
)
_NONE = "none"  # the state of a line that says that there is no number
MAX_MARK_LINE = 30
MAX_LENGTH = 80  # characters of such a line
MIN_NUMBERED = 2  # lines with a number, where one without any counts


class _Status(NamedTuple):
    """What such a line says."""

    state: str
    number: str | None
    minute: str | None = None


def join_status_lines(lines: list[DocumentLine]) -> list[DocumentLine]:
    """The lines, with the numbers of such lines by themselves, and headings above a mere state, which others have
    beside a number, as changes without one.
    """
    found = {
        at: status for at, line in enumerate(lines) if (status := _read_status(line, lines[at - 1] if at else None))
    }
    found |= _find_cards(lines, found)
    numbered = [status.state for status in found.values() if status.number]
    states = set(numbered) if len(numbered) >= MIN_NUMBERED else set()
    return list(_join(lines, found, states)) if numbered else lines


def join_marks_above(lines: list[DocumentLine]) -> list[DocumentLine]:
    """The lines, with a mark on a line of its own ("Featured", "⭐") in front of the heading right below it, as cards
    of pages have them.
    """
    joined: list[DocumentLine] = []
    for line in lines:
        above = joined[-1] if joined else None
        if above and line.kind == "heading" and above.kind == "text" and _is_highlight(above) and _is_title(line):
            joined[-1] = line._replace(text=f"⭐ {line.text}")
        else:
            joined.append(line)
    return joined


def _is_highlight(line: DocumentLine) -> bool:
    """Whether a line is nothing but a mark that says that something matters."""
    if len(line.text) > MAX_MARK_LINE:
        return False
    mark = read_mark(line.text)
    return mark.highlighted and not mark.title


def _join(lines: list[DocumentLine], found: dict[int, _Status], states: set[str]) -> Iterator[DocumentLine]:
    def is_nameless(at: int) -> bool:
        status = found.get(at)
        if status is None or status.number or not at or not states:
            return False
        says_none = status.state == _NONE and _may_be_title(lines[at - 1])
        return says_none or (status.state in states and _is_title(lines[at - 1]))

    for at, line in enumerate(lines):
        status = found.get(at)
        if status and status.number:
            text = f"#{status.number} | {status.minute}" if status.minute else f"#{status.number}"
            yield line._replace(text=text, kind="text", bold="")
        elif is_nameless(at + 1):
            yield line._replace(text=f"{line.text} | no number")
        elif not is_nameless(at):
            yield line


def _read_status(line: DocumentLine, above: DocumentLine | None) -> _Status | None:
    if len(line.text) > MAX_LENGTH or line.cells:
        return None
    match = next(filter(None, (pattern.fullmatch(line.text) for pattern in _STATUS_LINES)), None)
    if match is None and above and line.kind == "text" and _is_title(above) and _may_be_title(above):
        match = _WITH_AREA.fullmatch(line.text)
    if match is None:
        return None
    minute = match.groupdict().get("minute")
    return _Status(match["state"].strip().lower() if match["number"] != "" else _NONE, match["number"], minute)


def _find_cards(lines: list[DocumentLine], found: dict[int, _Status]) -> dict[int, _Status]:
    """The lines with a number and an area right below titles that are no headings, as cards of mails have them. One
    alone may be anything.
    """
    cards = {
        at: _Status("", match["number"], match["minute"])
        for at, (above, line) in enumerate(pairwise(lines), 1)
        if at not in found
        and line.kind == above.kind == "text"
        and not (line.cells or above.cells or len(line.text) > MAX_LENGTH)
        and (match := _WITH_AREA.fullmatch(line.text))
        and _may_be_title(above)
    }
    return cards if len(cards) >= MIN_NUMBERED else {}


def _may_be_title(line: DocumentLine) -> bool:
    """Whether a line is short, has no end, and no number."""
    return 2 <= len(line.text.split()) <= 20 and line.text[-1] not in ".:?" and parse_row(line.text) is None


def _is_title(line: DocumentLine) -> bool:
    return line.kind == "heading" and len(line.text.split()) >= 2 and not is_marker(line)
