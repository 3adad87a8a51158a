"""Sets, by every way in: all that is meant, and nothing else."""

import pytest

from tests.whole_app.ways_in import WAYS, Row, WaysIn

ROWS = (
    Row("everything to do with quickbooks", "2 changes", "794180", count=2),
    Row("all quickbooks changes", "2 changes", "794180", count=2),
    Row("changes to mail campaigns", "3 changes", count=3),
    Row("which integrations are new", "changes"),
    Row("which changes come with a warning", "9 changes", count=9),
    Row("what should we test first", "9 changes", count=9),
    Row("warnings since 2.214", "since v2.214"),
    Row("fixes since 2.210", "since v2.210"),
    Row("billing changes in 2.214 and 2.216", ("v2.214", "v2.216"), ("v2.212", "v2.210")),
    Row("which dollar variables were added", "changes"),
    Row("impact:opt-in area:billing since 2.214", ("opt-in", "since v2.214")),
    Row("highlights in 2.214", ("highlights", "v2.214"), "v2.212"),
)


@pytest.mark.parametrize("way", WAYS)
def test_sets(everywhere: WaysIn, way: str) -> None:
    """A subject, a kind, warnings, an impact, versions, and several of these together."""
    assert everywhere.wrong(way, ROWS) == []
