"""Parses how people say when: cadences, weekdays, days of the month, times. Pure."""

import re
from dataclasses import dataclass, field
from datetime import time

from rapidfuzz.distance import OSA

from bot.storage.models import LAST_IN_MONTH, Cadence

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CADENCE_CHOICES = "I can do daily, weekly, every two weeks, monthly, or as soon as a version arrives. Which one?"
ONE_DAY_OF_MONTH = "On one day of the month, for example the 15th or the first Monday. Which one?"
ONE_TIME = (
    "A digest comes at one time on all of its days. At which? For another time on some of them, add another digest."
)
_DAY = r"(?:mon|tue(?:s)?|wed(?:s|nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?(?:s|'s)?"
_NTH = r"first|second|third|fourth|last|1st|2nd|3rd|4th"
_NTH_NUMBERS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": LAST_IN_MONTH,
}  # fmt: skip
_MONTH = r"(?:\s*,?\s*(?:of|in|each|every|a)?\s*(?:the|each|every|a)?\s*months?\b|\s+monthly\b)"

_UNSUPPORTED = re.compile(
    r"\b(?:hourly|every hour|each hour|every (?:few |\d+ )?(?:minutes?|hours?)|quarterly|every quarter"
    r"|yearly|annually|every year"
    r"|(?:twice|two times|three times|2x|3x|\d+ times) (?:a|per|every) (?:day|week|month|year)"
    r"|(?:twice|thrice) (?:daily|weekly|monthly)"
    r"|every (?:three|four|five|six|[3-9]|\d\d) (?:weeks?|months?)"
    r"|every (?:two|three|four|other|2|3|4|5|6) (?:days?|months?)|nightly|bimonthly)\b"
)
_ON_ARRIVAL = re.compile(
    r"\b(?:as soon as (?:(?:there's |there is )?(?:a |an |any |the )?(?:new )?"
    r"(?:version|release|change|update|one|it|they|something|anything)s?"
    r"(?: (?:is|are|gets?|has|have))?"
    r"(?: (?:out|arrives?|arrived|comes?|lands?|drops?|appears?|released|known|there|in|new))*|possible)"
    r"|(?:when|whenever|once|each time|every time) (?:(?:a|an|any|the|there's|there is) )*(?:new )?"
    r"(?:version|release|it|something|anything)s?"
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
_TIME = r"(?:\d{1,2}(?:[:.]\d\d)?(?:\s?[ap]\.?m\b)?|noon|half past \w+)"
# "mondays and fridays, but at 10 on fridays", "mondays at 9 but fridays at 10"
_OWN_TIME = re.compile(
    rf"\b(?:but|except|only|although|though)(?: then)? (?:only )?(?:(?:at |by )?{_TIME} (?:on |every |each )?{_DAY}\b"
    rf"|(?:on |every |each )?{_DAY} (?:at |by )?{_TIME})"
)
_RANGE = re.compile(rf"\b({_DAY})\s?(?:-|to|through|thru|until|till)\s?({_DAY})\b")
_WEEKDAYS = re.compile(
    r"\b(?:(?:every |each |on |all )?(?:weekdays?|working days?|work ?days?|business days?)|m\s?-\s?f)\b"
)
_ONE_WEEKDAY = re.compile(rf"\b(?:every |each |on )?{_DAY}(?=\b|\d)")
_WEEKENDS = re.compile(r"\b(?:(?:every |each |on |at |the )*weekends?)\b")
_CADENCES: tuple[tuple[Cadence, re.Pattern[str]], ...] = (
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

_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_NUMBER = rf"\d{{1,2}}|{'|'.join(_NUMBER_WORDS)}"
_PART = r"(?:\s(?:o['\s]?clock))?(?:\s(?:in the |at )(?P<part>morning|afternoon|evening|night))?"
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})\s?[:.h]\s?(?P<minute>\d{2})(?::\d\d)?\s?(?P<half>[ap]\.?m\b\.?)?"
    rf"(?:\s?(?:hrs|hours|h)\b)?{_PART}"
)
_HALF_DAY = re.compile(rf"\b(?P<hour>{_NUMBER})\s?(?P<half>[ap]\.?m\b\.?)")
_HOURS = re.compile(r"\b(?P<hour>[01]\d|2[0-4])(?P<minute>[0-9]\d)\b\s?(?:hrs|hours|h)?\b")
_SPOKEN = re.compile(
    rf"\b(?P<shift>half past|half|quarter past|quarter to) (?P<hour>{_NUMBER})(?:\s?(?P<half>[ap]\.?m\b))?"
    r"(?:\s(?:in the |at )(?P<part>morning|afternoon|evening))?"
)
_BARE_HOUR = re.compile(
    rf"(?:\b(?:at|by|around|about|@)\s?|@)(?P<hour>{_NUMBER})\b(?!\s?(?:weeks?|days?|months?)){_PART}"
    rf"|\b(?P<oclock>{_NUMBER})\s?o['\s]?clock\b(?:\s(?:in the |at )(?P<part2>morning|afternoon|evening|night))?"
    rf"|\b(?P<with>{_NUMBER}) (?:in the|at) (?P<part3>morning|afternoon|evening|night)|\b(?P<h>\d{{1,2}})h\b"
    r"|(?:(?<=, )|(?<=^))(?P<alone>\d{1,2})(?=\s*(?:,|$))"
)
_NAMED_TIMES = {
    "noon": time(12), "midday": time(12), "lunchtime": time(12), "lunch": time(12), "midnight": time(0),
    "end of day": time(17), "end of the day": time(17),
    "eod": time(17), "close of business": time(17), "cob": time(17), "first thing": time(9), "morning": time(9),
    "mornings": time(9), "afternoon": time(14),
    "afternoons": time(14), "evening": time(18), "evenings": time(18), "breakfast": time(8), "night": time(20),
    "nights": time(20),
}  # fmt: skip
_NAMED_TIME = re.compile(
    r"\b(?:(?:in the|at|by|every|each|around|first thing in the) )?(end of (?:the )?day|eod|close of business|cob"
    r"|noon|midday|midnight|lunchtime|lunch|first thing|mornings?|afternoons?|evenings?|nights?|breakfast)\b"
)
_PART_OF_DAY = re.compile(r"\b(morning|afternoon|evening|night)s?\b")
_NINE_ISH = re.compile(r"\b(?:around |about |at )?(\d{1,2})\s?-?ish\b")
# Words that say when, but not exactly. "late fees" says nothing of the kind: a name follows.
_VAGUE_TIME = re.compile(
    r"\b(?:very |quite |nice and )?(?:early|late)\b(?=\s*(?:,|$)|\s+(?:on|in|at|every|each)\b)"
    r"|\b(?:before|after) (?:work|lunch|breakfast|dinner|noon|hours|\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b)?)"
    r"|\b(?:at )?(?:the )?(?:crack of )?dawn\b|\b(?:sometime|some time)\b"
)
_VAGUE_DAY = re.compile(
    r"\b(?:(?:at|by|in) )?(?:the )?(?:end|start|beginning|middle) of (?:the|each|every) (?:working )?week\b"
    r"|\bmid-?week\b|\btonight\b|\btomorrow\b"
)


@dataclass
class ParsedSchedule:
    """What a text says about when. `clarifications` are questions that have to be answered first."""

    cadences: list[Cadence] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)  # Monday is 0
    day: int | None = None  # of the month
    nth: int | None = None  # such weekday of the month, or LAST_IN_MONTH
    times: list[time] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # how words were understood where that isn't obvious
    clarifications: list[str] = field(default_factory=list)
    part_of_day: str = ""  # that is named anywhere: "friday night at 8"
    vague_time: str = ""  # "early"


def extract_schedule(text: str) -> tuple[str, ParsedSchedule]:
    """The text (lower case) without what it says about when, and what that is."""
    when = ParsedSchedule()
    own_time = _OWN_TIME.search(text)
    if own_time and re.search(rf"\b(?:{_DAY}|weekdays|daily|every ?day)\b", text[: own_time.start()]):
        when.clarifications.append(ONE_TIME)
    for extract in (_extract_cadence, _extract_days_of_month, _extract_weekdays, _extract_times):
        text = extract(text, when)
    return text, when


def _extract(pattern: re.Pattern[str], text: str) -> tuple[str, list[re.Match[str]]]:
    """The text with a comma in place of each match, and the matches."""
    return pattern.sub(" , ", text), list(pattern.finditer(text))


def _extract_cadence(text: str, when: ParsedSchedule) -> str:
    text, unsupported = _extract(_UNSUPPORTED, text)
    if unsupported:
        when.clarifications.append(f"I cannot do “{unsupported[0][0].strip()}”. {CADENCE_CHOICES}")
    text, on_arrival = _extract(_ON_ARRIVAL, text)
    when.cadences += ["on arrival"] if on_arrival else []
    text, fortnights = _extract(_FORTNIGHT, text)
    for match in fortnights:
        when.cadences.append("fortnightly")
        weekdays = [_weekday(day) for day in (match["day"], match["alternate"]) if day]
        if weekdays and re.search(rf"\b{_DAY}\b", match.string[: match.start()]):
            when.clarifications.append(
                "Some days every week and others every two weeks does not work in one digest. Which of the two?"
            )
        when.weekdays += weekdays
        if "bi" in match[0]:
            when.notes.append("biweekly as every two weeks")
    return text


def _extract_days_of_month(text: str, when: ParsedSchedule) -> str:
    text, nth_days = _extract(_NTH_DAY, text)
    when.clarifications += [ONE_DAY_OF_MONTH] if len(nth_days) > 1 else []
    for match in nth_days[:1]:
        when.cadences.append("monthly")
        when.nth, when.weekdays = _NTH_NUMBERS[match["nth"]], [_weekday(match["day"])]
    text, edges = _extract(_MONTH_EDGE, text)
    for match in edges[:1]:
        when.cadences.append("monthly")
        when.day = 1 if match["edge"] in ("beginning", "start", "first day", "first") else 31
    text, days = _extract(_DAY_OF_MONTH, _ON_THE_FIRST.sub(" on the 1st ", text))
    for match in days:
        day = int(match["day"] or match["bare"] or match["after"])
        when.cadences.append("monthly")
        if not 1 <= day <= 31 or (when.day is not None and when.day != day):
            when.clarifications.append("On which one day of the month, 1 to 31?")
        when.day = day
    when.clarifications += [ONE_DAY_OF_MONTH] if when.nth is not None and when.day is not None else []
    return text


def _extract_weekdays(text: str, when: ParsedSchedule) -> str:
    text, ranges = _extract(_RANGE, text)
    for match in ranges:
        first, last = _weekday(match[1]), _weekday(match[2])
        when.weekdays += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    text, weekdays = _extract(_WEEKDAYS, text)
    when.weekdays += [0, 1, 2, 3, 4] if weekdays else []
    text, weekends = _extract(_WEEKENDS, text)
    when.weekdays += [5, 6] if weekends else []
    text, days = _extract(_ONE_WEEKDAY, text)
    when.weekdays += [_weekday(match[0].split()[-1]) for match in days]
    for cadence, pattern in _CADENCES:
        text, found = _extract(pattern, text)
        when.cadences += [cadence] if found else []
    return _extract_misspelt_weekdays(text, when)


def _extract_misspelt_weekdays(text: str, when: ParsedSchedule) -> str:
    for word in re.findall(r"\b[a-z]{5,11}\b", text):
        max_distance = 1 + (len(word) > 6)
        near = [day for day in DAY_NAMES if 0 < OSA.distance(word.removesuffix("s"), day) <= max_distance]
        if near:
            when.weekdays.append(DAY_NAMES.index(near[0]))
            when.notes.append(f"“{word}” as {near[0].title()}")
            text = re.sub(rf"\b(?:every |on )?{word}\b", " , ", text)
    return text


def _weekday(text: str) -> int:
    return next(number for number, name in enumerate(DAY_NAMES) if name.startswith(text.strip()[:3]))


def _extract_vague(text: str, when: ParsedSchedule) -> str:
    """Words that have to be asked about, unless a day or a time is said as well."""
    text, days = _extract(_VAGUE_DAY, text)
    if days and not when.weekdays:
        when.clarifications.append(f"“{days[0][0].strip()}”: on which day, for example Friday?")
    text, times = _extract(_VAGUE_TIME, text)
    when.vague_time = times[0][0].strip() if times else ""
    return _NINE_ISH.sub(r" at \1 ", text)


def _extract_times(text: str, when: ParsedSchedule) -> str:
    text = _extract_vague(text, when)
    parts = sorted(set(_PART_OF_DAY.findall(text)))
    when.part_of_day = parts[0] if len(parts) == 1 else ""
    if len(parts) > 1:
        when.clarifications.append(f"At one time of day: {' or '.join(parts)}?")
    text = re.sub(r"\b(at|by|around|about) (?=\d{1,2}\s?(?:[:.h]\s?\d\d|[ap]\.?m))", "", text)
    for pattern in (_SPOKEN, _CLOCK, _HALF_DAY, _HOURS):
        text, matches = _extract(pattern, text)
        for match in matches:
            _add_clock_time(when, match)
    text, bare_hours = _extract(_BARE_HOUR, re.sub(r"\s*,[\s,]*", " , ", text).strip())
    for match in bare_hours:
        hour = match["hour"] or match["oclock"] or match["with"] or match["h"] or match["alone"]
        part = match["part"] or match["part2"] or match["part3"]
        _add_time(when, hour, 0, "", part, match["h"] is None, match[0].strip(" ,"))
    if when.vague_time and not when.times and not when.clarifications:
        when.clarifications.append(f"“{when.vague_time}”: at what time exactly, for example 7am or 18:00?")
    text, named = _extract(_NAMED_TIME, text)
    if named and not when.times and not when.clarifications:
        name = named[0][1]
        when.times.append(_NAMED_TIMES[name])
        if name not in ("noon", "midday", "midnight"):
            when.notes.append(f"“{name}” as {_NAMED_TIMES[name]:%H:%M}")
    return text


def _add_clock_time(when: ParsedSchedule, match: re.Match[str]) -> None:
    """Add `9:30 am`, `0930`, `9pm` or `half past nine`."""
    groups = match.groupdict()
    hour, minute, written = groups["hour"], int(groups.get("minute") or 0), match[0].strip()
    if shift := groups.get("shift"):
        minute = {"half past": 30, "half": 30, "quarter past": 15, "quarter to": 45}[shift]
        hour = str(_number(hour) - (shift == "quarter to"))
    is_24_hour = hour.startswith("0") or (len(written) == 4 and written.isdigit())
    half = (groups.get("half") or "").replace(".", "")
    _add_time(when, hour, minute, half, groups.get("part"), not is_24_hour, written)


def _add_time(
    when: ParsedSchedule, hour_text: str, minute: int, half: str, part: str | None, is_ambiguous: bool, written: str
) -> None:
    """Add a time, or a question. `half` is am, pm or empty, `part` the part of the day.

    Where `is_ambiguous`, nobody knows which half of the day is meant by 1 to 6.
    """
    hour = _number(hour_text)
    if is_ambiguous and not half and not part and 1 <= hour <= 12:
        part = when.part_of_day or None
    is_pm = half == "pm" or part in ("afternoon", "evening") or (part == "night" and hour >= 6)
    is_am = half == "am" or part == "morning" or (part == "night" and hour < 6)
    if minute > 59 or hour > 24 or (hour == 24 and minute) or ((half or part) and not 1 <= hour <= 12):
        when.clarifications.append(f"“{written}” is not a time of day. At what time, for example 9am or 14:30?")
    elif hour == 12 and not half and part in ("morning", "night"):
        when.clarifications.append(f"“{written}”: at noon or at midnight?")
    elif is_ambiguous and 1 <= hour <= 6 and not is_pm and not is_am:
        clock = f"{hour}:{minute:02}" if minute else str(hour)
        when.clarifications.append(f"“{written}”: in the morning or in the afternoon? Say {clock}am or {clock}pm.")
    else:
        hour = hour % 12 + 12 * is_pm if is_pm or is_am else hour % 24
        when.times.append(time(hour, minute))


def _number(text: str) -> int:
    return _NUMBER_WORDS.get(text) or int(text)
