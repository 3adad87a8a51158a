"""Versions and ranges of versions in a question: `v2.206`, `2.206..2.214`, `since 2.210`, `latest`, `last two
versions`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.catalog.models import Version

# "v2.9", but "2.5 days" is no version, nor are "£2.50" and "2.50 per user".
_NUMBER = (
    r"(?<![\w$£€])(?:v\s?(?=\d)|(?=[1-9]\d?\.\d{2}))(\d{1,2})\.(\d{1,4})(?:\.\d+)*(?!\.?\d)"
    r"(?!\s?(?:%|[ap]m\b|(?:days?|weeks?|hours?|hrs?|minutes?|mins?|per|each|dollars?|pounds?|euros?|percent)\b))"
)
_RANGE = re.compile(
    rf"(?:\b(?:between|from)\s+)?(?<![\w.]){_NUMBER}\s*(?:\.\.+|-|\bto\b|\band\b|\buntil\b|\bthrough\b|\bthru\b)\s*{_NUMBER}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|from)\b|\.\.|-|\bto\b|\buntil\b|\bthrough\b|\bthru\b", re.IGNORECASE)
_SINCE = re.compile(
    rf"\b(since|after|from|newer than|later than|before|until|up to|older than)\s+(?:version\s+|release\s+)?{_NUMBER}",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"(?<![\w.$]){_NUMBER}", re.IGNORECASE)
_WITH_V = re.compile(r"v\s?\d", re.IGNORECASE)
_MAJOR = re.compile(r"(?:(?<![\d.])|(?<=\.\.))(\d{1,2})\.(?=\d)")
_SHORT = re.compile(
    r"(?:\b(?:v|version|release|in|since|for)\s*|^)(2\d\d)\b(?!\s*(?:days?|hours?|tickets?|users?|clients?|%))",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "couple": 2, "few": 3}
_LAST = re.compile(
    r"\b(?:the\s+)?(?:last|latest|newest|most recent|past|current)\s+(?:([1-9]\d?|two|three|four|five|couple(?:\s+of)?|few)\s+)?"
    r"(?:halo\s+)?(versions?|releases?)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"^\s*(?:the\s+)?(?:latest|newest|most recent)\s*[?!.]*\s*$|\b(?:in|since) the (?:latest|newest)\b", re.IGNORECASE
)
_NO_VERSION = re.compile(
    r"(?!.*(?:\d|latest|newest|last|recent|past|current)).*", re.IGNORECASE | re.DOTALL
)  # nothing here can be a version


class VersionFilter(NamedTuple):
    """The versions a question is about: None for any, and what to say about how they were read."""

    versions: tuple[Version, ...] | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        return self.versions is not None


def extract_versions(text: str, known_versions: tuple[Version, ...]) -> tuple[VersionFilter, str]:
    """The versions in a text, given those that exist (oldest first), and the text without them."""
    if _NO_VERSION.match(text):
        return VersionFilter(), text
    if (match := _first_match(_RANGE, text, known_versions)) and _BETWEEN.search(match[0]):
        (one, said_of_one), (other, said_of_other) = (
            _resolve_version(match[1], match[2], known_versions),
            _resolve_version(match[3], match[4], known_versions),
        )
        low, high = sorted((one, other))
        return _version_filter(
            tuple(v for v in known_versions if low <= v <= high), said_of_one + said_of_other, f"{low} to {high}"
        ), _without_match(text, match)
    if match := _first_match(_SINCE, text, known_versions):
        version, notes = _resolve_version(match[2], match[3], known_versions)
        word = match[1].lower()
        newer = word in ("since", "from", "after", "newer than", "later than")
        including = word in ("since", "from", "until", "up to")
        found = tuple(
            v for v in known_versions if (v > version if newer else v < version) or (including and v == version)
        )
        return _version_filter(found, notes, f"{word} {version}"), _without_match(text, match)
    if match := _LAST.search(text):
        number = (match[1] or "").split()
        count = (
            _COUNTS.get(number[0].lower(), 0) or int(number[0])
            if number
            else 1
            if not match[2].lower().endswith("s")
            else 2
        )
        return VersionFilter(known_versions[-count:]), _without_match(text, match)
    if match := _LATEST.search(text):
        return VersionFilter(known_versions[-1:]), _without_match(text, match)
    found_ones: list[Version] = []
    how_read: tuple[str, ...] = ()
    rest = text
    while match := _first_match(_SINGLE, rest, known_versions):
        version, said = _resolve_version(match[1], match[2], known_versions)
        found_ones.append(version)
        how_read += said
        rest = _without_match(rest, match)
    if found_ones:
        here = tuple(sorted({v for v in found_ones if v in known_versions}))
        return _version_filter(here, tuple(dict.fromkeys(how_read)), " and ".join(map(str, found_ones))), rest
    match = _SHORT.search(text)
    if match and (short := next((v for v in known_versions if v.minor == int(match[1])), None)):
        return VersionFilter((short,)), _without_match(text, match)
    return VersionFilter(), text


def combine_filters(filters: Sequence[VersionFilter]) -> VersionFilter:
    """What several parts of a question ask for, taken as one: any of their versions."""
    given = [part for part in filters if part.is_set]
    notes = tuple(note for part in filters for note in part.notes)
    return VersionFilter(tuple(sorted({v for part in given for v in part.versions or ()})) if given else None, notes)


def _first_match(pattern: re.Pattern[str], text: str, known: tuple[Version, ...]) -> re.Match[str] | None:
    """The first match whose numbers can be versions: written with a v, or of a series that exists ("from 9.00 to 17.30"
    is not).
    """
    series = {version.major for version in known}

    def believed(match: re.Match[str]) -> bool:
        return (
            not series
            or bool(_WITH_V.search(match[0]))
            or all(int(major) in series for major in _MAJOR.findall(match[0]))
        )

    return next(filter(believed, pattern.finditer(text)), None)


def _without_match(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _version_filter(found: tuple[Version, ...], notes: tuple[str, ...], asked: str) -> VersionFilter:
    return VersionFilter(found, notes if found else (*notes, f"I know nothing of {asked}."))


def _resolve_version(major: str, minor: str, known: tuple[Version, ...]) -> tuple[Version, tuple[str, ...]]:
    """A version as written, or the known one whose trailing zero was lost (posts write v2.21 for v2.210)."""
    version = Version(int(major), int(minor))
    restored = Version(version.major, version.minor * 10)
    if version not in known and restored in known:
        return restored, (f"{version} read as {restored}.",)
    return version, ()
