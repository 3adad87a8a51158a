"""What people look up besides asking: one entry, what is related to it, what a few letters could become, a version, an
episode.
"""

import re
from collections.abc import Sequence

from bot.catalog.models import Entry, Episode, Filters, Version
from bot.catalog.search_index import find_keys_by_prefix
from bot.search import followup
from bot.search.followup import FollowUp
from bot.search.query_parser import parse_query
from bot.search.service import SearchService
from bot.text import normalise

__all__ = [
    "FollowUp",
    "find_by_url",
    "areas_with_counts",
    "find_entry",
    "follow_up",
    "entries_of_episode",
    "entries_of_version",
    "related_entries",
    "suggest_entries",
    "find_version",
]

MAX_RELATED = 3
MAX_SUGGESTED = 20
_EPISODE = re.compile(r"episode-(\d{1,3})\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.])\d{5,9}(?![\d.])")
_VERSION = re.compile(r"(?<![\d.])v?(\d{1,2})[.\-_](\d{2,4})(?![\d.])", re.IGNORECASE)


def find_entry(ask: SearchService, key: str) -> Entry | None:
    """The entry with this key, or None when it is gone."""
    return next(iter(ask.catalog.entries([key])), None)


def related_entries(ask: SearchService, entry: Entry, limit: int = MAX_RELATED) -> list[Entry]:
    """What else an entry's title finds, best first."""
    answer = ask(f"{entry.title} {' '.join(entry.names[:3])}")
    return [hit.entry for hit in (*answer.hits, *answer.possible_hits) if hit.entry.key != entry.key][:limit]


def suggest_entries(ask: SearchService, typed: str, limit: int = MAX_SUGGESTED) -> list[Entry]:
    """Entries that somebody may be typing for: of a first word, those that have a word that begins so; then those that
    answer it.
    """
    typed = normalise(typed, limit=150)
    if not typed:
        return []
    answer = ask(typed)
    answers = [hit.entry.key for hit in (*answer.hits, *answer.possible_hits)]
    begun = find_keys_by_prefix(ask.catalog.db, typed, limit)
    keys = [*answers, *begun] if " " in typed else [*begun, *answers]
    return ask.catalog.entries(list(dict.fromkeys(keys))[:limit])


def entries_of_version(ask: SearchService, version: Version) -> list[Entry]:
    """Everything that is certainly in a version, what matters first."""
    entries = ask.catalog.entries(ask.catalog.keys_matching(Filters(versions=(version,))))
    return [one for one in entries if one.version == version]


def entries_of_episode(ask: SearchService, number: int) -> list[Entry]:
    """Everything that an episode talks about."""
    return ask.catalog.entries(ask.catalog.keys_matching(Filters(episode=number)))


def areas_with_counts(ask: SearchService) -> list[tuple[str, Sequence[str], int]]:
    """Every area, what people call it, and how many entries it has."""
    return [
        (name, also, len(ask.catalog.keys_matching(Filters(area=name)))) for name, also in ask.vocabulary.areas.items()
    ]


def find_version(ask: SearchService, text: str) -> Version | None:
    """The known version that a text names ("v2.21" may be v2.210), or None."""
    versions = parse_query(text, ask.vocabulary).filters.versions
    return versions[0] if versions and len(versions) == 1 else None


def follow_up(ask: SearchService, text: str, last_question: str) -> FollowUp | None:
    """What a text means right after the question `last`; None when it is a question of its own."""
    return followup.parse_follow_up(text, last_question, ask.vocabulary)


def find_by_url(ask: SearchService, url: str) -> Episode | Entry | Version | None:
    """What an address is about: an episode's page, a change by its number, a version; None when we know nothing of it."""
    plain = _plain_url(url)
    for episode in ask.episodes.values():
        if episode.url and _plain_url(episode.url) == plain:
            return episode
    if (match := _EPISODE.search(url)) and (known := ask.episodes.get(int(match[1]))):
        return known
    for number in _NUMBER.findall(url):
        if found := find_entry(ask, number):
            return found
    versions = [Version(int(major), int(minor)) for major, minor in _VERSION.findall(url)]
    return next((version for version in versions if version in ask.vocabulary.versions), None)


def _plain_url(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[/?#]+$", "", re.split(r"[?#]", url.lower())[0]).rstrip("/")
