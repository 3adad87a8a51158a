"""Versions in a question: `v2.206`, `2.206..2.214`, `since 2.210`, `latest`, `last two versions`, `in 206`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.catalog.models import VERSION_PATTERN, Version

# "v2.9", but "2.5 days" is no version, nor are "£2.50" and "2.50 per user".
_UNITS = r"days?|weeks?|hours?|hrs?|minutes?|mins?|per|each|dollars?|pounds?|euros?|percent"
_NUMBER = (
    rf"(?<![\w$£€])(?:v\s?(?=\d)|(?=[1-9]\d?\.\d{{2}})){VERSION_PATTERN}(?:\.\d+)*(?!\.?\d)"
    rf"(?!\s?(?:%|[ap]m\b|(?:{_UNITS})\b))"
)
_BETWEEN = r"\.\.+|-|\bto\b|\buntil\b|\bthrough\b|\bthru\b"
_RANGE = re.compile(
    rf"(?:\b(?:between|from)\s+)?(?<![\w.]){_NUMBER}\s*(?:{_BETWEEN}|\band\b)\s*{_NUMBER}", re.IGNORECASE
)
_IS_RANGE = re.compile(rf"\b(?:between|from)\b|{_BETWEEN}", re.IGNORECASE)  # "2.206 and 2.214" are two versions
_OPEN_RANGE = re.compile(
    rf"\b(since|after|from|newer than|later than|before|until|up to|older than)\s+(?:version\s+|release\s+)?{_NUMBER}",
    re.IGNORECASE,
)
_UPWARDS = ("since", "from", "after", "newer than", "later than")
_INCLUSIVE = ("since", "from", "until", "up to")
_SINGLE = re.compile(rf"(?<![\w.$]){_NUMBER}", re.IGNORECASE)
_WITH_V = re.compile(r"v\s?\d", re.IGNORECASE)
_MAJOR = re.compile(r"(?:(?<![\d.])|(?<=\.\.))(\d{1,2})\.(?=\d)")
_MINOR_ALONE = re.compile(
    r"(?:\b(?:v|version|release|in|since|for)\s*|^)(2\d\d)\b(?!\s*(?:days?|hours?|tickets?|users?|clients?|%))",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "couple": 2, "few": 3}
_LAST = re.compile(
    r"\b(?:the\s+)?(?:last|latest|newest|most recent|past|current)\s+"
    r"(?:([1-9]\d?|two|three|four|five|couple(?:\s+of)?|few)\s+)?(?:halo\s+)?(versions?|releases?)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"^\s*(?:the\s+)?(?:latest|newest|most recent)\s*[?!.]*\s*$|\b(?:in|since) the (?:latest|newest)\b", re.IGNORECASE
)
_NO_VERSION = re.compile(r"(?!.*(?:\d|latest|newest|last|recent|past|current)).*", re.IGNORECASE | re.DOTALL)


class VersionFilter(NamedTuple):
    """The versions that a question is narrowed to: None for any; and what to tell the person about it."""

    versions: tuple[Version, ...] | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Whether the question names versions, known ones or not."""
        return self.versions is not None


def extract_versions(text: str, known_versions: tuple[Version, ...]) -> tuple[VersionFilter, str]:
    """The versions in a text, given those that exist (oldest first), and the text without them."""
    if _NO_VERSION.match(text):
        return VersionFilter(), text
    if (match := _first_match(_RANGE, text, known_versions)) and _IS_RANGE.search(match[0]):
        return _range(match, known_versions), _without_match(text, match)
    if match := _first_match(_OPEN_RANGE, text, known_versions):
        return _open_range(match, known_versions), _without_match(text, match)
    if match := _LAST.search(text):
        return VersionFilter(known_versions[-_count(match) :]), _without_match(text, match)
    if match := _LATEST.search(text):
        return VersionFilter(known_versions[-1:]), _without_match(text, match)
    named, rest = _extract_single_versions(text, known_versions)
    if named.is_set:
        return named, rest
    if match := _MINOR_ALONE.search(text):
        version = next((version for version in known_versions if version.minor == int(match[1])), None)
        if version:
            return VersionFilter((version,)), _without_match(text, match)
    return VersionFilter(), text


def combine_filters(filters: Sequence[VersionFilter]) -> VersionFilter:
    """What several parts of a question name, taken as one: any of their versions."""
    versions = [version for part in filters for version in part.versions or ()]
    notes = tuple(note for part in filters for note in part.notes)
    return VersionFilter(tuple(sorted(set(versions))) if any(part.is_set for part in filters) else None, notes)


def _range(match: re.Match[str], known_versions: tuple[Version, ...]) -> VersionFilter:
    one, notes_of_one = _resolve_version(match[1], match[2], known_versions)
    other, notes_of_other = _resolve_version(match[3], match[4], known_versions)
    low, high = sorted((one, other))
    versions = tuple(version for version in known_versions if low <= version <= high)
    return _version_filter(versions, notes_of_one + notes_of_other, f"{low} to {high}")


def _open_range(match: re.Match[str], known_versions: tuple[Version, ...]) -> VersionFilter:
    limit, notes = _resolve_version(match[2], match[3], known_versions)
    word = match[1].lower()
    versions = tuple(
        version
        for version in known_versions
        if (version > limit if word in _UPWARDS else version < limit) or (version == limit and word in _INCLUSIVE)
    )
    return _version_filter(versions, notes, f"{word} {limit}")


def _count(match: re.Match[str]) -> int:
    """How many versions "the last two versions" are; without a number, "versions" are two."""
    number = (match[1] or "").split()
    if number:
        return _COUNTS.get(number[0].lower(), 0) or int(number[0])
    return 2 if match[2].lower().endswith("s") else 1


def _extract_single_versions(text: str, known_versions: tuple[Version, ...]) -> tuple[VersionFilter, str]:
    named: list[Version] = []
    notes: tuple[str, ...] = ()
    while match := _first_match(_SINGLE, text, known_versions):
        version, how_read = _resolve_version(match[1], match[2], known_versions)
        named.append(version)
        notes += how_read
        text = _without_match(text, match)
    if not named:
        return VersionFilter(), text
    known = tuple(sorted({version for version in named if version in known_versions}))
    return _version_filter(known, tuple(dict.fromkeys(notes)), " and ".join(map(str, named))), text


def _first_match(pattern: re.Pattern[str], text: str, known_versions: tuple[Version, ...]) -> re.Match[str] | None:
    """The first match whose numbers may be versions: with a v, or of a series that exists ("from 9.00 to 17.30" is
    none).
    """
    series = {version.major for version in known_versions}
    for match in pattern.finditer(text):
        if not series or _WITH_V.search(match[0]) or all(int(major) in series for major in _MAJOR.findall(match[0])):
            return match
    return None


def _without_match(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _version_filter(versions: tuple[Version, ...], notes: tuple[str, ...], named: str) -> VersionFilter:
    return VersionFilter(versions, notes if versions else (*notes, f"I know nothing of {named}."))


def _resolve_version(major: str, minor: str, known_versions: tuple[Version, ...]) -> tuple[Version, tuple[str, ...]]:
    """A version as written, or the known one whose trailing zero was lost (posts write v2.21 for v2.210)."""
    version = Version.of(major, minor)
    restored = Version(version.major, version.minor * 10)
    if version not in known_versions and restored in known_versions:
        return restored, (f"{version} read as {restored}.",)
    return version, ()
