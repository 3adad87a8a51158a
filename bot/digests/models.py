"""The values of a digest: an edition and its lines. Nothing here reads or writes anything."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.catalog.models import Entry, Version
from bot.storage.models import ArrivalKind


class EditionItem(NamedTuple):
    """One entry of an edition."""

    seq: int
    kind: ArrivalKind
    entry: Entry


@dataclass(frozen=True, slots=True)
class Edition:
    """What one digest of one channel says."""

    items: tuple[EditionItem, ...]
    first: bool = False  # nobody in the channel has seen one yet
    set_up_by: str | None = None  # the person's id
    schedule: str = ""  # in words, for the first one
    since: datetime | None = None  # the one before it

    @property
    def new(self) -> tuple[EditionItem, ...]:
        return tuple(line for line in self.items if line.kind == "new")

    @property
    def updated(self) -> tuple[EditionItem, ...]:
        return tuple(line for line in self.items if line.kind == "updated")


def newest_version(entry: Entry) -> Version | None:
    """Its version, or the newest it may belong to."""
    return entry.version or max(entry.possible_versions, default=None)
