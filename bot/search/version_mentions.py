"""Version numbers in a text: `v2.206`, `2.206.1`, `206`; and the decimals that are none: prices, times, addresses."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.catalog.models import VERSION_PATTERN, Version
from bot.search.marked_pattern import LazyPattern

LEAD_WINDOW = 70  # characters before a version that may say how it is meant
MAX_BETWEEN = 40  # characters between two versions that belong together
_AMOUNT = (
    r"(?:\s?%|\s?[ap]m\b|\s?(?:days?|weeks?|months?|years?|hours?|hrs?|h|minutes?|mins?|each|dollars?|pounds?|euros?"
    r"|usd|gbp|eur|percent|per|an? (?:hour|day|month|year|user|agent|seat|device))\b)"
)
_THINGS = r"(?:\s(?:tickets?|users?|clients?|agents?|contacts?|devices?|assets?|seats?|machines?|people)\b)"
_DECIMAL = LazyPattern(
    rf"(?:(?<![\w.$£€#])|(?<=\.\.))(?P<v>v\s?)?{VERSION_PATTERN}(?P<build>(?:\.\d{{1,6}}){{0,4}})"
    rf"(?!\d|\.\d)(?P<unit>{_AMOUNT})?",
    re.IGNORECASE,
)
# "in 214", "v214"; a number alone only in a range, "206 to 214"
_MINOR = LazyPattern(
    r"(?:(?<![\w.,$£€#:/-])|(?<=\.\.)|(?<=\d-))"
    r"(?P<lead>v|(?:(?:version|release|in|since|for|from|before|after|until|up to|between"
    r"|(?:are|re|still|now) on)\s+)?)"
    rf"(?P<minor>[1-9]\d\d)(?![\w:/%]|[.,]\d)(?P<unit>{_AMOUNT}|{_THINGS})?",
    re.IGNORECASE,
)
_RANGE = (
    r"(?:\.\.+|-+|[-=]*(?:>|&gt;)|[\u2192\u21d2\u27a1\u27f6\u2794]\ufe0f?|:arrow_right:"
    r"|(?:up |on|right up )?to|until|till?|through|thru|vs\.?|versus|compared? (?:to|with)|against|differs? from"
    r"|(?:have |has )?that(?:'?s| is| was| are| were)?(?: not|n't)?(?: in)?)"
)
_NAMED = r"(?:(?:the\s+)?(?:halo\s+)?(?:version|release|ver|v)s?\.?\s+)?"
_RANGE_BETWEEN = LazyPattern(rf"\s*(?:and\s+|,\s*)?{_RANGE}\s*(?:and\s+including\s+)?{_NAMED}", re.IGNORECASE)
_LIST_BETWEEN = LazyPattern(rf"\s*(?:,\s*(?:and|or)?|and|or|&|\+|/|with|)\s*{_NAMED}", re.IGNORECASE)
_JOINS_TWO = LazyPattern(r"\bbetween\b|\bdiff|\bdelta\b|\bgap\b|\bcompar", re.IGNORECASE)


class VersionMention(NamedTuple):
    """A version that a text names."""

    version: Version
    start: int  # in the text
    end: int
    notes: tuple[str, ...] = ()  # how it was read, where it was not taken as written


class _Number(NamedTuple):
    """A number of a text that may be a version."""

    version: Version
    start: int
    end: int
    is_version: bool  # as far as the number itself tells
    needs_range: bool = False  # "206" is a version only together with another one


def find_mentions(text: str, known_versions: Sequence[Version]) -> list[VersionMention]:
    """The versions that a text names, in its order, whether or not they are known."""
    numbers = sorted((*_decimals(text, known_versions), *_minors(text, known_versions)), key=lambda n: n.start)
    joined = [is_range(text, *pair) for pair in pairwise(numbers)]
    found = []
    for n, number in enumerate(numbers):
        neighbours = [
            numbers[m] for m, link in ((n - 1, n - 1), (n + 1, n)) if 0 <= link < len(joined) and joined[link]
        ]
        # "9.00 to 17.30", "2.21 to 2.50": what stands in a range with something else is something else
        is_clear = bool(neighbours) or not number.needs_range
        if is_clear and number.is_version and all(other.is_version for other in neighbours):
            version, notes = resolve_version(number.version, known_versions)
            found.append(VersionMention(version, number.start, number.end, notes))
    return found


def is_range(text: str, one: _Number | VersionMention, other: _Number | VersionMention) -> bool:
    """Whether two neighbouring versions of a text are the ends of a range: an arrow, a dash, `to` or the like stands
    between them, or `and` after "between" or "compare".
    """
    if other.start - one.end > MAX_BETWEEN:
        return False
    if _RANGE_BETWEEN.fullmatch(text, one.end, other.start):
        return True
    lead = text[max(0, one.start - LEAD_WINDOW) : one.start]
    return bool(_LIST_BETWEEN.fullmatch(text, one.end, other.start) and _JOINS_TWO.search(lead))


def resolve_version(version: Version, known_versions: Sequence[Version]) -> tuple[Version, tuple[str, ...]]:
    """A version as written, or the one whose trailing zero was lost (posts write v2.21 for v2.210), and a note."""
    restored = Version(version.major, version.minor * 10)
    if version in known_versions or not known_versions:
        return version, ()
    if restored in known_versions or (version < known_versions[0] and _is_near(restored, known_versions)):
        return restored, (f"{version} read as {restored}.",)
    return version, ()


def _decimals(text: str, known_versions: Sequence[Version]) -> list[_Number]:
    numbers = []
    for match in _DECIMAL.finditer(text):
        parts, version = match["build"].split(".")[1:], Version.of(match[2], match[3])
        is_version = not any(len(part) == 4 for part in parts)  # of a date: 2.21.2024
        if not match["v"]:
            is_amount = bool(match["unit"]) or len(parts) > 1  # or an address: 2.206.10.5
            is_version = is_version and not is_amount and _may_be_version(match[2], match[3], known_versions)
        end = match.start("unit") if match["unit"] else match.end()
        numbers.append(_Number(version, match.start(), end, is_version))
    return numbers


def _may_be_version(major: str, minor: str, known_versions: Sequence[Version]) -> bool:
    """Whether a decimal without a v can be a version: "2.206", "2.300" and "2.21", but not "2.5", "2.50" or "9.00"."""
    if len(minor) < 2 or major.startswith("0") or minor.startswith("0"):
        return False
    if not known_versions:
        return True
    if int(major) not in {version.major for version in known_versions}:
        return False
    version = Version.of(major, minor)
    return (
        len(minor) == len(str(known_versions[-1].minor)) or version in known_versions
        or resolve_version(version, known_versions)[0] != version
    )  # fmt: skip


def _is_near(version: Version, known_versions: Sequence[Version]) -> bool:
    """Whether there may be such a version, though it is not known: v2.200 or v2.220, but not v2.500."""
    first, last = known_versions[0], known_versions[-1]
    return (first.major, first.minor - 20) <= version <= (last.major, last.minor + 50)


def _minors(text: str, known_versions: Sequence[Version]) -> list[_Number]:
    """Known versions by their minor number alone."""
    by_minor = {str(version.minor): version for version in known_versions}
    numbers = []
    for match in _MINOR.finditer(text):
        version = by_minor.get(match["minor"])
        if version:
            is_alone = not match["lead"] and match.start() > 0
            start = match.start("lead") if match["lead"] in ("v", "V") else match.start("minor")
            numbers.append(_Number(version, start, match.end("minor"), not match["unit"], needs_range=is_alone))
    return numbers
