"""Tables in which a version stands in the first row of its group only, as cells look that were merged.

Release | ID      | Change
v2.294  | 1142101 | Prices keep their currency
        | 1142102 | Kiosk mode                    -> v2.294
v2.295  | 1142104 | Sign-off sheets
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.ingest.readers.table.by_values import column_values

MIN_GROUPS = 2


def heads_groups(mapping: Mapping[str, tuple[int, ...]], sample: Sequence[Sequence[Any]], rows: Sequence[Any]) -> bool:
    """Whether the versions of a table head groups of rows: the first row has one, none is named twice, and at least as
    many rows have none.
    """
    columns = mapping.get("version", ())
    if len(columns) != 1 or "number" not in mapping or not sample or not column_values(sample[:1], columns[0]):
        return False
    if len(column_values(sample, columns[0])) == len(sample) and len(sample) > 1:  # nearly always
        return False
    filled = column_values(rows, columns[0])
    return MIN_GROUPS <= len(filled) == len(set(filled)) and 2 * len(filled) <= len(rows)


def fill_groups(column: int, rows: Sequence[list[Any]]) -> None:
    """Give each row the version of its group; a row with nothing in it, or a single cell, stays as it is."""
    version: Any = None
    for row in rows:
        if column < len(row) and row[column] not in (None, ""):
            version = row[column]
        elif len(row) - row.count("") - row.count(None) > 1:
            row.extend([""] * (column + 1 - len(row)))
            row[column] = version
