"""Tells the operator of problems once, however many processes have them.

What is wrong with a machine is told of each machine; what is wrong with the database, Slack, digests or sources is the
same for all processes. While the workspace database does not answer, each process tells for itself.
"""

import logging
import time
from collections.abc import Callable
from contextlib import suppress

from bot.problems import CheckName, ProblemNotice
from bot.storage.patience import patience
from bot.storage.transactions import DATABASE_UNAVAILABLE
from bot.storage.turns import TOLD_SECONDS, Turns

log = logging.getLogger(__name__)
SHARED: tuple[CheckName, ...] = ("workspace_database", "slack", "digests", "sources")
DATABASE_SECONDS = 5.0  # that telling waits for a database, which may be what is to be told of
KEEP_SECONDS = TOLD_SECONDS / 5  # between two times that it is noted what is still wrong


class OperatorNotices:
    """What `ProblemList` tells by. `tell(text)` says whether anybody got it; without `turns` no other process may tell
    the same; `host` is this machine's name.
    """

    def __init__(
        self,
        tell: Callable[[str], bool],
        turns: Callable[[], Turns] | None,
        host: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell, self._turns, self._host, self._clock = tell, turns, host, clock
        self._current: set[str] = set()  # told of by this process or another one
        self._told_alone: set[str] = set()  # of these, what no row says
        self._keep_at = clock() + KEEP_SECONDS

    def tell(self, notice: ProblemNotice) -> bool:
        """Tell it, unless another process did. Returns whether it need not be told again."""
        name = notice.key if notice.check in SHARED else f"{notice.key} on {self._host}"
        if not self._is_first(name, notice.is_over):
            return True
        if not self._tell(notice.text):
            self._take_back(name, notice.is_over)
            return False
        return True

    def keep(self) -> None:
        """Note now and then which problems are still there, so that a process that starts does not tell of them."""
        if self._clock() < self._keep_at:
            return
        self._keep_at = self._clock() + KEEP_SECONDS
        if self._current and self._turns:
            with suppress(*DATABASE_UNAVAILABLE), patience(DATABASE_SECONDS):
                self._turns().keep(self._current)

    def _is_first(self, name: str, is_over: bool) -> bool:
        if is_over:
            self._current.discard(name)
        else:
            self._current.add(name)
        if is_over and name in self._told_alone:
            self._told_alone.discard(name)
            return True
        if self._turns is None:
            return True
        try:
            with patience(DATABASE_SECONDS):
                return self._turns().ended(name) if is_over else self._turns().begun(name)
        except DATABASE_UNAVAILABLE as error:
            log.debug("whether another process told of it is not known: %s", type(error).__name__)
            if not is_over:
                self._told_alone.add(name)
            return True

    def _take_back(self, name: str, is_over: bool) -> None:
        """Nobody was reached: it is tried again, by whichever process is first."""
        if is_over:
            self._told_alone.add(name)
            return
        self._told_alone.discard(name)
        self._current.discard(name)  # until it is told: else it would be kept for a process that is gone
        if self._turns:
            with suppress(*DATABASE_UNAVAILABLE), patience(DATABASE_SECONDS):
                self._turns().ended(name)
