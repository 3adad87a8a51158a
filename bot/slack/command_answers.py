"""What each person's last command was answered in each place, so that "the second one" has a meaning.

It is kept in memory, so that an answer never waits for a database. Where several processes answer, the next command may
reach another one: each also writes it into the workspace database, soon after its answer is out, and reads it there
where a text may go on from it. A database that hangs is waited for a moment only.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from bot.background import RepeatedJob
from bot.conversation.models import LastAnswer
from bot.references import keep_reference
from bot.search.cache import LruCache
from bot.storage.conversations import ConversationKey, Conversations
from bot.storage.patience import patience

MAX_REMEMBERED_COMMANDS = 5_000  # of people, the last one in each place
WRITE_EVERY_SECONDS = 0.1
CLOSE_SECONDS = 0.5  # for the last write, when the process ends
MAX_READ_SECONDS, READERS = 0.3, 4
MAX_UNWRITTEN = 2_000  # while the database does not answer; more are not written
log = logging.getLogger(__name__)
_Found = tuple[LastAnswer, float] | None
_UNKNOWN = object()  # what a database says that does not answer


class KeptAnswer(NamedTuple):
    """An answer, and when it was given."""

    answer: LastAnswer
    at: float  # seconds since 1970


class CommandAnswers:
    """The last answers. Thread-safe. `shared`: where other processes find them; None where there are none. Whoever
    makes one with others closes it.
    """

    def __init__(self, shared: Conversations | None = None, now: Callable[[], float] = time.time) -> None:
        self._kept = LruCache[ConversationKey, KeptAnswer](MAX_REMEMBERED_COMMANDS)
        self._shared, self._now = shared, now
        self._readers, self._turns = ThreadPoolExecutor(READERS, "last answer"), threading.BoundedSemaphore(READERS)
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._unwritten: dict[ConversationKey, KeptAnswer] = {}
        self._taken: dict[ConversationKey, KeptAnswer] = {}  # that is being written
        self.is_shared = shared is not None
        self._writer = RepeatedJob(WRITE_EVERY_SECONDS, self.write, "command answers")
        if self.is_shared:
            self._writer.start()

    def get(self, where: ConversationKey) -> LastAnswer | None:
        """What this process answered last, or None."""
        kept = self._kept.get(where)
        return kept.answer if kept else None

    def newest(self, where: ConversationKey) -> LastAnswer | None:
        """What was answered last by whichever process, or None."""
        kept, shared = self._kept.get(where), self._shared
        if shared is None:
            return kept.answer if kept else None
        was_written = not self._is_unwritten(where)
        found = self._read(lambda: shared.last_answered(where, self._now()))
        if found is None and kept is not None and was_written:  # erased: see "forget me"
            self._kept.put(where, None)
            return None
        if not isinstance(found, tuple) or (kept is not None and kept.at >= found[1]):
            return kept.answer if kept else None
        answer: LastAnswer = found[0]
        return answer

    def _is_unwritten(self, where: ConversationKey) -> bool:
        with self._lock:
            return where in self._unwritten or where in self._taken

    def _read(self, read: Callable[[], _Found]) -> object:
        """What the database says; _UNKNOWN where it takes long. While several reads hang, nothing waits for another."""
        if not self._turns.acquire(blocking=False):
            return _UNKNOWN
        try:
            future = self._readers.submit(keep_reference(read))
            future.add_done_callback(lambda _: self._turns.release())
        except RuntimeError:  # the process is ending
            self._turns.release()
            return _UNKNOWN
        try:
            return future.result(MAX_READ_SECONDS)
        except Exception as error:
            log.warning("what was answered last by other processes is not known: %s", type(error).__name__)
            return _UNKNOWN

    def put(self, where: ConversationKey, answer: LastAnswer) -> KeptAnswer | None:
        """Remember this answer. Returns what this process remembered before."""
        former, kept = self._kept.get(where), KeptAnswer(answer, self._now())
        self._kept.put(where, kept)
        if self._shared is not None:
            with self._lock:
                if where in self._unwritten or len(self._unwritten) < MAX_UNWRITTEN:
                    self._unwritten[where] = kept
        return former

    def put_back(self, where: ConversationKey, former: KeptAnswer | None) -> None:
        """Remember what was remembered before: the answer that came after it was not shown."""
        self._kept.put(where, former)
        with self._lock:
            if self._unwritten.pop(where, None) and former is not None:
                self._unwritten[where] = former

    def forget(self, is_forgotten: Callable[[ConversationKey], bool]) -> None:
        """Remember nothing any more of the places that this is true of; what is in the database is not touched."""
        self._kept.drop(is_forgotten)
        with self._writing, self._lock:  # what is being written is in the database then, or among what is not written
            self._unwritten = {where: kept for where, kept in self._unwritten.items() if not is_forgotten(where)}

    def write(self) -> None:
        """Write what is not in the workspace database yet. What cannot be written now is tried again."""
        with self._writing:
            self._write()

    def close(self) -> None:
        """Write a last time what the database takes within a moment, and end the threads."""
        self._writer.shutdown(wait=False)
        self._readers.shutdown(wait=False)
        if self._writing.acquire(timeout=CLOSE_SECONDS):
            try:
                with patience(CLOSE_SECONDS):
                    self._write()
            finally:
                self._writing.release()

    def _write(self) -> None:
        with self._lock:
            self._taken, self._unwritten = self._unwritten, {}
        if self._taken and self._shared is not None:
            answers = {where: (kept.answer, kept.at) for where, kept in self._taken.items()}
            try:
                self._shared.save_answers(answers, self._now())
            except Exception as error:
                log.debug("last answers are not written yet: %s", type(error).__name__)
                with self._lock:
                    self._unwritten = {**self._taken, **self._unwritten}
        with self._lock:
            self._taken = {}
