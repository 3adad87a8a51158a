"""Pages in MediaWiki's markup: bold numbers, links, templates and tables say what they say in Markdown."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.mediawiki import looks_like_mediawiki, mediawiki_to_markdown
from bot.ingest.readers.page import read_page


def _read(text: str) -> ParsedDocument:
    return read_page(text.encode(), "wiki.txt")


@pytest.mark.parametrize(
    ("line", "converted"),
    [
        ("* '''1151001''' [[Desk/Tickets|Tickets]]: merge", "- **1151001** Tickets: merge"),
        ("## ''Rotas'' [https://x.example/a of teams] {{caution}}", "  - *Rotas* of teams (caution)"),
        ("{{warning|test first|size=2}}", "(test first)"),
        ("a [1151001] b", "a [1151001] b"),
        ("== v2.330 ==", "== v2.330 =="),
    ],
)
def test_lines_become_markdown(line: str, converted: str) -> None:
    """Bold and italic words, links, templates and items of lists; all else stays."""
    assert mediawiki_to_markdown([line]) == [converted]


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("== v2.330 ==\n* '''1151001''' Rotas\n", True),
        ("{| class=x\n|-\n| a\n|}\n* [[Rotas]]\n", True),
        ("== v2.330 ==\n\n* 1151001 Rotas\n", False),  # AsciiDoc has the same headings
        ("It says '''quoted''' once.\n", False),
        ("# Title\n\n- [[wikilink]] of a notebook\n", False),
    ],
)
def test_the_markup_is_recognised_by_two_of_its_signs(text: str, looks: bool) -> None:
    """One sign alone stands in other texts, too."""
    assert looks_like_mediawiki(text) is looks


@pytest.mark.parametrize(
    "rows",
    [
        "! Number !! Change !! Notes\n|-\n| 1151001 || Boards can be ''shared'' || '''Test first'''\n"
        "|-\n| 1151002 || [[Rota]]s can be copied || {{yes|Highlight}}\n",
        "! scope=\"col\" | Number\n! Change\n! Notes\n|-\n| 1151001\n| Boards can be\n''shared''\n| '''Test first'''\n"
        "|-\n! scope=\"row\" | 1151002\n| style=\"color:red\" | [[Rota]]s can be copied\n| Highlight\n",
    ],
)  # fmt: skip
def test_tables_have_their_cells_on_one_line_or_on_many(rows: str) -> None:
    """A caption names the version; attributes are no part of a cell; a cell may go on in the next line."""
    document = _read(f"{{| class=\"wikitable\"\n|+ HaloPSA v2.330\n|-\n{rows}|}}\n\nSee [[Older]].\n'''End'''\n")
    assert [(r.number, r.title, str(r.version), r.highlighted, bool(r.caution)) for r in document.records] == [
        ("1151001", "Boards can be shared", "v2.330", False, True),
        ("1151002", "Rotas can be copied", "v2.330", True, False),
    ]


def test_lists_below_headings() -> None:
    """Each change has the version of its heading; what is struck out is told."""
    document = _read(
        "== v2.330 ==\n* '''1151001''' [[Tickets]]: merge by drag\n* <s>'''1151002''' Split by drag</s>\n"
        "== v2.331 ==\n# '''1151003''' Fields on sites {{warning|test first}}\n# '''1151004''' Tabs {{highlight}}\n"
    )
    assert [(r.number, r.title, str(r.version), r.highlighted, bool(r.caution)) for r in document.records] == [
        ("1151001", "Tickets: merge by drag", "v2.330", False, False),
        ("1151003", "Fields on sites", "v2.331", False, True),
        ("1151004", "Tabs", "v2.331", True, False),
    ]
    assert ["1151002" in problem.text for problem in document.problems] == [True]


@pytest.mark.parametrize("indent", ["", "   ", "\t"])
def test_a_page_that_was_pasted_with_an_indent(indent: str) -> None:
    """Its headings, items and tables are read all the same."""
    lines = (
        "== v2.330 ==", "* '''1151001''' [[Tickets]]: merge by drag", "{| class=x", "! Number !! Change !! Area",
        "|-", "| 1151002 || ''Rotas'' || [[Desk]]", "|}", "== v2.331 ==", "# '''1151003''' Tabs {{highlight}}",
    )  # fmt: skip
    document = _read("".join(f"{indent}{line}\n" for line in lines))
    assert sorted((r.number or "", r.title, str(r.version), r.highlighted) for r in document.records) == [
        ("1151001", "Tickets: merge by drag", "v2.330", False),
        ("1151002", "Rotas", "v2.330", False),
        ("1151003", "Tabs", "v2.331", True),
    ]
