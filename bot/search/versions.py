"""Versions in a question: `v2.206`, `2.206 -> 2.214`, `since 2.210`, `we're on 2.210`, `latest`, `last two versions`.

A range from one version to another is what an upgrade from the one to the other brings: what came after the older one,
up to and including the newer one, however it is written.
"""

import re
from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

from bot.catalog.models import Version
from bot.search.marked_pattern import LazyPattern
from bot.search.models import VersionRange
from bot.search.version_mentions import LEAD_WINDOW, VersionMention, find_mentions, is_range

_VERSION_WORD = r"(?:(?:the\s+)?(?:halo(?:psa)?\s+)?(?:versions?|releases?|ver)\.?\s+)?"
_MOVE = (
    r"(?:(?:an?\s+|the\s+)?(?:upgrad(?:e|es|ed|ing)|updat(?:e|ed|ing)|go|goes|going|went|mov(?:e|es|ed|ing)|jump(?:ing|ed)?"
    r"|switch(?:ing|ed)?|com(?:e|ing)|came|migrat(?:e|ing)|hop(?:ping)?|step(?:ping)?)\s+(?:up\s+)?)"
)
_COMPARE = (
    r"(?:(?:what(?:'s|s| is| are)?\s+)?(?:the\s+)?(?:differences?|diffs?|delta|gap|comparison|compare|comparing)"
    r"(?:\s+(?:of|in|between|from))?)"
)
# Before a range; the words are about the range, so none of them is searched for.
_RANGE_LEAD = LazyPattern(
    rf"(?:{_COMPARE}\s+|\bbetween\s+|{_MOVE}?\bfrom\s+|\bin\s+)+(?:halo(?:psa)?\s+)?{_VERSION_WORD}$", re.IGNORECASE
)
_COMPARED_LEAD = LazyPattern(rf"{_COMPARE}\b.{{0,30}}\b(?:in|of|between)\s+{_VERSION_WORD}$", re.IGNORECASE)
_INCLUSIVE = LazyPattern(r"\s*,?\s*\(?(?:both\s+)?(?:inclusive|included)\b\)?", re.IGNORECASE)
_OPEN_LEAD = LazyPattern(
    rf"(?P<move>{_MOVE})?\b(?P<word>(?:miss(?:ed|ing)?(?:\s+out)?(?:\s+on)?\s+)?since|from|after|as of"
    r"|starting (?:with|from|at|in)"
    r"|(?:newer|later|higher|greater) than|past|beyond|above|at least"
    r"|before|prior to|(?:older|earlier|lower) than|below|pre|(?:up\s+)?until|till?"
    r"|up to but (?:not including|excluding)"
    rf"|up to(?: and including)?|no later than|through|thru|on or before|on or after)[\s-]+{_VERSION_WORD}$",
    re.IGNORECASE,
)
_OPEN_AFTER = LazyPattern(
    r"\s*(?:(?P<up>\+(?!\w)|(?:and|or)\s+(?:later|newer|above|up|up(?:wards?)|onwards?|after|beyond|higher)\b|(?:on|up)wards?\b|on\b(?=\s*(?:[?.!,]|$)))"
    r"|(?P<down>(?:and|or)\s+(?:earlier|older|below|before|lower)\b|(?:down|back)wards?\b))(?!\s+(?:than\s+)?v?\d)",
    re.IGNORECASE,
)
_LOW_EXCLUSIVE = ("after", "newer than", "later than", "higher than", "greater than", "past", "beyond", "above")
_LOW_INCLUSIVE = ("since", "from", "as of", "starting", "at least", "on or after")
_HIGH_EXCLUSIVE = ("before", "prior to", "older than", "earlier than", "lower than", "below", "pre", "up to but")
# "We're on 2.210": what is asked about is what they have not got.
_INSTALLED = LazyPattern(
    r"\b(?:(?:we|i|they|client|customer|company|instance|system|tenant)(?:'re|re|'m|m|'s|s| are| r| am| is| were| was)?"
    r"(?:\s+(?:all|both))?(?:\s+(?:still|currently|now|just|only|stuck|sitting|live|running|at|presently))*\s+on"
    r"|(?<!\bdo )(?<!\bdid )(?:we|i|they)\s+(?:currently\s+|still\s+)?(?:have|run|use)"
    r"|(?:we|i|they)(?:'re|re| are|'m|m| am)?\s+(?:still\s+|currently\s+)?(?:running|using)"
    r"|(?:our|my|current|installed|the)\s+(?:current\s+|installed\s+)?(?:halo(?:psa)?\s+)?"
    r"(?:version|release|instance|system|tenant|server)\s+(?:is|=|runs|is still)(?:\s+(?:on|at|running))?"
    r"|(?:still|currently|stuck|stay(?:ed|ing)?|sitting|running)\s+(?:on|at)|^on|^running|^currently|^having|skipped)"
    rf"\s+{_VERSION_WORD}$",
    re.IGNORECASE,
)
_NOT = LazyPattern(
    rf"\b(?:(?:but|and)\s+)?(?:not|except(?:\s+for)?|excluding|without)\s+(?:(?:in|from)\s+)?{_VERSION_WORD}$",
    re.IGNORECASE,
)
_UPGRADE_TO = LazyPattern(rf"{_MOVE}to\s+{_VERSION_WORD}$", re.IGNORECASE)
_NEIGHBOUR = LazyPattern(
    r"\b(?:the\s+)?(?:version|release)\s+(?:right |just |immediately )?(?P<side>before|after|prior to)\s+$",
    re.IGNORECASE,
)
_NEWEST = (
    r"(?:the\s+)?(?:latest|newest|current|most recent|now|today|present)(?:\s+(?:halo\s+)?(?:version|release|one))?\b"
)
_TO_NEWEST = LazyPattern(
    rf"\s*(?:\.\.+|-+|[-=]*>|\u2192|(?:up )?to|until|till?|through|and|vs\.?|versus|with)\s*{_NEWEST}", re.IGNORECASE
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "couple": 2, "few": 3}
_LAST = LazyPattern(
    r"\b(?:since\s+)?(?:the\s+)?(?:last|latest|newest|most recent|past|current)\s+"
    r"(?:([1-9]\d?|two|three|four|five|couple(?:\s+of)?|few)\s+)?(?:halo\s+)?(versions?|releases?)\b",
    re.IGNORECASE,
)
_LATEST = LazyPattern(
    r"^\s*(?:the\s+)?(?:latest|newest|most recent)\s*[?!.]*\s*$|\b(?:in|since) the (?:latest|newest)\b", re.IGNORECASE
)
_PREVIOUS = LazyPattern(
    r"\b(?:the\s+)?(?:previous|last but one|second last|second newest)\s+(?:halo\s+)?(?:version|release)\b",
    re.IGNORECASE,
)
# A text without any of these names no version.
_MARKS = (*"0123456789", "latest", "newest", "last", "recent", "past", "current", "previous")


class VersionFilter(NamedTuple):
    """The versions that a question is narrowed to: None for any; and what to tell the person about it."""

    versions: tuple[Version, ...] | None = None
    notes: tuple[str, ...] = ()
    range: VersionRange | None = None  # where they are a range
    installed: Version | None = None  # the version that the person says they have

    @property
    def is_set(self) -> bool:
        """Whether the question names versions, known ones or not."""
        return self.versions is not None


def extract_versions(text: str, known_versions: tuple[Version, ...]) -> tuple[VersionFilter, str]:
    """The versions in a text, given those that exist (oldest first), and the text without them."""
    if not any(map(text.lower().__contains__, _MARKS)):
        return VersionFilter(), text
    if mentions := find_mentions(text, known_versions):
        return _Reading(text, known_versions).read(mentions)
    if match := _PREVIOUS.search(text):
        return VersionFilter(known_versions[-2:-1]), _without(text, match.start(), match.end())
    if match := _LAST.search(text):
        return VersionFilter(known_versions[-_count(match) :]), _without(text, match.start(), match.end())
    if match := _LATEST.search(text):
        return VersionFilter(known_versions[-1:]), _without(text, match.start(), match.end())
    return VersionFilter(), text


def combine_filters(filters: Sequence[VersionFilter]) -> VersionFilter:
    """What several parts of a question name, taken as one: any of their versions."""
    named = [part for part in filters if part.is_set]
    notes = tuple(note for part in filters for note in part.notes)
    if len(named) == 1:
        return named[0]._replace(notes=notes)
    versions = [version for part in named for version in part.versions or ()]
    return VersionFilter(tuple(sorted(set(versions))) if named else None, notes)


class _Reading:
    """What is made of the versions in a text: ranges, single ones, the one they have, and which words said so."""

    def __init__(self, text: str, known_versions: tuple[Version, ...]) -> None:
        self.text = text
        self.known_versions = known_versions
        self.ranges: list[VersionRange] = []
        self.singles: list[Version] = []
        self.excluded: set[Version] = set()
        self.installed: Version | None = None
        self.notes: list[str] = []
        self.spans: list[tuple[int, int]] = []  # of the text, that are about versions

    def read(self, mentions: Sequence[VersionMention]) -> tuple[VersionFilter, str]:
        """Read all mentions; the filter, and the text without the spans."""
        n = 0
        while n < len(mentions):
            chain = self._chain(mentions[n:])
            if len(chain) > 1:
                self._read_chain(chain)
            else:
                self._read_single(mentions[n])
            n += len(chain)
        notes = tuple(dict.fromkeys((*(note for mention in mentions for note in mention.notes), *self.notes)))
        rest = self.text
        for start, end in sorted(self.spans, reverse=True):
            rest = _without(rest, start, end + 2 * rest.startswith("'s ", end))  # "2.214's changes"
        return self._filter(notes), rest

    def _chain(self, mentions: Sequence[VersionMention]) -> Sequence[VersionMention]:
        """The first of the mentions with those that it forms a range with."""
        end = 1
        while end < len(mentions) and is_range(self.text, mentions[end - 1], mentions[end]):
            end += 1
        return mentions[:end]

    def _read_chain(self, chain: Sequence[VersionMention]) -> None:
        start, end = chain[0].start, chain[-1].end
        low, high = min(mention.version for mention in chain), max(mention.version for mention in chain)
        found = VersionRange.between(low, high)
        lead = self._lead(start)
        if match := _RANGE_LEAD.search(lead) or _COMPARED_LEAD.search(lead):
            start -= len(match[0])
        elif (match := _OPEN_LEAD.search(lead)) and match["word"].lower() in ("since", "as of"):
            found = found._replace(low_included=True)
            start -= len(match[0])
        elif match := _INSTALLED.search(lead):
            start -= len(match[0])
        if not low < high:
            self.notes.append(f"Both are {low}.")
        if match := _INCLUSIVE.match(self.text, end):
            found = found._replace(low_included=True)
            end = match.end()
        self.ranges.append(found)
        self.spans.append((start, end))

    def _read_single(self, mention: VersionMention) -> None:
        version, start, end = mention.version, mention.start, mention.end
        lead = self._lead(start)
        if ending := _TO_NEWEST.match(self.text, end) or _OPEN_AFTER.match(self.text, end):
            before = _RANGE_LEAD.search(lead) or _OPEN_LEAD.search(lead)
            self.ranges.append(_range_by_ending(ending, before[0] if before else "", version))
        else:
            before = self._read_lead(lead, version)
        self.spans.append((start - len(before[0]) if before else start, ending.end() if ending else end))

    def _read_lead(self, lead: str, version: Version) -> re.Match[str] | None:
        """What the words before a version make of it; the match of these words."""
        if match := _NOT.search(lead):
            self.excluded.add(version)
        elif match := _NEIGHBOUR.search(lead):
            self.singles += self._neighbour(version, match["side"].lower() == "after")
        elif match := _OPEN_LEAD.search(lead):
            self.ranges.append(_open_range(match, version))
        elif match := _INSTALLED.search(lead):
            self.installed = version
        else:
            self.singles.append(version)
            match = _UPGRADE_TO.search(lead)
        return match

    def _lead(self, start: int) -> str:
        return self.text[max(0, start - LEAD_WINDOW) : start]

    def _neighbour(self, version: Version, is_after: bool) -> list[Version]:
        if is_after:
            return [known for known in self.known_versions if known > version][:1]
        return [known for known in self.known_versions if known < version][-1:]

    def _filter(self, notes: tuple[str, ...]) -> VersionFilter:
        known, installed = self.known_versions, self.installed
        if installed and not self.ranges:
            newer = [version for version in self.singles if version > installed]
            self.ranges.append(VersionRange(installed, max(newer) if newer else None))
            self.singles = []
        named = set(self.singles) & set(known)
        combined = reduce(VersionRange.intersect, self.ranges) if self.ranges else None
        if combined is None and self.excluded and not self.singles:  # "not in 2.210"
            named = set(known)
        if combined:
            named.update(combined.select(known))
        unknown = [str(version) for version in dict.fromkeys(self.singles) if version not in known]
        if unknown:
            notes += (f"I know nothing of {' and '.join(unknown)}{_beside(self.singles, known)}.",)
        elif combined and not named:
            know = "nothing of" if combined.low == combined.high else "of no version"
            notes += (f"I know {know} {combined.label}.",)
        elif combined and combined.high and combined.high > known[-1]:
            notes += (f"The newest version I know is {known[-1]}.",)
        return VersionFilter(tuple(sorted(named - self.excluded)), notes, combined, installed)


def _beside(asked: Sequence[Version], known: Sequence[Version]) -> str:
    """The known versions before and after one that nobody knows: it may be written wrongly. Empty where it is none
    between known ones.
    """
    if len(asked) != 1 or not known or not known[0] < asked[0] < known[-1]:
        return ""
    before = max(version for version in known if version < asked[0])
    after = min(version for version in known if version > asked[0])
    return f"; I know {before} and {after}"


def _range_by_ending(ending: re.Match[str], lead: str, version: Version) -> VersionRange:
    """The range of a version that is followed by "and later", "and older" or "to the latest"."""
    if ending.re is _TO_NEWEST.pattern:
        return VersionRange(version, low_included="since" in lead.lower())
    return VersionRange(version, low_included=True) if ending["up"] is not None else VersionRange(high=version)


def _open_range(match: re.Match[str], version: Version) -> VersionRange:
    word = " ".join(match["word"].lower().split())
    if word.startswith("miss") or (word == "from" and match["move"]):  # they have it already
        return VersionRange(version)
    if word.startswith(_LOW_EXCLUSIVE):
        return VersionRange(version)
    if word.startswith(_LOW_INCLUSIVE):
        return VersionRange(version, low_included=True)
    return VersionRange(high=version, high_included=not word.startswith(_HIGH_EXCLUSIVE))


def _count(match: re.Match[str]) -> int:
    """How many versions "the last two versions" are; without a number, "versions" are two."""
    number = (match[1] or "").split()
    if number:
        return _COUNTS.get(number[0].lower(), 0) or int(number[0])
    return 2 if match[2].lower().endswith("s") else 1


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start]} {text[end:]}"
