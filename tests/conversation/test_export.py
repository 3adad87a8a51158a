"""An answer as Markdown and CSV."""

import csv
import io

import pytest

from bot.catalog.models import Entry, Episode, Mention, Version
from bot.conversation.answers import HelpAnswer
from bot.conversation.export import CSV_COLUMNS, DocumentPart, as_text_cell, document_parts, to_csv, to_markdown

EPISODES = {13: Episode(13, "https://example.com/13")}
ENTRY = Entry(
    key="1016865",
    kind="feature",
    title="Jira: *default* <status>",
    summary='=HYPERLINK("http://evil")',
    version=Version(2, 206),
    area="Integrations",
    caution="Try it, first",
    mentions=(Mention(13, "6:08"),),
    impact="opt-in",
    impact_guessed=True,
)
PARTS = [DocumentPart("Test first", [ENTRY])]


def test_markdown() -> None:
    """A heading for each part, a line with number, version, area and minute, the summary and the warning; no text of a
    source is taken for Markdown.
    """
    assert to_markdown("upgrade 2.204 2.206", PARTS, EPISODES) == (
        "# Upgrade 2.204 2.206\n\n## Test first (1)\n\n"
        "- **Jira: \\*default\\* \\<status\\>** (#1016865, v2.206, Integrations), [6:08](https://example.com/13)\n"
        '  =HYPERLINK("http://evil")\n  Test first: Try it, first\n'
    )
    assert "HYPERLINK" not in to_markdown("x", PARTS, EPISODES, with_summaries=False)


def test_csv() -> None:
    """A row for each entry under the named columns; what looks like a formula is text."""
    header, row = csv.reader(io.StringIO(to_csv(PARTS, EPISODES)))
    assert tuple(header) == CSV_COLUMNS
    found = dict(zip(header, row, strict=True))
    assert (found["number"], found["version"], found["impact"], found["impact guessed"]) == (
        "1016865", "v2.206", "opt-in", "yes",
    )  # fmt: skip
    assert (found["test first"], found["minute"], found["link"]) == ("Try it, first", "6:08", "https://example.com/13")
    assert found["summary"] == '\'=HYPERLINK("http://evil")'


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """Whatever would begin a formula in a spreadsheet is made text."""
    assert as_text_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "$VARIABLE", "1016865", "a=b", "v2.206"])
def test_other_cells_stay(cell: str) -> None:
    """Other cells are as they were."""
    assert as_text_cell(cell) == cell


def test_what_has_no_entries_has_no_parts() -> None:
    """Help and the like are no document."""
    assert document_parts(HelpAnswer()) == []
