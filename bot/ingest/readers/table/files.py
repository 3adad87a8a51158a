"""XLSX and CSV files into sheets: rows of plain values with their row numbers. openpyxl reads XLSX.

read_csv(b"Title;Number\\nBudgets per phase;794180\\n").rows
-> [(1, ["Title", "Number"]), (2, ["Budgets per phase", "794180"])]
"""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.errors import SourceError
from bot.ingest.models import ReadProblem
from bot.ingest.readers.text import decode

MAX_UNPACKED_BYTES = 200_000_000  # of an XLSX file; a real one has a hundredth of it
MAX_ROWS = 1_000_000
MAX_COLUMNS = 200


@dataclass(slots=True)
class Sheet:
    """One table. A row is a list below a header that is still to be found, or (JSON) a dict with its own columns."""

    name: str = ""
    rows: list[tuple[int, list[Any] | dict[str, Any]]] = field(default_factory=list)  # row number from 1, and cells
    problems: list[ReadProblem] = field(default_factory=list)
    unfinished: bool = False  # the last line has no end, so it may be cut off


def read_xlsx(data: bytes, source: str) -> list[Sheet]:
    """Every sheet of a workbook. Raises SourceError when it is not one, or unpacks to more than any real one."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED_BYTES:
                megabytes = MAX_UNPACKED_BYTES // 1_000_000
                raise SourceError(f"{source}: unpacks to more than {megabytes} MB, so it was not read.")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [_read_worksheet(worksheet) for worksheet in book.worksheets]
        book.close()
    except SourceError:
        raise
    except Exception as error:  # a broken workbook breaks openpyxl in many ways
        reason = f"not readable as an Excel workbook ({type(error).__name__})"
        raise SourceError(f"{source}: {reason}. Save it again as .xlsx, or as CSV.") from error
    return sheets


def _read_worksheet(worksheet: Any) -> Sheet:
    sheet = Sheet(worksheet.title)
    for number, row in enumerate(worksheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), 1):
        if number > MAX_ROWS:
            sheet.problems.append(ReadProblem(number, "", "too many rows; the rest was not read"))
            break
        if any(cell not in (None, "") for cell in row):
            sheet.rows.append((number, [_plain_value(cell) for cell in row]))
    return sheet


def _plain_value(cell: Any) -> Any:
    """A cell's value. What Excel made a time of day (`49:41`, typed as minutes and seconds) becomes that text again."""
    if isinstance(cell, datetime) and cell.year <= 1900:
        cell = cell - datetime(1899, 12, 31)
    elif isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        if not hours:
            return f"{minutes}:{seconds:02}"
        return f"{hours}:{minutes:02}:{seconds:02}" if seconds else f"{hours}:{minutes:02}"
    return cell.isoformat() if isinstance(cell, date) else cell


def read_csv(data: bytes, delimiter: str | None = None) -> Sheet:
    """Comma, semicolon, tab or bar separated text; without a `delimiter`, which one is seen from its first lines."""
    text = decode(data).replace("\0", "").removeprefix("\ufeff")
    sheet = Sheet(unfinished=not text.endswith(("\n", "\r")))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _detect_delimiter(text))
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                sheet.rows.append((reader.line_num, list(row[:MAX_COLUMNS])))
    except csv.Error as error:
        reason = f"not readable as a table from here on ({error})"
        sheet.problems.append(ReadProblem(reader.line_num, "", reason))
    return sheet


def _detect_delimiter(text: str) -> str:
    """The sign that most of the first ten lines have, and of these the most frequent."""
    first = [line for line in text[:20_000].splitlines() if line.strip()][:10]
    return max(
        (",", ";", "\t", "|"),
        key=lambda sign: (len([line for line in first if sign in line]), sum(line.count(sign) for line in first)),
    )
