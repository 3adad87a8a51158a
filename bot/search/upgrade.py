"""What an upgrade brings, as a checklist: what acts by itself, what to test, fixed, new, or off until enabled."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.catalog.models import Entry, Impact, Version
from bot.search.marked_pattern import LazyPattern, MarkedPattern
from bot.search.models import ChecklistSection, Query, SearchResult, UpgradeChecklist
from bot.search.version_mentions import find_mentions
from bot.text import stems

# In the order in which they are read, with what is told of each.
SECTIONS: tuple[tuple[Impact | None, str, str], ...] = (
    ("changes behaviour", "Acts by itself", "nobody has to enable it"),
    (None, "Test first", "a warning comes with it"),  # whatever its impact
    ("fix", "Fixed", "what did not work before"),
    ("new", "New", "there to be used"),
    ("opt-in", "Off until you enable it", "nothing happens before"),
    ("unclear", "Unclear", "the source does not say"),
)
POSSIBLE = ("Perhaps in these versions", "the source names two versions")

_UPGRADE = MarkedPattern(
    r"\bupgrad(?:e|es|ed|ing)\b|\bchecklist\b|\bby (?:itself|themselves)\b|\bautomatically\b"
    r"|\bsafe(?:ly)?\b|\brisk(?:s|y)?\b|\bdanger(?:s|ous)?\b|\bworr(?:y|ies|ied|ying)\b|\bbites?\b|\bhurts?\b"
    r"|\bbreaks\b|\bbroke\b|\b(?:can|could|may|might|will|would|to|did|does) (?:\S+ ){0,2}break\b"
    r"|\b(?:need|have|anything|something) to do\b|\bgo(?:es)? wrong\b"
    r"|\bbr(?:eak|eaking|oken) (?:anything|something|things|stuff)\b"
    r"|\b(?:go|going|goes|move|moving|jump|jumping|switch|switching|updat(?:e|ing)|get|getting|step|stepping)"
    r" (?:straight |directly |up |over |halo )?(?:from|to|onto)\b",
    "upgrad checklist itself themselves automatically safe risk danger worr bite hurt break broke to_do wrong _from"
    " _to _onto",
)
_NEWEST = LazyPattern(
    r"\b(?:latest|newest|most recent|current|last (?=(?:update|upgrade|release|version)\b))", re.IGNORECASE
)
_WHEN = LazyPattern(r"\W*when (?:was|is|did|will|are)\b", re.IGNORECASE)
# What may be asked of an upgrade. With any other word ("going from … to …, what changes in billing") it is a search.
_ASKED = frozenset(
    stems(
        "need check checks checking test tests testing act acts watch break breaks broke broken upgrade upgrading "
        "checklist last latest newest current recent careful prepare expect expected know aware warn warning warnings "
        "affect affects impact change changes happen happens happening enable look looking risk risks risky review "
        "consider attention gotcha gotchas problem problems automatically behaviour behave plan planning safe safely "
        "danger dangers dangerous instance tenant "
        "environment system affected different differently switch itself themselves everything anything notice tell "
        "important matters first before after version release halo go going move moving jump straight directly list "
        "show bring brings come comes coming user users agent agents team update updating todo steps step get getting "
        "ready effect effects hurt hurts bite bites fail fails worry worries worried wrong gain gains benefit short "
        "briefly boss"
    )
)


class UpgradeRange(NamedTuple):
    """The versions that an upgrade is asked for, and how that was understood, where the question does not say."""

    older: Version
    newer: Version
    note: str = ""


def build_checklist(
    older: Version, newer: Version, versions: Sequence[Version], result: SearchResult, area: str = ""
) -> UpgradeChecklist:
    """The checklist of what a comparison of two versions found; `area` narrows it."""
    found = [hit.entry for hit in result.hits if area in ("", hit.entry.area)]
    possible = [hit.entry for hit in result.possible_hits if area in ("", hit.entry.area)]
    sections = [
        ChecklistSection(title, meaning, _by_area([entry for entry in found if _section_of(entry) == impact]))
        for impact, title, meaning in SECTIONS
    ]
    sections.append(ChecklistSection(*POSSIBLE, _by_area(possible), is_certain=False))
    kept = tuple(section for section in sections if section.entries)
    return UpgradeChecklist(older, newer, tuple(versions), kept, area)


def upgrade_range(query: Query, known: Sequence[Version]) -> UpgradeRange | None:
    """The upgrade that a question is about; None where it asks something else. `known`: all versions, oldest first."""
    if not known or not _UPGRADE.search(query.text) or query.keys or query.phrases or query.excluded:
        return None
    if _WHEN.match(query.text) or not all(_ASKED.issuperset(stems(term.word)) for term in query.terms):
        return None
    # Whatever a search makes of two versions, also of those that nobody knows: this is about no other upgrade.
    said = [mention.version for mention in find_mentions(query.text, known)]
    if len(said) == 2:
        return UpgradeRange(min(said), max(said))
    named, between, installed = query.filters.versions or (), query.version_range, query.installed
    if query.aspect == "availability":  # "will 2.214 bite us" says what is asked about, not what somebody has
        named, installed = tuple(said), None
    if between and between.low and between.high:
        return UpgradeRange(between.low, between.high)
    if between and between.low and between.low >= known[-1] and not between.low_included:
        return None  # there is nothing that they have not got
    if between and between.low:
        return UpgradeRange(between.low, max(known[-1], between.low))
    if between or not (_are_successive(named, known) or installed or _NEWEST.search(query.text)):
        return None
    newer = max(named) if named else known[-1]
    if installed and installed != newer:
        return UpgradeRange(min(installed, newer), max(installed, newer))
    before = [version for version in known if version < min(named, default=newer)]
    if not before:
        return None
    note = f"You did not say from which version, so this is what comes after {before[-1]}."
    return UpgradeRange(before[-1], newer, note)


def _are_successive(named: Sequence[Version], known: Sequence[Version]) -> bool:
    """Whether versions are one, or several with no other known one between them: "the last two versions"."""
    between = [version for version in known if named and min(named) <= version <= max(named)]
    return len(named) == 1 or (len(named) > 1 and len(between) == len(named))


def _section_of(entry: Entry) -> Impact | None:
    return None if entry.caution else entry.impact


def _by_area(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """By area, those without one last; in an area the highlights first, then by version."""

    def key(entry: Entry) -> tuple[bool, str, bool, tuple[int, int], str]:
        return (entry.area is None, entry.area or "", not entry.highlighted, entry.version or (0, 0), entry.key)

    return tuple(sorted(entries, key=key))
