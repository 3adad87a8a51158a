"""The processes of the bot, each started again whenever it is gone, as by whatever supervises them in real life."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from tests.drill.chaos import process as bot_process
from tests.drill.chaos.tally import Tally

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(bot_process.PRELOAD)
GONE_WITHIN = 10.0
START_SECONDS = 120.0


@dataclass
class Member:
    """One of them."""

    process: BaseProcess
    orders: Connection
    is_ready: bool = False
    started: float = 0.0
    is_stopped: bool = False  # by SIGSTOP
    is_doomed: bool = False  # it was told to end
    is_armed: bool = False  # it ends itself when it comes to some place


class Crew:
    """So many processes. `environment(slot)` is one's settings."""

    def __init__(self, ports: tuple[int, ...], environment: Callable[[int], Mapping[str, str]], tally: Tally) -> None:
        self._ports, self._environment, self._tally = ports, environment, tally
        self.offset = 0.0
        self.starts, self.failed_starts, self.slow_ends = 0, 0, 0
        self.slowest_end = 0.0
        self._members: list[Member | None] = [None] * len(ports)
        self._lock, self._starting = threading.RLock(), threading.Lock()
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """All of them, and keep them going."""
        for slot in range(len(self._ports)):
            self._start(slot)
        self._watcher.start()

    def stop(self, number: int = signal.SIGKILL) -> None:
        """End all of them for good."""
        self._over.set()
        self._watcher.join()
        for member in self._members:
            if member is not None:
                self.signal(member, signal.SIGCONT)
                self.signal(member, number)
                member.process.join(GONE_WITHIN + 5)
                if member.process.exitcode is None:
                    self.slow_ends += 1
                    member.process.kill()
                    member.process.join()

    def one(self, chance: Any, may_be_armed: bool = False) -> Member | None:
        """Any that is at work, and is not to end already."""
        free = self._free(may_be_armed)
        return chance.choice(free) if free else None

    @property
    def has_one(self) -> bool:
        """Whether any is at work, and is not to end already."""
        return bool(self._free(may_be_armed=False))

    def _free(self, may_be_armed: bool) -> list[Member]:
        with self._lock:
            return [
                member for member in self._members
                if member and member.is_ready and not member.is_stopped and not member.is_doomed
                and (may_be_armed or not member.is_armed)
                and member.process.exitcode is None
            ]  # fmt: skip

    @property
    def are_ready(self) -> bool:
        """Whether all are at work."""
        with self._lock:
            return all(member and member.is_ready and member.process.exitcode is None for member in self._members)

    @contextmanager
    def without_starts(self) -> Iterator[bool]:
        """Nobody is started within. Gives whether all have started, and are at work."""
        with self._starting:
            yield self.are_ready

    @staticmethod
    def signal(member: Member, number: int) -> None:
        """Send it a signal; it may be gone already."""
        if member.process.pid and member.process.exitcode is None:
            with suppress(ProcessLookupError):
                os.kill(member.process.pid, number)

    @staticmethod
    def order(member: Member, name: str, value: Any) -> bool:
        """Tell it to do something."""
        try:
            member.orders.send((name, value))
        except OSError:
            return False
        return True

    def terminate(self, member: Member) -> None:
        """SIGTERM, and measure how long it takes to be gone."""
        with self._lock:
            member.is_doomed = True
        self.signal(member, signal.SIGTERM)
        threading.Thread(target=self._time_end, args=(member, time.monotonic()), daemon=True).start()

    def _time_end(self, member: Member, began: float) -> None:
        while member.process.is_alive() and time.monotonic() - began < 3 * GONE_WITHIN:
            time.sleep(0.05)
        seconds = time.monotonic() - began
        self.slowest_end = max(self.slowest_end, seconds)
        if seconds > GONE_WITHIN + 1:
            self.slow_ends += 1
            self.signal(member, signal.SIGKILL)

    def _start(self, slot: int) -> None:
        here, there = SERVER.Pipe(True)
        arguments = (self._environment(slot), self._ports[slot], self.offset, there)
        process = SERVER.Process(target=bot_process.run, args=arguments, daemon=True)
        with self._starting:
            process.start()
        there.close()
        with self._lock:
            self.starts += 1
            self._members[slot] = Member(process, here, started=time.monotonic())

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            for slot, member in enumerate(self._members):
                if member is None:
                    continue
                self._listen(member)
                is_stuck = not member.is_ready and time.monotonic() - member.started > START_SECONDS
                if is_stuck:
                    member.process.kill()
                if member.process.exitcode is not None:
                    self._listen(member)
                    self.failed_starts += not member.is_ready
                    member.orders.close()
                    self._start(slot)

    def _listen(self, member: Member) -> None:
        """What it said: that it is ready, or how it is about to end."""
        with suppress(EOFError, OSError):
            while member.orders.poll():
                said = str(member.orders.recv())
                if said == "ready":
                    member.is_ready = True
                else:
                    self._tally.struck(said)
