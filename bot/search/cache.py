"""A bounded cache that threads may share."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LruCache(Generic[K, V]):
    """Values by key, up to `capacity` in all; the least recently used ones are dropped first."""

    def __init__(self, capacity: int, size_of: Callable[[V], int] = lambda value: 1) -> None:
        """`size_of`: how much of the capacity a value takes."""
        self._capacity, self._size_of = capacity, size_of
        self._values: OrderedDict[K, V] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """The value of this key, or None."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def get_many(self, keys: Collection[K]) -> dict[K, V]:
        """Those of these keys that are cached, with their values."""
        values = self._values
        with self._lock:
            found = {key: values[key] for key in keys if key in values}
            for key in found:
                values.move_to_end(key)
        return found

    def put(self, key: K, value: V | None) -> None:
        """Keep this value of a key; None: keep nothing of it."""
        if value is not None:
            self.add({key: value})
            return
        with self._lock:
            if key in self._values:
                self._size -= self._size_of(self._values.pop(key))

    def drop(self, is_dropped: Callable[[K], bool]) -> None:
        """Keep nothing of the keys that this is true of."""
        with self._lock:
            for key in [key for key in self._values if is_dropped(key)]:
                self._size -= self._size_of(self._values.pop(key))

    def add(self, values: Mapping[K, V]) -> None:
        """Keep these values. The least recently used ones make room for them."""
        with self._lock:
            for key, value in values.items():
                if key in self._values:
                    self._size -= self._size_of(self._values.pop(key))
                self._values[key] = value
                self._size += self._size_of(value)
            while self._size > self._capacity:
                self._size -= self._size_of(self._values.popitem(last=False)[1])
