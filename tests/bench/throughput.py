"""Throughput against the code of an earlier day, and memory over many commands.

The ratio is that of the highest rates at which all commands are answered and 99 of 100 within P99_SECONDS. Both bots
run at the same time, each with its own folder, and are asked in turns, round by round, so that whatever else the
machine does meets both. The rates are found by bisection.
"""

import asyncio
import importlib.util
import io
import statistics
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from bot.playground import Playground
from bot.settings import PROJECT
from tests.bench.slack_load import WARM_UP_COMMANDS, CommandTiming, ConnectionPool, load, questions, running, send

FORMER_COMMIT = "8d1159e"
FORMER_NEEDS = "apscheduler"  # what that code imports and today's does not
P99_SECONDS = 0.3
LOWEST, HIGHEST, ROUNDS, ROUND_SECONDS = 40.0, 640.0, 8, 6.0  # commands a second
PAUSE_SECONDS = 1.5  # between two rounds, so that the one before is over
ASKERS = 8  # who ask for the memory figure, each as soon as they are answered


class Memory(NamedTuple):
    """Megabytes of the process that answers, after so many commands."""

    commands: int
    megabytes: float


def reason_for_no_ratio(commit: str = FORMER_COMMIT) -> str:
    """Why the earlier code cannot be run here; empty when it can."""
    known = subprocess.run(["git", "cat-file", "-e", f"{commit}^{{commit}}"], cwd=PROJECT, capture_output=True)
    if known.returncode:
        return f"the history with {commit} is not here (a wheel, or a shallow clone)"
    if importlib.util.find_spec(FORMER_NEEDS) is None:
        return f"{FORMER_NEEDS} is not installed, which {commit} needs (the extra `bench` has it)"
    return ""


@contextmanager
def former_code(commit: str = FORMER_COMMIT) -> Iterator[Path]:
    """A folder with the code of that commit, which runs on asyncio's own event loop, as it did."""
    with tempfile.TemporaryDirectory(prefix="former-") as name:
        # Not as tar: Python before 3.11.4 has no filter for it, and later versions warn without one.
        command = ["git", "archive", "--format=zip", commit]
        archive = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True).stdout
        with zipfile.ZipFile(io.BytesIO(archive)) as files:
            files.extractall(name)
        (Path(name) / "uvloop.py").write_text('raise ImportError("not among what this commit needs")\n')
        yield Path(name)


def holds(answered: list[CommandTiming]) -> bool:
    """Whether every command was answered, and 99 of 100 in time."""
    cuts = statistics.quantiles([one.seconds for one in answered], n=100, method="inclusive")
    return all(one.ok and not one.is_busy for one in answered) and cuts[98] < P99_SECONDS


class Search:
    """Bisects for the highest rate of one bot."""

    def __init__(self, url: str, slack: Playground) -> None:
        self.url, self.slack = url, slack
        self.low, self.high, self._seed = LOWEST, HIGHEST, 100

    def round(self) -> None:
        """One more step: the rate in the middle, as a ratio. It is too high when it did not hold in two tries: for one,
        something else may have been at work.
        """
        rate = (self.low * self.high) ** 0.5
        if self._holds(rate) or self._holds(rate):
            self.low = rate
        else:
            self.high = rate

    def _holds(self, rate: float) -> bool:
        self._seed += 1
        asked = questions(int(rate * ROUND_SECONDS), seed=self._seed)
        answered = asyncio.run(load(self.url, self.slack.signing_secret, asked, rate))
        time.sleep(PAUSE_SECONDS)
        return holds(answered)


def highest_rates(workers: int) -> tuple[float, float]:
    """Commands a second that the earlier code and today's can answer, found in one run."""
    with ExitStack() as stack:
        places = []
        for code, count, path in ((stack.enter_context(former_code()), 1, "health"), (PROJECT, workers, "readyz")):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            url, slack = stack.enter_context(running(folder, code, count, path))
            warm_up = questions(WARM_UP_COMMANDS, seed=5)
            asyncio.run(load(url, slack.signing_secret, warm_up, WARM_UP_COMMANDS / 10))
            places.append(Search(url, slack))
        for _ in range(ROUNDS):
            for place in places:
                place.round()
        former, today = places
        return former.low, today.low


def resident_megabytes(pid: int) -> float:
    """The memory of a process."""
    rows = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("VmRSS:")) / 1024


def memory_over(url: str, secret: str, pid: int, commands: int, looks: int = 10) -> list[Memory]:
    """The memory of the process after each tenth of so many commands."""
    asked, found, step = cycle(questions(commands, seed=7)), [], commands // looks

    async def ask(pool: ConnectionPool, number: int) -> None:
        for _ in range(number):
            await send(pool, secret, next(asked), time.perf_counter())

    async def ask_all() -> None:
        pool = ConnectionPool(url)
        await asyncio.gather(*(ask(pool, step // ASKERS) for _ in range(ASKERS)))
        pool.close()

    for number in range(1, looks + 1):
        asyncio.run(ask_all())
        found.append(Memory(number * step, resident_megabytes(pid)))
    return found
