"""The transcript of everything that became visible or was answered, in order, and the log of the app's calls."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.playground.clock import Clock
from bot.playground.delivery import DeliveryResult, OutgoingRequest
from bot.playground.model import Call, DeliveryRecord, Json, TranscriptEntry

KEPT = 20_000  # a drill can run for days; what is older than this is forgotten
DELIVERIES_KEPT = 1_000  # whole payloads and answers: only for looking at


class Transcript:
    """Append-only and thread-safe; writing an entry wakes the threads that wait for one."""

    def __init__(self, clock: Clock, lock: threading.RLock) -> None:
        self._clock = clock
        self._changed = threading.Condition(lock)
        self._entries: deque[TranscriptEntry] = deque(maxlen=KEPT)
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._deliveries: deque[DeliveryRecord] = deque(maxlen=DELIVERIES_KEPT)
        self._seq = 0
        self._closed = False

    def close(self) -> None:
        """End all waiting: the playground stops."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def add(self, kind: str, method: str, via: str, **fields: Any) -> TranscriptEntry:
        """Add one entry (`fields` are `TranscriptEntry`'s), wake the threads that wait, and return it."""
        with self._changed:
            self._seq += 1
            entry = TranscriptEntry(seq=self._seq, at=self._clock.now(), kind=kind, method=method, via=via, **fields)
            self._entries.append(entry)
            self._changed.notify_all()
            return entry

    def add_call(self, method: str, args: Json, status: int, error: str | None, answer: Any = None) -> None:
        """Record a call to the Web API or to a response_url, and how it was answered."""
        with self._changed:
            self._seq += 1
            self._calls.append(
                Call(self._seq, self._clock.now(), method, args, error is None and status == 200, error, status, answer)
            )
            if len(self._calls) > DELIVERIES_KEPT:
                self._calls[-DELIVERIES_KEPT - 1] = replace(self._calls[-DELIVERIES_KEPT - 1], answer=None)
            self._changed.notify_all()

    def add_delivery(self, sent: OutgoingRequest, answer: DeliveryResult) -> None:
        """Record what was sent to the app and how it answered. It wakes no thread: its effects have own entries."""
        with self._changed:
            fields = (
                sent.type,
                sent.payload,
                sent.retry_num,
                answer.status,
                answer.body,
                answer.error,
                round(answer.seconds, 4),
                answer.via,
            )
            self._seq += 1
            self._deliveries.append(DeliveryRecord(self._seq, self._clock.now(), *fields))

    def deliveries(self) -> list[DeliveryRecord]:
        """The last things sent to the app, oldest first."""
        with self._changed:
            return list(self._deliveries)

    def entries(self, after: int = 0) -> list[TranscriptEntry]:
        """The entries after the one numbered `after`, oldest first."""
        with self._changed:
            return [entry for entry in self._entries if entry.seq > after]

    def last_about(self, ts: str) -> TranscriptEntry:
        """The newest entry about the message with that ts. Raises LookupError when there is none."""
        with self._changed:
            for entry in reversed(self._entries):
                if entry.ts == ts:
                    return entry
        raise LookupError(ts)

    def calls(self, method: str | None = None) -> list[Call]:
        """The app's calls, oldest first; only those to `method` when it is given."""
        with self._changed:
            return [call for call in self._calls if method is None or call.method == method]

    def clear(self) -> None:
        """Remove all entries and calls; the numbering goes on."""
        with self._changed:
            self._entries.clear()
            self._calls.clear()
            self._deliveries.clear()

    @property
    def seq(self) -> int:
        """The number of the last entry or call."""
        with self._changed:
            return self._seq

    def wait_for(
        self, predicate: Callable[[TranscriptEntry], object], timeout: float, after: int = 0
    ) -> TranscriptEntry | None:
        """The first entry after `after` that satisfies `predicate`; None when there is none within `timeout` real
        seconds.

        Also None when the playground stops meanwhile.
        """
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                for entry in self._entries:
                    if entry.seq > after and predicate(entry):
                        return entry
                    after = max(after, entry.seq)
                left = deadline - time.monotonic()
                if left <= 0 or self._closed:
                    return None
                self._changed.wait(left)
