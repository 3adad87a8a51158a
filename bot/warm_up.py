"""Asks the titles of the catalogue's changes before people do, after a start and after each change of the catalogue:
what a question reads and works out is kept, so the first answers take no longer than later ones.
"""

import logging
import threading

from bot.background import RepeatedJob
from bot.catalog.models import Entry, Filters
from bot.conversation.interpret import interpret
from bot.conversation.models import LastAnswer
from bot.errors import CatalogueError
from bot.search.service import SearchService

LOOK_SECONDS = 30.0  # between two looks whether the catalogue has changed
BEGIN_SECONDS = 3.0  # after a start, for who asks at once comes first
PAUSE_SECONDS = 0.005  # after each title, for people's questions
MAX_TITLES = 1_000  # the newest; of more, not everything could be kept
NEXT_TIME = "it is tried again when the catalogue changes"
log = logging.getLogger(__name__)


class WarmUp:
    """Asks what was not asked yet of the catalogue as it is, until `ended` is set."""

    def __init__(self, search: SearchService, ended: threading.Event) -> None:
        self._search, self._ended = search, ended
        self._asked_revision: int | None = None

    def look(self) -> int:
        """Ask, where the catalogue is another than at the last look. Returns how many titles were asked. A fault of
        ours is logged once for each state of the catalogue: asking again would meet it again.
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
        for entry in self._newest():
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

    def _newest(self) -> list[Entry]:
        try:
            with self._search.snapshot() as snapshot:
                newest = snapshot.catalog.ids_matching(Filters())[:MAX_TITLES]
                return list(snapshot.catalog.entries_by_id(newest).values())
        except CatalogueError:
            raise
        except Exception:
            log.exception("nothing is asked before people do; %s", NEXT_TIME)
            return []

    def _ask(self, title: str, key: str) -> bool:
        """Whether it was asked. As after another answer, for then more has to be looked at."""
        if self._ended.wait(PAUSE_SECONDS):
            return False
        with self._search.snapshot() as snapshot:
            interpret(snapshot, title, LastAnswer(title, (key,), 1), may_change_digest=True)
        return True


def start_warming_up(search: SearchService, ended: threading.Event) -> None:
    """Warm up soon, and again whenever the catalogue has changed, in a thread beside answering."""
    warm_up = WarmUp(search, ended)

    def begin() -> None:
        if not ended.wait(BEGIN_SECONDS):
            RepeatedJob(LOOK_SECONDS, warm_up.look, "warm-up").start()

    threading.Thread(target=begin, name="warm-up begins", daemon=True).start()
