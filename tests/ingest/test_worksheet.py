"""Worksheets: what is written can be filled in and read back, and what comes back damaged is refused in a sentence."""

import csv
import io
import tomllib

import pytest

from bot.catalog.models import Entry, Version
from bot.errors import SourceError
from bot.ingest import worksheet
from bot.ingest.worksheet import WorksheetEntry, read_worksheet, to_csv_worksheet, to_toml_worksheet
from bot.storage.models import ProposalDraft

HOSTILE = 'Quotes "freeze" \\ with {braces}, é, \x7f\x00\u2028 and # signs\n[[entry]]'
ENTRY = Entry("1200001", "feature", HOSTILE, summary="=SUM(A1) is text.", caution="Try it.", version=Version(2, 220))
AREAS = ["Tickets", "Sales & quotes"]


def sheet_entry(**changes: str) -> WorksheetEntry:
    return WorksheetEntry("1200001", "v2.220", "Title", "Text", "Tickets", "new", **changes)


def phrasings(data: str, name: str = "sheet.toml") -> list[tuple[str, str]]:
    return [(d.key, d.text) for d in read_worksheet(data.encode(), name).drafts if d.field == "phrasing"]


def test_what_an_entry_shows() -> None:
    """Its summary, what to test first, and what the sources' lines say beyond that; each once."""
    shown = WorksheetEntry.of(ENTRY, ["=SUM(A1) is text. | v2.220 #1200001 | 4:40", "Another line"])
    assert shown.text == "=SUM(A1) is text. Test first: Try it. Another line"
    assert (shown.key, shown.version, shown.impact) == ("1200001", "v2.220", "unclear")


@pytest.mark.parametrize("entry", [WorksheetEntry.of(ENTRY), sheet_entry()])
def test_toml_can_be_read_by_any_reader(entry: WorksheetEntry) -> None:
    """Whatever is in an entry, the worksheet is TOML with the entry in it; filled in, its phrasings come back."""
    text = to_toml_worksheet([entry, entry], AREAS)
    (block, _) = tomllib.loads(text)["entry"]
    assert block == {**{name: getattr(entry, name) for name in WorksheetEntry.__slots__}, "phrasings": []}
    assert "Sales & quotes" in text
    filled = text.replace("phrasings = [\n]", 'phrasings = [\n"freeze it",\n"stop \\"edits\\"",\n]', 1)
    assert phrasings(filled) == [("1200001", "freeze it"), ("1200001", 'stop "edits"')]


def test_csv_can_be_filled_in() -> None:
    """A row for each entry, more rows with the same key or none; no cell is a formula; notes are left out."""
    text = to_csv_worksheet([WorksheetEntry.of(ENTRY), sheet_entry()], AREAS)
    rows = list(csv.reader(io.StringIO(text)))
    header = rows.index(list(worksheet.CSV_COLUMNS))
    assert rows[header + 1][3].startswith("'=SUM")
    rows[header - 1][1] = "Ann"
    rows[header + 1][-1] = "freeze it"
    rows.insert(header + 2, ["", "", "", "", "", "", "", "stop\nedits"])
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows(rows)
    read = read_worksheet(written.getvalue().encode("utf-8-sig"), "sheet.csv")
    assert [d for d in read.drafts if d.field == "phrasing"] == [
        ProposalDraft("1200001", "phrasing", "freeze it", "person", "Ann"),
        ProposalDraft("1200001", "phrasing", "stop\nedits", "person", "Ann"),
    ]
    assert (read.author, read.unread) == ("Ann", ())


def test_who_wrote_it() -> None:
    """A person by name; what begins with "llm" is a model's."""
    body = '[[entry]]\nkey = "1"\nphrasings = ["freeze it"]\n'
    assert read_worksheet(f'written_by = "Ann"\n{body}'.encode(), "s").drafts[0][3:] == ("person", "Ann")
    assert read_worksheet(f'written_by = "LLM: x-1"\n{body}'.encode(), "s").drafts[0][3:] == ("llm", "LLM: x-1")
    assert read_worksheet(body.encode(), "s").drafts[0][3:] == ("person", "")


def test_other_fields() -> None:
    """Area, impact and summary are proposed where they are filled in."""
    data = b'[[entry]]\nkey = "1"\narea = "Tickets"\nimpact = ""\nsummary = "One."\n'
    assert [(d.field, d.text) for d in read_worksheet(data, "s").drafts] == [("area", "Tickets"), ("summary", "One.")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "no UTF-8"),
        (b"", "no [[entry]] blocks"),
        (b"entry = 3", "no [[entry]] blocks"),
        (b"[[entry", "not readable"),
        (b"x = " + b"[" * 50_000, "not readable"),
        (b"# key\nphrasing,text\na,b\n", "not readable"),
        (b"x" * (worksheet.MAX_BYTES + 1), "larger than 8 MB"),
        (b'[[entry]]\nkey = "1"\n' * (worksheet.MAX_ENTRIES + 1), "more than 2,000 entries"),
        (b'[[entry]]\nkey = "1"\nphrasings = [' + b'"a",' * (worksheet.MAX_LINES + 1) + b"]", "more than 20,000"),
        (b'key,phrasing\n1,"' + b"x" * 200_000, "not readable as CSV"),
    ],
    ids=["bytes", "empty", "no list", "broken", "nested", "no header", "large", "entries", "lines", "quote"],
)
def test_what_is_no_worksheet(data: bytes, said: str) -> None:
    """Refused as a whole, in a sentence."""
    with pytest.raises(SourceError, match=said.replace("[", r"\[")):
        read_worksheet(data, "sheet")


def test_what_cannot_be_read_is_named() -> None:
    """A block without a key, phrasings that are no list or no texts: by their place; the rest is read."""
    data = (
        '[[entry]]\ntitle = "Lost"\n[[entry]]\nkey = "2"\nphrasings = 5\n'
        '[[entry]]\nkey = "3"\nphrasings = ["fine", 7]\narea = 9\n[[entry]]\nkey = "4"\nphrasings = "one\\ntwo"\n'
    )
    read = read_worksheet(data.encode(), "s")
    assert [(line.place, line.reason) for line in read.unread] == [
        ("entry 1", "it has no key"),
        ("entry 2", "phrasings has to be a list of texts"),
        ("entry 3, area", "area has to be a text"),
        ("entry 3, phrasing 2", "phrasing has to be a text"),
    ]
    assert phrasings(data) == [("3", "fine"), ("4", "one"), ("4", "two")]
    assert [line.place for line in read_worksheet(b"key,phrasing\n,lost\n", "s.csv").unread] == ["row 2"]


@pytest.mark.parametrize("piece", ["a.", '"a" . ', "'a'."])
def test_a_worksheet_of_names_in_names_is_refused(piece: str) -> None:
    """It would take hours, and no worksheet has any."""
    for text in (f"{piece * 3_000}a = 1", f"[{piece * 3_000}a]", f"x = {{{piece * 3_000}a = 1}}"):
        with pytest.raises(SourceError, match=f"more than {worksheet.MAX_NAMES} names in each other"):
            worksheet.read_worksheet(text.encode(), "worksheet.toml")
