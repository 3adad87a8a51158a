"""What is wrong now: one list. Whatever looks at something reports to it; the log, /readyz, `status` and the direct
messages to the operator are fed from it.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

log = logging.getLogger(__name__)
CheckName = Literal["workspace_database", "catalogue", "disks", "slack", "connection", "digests", "sources"]
TELL_AGAIN_SECONDS = 60.0  # after nobody could be told
MAX_UNTOLD = 50  # messages to the operator that wait until Slack takes them


class Problem(NamedTuple):
    """One thing that is wrong."""

    key: str  # tells it from all others, also when its text has changed meanwhile
    text: str  # for whoever runs the bot: may name paths and channels
    for_people: str = ""  # what `status` says; empty: the text
    is_messaged: bool = True  # told by direct message, too
    is_serious: bool = True  # /readyz answers 503 for it


def not_known(check: CheckName) -> Problem:
    """A look at this failed or hangs."""
    shown = check.replace("_", " ")
    text = f"The state of {shown} is not known: looking at it hangs or fails."
    return Problem(f"failed look {check}", text, is_messaged=False)


class ProblemNotice(NamedTuple):
    """What the operator is told: that a problem began, or that it is over."""

    check: CheckName
    key: str  # of the problem
    text: str
    is_over: bool = False


class CheckState(NamedTuple):
    """How one check does, and since when (seconds since 1970)."""

    name: CheckName
    is_ok: bool
    since: float


class _Watched:
    """A check that is looked at all the time."""

    def __init__(self, max_age: float, now: float, clock: float) -> None:
        self.max_age, self.since, self.is_ok = max_age, now, False
        self.reported_at, self.reported_clock = now, clock


class ProblemList:
    """The list, in memory. Thread-safe. `tell(notice)` sends a text to the operator and says whether anybody got it; it
    is called by `tell_operator` only, as it may take long. `now` is shown; `clock` measures how old a look is.
    """

    def __init__(
        self,
        tell: Callable[[ProblemNotice], object] = lambda notice: True,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell, self._now, self._clock = tell, now, clock
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._current: dict[str, tuple[CheckName, Problem]] = {}
        self._reported: dict[str, set[str]] = {}  # by what reports: the keys of its last report
        self._watched: dict[CheckName, _Watched] = {}
        self._untold: list[ProblemNotice] = []
        self._tell_after = 0.0

    # -- reporting ----------------------------------------------------------------------------------------------------

    def expect(self, check: CheckName, max_age: float) -> None:
        """From now on a check is reported on. It is not ok until that happens, and when the last report is older than
        so many seconds.
        """
        with self._lock:
            self._watched.setdefault(check, _Watched(max_age, self._now(), self._clock()))

    def report(self, check: CheckName, found: Iterable[Problem] = ()) -> None:
        """The outcome of a look: all that is wrong with this check now. What an earlier look found is over."""
        by_key = {problem.key: problem for problem in found}
        with self._lock:
            ended = self._reported.get(check, set()) - set(by_key)
            self._reported[check] = set(by_key)
            for key in ended:
                self._end(key)
            for problem in by_key.values():
                self._begin(check, problem)
            if watched := self._watched.get(check):
                watched.reported_at, watched.reported_clock = self._now(), self._clock()
            self._note_old_looks()
            self._refresh_checks()

    def begin(self, check: CheckName, problem: Problem) -> None:
        """It is so, until `over` says otherwise."""
        with self._lock:
            self._begin(check, problem)
            self._refresh_checks()

    def over(self, *keys: str) -> None:
        """It is not so any more."""
        if not any(key in self._current for key in keys):
            return
        with self._lock:
            for key in keys:
                self._end(key)
            self._refresh_checks()

    # -- reading ------------------------------------------------------------------------------------------------------

    def current(self) -> list[Problem]:
        """All that is wrong now, the oldest first."""
        with self._lock:
            return [problem for _, problem in self._current.values()]

    def sentences(self, *left_out: CheckName) -> list[str]:
        """The same for people, who are shown no paths; without these checks."""
        with self._lock:
            problems = [problem for check, problem in self._current.values() if check not in left_out]
        return list(dict.fromkeys(problem.for_people or problem.text for problem in problems))

    def checks(self) -> list[CheckState]:
        """Each check that is expected to be reported on, in a fixed order."""
        with self._lock:
            self._refresh_checks()
            return [CheckState(name, watched.is_ok, watched.since) for name, watched in sorted(self._watched.items())]

    # -- telling ------------------------------------------------------------------------------------------------------

    def tell_operator(self) -> None:
        """Send what has begun or ended since the last time. Where nobody can be told, it is tried again later."""
        with self._telling:
            if self._clock() < self._tell_after:
                return
            while self._untold:
                notice = self._untold[0]
                if not self._tell(notice):
                    self._tell_after = self._clock() + TELL_AGAIN_SECONDS
                    return
                with self._lock:
                    if self._untold and self._untold[0] == notice:
                        self._untold.pop(0)

    # -- inside, with the lock ----------------------------------------------------------------------------------------

    def _begin(self, check: CheckName, problem: Problem) -> None:
        is_new = problem.key not in self._current
        self._current[problem.key] = (check, problem)
        if is_new:
            log.error("%s", problem.text)
            if problem.is_messaged and len(self._untold) < MAX_UNTOLD:
                self._untold.append(ProblemNotice(check, problem.key, problem.text))

    def _end(self, key: str) -> None:
        if key not in self._current:
            return
        check, problem = self._current.pop(key)
        log.warning("This is over: %s", problem.text)
        waiting = [notice for notice in self._untold if notice.key == key]
        if waiting:  # nobody heard that it began
            self._untold = [notice for notice in self._untold if notice.key != key]
        elif problem.is_messaged and len(self._untold) < MAX_UNTOLD:
            self._untold.append(ProblemNotice(check, key, f"This is over: {problem.text}", is_over=True))

    def _note_old_looks(self) -> None:
        """A look that hangs reports nothing itself; those of the other checks notice."""
        for check, watched in self._watched.items():
            key, age = f"look {check}", self._clock() - watched.reported_clock
            if age > watched.max_age:
                self._begin(check, not_known(check)._replace(key=key))
            else:
                self._end(key)

    def _refresh_checks(self) -> None:
        serious = {check for check, problem in self._current.values() if problem.is_serious}
        for check, watched in self._watched.items():
            is_first = check not in self._reported
            is_old = self._clock() - watched.reported_clock > watched.max_age
            is_ok = not (is_first or is_old or check in serious)
            if is_ok != watched.is_ok:
                watched.is_ok = is_ok
                watched.since = watched.reported_at if is_old else self._now()
