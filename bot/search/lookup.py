"""What people look up besides asking: one entry, what is related to it, what a few letters could become, a version, an
episode.
"""

import re
from collections.abc import Sequence

from bot.catalog.models import Entry, Episode, Filters, Version
from bot.catalog.search_index import read_starting
from bot.search import followup
from bot.search.followup import FollowUp
from bot.search.query_parser import understand
from bot.search.service import Ask
from bot.text import normalise

__all__ = [
    "FollowUp",
    "about",
    "areas",
    "entry",
    "follow_up",
    "of_episode",
    "of_version",
    "related",
    "suggest",
    "version_named",
]

RELATED = 3
SUGGESTED = 20
_EPISODE = re.compile(r"episode-(\d{1,3})\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.])\d{5,9}(?![\d.])")
_VERSION = re.compile(r"(?<![\d.])v?(\d{1,2})[.\-_](\d{2,4})(?![\d.])", re.IGNORECASE)


def entry(ask: Ask, key: str) -> Entry | None:
    """The entry with this key, or None when it is gone."""
    return next(iter(ask.catalogue.entries([key])), None)


def related(ask: Ask, one: Entry, most: int = RELATED) -> list[Entry]:
    """What else an entry's title finds, best first."""
    answer = ask(f"{one.title} {' '.join(one.names[:3])}")
    return [hit.entry for hit in (*answer.hits, *answer.possible) if hit.entry.key != one.key][:most]


def suggest(ask: Ask, typed: str, most: int = SUGGESTED) -> list[Entry]:
    """Entries that somebody may be typing for: of a first word, those that have a word that begins so; then those that
    answer it.
    """
    typed = normalise(typed, limit=150)
    if not typed:
        return []
    answer = ask(typed)
    answers = [hit.entry.key for hit in (*answer.hits, *answer.possible)]
    begun = read_starting(ask.catalogue.db, typed, most)
    keys = [*answers, *begun] if " " in typed else [*begun, *answers]
    return ask.catalogue.entries(list(dict.fromkeys(keys))[:most])


def of_version(ask: Ask, version: Version) -> list[Entry]:
    """Everything that is certainly in a version, what matters first."""
    entries = ask.catalogue.entries(ask.catalogue.matching(Filters(versions=(version,))))
    return [one for one in entries if one.version == version]


def of_episode(ask: Ask, number: int) -> list[Entry]:
    """Everything that an episode talks about."""
    return ask.catalogue.entries(ask.catalogue.matching(Filters(episode=number)))


def areas(ask: Ask) -> list[tuple[str, Sequence[str], int]]:
    """Every area, what people call it, and how many entries it has."""
    return [(name, also, len(ask.catalogue.matching(Filters(area=name)))) for name, also in ask.lexicon.areas.items()]


def version_named(ask: Ask, text: str) -> Version | None:
    """The known version that a text names ("v2.21" may be v2.210), or None."""
    versions = understand(text, ask.lexicon).filters.versions
    return versions[0] if versions and len(versions) == 1 else None


def follow_up(ask: Ask, text: str, last: str) -> FollowUp | None:
    """What a text means right after the question `last`; None when it is a question of its own."""
    return followup.follow_up(text, last, ask.lexicon)


def about(ask: Ask, url: str) -> Episode | Entry | Version | None:
    """What an address is about: an episode's page, a change by its number, a version; None when we know nothing of it."""
    plain = _plain_url(url)
    for episode in ask.episodes.values():
        if episode.url and _plain_url(episode.url) == plain:
            return episode
    if (match := _EPISODE.search(url)) and (known := ask.episodes.get(int(match[1]))):
        return known
    for number in _NUMBER.findall(url):
        if found := entry(ask, number):
            return found
    versions = [Version(int(major), int(minor)) for major, minor in _VERSION.findall(url)]
    return next((version for version in versions if version in ask.lexicon.versions), None)


def _plain_url(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[/?#]+$", "", re.split(r"[?#]", url.lower())[0]).rstrip("/")
