"""Watches on more than words: on an area ("the portal area"), on a version ("billing in v2.218"), or on whatever
version comes next. Such a watch wants all of it, whatever the entries say.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from bot.catalog.models import Version
from bot.digests.formatting import format_filter
from bot.digests.models import newest_version
from bot.digests.selection import IndexedEntry, select_entries
from bot.digests.subscription_parser import parse_subscription
from bot.storage.models import Arrival, KeyHistory, Schedule, SubscriptionCursor, SubscriptionFilter

_AREA_MARK = re.compile(r"\barea\s*:", re.IGNORECASE)
_NEXT_VERSION = re.compile(
    r"(?:(?:for|when) )?(?:there(?:'s| is) )?(?:a|an|any|the|every|each|all)? ?(?:new|next|newest|latest|coming)"
    r" (?:halo(?:psa)? )?(?:versions?|releases?)",
    re.IGNORECASE,
)
_NO_DAY = date(2000, 1, 3)  # of a schedule, which a watch has none of


class WatchSubject(NamedTuple):
    """What a watch wants all of."""

    filter: SubscriptionFilter = SubscriptionFilter()
    from_version: Version | None = None
    is_next_version: bool = False

    @property
    def words(self) -> str:
        """In words, not escaped."""
        if self.is_next_version:
            return "the first changes of each new version"
        since = f", from {self.from_version} on" if self.from_version else ""
        return f"{format_filter(self.filter)}{since}"


def read_subject(question: str, areas: Mapping[str, tuple[str, ...]]) -> WatchSubject | None:
    """What a question names if it names nothing but areas and versions; None for any other question."""
    text = _AREA_MARK.sub(" ", question)
    if _NEXT_VERSION.fullmatch(text.strip(" .?!")):
        return WatchSubject(is_next_version=True)
    parsed = parse_subscription(text, Schedule(), areas, lambda _: False, _NO_DAY)
    wanted = parsed.filter
    if parsed.clarifications or parsed.notes or parsed.has_schedule or parsed.channel:
        return None
    if not (wanted.areas or wanted.versions) or wanted.words or wanted.without_words:
        return None
    return WatchSubject(wanted, parsed.from_version)


def arrived_for(
    subject: WatchSubject,
    cursor: int,
    arrivals: Iterable[Arrival],
    entries: Mapping[str, IndexedEntry],
    histories: Mapping[str, KeyHistory],
    told_keys: Iterable[str],
    keys_of_version: Callable[[Version], Iterable[str]],
) -> dict[str, int]:
    """What arrived after `cursor` and belongs to the subject, by key with its seq; also what only now turned out to."""
    start = SubscriptionCursor(subject.filter, cursor, cursor, None)
    told = set(told_keys)
    found = {
        item.entry.key: (item.seq, newest_version(item.entry))
        for item in select_entries(arrivals, entries, [start], (), histories, told).items
        if item.kind == "new" and item.entry.key not in told
    }
    if subject.is_next_version:
        versions = {version for _, version in found.values() if version}
        new = {version for version in versions if set(keys_of_version(version)) <= found.keys()}
        return {key: seq for key, (seq, version) in found.items() if version in new}
    from_version = subject.from_version
    return {
        key: seq
        for key, (seq, version) in found.items()
        if from_version is None or (version and version >= from_version)
    }
