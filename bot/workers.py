"""Several processes of the bot on one port and one machine, as one process answers with one core only.

The parent answers nothing. It holds the address, starts the workers, starts one again that ended, and ends all of them.

    address   bound by the parent, listened to by the workers: each takes connections as it has time
    turn      a lock that one worker has: it posts digests, reads sources and learns. When it ends, another one gets it
    parent    a pipe that is closed when the parent is gone, whatever ended it: then its workers end, too
    ready     a pipe on which a worker says that it is about to answer. The first one comes alone, so that the databases
              are upgraded once, and what keeps it from starting is told once
"""

import fcntl
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bot.errors import SettingError

log = logging.getLogger(__name__)
MAX_END_SECONDS = 9.5  # from the signal on, after which a worker is killed; each ends itself before
FIRST_PAUSE_SECONDS, MAX_PAUSE_SECONDS = 1.0, 30.0  # before a worker that ended is started again
WELL_AFTER_SECONDS = 20.0  # a worker that lived so long is started again after the first pause
LOOK_EVERY_SECONDS = 0.1
MAX_PENDING = 128  # connections that wait until they are accepted
_ROOT = Path(__file__).resolve().parent.parent
_START = f"import sys; sys.path.append({str(_ROOT)!r}); from bot.cli.main import cli; cli(prog_name='halobot')"


class Worker(NamedTuple):
    """What a worker has of its parent, as file descriptors."""

    address: int
    turn: int
    parent: int
    ready: int

    @classmethod
    def read(cls, text: str) -> "Worker":
        """From the command line. Raises ValueError for anything that the parent did not write."""
        return cls(*map(int, text.split(",")))

    def listening_socket(self) -> socket.socket:
        """The address to answer at."""
        return socket.socket(fileno=self.address)

    def report_ready(self) -> None:
        """Tell the parent that this worker answers from now on."""
        try:
            os.write(self.ready, b".")
        except OSError:  # the parent is gone, which is noticed elsewhere
            log.debug("nobody waits for this worker")

    def end_with_parent(self, end: Callable[[], object]) -> None:
        """Call this when the parent is gone."""

        def wait() -> None:
            os.read(self.parent, 1)
            end()

        threading.Thread(target=wait, name="parent", daemon=True).start()

    def when_leading(self, begin: Callable[[], object]) -> None:
        """Call this once this worker is the one that does what one of them does."""

        def wait() -> None:
            fcntl.lockf(self.turn, fcntl.LOCK_EX)  # of the process: the system gives it back, however that ends
            log.info("this worker posts digests and reads sources")
            try:
                begin()
            except Exception:
                log.exception("this worker cannot do what one of them does, and ends")
                os.kill(os.getpid(), signal.SIGTERM)

        threading.Thread(target=wait, name="leading", daemon=True).start()


@dataclass
class _Place:
    """One of the workers, through all its lives."""

    number: int
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0  # not before
    pause: float = field(default=FIRST_PAUSE_SECONDS)


class Supervisor:
    """The parent. `command(worker)` is how a worker is started."""

    def __init__(self, count: int, address: socket.socket, command: Callable[[str], Sequence[str]]) -> None:
        self._address, self._command = address, command
        self._places = [_Place(number + 1) for number in range(count)]
        self._ending = threading.Event()

    def run(self) -> int:
        """Until SIGTERM or SIGINT, or until the first worker could not start. Returns the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._begin_ending)
        alive_end, self._parent_gone = os.pipe()[::-1]
        self._is_ready, self._say_ready = os.pipe()
        with tempfile.TemporaryFile() as turn:
            self._turn = turn.fileno()
            try:
                code = self._start_first()
                while code is None and not self._ending.wait(LOOK_EVERY_SECONDS):
                    self._look_after_workers()
                return code or 0
            finally:
                self._end_workers()
                for one in (alive_end, self._parent_gone, self._is_ready, self._say_ready):
                    os.close(one)

    def _begin_ending(self, *_: Any) -> None:
        self._ending.set()

    def _start_first(self) -> int | None:
        """The exit code of the first worker where it ended before it could answer."""
        first = self._places[0]
        self._start(first)
        while not self._ending.is_set():
            if select.select([self._is_ready], [], [], LOOK_EVERY_SECONDS)[0]:
                return None
            if first.process is not None and (code := first.process.poll()) is not None:
                return code if code >= 0 else 1
        return 0

    def _start(self, place: _Place) -> None:
        fds = Worker(self._address.fileno(), self._turn, self._parent_gone, self._say_ready)
        command = self._command(",".join(map(str, fds)))
        place.process, place.started_at = subprocess.Popen(command, pass_fds=fds), time.monotonic()

    def _look_after_workers(self) -> None:
        now = time.monotonic()
        for place in self._places:
            if place.process is not None and (code := place.process.poll()) is not None:
                if now - place.started_at >= WELL_AFTER_SECONDS:
                    place.pause = FIRST_PAUSE_SECONDS
                log.error("worker %s ended with code %s; it starts again in %.0f s", place.number, code, place.pause)
                place.process, place.start_at = None, now + place.pause
                place.pause = min(2 * place.pause, MAX_PAUSE_SECONDS)
            if place.process is None and now >= place.start_at:
                try:
                    self._start(place)
                except OSError as error:  # no memory or no process is left: the others go on
                    log.error("worker %s cannot be started yet (%s)", place.number, error.strerror)
                    place.start_at, place.pause = now + place.pause, min(2 * place.pause, MAX_PAUSE_SECONDS)

    def _end_workers(self) -> None:
        """End all of them, within MAX_END_SECONDS."""
        running = [place.process for place in self._places if place.process is not None]
        deadline = time.monotonic() + MAX_END_SECONDS
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.error("a worker did not end and is killed; what it had is taken up by the next process")
                process.kill()
                process.wait()


def run_workers(count: int, host: str, port: int) -> int:
    """Run so many workers at an address. Returns the exit code. Raises SettingError when the address is taken."""
    command = [sys.executable, "-P", "-c", _START, "run", "--http", str(port), "--host", host, "--worker"]
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as address:
        address.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            address.bind((host, port))
            address.listen(MAX_PENDING)  # here, so that an address that is taken is noticed before a worker starts
        except OSError as error:
            raise SettingError(
                f"{host}:{port} cannot be listened at ({error}). Choose another address or port."
            ) from error
        return Supervisor(count, address, lambda worker: [*command, worker]).run()
