"""TOML means what the same JSON means; what is broken is refused in a sentence."""

import pytest

from bot.errors import SourceError
from bot.ingest.readers.registry import detect_format, read_document

NOTES = '''title = "HaloPSA changes"

[[release]]
version = 2.270
date = 2026-11-02

[[release.change]]
number = 1223001
title = "Leave balances in the planner"

[[release.change]]
number = 1223002
title = "Vendors can be merged"
caution = true

[[release]]
version = "2.286"

[[release.change]]
number = 1223003
title = """Portal forms
keep a draft"""
highlight = true
'''


@pytest.mark.parametrize("text", [NOTES, NOTES.replace("\n", "\r\n")])
@pytest.mark.parametrize("name", ["notes.toml", "notes.txt", ""])
def test_records_have_what_stands_around_them(text: str, name: str) -> None:
    """Each change has the version of its release, with its last zero, and the line on which it begins."""
    document = read_document(text.encode(), name or "standard input", name)
    assert [
        (r.number, r.title, str(r.version), r.highlighted, bool(r.caution), r.line_number) for r in document.records
    ] == [
        ("1223001", "Leave balances in the planner", "v2.270", False, False, 7),
        ("1223002", "Vendors can be merged", "v2.270", False, True, 11),
        ("1223003", "Portal forms keep a draft", "v2.286", True, False, 19),
    ]


def test_a_withdrawn_change_is_told_with_its_number_and_line() -> None:
    """A status refuses a record of TOML as it does one of JSON."""
    text = NOTES.replace('title = "Vendors can be merged"', 'title = "Vendors can be merged"\nstatus = "withdrawn"')
    problems = read_document(text.encode(), "notes.toml", "notes.toml").problems
    assert [(problem.line_number, problem.text) for problem in problems] == [(11, "1223002: Vendors can be merged")]


def test_objects_inside_a_list() -> None:
    """Inline tables are records, too."""
    text = 'version = "2.270"\nchanges = [{number = 1223001, title = "Rotas"}, {number = 1223002, title = "Bins"}]\n'
    document = read_document(text.encode(), "notes.toml", "notes.toml")
    assert [(record.number, str(record.version)) for record in document.records] == [
        ("1223001", "v2.270"),
        ("1223002", "v2.270"),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[release]\nversion = 2\n", "not valid TOML"),
        ("a = " + "[" * 5_000, "not valid TOML"),
        ("a." * 30 + "b = 1\n", "names in each other"),
        ("a = 1\n" * 400_000, "of more than 2 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text: str, says: str) -> None:
    """Nothing of it is read, and the sentence says what to do."""
    with pytest.raises(SourceError, match=says) as raised:
        read_document(text.encode(), "notes.toml", "notes.toml")
    assert "as CSV" in str(raised.value) or "or CSV" in str(raised.value)


@pytest.mark.parametrize(
    "text", ["[[Tickets]]\n\nNumber = 4\n", "Notes\n[[1]]: a link\n", "[release]\nversion = 2\n", "x [[a]]\ny = 1\n"]
)
def test_other_texts_are_no_toml(text: str) -> None:
    """Only a list's heading with a field right below it tells a text without a name from others."""
    assert detect_format(text.encode(), "notes.txt") != "toml"
