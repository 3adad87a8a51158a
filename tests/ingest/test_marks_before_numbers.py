"""A label or a sign before the number that a line begins with: the change is read, and the mark counts."""

import pytest

from bot.ingest.models import DocumentLine, ReadProblem, Record
from bot.ingest.readers.marks import read_mark, split_marks_before
from bot.ingest.readers.page import read_page
from bot.ingest.readers.post.unread_numbers import IN_PASSING, find_unread_numbers


@pytest.mark.parametrize(
    ("line", "highlighted", "caution"),
    [
        ("WARNING: 1228003 Rotas can be copied", False, True),
        ("[TEST FIRST] 1228003 – Rotas can be copied", False, True),
        ("Test first: #1228003 Rotas can be copied", False, True),
        ("(Important) 1228003 Rotas can be copied", True, False),
        ("**Highlight** 1228003 Rotas can be copied", True, False),
        ("[NEW] 1228003 Rotas can be copied", False, False),
        ("Fix: 1228003 Rotas can be copied", False, False),
        ("2️⃣ #1228003 Rotas can be copied", False, False),
        (":star: `1228003` Rotas can be copied", True, False),
        ("Rotas can be copied (#1228003) :star:", True, False),
        ("Rotas can be copied (#1228003) :warning:", False, True),
        ("9:59 - ⭐ #1228003 Rotas can be copied", True, False),
        ("9:59 – ⚠️ #1228003 Rotas can be copied", False, True),
    ],
)
@pytest.mark.parametrize("bullet", ["- ", ""])
def test_the_change_is_read_with_its_mark(line: str, bullet: str, highlighted: bool, caution: bool) -> None:
    """In a list and on lines of their own; none becomes a note of the change above."""
    text = f"# HaloPSA v2.330\n\n- #1228001 Boards have owners\n{bullet}{line}\n\n- #1228002 Bins can be counted\n"
    records = {record.number: record for record in read_page(text.encode(), "x.md").records}
    assert records.keys() == {"1228001", "1228002", "1228003"}
    record = records["1228003"]
    assert (record.title, record.highlighted, bool(record.caution)) == ("Rotas can be copied", highlighted, caution)
    assert not records["1228001"].notes


@pytest.mark.parametrize(
    "text",
    [
        "See 1228003 Rotas",
        "Our ticket: 1228003 Rotas",
        "[Change 1228003] Rotas",
        "New rotas 1228003",
        "1228003 Rotas",
        "Fixed 123456 Duplicates in lists",
        "New 1250000 Rows at most",
    ],
)
def test_other_words_before_a_number_are_no_marks(text: str) -> None:
    """Nor is a bracket that closes behind the number."""
    assert split_marks_before(text) == ("", text)


@pytest.mark.parametrize("text", [":star:", ":warning:", "(:star:)", " | :fire: "])
def test_a_name_between_colons_is_nothing_but_a_mark(text: str) -> None:
    """Its colons belong to it."""
    assert read_mark(text).title == ""


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Breaking 1228003 Rotas can be copied", True),
        ("Rotas can be copied (#1228003). It helps.", True),
        ("Rotas can be copied:: 1228003", True),
        ("It does what #1228003 does", False),
        ("See also (#1228003)", False),
        ("1228003 has to be on", False),
    ],
)
def test_a_note_that_may_be_a_change_by_itself_is_told(note: str, told: bool) -> None:
    """What a sentence refers to is in the note; an item of its own would be lost in it."""
    records = [Record("1228001", "Boards", notes=(note,), lines=("1228001 Boards",))]
    problems = list(find_unread_numbers([DocumentLine(4, note)], records, []))
    assert problems == ([ReadProblem(4, note, IN_PASSING)] if told else [])


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("#1228003 Rotas can be copied. Test first.", "Rotas can be copied"),
        ("#1228003 Rotas can be copied – test first", "Rotas can be copied"),
        ("Rotas can be copied (opt-in; test first) (#1228003)", "Rotas can be copied (opt-in)"),
        ("#1228003: Rotas can be copied (new here, caution)", "Rotas can be copied (new here)"),
    ],
)
def test_a_caution_behind_a_title_is_no_part_of_it(line: str, title: str) -> None:
    """As a sentence, behind a dash, and as the last of several remarks in brackets."""
    text = f"# HaloPSA v2.330\n\n- #1228001 Boards have owners\n- {line}\n- #1228002 Bins can be counted\n"
    record = next(record for record in read_page(text.encode(), "x.md").records if record.number == "1228003")
    assert (record.title, bool(record.caution)) == (title, True)


@pytest.mark.parametrize("heading", ["🧪 Test before you switch on", "Test first", "Test this before enabling"])
def test_a_heading_of_what_is_to_be_tested(heading: str) -> None:
    """The changes below it are to be tested first."""
    text = (
        f"# HaloPSA v2.330\n\n## New\n\n- #1228001 Boards have owners\n\n## {heading}\n\n- #1228002 Bins are counted\n"
    )
    records = read_page(text.encode(), "x.md").records
    assert [(record.number, bool(record.caution)) for record in records] == [("1228001", False), ("1228002", True)]
