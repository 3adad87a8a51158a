"""Tables that were read wrongly without a word: CSV with other delimiters and quotes, workbooks of other programs."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

SEMICOLONS = """\
number;version;title;description
1200001;v2.270;Invoices show the site;"Its address,
its contact,
its phone, and its mail."
1200002;v2.270;Quotes can be copied;"Lines,
taxes,
notes, all."
"""
UNDER_A_SENTENCE = """\
Halo changes, exported 1 March 2026, by us
number;version;title;description
1200003;v2.270;Assets have pictures;"One, two, three, four, and more"
1200005;v2.270;Contracts renew;"One, two, three, four"
"""
BARS = """\
number|version|title|description
1200004|v2.270|Rates by hour, day, week|"One, two,
three,
four, five, six"
"""


@pytest.mark.parametrize(
    ("table", "key", "title"),
    [
        pytest.param(SEMICOLONS, "1200001", "Invoices show the site", id="semicolons, first row"),
        pytest.param(SEMICOLONS, "1200002", "Quotes can be copied", id="semicolons, second row"),
        pytest.param(UNDER_A_SENTENCE, "1200003", "Assets have pictures", id="under a sentence, first row"),
        pytest.param(UNDER_A_SENTENCE, "1200005", "Contracts renew", id="under a sentence, second row"),
        pytest.param(BARS, "1200004", "Rates by hour, day, week", id="vertical bars"),
    ],
)
def test_commas_in_texts_are_no_delimiters(imported, table: str, key: str, title: str) -> None:
    """A table with another delimiter is read by it, however many commas its texts have: each title is one cell."""
    found, _ = imported(table, "table.csv")
    assert (str(found[key].version), found[key].title) == ("v2.270", title)


UNCLOSED = """\
number,version,title,description
1200001,v2.270,"Unclosed title,A.
1200002,v2.270,Quotes can be copied,B.
1200003,v2.272,Assets have pictures,C.
"""
ESCAPED = r"""number,version,title,description
1200004,v2.270,"Tickets show \"on hold\" in lists","The state \"on hold\", with its reason, is shown."
"""


def test_a_quote_that_is_never_closed(imported) -> None:
    """The rows behind a quote that is never closed are read, or a row is named that could not be read."""
    found, report = imported(UNCLOSED, "table.csv")
    assert {"1200002", "1200003"} <= found.keys() or report.count("refused")


def test_quotes_escaped_with_a_backslash(imported) -> None:
    """Quotes escaped with a backslash belong to the text of their cell."""
    found, _ = imported(ESCAPED, "table.csv")
    assert (found["1200004"].title, found["1200004"].summary) == (
        'Tickets show "on hold" in lists',
        'The state "on hold", with its reason, is shown.',
    )


HEAD = ["Number", "Version", "Title", "Description"]
FIVE = [HEAD, *([str(1200000 + nth), "v2.270", f"Change {nth} of the invoice screen", ""] for nth in range(1, 6))]
ORDINARY, STANDARD = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"


def workbook(rows: list[list[str | None]], merged: str | None = None) -> bytes:
    """A workbook with these rows."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(file)
    return file.getvalue()


def rewritten(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The same workbook with every part of it changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)))
    return file.getvalue()


def claiming(cells: str) -> bytes:
    """The workbook of five changes, claiming that only these cells are filled."""
    claim = f'<dimension ref="{cells}"'.encode()
    return rewritten(workbook(FIVE), lambda part: re.sub(rb'<dimension ref="[^"]*"', claim, part))


@pytest.mark.parametrize("cells", ["A1:D6", "A1", "A1:D3"])
def test_all_rows_are_read_whatever_the_workbook_claims(imported, cells: str) -> None:
    """All rows of a workbook are read, though it claims to have fewer: many programs write a wrong size."""
    found, _ = imported(claiming(cells), "changes.xlsx")
    assert len(found) == 5


def _strict(part: bytes) -> bytes:
    part = part.replace(ORDINARY + b"spreadsheetml/2006/main", STANDARD + b"spreadsheetml/main")
    return part.replace(ORDINARY + b"officeDocument/2006/relationships", STANDARD + b"officeDocument/relationships")


def test_a_strict_workbook_is_read_or_refused(imported) -> None:
    """A workbook saved as strict Open XML is read whole, or refused with a word."""
    found, report = imported(rewritten(workbook(FIVE), _strict), "changes.xlsx")
    assert len(found) == 5 or report.count("refused")


@pytest.mark.parametrize("key", ["1200001", "1200002", "1200003"])
def test_a_merged_cell_counts_for_all_its_rows(imported, key: str) -> None:
    """A version that stands in a cell merged over three rows is the version of all three."""
    rows = [
        HEAD,
        ["1200001", "v2.270", "Invoices show the site", "A."],
        ["1200002", None, "Quotes can be copied", "B."],
        ["1200003", None, "Assets have pictures", "C."],
    ]
    found, _ = imported(workbook(rows, "B2:B4"), "changes.xlsx")
    assert str(found[key].version) == "v2.270"


def test_formulas_without_values_are_refused(imported) -> None:
    """A row whose number and title are formulas without a value is refused with a word, and becomes no change."""
    row = ["=1200004", "v2.270", '=HYPERLINK("https://e.example","Rates by hour")', "Hourly rates."]
    found, report = imported(workbook([HEAD, row]), "changes.xlsx")
    assert (list(found), report.count("refused")) == ([], 1)


def test_an_error_value_is_no_text(imported) -> None:
    """A cell that holds an error value is as good as empty: the error is not shown as what a change does."""
    found, _ = imported(workbook([HEAD, ["1200005", "v2.270", "Contracts renew", "#REF!"]]), "changes.xlsx")
    assert "#REF!" not in found["1200005"].summary
