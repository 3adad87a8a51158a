"""Tables in which rows belong to rows: what Azure DevOps exports has a column for the titles of each level, and flat
lists have one that names the parent.

Work Item Type, Title 1,                Title 2
Epic,           HaloPSA release v2.225,                -> heads the rows below it: they are of v2.225
Feature,        ,                       Quote lines    -> a change of v2.225
Epic,           Billing,                               -> an Epic that holds others: refused
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.ingest.readers.post.headings import find_version_heading
from bot.ingest.readers.table.by_values import folded
from bot.ingest.readers.table.context import SheetContext, read_context
from bot.ingest.readers.table.values import cell_text

_LEVEL = re.compile(r"\s*(?:title|titel|titre|name|summary)\s?([1-9])\s*", re.IGNORECASE)
_TYPES = frozenset("type issuetype workitemtype itemtype tickettype recordtype tracker".split())
_IDS = frozenset("id key issuekey issueid issue number workitemid ref reference".split())
_PARENTS = frozenset("parent parentid parentkey parentlink parentissue parentsummary epic epiclink epickey".split())
_HOLDERS = frozenset("epic initiative theme release version milestone capability objective portfolioepic".split())
_MOST = 0.9  # of the rows have a title in one level alone


@dataclass(slots=True)
class Outline:
    """What rows say about those below them."""

    contexts: dict[int, SheetContext] = field(default_factory=dict)  # row number -> what counts from it on
    releases: dict[int, str] = field(default_factory=dict)  # row number -> its title, which names others' version
    holders: dict[int, tuple[str, str]] = field(default_factory=dict)  # row number -> its title and its type, "epic"


def find_levels(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> tuple[int, ...]:
    """The columns that hold the titles of the levels, the deepest first; none where they are no levels."""
    numbered = [(int(match[1]), column) for column, name in enumerate(names) if (match := _LEVEL.fullmatch(name))]
    if len(numbered) < 2 or [level for level, _ in numbered] != list(range(1, len(numbered) + 1)):
        return ()
    columns = tuple(column for _, column in reversed(numbered))
    filled = [[column for column in columns if column < len(row) and cell_text(row[column])] for row in rows]
    alone = [found[0] for found in filled if len(found) == 1]
    has_levels = columns[-1] in alone and len(set(alone)) > 1
    return columns if has_levels and len(alone) >= _MOST * sum(map(bool, filled)) else ()


def read_outline(
    names: Sequence[str], mapping: Mapping[str, tuple[int, ...]], rows: Sequence[tuple[int, Sequence[Any]]],
    outer: SheetContext,
) -> Outline:  # fmt: skip
    """Which rows head others, and what these rows are of: by the levels of their titles, or by the parents that they
    name. Nothing for other tables.
    """
    columns = mapping.get("title", ())
    if len(columns) > 1 and all(_LEVEL.fullmatch(names[column]) for column in columns):
        return _read_levels(names, columns, rows, outer)
    plain = [_letters(name) for name in names]
    parents = [column for column, name in enumerate(plain) if name in _PARENTS]
    ids = [column for column, name in enumerate(plain) if name in _IDS]
    return _read_parents(names, columns, (parents, ids), rows, outer) if parents and ids and columns else Outline()


def _read_levels(
    names: Sequence[str], columns: Sequence[int], rows: Sequence[tuple[int, Sequence[Any]]], outer: SheetContext
) -> Outline:
    outline = Outline()
    titles = [(number, *_title(row, columns), _type(row, names)) for number, row in rows]
    open_above: list[tuple[int, SheetContext]] = []  # of each level: what its heading says
    for at, (number, level, title, kind) in enumerate(titles):
        while open_above and open_above[-1][0] >= level:
            open_above.pop()
        context = open_above[-1][1] if open_above else outer
        outline.contexts[number] = context
        heads = at + 1 < len(titles) and titles[at + 1][1] > level
        if says := _add_heading(outline, number, title, kind, heads):
            open_above.append((level, says.over(context)))
    return outline


def _read_parents(
    names: Sequence[str],
    columns: Sequence[int],
    parents_and_ids: tuple[Sequence[int], Sequence[int]],
    rows: Sequence[tuple[int, Sequence[Any]]],
    outer: SheetContext,
) -> Outline:
    parents, ids = parents_and_ids
    outline = Outline()
    named = {parent for _, row in rows for parent in _texts(row, parents)}
    contexts: dict[str, SheetContext] = {}  # id of a heading -> what it says
    for number, row in rows:
        own = _texts(row, ids)
        says = _add_heading(outline, number, _title(row, columns)[1], _type(row, names), not named.isdisjoint(own))
        if says:
            contexts.update(dict.fromkeys(own, says.over(outer)))
    if contexts:
        for number, row in rows:
            above = next((contexts[parent] for parent in _texts(row, parents) if parent in contexts), outer)
            outline.contexts[number] = above
    return outline


def _add_heading(outline: Outline, number: int, title: str, kind: str, heads: bool) -> SheetContext | None:
    """Note a row that is no change, but heads others; what it says about them, where it names a version."""
    says = read_context(title)
    is_holder = heads and kind in _HOLDERS
    if says.version and (is_holder or find_version_heading(title)):
        outline.releases[number] = title
        return says
    if is_holder:
        outline.holders[number] = (title, kind)
    return None


def _texts(row: Sequence[Any], columns: Sequence[int]) -> list[str]:
    return [text for column in columns if column < len(row) and (text := cell_text(row[column]))]


def _title(row: Sequence[Any], columns: Sequence[int]) -> tuple[int, str]:
    """The level of a row, from 1 for the outermost, and its title; 0 and "" without one."""
    for at, column in enumerate(columns):
        if column < len(row) and (title := cell_text(row[column])):
            return len(columns) - at, title
    return 0, ""


def _type(row: Sequence[Any], names: Sequence[str]) -> str:
    """What kind of thing the tracker calls a row."""
    column = next((at for at, name in enumerate(names) if _letters(name) in _TYPES), None)
    return _letters(cell_text(row[column])) if column is not None and column < len(row) else ""


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", folded(text[:60]))
