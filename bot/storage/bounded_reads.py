"""Reads of a database for which an answer waits a moment only: a database that hangs holds no answer up."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from bot.references import keep_reference

T = TypeVar("T")

log = logging.getLogger(__name__)
WAIT_SECONDS = 0.3


class BoundedReads:
    """Runs a read in a thread. Where it takes long or fails, what was read before stands in for it."""

    def __init__(self, wait_seconds: float = WAIT_SECONDS) -> None:
        self._wait_seconds = wait_seconds
        self._lock = threading.Lock()
        self._running: dict[str, Future[Any]] = {}
        self._last: dict[str, Any] = {}

    def read(self, name: str, read: Callable[[], T], otherwise: T) -> T:
        """What `read` returns now, or returned the last time it was read by this name, or `otherwise`."""
        with self._lock:
            future = self._running.get(name)
            if future is None or future.done():  # one at a time, so that a hanging database collects no threads
                future = self._running[name] = Future()
                threading.Thread(
                    target=keep_reference(_run), args=(future, read), name=f"read {name}", daemon=True
                ).start()
        try:
            self._last[name] = future.result(self._wait_seconds)
        except TimeoutError:
            log.warning("reading %s takes long; what was read before is shown", name)
        except Exception:
            log.exception("reading %s failed; what was read before is shown", name)
        value: T = self._last.get(name, otherwise)
        return value


def _run(future: Future[Any], read: Callable[[], object]) -> None:
    try:
        future.set_result(read())
    except Exception as error:
        future.set_exception(error)
