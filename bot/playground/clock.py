"""The stand-in's clock: what `ts`, trigger_ids and response_urls are measured by. It can be set, moved and held
still.
"""

import threading
import time
from datetime import datetime


class Clock:
    """Runs with the machine's clock until it is told otherwise.

    The signature on a request is not made with it: an app compares that with its own clock and refuses what is five
    minutes off.
    """

    def __init__(self, lock: threading.RLock) -> None:
        self._lock = lock
        self._offset = 0.0
        self._held: float | None = None
        self._last_ts = 0

    def now(self) -> float:
        """Seconds since 1970, as the stand-in sees it."""
        with self._lock:
            return time.time() + self._offset if self._held is None else self._held

    def set(self, when: float | datetime, *, running: bool = True) -> float:
        """Makes it `when` (a Unix time, or a datetime that knows its zone); `running=False` holds it there. Returns the
        new time.
        """
        if isinstance(when, datetime):
            if when.tzinfo is None:
                raise ValueError("set_clock needs a datetime with a time zone")
            when = when.timestamp()
        with self._lock:
            self._held = None if running else float(when)
            self._offset = float(when) - time.time()
            return self.now()

    def advance(self, seconds: float) -> float:
        """Moves it on by that much (a held clock stays held). Returns the new time."""
        with self._lock:
            return self.set(self.now() + seconds, running=self._held is None)

    def reset(self) -> None:
        """The machine's time again; what `next_ts` gave out is still not given out twice."""
        with self._lock:
            self._offset, self._held = 0.0, None

    def next_ts(self) -> str:
        """A message `ts` that nothing else has and that is greater than all before it, even after the clock went
        back.
        """
        with self._lock:
            self._last_ts = max(self._last_ts + 1, int(self.now() * 1_000_000))
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"
