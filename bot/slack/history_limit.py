"""The limit on reading the message history of a workspace. Slack lets an app that it has not reviewed, and that many
workspaces can install, read 15 messages once a minute.
"""

import threading
from collections.abc import Callable, Hashable
from typing import NamedTuple

CALL_SECONDS = 60.0  # between two calls of a method in one workspace
MAX_WAIT_SECONDS = 2 * CALL_SECONDS  # then it is tried again, whatever Slack said
PAGE_SIZE = 15
MAX_LOOKUPS = 1_000  # that were begun and not finished


class HistoryTooSoonError(OSError):
    """The history may be read again after `seconds`. Slack was not called."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the history may be read in {seconds:.0f} s")
        self.seconds = seconds


class LookupProgress(NamedTuple):
    """How far a lookup has come: the next page, and the moment before which nothing is looked for."""

    cursor: str
    oldest: float


class HistoryLimit:
    """The pace of one workspace, and the lookups that wait for their next page. Thread-safe; in memory, so that another
    process begins a lookup anew.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._lock = now, threading.Lock()
        self._free_at: dict[str, float] = {}  # by method
        self._progress: dict[Hashable, LookupProgress] = {}

    def take(self, method: str) -> None:
        """Call a method now. Raises HistoryTooSoonError where that is too early."""
        with self._lock:
            now = self._now()
            left = self._free_at.get(method, 0.0) - now
            if 0.0 < left <= MAX_WAIT_SECONDS:  # more comes of a clock that was wrong
                raise HistoryTooSoonError(left)
            self._free_at[method] = now + CALL_SECONDS

    def wait(self, method: str, seconds: float) -> None:
        """Slack says that the next call is too early for so long."""
        with self._lock:
            self._free_at[method] = self._now() + min(seconds, MAX_WAIT_SECONDS)

    def progress(self, lookup: Hashable) -> LookupProgress | None:
        """How far a lookup has come; None at its beginning."""
        with self._lock:
            return self._progress.get(lookup)

    def keep(self, lookup: Hashable, progress: LookupProgress | None) -> None:
        """Keep how far it has come; None: it is finished."""
        with self._lock:
            self._progress.pop(lookup, None)
            if progress is not None:
                if len(self._progress) >= MAX_LOOKUPS:
                    del self._progress[next(iter(self._progress))]  # the one that waits longest: it was given up
                self._progress[lookup] = progress
