"""Further columns with numbers of changes: a row is read as one change, so the others have to be told.

Title,Change 1,Change 2
Rates have a date,1200001,1200002      -> the change 1200001, and a problem that names 1200002
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.ingest.models import ReadProblem
from bot.ingest.readers.table.by_values import column_values, folded
from bot.ingest.readers.table.own_numbers import has_halo_numbers
from bot.ingest.readers.table.values import cell_text

# What tells columns of one name apart: "Change 1", "Second change", "number.1", "Change (b)", "Additional change".
_COUNTED = re.compile(r"\d+|(?<![a-z])(?:first|second|third|1st|2nd|3rd|also|further|additional|[a-d])(?![a-z])")
_NUMBER = re.compile(r"#?\s?([1-9]\d{5,7})(?:\.0+)?")
MAX_COLUMNS = 20  # of one sheet that are looked at


class SecondNumbers:
    """Counts the rows of a sheet that have a second number, by the column that it stands in."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], dict[int, str]] = {}  # by the names of all columns
        self._found: dict[str, list[ReadProblem]] = {}

    def look(
        self, row_number: int, row: Sequence[Any], names: Sequence[str], mapping: Mapping[str, tuple[int, ...]]
    ) -> None:
        """Note what a row has in columns that are called as that of its number is."""
        columns = self._columns.get(key := tuple(names))
        if columns is None:
            columns = self._columns[key] = like_columns(names, mapping.get("number", ()))
        self.look_at(row_number, row, columns, mapping)

    def look_at(
        self, row_number: int, row: Sequence[Any], columns: Mapping[int, str], mapping: Mapping[str, tuple[int, ...]]
    ) -> None:
        """Note what a row has in these columns, of which the first that is filled is its number."""
        if len(columns) < 2:
            return
        numbers: dict[str, str] = {}  # and the column's name
        for column, name in columns.items():
            match = _NUMBER.fullmatch(cell_text(row[column])) if column < len(row) else None
            if match:
                numbers.setdefault(match[1], name)
        for number, name in list(numbers.items())[1:]:
            title = next((cell_text(row[column]) for column in mapping.get("title", ()) if column < len(row)), "")
            self._found.setdefault(name, []).append(ReadProblem(row_number, f"{number}: {title}", ""))

    def problems(self) -> list[ReadProblem]:
        """One for each column, with its first row, and how many there are."""
        return [
            rows[0]._replace(
                reason=f"a second number (below “{name[:40]}”"
                f"{f', in {len(rows)} rows' if len(rows) > 1 else ''}) was not read; give each change a row of its own"
            )
            for name, rows in self._found.items()
        ]


def like_columns(names: Sequence[str], numbers: Sequence[int]) -> dict[int, str]:
    """The columns of the changes' numbers, and those whose names differ from theirs by no more than a count."""
    if not numbers:
        return {}
    own = _without_count(names[numbers[0]])
    others = [
        column for column, name in enumerate(names) if column not in numbers and own and _without_count(name) == own
    ]
    return {column: names[column] for column in (*numbers, *others)[:MAX_COLUMNS]}


def number_columns(rows: Sequence[Sequence[Any]], numbers: Sequence[int]) -> dict[int, str]:
    """The same for a table without a header: the columns whose values look like changes' numbers."""
    width = min(max(map(len, rows), default=0), MAX_COLUMNS)
    others = (column for column in range(width) if has_halo_numbers(column_values(rows, column)))
    return {column: f"column {column + 1}" for column in dict.fromkeys((*numbers, *others))}


def _without_count(name: str) -> str:
    return re.sub(r"[^a-z#]", "", _COUNTED.sub("", folded(name[:60])))
