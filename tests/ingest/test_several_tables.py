"""Several tables below each other on one sheet, and columns and statuses that trackers have."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document
from bot.ingest.readers.table.sheet_tables import split_tables
from tests.ingest.tables import workbook


def _facts(document: ParsedDocument) -> list[tuple[str | None, str, str, str | None]]:
    return [(r.number, r.title, str(r.version), r.caution) for r in document.records]


FIRST = [("Halo no.", "Change", "Area"), (1248001, "Project templates", "Projects"), (1248002, "Colours", "Tickets")]
SECOND = [("Change", "Halo no.", "Caution"), ("Intune sync", 1248003, "test the mapping first")]


@pytest.mark.parametrize("gap", [[], [(None,)], [(None,), (None,)]])
def test_each_table_has_its_own_columns_and_version(gap):
    """A second header below the rows of a table names other columns, and the title above it another version."""
    rows = [("HaloPSA v2.294",), *FIRST, *gap, ("HaloPSA v2.295",), *SECOND]
    document = read_document(workbook({"Releases": rows}), "cab.xlsx", "cab.xlsx")
    assert _facts(document) == [
        ("1248001", "Project templates", "v2.294", None),
        ("1248002", "Colours", "v2.294", None),
        ("1248003", "Intune sync", "v2.295", "test the mapping first"),
    ]


def test_a_further_table_without_a_title_keeps_the_version():
    """Where no line above the second header names a version, that of the table above goes on."""
    document = read_document(workbook({"A": [("HaloPSA v2.294",), *FIRST, (None,), *SECOND]}), "a.xlsx", "a.xlsx")
    assert [(fact[0], fact[2]) for fact in _facts(document)][-1] == ("1248003", "v2.294")


@pytest.mark.parametrize(
    "row",
    [
        ["Halo no.", "Change", "Area"],  # the header again, as on each printed page
        ["1248009", "Change", "Area"],
        ["", "Change", ""],
        ["Feature", "Title", ""],  # no number is named
        ["Number", "Quotes show the number, the change and its area in full", ""],
    ],
)
def test_a_row_that_is_no_other_header(row):
    """The same header, a change, one cell or a long text begin no further table."""
    rows = [(1, ["Halo no.", "Change", "Area"]), (2, ["1248001", "Templates", "Projects"]), (3, row), (4, ["1248002"])]
    assert split_tables(rows) == [rows]


def test_the_vendors_reference_has_the_numbers():
    """What is no number of Halo's in the tracker's own column leaves the room to the vendor's reference."""
    text = (
        '"number","short_description","u_vendor_ref","u_vendor_release","risk"\n'
        '"CHG0031201","Webhooks retry","1246001","2.291","Moderate"\n'
        '"CHG0031202","Portal banner","1246002","2.291","Test the API first"\n'
    )
    assert _facts(read_document(text.encode(), "chg.csv", "chg.csv")) == [
        ("1246001", "Webhooks retry", "v2.291", None),
        ("1246002", "Portal banner", "v2.291", "Test the API first"),
    ]


@pytest.mark.parametrize("name", ["Points", "Account", "Views"])
def test_other_digits_are_no_numbers(name):
    """Digits below a name of something else stay what they are."""
    text = f"Title,Version,{name}\nWebhooks retry,v2.291,1246001\nPortal banner,v2.291,1246002\n"
    assert [fact[0] for fact in _facts(read_document(text.encode(), "a.csv", "a.csv"))] == [None, None]


@pytest.mark.parametrize(
    ("status", "caution"),
    [("Test first", True), ("Caution", True), ("Live", False), ("In test", False), ("Tested", False)],
)
def test_a_status_may_advise_caution(status, caution):
    """“Test first” in the column for the status is the caution that it is in any other place."""
    text = f"Number,Title,Version,Status\n1246001,Webhooks retry,v2.291,{status}\n"
    assert (_facts(read_document(text.encode(), "a.csv", "a.csv"))[0][3] is not None) is caution


@pytest.mark.parametrize(("line", "number"), [("Room | 120000", None), ("Budgets per phase | 794180", "794180")])
def test_a_round_amount_beside_a_word_is_no_change(line, number):
    """Two cells, a word and a round amount, are an account; a number that is not round is a change's."""
    document = read_document(f"HaloPSA v2.291\n\n{line}\n".encode(), "a.txt", "a.txt")
    assert [record.number for record in document.records] == ([number] if number else [])
    assert bool(document.problems) is (number is None)
