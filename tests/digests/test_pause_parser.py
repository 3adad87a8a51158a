"""Until when a digest waits, as people say it."""

import time
from datetime import UTC, date, datetime

import pytest

from bot.digests.pause_parser import (
    FROM_NOW_ONLY,
    IS_EMPTY,
    IS_PAST,
    LATER,
    NOTHING_TO_SKIP,
    SKIPS_ALREADY,
    TOO_LONG,
    UNTIL_WHEN,
    parse_pause_end,
)
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
        ("skip the next one", "2026-12-04"), ("until 1 november", "2027-11-01"), ("this week", "2026-11-30"),
        ("for the rest of the year", "2027-01-01"), ("until next year", "2027-01-01"), ("in november", "2026-12-01"),
        ("until the end of the year", "2027-01-01"), ("until november 2027", "2027-11-01"),
        ("until friday morning", "2026-12-04"), ("from now until christmas", "2026-12-25"), ("today", "2026-11-30"),
        ("in december", "2027-01-01"), ("from monday for two weeks", "2026-12-14"), ("tomorrow", "2026-12-01"),
        ("for two weeks from 1 december", "2026-12-15"), ("from 1 to 5 december", "2026-12-06"),
        ("monday to wednesday", "2026-12-03"), ("november to january", "2027-02-01"),
        ("from now to january", "2027-02-01"), ("from november until january", "2027-01-01"),
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
        ("next monday", UNTIL_WHEN), ("for an hour", UNTIL_WHEN), ("on friday", LATER), ("in two weeks", LATER),
        ("from monday", LATER), ("after christmas", LATER), ("from 5 december to 1 december 2026", IS_EMPTY),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_asked(said: str, question: str) -> None:
    """The day is never guessed."""
    assert parse_pause_end(said, SUNDAY, "Europe/London", NEXT) == (None, question)


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("in january", "1 January", "1 February"), ("for january", "1 January", "1 February"),
        ("over january", "1 January", "1 February"), ("in january 2027", "1 January", "1 February"),
        ("in august", "1 August 2027", "1 September 2027"), ("from 5 january to 10 january", "5 January", "11 January"),
        ("from 24 december until 4 january", "24 December", "4 January"),
        ("5 to 10 january", "5 January", "11 January"),
        ("between christmas and new year", "25 December", "2 January"), ("next friday", "4 December", "5 December"),
        ("from friday for a week", "4 December", "11 December"),
        ("for a week from friday", "4 December", "11 December"),
        ("from january to february", "1 January", "1 March"), ("january until march", "1 January", "1 March"),
        ("over 24 december", "24 December", "25 December"), ("this friday", "4 December", "5 December"),
    ],
)  # fmt: skip
def test_a_pause_that_begins_later_is_asked_about(said: str, start: str, end: str) -> None:
    """Where a digest comes before it, nothing can be confirmed; paused already, or without one before, it can."""
    asked = parse_pause_end(said, SUNDAY, "Europe/London", NEXT)
    assert asked == (None, FROM_NOW_ONLY.format(start, end))
    assert parse_pause_end(said, SUNDAY, "Europe/London", None).at is None
    assert parse_pause_end(said, SUNDAY, "Europe/London", None, is_paused=True).at is not None
    later = Slot(date(2027, 8, 20), datetime(2027, 8, 20, 9, tzinfo=UTC))
    assert parse_pause_end(said, SUNDAY, "Europe/London", later).at is not None


def test_skipping_where_nothing_comes_at_an_hour() -> None:
    """What comes on arrival, and what is paused, has no next one; only of the latter is it said that it is paused."""
    assert parse_pause_end("skip the next one", SUNDAY, "UTC", None).question == NOTHING_TO_SKIP
    assert parse_pause_end("skip the next one", SUNDAY, "UTC", None, is_paused=True).question == SKIPS_ALREADY


@pytest.mark.parametrize(
    "said", ["from 1 to " * 10, "from monday for " * 6, "1 " * 50, "the next " * 11, "between 1 and " * 7, "to " * 33]
)
def test_no_words_keep_the_bot_busy(said: str) -> None:
    """What can be parted in many ways is parted in few."""
    began = time.thread_time()
    assert parse_pause_end(said, SUNDAY, "UTC", NEXT).at is None
    assert time.thread_time() - began < 1.0


def test_by_the_clock_of_the_digest() -> None:
    """Where it is tomorrow already, "for a day" ends a day later."""
    end = parse_pause_end("for a day", SUNDAY, "Australia/Sydney", NEXT)
    assert end.at is not None
    assert end.at.isoformat() == "2026-12-01T00:00:00+11:00"
