"""Graceful shutdown at SIGTERM or SIGINT: the process starts nothing new, and finishes or gives back what it has
acknowledged. After ten seconds it ends even if something hangs.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

log = logging.getLogger(__name__)
MAX_SECONDS = 8.0  # from the signal on: the machine may be slow to bring it
LOOK_SECONDS = 0.2  # how often the main thread looks whether a signal came


def wait_in_main_thread(event: threading.Event, seconds: float = threading.TIMEOUT_MAX) -> bool:
    """Wait in the main thread for an event that a signal sets. Returns whether it is set, after so long at most.

    `Event.wait` would not do: Python calls the handler of a signal in the main thread. A signal that comes just before
    the wait begins would not be noticed until the wait is over, and one that comes while the wait holds the event's
    lock would make the handler wait for that lock for ever.
    """
    deadline = time.monotonic() + seconds
    while not event.is_set() and (left := deadline - time.monotonic()) > 0:
        time.sleep(min(LOOK_SECONDS, left))
    return event.is_set()


class Shutdown:
    """The shutdown of this process. `begun` is set at the first signal; anything that waits for long checks it."""

    def __init__(self, end_process: Callable[[int], Any] = os._exit) -> None:
        self.begun = threading.Event()
        self._end_process, self._code = end_process, 0

    def install(self) -> None:
        """Begin at the first SIGTERM or SIGINT. Only in the main thread."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.begin)

    def begin(self, *_: object) -> None:
        """Set `begun`, and end the process after MAX_SECONDS even if something hangs."""
        if self.begun.is_set():
            return
        self.begun.set()
        watchdog = threading.Timer(MAX_SECONDS, self._give_up)
        watchdog.daemon = True
        watchdog.start()

    def fail(self) -> None:
        """The same where the process cannot do its work: it ends with exit code 1, so its supervisor restarts it."""
        self._code = 1
        self.begin()

    def finish(self) -> None:
        """End the process at once if a shutdown has begun. Everything that matters is stored by now, and Python itself
        would wait for threads that wait for a network, after it has stopped the watchdog.
        """
        if self.begun.is_set():
            logging.shutdown()
            self._end_process(self._code)

    def _give_up(self) -> None:
        log.warning(
            "not everything ended within %.0f seconds; what is left is taken up by the next process", MAX_SECONDS
        )
        logging.shutdown()
        self._end_process(self._code)
