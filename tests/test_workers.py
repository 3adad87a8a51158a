"""Several workers on one address: they are started, started again and ended; one of them leads."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.workers import Worker

WITHIN = 60.0  # seconds
WORKER = """
import os, signal, sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from bot.workers import Worker
folder, worker = Path({folder!r}), Worker.read(sys.argv[1])
if (folder / "broken").exists():
    sys.exit(3)
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
worker.end_with_parent(lambda: os._exit(0))
def lead():
    if (folder / "cannot lead").exists():
        (folder / "cannot lead").unlink()
        raise ValueError("HALO_SOURCES")
    (folder / f"leads {{os.getpid()}}").touch()
worker.listening_socket().listen()
(folder / f"runs {{os.getpid()}}").touch()
worker.report_ready()
worker.when_leading(lead)
while True:  # in short waits: a signal that came just before a long one would wait for its end
    time.sleep(0.1)
"""
PARENT = """
import socket, sys
sys.path.insert(0, {root!r})
from bot import workers
workers.FIRST_PAUSE_SECONDS = 0.1
address = socket.socket()
address.bind(("127.0.0.1", 0))
command = [sys.executable, "-c", {worker!r}]
sys.exit(workers.Supervisor(3, address, lambda worker: [*command, worker]).run())
"""


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes to hold."""
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return False


class Family:
    """A parent with three workers that say in a folder what they do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        root = str(Path(__file__).parent.parent)
        worker = WORKER.format(root=root, folder=str(folder))
        self.parent = subprocess.Popen([sys.executable, "-c", PARENT.format(root=root, worker=worker)])

    def pids(self, what: str = "runs") -> list[int]:
        """The workers that run, or lead, now."""
        named = [int(path.name.split()[1]) for path in self.folder.glob(f"{what} *")]
        return [pid for pid in named if Path(f"/proc/{pid}").exists()]


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = Family(tmp_path)
    yield made
    made.parent.kill()
    made.parent.wait()


def test_a_worker_that_died_is_replaced_and_another_one_leads(family: Family) -> None:
    """Of three workers one leads; when it is killed, one of the others does, and there are three again."""
    assert eventually(lambda: len(family.pids()) == 3 and len(family.pids("leads")) == 1)
    (leader,) = family.pids("leads")
    os.kill(leader, signal.SIGKILL)
    assert eventually(lambda: leader not in family.pids() and len(family.pids()) == 3 and bool(family.pids("leads")))
    assert len(family.pids("leads")) == 1


def test_one_that_cannot_lead_lets_another_one(tmp_path: Path) -> None:
    """A worker in which digests and sources cannot be started ends, so that they are started in another one."""
    (tmp_path / "cannot lead").touch()
    family = Family(tmp_path)
    try:
        assert eventually(lambda: len(family.pids("leads")) == 1 and len(family.pids()) == 3)
        assert not (tmp_path / "cannot lead").exists()
    finally:
        family.parent.kill()
        family.parent.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_its_parent(family: Family, number: signal.Signals) -> None:
    """However the parent ends, its workers do, too."""
    assert eventually(lambda: len(family.pids()) == 3)
    family.parent.send_signal(number)
    assert family.parent.wait(WITHIN) == (0 if number != signal.SIGKILL else -signal.SIGKILL)
    assert eventually(lambda: not family.pids())


def test_what_keeps_the_first_worker_from_starting_ends_the_parent(tmp_path: Path) -> None:
    """Its exit code is the parent's, and no other worker is tried."""
    (tmp_path / "broken").touch()
    assert Family(tmp_path).parent.wait(WITHIN) == 3
    assert not list(tmp_path.glob("runs *"))


def test_an_address_that_is_taken_is_told() -> None:
    """In one sentence, before anything is started."""
    from bot.errors import SettingError
    from bot.workers import run_workers

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingError, match="cannot be listened at"):
            run_workers(2, "127.0.0.1", taken.getsockname()[1])


def test_what_no_parent_wrote_is_refused() -> None:
    """A worker is started by its parent only."""
    with pytest.raises((ValueError, TypeError)):
        Worker.read("1,2")
