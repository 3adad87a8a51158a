"""Runs something again and again in a thread of this process, beside answering.

The pauses are measured by a clock that only goes forward: whoever sets the machine's clock back by an hour would stop a
scheduler that waits for a time of day for that hour.
"""

import logging
import threading
import time
from collections.abc import Callable

from bot.references import with_reference

log = logging.getLogger(__name__)


class RepeatedJob:
    """Runs a job now and so many seconds after each time it began. Turns never overlap; a turn that was missed is made
    up for by the next one. A job that raises is logged, and runs again.
    """

    def __init__(self, seconds: float, job: Callable[[], object], name: str) -> None:
        self._seconds, self._job, self._name = seconds, job, name
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> "RepeatedJob":
        """Begin. Returns itself."""
        self._thread.start()
        return self

    def shutdown(self, wait: bool = True) -> None:
        """End after the turn that is running, and wait for that."""
        self._ended.set()
        if wait and self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            began = time.monotonic()
            with with_reference():
                self._take_turn()
            self._ended.wait(max(0.0, began + self._seconds - time.monotonic()))

    def _take_turn(self) -> None:
        try:
            self._job()
        except Exception:
            log.exception("%s failed; it is tried again", self._name)
