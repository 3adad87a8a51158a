"""The calendar against a table that was not made with it, and as properties."""

from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.calendar import due_slot, latest_slot, next_due_slot, next_slot
from bot.storage.models import LAST_IN_MONTH, Cadence, Schedule

# zone | schedule | the slot posted last | now | the next digest; times in UTC. Local times were written by hand and
# turned into UTC by GNU date; those in a gap or a repeated hour, which it refuses or leaves open, by hand from the
# zones' published rules.
TABLE = """
Europe/London       | weekly mon 09:00                      | -                | 2026-03-23 08:59 | 2026-03-23 09:00
Europe/London       | weekly mon 09:00                      | 2026-03-23 09:00 | 2026-03-23 09:00 | 2026-03-30 08:00
Europe/London       | weekly mon 09:00                      | 2026-03-23 09:00 | 2026-03-28 12:00 | 2026-03-30 08:00
Europe/London       | weekly mon 09:00                      | 2026-10-19 08:00 | 2026-10-20 11:00 | 2026-10-26 09:00
Europe/London       | daily 01:30                           | 2026-03-28 01:30 | 2026-03-28 12:00 | 2026-03-29 01:30
Europe/London       | daily 01:30                           | 2026-03-29 01:30 | 2026-03-29 02:00 | 2026-03-30 00:30
Europe/London       | daily 01:30                           | 2026-10-24 00:30 | 2026-10-24 11:00 | 2026-10-25 00:30
Europe/London       | daily 01:30                           | 2026-10-25 00:30 | 2026-10-25 00:45 | 2026-10-26 01:30
Europe/London       | daily 01:30                           | 2026-10-25 00:30 | 2026-10-25 01:30 | 2026-10-26 01:30
Europe/London       | daily 01:00                           | 2026-03-28 01:00 | 2026-03-28 12:00 | 2026-03-29 01:00
Europe/London       | weekly mon 09:00                      | 2026-03-02 09:00 | 2026-03-24 11:00 | 2026-03-23 09:00
Europe/London       | weekly mon,thu 08:15                  | 2026-03-23 08:15 | 2026-03-23 10:00 | 2026-03-26 08:15
Europe/London       | weekly mon,thu 08:15                  | 2026-03-26 08:15 | 2026-03-27 10:00 | 2026-03-30 07:15
Europe/London       | monthly 31 09:00                      | 2026-01-31 09:00 | 2026-02-01 09:00 | 2026-02-28 09:00
Europe/London       | monthly 31 09:00                      | 2026-02-28 09:00 | 2026-03-01 09:00 | 2026-03-31 08:00
Europe/London       | monthly 31 09:00                      | 2026-03-31 08:00 | 2026-04-01 08:00 | 2026-04-30 08:00
Europe/London       | monthly 31 09:00                      | 2028-01-31 09:00 | 2028-02-10 09:00 | 2028-02-29 09:00
Europe/London       | monthly 30 09:00                      | 2026-01-30 09:00 | 2026-01-30 10:00 | 2026-02-28 09:00
Europe/London       | monthly 29 09:00                      | 2026-02-28 09:00 | 2026-02-28 09:01 | 2026-03-29 08:00
Europe/London       | monthly 1 00:00                       | 2026-08-31 23:00 | 2026-09-14 23:00 | 2026-09-30 23:00
Europe/London       | monthly first mon 09:00               | 2026-02-02 09:00 | 2026-02-03 09:00 | 2026-03-02 09:00
Europe/London       | monthly last fri 17:00                | 2026-02-27 17:00 | 2026-03-01 09:00 | 2026-03-27 17:00
Europe/London       | monthly last fri 17:00                | 2026-03-27 17:00 | 2026-03-28 09:00 | 2026-04-24 16:00
Europe/London       | fortnightly mon 09:00 2026-03-02      | 2026-03-16 09:00 | 2026-03-20 09:00 | 2026-03-30 08:00
Europe/London       | fortnightly mon 09:00 2026-03-05      | 2026-03-16 09:00 | 2026-03-30 07:59 | 2026-03-30 08:00
America/New_York    | weekly mon 09:00                      | 2026-03-02 14:00 | 2026-03-07 17:00 | 2026-03-09 13:00
America/New_York    | weekly mon 09:00                      | 2026-10-26 13:00 | 2026-10-31 16:00 | 2026-11-02 14:00
America/New_York    | daily 02:30                           | 2026-03-07 07:30 | 2026-03-07 17:00 | 2026-03-08 07:30
America/New_York    | daily 02:30                           | 2026-03-08 07:30 | 2026-03-08 16:00 | 2026-03-09 06:30
America/New_York    | daily 01:30                           | 2026-10-31 05:30 | 2026-10-31 16:00 | 2026-11-01 05:30
America/New_York    | daily 01:30                           | 2026-11-01 05:30 | 2026-11-01 06:30 | 2026-11-02 06:30
America/New_York    | weekly sun 02:00                      | 2026-03-01 07:00 | 2026-03-03 17:00 | 2026-03-08 07:00
America/New_York    | monthly 31 23:59                      | 2026-11-01 03:59 | 2026-11-02 05:00 | 2026-12-01 04:59
America/New_York    | fortnightly fri 16:00 2026-02-27      | 2026-02-27 21:00 | 2026-03-06 23:00 | 2026-03-13 20:00
America/New_York    | daily 09:00                           | 2026-02-20 14:00 | 2026-03-09 12:00 | 2026-03-08 13:00
America/Los_Angeles | weekly mon 07:00                      | 2026-10-26 14:00 | 2026-10-26 15:00 | 2026-11-02 15:00
America/Los_Angeles | weekly mon 07:00                      | 2026-03-02 15:00 | 2026-03-02 16:00 | 2026-03-09 14:00
America/Los_Angeles | weekly sun 23:30                      | 2026-03-02 07:30 | 2026-03-02 16:00 | 2026-03-09 06:30
America/Los_Angeles | monthly last sun 10:00                | 2026-09-27 17:00 | 2026-10-01 15:00 | 2026-10-25 17:00
Australia/Sydney    | weekly mon 09:00                      | 2026-03-29 22:00 | 2026-04-03 01:00 | 2026-04-05 23:00
Australia/Sydney    | weekly mon 09:00                      | 2026-09-27 23:00 | 2026-10-01 02:00 | 2026-10-04 22:00
Australia/Sydney    | daily 02:30                           | 2026-10-02 16:30 | 2026-10-03 02:00 | 2026-10-03 16:30
Australia/Sydney    | daily 02:30                           | 2026-04-03 15:30 | 2026-04-04 01:00 | 2026-04-04 15:30
Australia/Sydney    | daily 02:30                           | 2026-04-04 15:30 | 2026-04-04 16:30 | 2026-04-05 16:30
Australia/Sydney    | monthly 31 08:00                      | 2026-03-30 21:00 | 2026-04-05 02:00 | 2026-04-29 22:00
Pacific/Auckland    | weekly mon 09:00                      | 2026-09-20 21:00 | 2026-09-25 00:00 | 2026-09-27 20:00
Pacific/Auckland    | weekly mon 09:00                      | 2026-03-29 20:00 | 2026-04-03 23:00 | 2026-04-05 21:00
Pacific/Auckland    | daily 02:15                           | 2026-09-25 14:15 | 2026-09-26 00:00 | 2026-09-26 14:15
Pacific/Auckland    | daily 02:15                           | 2026-04-03 13:15 | 2026-04-03 23:00 | 2026-04-04 13:15
Pacific/Auckland    | fortnightly mon 09:00 2026-09-21      | 2026-09-20 21:00 | 2026-09-27 21:00 | 2026-10-04 20:00
Asia/Kolkata        | weekly mon 09:00                      | 2026-03-23 03:30 | 2026-03-29 18:29 | 2026-03-30 03:30
Asia/Kolkata        | daily 00:00                           | 2026-10-24 18:30 | 2026-10-25 06:30 | 2026-10-25 18:30
Asia/Kolkata        | monthly 31 18:30                      | 2026-04-30 13:00 | 2026-04-30 18:30 | 2026-05-31 13:00
Asia/Kolkata        | weekly tue,fri 10:30                  | 2026-03-24 05:00 | 2026-03-24 05:01 | 2026-03-27 05:00
Asia/Kathmandu      | weekly mon 09:00                      | 2026-03-23 03:15 | 2026-03-24 06:15 | 2026-03-30 03:15
Asia/Kathmandu      | daily 05:45                           | 2026-01-31 00:00 | 2026-01-31 00:15 | 2026-02-01 00:00
Australia/Lord_Howe | daily 02:15                           | 2026-10-02 15:45 | 2026-10-03 01:30 | 2026-10-03 15:45
Australia/Lord_Howe | daily 01:45                           | 2026-04-03 14:45 | 2026-04-04 01:00 | 2026-04-04 14:45
Australia/Lord_Howe | weekly mon 09:00                      | 2026-09-27 22:30 | 2026-10-03 01:30 | 2026-10-04 22:00
Africa/Cairo        | daily 00:30                           | 2026-04-22 22:30 | 2026-04-23 10:00 | 2026-04-23 22:30
Africa/Cairo        | weekly sun 09:00                      | 2026-04-19 07:00 | 2026-04-20 10:00 | 2026-04-26 06:00
Africa/Cairo        | weekly sun 09:00                      | 2026-10-25 06:00 | 2026-10-26 09:00 | 2026-11-01 07:00
America/Sao_Paulo   | weekly mon 09:00                      | 2026-10-12 12:00 | 2026-10-17 15:00 | 2026-10-19 12:00
America/Sao_Paulo   | daily 00:00                           | 2026-10-17 03:00 | 2026-10-17 15:00 | 2026-10-18 03:00
Pacific/Apia        | daily 09:00                           | 2011-12-28 19:00 | 2011-12-29 20:00 | 2011-12-29 19:00
Pacific/Apia        | daily 09:00                           | 2011-12-29 19:00 | 2011-12-29 20:00 | 2011-12-30 19:00
America/New_York    | weekly mon 09:00                      | 2026-03-02 14:00 | 2026-03-30 14:00 | 2026-03-30 13:00
Australia/Sydney    | weekly mon 09:00                      | 2026-03-08 22:00 | 2026-04-07 00:00 | 2026-04-05 23:00
Asia/Kolkata        | monthly 31 09:00                      | 2025-11-30 03:30 | 2026-03-15 04:30 | 2026-02-28 03:30
Europe/London       | fortnightly mon 09:00 2026-03-02      | 2026-03-02 09:00 | 2026-04-20 09:00 | 2026-04-13 08:00
"""
ROWS = [[cell.strip() for cell in row.split("|")] for row in TABLE.strip().splitlines()]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _schedule(zone: str, text: str) -> Schedule:
    cadence, *rest = text.split()
    start = date.fromisoformat(rest.pop()) if cadence == "fortnightly" else None
    at = time.fromisoformat(rest.pop())
    if cadence == "monthly" and rest[0].isdigit():
        return Schedule("monthly", (), at, zone, day=int(rest[0]))
    if cadence == "monthly":
        return Schedule("monthly", (DAYS.index(rest[1]),), at, zone, nth={"first": 1, "last": LAST_IN_MONTH}[rest[0]])
    weekdays = tuple(DAYS.index(day) for day in rest[0].split(",")) if rest else ()
    return Schedule(cadence, weekdays, at, zone, anchor_date=start)  # type: ignore[arg-type]


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text != "-" else datetime(2026, 1, 1, tzinfo=UTC)


def test_the_table_is_broad_enough() -> None:
    """At least 60 cases over at least 8 zones."""
    assert len(ROWS) >= 60
    assert len({row[0] for row in ROWS}) >= 8


@pytest.mark.parametrize(
    ("zone", "schedule", "last", "now", "expected"), ROWS, ids=[f"{row[0]} {row[1]} at {row[3]}" for row in ROWS]
)
def test_the_next_digest_is_when_the_table_says(zone: str, schedule: str, last: str, now: str, expected: str) -> None:
    """Both changes of the clock, days left out, short months, weeks slept through."""
    if schedule.startswith("weekly") and last == "-":
        last = "2026-03-16 09:00"
    slot = next_due_slot(_schedule(zone, schedule), _utc(last), _utc(now))
    assert slot is not None
    assert slot.at == _utc(expected)


ZONES = [
    "Europe/London", "America/New_York", "Australia/Sydney", "Pacific/Auckland", "Asia/Kolkata", "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu", "Pacific/Chatham", "America/Havana", "Africa/Casablanca",
    "UTC",
]  # fmt: skip


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    cadence = draw(st.sampled_from([c for c in get_args(Cadence) if c != "on arrival"]))
    weekdays = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=7))))
    nth = draw(st.sampled_from([None, 1, 2, 3, 4, LAST_IN_MONTH])) if cadence == "monthly" else None
    day = draw(st.integers(1, 31)) if cadence == "monthly" and nth is None else None
    start = draw(st.dates(date(2000, 1, 1), date(2035, 1, 1))) if cadence == "fortnightly" else None
    return Schedule(
        cadence,
        weekdays,
        draw(st.times()).replace(second=0, microsecond=0),
        draw(st.sampled_from(ZONES)),
        day,
        nth,
        start,
    )


moments = st.datetimes(datetime(2005, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))


@given(schedules(), moments, st.timedeltas(timedelta(0), timedelta(days=90)))
def test_never_early_never_late_by_more_than_a_slot(schedule: Schedule, last: datetime, slept: timedelta) -> None:
    """What is due is not in the future and not before the last one, and no later slot has passed: after any sleep it is
    the latest.
    """
    now = last + slept
    slot = due_slot(schedule, last, now)
    if slot is None:
        following = next_slot(schedule, last)
        assert following is not None
        assert following.at > now
    else:
        assert last < slot.at <= now
        following = next_slot(schedule, slot.at)
        assert following is not None
        assert following.at > now


@given(schedules(), moments, st.lists(st.timedeltas(timedelta(0), timedelta(days=20)), max_size=25))
@settings(max_examples=60)
def test_never_twice_in_one_slot(schedule: Schedule, begin: datetime, naps: list[timedelta]) -> None:
    """However often and irregularly it is looked at, no day and no moment is due twice, and all of them are in
    order.
    """
    last, last_day, now, seen = begin, None, begin, []
    for nap in naps:
        now += nap
        slot = due_slot(schedule, last, now, last_day)
        if slot is not None:
            seen.append(slot)
            last, last_day = slot.at, slot.day
            assert due_slot(schedule, last, now, last_day) is None
    assert [slot.at for slot in seen] == sorted({slot.at for slot in seen})
    assert [slot.day for slot in seen] == sorted({slot.day for slot in seen})


@given(schedules(), moments)
def test_latest_and_next_are_neighbours(schedule: Schedule, now: datetime) -> None:
    """Between the latest slot and the next one there is none."""
    before, after = latest_slot(schedule, now), next_slot(schedule, now)
    assert before is not None
    assert after is not None
    assert before.at <= now < after.at
    found = next_slot(schedule, before.at)
    assert found is not None
    assert found.at == after.at


@given(schedules(), moments)
def test_a_slot_is_at_the_time_that_was_asked_for(schedule: Schedule, now: datetime) -> None:
    """On the zone's own clock, or as much later as the clock was put forward over it."""
    slot = next_slot(schedule, now)
    assert slot is not None
    local = slot.at.astimezone(ZoneInfo(schedule.zone))
    late = local.replace(tzinfo=None) - datetime.combine(slot.day, schedule.time_of_day)
    assert timedelta(0) <= late <= timedelta(hours=24)
    if late:  # in a gap: that time was on no clock there
        there = datetime.combine(slot.day, schedule.time_of_day, ZoneInfo(schedule.zone))
        assert there.astimezone(UTC).astimezone(ZoneInfo(schedule.zone)).replace(tzinfo=None) != datetime.combine(
            slot.day, schedule.time_of_day
        )


def test_a_zone_whose_rules_change_does_not_see_a_day_twice() -> None:
    """Posted on Monday by the old rules; by the new ones Monday's slot is an hour later, but it is still that
    Monday's.
    """
    schedule = Schedule(zone="Europe/London")
    posted_by_old_rules = datetime(2026, 3, 30, 7, tzinfo=UTC)
    now = datetime(2026, 3, 30, 8, 30, tzinfo=UTC)
    assert due_slot(schedule, posted_by_old_rules, now) is not None
    assert due_slot(schedule, posted_by_old_rules, now, date(2026, 3, 30)) is None
    assert next_due_slot(schedule, posted_by_old_rules, now, date(2026, 3, 30)).day == date(2026, 4, 6)  # type: ignore[union-attr]


def test_waiting_for_arrivals_has_no_slots() -> None:
    """ "As soon as a version arrives" is never due by the clock."""
    assert due_slot(Schedule("on arrival"), datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)) is None
    assert (
        next_due_slot(Schedule("on arrival"), datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
        is None
    )


def test_a_zone_that_is_not_known_any_more_is_utc(caplog: pytest.LogCaptureFixture) -> None:
    """Its digests come at their hour by UTC, and the log says why."""
    slot = next_slot(Schedule("daily", time_of_day=time(9), zone="Mars/Gone"), datetime(2026, 1, 1, tzinfo=UTC))
    assert slot is not None
    assert slot.at == datetime(2026, 1, 1, 9, tzinfo=UTC)
    assert "Mars/Gone is not" in caplog.text


def test_a_zone_that_cannot_be_read_now_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It raises ValueError, so that nothing comes at a wrong hour, and the next look finds it."""

    def fail(name: str) -> ZoneInfo:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("bot.digests.timezones.ZoneInfo", fail)
    with pytest.raises(ValueError, match="Pacific/Wallis"):
        next_slot(Schedule(zone="Pacific/Wallis"), datetime(2026, 1, 1, tzinfo=UTC))
    monkeypatch.undo()
    assert next_slot(Schedule(zone="Pacific/Wallis"), datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": ()},
        {"weekdays": (7,)},
        {"cadence": "fortnightly"},
        {"cadence": "monthly"},
        {"cadence": "monthly", "day": 32},
        {"nth": 5},
    ],
)
def test_a_schedule_that_can_never_come_is_refused(wrong: dict[str, object]) -> None:
    """It raises ValueError when it is made, not when it is due."""
    with pytest.raises(ValueError, match=r"."):
        Schedule(**wrong)  # type: ignore[arg-type]
