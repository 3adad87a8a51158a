"""What people look up besides asking a question: one entry, related entries, versions, areas, episodes.

Functions over a SearchSnapshot with plain results. They know no Slack: handlers, commands and the terminal render them.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot.catalog.models import VERSION_PATTERN, Entry, Episode, Filters, Version
from bot.catalog.provenance import field_sources_of, source_lines_of
from bot.catalog.search_index import find_keys_by_prefix
from bot.search.marked_pattern import LazyPattern
from bot.search.models import SearchResult, UpgradeChecklist, VersionRange
from bot.search.small_talk.replies import AboutFacts, SourceReading
from bot.search.snapshot import SearchSnapshot
from bot.search.upgrade import build_checklist
from bot.text import normalise

MAX_RELATED = 3
MAX_SUGGESTED = 20
_EPISODE_IN_URL = LazyPattern(r"episode-(\d{1,3})\b", re.IGNORECASE)
_NUMBER_IN_URL = LazyPattern(r"(?<![\d.])\d{5,9}(?![\d.])")
# Addresses write a version's dot as "-" or "_" too.
_VERSION_IN_URL = LazyPattern(r"(?<![\d.])v?(\d{1,2})[.\-_](\d{2,4})(?![\d.])", re.IGNORECASE)


class Comparison(NamedTuple):
    """What came after the older of two versions, up to and including the newer one."""

    older: Version
    newer: Version
    versions: tuple[Version, ...]  # known ones in between, oldest first; empty: the catalogue has none
    result: SearchResult


class AreaCount(NamedTuple):
    """An area, what people call it, and how many entries it has."""

    name: str
    aliases: Sequence[str]
    entry_count: int


def find_entry(snapshot: SearchSnapshot, key: str) -> Entry | None:
    """The entry with this key, or None when there is none."""
    return next(iter(snapshot.entries([key])), None)


def related_entries(snapshot: SearchSnapshot, entry: Entry, limit: int = MAX_RELATED) -> list[Entry]:
    """What else an entry's title and first names find, best first."""
    result = snapshot.search(f"{entry.title} {' '.join(entry.names[:3])}")
    return [hit.entry for hit in (*result.hits, *result.possible_hits) if hit.entry.key != entry.key][:limit]


def sources_of(snapshot: SearchSnapshot, entry: Entry) -> list[str]:
    """The sources that say something of an entry, besides the seeds."""
    db = snapshot.catalog.db
    named = [row.source for row in field_sources_of(db, [entry.key]).values()]
    named += [line.source for line in source_lines_of(db, [entry.key])]
    return [source for source in dict.fromkeys([entry.source, *named]) if source not in ("seeds", "")]


def suggest_entries(snapshot: SearchSnapshot, typed: str, limit: int = MAX_SUGGESTED) -> list[Entry]:
    """Entries for a text that is still being typed: those that begin so first while it is one word, then answers."""
    typed = normalise(typed, limit=150)
    if not typed:
        return []
    result = snapshot.search(typed)
    answers = [hit.entry.key for hit in (*result.hits, *result.possible_hits)]
    completions = find_keys_by_prefix(snapshot.catalog.db, typed, limit)
    keys = [*answers, *completions] if " " in typed else [*completions, *answers]
    return snapshot.entries(list(dict.fromkeys(keys))[:limit])


def latest_version(snapshot: SearchSnapshot) -> SearchResult:
    """Everything in the newest version."""
    return snapshot.search("latest")


def search_version(snapshot: SearchSnapshot, version: Version) -> SearchResult:
    """Everything in a version, and what may be in it."""
    return snapshot.search(str(version))


def compare_versions(snapshot: SearchSnapshot, one: Version, other: Version) -> Comparison:
    """What came between two versions, given in either order ("v2.21" may be v2.210)."""
    older, newer = sorted(find_version(snapshot, str(version)) or version for version in (one, other))
    between = VersionRange.between(older, newer).select(snapshot.versions)
    return Comparison(older, newer, between, snapshot.search(f"{older} -> {newer}"))


def upgrade_checklist(snapshot: SearchSnapshot, one: Version, other: Version, area: str = "") -> UpgradeChecklist:
    """What an upgrade between two versions brings, given in either order; `area` narrows it to one."""
    older, newer, versions, result = compare_versions(snapshot, one, other)
    return build_checklist(older, newer, versions, result, area)


def find_version(snapshot: SearchSnapshot, text: str) -> Version | None:
    """The known version that a text names ("v2.21" may be v2.210), or None."""
    versions = snapshot.parse(text).filters.versions
    return versions[0] if versions and len(versions) == 1 else None


def versions_in(text: str) -> list[Version]:
    """The versions written in a text, in its order, whether or not the catalogue knows them."""
    return [Version.of(*groups) for groups in re.findall(VERSION_PATTERN, text)]


def entries_of_version(snapshot: SearchSnapshot, version: Version) -> list[Entry]:
    """Everything that is certainly in a version, highlights first."""
    entries = snapshot.entries_matching(Filters(versions=(version,)))
    return [entry for entry in entries if entry.version == version]


def entries_of_episode(snapshot: SearchSnapshot, number: int) -> list[Entry]:
    """Everything that an episode talks about."""
    return snapshot.entries_matching(Filters(episode=number))


def areas_with_counts(snapshot: SearchSnapshot) -> list[AreaCount]:
    """Every area, in the order of the seeds."""
    return [
        AreaCount(name, aliases, len(snapshot.catalog.ids_matching(Filters(area=name))))
        for name, aliases in snapshot.areas.items()
    ]


def about_facts(snapshot: SearchSnapshot, sources: Sequence[SourceReading] = ()) -> AboutFacts:
    """What the bot knows of itself."""
    versions = snapshot.versions
    answers, guides = (len(snapshot.catalog.ids_matching(Filters(kind=kind))) for kind in ("faq", "guide"))
    told = [
        episode.published for episode in snapshot.episodes.values() if versions and versions[-1] in episode.versions
    ]
    return AboutFacts(
        versions,
        snapshot.entry_count - answers - guides,
        answers,
        guides,
        newest_since=min((date.fromisoformat(day) for day in told if day), default=None),
        sources=tuple(sources),
    )


def is_newest_version(snapshot: SearchSnapshot, result: SearchResult) -> bool:
    """Whether a result is the newest version that is known, and no other."""
    query = result.query
    return query.intent == "version" and bool(snapshot.versions) and query.filters.versions == snapshot.versions[-1:]


def find_by_url(snapshot: SearchSnapshot, url: str) -> Episode | Entry | Version | None:
    """What an address is about: an episode's page, a change by its number, or a version; None for anything else."""
    plain = _plain_url(url)
    for episode in snapshot.episodes.values():
        if episode.url and _plain_url(episode.url) == plain:
            return episode
    if (match := _EPISODE_IN_URL.search(url)) and (known := snapshot.episodes.get(int(match[1]))):
        return known
    for number in _NUMBER_IN_URL.findall(url):
        if entry := find_entry(snapshot, number):
            return entry
    versions = [Version.of(*groups) for groups in _VERSION_IN_URL.findall(url)]
    return next((version for version in versions if version in snapshot.versions), None)


def _plain_url(url: str) -> str:
    """An address to compare with others: without scheme, `www.`, query, fragment and closing slash."""
    return re.sub(r"^https?://(?:www\.)?", "", re.split(r"[?#]", url.lower())[0]).rstrip("/")
