r"""Comma, semicolon, tab or bar separated text into a sheet. The csv module parses each row.

    read_delimited(b"Title;Number\nBudgets per phase;794180\n", Budget("a.csv")).rows
    -> [(1, ["Title", "Number"]), (2, ["Budgets per phase", "794180"])]

A row that cannot be parsed (a quote that is never closed) is a problem, and the rows behind it are read.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from bot.ingest.models import ReadProblem
from bot.ingest.readers.budget import Budget
from bot.ingest.readers.table.columns import count_header_fields, find_header, map_columns
from bot.ingest.readers.table.sheet import MAX_COLUMNS, Sheet
from bot.ingest.readers.text import decode

DELIMITERS = (",", ";", "\t", "|")
MAX_ROW_LINES = 300  # of one row: cells have line breaks in them, but no more
MAX_LINE = 100_000  # characters
MAX_MENDED_LINE = 4_000
_SAMPLED_ROWS = 40
_MAX_HEADER_CELL = 40  # characters of a column's name in a text that may be prose
_SAMPLE = 100_000  # characters
_DECLARED = re.compile(r'"?sep=(.)"?\s*')  # the first line that Excel writes and understands
_OPEN_QUOTE = "a quote in this row is never closed, or stands in the middle of a cell"
_NUMBER = re.compile(r"\b\d{5,9}\b")
_STARTS_ROW = re.compile(r"\s*[\"'#]*\d{4,9}\b")


class _ParsedRow(NamedTuple):
    """One row: the line it begins on, counted from 1, and its cells, or why it has none."""

    line: int
    cells: list[str]
    problem: str = ""


def read_delimited(data: bytes, budget: Budget, delimiter: str | None = None) -> Sheet:
    """The rows of a text; without a `delimiter`, the one is taken by which a row of its names columns."""
    budget.spend("bytes", len(data))
    text = decode(data).replace("\0", "").removeprefix("\ufeff")
    lines = io.StringIO(text, newline="").readlines()
    first = 0
    if lines and (declared := _DECLARED.fullmatch(lines[0])):
        delimiter, first = declared[1], 1
    delimiter = delimiter or detect_delimiter(text)
    sheet = Sheet(unfinished=not text.endswith(("\n", "\r")), delimiter=delimiter)
    for row in _parse_rows(lines, delimiter, first):
        if row.problem:
            budget.spend("unreadable lines")
            sheet.problems.append(ReadProblem(row.line, lines[row.line - 1].strip()[:80], row.problem))
        elif any(cell.strip() for cell in row.cells):
            budget.spend("lines")
            budget.spend("cells", len(row.cells))
            sheet.rows.append((row.line, list(row.cells[:MAX_COLUMNS])))
        if row.line % 500 == 0:
            budget.check_time()
    if sheet.unfinished and sheet.problems and sheet.problems[-1][::2] == (len(lines), _OPEN_QUOTE):
        sheet.problems[-1] = sheet.problems[-1]._replace(reason="the table ends in the middle of this row")
    return sheet


def detect_delimiter(text: str) -> str:
    """The sign by which one of the first rows names the most columns; where none does, the sign that most of the first
    lines have.
    """
    lines = io.StringIO(text[:_SAMPLE], newline="").readlines()
    named = {sign: _count_named_columns(lines, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: named[sign])
    if named[best]:
        return best
    first = [line for line in lines if line.strip()][:10]
    return max(
        DELIMITERS,
        key=lambda sign: (len([line for line in first if sign in line]), sum(line.count(sign) for line in first)),
    )


def find_table_delimiter(text: str) -> str | None:
    """The sign between the cells of a text that is a table: a row names at least three columns by it, a number or a
    version among them, and most lines below that row have as many cells. None for any other text.
    """
    lines = io.StringIO(text, newline="").readlines()
    for sign in DELIMITERS:
        rows = [row.cells for row in islice(_parse_rows(lines, sign), _SAMPLED_ROWS) if any(row.cells)]
        header = find_header(rows)
        if header is None or len(rows[header]) < 3 or max(map(len, rows[header])) > _MAX_HEADER_CELL:
            continue
        below = rows[header + 1 :]
        fields = map_columns(rows[header], below)
        same = sum(len(row) == len(rows[header]) for row in below)
        if {"number", "version"} & fields.keys() and below and same >= 0.8 * len(below):
            return sign
    return None


def _count_named_columns(lines: Sequence[str], delimiter: str) -> int:
    rows = [row.cells for row in islice(_parse_rows(lines, delimiter), _SAMPLED_ROWS) if row.cells]
    header = find_header(rows)
    return count_header_fields(rows[header]) if header is not None else 0


class _Lines:
    """The lines of a row, handed to a csv.reader until the row ends. Quotes may be escaped by a backslash."""

    def __init__(self, lines: Sequence[str], at: int, backslashes: bool = False) -> None:
        self._lines, self._first, self.at, self._backslashes = lines, at, at, backslashes

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= min(len(self._lines), self._first + MAX_ROW_LINES):
            raise StopIteration
        self.at += 1
        line = self._lines[self.at - 1]
        return line.replace('\\"', '""') if self._backslashes else line

    def restart(self, at: int) -> None:
        """Count the lines of a new row."""
        self._first = self.at = at


def _parse_rows(lines: Sequence[str], delimiter: str, at: int = 0) -> Iterator[_ParsedRow]:
    """Each row from line `at` on (from 0)."""
    source = _Lines(lines, at)
    reader = _new_reader(source, delimiter)
    width = 0
    while at < len(lines):
        if len(lines[at]) > MAX_LINE:
            yield _ParsedRow(at + 1, [], f"a line of more than {MAX_LINE:,} characters, the most that is read of one")
            at += 1
            continue
        source.restart(at)
        try:
            cells: list[str] | None = next(reader)
        except (csv.Error, StopIteration):
            cells, reader = None, _new_reader(source, delimiter)
        ends = source.at
        if cells is not None and _swallows_rows(lines[at:ends], delimiter, 0 if len(cells) == width else width):
            cells = None
        if cells is None or ('\\"' in lines[at] and ends > at + 1):
            cells, ends = _mend(lines, at, delimiter, width) or (cells, ends)
        if cells is None:
            yield _ParsedRow(at + 1, [], _OPEN_QUOTE)
            at += 1
        else:
            width = max(width, len(cells))
            yield _ParsedRow(at + 1, cells)
            at = ends


def _new_reader(source: _Lines, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(source, delimiter=delimiter, skipinitialspace=True, strict=True)


def _swallows_rows(lines: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a row of several lines has other rows in it, because a quote was not closed: lines that begin with a
    number as it does, or that have a number and as many cells as the other rows.
    """
    numbered = _STARTS_ROW.match(lines[0]) is not None
    return any(
        (numbered and _STARTS_ROW.match(line))
        or (width > 2 and line.count(delimiter) >= width - 1 and _NUMBER.search(line))
        for line in lines[1:]
    )


def _mend(lines: Sequence[str], at: int, delimiter: str, width: int) -> tuple[list[str], int] | None:
    """A row with quotes escaped by a backslash, and the line after it; or a line with a quote inside a quoted cell."""
    if '\\"' in lines[at]:
        source = _Lines(lines, at, backslashes=True)
        try:
            cells = next(_new_reader(source, delimiter))
        except (csv.Error, StopIteration):
            pass
        else:
            if not _swallows_rows(lines[at : source.at], delimiter, width):
                return cells, source.at
    line = lines[at].rstrip("\r\n")
    if len(line) > MAX_MENDED_LINE or line.count('"') % 2:
        return None
    return _split_leniently(line, delimiter), at + 1


def _split_leniently(line: str, delimiter: str) -> list[str]:
    """The cells of a line in which a quote closes a cell only at the cell's end: `"5" screens",…`."""
    end = re.escape(delimiter)
    cells = re.findall(rf'\s*"(.*?)"\s*(?:{end}|$)|([^{end}]*)(?:{end}|$)', line)
    if cells and cells[-1] == ("", "") and not line.endswith(delimiter):
        cells.pop()  # the empty match at the end of the line
    return [(quoted or plain).replace('""', '"') for quoted, plain in cells]


def sign_name(delimiter: str) -> str:
    """A delimiter as people call it."""
    return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}.get(delimiter, delimiter)
