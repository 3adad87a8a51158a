"""AsciiDoc: tables with a cell on each line or all on one, lists of terms, struck words, warnings."""

import pytest

from bot.ingest.readers.asciidoc import asciidoc_to_markdown
from bot.ingest.readers.page import read_page

ONE_EACH = "|1228001\n|Sites have\nopening hours\n|Test first\n\n|1228002\na|Approvals by SMS\n|\n"
IN_ROWS = "|1228001 |Sites have opening hours |Test first\n|1228002 |Approvals by SMS |\n"


@pytest.mark.parametrize("rows", [ONE_EACH, IN_ROWS, ONE_EACH.replace("\n\n", "\n"), IN_ROWS.replace("\n", "\n\n")])
@pytest.mark.parametrize("columns", ['[cols="1,4,1", options="header"]', "[cols=3*]", "[%header,cols=3*]"])
@pytest.mark.parametrize("header", ["|Number |Change |Notes\n", "|Number\n|Change\n|Notes\n"])
def test_a_table_with_its_columns_counted(rows: str, columns: str, header: str) -> None:
    """However its cells stand on the lines."""
    document = read_page(f"== Version 2.293\n\n{columns}\n|===\n{header}\n{rows}|===\n\nEnd.\n".encode(), "x.adoc")
    assert [(r.number, r.title, str(r.version), bool(r.caution)) for r in document.records] == [
        ("1228001", "Sites have opening hours", "v2.293", True),
        ("1228002", "Approvals by SMS", "v2.293", False),
    ]
    assert not document.problems


@pytest.mark.parametrize("rows", [ONE_EACH, IN_ROWS])
def test_a_table_whose_header_says_how_many_columns_it_has(rows: str) -> None:
    """The cells of the first line, or those up to the first blank line."""
    for header in ("|Number |Change |Notes\n", "|Number\n|Change\n|Notes\n"):
        document = read_page(f"== Version 2.293\n\n|===\n{header}\n{rows}|===\n".encode(), "x.adoc")
        assert [record.title for record in document.records] == ["Sites have opening hours", "Approvals by SMS"]


@pytest.mark.parametrize(
    ("line", "converted"),
    [
        ("Bars can be dragged:: 1228006", "- Bars can be dragged | 1228006"),
        ("* [line-through]#1228005 Themes# gone", "* ~~1228005 Themes~~ gone"),
        ("std::vector is none", "std::vector is none"),
    ],
)
def test_other_lines(line: str, converted: str) -> None:
    """A term and what it says are a row; struck words have Markdown's strokes."""
    assert asciidoc_to_markdown([line]) == [converted]


def test_a_table_without_an_end_keeps_its_lines() -> None:
    """So nothing below its beginning is lost."""
    lines = ["|===", "|a |b", "", "* 1228003 Rotas"]
    assert asciidoc_to_markdown(lines) == lines


def test_a_text_that_was_pasted_with_an_indent() -> None:
    """Its headings count, and its terms and tables are read."""
    text = "== Version 2.293\n\n|===\n|Number |Change |Notes\n\n|1228001 |Hours |a\n|===\n\n== Version 2.294\n\n"
    text += "Bars can be dragged:: 1228006\nItems have a shelf life:: 1228007\n"
    document = read_page("".join(f"   {line}\n" for line in text.splitlines()).encode(), "x.adoc")
    assert sorted((record.number or "", str(record.version)) for record in document.records) == [
        ("1228001", "v2.293"),
        ("1228006", "v2.294"),
        ("1228007", "v2.294"),
    ]
