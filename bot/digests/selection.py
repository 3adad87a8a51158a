"""What is in an edition: the arrivals since the one before, sifted by the union of a channel's filters. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.catalog.models import Entry, Version
from bot.digests.models import EditionItem, newest_version
from bot.storage.models import Arrival, ArrivalKind, SubscriptionCursor, SubscriptionFilter
from bot.text import stems


@dataclass(frozen=True, slots=True)
class IndexedEntry:
    """An entry with its words ready to be looked through, so that a thousand channels do not each read it again."""

    entry: Entry
    stems: frozenset[str]


class Selection(NamedTuple):
    """What is told, and all the arrivals that are told with it (an entry that came and was corrected is one line, two
    arrivals).
    """

    items: tuple[EditionItem, ...]
    arrivals: tuple[Arrival, ...]


def index_entry(entry: Entry) -> IndexedEntry:
    """In: an entry. Out: it and the stems of what it says itself; not how other people would ask for it, which names
    other things.
    """
    return IndexedEntry(
        entry,
        frozenset(stems(" ".join((entry.title, entry.summary, *entry.names, entry.answer or "", entry.caution or "")))),
    )


def matches_filter(wanted: SubscriptionFilter, text: IndexedEntry) -> bool:
    """Whether a filter lets an entry through."""
    entry = text.entry
    if wanted.highlights and not (entry.highlighted or entry.caution):
        return False
    if wanted.versions and not set(wanted.versions) & {entry.version, *entry.possible_versions}:
        return False
    if entry.area in wanted.without_areas or any(has_words(text, words) for words in wanted.without_words):
        return False
    if not wanted.areas and not wanted.words:
        return True
    return entry.area in wanted.areas or any(has_words(text, words) for words in wanted.words)


def has_words(text: IndexedEntry, words: str) -> bool:
    """Whether an entry has all of these words, in any of their forms."""
    wanted = stems(words)
    return bool(wanted) and text.stems.issuperset(wanted)


def select_entries(
    arrivals: Iterable[Arrival],
    texts: Mapping[str, IndexedEntry],
    filters: Sequence[SubscriptionCursor],
    announced: Collection[int] = (),
) -> Selection:
    """The lines of an edition, in reading order. `announced`: arrivals that this channel heard of already, by whatever
    filter.

    An entry that is no longer in the catalogue is left out. Each entry is one line: new if its own arrival is among
    them.
    """
    told = [
        arrival
        for arrival in arrivals
        if arrival.seq not in announced and arrival.key in texts and _is_wanted(filters, arrival, texts[arrival.key])
    ]
    lines: dict[str, EditionItem] = {}
    for arrival in told:
        kind: ArrivalKind = "updated" if arrival.kind == "updated" else "new"
        if arrival.key not in lines or kind == "new":
            lines[arrival.key] = EditionItem(arrival.seq, kind, texts[arrival.key].entry)
    return Selection(tuple(sorted(lines.values(), key=_reading_order)), tuple(told))


def _is_wanted(filters: Sequence[SubscriptionCursor], arrival: Arrival, text: IndexedEntry) -> bool:
    return any(
        arrival.seq > one.cursor and _is_news_for(one, arrival, text.entry) and matches_filter(one.filter, text)
        for one in filters
    )


def _is_news_for(one: SubscriptionCursor, arrival: Arrival, entry: Entry) -> bool:
    if arrival.seq > one.start_seq:
        return arrival.kind != "silent"
    newest = newest_version(entry)
    return one.from_version is not None and newest is not None and newest >= one.from_version


def _reading_order(line: EditionItem) -> tuple[bool, int, int, bool, str, str]:
    """New before corrected, newest version first, what matters first, then by area and title."""
    entry = line.entry
    version = newest_version(entry) or Version(0, 0)
    return (
        line.kind != "new",
        -version.major,
        -version.minor,
        not (entry.highlighted or entry.caution),
        entry.area or "~",
        entry.title,
    )
