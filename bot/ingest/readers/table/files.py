"""CSV, TSV, XLSX, JSON and JSON lines into sheets: rows of plain values with where each stands. openpyxl reads XLSX."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.errors import SourceError
from bot.ingest.models import ReadProblem
from bot.ingest.readers.text import decode

MOST_UNPACKED = 200_000_000  # bytes in an XLSX file once unpacked; a real one has a hundredth of it
MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
_DEEPEST = 6  # lists of records are looked for this deep in JSON
_LISTS = (
    "highlights",
    "releasenotes",
    "release_notes",
    "notes",
    "features",
    "changes",
    "entries",
    "items",
    "records",
    "rows",
    "data",
    "results",
    "releases",
    "groups",
)
_VERSION = re.compile(r"(?:halo(?:psa)?\s*)?v?\d{1,2}\.\d{1,4}(?:\.\d+)*", re.IGNORECASE)
_EPISODE = re.compile(r"\bep(?:isode|\.)?\s*#?(\d{1,3})\b", re.IGNORECASE)
_OF_ONE = (
    "mentions",
    "names",
    "also",
    "possible_versions",
    "tags",
    "links",
    "attachments",
    "authors",
    "hosts",
)  # lists inside one record
_KEY = re.compile(r"#?\d{4,9}|ep\d+-\d+")


@dataclass(slots=True)
class Sheet:
    """One table. A row is a list under a header that is still to be found, or (JSON) a dict that names its own
    columns.
    """

    name: str = ""
    rows: list[tuple[int, list[Any] | dict[str, Any]]] = field(default_factory=list)
    problems: list[ReadProblem] = field(default_factory=list)
    unfinished: bool = False  # the last line has no end, so it may be cut off


def read_xlsx(data: bytes, source: str) -> list[Sheet]:
    """Every sheet of a workbook. Raises SourceError when it is not one, or would unpack to more than any real one."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise SourceError(
                    f"{source}: unpacks to more than {MOST_UNPACKED // 1_000_000} MB, so it was not read."
                )
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = []
        for page in book.worksheets:
            sheet = Sheet(page.title)
            for number, row in enumerate(page.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
                if number > MOST_ROWS:
                    sheet.problems.append(ReadProblem(number, "", "too many rows; the rest was not read"))
                    break
                if any(cell not in (None, "") for cell in row):
                    sheet.rows.append((number, [_plain(cell) for cell in row]))
            sheets.append(sheet)
        book.close()
    except SourceError:
        raise
    except Exception as error:  # a broken workbook breaks openpyxl in many ways
        raise SourceError(
            f"{source}: not readable as an Excel workbook ({type(error).__name__}). Save it again as .xlsx, or as CSV."
        ) from error
    return sheets


def _plain(cell: Any) -> Any:
    """A cell's value; what Excel made a time of day (`49:41`, typed as minutes and seconds) becomes that text again."""
    if isinstance(cell, datetime) and cell.year <= 1900:
        cell = cell - datetime(1899, 12, 31)
    elif isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second)
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        return (
            f"{hours}:{minutes:02}"
            if seconds == 0 and hours
            else f"{hours}:{minutes:02}:{seconds:02}"
            if hours
            else f"{minutes}:{seconds:02}"
        )
    return cell.isoformat() if isinstance(cell, date) else cell


def read_csv(data: bytes, delimiter: str | None = None) -> Sheet:
    """Comma, semicolon, tab or bar separated text; which one is seen from its first lines."""
    text = decode(data).replace("\0", "").removeprefix("\ufeff")
    sheet = Sheet(unfinished=not text.endswith(("\n", "\r")))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text))
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                sheet.rows.append((reader.line_num, list(row[:MOST_COLUMNS])))
    except csv.Error as error:
        sheet.problems.append(ReadProblem(reader.line_num, "", f"not readable as a table from here on ({error})"))
    return sheet


def _delimiter(text: str) -> str:
    first = [line for line in text[:20_000].splitlines() if line.strip()][:10]
    return max(
        (",", ";", "\t", "|"),
        key=lambda mark: (len([line for line in first if mark in line]), sum(line.count(mark) for line in first)),
    )


def read_json_lines(data: bytes) -> Sheet:
    """A JSON object a line; a line that is none is named."""
    sheet = Sheet()
    for number, line in enumerate(decode(data).splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            sheet.problems.append(ReadProblem(number, line[:80], "not a line of JSON"))
            continue
        if isinstance(value, dict):
            sheet.rows.append((number, value))
        else:
            sheet.problems.append(ReadProblem(number, line[:80], "not an object with named fields"))
    return sheet


def read_json(data: bytes, source: str) -> Any:
    """A whole JSON document. Raises SourceError when it is not one."""
    try:
        return json.loads(decode(data))
    except RecursionError as error:
        raise SourceError(f"{source}: JSON that is nested too deep to be a table.") from error
    except ValueError as error:
        raise SourceError(f"{source}: broken JSON ({error}).") from error


def json_sheet(value: Any) -> Sheet:
    """The records in a JSON document: a list of objects, or the lists found under it; what stands around them (a
    version) is handed down.
    """
    sheet = Sheet()
    for record in _records(value, {}, 0):
        sheet.rows.append((len(sheet.rows) + 1, record))
    return sheet


def _records(value: Any, around: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _records(item, around, depth + 1)
    elif isinstance(value, dict):
        inner = [
            (name, value[name])
            for name in _names(value)
            if isinstance(value[name], list) and any(isinstance(item, dict) for item in value[name])
        ]
        if inner:
            handed = {**around, **_handed_down(value)}
            for name, part in inner:
                lit = {"highlighted": True} if name.lower() in ("highlights", "highlighted", "important") else {}
                yield from _records(part, {**handed, **_version_named(name), **lit}, depth + 1)
        elif value and all(isinstance(item, dict) and _KEY.fullmatch(str(name)) for name, item in value.items()):
            for name, item in value.items():  # records by their number
                yield from _records({"id": name, **item}, around, depth + 1)
        elif deeper := [
            (name, item) for name, item in value.items() if isinstance(item, dict) and _has_records(item, depth)
        ]:
            for name, item in deeper:
                yield from _records(item, {**around, **_handed_down(value), **_version_named(name)}, depth + 1)
        elif value:
            yield {**around, **value}


def _version_named(name: str) -> dict[str, Any]:
    """What a key says of the records below it: `{"v2.270": [...]}`."""
    return {"version": name} if _VERSION.fullmatch(name) else {}


def _has_records(value: dict[str, Any], depth: int) -> bool:
    """Whether a list of records, or records by their numbers, stand somewhere inside an object."""
    if depth > _DEEPEST:
        return False
    by_number = bool(value) and all(
        isinstance(item, dict) and _KEY.fullmatch(str(name)) for name, item in value.items()
    )
    return by_number or any(
        any(isinstance(part, dict) for part in item)
        if isinstance(item, list)
        else isinstance(item, dict) and _has_records(item, depth + 1)
        for name, item in value.items()
        if name not in _OF_ONE
    )


def _names(value: dict[str, Any]) -> list[str]:
    """The lists of records in an object: those that go by a known name; any others only when there is none of them."""
    known = [name for name in value if re.sub(r"[^a-z]", "", name.lower()) in {n.replace("_", "") for n in _LISTS}]
    return known or [name for name in value if name not in _OF_ONE]


def _handed_down(value: dict[str, Any]) -> dict[str, Any]:
    """What a release says of all its notes: its version, and a group's name as their area."""
    kept: dict[str, Any] = {}
    for name in ("version", "name", "release", "release_name", "releasename"):
        text = value.get(name)
        if isinstance(text, str | float) and _VERSION.fullmatch(str(text).strip()):
            kept["version"] = text
            break
    else:
        if isinstance(value.get("name"), str):
            kept["category"] = value["name"]
    for name in ("episode", "episode_number", "ep"):
        said = value.get(name)
        if isinstance(said, dict):
            said = said.get("number") or said.get("no") or said.get("title")
        if isinstance(said, str | int):
            kept["episode"] = said
            break
    else:
        if isinstance(value.get("title"), str) and (named := _EPISODE.search(value["title"])):
            kept["episode"] = named[1]
    return kept
