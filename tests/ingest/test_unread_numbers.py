"""Every number on a page is read, told, or named in the text of a change: none is lost in silence."""

import pytest

from bot.ingest.models import DocumentLine, ReadProblem, Record
from bot.ingest.readers.page import read_page
from bot.ingest.readers.post.unread_numbers import IN_PASSING, find_unread_numbers

RECORD = Record("1143701", "Racks", summary="As #1143702 has it", notes=("See #1143703",), lines=("Racks (#1143701)",))


@pytest.mark.parametrize("text", ["Desks (#1143709)", "#1143709 Desks", "1143709: Desks", "1143709 Desks [1143709]"])
def test_a_number_of_which_nothing_is_known_is_told(text: str) -> None:
    """A line with a number that no record and no problem has becomes a problem with its place."""
    assert list(find_unread_numbers([DocumentLine(7, text)], [RECORD], [])) == [ReadProblem(7, text, IN_PASSING)]


@pytest.mark.parametrize(
    "text",
    [
        "Racks (#1143701)",
        "See #1143703",
        "As #1143702",
        "Refused #1143705",
        "In 2026123 minutes",
        "Costs 1143709",
        "Tel. 1143709",
    ],
)
def test_what_is_known_is_not_told_again(text: str) -> None:
    """A number that a record has, or refers to, or that was told, is not told again; nor are digits that are none."""
    problem = ReadProblem(3, "#1143705 Refused", "struck out")
    assert not list(find_unread_numbers([DocumentLine(7, text)], [RECORD], [problem]))


@pytest.mark.parametrize(
    "text",
    ["Not included: 1143709 (moved)", "[1] Our ticket 1143709.", "It was 1143709 before", "Desks, 1143709[a]",
     "'''1143709''' [[Desks]]: split"],
)  # fmt: skip
def test_digits_that_look_like_the_numbers_of_the_document_are_told(text: str) -> None:
    """As long as these, and with the same first two digits: such digits are told without any sign."""
    assert list(find_unread_numbers([DocumentLine(7, text)], [RECORD], [])) == [ReadProblem(7, text, IN_PASSING)]


@pytest.mark.parametrize(
    "text",
    ["Company number 1143709", "VAT no. 1143709", "About 1143709 sites", "Budget: 1143709", "€1143709",
     "x@1143709.example", "+49 1143709", "1143709 rows are read", "Reached 2143709 in all", "https://x.example/u/1143709",
     "Write to us, tel 1143709"],
)  # fmt: skip
def test_other_digits_are_not_told(text: str) -> None:
    """Amounts, telephone and customers' numbers, addresses, and digits that look like none of the document's."""
    assert not list(find_unread_numbers([DocumentLine(7, text)], [RECORD], []))


def test_items_that_end_in_a_number_behind_a_comma_are_told() -> None:
    """Where nothing else of a document is read, too."""
    lines = [DocumentLine(3, "Tickets can be split, 1143708"), DocumentLine(4, "Rotas — 1143709[1]")]
    assert [problem.line_number for problem in find_unread_numbers(lines, [], [])] == [3, 4]


def test_numbers_of_a_table_beside_are_known() -> None:
    """What a table of the page has is not told again, and tells how the numbers of the page look."""
    rows = "| Number | Change | Version |\n|---|---|---|\n| 1143701 | Racks | v2.318 |\n"
    document = read_page(f"{rows}\nLike 1143701 was 1143709 before.\n\nSee 1143701 for more.\n".encode(), "notes.md")
    assert [problem.line_number for problem in document.problems] == [5]


def test_a_heading_that_refers_to_a_number_is_told() -> None:
    """What a heading says of a number is told where nothing else takes it up."""
    text = (
        "# HaloPSA v2.318\n\n## What became of #1143709, which we wrote of\n\n- Lists (#1143705)\n- Racks (#1143706)\n"
    )
    document = read_page(text.encode(), "notes.md")
    assert [record.number for record in document.records] == ["1143705", "1143706"]
    assert ["1143709" in problem.text for problem in document.problems] == [True]
