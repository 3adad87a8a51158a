"""Draws faults, and lets them strike: signals, clocks, catalogues, databases, channels. Those of the wire and of
Slack's API strike at the proxies.
"""

import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.drill.chaos.crew import Crew, Member
from tests.drill.chaos.hurry import TIMING
from tests.drill.chaos.installation import CHANNELS, LATE_CHANNEL, Installation
from tests.drill.chaos.servers import database_faults, lock_file
from tests.drill.chaos.surroundings import BlackHole, Disk
from tests.drill.chaos.tally import Tally

PUT_BACK_WITHIN = 5.0  # seconds
LEASE = TIMING.lease  # of an edition
HOUR, DAY = 3600.0, 24 * 3600.0
PLACES = {  # where a process ends itself: the steps that it logs
    f"{how}: {where}": steps
    for how in ("killed", "SIGTERM")
    for where, steps in {
        "about to post": ("about to post",),
        "posted and not recorded": ("posted",),
        "between two steps": ("claimed", "recorded", "all out", "closed"),
        "looking for what was posted": ("taken over", "looked: found", "looked: absent"),
        "a job begins": ("a job begins",),
        "a job was tried": ("a job was tried",),
        "a job is recorded": ("a job is recorded",),
        "before a commit": ("before a commit",),
        "after a commit": ("after a commit",),
    }.items()
}
BY_THE_PROCESS = ("killed", "SIGTERM:", "addresses", "disk", "clock")  # it says itself when they strike
PACES = {"process": 1.0, "catalogue": 1.0, "channel": 0.8, "clock": 1.2, "addresses": 1.5, "disk": 1.5, "database": 0.8}
MORE_PLACES = 4  # at which one process may end, besides the one that was drawn
TRIES_PER_STRIKE = 40  # so many tries in vain put a kind as far back as one that struck


def group_of(kind: str) -> str:
    """What a kind of fault is paced with: what ends or stops a process, or the first word of its name."""
    return "process" if kind.startswith(("SIG", "killed")) else kind.partition(":")[0]


class Director:
    """Everything that is done to this crew and installation."""

    def __init__(self, crew: Crew, installation: Installation, tally: Tally, chance: random.Random) -> None:
        self._crew, self._installation, self._tally, self._chance = crew, installation, tally, chance
        self._timers: set[threading.Timer] = set()
        self._tries: Counter[str] = Counter()
        self._next_at = dict.fromkeys(PACES, 0.0)  # by group
        self.faults: dict[str, Callable[[str], bool]] = {
            "SIGKILL": self._kill,
            "SIGTERM": self._terminate,
            "SIGTERM, then SIGKILL": self._terminate_and_kill,
            "SIGSTOP for longer than a lease": self._stop_for_long,
            "SIGSTOP for less than a lease": self._stop_for_short,
            "addresses: some drop packets": self._drop_packets,
            "addresses: all drop packets": self._drop_packets,
            Disk.KIND: self._fill_disk,
            **dict.fromkeys(PLACES, self._die),
            "clock: an hour back": lambda kind: self._wrong_clock(kind, -HOUR),
            "clock: an hour forward": lambda kind: self._wrong_clock(kind, HOUR),
            "clock: a month forward": lambda kind: self._wrong_clock(kind, 30 * DAY),
            "clock: a year back": lambda kind: self._wrong_clock(kind, -365 * DAY),
            "catalogue: deleted": self._delete_catalog,
            "catalogue: emptied": self._empty_catalog,
            "catalogue: entries removed": self._remove_entries,
            "catalogue: wrong bytes": self._damage_catalog,
            "catalogue: locked by another program": self._lock_catalog,
            "channel: thrown out": self._kick,
            "channel: archived": self._archive,
            **({"database: deleted": self._delete_workspace} if installation.is_sqlite else {}),
            **database_faults(installation.application.engine, chance),
        }

    def strike(self) -> None:
        """One fault of each group whose turn it is, of the kind that struck least. Each group has a pace, so that
        processes live long enough between two of their ends to come to where the other faults strike.
        """
        for group, pace in PACES.items():
            if time.monotonic() >= self._next_at[group] and (group != "process" or self._crew.has_one):
                self._next_at[group] = time.monotonic() + pace * self._chance.uniform(0.5, 1.5)
                kind = self._rarest(1, lambda kind, group=group: group_of(kind) == group)[0]
                if self.faults[kind](kind) and not kind.startswith(BY_THE_PROCESS):
                    self._tally.struck(kind)

    def _rarest(self, many: int, is_one: Callable[[str], bool]) -> list[str]:
        """So many of these kinds that struck least, counted as tried."""
        struck = self._tally.counts()
        weights = {
            kind: (struck.get(kind, 0) + self._tries[kind] / TRIES_PER_STRIKE, self._chance.random())
            for kind in self.faults
            if is_one(kind)
        }
        rarest = sorted(weights, key=weights.__getitem__)[:many]
        self._tries.update(rarest)
        return rarest

    def heal(self) -> None:
        """Everything that was done for a while is over now."""
        for timer in list(self._timers):
            timer.join()

    def _later(self, seconds: float, work: Callable[[], object]) -> None:
        def run() -> None:
            with suppress(OSError, sqlite3.Error):
                work()
            self._timers.discard(timer)

        timer = threading.Timer(seconds, run)
        timer.daemon = True
        self._timers.add(timer)
        timer.start()

    # -- processes ----------------------------------------------------------------------------------------------------

    def _kill(self, _: str) -> bool:
        member = self._crew.one(self._chance)
        if member:
            self._crew.signal(member, signal.SIGKILL)
        return member is not None

    def _terminate(self, _: str) -> bool:
        member = self._crew.one(self._chance)
        if member:
            self._crew.terminate(member)
        return member is not None

    def _terminate_and_kill(self, _: str) -> bool:
        member = self._crew.one(self._chance)
        if not member:
            return False
        member.is_doomed = True
        self._crew.signal(member, signal.SIGTERM)
        self._later(self._chance.uniform(0.05, 1.0), lambda: self._crew.signal(member, signal.SIGKILL))
        return True

    def _stop_for_long(self, _: str) -> bool:
        return self._pause(self._chance.uniform(1.2, 2.0) * LEASE)

    def _stop_for_short(self, _: str) -> bool:
        return self._pause(self._chance.uniform(0.1, 0.5) * LEASE)

    def _pause(self, seconds: float) -> bool:
        member = self._crew.one(self._chance)
        if not member:
            return False
        member.is_stopped = True
        self._crew.signal(member, signal.SIGSTOP)

        def go_on() -> None:
            self._crew.signal(member, signal.SIGCONT)
            member.is_stopped = False

        self._later(seconds, go_on)
        return True

    def _die(self, kind: str) -> bool:
        """It ends itself when it gets there, or to the place of another rare kind before, and says so; where it gets to
        none in time, it is let live.
        """
        member = self._crew.one(self._chance)
        kinds = {kind, *self._rarest(MORE_PLACES, lambda other: other in PLACES)}
        if not member or not self._crew.order(member, "die", {one: PLACES[one] for one in kinds}):
            return False
        member.is_armed = True

        def spare(member: Member = member) -> None:
            self._crew.order(member, "die", {})
            member.is_armed = False

        self._later(4.0, spare)
        return True

    def _wrong_clock(self, kind: str, seconds: float) -> bool:
        member = self._crew.one(self._chance, may_be_armed=True)
        if not member or not self._crew.order(member, "clock", (kind, seconds)):
            return False
        self._later(self._chance.uniform(0.5, 2.0), lambda: self._crew.order(member, "clock", ("", 0.0)))
        return True

    def _drop_packets(self, kind: str) -> bool:
        member = self._crew.one(self._chance, may_be_armed=True)
        if not member or not self._crew.order(member, "addresses", (kind, BlackHole.ADDRESSES)):
            return False
        self._later(self._chance.uniform(0.5, 2.0), lambda: self._crew.order(member, "addresses", ("", ())))
        return True

    def _fill_disk(self, _: str) -> bool:
        member = self._crew.one(self._chance, may_be_armed=True)
        return member is not None and self._crew.order(member, "disk", self._chance.uniform(0.3, 1.5))

    # -- catalogues ---------------------------------------------------------------------------------------------------

    def _catalog(self) -> Path | None:
        path = self._chance.choice(self._installation.catalogs())
        return path if path.exists() else None

    def _delete_catalog(self, _: str) -> bool:
        path = self._catalog()
        if path:
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        return path is not None

    def _empty_catalog(self, _: str) -> bool:
        return self._change_catalog("DELETE FROM entries")

    def _remove_entries(self, _: str) -> bool:
        return self._change_catalog("DELETE FROM entries WHERE id % 3 = 0")

    def _change_catalog(self, statement: str) -> bool:
        path = self._catalog()
        if path is None:
            return False
        try:
            with sqlite3.connect(path, timeout=1) as other:
                other.execute(statement)
        except sqlite3.Error:
            return False
        finally:
            with suppress(NameError):
                other.close()
        return True

    def _damage_catalog(self, _: str) -> bool:
        path = self._catalog()
        if path is None or (size := path.stat().st_size) < 20_000:
            return False
        with path.open("r+b") as file:
            file.seek(self._chance.randrange(4_096, size - 400))
            file.write(self._chance.randbytes(400))
        return True

    def _lock_catalog(self, _: str) -> bool:
        path = self._catalog()
        return path is not None and lock_file(path, self._chance.uniform(0.3, 2.0))

    # -- the workspace database's file -----------------------------------------------------------------------------

    def _delete_workspace(self, _: str) -> bool:
        """Under the running processes, which put it back. One that starts meanwhile would begin anew, as README says,
        so none does.
        """
        path = Path(self._installation.application.engine.url.database or "")
        with self._crew.without_starts() as is_quiet:
            if not is_quiet:
                return False
            path.unlink()
            deadline = time.monotonic() + PUT_BACK_WITHIN
            while not path.exists() and time.monotonic() < deadline:
                time.sleep(0.02)
            self._installation.application.stores.inbox.count()  # we are one of its processes, too
            return path.exists()

    # -- channels -----------------------------------------------------------------------------------------------------

    def _kick(self, _: str) -> bool:
        channel = self._chance.choice((*CHANNELS, LATE_CHANNEL))
        slack = self._installation.slack
        if "UHALO" not in slack.state.channel(channel).members:
            return False
        slack.kick_bot(channel)
        self._later(self._chance.uniform(0.2, 2.0), lambda: slack.state.channel(channel).members.add("UHALO"))
        return True

    def _archive(self, _: str) -> bool:
        channel = self._chance.choice((*CHANNELS, LATE_CHANNEL))
        slack = self._installation.slack
        if slack.state.channel(channel).is_archived:
            return False
        slack.archive(channel)
        self._later(self._chance.uniform(0.2, 2.0), lambda: slack.unarchive(channel))
        return True
