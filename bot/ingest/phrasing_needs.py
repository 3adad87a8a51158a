"""Which entries need phrasings most: those that people have asked for in vain come first."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.catalog.models import Entry, Version
from bot.catalog.phrasings import phrasings_by_key
from bot.catalog.repository import Catalog
from bot.search.service import SearchService
from bot.search.snapshot import SearchSnapshot
from bot.storage.feedback import QuestionStats

ENOUGH_PHRASINGS = 25  # with so many, an entry is found nearly as well as those with three times as many
MAX_QUESTIONS = 300  # of the log; the most frequent
_SHARES = (1.0, 0.5, 0.25)  # of a question's count, for the first, second and third entry that it may have meant


class DescriptionNeed(NamedTuple):
    """An entry with few phrasings: how many it has, and how often it may have been asked for in vain."""

    entry: Entry
    phrasing_count: int
    asked: float


def description_needs(
    catalog: Catalog, search: SearchService, questions: Iterable[QuestionStats] = ()
) -> list[DescriptionNeed]:
    """The entries with fewer than ENOUGH_PHRASINGS, most asked-about first, then the newest and highlighted.

    A question counts that found nothing or whose answer did not help, for the entries in need that come nearest to it.
    """
    counts = {key: len(phrasings) for key, phrasings in phrasings_by_key(catalog.db).items()}
    entries = {e.key: e for e in catalog.entries() if counts.get(e.key, 0) < ENOUGH_PHRASINGS}
    asked = dict.fromkeys(entries, 0.0)
    with search.snapshot() as snapshot:
        for question in list(questions)[:MAX_QUESTIONS] if entries else ():
            weight = question.no_result_count + question.not_helpful_count
            nearest = _nearest(snapshot, question.text, entries) if weight else []
            for key, share in zip(nearest, _SHARES, strict=False):
                asked[key] += weight * share
    needs = [DescriptionNeed(entry, counts.get(key, 0), asked[key]) for key, entry in entries.items()]
    return sorted(needs, key=_urgency)


def _nearest(snapshot: SearchSnapshot, question: str, entries: Iterable[str]) -> list[str]:
    """The entries in need that a question may have meant, the likeliest first."""
    query = snapshot.parse(question)
    if query.intent != "search" or not query.terms:
        return []
    wanted = set(entries)
    result = snapshot.search(query)
    shown = [hit.entry.key for hit in (*result.hits, *result.suggestions, *result.more_hits)]
    alike = [*snapshot.matching_keys(query, wanted), *(key for key in shown if key in wanted)]
    return list(dict.fromkeys(alike))


def _urgency(need: DescriptionNeed) -> tuple[float, int, tuple[int, int], bool, int, str]:
    version = need.entry.version or Version(0, 0)
    few = 0 if need.phrasing_count == 0 else 1
    return (
        -need.asked, few, (-version.major, -version.minor), not need.entry.highlighted, need.phrasing_count,
        need.entry.key,
    )  # fmt: skip
