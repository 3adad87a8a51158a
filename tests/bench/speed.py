"""Time and memory at one size: every engine in a process of its own, all asked one question before the next one.

So other work on the machine slows all engines alike. Each question is asked in several rounds and its fastest answer
counts, for every engine: the time that the engine needs, without what else the machine did.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bot.catalog.models import Entry
from bot.settings import PROJECT
from tests.bench.engines import Engine
from tests.bench.material import Question, write_entries
from tests.bench.quality import Quality, judge_all
from tests.bench.worker import build

WARM_UP_QUESTIONS = 20  # asked first and not counted
SLOW_SECONDS, SLOW_STEP = 0.5, 5  # an engine that takes longer is asked every fifth question, once
COLD_RUNS = 15
FIRST_QUESTION = "jira default status"


@dataclass(slots=True)
class Timing:
    """The time and memory of one engine at one size. Memory is None where it had no process of its own."""

    build: float = 0.0  # seconds
    build_memory: float | None = None  # peak MB
    memory: float | None = None  # peak MB while answering
    first: float = 0.0  # seconds for the first question of a process, which loads everything
    finish: float = 0.0  # seconds of what it leaves for later, see `Engine.finish`
    slow: bool = False  # see SLOW_SECONDS
    times: list[float] = field(default_factory=list)  # seconds of the fastest answer to each question in `asked`
    asked: list[Question] = field(default_factory=list)
    answers: list[list[str]] = field(default_factory=list)  # to the questions in `asked`
    quality: Quality | None = None

    @property
    def median(self) -> float:
        """Seconds for one question."""
        return median(self.times)

    @property
    def p95(self) -> float:
        """Seconds in which 95 % of the questions were answered."""
        return sorted(self.times)[int(0.95 * (len(self.times) - 1))]


class _InProcess:
    """An engine in this process, for a quick run."""

    def __init__(self, kind: type[Engine], entries: Sequence[Entry]) -> None:
        self._engine = kind()
        self.timing = Timing(build=build(self._engine, entries))

    def timed_search(self, q: str) -> tuple[list[str], float]:
        return self._engine.timed_search(q)

    def __enter__(self) -> "_InProcess":
        return self

    def __exit__(self, *error: object) -> None:
        self._engine.close()


class _SeparateProcess:
    """An engine in a process of its own."""

    def __init__(self, kind: type[Engine], folder: Path) -> None:
        self.timing = Timing()
        if kind.storage == "in a file":
            with self._start(kind, folder, "build") as builder:
                built = self._receive(builder)
            self.timing.build, self.timing.build_memory = built["build"], built["memory"]
            self.timing.finish = built["finish"]
        self._process = self._start(kind, folder)
        ready = self._receive(self._process)
        if kind.storage != "in a file":
            self.timing.build, self.timing.build_memory = ready["build"], ready["memory"]

    @staticmethod
    def _start(kind: type[Engine], folder: Path, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.bench.worker", kind.name, str(folder), *arguments]
        return subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    @staticmethod
    def _receive(process: subprocess.Popen[str]) -> dict[str, Any]:
        assert process.stdout
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{process.args!r} ended with {process.wait()}")
        return json.loads(line)  # type: ignore[no-any-return]

    def timed_search(self, q: str) -> tuple[list[str], float]:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(q) + "\n")
        self._process.stdin.flush()
        answer = self._receive(self._process)
        return answer["ids"], answer["seconds"]

    def __enter__(self) -> "_SeparateProcess":
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        if kind is None:
            self.timing.memory = self._receive(self._process)["memory"]
        self._process.wait()


def sample(questions: Sequence[Question], limit: int) -> list[Question]:
    """At most this many questions, spread evenly over all of them and so over all kinds."""
    step = max(1.0, len(questions) / limit)
    return [questions[int(n * step)] for n in range(min(limit, len(questions)))]


def measure(
    engines: Sequence[type[Engine]],
    entries: Iterable[Entry],
    questions: Sequence[Question],
    *,
    limit: int,
    rounds: int = 1,
    separate: bool = True,
) -> dict[str, Timing]:
    """Timings by engine over these entries, of a sample of at most `limit` questions, each asked `rounds` times.

    `separate`: every engine in a process of its own.
    """
    asked = sample(questions, limit)
    warm_up = [question for question in questions if question not in asked] or list(asked)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="halobot-bench-")))
        running: dict[str, _InProcess | _SeparateProcess] = {}
        if separate:
            write_entries(entries, folder / "entries.jsonl")
            for kind in engines:
                running[kind.name] = stack.enter_context(_SeparateProcess(kind, folder))
        else:
            in_memory = list(entries)
            for kind in engines:
                running[kind.name] = stack.enter_context(_InProcess(kind, in_memory))
        for engine in running.values():
            engine.timing.first = engine.timed_search(FIRST_QUESTION)[1]
            engine.timing.slow = engine.timed_search(FIRST_QUESTION)[1] > SLOW_SECONDS
        for question in sample(warm_up, WARM_UP_QUESTIONS):
            for engine in running.values():
                if not engine.timing.slow:
                    engine.timed_search(question.q)
        for turn in range(rounds):
            for number, question in enumerate(asked):
                for engine in running.values():
                    timing = engine.timing
                    if timing.slow and (turn or number % SLOW_STEP):
                        continue
                    ids, seconds = engine.timed_search(question.q)
                    if turn == 0:
                        timing.asked.append(question)
                        timing.answers.append(ids)
                        timing.times.append(seconds)
                    else:
                        timing.times[number] = min(timing.times[number], seconds)
    timings = {name: engine.timing for name, engine in running.items()}
    for timing in timings.values():
        timing.quality = judge_all(timing.asked, timing.answers)
    return timings


@dataclass(frozen=True, slots=True)
class ColdStart:
    """Seconds that a new process takes from start to end: the median of several."""

    ask: float  # `halobot ask`, the shipped entries already in the catalogue
    imports: float  # a Python that only imports sqlite_utils and rapidfuzz

    @property
    def ratio(self) -> float:
        """How many times longer `halobot ask` takes."""
        return self.ask / self.imports


def measure_cold(runs: int = COLD_RUNS) -> ColdStart:
    """Both commands in turn, without numpy: sqlite_utils imports it where it is, and here it is only for bm25s."""
    script = Path(sys.executable).with_name("halobot")
    halobot = [str(script)] if script.is_file() else [sys.executable, "-m", "bot"]
    commands = ([*halobot, "ask", FIRST_QUESTION], [sys.executable, "-c", "import sqlite_utils, rapidfuzz"])
    with tempfile.TemporaryDirectory(prefix="halobot-bench-") as folder:
        settings = {
            "HALO_CATALOG": f"{folder}/catalog.db",
            "HALO_WORKSPACE_URL": f"sqlite:///{folder}/workspace.db",
            "HALO_ENV_FILE": os.devnull,
        }
        # With compiled modules, as an installed program has them: the first run writes them where they are not there.
        left_out = ("HALO_", "SLACK_", "PYTHONDONTWRITEBYTECODE")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(left_out)} | settings
        hidden = Path(folder, "hidden")
        hidden.mkdir()
        (hidden / "numpy.py").write_text("raise ImportError('only the bench needs it')\n", encoding="utf-8")
        environment["PYTHONPATH"] = str(hidden)
        times: tuple[list[float], list[float]] = ([], [])
        for run in range(runs + 1):  # the first, which loads the seeds, does not count
            for command, found in zip(commands, times, strict=True):
                start = time.perf_counter()
                subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)
                if run:
                    found.append(time.perf_counter() - start)
    return ColdStart(median(times[0]), median(times[1]))
