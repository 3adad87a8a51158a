"""Finds the time zone that a text names: IANA names, cities, countries with one zone, abbreviations and offsets."""

import logging
import re
from datetime import UTC, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from bot.text import fold_letters

log = logging.getLogger(__name__)

# Besides IANA's own names and cities.
ZONE_ALIASES = {
    "utc": "UTC", "zulu": "UTC", "gmt": "Etc/GMT", "uk": "Europe/London", "england": "Europe/London",
    "britain": "Europe/London",
    "united kingdom": "Europe/London", "scotland": "Europe/London", "wales": "Europe/London",
    "british": "Europe/London", "bst": "Europe/London",
    "manchester": "Europe/London", "birmingham": "Europe/London", "edinburgh": "Europe/London",
    "leeds": "Europe/London", "bristol": "Europe/London",
    "ireland": "Europe/Dublin", "cet": "Europe/Paris", "cest": "Europe/Paris", "eet": "Europe/Athens",
    "eest": "Europe/Athens",
    "germany": "Europe/Berlin", "france": "Europe/Paris", "spain": "Europe/Madrid", "netherlands": "Europe/Amsterdam",
    "holland": "Europe/Amsterdam",
    "sweden": "Europe/Stockholm", "norway": "Europe/Oslo", "denmark": "Europe/Copenhagen", "poland": "Europe/Warsaw",
    "italy": "Europe/Rome",
    "switzerland": "Europe/Zurich", "austria": "Europe/Vienna", "belgium": "Europe/Brussels",
    "portugal": "Europe/Lisbon", "munich": "Europe/Berlin",
    "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York", "eastern": "America/New_York",
    "nyc": "America/New_York",
    "boston": "America/New_York", "miami": "America/New_York", "washington": "America/New_York",
    "atlanta": "America/New_York", "ny": "America/New_York",
    "cst": "America/Chicago", "cdt": "America/Chicago", "ct": "America/Chicago", "dallas": "America/Chicago",
    "houston": "America/Chicago",
    "austin": "America/Chicago", "mst": "America/Denver", "mdt": "America/Denver", "mt": "America/Denver",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
    "la": "America/Los_Angeles", "sf": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles", "california": "America/Los_Angeles",
    "tampa": "America/New_York",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "acst": "Australia/Adelaide", "awst": "Australia/Perth",
    "canberra": "Australia/Sydney",
    "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland", "nz": "Pacific/Auckland", "new zealand": "Pacific/Auckland",
    "wellington": "Pacific/Auckland",
    "india": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "delhi": "Asia/Kolkata", "bangalore": "Asia/Kolkata",
    "sast": "Africa/Johannesburg",
    "south africa": "Africa/Johannesburg", "cape town": "Africa/Johannesburg", "durban": "Africa/Johannesburg",
    "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore", "jst": "Asia/Tokyo", "japan": "Asia/Tokyo", "uae": "Asia/Dubai",
    "israel": "Asia/Jerusalem",
}  # fmt: skip
# Names that are also ordinary words count only before "time".
ALIASES_BEFORE_TIME = {
    "eastern": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver",
    "pacific": "America/Los_Angeles", "british": "Europe/London",
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "la": "America/Los_Angeles",
}  # fmt: skip
AMBIGUOUS_NAMES = {
    "ist": "India, Ireland or Israel", "australia": "Sydney, Brisbane, Adelaide, Darwin or Perth",
    "us": "Eastern, Central, Mountain or Pacific",
    "usa": "Eastern, Central, Mountain or Pacific", "america": "Eastern, Central, Mountain or Pacific",
    "canada": "Toronto, Winnipeg, Edmonton or Vancouver",
    "brazil": "Sao Paulo, Manaus or Fortaleza", "bst/gmt": "London or GMT all year",
}  # fmt: skip
_NOT_CITIES = frozenset(
    (
        "center knox troll universal easter central pacific mountain eastern general wake male yap midway north south "
        "west east"
    ).split()
)
_REGIONS = frozenset("europe america asia africa australia pacific atlantic us etc".split())
_OFFSET = re.compile(r"\b(?:utc|gmt)\s?([+-])\s?(\d{1,2})(?:[:.]?(\d{2}))?\b")
# Where the clock has this offset all year. Those with daylight saving (-3:30, +10:30, +12:45) are asked about.
ZONES_OFF_THE_HOUR = {
    "+3:30": "Asia/Tehran", "+4:30": "Asia/Kabul", "+5:30": "Asia/Kolkata", "+5:45": "Asia/Kathmandu",
    "+6:30": "Asia/Yangon", "+8:45": "Australia/Eucla", "+9:30": "Australia/Darwin", "-9:30": "Pacific/Marquesas",
}  # fmt: skip
_PATH = re.compile(r"\b[a-z]+(?:/[a-z_+-]+){1,2}\b")
MAX_NAME_WORDS = 3
MAX_OFFSET_HOURS = 14


class UnclearZone(Exception):
    """`name` is no zone, or several; `str()` is the question to ask. An empty name: the text names several zones."""

    def __init__(self, name: str, question: str) -> None:
        super().__init__(question)
        self.name = name


@lru_cache(maxsize=1)
def _zones_and_cities() -> tuple[dict[str, str], dict[str, str]]:
    """IANA's names by their lower case, and by the city in them."""
    names = {name.lower(): name for name in available_timezones() if not name.startswith(("posix", "right"))}
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    cities = {
        name.rsplit("/", 1)[1].replace("_", " ").lower(): name
        for name in sorted(names.values(), reverse=True)
        if name.startswith(regions)
    }
    return names, {city: zone for city, zone in cities.items() if city not in _NOT_CITIES}


@lru_cache(maxsize=512)
def load_zone(name: str) -> tzinfo:
    """The zone with this name, which was known when it was stored; UTC where this machine no longer knows it: a digest
    at another hour is better than none. Raises ValueError where it cannot be read now.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        log.error("%s is not a time zone that this machine knows; digests in it come by UTC. Install tzdata.", name)
        return UTC
    except OSError as error:
        raise ValueError(f"the time zone {name!r} cannot be read ({error})") from error


def is_zone_name(name: str) -> bool:
    """Whether it is one of IANA's names, as Slack gives a person's zone."""
    return name.lower() in _zones_and_cities()[0]


def extract_zone(text: str) -> tuple[str, str | None, str]:
    """The text (lower case) without the zone that it names, the zone's IANA name or None, and a note about it or "".

    Raises UnclearZone when it names several zones, or something that looks like a zone and is none.
    """
    text, offsets, note = _extract_offsets(text)
    text, paths = _extract_paths(text)
    text, names = _extract_names(text)
    if "Etc/GMT" in names:
        note = "GMT all year; say “London” for UK time with its summer time"
    zones = [*offsets, *paths, *names]
    if len(set(zones)) > 1:
        raise UnclearZone("", f"In which time zone: {' or '.join(sorted(set(zones)))}?")
    return text, zones[0] if zones else None, note


def _extract_offsets(text: str) -> tuple[str, list[str], str]:
    zones, note = list[str](), ""
    for match in list(_OFFSET.finditer(text)):
        zones.append(_zone_of_offset(match))
        note = f"{match[0].upper()} all year, without daylight saving"
        text = text.replace(match[0], " , ")
    return text, zones, note


def _zone_of_offset(match: re.Match[str]) -> str:
    """`utc+2` is Etc/GMT-2 (the signs of Etc's zones are the other way round), `utc+5:30` a city's zone."""
    sign, hours, minutes = match[1], int(match[2]), match[3] or "00"
    if hours > MAX_OFFSET_HOURS:
        raise UnclearZone(match[0], f"There is no time zone {match[0].upper()}. Which city's time do you mean?")
    if minutes == "00":
        return f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
    if zone := ZONES_OFF_THE_HOUR.get(f"{sign}{hours}:{minutes}"):
        return zone
    raise UnclearZone(
        match[0], f"I know no time zone that is {match[0].upper()} all year. Which city's time do you mean?"
    )


def _extract_paths(text: str) -> tuple[str, list[str]]:
    """`europe/london`: IANA's own names."""
    zones = []
    for match in list(_PATH.finditer(text)):
        if zone := _zones_and_cities()[0].get(match[0]):
            zones.append(zone)
            text = text.replace(match[0], " , ")
        elif match[0].split("/")[0] in _REGIONS:
            raise UnclearZone(match[0], f"I know no time zone “{match[0]}”. Which city's time do you mean?")
    return text, zones


def _extract_names(text: str) -> tuple[str, list[str]]:
    """`new york`, `eastern time`: names of up to MAX_NAME_WORDS words, the longest first."""
    words, kept, zones = text.split(" "), list[str](), list[str]()
    index = 0
    while index < len(words):
        for length in range(min(MAX_NAME_WORDS, len(words) - index), 0, -1):
            end = index + length
            name = " ".join(words[index:end]).strip(",.;")
            is_before_time = end < len(words) and words[end].strip(",.") in ("time", "timezone", "tz")
            if zone := _zone_by_name(name, is_before_time):
                zones.append(zone)
                kept.append(",")
                index = end + is_before_time
                break
        else:
            kept.append(words[index])
            index += 1
    return " ".join(kept), zones


def _zone_by_name(name: str, is_before_time: bool) -> str | None:
    name = fold_letters(name)  # IANA writes Zurich and Sao Paulo
    if name in AMBIGUOUS_NAMES and (is_before_time or name == "ist"):
        raise UnclearZone(name, f"“{name.upper()}” is the time of {AMBIGUOUS_NAMES[name]}: which one?")
    if name in ALIASES_BEFORE_TIME:
        return ALIASES_BEFORE_TIME[name] if is_before_time or name in ("et", "ct", "pt") else None
    return ZONE_ALIASES.get(name) or _zones_and_cities()[1].get(name)
