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
