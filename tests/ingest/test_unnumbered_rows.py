"""A row that says that it has no number is read as the rows around it, which have one."""

import pytest

from bot.ingest.readers.post.row import parse_row
from bot.ingest.readers.post.unnumbered_rows import parse_nameless

ROWS = (
    "Charts by mail ({})", "Charts by mail ({}, v2.256)", "Charts by mail [{}] 4:40", "{} – Charts by mail",
    "⭐ {} – Charts by mail", "Charts by mail | v2.256 | {}", "| {} | Charts by mail | v2.256 | 4:40 |",
    "Charts by mail @ann ({})", "Charts by mail ({}) thanks to @ann and @bob", "Charts by mail ({}, v2.256) ⭐",
    "4:40 – Charts by mail ({}): as a picture, or as a file", "Charts by mail | {} | Caution | as a picture",
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(
    "words", ["no number given", "No number", "ID: none", "no ref yet", "ref: tbc", "number pending"]
)
def test_the_same_as_with_a_number(row: str, words: str) -> None:
    """Title, summary, version, minute and how sure it is are those of the same row with a number."""
    numbered = parse_row(row.format("#1234567"))
    assert numbered is not None
    assert parse_nameless(row.format(words)) == numbered._replace(number="", number_last=False)


@pytest.mark.parametrize(
    "text",
    [
        "No number of calls is too high for us", "There is no number given for the others",
        "Charts by mail (#1234567, no number given)", "Charts by mail (#1234567) – no ref", "(no number given)", "",
    ],
)  # fmt: skip
def test_no_such_row(text: str) -> None:
    """What only speaks of numbers, has one, or has no title is none."""
    assert parse_nameless(text) is None
