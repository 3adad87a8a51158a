"""Selects what is in an edition: the arrivals since the last one that a filter of the channel lets through. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.catalog.models import Entry, Version
from bot.digests.models import EditionItem, newest_version
from bot.storage.models import Arrival, ArrivalKind, KeyHistory, SubscriptionCursor, SubscriptionFilter
from bot.text import stems


@dataclass(frozen=True, slots=True)
class IndexedEntry:
    """An entry with the stems of its own text, computed once for a thousand channels."""

    entry: Entry
    stems: frozenset[str]


class Selection(NamedTuple):
    """The items of an edition in reading order, and all the arrivals that they announce: an entry that arrived and was
    corrected is one item, but two arrivals.
    """

    items: tuple[EditionItem, ...]
    arrivals: tuple[tuple[Arrival, ArrivalKind], ...]  # each with what it is to the channel


def index_entry(entry: Entry) -> IndexedEntry:
    """An entry with the stems of its own text. Not of its phrasings, which name other things too."""
    texts = (entry.title, entry.summary, *entry.names, entry.answer or "", entry.caution or "")
    return IndexedEntry(entry, frozenset(stems(" ".join(texts))))


def matches_filter(subscription_filter: SubscriptionFilter, indexed: IndexedEntry) -> bool:
    """Whether a filter lets an entry through."""
    entry = indexed.entry
    if subscription_filter.highlights and not (entry.highlighted or entry.caution):
        return False
    versions = {entry.version, *entry.possible_versions}
    if subscription_filter.versions and versions.isdisjoint(subscription_filter.versions):
        return False
    if entry.area in subscription_filter.without_areas:
        return False
    if any(has_words(indexed, words) for words in subscription_filter.without_words):
        return False
    if not subscription_filter.areas and not subscription_filter.words:
        return True
    return entry.area in subscription_filter.areas or any(
        has_words(indexed, words) for words in subscription_filter.words
    )


def has_words(indexed: IndexedEntry, words: str) -> bool:
    """Whether an entry has all of these words, in any of their forms."""
    word_stems = stems(words)
    return bool(word_stems) and indexed.stems.issuperset(word_stems)


def select_entries(
    arrivals: Iterable[Arrival],
    entries: Mapping[str, IndexedEntry],
    cursors: Sequence[SubscriptionCursor],
    announced: Collection[int] = (),
    histories: Mapping[str, KeyHistory] | None = None,
    told_keys: Collection[str] = (),
) -> Selection:
    """The items of an edition. `announced` are the seqs that this channel was told already, by whatever filter, and
    `told_keys` the entries. `histories` say what was seen of those entries that were corrected or got known.

    An entry that is no longer in the catalogue is left out. Each entry is one item: new if its first arrival is
    selected, or if the channel never heard of it; else updated.
    """
    selected: list[tuple[Arrival, ArrivalKind]] = []
    items: dict[str, EditionItem] = {}
    for arrival in arrivals:
        if arrival.seq in announced or arrival.key not in entries:
            continue
        indexed, history = entries[arrival.key], (histories or {}).get(arrival.key)
        found = [_news(cursor, arrival, indexed, history, arrival.key in told_keys) for cursor in cursors]
        news = min((one for one in found if one), default=None, key=lambda one: (one[0] != "new", bool(one[1])))
        if news is None:
            continue
        kind, became_known = news
        selected.append((arrival, kind))
        if arrival.key not in items or arrival.kind == "new" or (kind == "new" != items[arrival.key].kind):
            items[arrival.key] = EditionItem(arrival.seq, kind, indexed.entry, became_known)
    return Selection(tuple(sorted(items.values(), key=reading_order)), tuple(selected))


def _news(
    cursor: SubscriptionCursor, arrival: Arrival, indexed: IndexedEntry, history: KeyHistory | None, is_told: bool
) -> tuple[ArrivalKind, str] | None:
    """Whether an arrival is something new to a subscription, or a correction of what the channel knows; and what came
    to be known, where that makes it new. None where it is neither.
    """
    if not _is_wanted(cursor, arrival, indexed):
        return None
    if arrival.kind in ("new", "silent") or arrival.seq <= cursor.start_seq:
        return ("updated" if arrival.kind == "updated" else "new"), ""
    if is_told:
        return ("updated", "") if arrival.kind == "updated" else None
    if arrival.kind == "back":  # of what was there before the subscription began, nobody has missed anything
        was_known = history is not None and history.was_there(cursor.start_seq)
        return None if was_known and not _begins_with(cursor, indexed.entry) else ("new", "")
    if became_known := _what_became_known(cursor, arrival, indexed, history):
        return "new", became_known
    if arrival.kind == "known":
        return None
    is_unheard = history is not None and history.first_kind == "new" and history.first_seq > cursor.start_seq
    return ("new" if is_unheard else "updated"), ""


def _what_became_known(
    cursor: SubscriptionCursor, arrival: Arrival, indexed: IndexedEntry, history: KeyHistory | None
) -> str:
    """What a filter asks for and an entry has since this arrival, in words. Empty where it passed the filter before."""
    before = history.facts_before(arrival.seq) if history else None
    if before is None or history is None:
        return ""
    entry = replace(
        indexed.entry,
        highlighted=before.is_highlighted,
        caution=(indexed.entry.caution or "yes") if before.has_caution else None,
        area=before.area,
        version=None,
        possible_versions=before.versions,
    )
    version, now = newest_version(entry), indexed.entry
    is_of_before = history.first_seq <= cursor.start_seq and cursor.from_version is not None
    began_later = is_of_before and (version is None or version < (cursor.from_version or version))
    if matches_filter(cursor.filter, IndexedEntry(entry, indexed.stems)) and not began_later:
        return ""
    if cursor.filter.highlights and not (entry.highlighted or entry.caution):
        return "highlighted now" if now.highlighted else "to test first now"
    if newest_version(now) != version:
        return "version known now"
    return "area known now" if entry.area is None else f"in {now.area} now" if now.area else "no longer left out"


def may_be_news(cursor: SubscriptionCursor, arrival: Arrival) -> bool:
    """Whether an arrival may be news to a subscription, as far as that can be told without its entry."""
    if arrival.seq <= cursor.cursor:
        return False
    return cursor.from_version is not None if arrival.seq <= cursor.start_seq else arrival.kind != "silent"


def _is_wanted(cursor: SubscriptionCursor, arrival: Arrival, indexed: IndexedEntry) -> bool:
    is_unread = arrival.seq > cursor.cursor and _is_news_to(cursor, arrival, indexed.entry)
    return is_unread and matches_filter(cursor.filter, indexed)


def _is_news_to(cursor: SubscriptionCursor, arrival: Arrival, entry: Entry) -> bool:
    """Whether it arrived after the subscription was set up, or has a version that the subscription begins with."""
    if arrival.seq > cursor.start_seq:
        return arrival.kind != "silent"
    return _begins_with(cursor, entry)


def _begins_with(cursor: SubscriptionCursor, entry: Entry) -> bool:
    newest = newest_version(entry)
    return cursor.from_version is not None and newest is not None and newest >= cursor.from_version


def reading_order(item: EditionItem) -> tuple[bool, int, int, bool, str, str]:
    """A sort key: new before updated, newest version first, highlights and cautions first, by area and title."""
    entry = item.entry
    version = newest_version(entry) or Version(0, 0)
    is_ordinary = not (entry.highlighted or entry.caution)
    return (item.kind != "new", -version.major, -version.minor, is_ordinary, entry.area or "~", entry.title)
