"""Versions reckoned with, by every way in: a range is counted the same however it is written, wherever it is asked."""

import pytest

from tests.whole_app.ways_in import WAYS, Row, WaysIn

BETWEEN = "v2.206 to v2.214: 200 changes"
RANGES = (
    "2.206 -> 2.214",
    "v2.206 → v2.214",
    "2.206 vs 2.214",
    "2.206..2.214",
    "compare 2.214 2.206",
    "from 2.206 to 2.214",
    "difference between 2.206 and 2.214",
    "what changed between v2.206 and v2.214?",
    "what's new from 2.206 up to 2.214",
)
ROWS = (
    *(Row(said, BETWEEN, "Only", count=200) for said in RANGES),
    Row("what did we miss since 2.206", "After v2.206: 211 changes", count=211),
    Row("we're on 2.206, what's new", "After v2.206: 211 changes", count=211),
    Row("since 2.216", "Since v2.216: 11 changes", count=11),
    Row("everything before 2.206", "Before v2.206", "v2.214"),
    Row("up to 2.206", "Up to v2.206"),
    Row("2.214", "v2.214: 74 changes", count=74),
    Row("version 2.214", "v2.214: 74 changes", count=74),
    Row("jira changes from 2.204 to 2.206", "after v2.204, up to v2.206", "796046"),
    Row("we're on 2.210, do we have asset merging yet", "Not in v2.210: it came in v2.212."),
    Row("do we have asset merging on 2.214", "Yes, v2.214 has it: it came in v2.212."),
    Row("which version brought asset merging", "It came in v2.212."),
    Row("how many changes are in 2.214", "74 changes in v2.214.", count=74),
    Row("how many highlights since 2.214", "8 highlights since v2.214.", count=8),
    Row("compare 2.300 2.310", "no version after v2.300", count=0),
)


@pytest.mark.parametrize("way", WAYS)
def test_versions(everywhere: WaysIn, way: str) -> None:
    """Ranges, what somebody has not got yet, which version brought something, and how many."""
    assert everywhere.wrong(way, ROWS) == []
