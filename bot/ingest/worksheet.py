"""Worksheets: entries with room for how people ask for them, as TOML or CSV, written for a person and read back. Pure.

What comes back is outside text: it is read within limits, and what cannot be read is refused with its place.
"""

import csv
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.catalog.models import IMPACTS, Entry
from bot.conversation.export import as_text_cell
from bot.errors import SourceError
from bot.storage.models import ProposalDraft, ProposalField, ProposalOrigin
from bot.text import normalise, stems

MAX_BYTES = 8_000_000
# Names in names, as in `a.b.c = 1`: tomllib takes time by the square of their number, and a worksheet has none.
MAX_NAMES = 20
_NESTED_NAMES = re.compile(rf"(?:[\w\"'-]{{1,100}}+[ \t]*+\.[ \t]*+){{{MAX_NAMES}}}")
MAX_ENTRIES, MAX_LINES = 2_000, 20_000  # phrasings and other fields of one worksheet, in all
MAX_TEXT_LENGTH = 3_000  # of an entry, as it is shown
MIN_NEW_SHARE = 0.4  # a source's line that has fewer new words than this share is not shown again
WANTED_PHRASINGS = 40
CSV_COLUMNS = ("key", "version", "title", "text", "area", "impact", "summary", "phrasing")
_NOTE_MARK = "#"
INSTRUCTIONS = f"""\
A worksheet for Halobot: how do people ask for these changes of HaloPSA?

Read an entry's title and text. Then write about {WANTED_PHRASINGS} phrasings: things that somebody would type who needs
this change, and who does not know what Halo calls it. Many of them have never heard the official word.

- Mix the styles: two to four keywords; whole questions; complaints about how it is without the change; a wish; a task
  of an administrator, a technician, a dispatcher, somebody in finance or sales, a manager, a customer; telegram style;
  a clumsy sentence of somebody in a hurry. Half of them short (2 to 6 words), half longer (7 to 18 words).
- Use other words than the title. For each of its words that matter, think first of four or more that others would use:
  everyday words, words of the trade, of other tools, of beginners, of other countries. Let each of these stand in a
  phrasing, in different combinations, and let each word of the title be missing from most phrasings. Think of what
  people see, what goes wrong, what they want to end.
- Each phrasing is about this one change. One that fits another change as well makes both worse.
- No number and no name (of a product, a company, a person) that the title or the text does not have.
- No mark-up, no quotes around it, at most 120 characters, at least two words that say something. No two the same.
- Write from this text alone: nothing that it does not say.

`area` and `impact` may be corrected, and `summary` be written, in at most three sentences, where there is none.
Leave them as they are when in doubt. An impact is one of: changes behaviour, opt-in (somebody has to enable it), new,
fix, unclear."""


@dataclass(frozen=True, slots=True)
class WorksheetEntry:
    """An entry as a worksheet shows it."""

    key: str
    version: str
    title: str
    text: str
    area: str = ""
    impact: str = ""
    summary: str = ""

    @classmethod
    def of(cls, entry: Entry, source_lines: Iterable[str] = ()) -> "WorksheetEntry":
        """What a person has to know of an entry: its own texts, and the lines of the sources that say more."""
        texts = [entry.summary, entry.answer or "", f"Test first: {entry.caution}" if entry.caution else ""]
        known = set(stems(" ".join((entry.title, *texts))))
        for line in source_lines:
            line_stems = set(filter(str.isalpha, stems(line)))  # a row's version, number and minute say nothing new
            if len(line_stems - known) > MIN_NEW_SHARE * len(line_stems):
                texts.append(line.strip())
                known |= line_stems
        versions = entry.version or " or ".join(map(str, entry.possible_versions))
        text = normalise(" ".join(filter(None, texts)), limit=MAX_TEXT_LENGTH)
        impact = entry.impact if entry.kind == "feature" else ""
        return cls(entry.key, str(versions), normalise(entry.title), text, entry.area or "", impact)


class UnreadLine(NamedTuple):
    """Something of a worksheet that is not taken over: where it stands, its words, and why."""

    place: str
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" + (f" — {self.text[:100]}" if self.text else "")


class ReadWorksheet(NamedTuple):
    """A worksheet that came back: who wrote it, what it proposes, and what could not be read."""

    author: str
    drafts: tuple[ProposalDraft, ...]
    unread: tuple[UnreadLine, ...]


# -- writing ----------------------------------------------------------------------------------------------------------


def to_toml_worksheet(entries: Iterable[WorksheetEntry], areas: Sequence[str]) -> str:
    """A TOML worksheet: the instructions as comments, an [[entry]] block for each."""
    lines = [f"# {line}".rstrip() for line in (*INSTRUCTIONS.split("\n"), "", f"Areas: {', '.join(areas)}")]
    lines += ["", 'written_by = ""  # your name; "llm: …" for what a language model wrote']
    for entry in entries:
        lines += ["", "[[entry]]"]
        for name in ("key", "version", "title", "text", "area", "impact", "summary"):
            lines.append(f"{name} = {_toml_text(getattr(entry, name))}")
        lines += ["phrasings = [", "]"]
    return "\n".join(lines) + "\n"


def to_csv_worksheet(entries: Iterable[WorksheetEntry], areas: Sequence[str]) -> str:
    """A CSV worksheet: notes, the header, and a row for each entry; more rows with the same key take more phrasings."""
    lines: list[str] = []

    class Lines:
        def write(self, line: str) -> None:
            lines.append(line)

    writer = csv.writer(Lines(), lineterminator="\r\n")
    how = "One phrasing a row, in the last column: add rows below an entry; without a key they are about the one above."
    for note in (*INSTRUCTIONS.split("\n"), how, f"Areas: {', '.join(areas)}"):
        writer.writerow([f"{_NOTE_MARK} {note}"])
    writer.writerow([f"{_NOTE_MARK} written by:", ""])
    writer.writerow(CSV_COLUMNS)
    for entry in entries:
        cells = [getattr(entry, name) for name in CSV_COLUMNS[:-1]]
        writer.writerow([*map(as_text_cell, cells), ""])
    return "".join(lines)


def _toml_text(text: str) -> str:
    """A basic string: JSON's, but for the one character that only TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# -- reading ----------------------------------------------------------------------------------------------------------


def read_worksheet(data: bytes, name: str) -> ReadWorksheet:
    """A worksheet that came back, as TOML or CSV. Raises SourceError where it is neither."""
    if len(data) > MAX_BYTES:
        raise SourceError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB. Split it into several worksheets.")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise SourceError(f"{name} is no UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    if name.lower().endswith(".csv") or _looks_like_csv(text):
        return _read_csv(text, name)
    return _read_toml(text, name)


def _looks_like_csv(text: str) -> bool:
    return any(line.lower().startswith(("key,", "key;", "key\t", '"key"')) for line in text.split("\n", 200)[:200])


class _Reading:
    """Collects what a worksheet proposes, within the limits."""

    def __init__(self, name: str, author: str) -> None:
        self.name, self.author = name, normalise(author, limit=80)
        is_model = self.author.lower().startswith("llm")
        self.origin: ProposalOrigin = "llm" if is_model else "person"
        self.drafts: list[ProposalDraft] = []
        self.unread: list[UnreadLine] = []

    def add(self, place: str, key: str, field: ProposalField, value: Any) -> None:
        """Add one value; what is no text, or empty, is not."""
        if not isinstance(value, str):
            self.unread.append(UnreadLine(place, "", f"{field} has to be a text"))
        elif value.strip():
            if len(self.drafts) >= MAX_LINES:
                raise SourceError(f"{self.name} proposes more than {MAX_LINES:,} texts. Split it.")
            self.drafts.append(ProposalDraft(key, field, value.strip(), self.origin, self.author))

    def done(self) -> ReadWorksheet:
        return ReadWorksheet(self.author, tuple(self.drafts), tuple(self.unread))


def _read_toml(text: str, name: str) -> ReadWorksheet:
    if _NESTED_NAMES.search(text):
        raise SourceError(f"{name} is not readable as a worksheet (more than {MAX_NAMES} names in each other).")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SourceError(
            f"{name} is not readable as a worksheet ({str(error)[:200] or 'nested too deep'})."
        ) from error
    blocks = data.get("entry")
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise SourceError(f"{name} has no [[entry]] blocks. `halobot phrasings export` writes a worksheet.")
    if len(blocks) > MAX_ENTRIES:
        raise SourceError(f"{name} has more than {MAX_ENTRIES:,} entries. Split it.")
    reading = _Reading(name, str(data.get("written_by") or ""))
    for number, block in enumerate(blocks, 1):
        key = block.get("key")
        if not isinstance(key, str) or not key.strip():
            reading.unread.append(UnreadLine(f"entry {number}", str(block.get("title", "")), "it has no key"))
            continue
        phrasings = block.get("phrasings", [])
        if isinstance(phrasings, str):
            phrasings = phrasings.split("\n")
        if not isinstance(phrasings, list):
            reading.unread.append(UnreadLine(f"entry {key}", "", "phrasings has to be a list of texts"))
            phrasings = []
        _read_fields(reading, key.strip(), f"entry {key.strip()}", block)
        for place, phrasing in enumerate(phrasings, 1):
            reading.add(f"entry {key}, phrasing {place}", key.strip(), "phrasing", phrasing)
    return reading.done()


def _read_fields(reading: _Reading, key: str, place: str, block: dict[str, Any]) -> None:
    for field in ("area", "impact", "summary"):
        if block.get(field) not in (None, ""):
            reading.add(f"{place}, {field}", key, field, block[field])


def _read_csv(text: str, name: str) -> ReadWorksheet:
    rows, author = _csv_rows(text, name), ""
    header: list[str] | None = None
    reading, key = _Reading(name, ""), ""
    seen: set[str] = set()
    for number, row in rows:
        cells = [cell.strip() for cell in row]
        if header is None:
            if cells and cells[0].startswith(_NOTE_MARK):
                if cells[0].lower().lstrip("# ").startswith("written by"):
                    author = next((cell for cell in cells[1:] if cell), cells[0].partition(":")[2].strip())
            elif "key" in map(str.lower, cells):
                header, reading = [cell.lower() for cell in cells], _Reading(name, author)
            continue
        values = dict(zip(header, cells, strict=False))
        key = values.get("key", "").lstrip("'") or key
        if not any(cells) or cells[0].startswith(_NOTE_MARK):
            continue
        if not key:
            reading.unread.append(UnreadLine(f"row {number}", values.get("phrasing", ""), "it has no key"))
            continue
        if key not in seen:
            seen.add(key)
            _read_fields(reading, key, f"row {number}", values)
        reading.add(f"row {number}", key, "phrasing", values.get("phrasing", ""))
    if header is None:
        raise SourceError(f"{name} has no row with the names of the columns (key, …, phrasing).")
    return reading.done()


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, separated as the header is: spreadsheets write commas, semicolons or tabs."""
    header = next((line for line in text.split("\n") if line.lower().lstrip('"').startswith("key")), "")
    separator = max(",;\t", key=header.count)
    try:
        lines = (f"{line}\n" for line in text.split("\n"))
        yield from enumerate(csv.reader(lines, delimiter=separator), 1)
    except csv.Error as error:
        raise SourceError(f"{name} is not readable as CSV ({error}).") from error


def checked_field(draft: ProposalDraft, areas: Iterable[str]) -> tuple[str, str]:
    """An area, impact or summary as it is stored, and why it cannot be; one of the two is empty."""
    text = normalise(draft.text, limit=2_000)
    if draft.field == "impact":
        return (text.lower(), "") if text.lower() in IMPACTS else ("", f"an impact is one of {', '.join(IMPACTS)}")
    if draft.field == "area":
        area = next((area for area in areas if area.lower() == text.lower()), "")
        return area, "" if area else "there is no such area"
    return text, ""
