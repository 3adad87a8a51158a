"""Reads where the catalogue's words are and asks its changes' titles before people ask, after a start and after each
change of the catalogue: what a question reads and works out is kept, so the first answers take no longer than others.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bot.background import RepeatedJob
from bot.catalog.models import Entry, Filters
from bot.conversation.interpret import interpret
from bot.conversation.models import LastAnswer
from bot.errors import CatalogueError
from bot.search.index_reader import MAX_CACHED_MATCHES
from bot.search.scoring import Stems
from bot.search.service import SearchService
from bot.search.snapshot import SearchSnapshot
from bot.search.vocabulary_reader import MAX_ENTRIES_READ_AT_ONCE

LOOK_SECONDS = 30.0  # between two looks whether the catalogue has changed
BEGIN_SECONDS = 3.0  # after a start, for who asks at once comes first
PAUSE_SECONDS = 0.005  # before each piece of work, for people's questions
LATE_SECONDS = 0.003  # who wakes later than that after a pause has others before them …
LONG_PAUSE_SECONDS, MAX_LONG_PAUSES = 0.25, 20  # … and lets them go on, for so long
STEMS_AT_ONCE = 100
MAX_TITLES = 1_000  # the newest; of more, not everything could be kept
NEXT_TIME = "it is tried again when the catalogue changes"
log = logging.getLogger(__name__)


class WarmUp:
    """Asks what was not asked yet of the catalogue as it is, until `ended` is set."""

    def __init__(self, search: SearchService, ended: threading.Event) -> None:
        self._search, self._ended = search, ended
        self._asked_revision: int | None = None

    def look(self) -> int:
        """Read and ask, where the catalogue is another than at the last look. Returns how many titles were asked. A
        fault of ours is logged once for each state of the catalogue: asking again would meet it again.
        """
        try:
            revision = self._search.catalog.revision
            asked = self._ask_all() if revision != self._asked_revision else 0
        except CatalogueError as error:  # whoever asks is told
            log.debug("not warmed up: %s", error)
            return 0
        self._asked_revision = revision
        return asked

    def _ask_all(self) -> int:
        asked = failed = 0
        for entry in self._prepare():
            try:
                asked += self._ask(entry.title, entry.key)
            except CatalogueError:
                raise
            except Exception:
                failed += 1
                if failed == 1:
                    log.exception("the title of %s cannot be asked; %s", entry.key, NEXT_TIME)
        if failed > 1:
            log.warning("%s titles cannot be asked", failed)
        return asked

    def _prepare(self) -> list[Entry]:
        """Read where the words are. Returns the changes whose titles are to be asked."""
        try:
            for read in self._readings():
                self._step(read)
            with self._search.snapshot() as snapshot:
                newest = snapshot.catalog.ids_matching(Filters())[:MAX_TITLES]
                return list(snapshot.catalog.entries_by_id(newest).values())
        except CatalogueError:
            raise
        except Exception:
            log.exception("nothing is asked before people do; %s", NEXT_TIME)
            return []

    def _readings(self) -> Iterator[Callable[[SearchSnapshot], object]]:
        """What reads where the words are, a few at a time; nothing of a catalogue that is too large to be kept."""
        with self._search.snapshot() as snapshot:
            is_small = snapshot.entry_count <= MAX_ENTRIES_READ_AT_ONCE
            counts = snapshot.vocabulary.doc_freq if is_small else {}
        if sum(counts.values()) <= MAX_CACHED_MATCHES // 2:
            stems = [(stem,) for stem in counts]
            for start in range(0, len(stems), STEMS_AT_ONCE):
                yield partial(_read_postings, stems[start : start + STEMS_AT_ONCE])

    def _ask(self, title: str, key: str) -> bool:
        """Whether it was asked. As after another answer, for then more has to be looked at."""

        def ask(snapshot: SearchSnapshot) -> None:
            interpret(snapshot, title, LastAnswer(title, (key,), 1), may_change_digest=True)

        return self._step(ask)

    def _step(self, work: Callable[[SearchSnapshot], object]) -> bool:
        """Do a piece of work when nobody else wants the processor. Returns whether it was done: not in a process that
        ends.
        """
        if not self._rest():
            return False
        with self._search.snapshot() as snapshot:
            work(snapshot)
        return True

    def _rest(self) -> bool:
        """Pause, and again for longer while people's questions are answered. Returns False in a process that ends."""
        pause = PAUSE_SECONDS
        for _ in range(1 + MAX_LONG_PAUSES):
            began = time.monotonic()
            if self._ended.wait(pause):
                return False
            if time.monotonic() - began - pause < LATE_SECONDS:
                break
            pause = LONG_PAUSE_SECONDS
        return True


def start_warming_up(search: SearchService, ended: threading.Event) -> None:
    """Warm up soon, and again whenever the catalogue has changed, in a thread beside answering."""
    warm_up = WarmUp(search, ended)

    def begin() -> None:
        if not ended.wait(BEGIN_SECONDS):
            RepeatedJob(LOOK_SECONDS, warm_up.look, "warm-up").start()

    threading.Thread(target=begin, name="warm-up begins", daemon=True).start()


def _read_postings(expansions: Sequence[Stems], snapshot: SearchSnapshot) -> None:
    snapshot.index.read_postings(expansions)
