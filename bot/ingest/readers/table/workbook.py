"""XLSX workbooks into sheets: rows of plain values with their row numbers.

A workbook is a ZIP archive of XML. Expat reads the XML piece by piece, so that nothing is taken on trust (neither the
size that a sheet says it has, nor its namespace, which strict Open XML writes in another way) and a budget can stop it
at any time. openpyxl knows which formats are dates and how they are counted.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol
from xml.parsers import expat

from bot.errors import SourceError
from bot.ingest.models import ReadProblem
from bot.ingest.readers.budget import Budget
from bot.ingest.readers.table.sheet import Sheet
from bot.ingest.readers.table.sheet_xml import CellReader, NumberFormats, SharedStrings, local_name

CHUNK = 65_536
_BROKEN = (
    zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError, ValueError,
    struct.error, expat.ExpatError,
)  # fmt: skip
# Other archives, by the name of a part that only they have, and what to do with each.
_OTHER_ARCHIVES = (
    ("word/document.xml", "a Word document, not a workbook. Save it as HTML or text."),
    ("ppt/presentation.xml", "a PowerPoint presentation, not a workbook. Save its text."),
    ("xl/workbook.bin", "a binary workbook (.xlsb). Save it as .xlsx, or as CSV."),
    ("content.xml", "an OpenDocument file. Save it as .xlsx, or as CSV."),
    ("index/document.iwa", "a Numbers document. Export it as .xlsx, or as CSV."),
)


class _Handler(Protocol):
    """What is called for the elements of a part."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, text: str) -> None: ...


class _SheetPart(NamedTuple):
    """A worksheet of the workbook, and the part of the archive that it is in."""

    name: str
    part: str
    hidden: bool


def read_xlsx(data: bytes, budget: Budget) -> list[Sheet]:
    """Every worksheet of a workbook. Raises SourceError when it is none, or when the budget runs out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _Parts(archive, budget)
            if not parts.has(parts.workbook):
                raise SourceError(f"{budget.source}: {_what_it_is(parts)}")
            return list(_read_sheets(parts, budget))
    except _BROKEN as error:  # a broken archive breaks in many ways
        reason = f"not readable as an Excel workbook ({type(error).__name__})"
        raise SourceError(f"{budget.source}: {reason}. Save it again as .xlsx, or as CSV.") from error


def _read_sheets(parts: "_Parts", budget: Budget) -> Iterator[Sheet]:
    workbook = _Workbook()
    parts.parse(parts.workbook, workbook)
    links = _Links()
    parts.parse(parts.relations_of(parts.workbook), links)
    strings, formats = SharedStrings(budget), NumberFormats()
    for kind, handler in (("sharedStrings", strings), ("styles", formats)):
        for link in links.of_kind(kind):
            parts.parse(parts.resolve(link.target), handler)
    sheets = [
        _SheetPart(name, parts.resolve(links.by_id[link].target), hidden)
        for name, link, hidden in workbook.sheets
        if link in links.by_id and links.by_id[link].kind == "worksheet"
    ]
    for name, part, hidden in sheets:
        budget.spend("sheets")
        sheet = Sheet(name, hidden=hidden, one_of_many=len(sheets) > 1)
        cells = CellReader(sheet, strings.texts, formats, workbook.dates_from_1904, budget)
        try:
            parts.parse(part, cells)
        except _BROKEN as error:
            reason = f"the sheet is broken from here on ({type(error).__name__})"
            sheet.problems.append(ReadProblem(cells.row_number + 1, "", reason))
        cells.finish()
        yield sheet


def _what_it_is(parts: "_Parts") -> str:
    for part, name in _OTHER_ARCHIVES:
        if parts.has(part):
            return name
    return "a ZIP archive, not a workbook. Unpack it, and import the files in it."


class _Parts:
    """The parts of the archive, by their names without regard to case."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self.archive, self.budget = archive, budget
        self._members = {member.filename.replace("\\", "/").lower(): member for member in archive.infolist()}
        self.workbook = "xl/workbook.xml"
        if self.has("_rels/.rels"):
            links = _Links()
            self.parse("_rels/.rels", links)
            documents = links.of_kind("officeDocument")
            if documents and self.has(named := documents[0].target.lstrip("/")):
                self.workbook = named

    def has(self, part: str) -> bool:
        """Whether the archive has this part."""
        return part.lower() in self._members

    def relations_of(self, part: str) -> str:
        """The part that says which parts another one links to."""
        folder, name = posixpath.split(part)
        return f"{folder}/_rels/{name}.rels"

    def resolve(self, target: str) -> str:
        """The part that the workbook means by a target."""
        target = target.replace("\\", "/")
        folder = posixpath.dirname(self.workbook)
        return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))

    def parse(self, part: str, handler: _Handler) -> None:
        """Hand the elements of a part to a handler. Raises KeyError when there is no such part."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self.archive.open(self._members[part.lower()]) as stream:
            while chunk := stream.read(CHUNK):
                self.budget.spend("unpacked bytes", len(chunk))
                self.budget.check_time()
                parser.Parse(chunk)
            parser.Parse(b"", True)


def _refuse_doctype(*_: Any) -> None:
    """No workbook has a document type; one that has wants to expand entities."""
    raise ValueError("a document type declaration")


class _Workbook:
    """The sheets that a workbook names: name, id of the link, and whether it is hidden."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.dates_from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        element = local_name(name)
        if element == "sheet":
            link = next((value for key, value in attributes.items() if local_name(key) == "id"), "")
            self.sheets.append((attributes.get("name", ""), link, attributes.get("state", "visible") != "visible"))
        elif element == "workbookPr":
            self.dates_from_1904 = attributes.get("date1904") in ("1", "true", "on")

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text of an element."""


class _Link(NamedTuple):
    """From one part to another: of which kind, and where to."""

    kind: str
    target: str


class _Links:
    """The links of a part, by their ids."""

    def __init__(self) -> None:
        self.by_id: dict[str, _Link] = {}

    def of_kind(self, kind: str) -> list[_Link]:
        """The links of one kind."""
        return [link for link in self.by_id.values() if link.kind == kind]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if local_name(name) == "Relationship":
            kind = attributes.get("Type", "").rsplit("/", 1)[-1]
            self.by_id[attributes.get("Id", "")] = _Link(kind, attributes.get("Target", ""))

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text of an element."""
