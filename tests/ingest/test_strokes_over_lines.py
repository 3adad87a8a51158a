"""Strokes that begin on one line and end on another."""

import pytest

from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document

LIST = "# HaloPSA v2.270\n\n{}\n\n- Tickets can be merged (#1200002)\n"


def read(text: str) -> ParsedDocument:
    """What a text says."""
    return read_document(LIST.format(text).encode(), "notes.md", "notes.md")


def numbers(document: ParsedDocument) -> list[str | None]:
    """The numbers of the changes that were read."""
    assert [record.summary for record in document.records] == [""] * len(document.records)
    return [record.number for record in document.records]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<del>\n\n- Quotes can be copied (#1200001)\n- Boards have owners (#1200003)\n\n</del>", [5, 6]),
        ("<s>\n- Quotes can be copied (#1200001)\n</s>", [4]),
        ("<strike class='old'>\nQuotes can be copied (#1200001)\n\nMore of it.\n</strike>", [4]),
        ("<del>\n\n| ID | Title |\n|---|---|\n| 1200001 | Quotes can be copied |\n\n</del>", [7]),
        ("- ~~Quotes can be copied\n  by all (#1200001)~~", [3]),
        ("- ~~Quotes can be copied by every agent who has the permission to\n  copy quotes\n  (#1200001)~~", [3]),
        ("- <s>Quotes can be copied\n  by all (#1200001)</s>", [3]),
        ("- <s>Quotes can be copied (#1200001)\n- Boards have owners (#1200003)</s>", [3, 4]),
        ("- <del>Quotes (#1200001)\n- Boards have owners (#1200003)\n- Lists have names (#1200004)</del>", [3, 4, 5]),
    ],
)
def test_changes_between_strokes(text: str, lines: list[int]) -> None:
    """Each change between the strokes is refused for them, and what follows is read."""
    document = read(text)
    assert numbers(document) == ["1200002"]
    assert [problem.line_number for problem in document.problems] == lines
    assert all("struck out" in problem.reason for problem in document.problems)


@pytest.mark.parametrize(
    "text",
    [
        "<del>\n\n- Quotes can be copied (#1200001)",
        "- Quotes can be copied (#1200001)\n\n</del>",
        "- #1200001 Quotes ~~can be\n\n- copied now~~",
        "- Quotes can be copied ~~and\n  sent~~ (#1200001)",
        "- Quotes keep `~~` (#1200001)\n  ~~Only for admins.~~",
        "- Quotes keep `<s>` (#1200001)\n- <s>Boards have owners</s>",
    ],
)
def test_other_signs(text: str) -> None:
    """A stroke without an end, or in backticks, strikes nothing out; one within a title takes only its words."""
    assert [record.number for record in read(text).records] == ["1200001", "1200002"]


def test_the_words_between() -> None:
    """A title that goes on behind the strokes is read with what is left of it."""
    (record, _) = read("- Quotes can be copied ~~and\n  sent~~ by all (#1200001)").records
    assert record.title == "Quotes can be copied by all"


@pytest.mark.parametrize("line", ["- <s>x", "~~x", "<del>", "</del>", "<s><del>", "~~x~~ ~~", "`<s>"])
def test_many_strokes(line: str) -> None:
    """Many strokes without an end are text, and are read in time."""
    text = "\n".join([line] * 5_000)
    assert read_document(text.encode(), "notes.md", "notes.md").records == ()
