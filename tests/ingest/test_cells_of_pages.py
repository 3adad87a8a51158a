"""Tables on pages and in texts whose cells have tables or bars in them, and tags that look like titles."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.page import TOO_MANY_CELLS, read_page


def _page(rows: str) -> ParsedDocument:
    return read_page(f"<h2>Release v2.243</h2><table>{rows}</table><p>The end.</p>".encode(), "x.html")


INNER = "<table><tr><th>Limit<th>Approver<tr><td>25000<td>Director</table>"


@pytest.mark.parametrize("counted", [True, False])
def test_a_small_table_in_a_cell_describes_its_change(counted: bool) -> None:
    """The table around it is read, with a column that counts its rows or without; the inner one is no list."""
    th, one, two = ("<th>", "<td>1", "<td>2") if counted else ("", "", "")
    document = _page(
        f"<tr>{th}<th>Halo ref<th>What changed<th>Test first?"
        f"<tr>{one}<td>1202001<td><p>Rotas can be copied</p><td>No"
        f"<tr>{two}<td>1202002<td><p>Quotes can have a second approver</p>{INNER}<td>Yes"
    )
    assert [(r.number, r.title, str(r.version), bool(r.caution)) for r in document.records] == [
        ("1202001", "Rotas can be copied", "v2.243", False),
        ("1202002", "Quotes can have a second approver", "v2.243", True),
    ]
    assert "Director" in document.records[1].summary


def test_a_table_that_lays_a_page_out_is_none_of_data() -> None:
    """Where most of its rows hold tables, these are read."""
    inner = "<table><tr><th>Number<th>Title<th>Area<tr><td>1202001<td>Rotas can be copied<td>Desk</table>"
    document = _page(f"<tr><th>News<th>Links<th>More<tr><td>{inner}<td>a<td>b")
    assert [(record.number, record.title) for record in document.records] == [("1202001", "Rotas can be copied")]


@pytest.mark.parametrize("row", ["1214002 | 2.266 | A | in a subject is read | low", "1214002 | 2.266 | A | b | low |"])
def test_a_row_with_a_bar_in_a_text_is_refused(row: str) -> None:
    """As it is in a file; nobody can tell which of its cells is the title."""
    text = f"Ours\n\nid | release | summary | risk\n1214001 | 2.266 | Rules can be cloned | low\n{row}\n"
    document = read_page(text.encode(), "x.md")
    assert [record.title for record in document.records] == ["Rules can be cloned"]
    assert [(problem.line_number, problem.reason) for problem in document.problems] == [(5, TOO_MANY_CELLS)]


@pytest.mark.parametrize("tags", ["#halopsa #msp #2026 #1234567", "#release #1234567"])
def test_a_line_of_tags_is_no_change(tags: str) -> None:
    """A number among them is told."""
    document = read_page(f"HaloPSA v2.305\n\n#1234001 Views per team\n#1234002 Imports\n\n{tags}\n".encode(), "x.txt")
    assert [record.number for record in document.records] == ["1234001", "1234002"]
    assert [problem.line_number for problem in document.problems] == [6]


def test_a_table_of_a_databases_shell() -> None:
    """The line below its header ends no table, so that the columns count for the rows."""
    text = (
        "Episode 31, release v2.266\n\n   id    | release |       summary       | clip\n"
        "---------+---------+---------------------+------\n"
        " 1214001 | 2.266   | Rules can be cloned | 1:05\n 1214002 | 2.266   | A | can be read     | 2:05\n(2 rows)\n"
    )
    document = read_page(text.encode(), "x.txt")
    assert [(r.number, r.title, r.mention and (r.mention.episode, r.mention.at)) for r in document.records] == [
        ("1214001", "Rules can be cloned", (31, "1:05"))
    ]
    assert [(problem.line_number, problem.reason) for problem in document.problems] == [(6, TOO_MANY_CELLS)]


@pytest.mark.parametrize(
    ("struck", "version"),
    [
        ("<ul><li><s>1208003: Fax numbers on sites</s></li></ul>", "v2.255"),
        ("<p><s>1208003: Fax numbers on sites</s></p>", "v2.255"),
        ("<h2><s>Halo v2.255</s></h2>", ""),
        ("<p><s>v2.255</s></p>", ""),
    ],
)
def test_a_struck_change_above_a_table_leaves_its_version(struck: str, version: str) -> None:
    """Only a heading that is struck out heads nothing any more."""
    table = "<table><tr><th>No.<th>Description<th>Area<tr><td>1208004<td>Rates by day<td>Bills</table>"
    page = f"<h1>Halo v2.255 – notes</h1>{struck}{table}<p>It was in v2.250.</p>"
    document = read_page(page.encode(), "x.html")
    assert [str(r.version or "") for r in document.records if r.number == "1208004"] == [version]
