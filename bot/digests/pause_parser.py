"""Parses until when a digest is to wait: "for 2 weeks", "until 5 January", "next week". Pure.

A pause ends as a day begins, on the clock of the digest's zone.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.digests.schedule_parser import DAY_NAMES
from bot.storage.models import Slot

SKIP_NEXT = "skip the next one"
UNTIL_WHEN = "Until when? For example `pause for 2 weeks` or `pause until 5 January`."
TOO_LONG = "That is over a year. Remove the digest instead, or name an earlier day."
IS_PAST = "That day is over. Until when?"
NOTHING_TO_SKIP = "It comes as soon as something arrives, so there is no next one to skip. Until when should it wait?"
LATER = (
    "I cannot end or pause it on a later day: say `stop the digest` on that day. Or until when should it wait from now "
    "on? For example `pause until 5 January`."
)
MAX_DAYS = 366

_SKIPPED = re.compile(
    r"skip (?:the )?(?:next|coming|this|following)(?: (?P<count>\d{1,2}|[a-z]+))?(?: (?:one|time|digest)s?)?"
)
_LATER = re.compile(r"(?:after|from|starting|beginning|as of|once|when|in|on|at the (?:end|start|beginning) of) .+")
_OPEN = re.compile(r"(?:indefinitely|until further notice|for now|for the (?:moment|time being))?")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "the next": 1, "next": 1, "two": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "ten": 10,
}  # fmt: skip
_LENGTH = re.compile(
    r"(?:for |over |during )?(?:the (?:next |coming )?)?"
    r"(?P<number>\d{1,3}|a couple of|a|an|one|two|three|four|five|six|ten)? ?"
    r"(?:whole )?(?P<unit>day|week|fortnight|month|year)s?"
)
_CALENDAR = re.compile(
    r"(?:for |over |during )?(?:the )?(?:rest of (?:the )?)?(?P<which>this|next|coming)? ?(?P<unit>week|month)"
)
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>\d{{4}}))?"
    rf"|{_MONTH.replace('month', 'month2')} (?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year2>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d\d-\d\d)|(?:the )?(?P<day3>\d{1,2})(?:st|nd|rd|th)"
)
_WEEKDAY = re.compile(r"(?:(?P<next>next) )?(?P<name>mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_END_OF_MONTH = re.compile(rf"(?:the )?end of (?:(?:the|this) month|{_MONTH})")
_WHOLE_MONTH = re.compile(rf"(?:for |in |over |during )?(?:the )?(?:rest of |whole of |all of )?{_MONTH}")
_HOLIDAYS = {"christmas": (12, 25), "christmas eve": (12, 24), "new year": (1, 1), "the new year": (1, 1),
             "new year's day": (1, 1), "new years": (1, 1)}  # fmt: skip


class PauseEnd(NamedTuple):
    """When a pause ends, or what has to be asked first. Neither: it has no end."""

    at: datetime | None = None
    question: str = ""


def parse_pause_end(text: str, now: datetime, zone: str, next_slot: Slot | None) -> PauseEnd:
    """Until when a digest in this zone waits. `next_slot` is when its next one comes, or the last one that it skips."""
    said = re.sub(r"\s+", " ", text.strip(" .!?").lower().replace("’", "'"))[:100]
    said = re.sub(r"(?: please| pls| thanks| thank you|,)+$", "", said)
    if _OPEN.fullmatch(said):
        return PauseEnd()
    local = ZoneInfo(zone)
    today = now.astimezone(local).date()
    if _SKIPPED.fullmatch(said):
        if next_slot is None:
            return PauseEnd(question=NOTHING_TO_SKIP)
        day: date | None = next_slot.at.astimezone(local).date() + timedelta(days=1)
    else:
        try:
            day = _end_day(said, today)
        except (ValueError, OverflowError):
            day = None
    if day is None:
        return PauseEnd(question=LATER if _LATER.fullmatch(said) else UNTIL_WHEN)
    if day <= today:
        return PauseEnd(question=IS_PAST)
    if (day - today).days > MAX_DAYS:
        return PauseEnd(question=TOO_LONG)
    return PauseEnd(datetime.combine(day, time(0), local))


def slots_to_skip(text: str) -> int:
    """How many digests "skip the next two" leaves out; 0 where nothing is said of that."""
    match = _SKIPPED.fullmatch(text.strip(" .!?").lower())
    if match is None:
        return 0
    count = (match["count"] or "one").removeprefix("a ")
    return min(int(count) if count.isdecimal() else _NUMBERS.get(count, 2 if count.startswith("couple") else 1), 50)


def _end_day(said: str, today: date) -> date | None:
    """The first day that is not paused any more."""
    until = re.match(r"(?:until|till|til|up to|before|to) (?:the start of )?", said)
    through = re.match(r"(?:through|over|during) (?=.*\d|.*day)", said)
    if until:
        return _named_day(said[until.end() :], today)
    if through and not _LENGTH.fullmatch(said):
        day = _named_day(said[through.end() :], today)
        return day + timedelta(days=1) if day else None
    if match := _CALENDAR.fullmatch(said):
        return _after_calendar(match["which"] or "", match["unit"], today) if match["which"] or "rest" in said else None
    if match := _LENGTH.fullmatch(said):
        return _after(match["number"] or "", match["unit"], today)
    if match := _WHOLE_MONTH.fullmatch(said):
        return _after_month(_month_number(match["month"]), today)
    if match := re.fullmatch(r"next ([a-z]+)", said):
        day = _named_day(match[0], today)
        return day + timedelta(days=1) if day else None
    return None


def _named_day(said: str, today: date) -> date | None:
    if said in ("tomorrow", "tomorrow morning"):
        return today + timedelta(days=1)
    if said in ("next week", "the week after"):
        return today + timedelta(days=7 - today.weekday())
    if said == "next month":
        return _after_month(today.month, today)
    if said in _HOLIDAYS:
        return _next_date(*_HOLIDAYS[said], today)
    if match := _END_OF_MONTH.fullmatch(said):
        return _after_month(_month_number(match["month"]) if match["month"] else today.month, today)
    if match := _WEEKDAY.fullmatch(said):
        number = next(index for index, name in enumerate(DAY_NAMES) if name.startswith(match["name"]))
        days = (number - today.weekday() - 1) % 7 + 1
        return None if match["next"] and days < 3 else today + timedelta(days=days)
    if match := _DATE.fullmatch(said):
        return _date_of(match, today)
    if match := re.fullmatch(_MONTH, said):
        return _next_date(_month_number(match["month"]), 1, today)
    return None


def _date_of(match: re.Match[str], today: date) -> date | None:
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    if match["day3"]:
        day = int(match["day3"])
        month = today.month if day > today.day else today.month % 12 + 1
        return _next_date(month, day, today)
    day = int(match["day"] or match["day2"])
    month = _month_number(match["month"] or match["month2"])
    year = match["year"] or match["year2"]
    return date(int(year), month, day) if year else _next_date(month, day, today)


def _after(number: str, unit: str, today: date) -> date | None:
    count = int(number) if number.isdecimal() else _NUMBERS.get(number or "a", 1)
    if not count:
        return None
    match unit:
        case "day":
            return today + timedelta(days=count)
        case "week":
            return today + timedelta(weeks=count)
        case "fortnight":
            return today + timedelta(weeks=2 * count)
    months = count * (12 if unit == "year" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _after_calendar(which: str, unit: str, today: date) -> date:
    is_next = which in ("next", "coming")
    if unit == "week":
        return today + timedelta(days=7 - today.weekday() + 7 * is_next)
    first = _after_month(today.month, today)
    return _after_month(first.month, first) if is_next else first


def _after_month(month: int, today: date) -> date:
    """The first day after a month: of this one, or of the next that is called so."""
    year = today.year + (month < today.month)
    return date(year + month // 12, month % 12 + 1, 1)


def _next_date(month: int, day: int, today: date) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year > today else date(today.year + 1, month, day)


def _month_number(text: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(text[:3]))
