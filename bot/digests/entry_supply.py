"""Finds the entries that arrived and that digests still have to announce. Where this process's catalogue lacks some, it
is mended if possible, and the caller gets the keys that are still missing. Digests wait for these and never skip them.
"""

import logging
import time
from collections.abc import Callable, Collection
from typing import NamedTuple

from bot.catalog.models import Entry
from bot.catalog.repository import Catalog

log = logging.getLogger(__name__)
RESTORE_EVERY_SECONDS = 600.0  # how often it is tried to bring the same entries back
MAX_NAMED_KEYS = 5


class WaitingEdition(NamedTuple):
    """A digest or a watch that waits for entries which are not in the catalogue at hand."""

    team: str
    channel: str  # or the person of a watch
    keys: tuple[str, ...]
    since: float  # seconds since 1970: the slot that passed, or when it was noticed
    noticed: float  # by this process

    def __str__(self) -> str:
        """`The digest of C1 waits for 12 changes that are not in the catalogue: 1102001, …`."""
        count = "1 change that is" if len(self.keys) == 1 else f"{len(self.keys)} changes that are"
        more = " …" if len(self.keys) > MAX_NAMED_KEYS else ""
        named = ", ".join(self.keys[:MAX_NAMED_KEYS])
        return f"The digest of {self.channel} waits for {count} not in the catalogue: {named}{more}"


class EntrySupply:
    """The entries of one catalogue.

    `expected(keys)` returns those that should be there; without it, all. `restore(keys)` brings back what can be
    brought back. `catch_up()` brings in what other processes imported, where that is possible;
    `require_current()` raises where it is not. `revive(keys)` gets the keys of the entries that are there.
    """

    def __init__(
        self,
        catalog: Catalog,
        expected: Callable[[Collection[str]], Collection[str]] = set,
        restore: Callable[[Collection[str]], object] = lambda keys: None,
        catch_up: Callable[[], object] = lambda: None,
        revive: Callable[[Collection[str]], object] = lambda keys: None,
        clock: Callable[[], float] = time.monotonic,
        require_current: Callable[[], object] = lambda: None,
    ) -> None:
        self.catalog, self.catch_up, self.revive, self.require_current = catalog, catch_up, revive, require_current
        self._expected, self._restore, self._clock = expected, restore, clock
        self._tried: tuple[frozenset[str], float] | None = None  # what was to be brought back last, and when

    def find(self, keys: Collection[str]) -> tuple[list[Entry], frozenset[str]]:
        """The entries with these keys that are at hand, and the keys of those that are missing. Both are of one look:
        what another process brings back right after it is missing until the next one, and not passed over.
        """
        entries, missing = self._look(keys)
        if missing and self._may_try(missing):
            log.warning("%s entries that arrived are not in the catalogue: bringing them back", len(missing))
            self._restore(missing)
            entries, missing = self._look(keys)
        return entries, missing

    def gone(self, keys: Collection[str]) -> set[str]:
        """Those of these entries that were taken back: nobody waits for them."""
        return set(keys) - set(self._expected(keys))

    def _look(self, keys: Collection[str]) -> tuple[list[Entry], frozenset[str]]:
        entries = self.catalog.entries(keys)
        absent = set(keys) - {entry.key for entry in entries}
        return entries, frozenset(self._expected(absent)) if absent else frozenset()

    def _may_try(self, missing: frozenset[str]) -> bool:
        now = self._clock()
        if self._tried is not None and self._tried[0] == missing and now - self._tried[1] < RESTORE_EVERY_SECONDS:
            return False
        self._tried = (missing, now)
        return True
