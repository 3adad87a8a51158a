"""Bounded caches that threads may share."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

T = TypeVar("T")


class RowCache(Generic[T]):
    """Rows by their id; the least recently used ones are dropped first."""

    def __init__(self, max_rows: int) -> None:
        self._max_rows = max_rows
        self._rows: OrderedDict[int, T] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, ids: Iterable[int]) -> dict[int, T]:
        """The cached rows among these ids."""
        with self._lock:
            found = {row_id: self._rows[row_id] for row_id in ids if row_id in self._rows}
            for row_id in found:
                self._rows.move_to_end(row_id)
        return found

    def add(self, rows: Mapping[int, T]) -> None:
        """Keep these rows, and drop the least recently used ones where there are too many."""
        with self._lock:
            self._rows |= rows
            while len(self._rows) > self._max_rows:
                self._rows.popitem(last=False)
