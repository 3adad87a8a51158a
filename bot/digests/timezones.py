"""What people call time zones: IANA names, cities, countries with one zone, abbreviations, offsets. Pure but for the
zone names' list.
"""

import re
from functools import lru_cache
from zoneinfo import available_timezones

# Said on top of IANA's own names and cities.
CALLED = {
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
# Names that are also plain words: only with "time" after them.
ONLY_WITH_TIME = {
    "eastern": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver",
    "pacific": "America/Los_Angeles", "british": "Europe/London",
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "la": "America/Los_Angeles",
}  # fmt: skip
SEVERAL = {
    "ist": "India, Ireland or Israel", "australia": "Sydney, Brisbane, Adelaide, Darwin or Perth",
    "us": "Eastern, Central, Mountain or Pacific",
    "usa": "Eastern, Central, Mountain or Pacific", "america": "Eastern, Central, Mountain or Pacific",
    "canada": "Toronto, Winnipeg, Edmonton or Vancouver",
    "brazil": "Sao Paulo, Manaus or Fortaleza", "bst/gmt": "London or GMT all year",
}  # fmt: skip
_NOT_CITIES = {
    "center",
    "knox",
    "troll",
    "universal",
    "easter",
    "central",
    "pacific",
    "mountain",
    "eastern",
    "general",
    "wake",
    "male",
    "yap",
    "midway",
    "north",
    "south",
    "west",
    "east",
}
_OFFSET = re.compile(r"\b(?:utc|gmt)\s?([+-])\s?(\d{1,2})(?::?00)?\b")
_PATH = re.compile(r"\b[a-z]+(?:/[a-z_+-]+){1,2}\b")
LONGEST = 3  # words in a name


class UnclearZone(Exception):
    """`name` is no zone, or several; `str()` asks which."""

    def __init__(self, name: str, question: str) -> None:
        super().__init__(question)
        self.name = name


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, str], dict[str, str]]:
    """IANA's names in lower case, and their cities."""
    names = {name.lower(): name for name in available_timezones() if not name.startswith(("posix", "right"))}
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    cities = {
        name.rsplit("/", 1)[1].replace("_", " ").lower(): name
        for name in sorted(names.values(), reverse=True)
        if name.startswith(regions)
    }
    return names, {city: zone for city, zone in cities.items() if city not in _NOT_CITIES}


def is_zone_name(name: str) -> bool:
    """Whether it is one of IANA's names, as Slack gives a person's zone."""
    return name.lower() in _known()[0]


def extract_zone(text: str) -> tuple[str, str | None, str]:
    """The text (lower case) without the zone named in it, the zone's IANA name or None, and what has to be said about
    it.

    Raises UnclearZone when it names several, or something like a zone that is none.
    """
    found: list[str] = []
    note = ""
    for match in list(_OFFSET.finditer(text)):
        sign, hours = match[1], int(match[2])
        if hours > 14:
            raise UnclearZone(match[0], f"There is no time zone {match[0].upper()}. Which city's time do you mean?")
        found.append(
            f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
        )  # Etc's signs are the other way round
        note = f"{match[0].upper()} all year, without daylight saving"
        text = text.replace(match[0], " , ")
    for match in list(_PATH.finditer(text)):
        if match[0] in _known()[0]:
            found.append(_known()[0][match[0]])
            text = text.replace(match[0], " , ")
        elif match[0].split("/")[0] in (
            "europe",
            "america",
            "asia",
            "africa",
            "australia",
            "pacific",
            "atlantic",
            "us",
            "etc",
        ):
            raise UnclearZone(match[0], f"I know no time zone “{match[0]}”. Which city's time do you mean?")
    text, named = _take_names(text)
    found += named
    if "Etc/GMT" in named:
        note = "GMT all year; say “London” for UK time with its summer time"
    if len(set(found)) > 1:
        raise UnclearZone("", f"In which time zone: {' or '.join(sorted(set(found)))}?")
    return text, found[0] if found else None, note


def _take_names(text: str) -> tuple[str, list[str]]:
    words, kept, found = text.split(" "), list[str](), list[str]()
    place = 0
    while place < len(words):
        for length in range(min(LONGEST, len(words) - place), 0, -1):
            name = " ".join(words[place : place + length]).strip(",.;")
            timed = place + length < len(words) and words[place + length].strip(",.") in ("time", "timezone", "tz")
            zone = _zone_by_name(name, timed)
            if zone:
                found.append(zone)
                kept.append(",")
                place += length + timed
                break
        else:
            kept.append(words[place])
            place += 1
    return " ".join(kept), found


def _zone_by_name(name: str, timed: bool) -> str | None:
    if name in SEVERAL and (timed or name == "ist"):
        raise UnclearZone(name, f"“{name.upper()}” is the time of {SEVERAL[name]}: which one?")
    if name in ONLY_WITH_TIME:
        return ONLY_WITH_TIME[name] if timed or (len(name) == 2 and name in ("et", "ct", "pt")) else None
    return CALLED.get(name) or _known()[1].get(name)
