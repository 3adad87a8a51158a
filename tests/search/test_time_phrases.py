"""Days in a request for news: the catalogue knows versions, so these words are no subject, and the answer says so."""

import pytest

from bot.search.time_phrases import without_time
from tests.search.material import hit_keys


@pytest.mark.parametrize(
    "text", ["what's new this month", "what changed yesterday", "any updates today", "changes since last week"]
)
def test_news_of_some_days(service, text):
    """What is new in some days is what is new in the newest version, and why is said."""
    result = service.search(text)
    assert set(hit_keys(result)) == set(hit_keys(service.search("what's new")))
    (note,) = result.query.notes
    assert note.startswith("I know in which version a change came, not on which day: say `since v2.214`, for example.")
    assert note.endswith("The newest is v2.216.")


@pytest.mark.parametrize(
    "text",
    [
        "billing changes this month",
        "last week's billing changes",
        "all billing changes in the past two months",
        "billing changes since january",
    ],
)
def test_news_of_a_subject(service, text):
    """The changes of a subject in some days are all there are of it."""
    assert set(hit_keys(service.search(text))) == set(hit_keys(service.search("all billing changes")))


@pytest.mark.parametrize(
    "text",
    ["timesheets of last week", "approve leave from last month", "expiry dates this year", "invoice per quarter"],
)
def test_days_that_are_meant(text):
    """In any other question the days stay."""
    assert without_time(text) is None


def test_a_version_beside_days(service):
    """Where a version is named, it counts."""
    result = service.search("changes in 2.214 this month")
    assert {str(hit.entry.version) for hit in result.hits} == {"v2.214"}


@pytest.mark.parametrize(
    "text", ["billing changes since our last upgrade", "billing changes since we upgraded last month"]
)
def test_since_an_upgrade(service, text):
    """Nobody knows when that was: all of the subject are found, and how to name a version is told."""
    result = service.search(text)
    assert set(hit_keys(result)) == set(hit_keys(service.search("billing changes")))
    assert "say `since v2.214`" in result.query.notes[0]
