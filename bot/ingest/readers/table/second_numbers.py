"""Further columns with numbers of changes: a row is read as one change, so the others have to be told.

Title,Change 1,Change 2
Rates have a date,1200001,1200002      -> the change 1200001, and a problem that names 1200002
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.ingest.models import ReadProblem, Record
from bot.ingest.readers.table.by_values import column_values, folded
from bot.ingest.readers.table.own_numbers import has_halo_numbers
from bot.ingest.readers.table.values import cell_text

# What tells columns of one name apart: "Change 1", "Second change", "number.1", "Change (b)", "Additional change".
_COUNTED = re.compile(r"\d+|(?<![a-z])(?:first|second|third|1st|2nd|3rd|also|further|additional|[a-d])(?![a-z])")
_NUMBER = r"#?\s?[1-9]\d{5,7}(?:\.0+)?"
_NUMBERS = re.compile(rf"{_NUMBER}(?>(?:(?:\s?[,;/&+|]\s?|\s| and ){_NUMBER}){{0,19}})")  # one, or several in one cell
_DIGITS = re.compile(r"[1-9]\d{5,7}")
_DAY = re.compile(r"20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")  # 20260105
MAX_COLUMNS = 20  # of one sheet that are looked at


class SecondNumbers:
    """Counts the numbers in a sheet's rows beside those that were read, by the column that they stand in. `records` are
    those that the reader adds to.
    """

    def __init__(self, records: Sequence[Record]) -> None:
        self._records, self._begin = records, len(records)
        self._columns: dict[tuple[str, ...], dict[int, str]] = {}  # by the names of all columns
        self._found: dict[str, dict[str, ReadProblem]] = {}  # by the column's name and the number

    def look(
        self, row_number: int, row: Sequence[Any], names: Sequence[str], mapping: Mapping[str, tuple[int, ...]]
    ) -> None:
        """Note what a row that was just read has in columns that are called as that of its number is."""
        columns = self._columns.get(key := tuple(names))
        if columns is None:
            columns = self._columns[key] = like_columns(names, mapping.get("number", ()))
        self.look_at(row_number, row, columns, mapping)

    def look_at(
        self, row_number: int, row: Sequence[Any], columns: Mapping[int, str], mapping: Mapping[str, tuple[int, ...]]
    ) -> None:
        """Note what a row that was just read has in these columns. One that was refused is told already."""
        if len(columns) < 2 or not (own := self._numbers_read(row_number)):
            return
        numbers: dict[str, str] = {}  # and the column's name
        for column, name in columns.items():
            text = cell_text(row[column]) if column < len(row) else ""
            if text and _NUMBERS.fullmatch(text):
                numbers |= {number: name for number in _DIGITS.findall(text) if number not in numbers}
        for number, name in numbers.items():
            if number not in own:
                title = next((cell_text(row[column]) for column in mapping.get("title", ()) if column < len(row)), "")
                problem = ReadProblem(row_number, f"{number}: {title}", "")
                self._found.setdefault(name, {}).setdefault(number, problem)

    def problems(self) -> list[ReadProblem]:
        """One for each column, with its first row, and how many there are. A number with a row of its own is none."""
        read = {record.number for record in self._records} if self._found else set()
        told = []
        for name, numbers in self._found.items():
            if left := [problem for number, problem in numbers.items() if number not in read]:
                rows = len({problem.line_number for problem in left})
                below = f"below “{name[:40]}”{f', in {rows} rows' if rows > 1 else ''}"
                reason = f"a second number ({below}) was not read; give each change a row of its own"
                told.append(left[0]._replace(reason=reason))
        return told

    def _numbers_read(self, row_number: int) -> set[str | None]:
        """The numbers of the records of a row that was just read; none where it was refused."""
        numbers = set()
        for at in range(len(self._records) - 1, self._begin - 1, -1):
            if self._records[at].line_number != row_number:
                break
            numbers.add(self._records[at].number)
        return numbers


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
    others = (column for column in range(width) if _has_numbers(column_values(rows, column)))
    return {column: f"column {column + 1}" for column in dict.fromkeys((*numbers, *others))}


def _has_numbers(values: Sequence[str]) -> bool:
    """Whether values look like changes' numbers; eight digits may also be days."""
    return has_halo_numbers(values) and not all(map(_DAY.fullmatch, values))


def _without_count(name: str) -> str:
    return re.sub(r"[^a-z#]", "", _COUNTED.sub("", folded(name[:60])))
