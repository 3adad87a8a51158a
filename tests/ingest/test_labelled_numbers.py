"""Numbers behind the word for what they number: “Change 794180: Budgets”."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document


def read(text: str) -> ParsedDocument:
    """What a text says."""
    return read_document(text.encode(), "notes.txt", "notes.txt")


@pytest.mark.parametrize(
    "line",
    [
        "Change 1200001: Quotes can be copied",
        "Change 1200001 – Quotes can be copied",
        "Feature #1200001: Quotes can be copied",
        "[Change 1200001] Quotes can be copied",
        "Quotes can be copied (change 1200001)",
        "Halo ID 1200001 – Quotes can be copied",
        "HaloPSA ID: 1200001 – Quotes can be copied",
    ],
)
def test_the_word_for_a_number(line: str) -> None:
    """It stands before the number at a title's edge, and is no part of the title."""
    record, other = read(f"HaloPSA v2.270\n\n* {line}\n* Tickets merge (#1200002)\n").records
    assert (record.number, record.title) == ("1200001", "Quotes can be copied")
    assert other.number == "1200002"


@pytest.mark.parametrize(
    "line", ["As in change 1200001: it works", "Change 1200001 is live", "Ticket 1200001: printer"]
)
def test_a_number_in_passing(line: str) -> None:
    """In a sentence it is none, and neither is that of somebody's own ticket."""
    assert [record.number for record in read(f"HaloPSA v2.270\n\n* {line}\n* Tickets merge (#1200002)\n").records] == [
        "1200002"
    ]
