"""Entries in groups under headings, and a long list in pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from bot.catalog.models import Entry
from bot.conversation.answers import Answer, ComparisonAnswer, ResultAnswer, UpgradeAnswer
from bot.conversation.entry_text import comes_first
from bot.conversation.filter_parameters import UnknownValueError
from bot.conversation.result_text import (
    MATTERS_FIRST,
    OTHER_AREA,
    comparison_title,
    order_heading,
    order_label,
    upgrade_title,
    versions_title,
)
from bot.search.models import Hit, Order, SearchResult, UpgradeChecklist

PAGE_SIZE = 100  # entries
UNKNOWN_VERSION = "Version not known"


@dataclass
class EntryGroup:
    """Some entries under one heading."""

    heading: str
    note: str = ""
    entries: list[Entry] = field(default_factory=list)


class EntryPage(NamedTuple):
    """One page of a long list."""

    groups: Sequence[EntryGroup]
    number: int  # counted from 1
    last: int
    total: int  # entries on all pages


def entries_of(hits: Iterable[Hit]) -> list[Entry]:
    """The entries of hits, in their order."""
    return [hit.entry for hit in hits]


def by_area(entries: Sequence[Entry], possible: Sequence[Entry] = ()) -> list[EntryGroup]:
    """What matters first, then the rest by area; what only may belong to it last."""
    rest = sorted((entry for entry in entries if not comes_first(entry)), key=lambda entry: entry.area or "~")
    groups = [EntryGroup(MATTERS_FIRST, "highlights, and what to test first", [e for e in entries if comes_first(e)])]
    groups += [EntryGroup(area, "", list(found)) for area, found in groupby(rest, lambda e: e.area or OTHER_AREA)]
    groups.append(EntryGroup("Perhaps too", "the source names two versions and does not say which", list(possible)))
    return [group for group in groups if group.entries]


def by_version(entries: Iterable[Entry]) -> list[EntryGroup]:
    """Entries in their order, with a heading for each version."""
    return [EntryGroup(version, "", list(found)) for version, found in groupby(entries, _version_heading)]


def in_order(entries: Sequence[Entry], possible: Sequence[Entry], order: Order | None) -> list[EntryGroup]:
    """Entries with the headings of their order. In another than newest first, what only may belong to it is last."""
    if order is None:
        return by_version([*entries, *possible])
    groups = groupby(entries, lambda entry: order_heading(entry, order))
    return [*(EntryGroup(heading, "", list(found)) for heading, found in groups), *by_area([], possible)]


def by_section(checklist: UpgradeChecklist) -> list[EntryGroup]:
    """The checklist of an upgrade."""
    return [EntryGroup(part.title, part.meaning, list(part.entries)) for part in checklist.sections]


def by_relation(result: SearchResult) -> list[EntryGroup]:
    """What comes after the best answer."""
    groups = [
        EntryGroup("And" if result.query.intent == "keys" else "Related", "", entries_of(result.hits[1:])),
        EntryGroup("Perhaps too", "", entries_of(result.possible_hits if result.hits else result.possible_hits[1:])),
        EntryGroup("Less related", "", entries_of(result.more_hits)),
    ]
    return [group for group in groups if group.entries]


def list_of(answer: Answer) -> tuple[str, list[EntryGroup]] | None:
    """The heading and the groups of an answer that is a list: a version, a comparison, an upgrade, all on a subject."""
    if isinstance(answer, UpgradeAnswer):
        return f"Upgrade {upgrade_title(answer.checklist)}", by_section(answer.checklist)
    if not isinstance(answer, ResultAnswer | ComparisonAnswer):
        return None
    result = answer.result if isinstance(answer, ResultAnswer) else answer.comparison.result
    hits, possible = entries_of(result.hits), entries_of(result.possible_hits)
    if isinstance(answer, ComparisonAnswer):
        return comparison_title(answer.comparison.older, answer.comparison.newer, result), by_area(hits, possible)
    if result.query.intent == "version" and result.has_answer:
        return versions_title(result), by_area(hits, possible)
    if result.query.intent == "list" and len(hits) + len(possible) > 1:
        heading = f"{len(hits) + len(possible):,} changes, {order_label(result.query)}"
        return heading, in_order(hits, possible, result.query.order)
    return None


def to_page(groups: Sequence[EntryGroup], wanted: str, size: int = PAGE_SIZE) -> EntryPage:
    """A page of a list. `wanted` is its number as it stands in an address. Raises UnknownValueError."""
    total = sum(len(group.entries) for group in groups)
    last = max(1, -(-total // size))
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 0
    if not 1 <= number <= last:
        raise UnknownValueError(f"There is no page “{wanted[:20]}” of this: {_pages(last)}.")
    start, left = (number - 1) * size, size
    shown: list[EntryGroup] = []
    for group in groups:
        entries = group.entries[start : start + left]
        if entries:
            shown.append(EntryGroup(group.heading, group.note, entries))
        start, left = max(0, start - len(group.entries)), left - len(entries)
    return EntryPage(shown, number, last, total)


def _pages(last: int) -> str:
    return "there is one page" if last == 1 else f"there are {last}"


def _version_heading(entry: Entry) -> str:
    return str(entry.version or " or ".join(map(str, entry.possible_versions)) or UNKNOWN_VERSION)
