"""Until when a digest waits, as people say it."""

from datetime import UTC, date, datetime

import pytest

from bot.digests.pause_parser import IS_PAST, TOO_LONG, UNTIL_WHEN, parse_pause_end
from bot.storage.models import Slot

SUNDAY = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)  # it is Monday already in Sydney
NEXT = Slot(date(2026, 12, 3), datetime(2026, 12, 3, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("for 2 weeks", "2026-12-13"), ("for two weeks", "2026-12-13"), ("for a fortnight", "2026-12-13"),
        ("for the next 3 days", "2026-12-02"), ("for a month", "2026-12-29"), ("for a couple of weeks", "2026-12-13"),
        ("until 5 January", "2027-01-05"), ("until january 5th", "2027-01-05"), ("till the 5th of jan", "2027-01-05"),
        ("until 2027-01-05", "2027-01-05"), ("until 5 jan 2027", "2027-01-05"), ("until friday", "2026-12-04"),
        ("until next friday", "2026-12-04"), ("until tomorrow", "2026-11-30"), ("until next week", "2026-11-30"),
        ("next week", "2026-12-07"), ("until next month", "2026-12-01"), ("next month", "2027-01-01"),
        ("until christmas", "2026-12-25"), ("until the new year", "2027-01-01"), ("until january", "2027-01-01"),
        ("until the end of the month", "2026-12-01"), ("until the end of january", "2027-02-01"),
        ("for december", "2027-01-01"), ("through 4 december", "2026-12-05"), ("until the 15th", "2026-12-15"),
        ("skip the next one", "2026-12-04"), ("until 1 november", "2027-11-01"),
    ],
)  # fmt: skip
def test_when_it_ends(said: str, day: str) -> None:
    """As a day begins on the digest's own clock; a day without its year is the next one of that name."""
    end = parse_pause_end(said, SUNDAY, "Europe/London", NEXT)
    assert end.at is not None
    assert end.at.isoformat()[:16] == f"{day}T00:00"


@pytest.mark.parametrize("said", ["", "indefinitely", "until further notice", "for now"])
def test_without_an_end(said: str) -> None:
    """Nothing has to be asked then."""
    assert parse_pause_end(said, SUNDAY, "Europe/London", NEXT) == (None, "")


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("for a while", UNTIL_WHEN), ("for a few weeks", UNTIL_WHEN), ("over christmas", UNTIL_WHEN),
        ("until 5/1", UNTIL_WHEN), ("until 30 february", UNTIL_WHEN), ("until the cows come home", UNTIL_WHEN),
        ("until next monday", UNTIL_WHEN), ("for 0 days", UNTIL_WHEN), ("for 999 days", TOO_LONG),
        ("for 2 years", TOO_LONG), ("until 2026-11-29", IS_PAST), ("until 1 jan 2020", IS_PAST),
        ("next monday", UNTIL_WHEN),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_asked(said: str, question: str) -> None:
    """The day is never guessed."""
    assert parse_pause_end(said, SUNDAY, "Europe/London", NEXT) == (None, question)


def test_by_the_clock_of_the_digest() -> None:
    """Where it is tomorrow already, "for a day" ends a day later."""
    end = parse_pause_end("for a day", SUNDAY, "Australia/Sydney", NEXT)
    assert end.at is not None
    assert end.at.isoformat() == "2026-12-01T00:00:00+11:00"
