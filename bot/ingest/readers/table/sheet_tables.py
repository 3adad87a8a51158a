"""Several tables below each other on one sheet, with columns of their own. Pure.

HaloPSA v2.294
Halo no. | Change     | Area
1248001  | Templates  | Projects      -> the rows of the first table
HaloPSA v2.295
Change   | Halo no.   | Caution       -> those of the second one, with the title above it
Intune   | 1248004    |
"""

from collections.abc import Sequence
from typing import Any

from bot.ingest.readers.table.columns import find_header, map_columns
from bot.ingest.readers.table.values import cell_text

MIN_FIELDS = 2  # that the header of a further table names, a title among them
MAX_NAME = 40  # characters of a column's name
MAX_TITLES = 3  # lines above a header that are of its table


def split_tables(rows: Sequence[tuple[int, list[Any]]]) -> list[list[tuple[int, list[Any]]]]:
    """The rows of each table of a sheet, with the lines right above its header; all of them where there is one table,
    or none.
    """
    header = find_header([row for _, row in rows])
    if header is None:
        return [list(rows)] if rows else []
    starts, current = [0], _names(rows[header][1])
    for at in range(header + 1, len(rows) - 1):
        names = _names(rows[at][1])
        if names != current and _is_header(rows[at][1], names):
            starts.append(_first_title(rows, at, starts[-1] + 1))
            current = names
    return [list(rows[begin:end]) for begin, end in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _names(row: Sequence[Any]) -> list[str]:
    return [cell_text(cell) for cell in row]


def _is_header(row: Sequence[Any], names: Sequence[str]) -> bool:
    """Whether a row below a table names the columns of another one: all of its cells are names without digits, and
    those of a title and of a number are among them.
    """
    filled = [name for name in names if name]
    if len(filled) < MIN_FIELDS or any(len(name) > MAX_NAME or any(map(str.isdigit, name)) for name in filled):
        return False
    fields = map_columns(row)
    return {"title", "number"} <= fields.keys() and len(fields) * 2 > len(filled)


def _first_title(rows: Sequence[tuple[int, list[Any]]], header: int, least: int) -> int:
    """The first of the lines above a header that are one cell each, and right above each other."""
    at = header
    while at > max(least, header - MAX_TITLES) and sum(map(bool, _names(rows[at - 1][1]))) == 1:
        at -= 1
    return at
