"""Headings of plain text that have a line of signs below them."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document


def read(text: str) -> ParsedDocument:
    """What a text says."""
    return read_document(text.encode(), "notes.txt", "notes.txt")


def test_underlined_headings() -> None:
    """They are no summary of the change above them; a version that one names counts for what is below it."""
    document = read(
        "HaloPSA v2.270\n==============\n\nNEW\n---\n1200001 Quotes can be copied\n1200002 Tickets can be merged\n\n"
        "BUG FIXES\n---------\n1200003 Totals are right\n\nKNOWN ISSUES\n------------\n* Mails are slow\n"
        "* Lists are long\n"
    )
    assert [(record.number, record.summary, record.notes, str(record.version)) for record in document.records] == [
        ("1200001", "", (), "v2.270"),
        ("1200002", "", (), "v2.270"),
        ("1200003", "", (), "v2.270"),
    ]
    assert document.problems == ()


def test_two_versions_that_are_underlined() -> None:
    """Each change is of the version that it stands below, with a number in its heading or without."""
    document = read("v2.270\n------\n\n- 1200001 Quotes can be copied\n\nv2.268\n------\n\n- 1200002 Tickets merge\n")
    assert [str(record.version) for record in document.records] == ["v2.270", "v2.268"]


@pytest.mark.parametrize("line", ["-----------------------------------------", "---", "***"])
def test_lines_that_only_separate(line: str) -> None:
    """A line of signs of another length underlines nothing."""
    document = read(
        f"HaloPSA v2.270\n\n#1200001 Quotes can be copied\n\nThey keep their lines\n{line}\n\n#1200002 Tickets merge\n"
    )
    assert [(record.title, record.summary) for record in document.records] == [
        ("Quotes can be copied", "They keep their lines"),
        ("Tickets merge", ""),
    ]


@pytest.mark.parametrize("sign", '=-~^"+')
def test_signs_of_restructuredtext(sign: str) -> None:
    """Other signs underline, too: a version's heading counts for its changes, and contributors are told as such."""
    document = read(
        f"HaloPSA v2.270\n{sign * 14}\n\n* 1200001 Quotes can be copied\n* 1200002 Tickets merge\n\n"
        f"Contributors\n{sign * 12}\n\n* Ann Lee\n* Bob Smith\n"
    )
    assert [(record.number, str(record.version)) for record in document.records] == [
        ("1200001", "v2.270"),
        ("1200002", "v2.270"),
    ]
    assert document.problems == ()


@pytest.mark.parametrize("heading", ["= {} =", "== {} ==", "= {}", "# {}", "## {} ##"])
@pytest.mark.parametrize("title", ["5 Cable lists", "12 new reports", "365 days of history"])
def test_a_heading_may_begin_with_an_amount(heading: str, title: str) -> None:
    """Its sign is no part of the title, with the change's number behind it or in the line below."""
    for text in (f"{heading.format(f'{title} (#1142801)')}\n", f"{heading.format(title)}\n#1142801\n"):
        document = read_document(f"HaloPSA v2.270\n\n{text}\n## Bins (#1142802)\n".encode(), "a.txt", "a.txt")
        assert [record.title for record in document.records] == [title, "Bins"]


def test_a_number_with_its_sign_and_a_blank_stays_one() -> None:
    """“# 1142801 Boards” is a change's number."""
    text = "HaloPSA v2.270\n\n# 1142801 Boards\n# 1142802 Lists\n= 1142803 Bins =\n"
    document = read_document(text.encode(), "a.txt", "a.txt")
    assert [record.number for record in document.records] == ["1142801", "1142802", "1142803"]
