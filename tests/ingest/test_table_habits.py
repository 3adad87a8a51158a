"""Habits of people who keep lists of changes in tables."""

import json

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document


def _read(text: str, name: str) -> ParsedDocument:
    document = read_document(text.encode(), name, name)
    assert not document.problems
    return document


@pytest.mark.parametrize("name", ["Headline?", "Feature", "Headline", "Key feature?"])
def test_a_column_of_yes_and_no_holds_no_titles(name: str) -> None:
    """Where a column that sounds like a title says only yes or no, it marks highlights."""
    text = f"Ref.;Shipped in;What's different;{name}\n1142001;2.292;Rooms are booked;yes\n1142002;2.292;Desks, too;\n"
    document = _read(text, "list.csv")
    assert [(record.title, record.highlighted) for record in document.records] == [
        ("Rooms are booked", True),
        ("Desks, too", False),
    ]


@pytest.mark.parametrize("title", [False, True, "yes", "no"])
def test_a_title_that_says_yes_or_no_alone_is_refused(title: object) -> None:
    """Yes and no are no titles, in a table of records and in one of numbers and flags; what describes a change is."""
    document = read_document(json.dumps([{"id": 1142001, "title": title}]).encode(), "list.json", "list.json")
    assert (document.records, len(document.problems)) == ((), 1)
    for name in ("Feature", "important", "Release"):
        text = f"id,{name}\n1142001,{title}\n1142002,{title}\n"
        document = read_document(text.encode(), "list.csv", "list.csv")
        assert document.records == ()
        assert "without a title" in document.problems[0].reason
    described = json.dumps([{"id": 1142001, "feature": title, "description": "Rooms are booked"}])
    assert [record.title for record in _read(described, "list.json").records] == ["Rooms are booked"]


COMING = "id,title\nv2.270,\n1142001,Rooms are booked\n{}\n1142002,Desks\nv2.271,\n1142003,Lamps\n"


@pytest.mark.parametrize(
    ("row", "version", "told"),
    [
        ("Coming soon,", "", True),
        (",Coming soon", "", True),
        ("Unreleased,", "", True),
        ("Coming soon in 2.272,", "v2.272", False),
        (",Next release (v2.272)", "v2.272", False),
    ],
)
def test_rows_below_coming_soon(row: str, version: str, told: bool) -> None:
    """They have the version that such a row names, or else none, not that of the rows above; which is told."""
    document = _read(COMING.format(row), "list.csv")
    versions = [str(record.version or "") for record in document.records]
    assert versions == ["v2.270", version, "v2.271"]
    assert any("no version yet" in remark for remark in document.remarks) == told


def test_a_title_may_begin_as_such_a_row() -> None:
    """A row whose title only begins so is a change, and the version above counts."""
    document = _read(COMING.format("1142004,Coming soon widgets"), "list.csv")
    assert [str(record.version) for record in document.records] == ["v2.270", "v2.270", "v2.270", "v2.271"]


def test_tables_of_a_page_below_coming_soon() -> None:
    """A heading between two tables ends the version of the first."""
    table = "| ID | Title |\n|---|---|\n| 114200{} | Desks {} |\n\n"
    text = "".join(
        f"## {heading}\n\n{table.format(at, at)}" for at, heading in enumerate(["v2.270", "Coming soon", "v2.271"])
    )
    assert [str(record.version or "") for record in _read(text, "a.md").records] == ["v2.270", "", "v2.271"]


@pytest.mark.parametrize("name", ["What it means for us", "Meaning", "Why it matters"])
def test_what_a_change_means_describes_it(name: str) -> None:
    """A column for what a change means is its summary, and its warning is the change's caution."""
    text = f"Halo ID,Change,{name}\n1141601,Drafts are kept,Known issue: old drafts are lost.\n1141602,Desks,\n"
    first, second = _read(text, "list.csv").records
    assert (first.title, first.caution) == ("Drafts are kept", "old drafts are lost.")
    assert (second.title, second.caution) == ("Desks", None)


def test_a_version_counts_for_the_rows_of_its_group() -> None:
    """Where each version is named once, in the first row of its group, it is that of the rows below it as well."""
    rows = "v2.294\t1142101\tPrices\n\t1142102\tDesks\nv2.295\t1142104\tSheets\n\t1142105\tRacks\n"
    text = f"Release\tItem no.\tSummary\n{rows}"
    document = _read(text, "list.tsv")
    assert [str(record.version) for record in document.records] == ["v2.294", "v2.294", "v2.295", "v2.295"]
    assert any("counts for the rows below" in remark for remark in document.remarks)


@pytest.mark.parametrize(
    "versions", [("v2.294", "", "v2.294", "v2.295"), ("", "v2.294", "", "v2.295"), ("v2.294", "v2.295", "v2.296", "")]
)
def test_versions_that_head_no_groups_stay_with_their_rows(versions: tuple[str, ...]) -> None:
    """A row without a version has none where versions are repeated, or stand in nearly all rows."""
    rows = "".join(f"{version}\t114210{at}\tDesks {at}\n" for at, version in enumerate(versions))
    document = _read(f"Release\tItem no.\tSummary\n{rows}", "list.tsv")
    assert [str(record.version or "") for record in document.records] == list(versions)


@pytest.mark.parametrize("cell", ["{0}<br><small>{1}</small>", "<p>{0}</p><p>{1}</p>", "<b>{0}</b><br/>{1}"])
def test_what_stands_below_a_title_in_its_cell_describes_it(cell: str) -> None:
    """In a page's table the first line of a cell is the title, and sentences below it are its summary."""
    cells = [
        cell.format("Shift notes", "Seen in the planner."),
        cell.format("Regions by country", "⚠ Test first: old ones go."),
    ]
    rows = "".join(f"<tr><td>114340{at}</td><td>{cell}</td></tr>" for at, cell in enumerate(cells))
    text = f"<h1>HaloPSA v2.315</h1><table><tr><th>ID</th><th>Change</th></tr>{rows}</table>"
    notes, regions = _read(text, "page.html").records
    assert (notes.title, notes.summary, notes.caution) == ("Shift notes", "Seen in the planner.", None)
    assert (regions.title, regions.caution) == ("Regions by country", "old ones go.")


def test_breaks_in_cells_of_markdown_end_titles() -> None:
    """`<br>` in a table of Markdown does the same; a title that is only broken stays whole."""
    text = (
        "# HaloPSA v2.315\n\n| ID | Change |\n|---|---|\n| 1143401 | Shift notes for agents<br>Seen in the planner. |\n"
        "| 1143402 | Improvements to the<br>Google Workspace integration |\n"
    )
    notes, google = _read(text, "page.md").records
    assert (notes.title, notes.summary) == ("Shift notes for agents", "Seen in the planner.")
    assert google.title == "Improvements to the Google Workspace integration"


@pytest.mark.parametrize("sign", ["<brown>", "<br", "<brand> and <Client>", "<BR"])
def test_what_only_begins_like_a_break_stays(sign: str) -> None:
    """A placeholder in a cell is a part of its title, and a break may be written in capitals."""
    rows = f"| 1143401 | Tables show {sign} now |\n| 1143402 | Shift notes<BR>Kept for good. |\n"
    text = f"| ID | Change |\n|---|---|\n{rows}"
    tables, notes = _read(text, "page.md").records
    assert tables.title == f"Tables show {sign} now"
    assert (notes.title, notes.summary) == ("Shift notes", "Kept for good.")


@pytest.mark.parametrize(
    ("text", "caution"),
    [
        ("{warning}Prices are worked out anew.{warning}", "Prices are worked out anew."),
        ("{warning}Test before enabling: prices change.{warning}", "prices change."),
        ("Per site.\n{warning:title=Test first}Only there.{warning}", "Only there."),
    ],
)
def test_boxes_of_jira_in_a_field_are_read(text: str, caution: str) -> None:
    """Jira's own markup in a description is read as it is in a text."""
    fields = {"summary": "Rates", "fixVersions": [{"name": "2.299.1"}], "description": text}
    (record,) = _read(json.dumps({"issues": [{"key": "HALO-1142403", "fields": fields}]}), "jira.json").records
    assert record.caution == caution
    assert "{" not in record.summary


def test_the_only_episode_of_a_page_is_that_of_its_tables() -> None:
    """A heading in any words may say which episode the minutes of a table are of."""
    table = "| ID | Change | Time |\n|---|---|---|\n| 1143101 | Calls | 3:30 |\n"
    text = f"# Changes that we reviewed in episode 22\n\n{table}"
    (record,) = _read(text, "page.md").records
    assert record.mention is not None
    assert (record.mention.episode, record.mention.at) == (22, "3:30")


def test_a_row_of_a_printed_page_goes_on() -> None:
    """A numbered line without a bullet goes on where it breaks off; a remark below a whole title does not go on."""
    text = (
        "Release Notes Version 2.313\n#1143201 Agreements can be billed per\nquarter in advance\n"
        "#1143205 Customers can be put on hold,\nwhich stops new tickets\n#1143206 Macros\nonly for admins\n"
    )
    assert [record.title for record in _read(text, "page.txt").records] == [
        "Agreements can be billed per quarter in advance",
        "Customers can be put on hold, which stops new tickets",
        "Macros",
    ]


@pytest.mark.parametrize("name", ["Sandbox first", "Test in sandbox", "Pilot first?"])
def test_a_column_of_what_to_try_on_a_sandbox(name: str) -> None:
    """Its yes is a caution, and a short name of the version's column counts, too."""
    document = _read(f"Ref;Rel.;Summary;{name}\n1142001;2.292;Rooms are booked;x\n1142002;2.293;Desks;\n", "list.csv")
    assert [(str(record.version), bool(record.caution)) for record in document.records] == [
        ("v2.292", True),
        ("v2.293", False),
    ]


@pytest.mark.parametrize("group", ["flags", "options", "properties"])
def test_flags_in_an_object_of_their_own(group: str) -> None:
    """An object of flags inside a record says what columns of these names say."""
    record = {"id": 1142001, "summary": "Rooms are booked", group: {"mustKnow": True, "testFirst": True}}
    (read,) = _read(json.dumps([record]), "list.json").records
    assert (read.highlighted, bool(read.caution)) == (True, True)


def test_minutes_of_records_without_an_episode_are_told() -> None:
    """In JSON as in CSV."""
    document = _read(json.dumps([{"id": 1142001, "title": "Rooms are booked", "minute": "5:10"}]), "list.json")
    assert [remark for remark in document.remarks if remark.startswith("Minutes were not read")]


@pytest.mark.parametrize("field", ["status", "title"])
def test_a_change_that_was_withdrawn_is_told_with_its_number(field: str) -> None:
    """So that nobody has to open the document to see which one it is."""
    record = {"id": 1142001, "title": "Rooms are booked"} | (
        {"status": "withdrawn"} if field == "status" else {"title": "Withdrawn: rooms are booked"}
    )
    document = read_document(json.dumps([record]).encode(), "list.json", "list.json")
    assert ["1142001: " in problem.text for problem in document.problems] == [True]
