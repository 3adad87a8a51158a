"""The playground's clock, which dates messages, trigger_ids and response_urls. It can be set, moved and stopped."""

import threading
import time
from datetime import datetime


class Clock:
    """Runs with the machine's clock until it is set.

    Requests are not signed with it: an app compares the signature's time with its own clock and refuses a difference of
    five minutes.
    """

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self._offset = 0.0
        self._held: float | None = None
        self._last_ts = 0

    def now(self) -> float:
        """Seconds since 1970."""
        with self._lock:
            return time.time() + self._offset if self._held is None else self._held

    def set(self, when: float | datetime, *, running: bool = True) -> float:
        """Set the clock to a Unix time or an aware datetime; `running=False` stops it there. Returns the new time."""
        if isinstance(when, datetime):
            if when.tzinfo is None:
                raise ValueError("set_clock needs a datetime with a time zone")
            when = when.timestamp()
        with self._lock:
            self._held = None if running else float(when)
            self._offset = float(when) - time.time()
            return self.now()

    def advance(self, seconds: float) -> float:
        """Move the clock forward by that many seconds; a stopped clock stays stopped. Returns the new time."""
        with self._lock:
            return self.set(self.now() + seconds, running=self._held is None)

    def reset(self) -> None:
        """Back to the machine's time. A `ts` that was given out is still never given out again."""
        with self._lock:
            self._offset, self._held = 0.0, None

    def next_ts(self) -> str:
        """A message `ts` that is greater than all before it, even after the clock was set back."""
        with self._lock:
            self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"
