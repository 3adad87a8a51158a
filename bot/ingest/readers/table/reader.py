"""Tables into records, by the names that people give to columns.

    ID,      Title,             Version, Episode, Time
    794180,  Budgets per phase, 2.206,   7,       1:48    -> Record("794180", "Budgets per phase", v2.206, 7 at 1:48)
    ,        ,                  2.206,   ,                -> ReadProblem(…, "no title and no number, …")

Which column was read as what is a remark of the document; a row that could not be read is a problem.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Literal

from bot.catalog.models import VERSION_PATTERN, Mention, Version
from bot.ingest import versions
from bot.ingest.models import DocumentBuilder, DocumentLine, ParsedDocument, ReadProblem, Record
from bot.ingest.readers.html import split_html_lines
from bot.ingest.readers.post.reader import read_post
from bot.ingest.readers.post.row import normalize_minute, parse_row
from bot.ingest.readers.prose import find_caution
from bot.ingest.readers.table.columns import map_columns
from bot.ingest.readers.table.files import Sheet, read_csv, read_xlsx
from bot.ingest.readers.table.json_records import read_json, read_json_lines, sheet_from_json
from bot.ingest.readers.text import clean_line

TableFormat = Literal["csv", "tsv", "xlsx", "json", "jsonl"]

# "794180", "#794180", "ID: 794180", and "794180.0" as a spreadsheet's number.
_NUMBER = re.compile(r"(?:id|halo(?:psa)?|no\.?|ref|ticket)?[\s:#-]*(\d{4,9})(?:\.0+)?", re.IGNORECASE)
_NUMBER_INSIDE = re.compile(r"#\s?(\d{4,9})\b")
_UNNUMBERED_KEY = re.compile(r"ep(\d{1,3})-(\d{1,3})")  # our own key of a change without a number: episode, position
_VERSION = re.compile(rf"(?:halo(?:psa)?|version|release)?\s*v?\s?{VERSION_PATTERN}(?:\.\d+)*", re.IGNORECASE)
_VERSION_INSIDE = re.compile(rf"\bv{VERSION_PATTERN}\b", re.IGNORECASE)
_MINUTE = re.compile(r"(?:00?:)?((?:\d{1,2}:)?\d{1,3}:[0-5]\d)")
_EPISODE = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_ELEMENT = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_YES = frozenset(
    "true yes y 1 x ✓ ✔ ✔️ ✅ ☑ ★ ⭐ important high major key highlight ja wahr".split()  # German too
)
_NO = frozenset("no false 0".split())
MAX_HEADER_ROW = 15  # rows that may stand above the header
MAX_CELL_LENGTH = 4_000  # characters
MAX_MAPPING_REMARKS = 3  # of one sheet; JSON may have other columns in each row


def read_table(data: bytes, source: str, table_format: TableFormat) -> ParsedDocument:
    """The changes in a table. Raises SourceError when the bytes are no file of this format."""
    if table_format == "xlsx":
        sheets = read_xlsx(data, source)
    elif table_format == "json":
        sheets = [sheet_from_json(read_json(data, source))]
    elif table_format == "jsonl":
        sheets = [read_json_lines(data)]
    else:
        sheets = [read_csv(data, "\t" if table_format == "tsv" else None)]
    return read_sheets(sheets, source)


def read_sheets(sheets: Sequence[Sheet], source: str) -> ParsedDocument:
    """The changes in the rows of some sheets."""
    builder = DocumentBuilder()
    for sheet in sheets:
        builder.problems.extend(sheet.problems)
        _SheetReader(sheet, builder, source).read()
    _restore_versions(builder)
    return builder.build(source)


class _SheetReader:
    """Turns one sheet's rows into records and problems."""

    def __init__(self, sheet: Sheet, builder: DocumentBuilder, source: str) -> None:
        self.sheet, self.builder, self.source = sheet, builder, source
        self.version = _parse_version(sheet.name)  # a sheet called "v2.214"
        self._mappings: dict[tuple[str, ...], dict[str, int]] = {}

    def read(self) -> None:
        """Add all that the sheet says to the builder."""
        lists = [(number, row) for number, row in self.sheet.rows if isinstance(row, list)]
        if lists:
            self._read_lists(lists)
        for number, row in self.sheet.rows:
            if isinstance(row, dict):
                flat = _flatten(row)
                names = tuple(flat)
                if names not in self._mappings:
                    self._mappings[names] = self._map_columns(names)
                self._read_row(number, list(flat.values()), self._mappings[names])

    def _add_problem(self, row_number: int, text: str, reason: str) -> None:
        self.builder.problems.append(ReadProblem(row_number, text, reason))

    def _read_lists(self, rows: list[tuple[int, list[Any]]]) -> None:
        """Read rows below a header, which may stand some rows further down."""
        headers = (at for at, (_, row) in enumerate(rows[:MAX_HEADER_ROW]) if _is_header(row))
        header = next(headers, None)
        if header is None:
            self._read_without_header(rows)
            return
        mapping = self._map_columns([str(cell or "") for cell in rows[header][1]])
        width, last = len(rows[header][1]), rows[-1][0]
        for number, row in rows[header + 1 :]:
            if self.sheet.unfinished and number == last and len(row) < width:
                self._add_problem(number, str(row)[:80], "the table ends in the middle of this row")
            else:
                self._read_row(number, row, mapping)

    def _read_without_header(self, rows: list[tuple[int, list[Any]]]) -> None:
        """No row names the columns: each row is read as a line of a post."""
        texts = [
            (number, clean_line(" | ".join(str(cell) for cell in row if cell not in (None, ""))))
            for number, row in rows
        ]
        post = read_post([DocumentLine(number, text) for number, text in texts if text], self.source)
        self.builder.records.extend(post.records)
        self.builder.problems.extend(post.problems)
        if not post.records:
            reason = "no row names its columns (title, number, version, …), and no line reads as a change"
            self._add_problem(0, "", reason)

    def _map_columns(self, names: Sequence[str]) -> dict[str, int]:
        """Which column holds which field; it is told in a remark."""
        mapping = map_columns(names)
        if len(self._mappings) < MAX_MAPPING_REMARKS:
            read_as = ", ".join(f"{names[column]} → {field}" for field, column in mapping.items())
            used = set(mapping.values())
            unused = [str(name) for column, name in enumerate(names) if name and column not in used]
            not_used = f"; not used: {', '.join(unused[:20])}" if unused else ""
            self.builder.remarks.append(f"Columns: {read_as or 'none that is known'}{not_used}.")
        return mapping

    def _read_row(self, row_number: int, row: Sequence[Any], mapping: dict[str, int]) -> None:
        """Add a record for each mention of the row's change (an export lists them), or what is wrong with the row."""
        cells = {field: row[column] for field, column in mapping.items() if column < len(row)}
        texts = _split_whole_line({field: text for field, value in cells.items() if (text := _cell_text(value))})
        if not texts.keys() & {"title", "summary", "number"}:
            if any(value not in (None, "", [], {}) for value in row):
                text = str([value for value in row if value])[:80]
                self._add_problem(row_number, text, "no title and no number, so it names no change")
        elif texts.get("kind") in ("faq", "guide"):
            self._add_problem(row_number, texts.get("title", ""), "an answer or guide, not a change")
        elif record := self._build_record(row_number, cells, texts):
            mentions = _parse_mentions(cells, texts)
            self.builder.records.extend([replace(record, mention=mention) for mention in mentions] or [record])

    def _build_record(self, row_number: int, cells: dict[str, Any], texts: dict[str, str]) -> Record | None:
        """The change in a row without its mentions; None, and a problem, when it has no title or a strange number."""
        given = texts.get("number", "")
        number = _find_number("" if isinstance(cells.get("number"), bool) else given, texts)
        key = _UNNUMBERED_KEY.fullmatch(given)
        title, summary = texts.get("title", ""), texts.get("summary", "")
        if not title:
            title, summary = summary, ""
        if not title:
            self._add_problem(row_number, f"#{number}" if number else given, "a number without a title")
            return None
        if given and number is None and key is None:
            self._add_problem(row_number, f"{given}: {title}", "its number is not one of Halo's (4 to 9 digits)")
            return None
        version = self._read_version(row_number, texts.get("version", ""))
        return Record(
            number,
            title,
            summary,
            caution=_read_caution(texts.get("caution", ""), summary),
            highlighted=cells.get("highlighted") is True or texts.get("highlighted", "").lower() in _YES,
            version=version,
            possible_versions=() if version else _parse_versions(cells.get("possible_versions")),
            area=texts.get("area"),
            mention=Mention(int(key[1])) if key else None,
            line_number=row_number,
            lines=tuple(text for text in (title, summary) if text),
            index_in_episode=int(key[2]) if key else 0,
        )

    def _read_version(self, row_number: int, text: str) -> Version | None:
        """The row's version, or else the sheet's; a text that is none is a problem, for the change is read all the
        same.
        """
        version = _parse_version(text)
        if version is None and text:
            reason = "not a version such as v2.206; the change was read without it"
            self._add_problem(row_number, text, reason)
        return version or self.version


def _is_header(row: Sequence[Any]) -> bool:
    """Whether a row names columns, a title among them."""
    columns = map_columns(row)
    return "title" in columns and len(columns) >= 2


def _flatten(row: dict[str, Any]) -> dict[str, Any]:
    """A row without objects inside it: `{"release": {"name": "v2.264"}}` has a column called "release name"."""
    if not any(isinstance(value, dict) for value in row.values()):
        return row
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat.update({f"{name} {inner}": part for inner, part in value.items()})
        else:
            flat[name] = value
    return flat


def _restore_versions(builder: DocumentBuilder) -> None:
    """Restore the last zero of versions, by the table's others: a cell that is a number has 2.210 as 2.21."""
    written = {
        version for record in builder.records for version in (record.version, *record.possible_versions) if version
    }
    restored = {version: versions.restore_version(version, written) for version in written}
    builder.remarks.extend(remark for _, remark in restored.values() if remark)
    for at, record in enumerate(builder.records):
        if record.version and restored[record.version][0] != record.version:
            builder.records[at] = replace(record, version=restored[record.version][0])


def _split_whole_line(texts: dict[str, str]) -> dict[str, str]:
    """The texts of a row whose title is a whole line of a post ("Title | v2.206 #794180 | 1:48"), taken apart."""
    row = parse_row(texts.get("title", "")) if "number" not in texts and "version" not in texts else None
    if row is None or not row.certain or not row.title:
        return texts
    parts = {"title": row.title, "number": row.number, "version": str(row.version or "")}
    return texts | parts | {"at": texts.get("at") or row.minute or ""}


def _cell_text(value: Any) -> str:
    """A cell as one line of text, without HTML; "" for lists and objects."""
    if value is None or isinstance(value, list | dict):
        return ""
    text = str(value)[:MAX_CELL_LENGTH]
    if "<" in text and _ELEMENT.search(text):
        text = " ".join(line.text for line in split_html_lines(text))
    return clean_line(text)


def _find_number(given: str, texts: dict[str, str]) -> str | None:
    """A change's number: in its own column (`given`), or with its sign in the version or the title."""
    match = _NUMBER.fullmatch(given) or _NUMBER_INSIDE.search(given)
    match = match or _NUMBER_INSIDE.search(f"{texts.get('version', '')} {texts.get('title', '')}")
    return match[1] if match else None


def _read_caution(text: str, summary: str) -> str | None:
    """What the column for it says; where that is a mere yes or no, or empty, what the summary advises."""
    return text if text and text.lower() not in _YES | _NO else find_caution((summary,))


@lru_cache(maxsize=1_000)
def _parse_version(text: str) -> Version | None:
    match = _VERSION.fullmatch(text) or _VERSION_INSIDE.search(text)
    return Version.of(*match.groups()) if match else None


def _parse_versions(value: Any) -> tuple[Version, ...]:
    """The versions of a list, or of a list as JSON."""
    return tuple(version for text in _parse_list(value) if (version := _parse_version(_cell_text(text))))


def _parse_list(value: Any) -> list[Any]:
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    return value if isinstance(value, list) else []


def _parse_mentions(cells: dict[str, Any], texts: dict[str, str]) -> list[Mention]:
    """Where episodes talk about a change: from an exported list, or from columns for the episode and the minute."""
    listed = [
        Mention(item["episode"], _parse_minute(_cell_text(item.get("at"))))
        for item in _parse_list(cells.get("mentions"))
        if isinstance(item, dict) and type(item.get("episode")) is int and 0 < item["episode"] < 1000
    ]
    episode = _EPISODE.search(texts.get("episode", ""))
    if listed or not episode:
        return listed
    behind = texts["episode"][episode.end() :].strip(" ,;@|-–()")  # "Episode 7 (1:48)"
    at = _parse_minute(texts.get("at", "")) or _format_seconds(texts.get("seconds", "")) or _parse_minute(behind)
    return [Mention(int(episode[0]), at)]


def _format_seconds(text: str) -> str | None:
    """`"3753"` seconds from the start are 1:02:33."""
    if not re.fullmatch(r"\d{1,5}", text):
        return None
    minutes, seconds = divmod(int(text), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


@lru_cache(maxsize=5_000)
def _parse_minute(text: str) -> str | None:
    """`"49:41"`; a spreadsheet may have made it `49:41:00`."""
    match = _MINUTE.fullmatch(text)
    if match is None:
        return None
    parts = match[1].split(":")
    has_made_seconds = len(parts) == 3 and parts[2] == "00" and int(parts[0]) >= 4  # no episode has four hours
    return normalize_minute(":".join(parts[:2]) if has_made_seconds else match[1])
