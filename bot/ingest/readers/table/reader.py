"""Tables into records, by the column names that people have. What was mapped is said; what could not be is named by its
row. Pure but for `read_table`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from bot.catalog.models import Mention, Version
from bot.ingest import versions
from bot.ingest.models import DocumentBuilder, DocumentLine, ParsedDocument, ReadProblem, Record
from bot.ingest.readers.html import html_lines
from bot.ingest.readers.post.reader import read_lines
from bot.ingest.readers.post.row import plain_minute, read_row
from bot.ingest.readers.prose import caution_in
from bot.ingest.readers.table.columns import columns_of
from bot.ingest.readers.table.files import Sheet, json_sheet, read_csv, read_json, read_json_lines, read_xlsx
from bot.ingest.readers.text import clean

_NUMBER = re.compile(r"(?:id|halo(?:psa)?|no\.?|ref|ticket)?[\s:#-]*(\d{4,9})(?:\.0+)?", re.IGNORECASE)
_NUMBER_INSIDE = re.compile(r"#\s?(\d{4,9})\b")
_OWN_KEY = re.compile(r"ep(\d{1,3})-(\d{1,3})")
_VERSION = re.compile(r"(?:halo(?:psa)?|version|release)?\s*v?\s?(\d{1,2})\.(\d{1,4})(?:\.\d+)*", re.IGNORECASE)
_MINUTE = re.compile(r"(?:00?:)?((?:\d{1,2}:)?\d{1,3}:[0-5]\d)")
_EPISODE = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_YES = {
    "true",
    "yes",
    "y",
    "1",
    "x",
    "✓",
    "✔",
    "✔️",
    "✅",
    "☑",
    "★",
    "⭐",
    "important",
    "high",
    "major",
    "key",
    "highlight",
    "ja",
    "wahr",
}
HEADER_WITHIN = 15  # rows that may stand above the header
LONGEST = 4_000


def read_table(data: bytes, source: str, kind: str) -> ParsedDocument:
    """A table of one of the kinds "csv", "tsv", "xlsx", "json", "jsonl". Raises SourceError when the bytes are no such
    file.
    """
    if kind == "xlsx":
        sheets = read_xlsx(data, source)
    elif kind == "json":
        sheets = [json_sheet(read_json(data, source))]
    elif kind == "jsonl":
        sheets = [read_json_lines(data)]
    else:
        sheets = [read_csv(data, "\t" if kind == "tsv" else None)]
    return read_sheets(sheets, source)


def read_sheets(sheets: Sequence[Sheet], source: str) -> ParsedDocument:
    """The changes in the rows of some sheets."""
    found = DocumentBuilder()
    for sheet in sheets:
        found.problems.extend(sheet.problems)
        _Reader(sheet, found, source).read()
    _restore_versions(found)
    return found.build(source)


class _Reader:
    def __init__(self, sheet: Sheet, found: DocumentBuilder, source: str) -> None:
        self.sheet, self.found, self.source = sheet, found, source
        self.version = _version(sheet.name)  # a sheet called "v2.214"
        self._mappings: dict[tuple[str, ...], dict[str, int]] = {}

    def read(self) -> None:
        rows = self.sheet.rows
        lists = [(number, row) for number, row in rows if isinstance(row, list)]
        if lists:
            self._read_lists(lists)
        for number, row in rows:
            if isinstance(row, dict):
                row = _flat(row)
                names = tuple(row)
                if names not in self._mappings:
                    self._mappings[names] = self._mapping(names)
                self._record(number, list(row.values()), self._mappings[names])

    def _read_lists(self, rows: list[tuple[int, list[Any]]]) -> None:
        header = next(
            (
                at
                for at, (_, row) in enumerate(rows[:HEADER_WITHIN])
                if "title" in (found := columns_of(row)) and len(found) >= 2
            ),
            None,
        )
        if header is None:
            self._without_header(rows)
            return
        mapping = self._mapping([str(cell or "") for cell in rows[header][1]])
        width = len(rows[header][1])
        for number, row in rows[header + 1 :]:
            if self.sheet.unfinished and number == rows[-1][0] and len(row) < width:
                self.found.problems.append(
                    ReadProblem(number, str(row)[:80], "the table ends in the middle of this row")
                )
                continue
            self._record(number, row, mapping)

    def _without_header(self, rows: list[tuple[int, list[Any]]]) -> None:
        """No row names the columns: each row is read as a line of a post."""
        lines = [
            DocumentLine(number, clean(" | ".join(str(cell) for cell in row if cell not in (None, ""))))
            for number, row in rows
        ]
        reading = read_lines([line for line in lines if line.text], self.source)
        self.found.records.extend(reading.records)
        self.found.problems.extend(reading.problems)
        if not reading.records:
            self.found.problems.append(
                ReadProblem(
                    0, "", "no row names its columns (title, number, version, …), and no line reads as a change"
                )
            )

    def _mapping(self, names: Sequence[str]) -> dict[str, int]:
        mapping = columns_of(names)
        if len(self._mappings) < 3:
            said = ", ".join(f"{names[place]} → {field}" for field, place in mapping.items())
            unused = [str(name) for place, name in enumerate(names) if name and place not in mapping.values()]
            self.found.remarks.append(
                f"Columns: {said or 'none that is known'}{'; not used: ' + ', '.join(unused[:20]) if unused else ''}."
            )
        return mapping

    def _record(self, number: int, row: Sequence[Any], mapping: dict[str, int]) -> None:
        cells = {field: row[place] for field, place in mapping.items() if place < len(row)}
        texts = {field: text for field, value in cells.items() if (text := _text(value))}
        if not texts.keys() & {"title", "summary", "number"}:
            if any(value not in (None, "", [], {}) for value in row):
                self.found.problems.append(
                    ReadProblem(
                        number, str([v for v in row if v])[:80], "no title and no number, so it names no change"
                    )
                )
        elif texts.get("kind") in ("faq", "guide"):
            self.found.problems.append(ReadProblem(number, texts.get("title", ""), "an answer or guide, not a change"))
        elif record := self._made(number, cells, texts):
            # An export lists every mention; each is a record of the same change.
            mentions = _mentions(cells, texts)
            self.found.records.extend([replace(record, mention=mention) for mention in mentions] or [record])

    def _made(self, place: int, cells: dict[str, Any], texts: dict[str, str]) -> Record | None:
        if (
            "number" not in texts
            and "version" not in texts
            and (row := read_row(texts.get("title", "")))
            and row.sure
            and row.title
        ):
            # A column of whole lines: "Title | v2.206 #794180".
            texts |= {
                "title": row.title,
                "number": row.number,
                "version": row.version or "",
                "at": texts.get("at") or row.minute or "",
            }
        title, summary, given = texts.get("title", ""), texts.get("summary", ""), texts.get("number", "")
        number, own = None if isinstance(cells.get("number"), bool) else _number(given), _OWN_KEY.fullmatch(given)
        if number is None and (inside := _NUMBER_INSIDE.search(f"{texts.get('version', '')} {title}")):
            number = inside[1]
        if not title:
            title, summary = summary, ""
        if not title:
            self.found.problems.append(
                ReadProblem(place, f"#{number}" if number else given, "a number without a title")
            )
            return None
        if number is None and own is None and given:
            self.found.problems.append(
                ReadProblem(place, f"{given}: {title}", "its number is not one of Halo's (4 to 9 digits)")
            )
            return None
        version = _version(texts.get("version", ""))
        if version is None and texts.get("version"):
            self.found.problems.append(
                ReadProblem(place, texts["version"], "not a version such as v2.206; the change was read without it")
            )
        version = version or self.version
        mention = Mention(int(own[1])) if own else None
        possible = (
            tuple(v for text in _list(cells.get("possible_versions")) if (v := _version(_text(text))))
            if not version
            else ()
        )
        said = texts.get("caution", "")
        caution = said if said and said.lower() not in _YES | {"no", "false", "0"} else caution_in((summary,))
        return Record(
            number, title, summary, (), caution,
            cells.get("highlighted") is True or texts.get("highlighted", "").lower() in _YES, version, possible,
            texts.get("area"), mention, place, tuple(text for text in (title, summary) if text),
            index_in_episode=int(own[2]) if own else 0,
        )  # fmt: skip


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row without objects inside it: `{"release": {"name": "v2.264"}}` has a column called "release name"."""
    if not any(isinstance(value, dict) for value in row.values()):
        return row
    flat: dict[str, Any] = {}
    for name, value in row.items():
        flat.update(
            {f"{name} {inner}": part for inner, part in value.items()} if isinstance(value, dict) else {name: value}
        )
    return flat


def _restore_versions(found: DocumentBuilder) -> None:
    """A number cell has no last zero: 2.210 arrives as 2.21. The table's other versions tell."""
    written = {v for record in found.records for v in (record.version, *record.possible_versions) if v}
    restored = {version: versions.restore_version(version, written) for version in written}
    found.remarks.extend(said for _, said in restored.values() if said)
    for place, record in enumerate(found.records):
        if record.version and restored[record.version][0] != record.version:
            found.records[place] = replace(record, version=restored[record.version][0])


def _text(value: Any) -> str:
    if value is None or isinstance(value, list | dict):
        return ""
    text = str(value)[:LONGEST]
    if "<" in text and re.search(r"</?[a-zA-Z][^<>]{0,200}>", text):
        text = " ".join(line.text for line in html_lines(text))
    return clean(text)


def _number(text: str) -> str | None:
    match = _NUMBER.fullmatch(text) or _NUMBER_INSIDE.search(text)
    return match[1] if match else None


@lru_cache(maxsize=1_000)
def _version(text: str) -> Version | None:
    match = _VERSION.fullmatch(text) or re.search(r"\bv(\d{1,2})\.(\d{1,4})\b", text, re.IGNORECASE)
    return Version(int(match[1]), int(match[2])) if match else None


def _list(value: Any) -> list[Any]:
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    return value if isinstance(value, list) else []


def _mentions(cells: dict[str, Any], texts: dict[str, str]) -> list[Mention]:
    """Where episodes talk about it: from an exported list, or from columns of its own."""
    listed = [
        Mention(item["episode"], _minute(_text(item.get("at"))))
        for item in _list(cells.get("mentions"))
        if isinstance(item, dict) and type(item.get("episode")) is int and 0 < item["episode"] < 1000
    ]
    episode = _EPISODE.search(texts.get("episode", ""))
    if listed or not episode:
        return listed
    at = (
        _minute(texts.get("at", ""))
        or _of_seconds(texts.get("seconds", ""))
        or _minute(texts["episode"][episode.end() :].strip(" ,;@|-–()"))
    )
    return [Mention(int(episode[0]), at)]


def _of_seconds(text: str) -> str | None:
    """`"3753"` seconds from the start are 1:02:33."""
    if not re.fullmatch(r"\d{1,5}", text):
        return None
    hours, minutes, seconds = int(text) // 3600, int(text) // 60 % 60, int(text) % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@lru_cache(maxsize=5_000)
def _minute(text: str) -> str | None:
    """`"49:41"`; a spreadsheet may have made it `49:41:00`."""
    match = _MINUTE.fullmatch(text)
    if match is None:
        return None
    parts = match[1].split(":")
    return plain_minute(
        ":".join(parts[:2]) if len(parts) == 3 and parts[2] == "00" and int(parts[0]) >= 4 else match[1]
    )
