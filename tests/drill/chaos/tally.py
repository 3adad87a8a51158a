"""Which faults struck, and how often: counted at the place where they strike."""

import random
import threading
from collections import Counter
from collections.abc import Iterable


class Tally:
    """Faults by kind. Thread-safe."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._lock = chance, threading.Lock()
        self._counts: Counter[str] = Counter()

    def struck(self, kind: str) -> None:
        """One more."""
        with self._lock:
            self._counts[kind] += 1

    def draw(self, kinds: Iterable[str]) -> str:
        """The kind that struck least so far, any of several; not counted yet."""
        with self._lock:
            return min(kinds, key=lambda kind: (self._counts[kind], self._chance.random()))

    def strike(self, kinds: Iterable[str]) -> str:
        """The same, and counted: it strikes here and now."""
        with self._lock:
            kind = min(kinds, key=lambda kind: (self._counts[kind], self._chance.random()))
            self._counts[kind] += 1
            return kind

    def happens(self, share: float) -> bool:
        """Whether a fault comes now, where so large a share of all chances gets one."""
        with self._lock:
            return self._chance.random() < share

    def counts(self) -> dict[str, int]:
        """How often each kind struck."""
        with self._lock:
            return dict(sorted(self._counts.items()))
