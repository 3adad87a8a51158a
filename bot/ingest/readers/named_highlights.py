"""Highlights that are only named: a list of titles above, or below, the list of changes that has their numbers.

## Highlights                                   -> Record("1143701", "Guests can follow a request", highlighted)
- Guests can follow a request                      and these three lines are no changes, and no list unread
- Cable lists: with a plan of each rack
## All changes
- Guests can follow a request (#1143701)
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.ingest.models import DocumentLine, Record
from bot.ingest.readers.post.headings import classify, is_marker
from bot.ingest.readers.post.row import MINUTE, has_number, parse_data_line

_WORD = re.compile(r"\w+")
_MINUTE = re.compile(rf"[\s|(\[@–—-]{{0,9}}{MINUTE}[\s|)\]]{{0,9}}", re.IGNORECASE)
_BEHIND_TITLE = re.compile(r"\s?[:;(]|\s[–—-]\s|\.\s")  # what a remark behind a title begins with
MAX_ITEMS = 60  # of one such list
MAX_HEADING = 80  # characters


class NamedHighlights(NamedTuple):
    """Which lines of a document only name highlights, and the words of their titles."""

    lines: frozenset[int]  # indices, those of headings with nothing else below them too
    titles: frozenset[str]


def find_named_highlights(lines: Sequence[DocumentLine], records: Iterable[Record]) -> NamedHighlights:
    """The lines below headings of highlights that have no number, and are titles of numbered records."""
    lists = [(at, items) for at in range(len(lines)) if _may_head(lines[at]) and (items := _items_below(lines, at))]
    titles = {_words(record.title) for record in records if record.number} - {""} if lists else set()
    found: set[int] = set()
    named: set[str] = set()
    for at, items in lists:
        matches = {item: title for item in items if (title := _title_of(lines[item], titles))}
        found.update(matches)
        named.update(matches.values())
        if len(matches) == len(items):
            found.add(at)
    return NamedHighlights(frozenset(found), frozenset(named))


def mark_highlights(records: Iterable[Record], titles: frozenset[str]) -> tuple[Record, ...]:
    """The records, those with one of these titles as highlights."""
    return tuple(
        replace(record, highlighted=True) if not record.highlighted and _words(record.title) in titles else record
        for record in records
    )


def _may_head(line: DocumentLine) -> bool:
    if line.kind == "bullet" or len(line.text) > MAX_HEADING or line.cells:
        return False
    is_short = line.kind == "heading" or line.text.endswith(":") or len(line.text) < 30
    return is_short and classify(line, None).kind == "highlights"


def _items_below(lines: Sequence[DocumentLine], at: int) -> list[int]:
    """The indices of the lines of a list without numbers below a heading; none where one of them has a number."""
    items: list[int] = []
    for below in range(at + 1, min(len(lines), at + 1 + MAX_ITEMS)):
        line = lines[below]
        if items and parse_data_line(line.text):  # the version or the number of the title above it
            return []
        if line.kind == "heading" or line.cells or is_marker(line):
            break
        if has_number(line.text):
            return []
        items.append(below)
    bullets = [item for item in items if lines[item].kind == "bullet"]
    return bullets or items


def _title_of(line: DocumentLine, titles: set[str]) -> str:
    """The words of the title that a line names; "" where it names none."""
    text = _MINUTE.sub("", line.text)
    behind = _BEHIND_TITLE.search(text, 8)
    candidates = (text, line.bold, text[: behind.start()] if behind else "")
    return next((words for part in candidates if part and (words := _words(part)) in titles), "")


def _words(title: str) -> str:
    """A title's words, in lower case, by which it is the same title."""
    return " ".join(_WORD.findall(title.casefold()))
