"""Fault injection: the next calls to a method fail in the way that was asked for."""

import threading
from dataclasses import dataclass
from fnmatch import fnmatchcase

# Besides these, `how` is any error code of Slack's, answered as {"ok": false, "error": how}.


@dataclass
class Fault:
    """The next `times` calls to methods that match `pattern` (`chat.postMessage`, `chat.*`, `*`, `response_url`) fail.

    `how`: "429" (with Retry-After `retry_after`), "500" (not JSON, as from a proxy), "hang" (does it, and answers after
    `seconds`), "drop_reply" (does it, and closes the connection without an answer), "store_late" (closes the connection
    at once, and does it after `seconds`), or an error code.
    """

    pattern: str
    how: str
    times: int = 1
    seconds: float = 1.0
    retry_after: int = 1


class Faults:
    """The faults still to come, in the order they were added."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Add a fault, from the next call on. Raises ValueError when it could never happen."""
        if fault.times < 1 or fault.seconds < 0 or fault.retry_after < 0 or not fault.how:
            raise ValueError(f"not a fault that can happen: {fault}")
        with self._lock:
            self._faults.append(fault)

    def take(self, method: str) -> Fault | None:
        """The fault for this call, or None; counts it."""
        with self._lock:
            for fault in self._faults:
                if fnmatchcase(method, fault.pattern):
                    fault.times -= 1
                    if fault.times == 0:
                        self._faults.remove(fault)
                    return fault
            return None

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._faults.clear()
