"""Ends the process when it is told to, by SIGTERM or SIGINT: nothing new is begun, what was acknowledged is finished or
given back, and after ten seconds the process is gone, whatever hangs.
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


class Ending:
    """`begun` is set at the first signal; who waits for long looks at it."""

    def __init__(self, end_process: Callable[[int], Any] = os._exit) -> None:
        self.begun = threading.Event()
        self._end_process, self._code = end_process, 0

    def install(self) -> None:
        """Begin at the first SIGTERM or SIGINT. Only in the main thread."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.begin)

    def begin(self, *_: object) -> None:
        """Tell everybody, and make sure that the process ends."""
        if self.begun.is_set():
            return
        self.begun.set()
        watchdog = threading.Timer(MAX_SECONDS, self._give_up)
        watchdog.daemon = True
        watchdog.start()

    def fail(self) -> None:
        """The same, because the process cannot do its work: it ends with 1, so that its supervisor starts it anew."""
        self._code = 1
        self.begin()

    def finish(self) -> None:
        """Where the process was told to end: be gone at once. All that counts is stored by now, and Python would wait
        for threads that wait for a network, with the watchdog stopped already.
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
