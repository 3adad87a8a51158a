"""What someone types after `/halo subscribe`: text -> filter and schedule, or the questions that have to be answered
first. Pure.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.catalog.models import Version
from bot.digests.formatting import ordinal
from bot.digests.schedule_parser import CADENCE_CHOICES, ParsedSchedule, extract_schedule
from bot.digests.timezones import UnclearZone, extract_zone
from bot.storage.models import Cadence, Schedule, SubscriptionFilter
from bot.text import STOP_WORDS, normalise, stems

AreaNames = Mapping[str, tuple[str, ...]]  # name -> what people call it
InCatalog = Callable[[list[str]], bool]  # whether some entry has all of these stems

_CHANNEL = re.compile(r"<#([CGD][A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL_NAME = re.compile(r"(?<!\w)#([a-z][\w-]*)")
_QUOTED = re.compile(r'(?P<without>(?:-|without |except |not |no )\s?)?"(?P<words>[^"]{1,80})"')
_VERSION = r"(?:v(?:ersion)?\s?)?(\d\.\d{3})\b|\bv\s?(\d{1,2}\.\d{1,4})\b"
_FROM = re.compile(
    rf"\b(?:from|since|starting (?:with|from|at)|beginning with|as of|after)\s+(?:version\s+)?(?:{_VERSION})(?:\s+(?:on|onwards?|up))?"
)
_VERSIONS = re.compile(rf"\b(?:only |just |versions? )?(?:{_VERSION})")
_HIGHLIGHTS = re.compile(
    r"\b(?:(?:only|just|the) )*(?:highlights?|highlighted|(?:most )?important(?: (?:ones|stuff|things|changes))?)(?: (?:only|ones))?\b"
)
_NO_HIGHLIGHTS = re.compile(r"(?:(?<!\w)-\s?|\b(?:no|not|without|except) )(?:the )?highlights?\b")
_EVEN_EMPTY = re.compile(
    r"\b(?:even (?:if|when) (?:it's |it is |there's |there is )?(?:nothing(?: is)?(?: new)?|empty|quiet)"
    r"|(?:and )?say (?:so )?(?:if|when) (?:there is |there's )?nothing(?: is)?(?: new)?)\b"
)
_EVERYTHING = re.compile(
    r"\b(?:everything|all(?: (?:areas|changes|of it|updates))?|anything|any area|whatever)\b(?: (?:else|new))?"
    r"(?P<about> (?:about|for|on|in|from|to do with|related to)\b)?"
)
_REST_WITHOUT = re.compile(
    r"(?<!\w)(?:(?:but )?nothing (?:about|on|for|from|in)"
    r"|without|except(?: for)?|excluding|exclude|excl\.?|but not|apart from|other than|minus|skip(?:ping)?|ignor(?:e|ing)|leave out|no more)\s"
)
_ALL_BUT = re.compile(r"\b(?:everything|all|anything) but (?!not\b|no\b|nothing\b|includ)")
_ONE_WITHOUT = re.compile(r"(?:(?<=\s)|(?<=^))(?:-\s?|not |no )(?=[a-z])")
_BACK_IN = re.compile(r"\b(?:but include|including|include|plus)\b")
_OWN_TIME = re.compile(r"\b(?:my|our|local|your) (?:own )?time(?: ?zone)?\b")
_SPLIT = re.compile(r"\s*(?:[,;:+]|\band\b|\bor\b|\bplus\b|\bbut\b|/|\s&\s)\s*")
_FILLERS = frozenset(
    (
        "about for on to please digest digests me us this channel here updates update changes news stuff only the every each at in a an of with just post send "
        "subscribe subscription halo timezone tz my your our time by from it i i'd id want would like get give make set up anything things new relating "
        "related regarding concerning around as into weekly releases release version versions thanks topics topic areas area sharp exactly team people "
        "local then too also "
        "them we bot summary list hi hello hey can you could shall once when is are that which"
    ).split()
)
NOTHING_UNDERSTOOD = "What should it hold, and when? For example: `billing, integrations -jira mondays 9am london`, or `everything weekly`."


@dataclass(frozen=True)
class ParsedSubscription:
    """What was understood. With anything `clarifications`, nothing may be stored: those are the questions to ask."""

    filter: SubscriptionFilter
    schedule: Schedule
    channel: str | None = None  # another channel than the one it was typed in
    from_version: Version | None = None  # begin with what is known from this version on, not with the next arrival
    post_when_empty: bool = False  # a line when there is nothing new, instead of silence
    has_schedule: bool = False  # something was said of when it comes
    notes: tuple[str, ...] = ()  # how words were taken where that is not plain
    clarifications: tuple[str, ...] = ()


def parse_subscription(
    text: str, default: Schedule, areas: AreaNames, knows: InCatalog, today: date
) -> ParsedSubscription:
    """Anything a person types, however odd; never raises. What is not said is as in `default`, the zone being the
    person's own.
    """
    text = normalise(text, limit=500)
    text, channel, clarifications = _take_channel(text)
    text = text.lower()
    reader = _FilterReader(areas, knows)
    text = _QUOTED.sub(reader.quoted, text)
    text, from_version, versions = _take_versions(text)
    clarifications += (
        ["Highlights are what matters most; I can leave out areas and words. Which?"]
        if _NO_HIGHLIGHTS.search(text)
        else []
    )
    highlights, post_when_empty = bool(_HIGHLIGHTS.search(text)), bool(_EVEN_EMPTY.search(text))
    text = _EVEN_EMPTY.sub(" , ", _HIGHLIGHTS.sub(" , ", text))
    zone, zone_note = None, ""
    try:
        text, zone, zone_note = extract_zone(_tidy(_OWN_TIME.sub(" , ", text)))
    except UnclearZone as question:
        clarifications.append(str(question))
        text = text.replace(question.name, " , ") if question.name else text
    text, when = extract_schedule(text)
    schedule, schedule_asks = _schedule(when, zone or default.zone, default, today)
    everything = any(not match["about"] for match in _EVERYTHING.finditer(text))
    reader.read(text, everything)
    wanted = SubscriptionFilter(
        _unique(reader.areas),
        _unique(reader.words),
        _unique(reader.without_areas),
        _unique(reader.without_words),
        highlights,
        tuple(sorted(set(versions))),
    )
    both = set(wanted.areas) & set(wanted.without_areas) | set(wanted.words) & set(wanted.without_words)
    clarifications += [f"{sorted(both)[0]}: with or without it?"] if both else []
    said = (
        channel,
        from_version,
        zone,
        post_when_empty,
        everything,
        when.cadences,
        when.weekdays,
        when.times,
        when.clarifications,
        clarifications,
        reader.clarifications,
        wanted != SubscriptionFilter(),
    )
    clarifications += [] if any(said) else [NOTHING_UNDERSTOOD]
    clarifications += [*when.clarifications, *schedule_asks, *reader.clarifications]
    notes = (*when.notes, *([zone_note] if zone_note else []), *reader.notes)
    timed = any((zone, when.cadences, when.weekdays, when.times))
    return ParsedSubscription(
        wanted, schedule, channel, from_version, post_when_empty, timed, notes, tuple(dict.fromkeys(clarifications))
    )


def _unique(items: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s*,[\s,]*", " , ", text)).strip()


def _take_channel(text: str) -> tuple[str, str | None, list[str]]:
    found = _CHANNEL.findall(text)
    named = [name for name in _CHANNEL_NAME.findall(text.lower()) if not found]
    clarifications = ["One channel at a time: which one?"] if len(set(found)) > 1 else []
    clarifications += (
        [
            f"I cannot tell which channel #{named[0]} is. Choose it from Slack's list as you type, or use the command in it."
        ]
        if named
        else []
    )
    return (
        _CHANNEL_NAME.sub(" ", _CHANNEL.sub(" ", text)) if not named else text.replace("#", " , "),
        found[0] if found else None,
        clarifications,
    )


def _take_versions(text: str) -> tuple[str, Version | None, list[Version]]:
    begin = [Version.parse(match[1] or match[2]) for match in _FROM.finditer(text)]
    text = _FROM.sub(" , ", text)
    only = [Version.parse(match[1] or match[2]) for match in _VERSIONS.finditer(text)]
    return _VERSIONS.sub(" , ", text), min(begin) if begin else None, only


def _schedule(when: ParsedSchedule, zone: str, default: Schedule, today: date) -> tuple[Schedule, list[str]]:
    clarifications: list[str] = []
    cadences: set[Cadence] = set(when.cadences)
    weekdays = tuple(sorted(set(when.weekdays)))
    if len(cadences) > 1:
        clarifications.append(f"{' and '.join(sorted(cadences))} at once does not work. {CADENCE_CHOICES}")
    if len(set(when.times)) > 1:
        clarifications.append(f"At one time of day: {' or '.join(f'{at:%H:%M}' for at in sorted(set(when.times)))}?")
    cadence = next(iter(cadences)) if cadences else "weekly" if weekdays else default.cadence
    at = when.times[0] if when.times else time(default.time_of_day.hour, default.time_of_day.minute)
    if cadence == "daily" and weekdays:
        clarifications.append("Daily, or only on the days you named?")
    if cadence == "monthly":
        clarifications += (
            [f"A day of the week or the {ordinal(when.day)} of the month: which one?"]
            if when.day and weekdays and when.nth is None
            else []
        )
        return _monthly(when, weekdays, at, zone), clarifications
    start = today if cadence == "fortnightly" else None
    chosen = weekdays or default.weekdays or (0,)
    return Schedule(cadence, chosen, at, zone, anchor_date=start), clarifications


def _monthly(when: ParsedSchedule, weekdays: tuple[int, ...], at: time, zone: str) -> Schedule:
    if when.nth is not None:
        return Schedule("monthly", weekdays[:1], at, zone, nth=when.nth)
    if when.day is None and weekdays:
        when.notes.append("the first such day of each month")
        return Schedule("monthly", weekdays[:1], at, zone, nth=1)
    if when.day is None:
        when.notes.append("the 1st of each month")
    return Schedule("monthly", (), at, zone, day=min(max(when.day or 1, 1), 31))


class _FilterReader:
    """Collects what is wanted and what is not, item by item."""

    def __init__(self, areas: AreaNames, knows: InCatalog) -> None:
        self._areas = {
            tuple(stems(called)): name for name, also in areas.items() for called in (*also, name) if stems(called)
        }
        self._called = {called.lower(): name for name, also in areas.items() for called in (*also, name)}
        # An area's name is one item, whatever joins its words.
        self._names = sorted(
            (name.lower() for name in areas if "&" in name or " and " in name.lower()), key=len, reverse=True
        )
        self._full_names = {name.lower(): name for name in areas}
        self._knows = knows
        self.areas: list[str] = []
        self.words: list[str] = []
        self.without_areas: list[str] = []
        self.without_words: list[str] = []
        self.notes: list[str] = []
        self.clarifications: list[str] = []

    def quoted(self, match: re.Match[str]) -> str:
        """Words in quotes are taken as they are, known or not."""
        (self.without_words if match["without"] else self.words).append(match["words"].strip())
        return " , "

    def read(self, text: str, everything: bool) -> None:
        """All items of what is left of the text when schedule and zone are out of it."""
        text = _EVERYTHING.sub(" , ", _ALL_BUT.sub("everything except ", text))
        first, *rest = _REST_WITHOUT.split(text)
        self._list(first, False)
        for part in rest:
            without, *back = _BACK_IN.split(part)
            self._list(without, True)
            for piece in back:
                self._list(piece, False)
        if everything and (self.areas or self.words):
            self.clarifications.append("Everything, or only what you named?")

    def _list(self, text: str, without: bool) -> None:
        for name in self._names:
            for called in (name, name.replace("&", "and")):
                while (found := text.find(called)) >= 0:
                    self._put(self._full_names[name], without or text[:found].rstrip().endswith("-"))
                    text = text[:found].rstrip().removesuffix("-") + " , " + text[found + len(called) :]
        pieces = _ONE_WITHOUT.split(text)
        self._split(pieces[0], without)
        for piece in pieces[1:]:
            words = _SPLIT.split(piece.strip())
            one, *others = (words[0] or " ").split(" ")
            if self._area(words[0]):
                one, others = words[0], []
            self._item(one, True)
            self._split(" , ".join([" ".join(others), *words[1:]]), without)

    def _split(self, text: str, without: bool) -> None:
        for item in _SPLIT.split(text):
            self._item(item, without)

    def _area(self, text: str) -> str | None:
        return self._areas.get(tuple(stems(text)))

    def _put(self, area: str, without: bool) -> None:
        (self.without_areas if without else self.areas).append(area)

    def _item(self, item: str, without: bool) -> None:
        words = item.strip(" .!?:'").split()
        if area := self._area(" ".join(words)):
            self._put(area, without)
            return
        kept = [word.strip(".!?:'()") for word in words if word not in _FILLERS]
        kept = [word for word in kept if any(map(str.isalnum, word)) and word not in STOP_WORDS]
        if not kept:
            return
        phrase = " ".join(kept)
        if area := self._area(phrase):
            self._put(area, without)
        elif len(kept) > 1 and all(self._area(word) for word in kept):
            for word in kept:
                self._put(str(self._area(word)), without)
        elif stems(phrase) and self._knows(stems(phrase)):
            (self.without_words if without else self.words).append(phrase)
        else:
            self._guess(phrase, without)

    def _guess(self, phrase: str, without: bool) -> None:
        near = process.extractOne(phrase, list(self._called), scorer=OSA.normalized_similarity, score_cutoff=0.8)
        if near and len(phrase) >= 4:
            name = self._called[near[0]]
            self._put(name, without)
            self.notes.append(f"“{phrase}” as {name}")
        else:
            self.clarifications.append(
                f"“{phrase}” is no area, and no entry says so. Put it in quotes if you mean just that, or leave it out."
            )
