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
    ["Racks (#1143701)", "See #1143703", "As #1143702", "Refused #1143705", "In 2026123 minutes", "Costs 1143709"],
)
def test_what_is_known_is_not_told_again(text: str) -> None:
    """A number that a record has, or refers to, or that was told, is not told again; nor are digits that are none."""
    problem = ReadProblem(3, "#1143705 Refused", "struck out")
    assert not list(find_unread_numbers([DocumentLine(7, text)], [RECORD], [problem]))


def test_a_heading_that_refers_to_a_number_is_told() -> None:
    """What a heading says of a number is told where nothing else takes it up."""
    text = (
        "# HaloPSA v2.318\n\n## What became of #1143709, which we wrote of\n\n- Lists (#1143705)\n- Racks (#1143706)\n"
    )
    document = read_page(text.encode(), "notes.md")
    assert [record.number for record in document.records] == ["1143705", "1143706"]
    assert ["1143709" in problem.text for problem in document.problems] == [True]
