"""`make hostile` sees what it looks for; its good documents are good ones."""

import pytest

from tests.hostile.formats import FORMATS, SHAPES
from tests.hostile.reading import Measured, measure
from tests.hostile.report import report
from tests.hostile.run import GoodOutcome, Outcome

READ = Measured(3, "", 1.0, 60.0)


@pytest.mark.parametrize(
    ("small", "large", "fault"),
    [
        (READ, READ._replace(seconds=2.1), ""),
        (READ, READ._replace(seconds=3.9), "twice the input takes 3.9 times as long"),
        (READ._replace(seconds=0.001), READ._replace(seconds=0.004), ""),  # too short to say anything
        (READ, READ._replace(megabytes=400.0), "it takes 400 MB"),
        (READ, READ._replace(refusal="it has more than 60,000 lines"), ""),
        (READ, READ._replace(refusal="it cannot be read"), "refused without saying"),
    ],
)
def test_what_does_not_hold_is_named(small: Measured, large: Measured, fault: str) -> None:
    """Time that grows faster than the input, too much memory, and a refusal that says nothing."""
    outcome = Outcome("csv", "blanks", 64_000, small, large)
    assert outcome.fault.startswith(fault)
    assert bool(outcome.fault) == bool(fault)


def test_a_good_document_has_to_be_read_whole() -> None:
    """A refused one and one of which something is missing do not hold."""
    assert GoodOutcome("csv", 64_000, 3, READ).fault == ""
    assert GoodOutcome("csv", 64_000, 4, READ).fault == "3 of 4 were read"
    assert GoodOutcome("csv", 64_000, 3, READ._replace(refusal="no")).fault == "refused: no"


@pytest.mark.parametrize("made", [made for made in FORMATS if made.changes_a_row], ids=lambda made: made.name)
def test_good_documents_are_good(made) -> None:
    """Of each format a document that a person could have written, read with nothing missing."""
    measured = measure(made.name, made.file_name, made.good(6_000))
    assert (measured.found, measured.refusal) == (made.rows_of(6_000) * made.changes_a_row + made.changes_at_start, "")


@pytest.mark.parametrize("made", FORMATS, ids=lambda made: made.name)
def test_hostile_documents_are_as_long_as_they_say(made) -> None:
    """Each shape is there in each format, in about the size that was asked for."""
    if not made.packed:
        lengths = [len(made.hostile(shape, 30_000)) for shape in SHAPES]
        assert all(24_000 < length < 36_000 for length in lengths), lengths


def test_the_page_counts_what_was_read_and_refused_apart() -> None:
    """The figures of one run, in numbers."""
    refused = READ._replace(refusal="more than 1,500 elements", seconds=2.0)
    outcomes = [
        Outcome("csv", "blanks", 64_000, READ, READ),
        Outcome("csv", "at signs", 64_000, READ, refused),
    ]
    page = report([GoodOutcome("csv", 64_000, 3, READ)], outcomes)
    assert "2 doublings: 1 read, 1 refused; 1 good documents, 1 of them read; at most 60 MB. 0 of them do not" in page
    assert "| csv |  | *2.0* |" in page
