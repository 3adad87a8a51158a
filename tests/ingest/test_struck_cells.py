"""What is struck out in the cells of files: CSV, JSON, Jira's export, and workbooks read by columns or as lines."""

import io

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document

HEADER = ("ID", "Title", "Version", "Summary")
MERGED = ("1200002", "Tickets can be merged", "v2.270", "Fast.")
COPIED = ("1200001", "Quotes can be copied", "v2.271", "Good.")


def read(text: str, name: str) -> ParsedDocument:
    """What a document of that name says."""
    return read_document(text.encode(), name, name)


def read_book(*rows: tuple[object, ...], struck: str = "", merged: str = "") -> ParsedDocument:
    """What a workbook with these rows says. `struck`: the cells whose font strikes out; `merged`: a range of one."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    for place in struck.split():
        book.active[place].font = Font(strike=True)
    data = io.BytesIO()
    book.save(data)
    return read_document(data.getvalue(), "notes.xlsx", "notes.xlsx")


def rich(text: str) -> CellRichText:
    """A cell in which the text is struck out by the font of its letters, not of the cell."""
    return CellRichText(TextBlock(InlineFont(strike=True), text))


def changes(document: ParsedDocument) -> list[tuple[str | None, str, str, str]]:
    """Each change's number, title, version and summary."""
    return [(record.number, record.title, str(record.version), record.summary) for record in document.records]


def refused(document: ParsedDocument) -> list[int]:
    """The lines that were refused, all of them because they are struck out."""
    assert all("it is struck out" in problem.reason for problem in document.problems)
    return [problem.line_number for problem in document.problems]


@pytest.mark.parametrize(
    ("cells", "change"),
    [
        (("1200001", "Quotes can be copied", "~~v2.270~~ v2.271", "Good."), COPIED),
        (("1200001", "~~Offers renew~~ Quotes can be copied", "v2.271", "Good."), COPIED),
        (("1200001", "Quotes can be copied <del>and sent</del>", "v2.271", "Good."), COPIED),
        (("~~1200009~~ 1200001", "Quotes can be copied", "v2.271", "<s>Bad.</s> Good."), COPIED),
        (("1200001", "Quotes can be copied", "v2.271", "<p><s>Bad.</s></p><p>Good.</p>"), COPIED),
        (("1200001", "Quotes can be copied", "~~v2.271~~", "~~Good.~~"), (*COPIED[:2], "None", "")),
        (("1200001", "Quotes keep `~~x~~` and `<s>y</s>`", "v2.271", "Good."),
         ("1200001", "Quotes keep `~~x~~` and `<s>y</s>`", "v2.271", "Good.")),
    ],
)  # fmt: skip
def test_words_of_cells(cells: tuple[str, ...], change: tuple[str, ...]) -> None:
    """Of a cell only the struck words go, in Markdown or HTML, whatever it holds; words in backticks stay."""
    csv = "".join(f"{';'.join(row)}\n" for row in (HEADER, cells, MERGED))
    objects = ",".join(
        "{" + ",".join(f'"{name}": "{cell}"' for name, cell in zip(HEADER, row, strict=True)) + "}"
        for row in (cells, MERGED)
    )
    for document in (read(csv, "a.csv"), read(f"[{objects}]", "a.json"), read_book(HEADER, cells, MERGED)):
        assert (changes(document), refused(document)) == ([change, MERGED], [])


@pytest.mark.parametrize(
    "cells",
    [
        ("1200001", "~~Quotes can be copied~~", "v2.270", "Good."),
        ("~~1200001~~", "Quotes can be copied", "v2.270", "Good."),
        ("1200001", "<p><s>Quotes can be copied</s></p>", "v2.270", "Good."),
        ("1200001", "~~Quotes can be copied~~ moved to v2.272", "v2.270", "Good."),
        ("1200001", "<strike>Quotes can be copied</strike> postponed", "v2.270", "Good."),
        ("", "~~Quotes can be copied #1200001~~ Sorry for that one", "v2.270", "Good."),
    ],
)
def test_a_change_in_a_cell(cells: tuple[str, ...]) -> None:
    """A struck title or number is refused for that, also where the cell says what became of it."""
    document = read("".join(f"{';'.join(row)}\n" for row in (HEADER, MERGED, cells)), "a.csv")
    assert (changes(document), refused(document)) == ([MERGED], [3])


def test_objects_in_objects() -> None:
    """In JSON the struck cell may be in an object of the row."""
    text = """[{"id": 1200002, "title": "Tickets can be merged",
    "release": {"name": "~~v2.269~~ v2.270"}, "summary": "Fast."},
    {"id": 1200001, "release": {"name": "v2.270"}, "title": "~~Quotes can be copied~~", "summary": ""}]"""
    document = read(text, "a.json")
    assert (changes(document), len(refused(document))) == ([MERGED], 1)


@pytest.mark.parametrize(
    ("number", "summary", "read_as"),
    [(1200001, rich("Bad."), [(*COPIED[:3], ""), MERGED]), (rich("1200001"), "Good.", [MERGED])],
)
def test_fonts_of_letters(number: object, summary: object, read_as: list[tuple[str, ...]]) -> None:
    """A cell whose letters are all struck out is as one whose font is."""
    document = read_book(HEADER, (number, "Quotes can be copied", "v2.271", summary), MERGED)
    assert (changes(document), refused(document)) == (read_as, [] if len(read_as) > 1 else [2])


def test_a_merged_cell() -> None:
    """A struck title over several rows is that of each of them."""
    rows = (HEADER, COPIED, ("1200003", None, "v2.271", "Good."), MERGED)
    document = read_book(*rows, struck="B2", merged="B2:B3")
    assert (changes(document), refused(document)) == ([MERGED], [2, 3])


@pytest.mark.parametrize(
    ("rows", "struck"),
    [
        ((["HaloPSA v2.270"], ["Quotes can be copied #1200001"], ["Tickets can be merged #1200002"]), "A2"),
        ((["HaloPSA v2.270"], [rich("Quotes can be copied #1200001")], ["Tickets can be merged #1200002"]), ""),
        ((["HaloPSA v2.270"], ["~~Quotes can be copied~~ #1200001"], ["Tickets can be merged #1200002"]), ""),
        ((["HaloPSA v2.270", ""], ["", "Quotes are copied #1200001"], ["", "Tickets can be merged #1200002"]), "B2"),
    ],
)  # fmt: skip
def test_rows_as_lines(rows: tuple[list[object], ...], struck: str) -> None:
    """Strokes count in a sheet that does not name its columns, and the rows beside them are read."""
    document = read_book(*map(tuple, rows), struck=struck)
    assert [(record.number, record.title) for record in document.records] == [("1200002", "Tickets can be merged")]
    assert refused(document) == [2]


def test_columns_known_by_their_values() -> None:
    """A struck number does not keep the column from being known as that of the numbers."""
    document = read_book((rich("1200001"), *COPIED[1:]), MERGED, (1200003, "Boards can be named", "v2.270", "Tidy."))
    assert ([record.number for record in document.records], refused(document)) == (["1200002", "1200003"], [1])
