"""The way into search for everything outside: a service that hands out one snapshot of the catalogue per request."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from bot.catalog.database import CatalogueChangedError
from bot.catalog.repository import Catalog
from bot.search.models import SearchResult
from bot.search.snapshot import MAX_CACHED_RESULTS, SearchSnapshot

RECENT_SECONDS = 0.05  # for which the catalogue is taken to be as it was, where other processes may have changed it
T = TypeVar("T")


class _Seen(NamedTuple):
    """A snapshot that was the current one at some time, after so many changes by this process."""

    snapshot: SearchSnapshot
    at: float
    own_changes: int


class SearchService:
    """Search over a catalogue. Thread-safe; a change to the catalogue is in the next snapshot."""

    def __init__(
        self,
        catalog: Catalog,
        max_cached_results: int = MAX_CACHED_RESULTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`max_cached_results`: how many parsed questions and results are kept; 0 turns these caches off."""
        self.catalog, self._clock = catalog, clock
        self._max_cached_results = max_cached_results
        self._latest: SearchSnapshot | None = None
        self._refreshing = threading.Lock()
        self._seen: _Seen | None = None

    @contextmanager
    def snapshot(self) -> Iterator[SearchSnapshot]:
        """The catalogue as it is now, inside one read transaction. Everything that one request reads, it reads here.

        Inside another snapshot of the same thread, it joins that one's transaction. Raises CatalogueError when the
        catalogue cannot be read.
        """
        at, own_changes, is_joined = self._clock(), self.catalog.own_changes, self.catalog.is_in_transaction
        with self.catalog.read_transaction():
            snapshot = self._current_snapshot()
            if not is_joined:  # else it may be of long ago
                self._seen = _Seen(snapshot, at, own_changes)
            yield snapshot

    def read(self, work: Callable[[SearchSnapshot], T]) -> T:
        """What `work` makes of a snapshot that is at most RECENT_SECONDS old. Most answers need nothing of the file
        then, and begin no transaction. `work` is done again where it read something that was changed since.

        Raises CatalogueError, and what `work` raises.
        """
        seen = self._seen
        if seen and seen.own_changes == self.catalog.own_changes and self._clock() - seen.at < RECENT_SECONDS:
            try:
                with self.catalog.expecting_revision(seen.snapshot.revision):
                    return work(seen.snapshot)
            except CatalogueChangedError:
                pass
        with self.snapshot() as snapshot:
            return work(snapshot)

    def search(self, text: str) -> SearchResult:
        """Answer one question in a snapshot of its own. Raises CatalogueError."""
        with self.snapshot() as snapshot:
            return snapshot.search(text)

    def matching_keys(self, text: str, keys: Iterable[str]) -> list[str]:
        """`SearchSnapshot.matching_keys` in a snapshot of its own. Raises CatalogueError."""
        with self.snapshot() as snapshot:
            return snapshot.matching_keys(text, keys)

    def _current_snapshot(self) -> SearchSnapshot:
        """The snapshot of the catalogue's revision, made when it is first asked for."""
        revision = self.catalog.revision
        latest = self._latest
        if latest is None or latest.revision != revision:
            with self._refreshing:
                latest = self._latest
                if latest is None or latest.revision != revision:
                    latest = self._latest = SearchSnapshot(self.catalog, revision, self._max_cached_results)
        return latest
