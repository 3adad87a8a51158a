"""The way into search for everything outside: a service that hands out one snapshot of the catalogue per request."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bot.catalog.repository import Catalog
from bot.search.models import SearchResult
from bot.search.snapshot import MAX_CACHED_RESULTS, SearchSnapshot


class SearchService:
    """Search over a catalogue. Thread-safe; a change to the catalogue is in the next snapshot."""

    def __init__(self, catalog: Catalog, max_cached_results: int = MAX_CACHED_RESULTS) -> None:
        """`max_cached_results`: how many parsed questions and results are kept; 0 turns these caches off."""
        self.catalog = catalog
        self._max_cached_results = max_cached_results
        self._latest: SearchSnapshot | None = None
        self._refreshing = threading.Lock()

    @contextmanager
    def snapshot(self) -> Iterator[SearchSnapshot]:
        """The catalogue as it is now, inside one read transaction. Everything that one request reads, it reads here.

        Inside another snapshot of the same thread, it joins that one's transaction. Raises CatalogueError when the
        catalogue cannot be read.
        """
        with self.catalog.read_transaction():
            yield self._current_snapshot()

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
