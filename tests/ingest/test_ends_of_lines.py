"""What stands at the ends of lines and cells: numbers behind a comma, broken remarks, footnotes, marks, bold titles."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.footnotes import place_footnotes
from bot.ingest.readers.registry import read_document


def _read(text: str, name: str = "notes.md") -> ParsedDocument:
    return read_document(text.encode(), name, name)


def _titles(text: str, name: str = "notes.md") -> list[tuple[str | None, str]]:
    return [(record.number, record.title) for record in _read(text, name).records]


@pytest.mark.parametrize("bullet", ["", "- ", "* ", "1. "])
@pytest.mark.parametrize("name", ["notes.md", "notes.txt"])
def test_a_list_with_numbers_behind_commas(bullet, name):
    """Several lines below each other that end in a number behind a comma are changes."""
    text = f"HaloPSA v2.299\n\n{bullet}Quotes can be signed, 1210001\n{bullet}Views, folders and all, 1210002\n"
    assert _titles(text, name) == [("1210001", "Quotes can be signed"), ("1210002", "Views, folders and all")]


@pytest.mark.parametrize(
    "lines",
    [
        "Quotes can be signed, 1210001",  # one alone
        "Quotes can be signed, 1210001\n\n## Others\n\nViews have folders, 1210002",  # a heading between them
        "Quotes can be signed, 1210001\nViews have folders, 1210001",  # the same number twice
        "We paid a total of, 1210001\nIt was worth some, 1210002",  # amounts
        "Paris, 1210001\nMilan, 1210002",  # places
    ],
)
def test_what_is_no_such_list(lines):
    """A line alone, amounts and single words before a comma are no changes."""
    assert _titles(f"HaloPSA v2.299\n\n{lines}\n") == []


def test_such_a_list_needs_a_release():
    """Where nothing names a version or an episode, each of these numbers is told, and none is read."""
    document = _read("Our list\n\nQuotes can be signed, 1210001\nViews have folders, 1210002\n")
    assert document.records == ()
    assert len(document.problems) == 2


@pytest.mark.parametrize("label", ["– known issue:", "- known issue:", "– test first:"])
def test_a_remark_that_was_broken_behind_a_number(label):
    """The rest of a remark behind a number belongs to it, where the line was broken inside of it."""
    text = (
        "# HaloPSA v2.299\n\n"
        f"- Quotes can be signed on a phone (#1210002) {label} the\n  owner is not told\n- Views (#1210003)\n"
    )
    records = _read(text).records
    assert [record.caution for record in records] == ["the owner is not told.", None]
    assert records[0].notes == ()


def test_a_text_below_a_whole_row_stays_below_it():
    """Where nothing stands behind the number, what is below it is what it was."""
    text = "# HaloPSA v2.299\n\n- Quotes can be signed on any phone that they have (#1210002)\n  owners sign them\n"
    document = _read(text)
    assert [(record.title, record.notes or record.summary) for record in document.records] == [
        ("Quotes can be signed on any phone that they have", "owners sign them")
    ]


def test_footnotes_go_to_their_changes():
    """A footnote's mark is no part of a title, and what it says is a note of that change, its number, too."""
    text = (
        "# HaloPSA v2.299\n\n- Quotes can be signed[^1] (#1210002)\n- Views have folders [^old] (#1210003)\n"
        "- Stock (#1210004)\n\n[^1]: Replaces 1219000\n[^old]: Known issue: slow\n"
    )
    document = _read(text)
    assert [(record.title, record.notes, record.caution) for record in document.records] == [
        ("Quotes can be signed", ("Replaces 1219000",), None),
        ("Views have folders", ("Known issue: slow",), "slow."),
        ("Stock", (), None),
    ]


@pytest.mark.parametrize("raw", ["- Quotes[^1]", "[^1]: Replaces", "- a [^] b", "- [^2](x): c"])
def test_marks_without_a_footnote_stay(raw):
    """Where the text has no such footnote, or no item has its mark, nothing is moved."""
    assert place_footnotes([(1, raw)]) == [(1, raw)]


@pytest.mark.parametrize("mark", ["highlight", "Highlight", "★", "must-know"])
def test_an_element_that_is_only_a_mark(mark):
    """`<mark>highlight</mark>` is a mark beside a title, in a list and in a cell."""
    page = (
        f"<html><body><h1>HaloPSA v2.299</h1><ul><li>Quotes are signed <mark>{mark}</mark> (1210001)</li>"
        "<li>Use <mark>bold</mark> in mails (1210003)</li></ul><table><tr><th>ID</th><th>Title</th></tr>"
        f"<tr><td>1210004</td><td>Stock by scan <mark>{mark}</mark></td></tr></table></body></html>"
    )
    assert [(record.title, record.highlighted) for record in _read(page, "page.html").records] == [
        ("Quotes are signed", True),
        ("Use bold in mails", False),
        ("Stock by scan", True),
    ]


@pytest.mark.parametrize("number", ["#1210001 –", "1210001:", "[1210001]", "`1210001`", "**1210001**", "#1210001"])
def test_a_bold_title_behind_a_number(number):
    """What is bold behind the number is the title where a sentence follows it."""
    text = f"# HaloPSA v2.299\n\n- {number} **Quotes can be signed.** They draw.\n- #1210002 **Views have** folders\n"
    assert [(record.title, record.summary) for record in _read(text).records] == [
        ("Quotes can be signed", "They draw."),
        ("Views have folders", ""),
    ]


PAGE = (
    "<html><head><style>.c0{{color:#000}}{}{{color:#666;text-decoration:line-through}}</style></head><body>"
    "<h1>HaloPSA v2.299</h1><ol><li><span class='c0'>Quotes can be signed, 1210001</span><sup>[1]</sup></li>"
    "<li><span class='c3 x'>Views have folders, 1210002</span></li>"
    "<li><span class='c0'>Taxes by address, 1210003</span></li></ol></body></html>"
)


@pytest.mark.parametrize("selector", [".c3", "span.c3", ".c9,.c3", ".c9, .c3"])
def test_a_class_that_strikes_out(selector):
    """What a page's style sheet strikes out by a class, as word processors export it, was withdrawn."""
    document = _read(PAGE.format(selector), "pack.html")
    assert [record.number for record in document.records] == ["1210001", "1210003"]
    assert ["1210002" in problem.text for problem in document.problems] == [True]


@pytest.mark.parametrize("selector", [".c4", "a.c4", ".done .c3", ".c3 del", ".c3:hover"])
def test_a_class_that_strikes_out_something_else(selector):
    """A rule for other elements, or for a class inside of others, strikes out nothing here."""
    assert [r.number for r in _read(PAGE.format(selector), "pack.html").records] == ["1210001", "1210002", "1210003"]
