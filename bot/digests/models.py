"""The values of a digest: an edition, its items, and what is handed to whatever posts it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.catalog.models import Entry, Episode, Version
from bot.storage.models import ArrivalKind, CursorAdvance, Slot, Subscription, Watch

PREVIEW_NUMBER = 0  # in place of an edition's number: the edition that is still to come
OTHER_AREA = "Other"  # of entries without an area


class EditionItem(NamedTuple):
    """One entry of an edition."""

    seq: int
    kind: ArrivalKind
    entry: Entry
    became_known: str = ""  # why it is new only now: "highlighted now"

    @property
    def area(self) -> str:
        return self.entry.area or OTHER_AREA


@dataclass(frozen=True, slots=True)
class Edition:
    """What one digest of one channel says: the items in reading order, and for the first one who set it up."""

    items: tuple[EditionItem, ...]
    is_first: bool = False  # the channel has not had a digest yet
    set_up_by: str | None = None  # the person's id
    schedule: str = ""  # in words, for the first one
    since: datetime | None = None  # the edition before it, or when the schedule was set

    @property
    def new(self) -> tuple[EditionItem, ...]:
        return tuple(item for item in self.items if item.kind == "new")

    @property
    def updated(self) -> tuple[EditionItem, ...]:
        """The corrections of entries that were announced before."""
        return tuple(item for item in self.items if item.kind == "updated")

    @property
    def highlights(self) -> tuple[EditionItem, ...]:
        return tuple(item for item in self.new if item.entry.highlighted)

    @property
    def cautions(self) -> tuple[EditionItem, ...]:
        """What should be tested first, highlighted or not."""
        return tuple(item for item in self.new if item.entry.caution)

    @property
    def leading(self) -> tuple[EditionItem, ...]:
        """What a reader needs first: the highlights, then the other cautions, each in reading order."""
        return (*self.highlights, *(item for item in self.cautions if not item.entry.highlighted))


class ScheduledSubscription(NamedTuple):
    """A subscription and its next slot, after its pause; None when that has no end, or it waits for arrivals."""

    subscription: Subscription
    next_slot: Slot | None


class PlannedDigest(NamedTuple):
    """A channel's next edition, and what claiming it in the outbox moves forward."""

    team: str
    channel: str
    number: int
    edition: Edition
    episodes: Mapping[int, Episode]
    announced: tuple[tuple[int, str, str], ...]  # the arrivals it announces: seq, key, "new" or "updated"
    notify_users: tuple[str, ...]  # who is told when it cannot be posted
    cursor_advances: tuple[CursorAdvance, ...]
    to_introduce: tuple[ScheduledSubscription, ...] = ()  # the channel's digests, under its first edition


class PlannedWatchMessage(NamedTuple):
    """What arrived and answers a person's watches, best first, and what claiming the message moves forward."""

    team: str
    user: str
    stream: str
    number: int
    watches: tuple[Watch, ...]  # those that it answers
    entries: tuple[Entry, ...]
    episodes: Mapping[int, Episode]
    announced: tuple[tuple[int, str, str], ...]
    watch_advances: tuple[tuple[int, int, int], ...]  # of each its id, its cursor before, and after


def count_by_area(items: Iterable[EditionItem]) -> list[tuple[str, int]]:
    """Areas and how many items each has, the biggest first."""
    return sorted(Counter(item.area for item in items).items(), key=lambda pair: (-pair[1], pair[0]))


def newest_version(entry: Entry) -> Version | None:
    """An entry's version, or the newest one it may belong to."""
    return entry.version or max(entry.possible_versions, default=None)
