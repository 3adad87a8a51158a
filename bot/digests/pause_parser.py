"""Parses until when a digest is to wait: "for 2 weeks", "until 5 January", "next week". Pure.

A pause ends as a day begins, on the clock of the digest's zone.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.digests.formatting import format_date
from bot.digests.schedule_parser import DAY_NAMES
from bot.digests.timezones import load_zone
from bot.storage.models import Slot

UNTIL_WHEN = "Until when? For example `pause for 2 weeks` or `pause until 5 January`."
TOO_LONG = "That is over a year. Remove the digest instead, or name an earlier day."
IS_PAST = "That day is over. Until when?"
IS_EMPTY = "That ends before it begins. Until when?"
NOTHING_TO_SKIP = "It comes as soon as something arrives, so there is no next one to skip. Until when should it wait?"
SKIPS_ALREADY = "It is paused already, so it skips every one until somebody presses Resume. Until when should it wait?"
LATER = (
    "I cannot end or pause it on a later day, only now: say it again on that day. Or until when should it wait from "
    "now on? For example `pause until 5 January`."
)
NO_HOLIDAYS = (
    "I know nobody's holidays, so name the days, or say it when they come. Until when should it wait? For example "
    "`pause until 5 January`."
)
FROM_NOW_ONLY = (
    "I can pause it only from now on, and one may come before {0}. Say `pause until {1}` then; or say it now, if it "
    "may wait from today."
)
MAX_DAYS = 366

_SKIPPED = re.compile(
    r"skip (?:the )?(?:next|coming|this|following)(?: (?P<count>\d{1,2}|[a-z]+))?(?: (?:one|time|digest)s?)?"
)
_LATER = re.compile(r"(?:after|from|starting|beginning|as of|once|when|in|on|at the (?:end|start|beginning) of) .+")
_SOME_HOLIDAYS = re.compile(
    r"(?:on|over|during|at|for) (?:the |all )?(?:(?:bank|public|national|school|summer|winter|our) )?"
    r"(?:holidays?|vacations?|feast days)"
)
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
    r"(?:for |over |during |in )?(?:the )?(?P<rest>rest of (?:the )?)?(?P<which>this|next|coming)? ?"
    r"(?P<unit>week|month|year)"
)
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? (?P<year>\d{{4}}))?"
    rf"|{_MONTH.replace('month', 'month2')} (?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year2>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d\d-\d\d)|(?:the )?(?P<day3>\d{1,2})(?:st|nd|rd|th)"
)
_WEEKDAY = re.compile(r"(?:(?P<next>next) )?(?P<name>mon|tue|wed|thu|fri|sat|sun)[a-z]*")
_END_OF_MONTH = re.compile(rf"(?:the )?end of (?:(?:the|this) month|{_MONTH})")
_WHOLE_MONTH = re.compile(
    rf"(?:for |in |over |during )?(?:the )?(?:month of |rest of |whole of |all of )?{_MONTH}(?:,? (?P<year>\d{{4}}))?"
)
# "from 5 to 10 january", "between christmas and new year", "from monday for two weeks", "for two weeks from monday".
_FROM_TO = re.compile(
    r"(?:from )?(?P<first>(?!for |until |till |to ).{1,30}?) (?P<until>to|until|till|til|through|-) (?P<last>.{1,30})"
    r"|between (?P<first2>.{1,30}?) and (?P<last2>.{1,30})"
)
_FROM = r"(?:from|starting(?: on| from)?|beginning(?: on)?|as of|on|after)"
_FROM_FOR = re.compile(
    rf"{_FROM} (?P<first>.{{1,30}}?) (?P<length>(?:for|over) .{{1,30}})"
    rf"|(?P<length2>.{{1,30}}?) {_FROM} (?P<first2>.{{1,30}})"
)
_ONE_DAY = re.compile(
    r"(?:for |over |during )?(?P<day>(?:this |next )?[a-z]+day|today|tomorrow|tonight|[\w ]*\d[\w ]*)"
)
_HOLIDAYS = {"christmas": (12, 25), "christmas eve": (12, 24), "new year": (1, 1), "the new year": (1, 1),
             "new year's day": (1, 1), "new years": (1, 1)}  # fmt: skip


class PauseEnd(NamedTuple):
    """When a pause ends, or what has to be asked first. Neither: it has no end."""

    at: datetime | None = None
    question: str = ""


def parse_pause_end(text: str, now: datetime, zone: str, next_slot: Slot | None, is_paused: bool = False) -> PauseEnd:
    """Until when a digest in this zone waits. `next_slot` is when its next one comes, or the last one that it skips;
    None where it waits for arrivals, or `is_paused` without an end.
    """
    said = re.sub(r"\s+", " ", text.strip(" .!?").lower().replace("’", "'"))[:100]
    said = re.sub(r"(?: please| pls| thanks| thank you|,)+$", "", said)
    if _OPEN.fullmatch(said):
        return PauseEnd()
    local = load_zone(zone)
    today = now.astimezone(local).date()
    if _SKIPPED.fullmatch(said):
        if next_slot is None:
            return PauseEnd(question=SKIPS_ALREADY if is_paused else NOTHING_TO_SKIP)
        span = _Span(next_slot.at.astimezone(local).date() + timedelta(days=1))
    else:
        try:
            span = _span(said, today)
        except (ValueError, OverflowError):
            span = _Span()
    next_day = next_slot.at.astimezone(local).date() if next_slot else date.max if is_paused else today
    if question := _question(said, span, today, next_day):
        return PauseEnd(question=question)
    return PauseEnd(datetime.combine(span.end or today, time(0), local))


def _question(said: str, span: "_Span", today: date, next_day: date) -> str:
    """What has to be asked before a digest waits for these days; empty where they are clear. `next_day` is the first
    day on which one may come.
    """
    if span.end is None and _SOME_HOLIDAYS.fullmatch(said):
        return NO_HOLIDAYS
    if span.end is None:
        return LATER if _LATER.fullmatch(said) else UNTIL_WHEN
    if span.end <= today:
        return IS_PAST
    if (span.end - today).days > MAX_DAYS:
        return TOO_LONG
    if span.start and span.start >= span.end:
        return IS_EMPTY
    if span.start and next_day < span.start:
        return FROM_NOW_ONLY.format(format_date(span.start, today), format_date(span.end, today))
    return ""


def slots_to_skip(text: str) -> int:
    """How many digests "skip the next two" leaves out; 0 where nothing is said of that."""
    match = _SKIPPED.fullmatch(text.strip(" .!?").lower())
    if match is None:
        return 0
    count = (match["count"] or "one").removeprefix("a ")
    return min(int(count) if count.isdecimal() else _NUMBERS.get(count, 2 if count.startswith("couple") else 1), 99)


def until_resumed(when: str) -> str:
    """How a pause is said that ends when somebody wants to go on: "on monday" is "until monday", "in two weeks" "for
    two weeks".
    """
    said = when.strip().lower()
    if match := re.fullmatch(r"in (?P<length>.+)", said):
        return f"{'for' if _LENGTH.fullmatch(match['length']) else 'until'} {match['length']}"
    return "until " + re.sub(r"^(?:on|from|at|by|starting(?: on)?|until) ", "", said)


class _Span(NamedTuple):
    """The days that somebody names."""

    end: date | None = None  # the first day that is not paused any more
    start: date | None = None  # the first day that is paused, where that is not today


def _span(said: str, today: date) -> _Span:
    if until := re.match(r"(?:until|till|til|up to|before|to) (?:the start of )?", said):
        return _Span(_named_day(said[until.end() :], today))
    if match := re.match(r"through (?=.*\d|.*day)", said):
        return _Span(_next(_named_day(said[match.end() :], today)))
    if match := _CALENDAR.fullmatch(said):
        return _calendar_span(match["which"] or "", bool(match["rest"]), match["unit"], today)
    if match := _LENGTH.fullmatch(said):
        return _Span(_after(match["number"] or "", match["unit"], today))
    if match := _WHOLE_MONTH.fullmatch(said):
        return _month_span(_month_number(match["month"]), match["year"], today)
    if match := _FROM_FOR.fullmatch(said):
        return _span_from(match["first"] or match["first2"], match["length"] or match["length2"], today)
    if match := _FROM_TO.fullmatch(said):
        is_whole = match["until"] not in ("until", "till", "til")
        return _span_between(match["first"] or match["first2"], match["last"] or match["last2"], is_whole, today)
    if (match := _ONE_DAY.fullmatch(said)) and not said.startswith("on "):
        day = today if match["day"] in ("today", "tonight") else _named_day(match["day"].removeprefix("this "), today)
        return _Span(_next(day), day)
    return _Span()


def _calendar_span(which: str, is_rest: bool, unit: str, today: date) -> _Span:
    """ "this week", "next month", "the rest of the year"."""
    if not which and not is_rest:
        return _Span()
    is_next = which in ("next", "coming")
    if unit == "year":
        new_year = date(today.year + 1, 1, 1)
        return _Span(date(today.year + 2, 1, 1), new_year) if is_next else _Span(new_year)
    return _Span(_after_calendar(which, unit, today), _after_calendar("", unit, today) if is_next else None)


def _month_span(month: int, year: str | None, today: date) -> _Span:
    if year and int(year) != today.year + (month < today.month):
        start = date(int(year), month, 1)
        return _Span(_after_month(month, start), start)
    end = _after_month(month, today)
    return _Span(end) if month == today.month else _Span(end, date(today.year + (month < today.month), month, 1))


def _span_from(first: str, length: str, today: date) -> _Span:
    """ "from monday for two weeks"."""
    start = _named_day(first.removeprefix("on "), today)
    match = _LENGTH.fullmatch(length)
    if start is None or match is None:
        return _Span()
    return _Span(_after(match["number"] or "", match["unit"], start), start)


def _span_between(first: str, last: str, is_whole: bool, today: date) -> _Span:
    """ "from 5 to 10 january", "between christmas and new year", "from january until march". `is_whole`: the last day
    or month is one of those that are named.
    """
    if re.fullmatch(r"(?:the )?\d{1,2}(?:st|nd|rd|th)?", first) and (month := re.search(_MONTH_NAME, last)):
        first = f"{first} {month[0]}"
    is_month = bool(re.fullmatch(_MONTH, first))
    has_begun = first in ("now", "today") or (is_month and _month_number(first) == today.month)
    start = today if has_begun else _named_day(first, today)
    if start is None:
        return _Span()
    if is_whole and (month := re.fullmatch(_MONTH, last)):
        return _Span(_after_month(_month_number(month["month"]), start), None if has_begun else start)
    end = _named_day(last, start)
    return _Span(_next(end) if is_whole else end, None if has_begun else start)


def _next(day: date | None) -> date | None:
    return day + timedelta(days=1) if day else None


def _named_day(said: str, today: date) -> date | None:
    said = re.sub(r"^(?:on )?(?:the )?|(?: morning)?$", "", said)
    if said == "tomorrow":
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
    if said in ("next year", "end of the year", "end of this year", "end of year"):
        return date(today.year + 1, 1, 1)
    if match := re.fullmatch(rf"{_MONTH}(?:,? (?P<year>\d{{4}}))?", said):
        month, year = _month_number(match["month"]), match["year"]
        return date(int(year), month, 1) if year else _next_date(month, 1, today)
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
