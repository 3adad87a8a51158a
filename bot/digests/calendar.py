"""When a digest is due, from its schedule and time zone alone. Pure: the clock is an argument.

A slot is a day on the zone's calendar with its moment. Where the clock is put forward over that time, the slot is as
much later as the clock jumped (02:30 for 01:30, as in RFC 5545). Where the clock is put back, it is the first of the
two moments.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from bot.digests.timezones import load_zone
from bot.storage.models import LAST_IN_MONTH, Schedule, Slot

MAX_DAYS_BETWEEN_SLOTS = 63  # of any schedule: two months, for a zone can skip a day, and a margin
DAY = timedelta(days=1)


def latest_slot(schedule: Schedule, until: datetime) -> Slot | None:
    """The last slot that is not after `until` (aware); None for a schedule that waits for arrivals.

    Raises ValueError where its zone cannot be read.
    """
    day = until.astimezone(load_zone(schedule.zone)).date() + DAY  # one more: a jump of the clock can cross midnight
    for _ in range(MAX_DAYS_BETWEEN_SLOTS):
        if _has_slot(schedule, day) and (slot := _slot_on(schedule, day)).at <= until:
            return slot
        day -= DAY
    return None


def next_slot(schedule: Schedule, after: datetime) -> Slot | None:
    """The first slot later than `after` (aware); None for a schedule that waits for arrivals.

    Raises ValueError where its zone cannot be read.
    """
    day = after.astimezone(load_zone(schedule.zone)).date() - DAY
    for _ in range(MAX_DAYS_BETWEEN_SLOTS):
        if _has_slot(schedule, day) and (slot := _slot_on(schedule, day)).at > after:
            return slot
        day += DAY
    return None


def due_slot(schedule: Schedule, last: datetime, now: datetime, last_day: date | None = None) -> Slot | None:
    """The slot to post for now, or None when nothing is due.

    `last` is when the schedule was set, or the moment of the slot that was posted last. `last_day` is that slot's day:
    when a zone's rules change, the same day is not due twice. However many slots were missed, only the latest is due.
    """
    slot = latest_slot(schedule, now)
    if slot is None or slot.at <= last or (last_day is not None and slot.day <= last_day):
        return None
    return slot


def next_due_slot(schedule: Schedule, last: datetime, now: datetime, last_day: date | None = None) -> Slot | None:
    """The slot of the next digest: the one that is due already, or the first one to come."""
    due = due_slot(schedule, last, now, last_day)
    if due is not None:
        return due
    slot = next_slot(schedule, max(last, now))
    while slot is not None and last_day is not None and slot.day <= last_day:
        slot = next_slot(schedule, slot.at)
    return slot


def _has_slot(schedule: Schedule, day: date) -> bool:
    match schedule.cadence:
        case "daily":
            return True
        case "weekly":
            return day.weekday() in schedule.weekdays
        case "fortnightly":
            return (
                day.weekday() in schedule.weekdays
                and schedule.anchor_date is not None
                and (_week_start(day) - _week_start(schedule.anchor_date)).days % 14 == 0
            )
        case "monthly":
            return _has_monthly_slot(schedule, day)
        case _:
            return False


def _has_monthly_slot(schedule: Schedule, day: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    if schedule.nth is None:
        return day.day == min(schedule.day or 1, length)
    if day.weekday() != schedule.weekdays[0]:
        return False
    return day.day + 7 > length if schedule.nth == LAST_IN_MONTH else (day.day - 1) // 7 + 1 == schedule.nth


def _week_start(day: date) -> date:
    return day - day.weekday() * DAY


def _slot_on(schedule: Schedule, day: date) -> Slot:
    # fold=0 is the first of two equal times, and in a gap the offset before it: both are what the module's docstring
    # promises.
    return Slot(day, datetime.combine(day, schedule.time_of_day, load_zone(schedule.zone)).astimezone(UTC))
