"""How people say when: cadences, weekdays, days of the month, times. Each function takes its words out of a text.
Pure.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time

from rapidfuzz.distance import OSA

from bot.storage.models import LAST_IN_MONTH, Cadence

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CADENCE_CHOICES = "I can do daily, weekly, every two weeks, monthly, or as soon as a version arrives. Which one?"
ONE_DAY_OF_MONTH = "On one day of the month, for example the 15th or the first Monday. Which one?"
_DAY = r"(?:mon|tue(?:s)?|wed(?:s|nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?(?:s|'s)?"
_NTH = r"first|second|third|fourth|last|1st|2nd|3rd|4th"
_NTH_NUMBERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": LAST_IN_MONTH,
}
_MONTH = r"(?:\s*,?\s*(?:of|in|each|every|a)?\s*(?:the|each|every|a)?\s*months?\b|\s+monthly\b)"

_UNSUPPORTED = re.compile(
    r"\b(?:hourly|every hour|each hour|every (?:few |\d+ )?(?:minutes?|hours?)|quarterly|every quarter|yearly|annually|every year"
    r"|(?:twice|two times|three times|2x|3x|\d+ times) (?:a|per|every) (?:day|week|month|year)|(?:twice|thrice) (?:daily|weekly|monthly)"
    r"|every (?:three|four|five|six|[3-9]|\d\d) (?:weeks?|months?)|every (?:two|three|four|other|2|3|4|5|6) (?:days?|months?)|nightly|bimonthly)\b"
)
_ON_ARRIVAL = re.compile(
    r"\b(?:as soon as (?:(?:there's |there is )?(?:a |an |any |the )?(?:new )?(?:version|release|change|update|one|it|they|something|anything)s?"
    r"(?: (?:is|are|gets?|has|have))?(?: (?:out|arrives?|arrived|comes?|lands?|drops?|appears?|released|known|there|in|new))*|possible)"
    r"|(?:when|whenever|once|each time|every time) (?:(?:a|an|any|the|there's|there is) )*(?:new )?(?:version|release|it|something|anything)s?"
    r"(?: (?:is|gets|a|new))*(?: (?:out|arrives?|comes?|lands?|drops?|released|version|release))*"
    r"|on (?:arrival|release)|(?:for |on )?(?:every|each) (?:new )?(?:release|version)"
    r"|asap|immediately|instantly|straight away|right away|at once|live|real[- ]?time)\b"
)
_FORTNIGHT = re.compile(
    r"\b(?:every (?:two|2|other|second|2nd) weeks?|every (?:14|fourteen) days"
    r"|each (?:second|other) week|once every (?:two|2) weeks|every fortnight|fortnightly|bi-?weekly"
    rf"|(?:two|2)-?weekly|once a fortnight|a fortnight|alternate weeks"
    rf"|every (?:other|second|2nd) (?P<day>{_DAY})(?!{_MONTH})|alternate (?P<alternate>{_DAY}))\b"
)
_NTH_DAY = re.compile(rf"\b(?:on )?(?:the |every )?(?P<nth>{_NTH}) (?P<day>{_DAY})\b{_MONTH}?(?: month(?:ly)?)?")
_DAY_OF_MONTH = re.compile(
    rf"\b(?:on )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b(?:\s?day)?{_MONTH}?|\bday (?P<bare>\d{{1,2}})\b{_MONTH}?"
    rf"|\bmonthly (?:on )?(?P<after>\d{{1,2}})\b(?![:.h]|\s?[ap]\.?m)"
)
_MONTH_EDGE = re.compile(
    rf"\b(?:at )?(?:the )?(?P<edge>last day|end|beginning|start|first day|first){_MONTH}|\bmonth[- ]?end\b"
)
_ON_THE_FIRST = re.compile(r"\bon the first\b(?=\s*(?:,|$))")
_RANGE = re.compile(rf"\b({_DAY})\s?(?:-|to|through|thru|until|till)\s?({_DAY})\b")
_WEEKDAYS = re.compile(
    r"\b(?:(?:every |each |on |all )?(?:weekdays?|working days?|work ?days?|business days?)|m\s?-\s?f)\b"
)
_WEEKENDS = re.compile(r"\b(?:(?:every |each |on |at |the )*weekends?)\b")
_PLAIN: tuple[tuple[Cadence, re.Pattern[str]], ...] = (
    (
        "daily",
        re.compile(
            r"\b(?:daily|every ?day|each day|once a day|(?:every|each) (?=morning|afternoon|evening)|day by day)\b"
        ),
    ),
    ("weekly", re.compile(r"\b(?:weekly|every week|each week|once a week|once per week|per week|a week)\b")),
    (
        "monthly",
        re.compile(
            r"\b(?:monthly|every month|each month|once a month|once per month|per month|a month|of the month)\b"
        ),
    ),
)

_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_NUMBER = rf"\d{{1,2}}|{'|'.join(_WORDS)}"
_PART = r"(?:\s(?:o['\s]?clock))?(?:\s(?:in the |at )(?P<part>morning|afternoon|evening|night))?"
_CLOCK = re.compile(
    rf"\b(?P<hour>\d{{1,2}})\s?[:.h]\s?(?P<minute>\d{{2}})(?::\d\d)?\s?(?P<half>[ap]\.?m\b\.?)?(?:\s?(?:hrs|hours|h)\b)?{_PART}"
)
_HALF_DAY = re.compile(rf"\b(?P<hour>{_NUMBER})\s?(?P<half>[ap]\.?m\b\.?)")
_HOURS = re.compile(r"\b(?P<hour>[01]\d|2[0-4])(?P<minute>[0-9]\d)\b\s?(?:hrs|hours|h)?\b")
_SPOKEN = re.compile(
    rf"\b(?P<shift>half past|half|quarter past|quarter to) (?P<hour>{_NUMBER})(?:\s?(?P<half>[ap]\.?m\b))?"
    r"(?:\s(?:in the |at )(?P<part>morning|afternoon|evening))?"
)
_BARE = re.compile(
    rf"(?:\b(?:at|by|around|about|@)\s?|@)(?P<hour>{_NUMBER})\b(?!\s?(?:weeks?|days?|months?)){_PART}"
    rf"|\b(?P<oclock>{_NUMBER})\s?o['\s]?clock\b(?:\s(?:in the |at )(?P<part2>morning|afternoon|evening|night))?"
    rf"|\b(?P<with>{_NUMBER}) (?:in the|at) (?P<part3>morning|afternoon|evening|night)|\b(?P<h>\d{{1,2}})h\b"
    r"|(?:(?<=, )|(?<=^))(?P<alone>\d{1,2})(?=\s*(?:,|$))"
)
_NAMED = {
    "noon": time(12), "midday": time(12), "lunchtime": time(12), "lunch": time(12), "midnight": time(0),
    "end of day": time(17), "end of the day": time(17),
    "eod": time(17), "close of business": time(17), "cob": time(17), "first thing": time(9), "morning": time(9),
    "mornings": time(9), "afternoon": time(14),
    "afternoons": time(14), "evening": time(18), "evenings": time(18), "breakfast": time(8),
}  # fmt: skip
_NAMED_AT = re.compile(
    r"\b(?:(?:in the|at|by|every|each|around|first thing in the) )?(end of (?:the )?day|eod|close of business|cob|noon|midday|midnight|lunchtime|lunch"
    r"|first thing|mornings?|afternoons?|evenings?|breakfast)\b"
)


@dataclass
class ParsedSchedule:
    """What was found about when; `clarifications` are questions that have to be answered first."""

    cadences: list[Cadence] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    day: int | None = None
    nth: int | None = None
    times: list[time] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    clarifications: list[str] = field(default_factory=list)


def extract_schedule(text: str) -> tuple[str, ParsedSchedule]:
    """The text (lower case) without what it says about when, and what that was."""
    when = ParsedSchedule()
    for take in (_extract_cadence, _extract_days_of_month, _extract_weekdays, _extract_times):
        text = take(text, when)
    return text, when


def _taker(text: str) -> Callable[[re.Pattern[str]], tuple[str, list[re.Match[str]]]]:
    def take(pattern: re.Pattern[str]) -> tuple[str, list[re.Match[str]]]:
        return pattern.sub(" , ", text), list(pattern.finditer(text))

    return take


def _extract_cadence(text: str, when: ParsedSchedule) -> str:
    text, found = _taker(text)(_UNSUPPORTED)
    if found:
        when.clarifications.append(f"“{found[0][0].strip()}” is not a rhythm of mine. {CADENCE_CHOICES}")
    text, found = _taker(text)(_ON_ARRIVAL)
    when.cadences += ["on arrival"] if found else []
    text, found = _taker(text)(_FORTNIGHT)
    for match in found:
        when.cadences.append("fortnightly")
        own = [_weekday(day) for day in (match["day"], match["alternate"]) if day]
        if own and re.search(rf"\b{_DAY}\b", match.string[: match.start()]):
            when.clarifications.append(
                "Some days every week and others every two weeks does not work in one digest. Which of the two?"
            )
        when.weekdays += own
        if "bi" in match[0]:
            when.notes.append("biweekly as every two weeks")
    return text


def _extract_days_of_month(text: str, when: ParsedSchedule) -> str:
    text, found = _taker(text)(_NTH_DAY)
    when.clarifications += [ONE_DAY_OF_MONTH] if len(found) > 1 else []
    for match in found[:1]:
        when.cadences.append("monthly")
        when.nth, when.weekdays = _NTH_NUMBERS[match["nth"]], [_weekday(match["day"])]
    text, edges = _taker(text)(_MONTH_EDGE)
    for match in edges[:1]:
        when.cadences.append("monthly")
        when.day = 1 if match["edge"] in ("beginning", "start", "first day", "first") else 31
    text, days = _taker(_ON_THE_FIRST.sub(" on the 1st ", text))(_DAY_OF_MONTH)
    for match in days:
        day = int(match["day"] or match["bare"] or match["after"])
        when.cadences.append("monthly")
        if not 1 <= day <= 31 or (when.day is not None and when.day != day):
            when.clarifications.append("On which one day of the month, 1 to 31?")
        when.day = day
    when.clarifications += [ONE_DAY_OF_MONTH] if when.nth is not None and when.day is not None else []
    return text


def _extract_weekdays(text: str, when: ParsedSchedule) -> str:
    text, ranges = _taker(text)(_RANGE)
    for match in ranges:
        first, last = _weekday(match[1]), _weekday(match[2])
        when.weekdays += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    text, found = _taker(text)(_WEEKDAYS)
    when.weekdays += [0, 1, 2, 3, 4] if found else []
    text, found = _taker(text)(_WEEKENDS)
    when.weekdays += [5, 6] if found else []
    text, found = _taker(text)(re.compile(rf"\b(?:every |each |on )?{_DAY}(?=\b|\d)"))
    when.weekdays += [_weekday(match[0].split()[-1]) for match in found]
    for cadence, pattern in _PLAIN:
        text, found = _taker(text)(pattern)
        when.cadences += [cadence] if found else []
    for word in re.findall(r"\b[a-z]{5,11}\b", text):
        near = [day for day in DAY_NAMES if 0 < OSA.distance(word.removesuffix("s"), day) <= 1 + (len(word) > 6)]
        if near:
            when.weekdays.append(DAY_NAMES.index(near[0]))
            when.notes.append(f"“{word}” as {near[0].title()}")
            text = re.sub(rf"\b(?:every |on )?{word}\b", " , ", text)
    return text


def _weekday(text: str) -> int:
    return next(number for number, name in enumerate(DAY_NAMES) if name.startswith(text.strip()[:3]))


def _extract_times(text: str, when: ParsedSchedule) -> str:
    text = re.sub(r"\b(at|by|around|about) (?=\d{1,2}\s?(?:[:.h]\s?\d\d|[ap]\.?m))", "", text)
    for pattern in (_SPOKEN, _CLOCK, _HALF_DAY, _HOURS):
        text, found = _taker(text)(pattern)
        for match in found:
            _add_time(when, match)
    text, bare = _taker(re.sub(r"\s*,[\s,]*", " , ", text).strip())(_BARE)
    for match in bare:
        hour = match["hour"] or match["oclock"] or match["with"] or match["h"] or match["alone"]
        part = match["part"] or match["part2"] or match["part3"]
        _add(when, hour, 0, "", part, match["h"] is None, match[0].strip(" ,"))
    text, named = _taker(text)(_NAMED_AT)
    if not when.times and not when.clarifications:
        for match in named[:1]:
            when.times.append(_NAMED[match[1]])
            when.notes += (
                [f"“{match[1]}” as {_NAMED[match[1]]:%H:%M}"] if match[1] not in ("noon", "midday", "midnight") else []
            )
    return text


def _add_time(when: ParsedSchedule, match: re.Match[str]) -> None:
    parts = match.groupdict()
    minute = int(parts.get("minute") or 0)
    shift = parts.get("shift") or ""
    hour = parts["hour"]
    if shift:
        minute = {"half past": 30, "half": 30, "quarter past": 15, "quarter to": 45}[shift]
        hour = str(_number(hour) - (shift == "quarter to"))
    written_out = hour.startswith("0") or (len(match[0].strip()) == 4 and match[0].strip().isdigit())
    _add(
        when,
        hour,
        minute,
        (parts.get("half") or "").replace(".", ""),
        parts.get("part"),
        not written_out,
        match[0].strip(),
    )


def _add(
    when: ParsedSchedule, hour_text: str, minute: int, half: str, part: str | None, could_be_either: bool, said: str
) -> None:
    """Note a time, or ask: of 1 to 6 without am or pm nobody knows which half of the day is meant."""
    hour = _number(hour_text)
    late = half == "pm" or part in ("afternoon", "evening") or (part == "night" and hour >= 6)
    early = half == "am" or part == "morning" or (part == "night" and hour < 6)
    if minute > 59 or hour > 24 or (hour == 24 and minute) or ((half or part) and not 1 <= hour <= 12):
        when.clarifications.append(f"“{said}” is not a time of day. At what time, for example 9am or 14:30?")
    elif could_be_either and 1 <= hour <= 6 and not late and not early:
        clock = f"{hour}:{minute:02}" if minute else str(hour)
        when.clarifications.append(f"“{said}”: in the morning or in the afternoon? Say {clock}am or {clock}pm.")
    else:
        hour = hour % 12 + 12 * late if late or early else hour % 24
        when.times.append(time(hour, minute))


def _number(text: str) -> int:
    return _WORDS.get(text) or int(text)
