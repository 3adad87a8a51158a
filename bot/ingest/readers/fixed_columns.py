"""Tables in a text whose columns are told by a line of dashes below the header.

ID        Title                     Highlight
--------  ------------------------  ---------        columns_of_rule(…) -> [Column(0, 10, 8), Column(10, 36, 24), …]
2020601   Chargeable travel by zone yes
2020602   A title that is too long  no               a row, and
          for its column                             what continues_row(…) says belongs to it
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_RULE = re.compile(r"\s*[-=_]{2,}(?:[ \t]+[-=_]{2,})+\s*")
_DASHES = re.compile(r"[-=_]+")
MAX_COLUMNS = 20


class Column(NamedTuple):
    """Where a column's cells begin and end (None: with the line), and how many dashes stand above them."""

    start: int
    end: int | None
    width: int


def columns_of_rule(raw: str) -> list[Column]:
    """The columns above and below a line of dashes (`------  ----`); empty for other lines."""
    if not _RULE.fullmatch(raw):
        return []
    dashes = list(_DASHES.finditer(raw))[:MAX_COLUMNS]
    ends = [right.start() for _, right in pairwise(dashes)]
    return [Column(match.start(), end, len(match[0])) for match, end in zip(dashes, [*ends, None], strict=True)]


def cut_columns(raw: str, columns: Sequence[Column]) -> Iterator[str]:
    """The cells of a line that stand in these columns."""
    for column in columns:
        yield raw[column.start : column.end].strip()


def continues_row(cells: Sequence[str], above: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether these cells are the rest of the row above: the first is empty, and one begins in lower case, or with a
    word for which its column had no room left. A row without a number looks alike, but has a beginning of its own.
    """
    filled = [at for at, cell in enumerate(cells) if cell]
    if not filled or cells[0] or not all(above[at] for at in filled):
        return False
    return any(cells[at][0].islower() or _had_no_room(cells[at], above[at], columns[at]) for at in filled)


def _had_no_room(cell: str, above: str, column: Column) -> bool:
    return len(above) <= column.width < len(above) + 1 + len(cell.split(maxsplit=1)[0])
