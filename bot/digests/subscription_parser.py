"""Parses what is typed after `/halo subscribe`: into a filter and a schedule, or questions to ask first. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.catalog.models import Version
from bot.digests.formatting import ordinal
from bot.digests.schedule_parser import CADENCE_CHOICES, ParsedSchedule, extract_schedule
from bot.digests.timezones import UnclearZone, extract_zone
from bot.search.filter_phrases import extract_filters
from bot.storage.models import Cadence, Schedule, SubscriptionFilter
from bot.text import STOP_WORDS, normalise, stems

AreaNames = Mapping[str, tuple[str, ...]]  # name -> what people call it
InCatalog = Callable[[list[str]], bool]  # whether some entry has all of these stems

MAX_TEXT = 500  # characters that are read
MIN_AREA_SIMILARITY = 0.8  # of a misspelt area's name, by OSA
MIN_MISSPELT_LENGTH = 4
NOTHING_UNDERSTOOD = (
    "What should it hold, and when? For example: `billing, integrations -jira mondays 9am london`, or "
    "`everything weekly`."
)
NOT_KNOWN = "is not an area, and no change has it."
NO_IMPACT = (
    "is what a change does, and a digest cannot be narrowed by that. Name areas or words, or say `only highlights`."
)
VERSIONS_ARE_KEPT = "I can leave out areas and words, not versions. Which?"
HIGHLIGHTS_ARE_KEPT = "Highlights are what matters most; I can leave out areas and words. Which?"

_CHANNEL = re.compile(r"<#([CGD][A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL_NAME = re.compile(r"(?<!\w)#([a-z][\w-]*)")
_QUOTED = re.compile(r'(?P<without>(?:-|without |except |not |no )\s?)?"(?P<words>[^"]{1,80})"')
_VERSION = r"(?:v(?:ersion)?\s?)?(\d\.\d{3})\b|\bv\s?(\d{1,2}\.\d{1,4})\b"
_FROM_VERSION = re.compile(
    r"\b(?:from|since|starting (?:with|from|at)|beginning with|as of|after)\s+(?:version\s+)?"
    rf"(?:{_VERSION})(?:\s+(?:on|onwards?|up))?"
)
_ONLY_VERSIONS = re.compile(rf"\b(?:only |just |versions? )?(?:{_VERSION})")
_HIGHLIGHTS = re.compile(
    r"\b(?:(?:only|just|the) )*(?:highlights?|highlighted|(?:most )?important(?: (?:ones|stuff|things|changes))?)"
    r"(?: (?:only|ones))?\b"
)
_NO_HIGHLIGHTS = re.compile(r"(?:(?<!\w)-\s?|\b(?:no|not|without|except) )(?:the )?highlights?\b")
_POST_WHEN_EMPTY = re.compile(
    r"\b(?:even (?:if|when) (?:it's |it is |there's |there is )?(?:nothing(?: is)?(?: new)?|empty|quiet)"
    r"|(?:and )?say (?:so )?(?:if|when) (?:there is |there's )?nothing(?: is)?(?: new)?)\b"
)
_EVERYTHING = re.compile(
    r"\b(?:everything|all(?: (?:areas|changes|of it|updates))?|anything|any area|whatever)\b(?: (?:else|new))?"
    r"(?P<about> (?:about|for|on|in|from|to do with|related to)\b)?"
)
# After one of these, everything up to the end or to `_BACK_IN` is left out.
_REST_WITHOUT = re.compile(
    r"(?<!\w)(?:(?:but )?nothing (?:about|on|for|from|in)"
    r"|without|except(?: for)?|excluding|exclude|excl\.?|but not|apart from|other than|minus|skip(?:ping)?"
    r"|ignor(?:e|ing)|leave out|no more)\s"
)
_BACK_IN = re.compile(r"\b(?:but include|including|include|plus)\b")
_ALL_BUT = re.compile(r"\b(?:everything|all|anything) but (?!not\b|no\b|nothing\b|includ)")
# "without v2.214", "everything except what is in version 2.214": before a version.
_NOT_OF = re.compile(
    r"(?:(?<!\w)-|\b(?:not?|nothing|drop|remove)\b)"
    r"(?:\s?\b(?:versions?|releases?|anything|stuff|changes|what|is|the|about|from|in|of|for)\b){0,6}\s*$"
)
_ONE_WITHOUT = re.compile(r"(?:(?<=\s)|(?<=^))(?:-\s?|not |no )(?=[a-z])")  # only the next item is left out
_OWN_TIME = re.compile(r"\b(?:my|our|local|your) (?:own )?time(?: ?zone)?\b")
_SEPARATOR = re.compile(r"\s*(?:[,;:+]|\band\b|\bor\b|\bplus\b|\bbut\b|/|\s&\s)\s*")
_FILLERS = frozenset(
    (
        "about for on to please digest digests me us this channel here updates update changes news stuff only the "
        "every each at in a an of with just post send subscribe subscription halo timezone tz my your our time by from "
        "it i i'd id want would like get give make set up anything things new relating related regarding concerning "
        "around as into weekly releases release version versions thanks topics topic areas area sharp exactly team "
        "people local then too also them we bot summary list hi hello hey can you could shall once when is are that "
        "which"
    ).split()
)


@dataclass(frozen=True)
class ParsedSubscription:
    """What was understood. While it has `clarifications`, it must not be stored: those are the questions to ask."""

    filter: SubscriptionFilter
    schedule: Schedule
    channel: str | None = None  # the id of another channel than the one it was typed in
    from_version: Version | None = None  # begin with what is known from this version on, not with the next arrival
    post_when_empty: bool = False  # post a line when there is nothing new, instead of nothing
    has_schedule: bool = False  # the text says when
    notes: tuple[str, ...] = ()  # how words were understood where that isn't obvious
    clarifications: tuple[str, ...] = ()
    says_everything: bool = False  # `everything`, of which nothing may be left out all the same


def parse_subscription(
    text: str, default: Schedule, areas: AreaNames, in_catalog: InCatalog, today: date, limit: int = MAX_TEXT
) -> ParsedSubscription:
    """Parse whatever a person types; never raises. Of a text longer than `limit`, its beginning is read.

    `default` is what the text doesn't say, with the person's own zone. `today` is the first week of a fortnightly
    schedule.
    """
    text, channel, clarifications = _extract_channel(normalise(text, limit=limit))
    reader = _FilterReader(areas, in_catalog)
    text = _QUOTED.sub(reader.add_quoted, text.lower())
    if _leaves_versions_out(text):
        clarifications.append(VERSIONS_ARE_KEPT)
    text, from_version, versions = _extract_versions(text)
    if _NO_HIGHLIGHTS.search(text):
        clarifications.append(HIGHLIGHTS_ARE_KEPT)
    highlights, post_when_empty = bool(_HIGHLIGHTS.search(text)), bool(_POST_WHEN_EMPTY.search(text))
    text = _POST_WHEN_EMPTY.sub(" , ", _HIGHLIGHTS.sub(" , ", text))
    text, zone, zone_note, zone_questions = _extract_zone(text)
    text, when = extract_schedule(text)
    schedule, schedule_questions = _build_schedule(when, zone or default.zone, default, today)
    everything = any(not match["about"] for match in _EVERYTHING.finditer(text))
    reader.read(text, everything)
    subscription_filter = reader.filter(highlights, versions)
    clarifications += [*zone_questions, *_contradictions(subscription_filter)]
    has_schedule = any((zone, when.cadences, when.weekdays, when.times))
    says_what = any((channel, from_version, post_when_empty, everything, subscription_filter != SubscriptionFilter()))
    if not (has_schedule or says_what or when.clarifications or clarifications or reader.clarifications):
        clarifications.append(NOTHING_UNDERSTOOD)
    clarifications += [*when.clarifications, *schedule_questions, *reader.clarifications]
    return ParsedSubscription(
        subscription_filter,
        schedule,
        channel,
        from_version,
        post_when_empty,
        has_schedule,
        notes=(*when.notes, *zone_note, *reader.notes),
        clarifications=tuple(dict.fromkeys(clarifications)),
        says_everything=everything,
    )


def _contradictions(subscription_filter: SubscriptionFilter) -> list[str]:
    areas = set(subscription_filter.areas) & set(subscription_filter.without_areas)
    words = set(subscription_filter.words) & set(subscription_filter.without_words)
    return [f"{min(areas | words)}: with or without it?"] if areas | words else []


def _extract_channel(text: str) -> tuple[str, str | None, list[str]]:
    """The text without its channel, the channel's id, and questions."""
    ids = _CHANNEL.findall(text)
    questions = ["One channel at a time: which one?"] if len(set(ids)) > 1 else []
    if not ids and (names := _CHANNEL_NAME.findall(text.lower())):
        questions.append(
            f"I cannot tell which channel #{names[0]} is. Choose it from Slack's list as you type, or use the command "
            "in it."
        )
        return text.replace("#", " , "), None, questions
    return _CHANNEL_NAME.sub(" ", _CHANNEL.sub(" ", text)), ids[0] if ids else None, questions


def _extract_versions(text: str) -> tuple[str, Version | None, list[Version]]:
    """The text without versions, the version to begin with, and the only versions that are wanted."""
    first = [Version.parse(match[1] or match[2]) for match in _FROM_VERSION.finditer(text)]
    text = _FROM_VERSION.sub(" , ", text)
    only = [Version.parse(match[1] or match[2]) for match in _ONLY_VERSIONS.finditer(text)]
    return _ONLY_VERSIONS.sub(" , ", text), min(first) if first else None, only


def _leaves_versions_out(text: str) -> bool:
    """Whether a version is named as what is not wanted."""
    text = _ALL_BUT.sub("everything except ", text)
    for match in _ONLY_VERSIONS.finditer(text):
        left_out = _REST_WITHOUT.split(f"{text[: match.start()]} ")[1:]
        is_left_out = bool(left_out) and not re.search(r"\b(?:only|just|from|since)\b", left_out[-1])
        is_left_out = is_left_out and not _BACK_IN.search(left_out[-1])
        if (is_left_out and not match[0].startswith(("only", "just"))) or _NOT_OF.search(text[: match.start()]):
            return True
    return False


def _extract_zone(text: str) -> tuple[str, str | None, list[str], list[str]]:
    """The text without its time zone, the zone's IANA name, notes about it, and questions."""
    try:
        rest, zone, note = extract_zone(_tidy(_OWN_TIME.sub(" , ", text)))
    except UnclearZone as question:
        return text.replace(question.name, " , ") if question.name else text, None, [], [str(question)]
    return rest, zone, [note] if note else [], []


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s*,[\s,]*", " , ", text)).strip()


# -- the schedule -----------------------------------------------------------------------------------------------------


def _build_schedule(when: ParsedSchedule, zone: str, default: Schedule, today: date) -> tuple[Schedule, list[str]]:
    """A schedule of what was found, and the questions that it leaves."""
    questions: list[str] = []
    cadences: set[Cadence] = set(when.cadences)
    weekdays, times = tuple(sorted(set(when.weekdays))), sorted(set(when.times))
    if len(cadences) > 1:
        questions.append(f"{' and '.join(sorted(cadences))} at once does not work. {CADENCE_CHOICES}")
    if len(times) > 1:
        questions.append(f"At one time of day: {' or '.join(f'{at:%H:%M}' for at in times)}?")
    at = when.times[0] if when.times else time(default.time_of_day.hour, default.time_of_day.minute)
    if not (when.cadences or weekdays):  # the days stay as they are
        return replace(default, time_of_day=at, zone=zone), questions
    is_fortnightly = default.cadence == "fortnightly"
    cadence = when.cadences[0] if when.cadences else "fortnightly" if is_fortnightly else "weekly"
    if cadence == "daily" and weekdays:
        questions.append("Daily, or only on the days you named?")
    if cadence == "monthly":
        if when.day and weekdays and when.nth is None:
            questions.append(f"A day of the week or the {ordinal(when.day)} of the month: which one?")
        return _monthly_schedule(when, weekdays, at, zone), questions
    anchor_date = (default.anchor_date or today) if cadence == "fortnightly" else None
    return Schedule(cadence, weekdays or default.weekdays or (0,), at, zone, anchor_date=anchor_date), questions


def _monthly_schedule(when: ParsedSchedule, weekdays: tuple[int, ...], at: time, zone: str) -> Schedule:
    if when.nth is not None:
        return Schedule("monthly", weekdays[:1], at, zone, nth=when.nth)
    if when.day is None and weekdays:
        when.notes.append("the first such day of each month")
        return Schedule("monthly", weekdays[:1], at, zone, nth=1)
    if when.day is None:
        when.notes.append("the 1st of each month")
    return Schedule("monthly", (), at, zone, day=min(max(when.day or 1, 1), 31))


# -- the filter -------------------------------------------------------------------------------------------------------


class _FilterReader:
    """Collects the areas and words that are wanted, and those that are not."""

    def __init__(self, areas: AreaNames, in_catalog: InCatalog) -> None:
        aliases = [(alias, name) for name, also in areas.items() for alias in (*also, name)]
        self._area_by_stems = {tuple(stems(alias)): name for alias, name in aliases if stems(alias)}
        self._area_by_alias = {alias.lower(): name for alias, name in aliases}
        # An area's name is one item, whatever joins its words: "Billing & invoicing".
        joined = (name for name in areas if "&" in name or " and " in name.lower())
        self._joined_names = sorted(joined, key=lambda name: -len(name))
        self._in_catalog = in_catalog
        self.areas: list[str] = []
        self.words: list[str] = []
        self.without_areas: list[str] = []
        self.without_words: list[str] = []
        self.notes: list[str] = []
        self.clarifications: list[str] = []

    def filter(self, highlights: bool, versions: list[Version]) -> SubscriptionFilter:
        """What was collected, each item once."""
        areas, words, without_areas, without_words = (
            tuple(dict.fromkeys(items)) for items in (self.areas, self.words, self.without_areas, self.without_words)
        )
        return SubscriptionFilter(areas, words, without_areas, without_words, highlights, tuple(sorted(set(versions))))

    def add_quoted(self, match: re.Match[str]) -> str:
        """Words in quotes are taken as they are, whether some entry has them or not. Returns what stands for them."""
        (self.without_words if match["without"] else self.words).append(match["words"].strip())
        return " , "

    def read(self, text: str, everything: bool) -> None:
        """Collect all items of a text (lower case) without schedule and zone. `everything`: it asks for everything."""
        text = _EVERYTHING.sub(" , ", _ALL_BUT.sub("everything except ", text))
        first, *rest = _REST_WITHOUT.split(text)
        self._read_list(first, without=False)
        for part in rest:
            left_out, *back_in = _BACK_IN.split(part)
            self._read_list(left_out, without=True)
            for piece in back_in:
                self._read_list(piece, without=False)
        if everything and (self.areas or self.words):
            self.clarifications.append("Everything, or only what you named?")

    def _read_list(self, text: str, without: bool) -> None:
        first, *left_out = _ONE_WITHOUT.split(self._extract_joined_names(text, without))
        self._read_items(first, without)
        for piece in left_out:
            items = _SEPARATOR.split(piece.strip())
            item, *following = (items[0] or " ").split(" ")
            if self._find_area(items[0]):
                item, following = items[0], []
            self._read_item(item, without=True)
            self._read_items(" , ".join([" ".join(following), *items[1:]]), without)

    def _extract_joined_names(self, text: str, without: bool) -> str:
        for name in self._joined_names:
            for spelling in (name.lower(), name.lower().replace("&", "and")):
                while (start := text.find(spelling)) >= 0:
                    before = text[:start].rstrip()
                    self._add_area(name, without or before.endswith("-"))
                    text = f"{before.removesuffix('-')} , {text[start + len(spelling) :]}"
        return text

    def _read_items(self, text: str, without: bool) -> None:
        for item in _SEPARATOR.split(text):
            self._read_item(item, without)

    def _read_item(self, item: str, without: bool) -> None:
        """One item: an area, several areas, words that some entry has, a misspelt area, or a question."""
        words = item.strip(" .!?:'").split()
        if area := self._find_area(" ".join(words)):
            self._add_area(area, without)
            return
        words = [word.strip(".!?:'()") for word in words if word not in _FILLERS]
        words = [word for word in words if any(map(str.isalnum, word)) and word not in STOP_WORDS]
        if not words:
            return
        if self._is_impact(" ".join(words)):
            self.clarifications.append(f"“{' '.join(words)}” {NO_IMPACT}")
            return
        phrase, areas = " ".join(words), [area for word in words if (area := self._find_area(word))]
        if area := self._find_area(phrase):
            self._add_area(area, without)
        elif len(words) > 1 and len(areas) == len(words):
            for area in areas:
                self._add_area(area, without)
        elif stems(phrase) and self._in_catalog(stems(phrase)):
            (self.without_words if without else self.words).append(phrase)
        else:
            self._add_misspelt_area(phrase, without)

    def _add_misspelt_area(self, phrase: str, without: bool) -> None:
        nearest = process.extractOne(
            phrase, list(self._area_by_alias), scorer=OSA.normalized_similarity, score_cutoff=MIN_AREA_SIMILARITY
        )
        if nearest and len(phrase) >= MIN_MISSPELT_LENGTH:
            area = self._area_by_alias[nearest[0]]
            self._add_area(area, without)
            self.notes.append(f"“{phrase}” as {area}")
        else:
            self.clarifications.append(
                f"“{phrase}” {NOT_KNOWN} Put it in quotes if you mean just that, or leave it out."
            )

    def _is_impact(self, phrase: str) -> bool:
        """Whether an item says what changes do to those who upgrade: "fixes", "breaking changes"."""
        found = extract_filters(f"{phrase} changes", has_versions=True)
        return bool(found.impacts) and not set(found.rest.split()) - {"changes"}

    def _find_area(self, text: str) -> str | None:
        return self._area_by_stems.get(tuple(stems(text)))

    def _add_area(self, area: str, without: bool) -> None:
        (self.without_areas if without else self.areas).append(area)
