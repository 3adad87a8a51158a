"""Changes of which a label says in words that they do not come."""

import pytest

from bot.ingest.readers.marks import says_withdrawn
from bot.ingest.readers.registry import read_document

LABELLED = ["Withdrawn: {}", "[WITHDRAWN] {}", "(postponed) {}", "Postponed: {}", "{} (cancelled)", "{} [Deferred]"]


@pytest.mark.parametrize("label", LABELLED)
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HaloPSA v2.290\n\n- {} (#1200001)\n- Racks (#1200002)\n", "notes.md"),
        ("HaloPSA v2.290\n\n- #1200001 {}\n- #1200002 Racks\n", "notes.txt"),
        ("ID,Version,Title\n1200001,2.290,{}\n1200002,2.290,Racks\n", "list.csv"),
    ],
)
def test_what_is_withdrawn_in_words_is_refused(label: str, text: str, name: str) -> None:
    """Such a change is told by its place, and the others are read."""
    document = read_document(text.format(label.format("Quotes can be copied")).encode(), name, name)
    assert [record.number for record in document.records] == ["1200002"]
    assert len(document.problems) == 1
    assert document.problems[0].line_number
    assert document.problems[0].reason == "said to be withdrawn, or not yet to come"


@pytest.mark.parametrize(
    "title",
    [
        "Cancelled: tickets show who closed them",
        "Withdrawn approvals are shown",
        "Orders can be cancelled",
        "Invoices say that they were (partly) postponed",
        "Deferred revenue: a report",
    ],
)
def test_titles_about_such_things_stay(title: str) -> None:
    """The same words in a title of its own withdraw nothing."""
    assert not says_withdrawn(title)
