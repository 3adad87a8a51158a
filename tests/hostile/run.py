"""Each hostile document is read at sizes that double, in a process as the bot has it: with a limit of memory."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.app import Application
from bot.conversation.interpret import interpret
from bot.errors import SourceError
from bot.ingest.reading_process import MAX_MEGABYTES, ReadingProcess
from bot.settings import read_settings
from tests.hostile.formats import FORMATS, SHAPES, Format
from tests.hostile.reading import MIN_SECONDS, Measured, measure

MAX_RATIO = 2.6  # of the time for twice the input; linear work has 2, quadratic work 4
ROUNDS = 5  # the best of so many counts: a busy machine spoils single ones

MIN_JUDGED_SECONDS = 0.02  # for twice the input: of less, caches and memory pages take the most

Read = Callable[[str, str, bytes], Measured]


class Outcome(NamedTuple):
    """One shape of one format, at one doubling."""

    format_name: str
    shape: str
    size: int  # bytes, of the smaller one
    small: Measured
    large: Measured

    @property
    def ratio(self) -> float:
        """How many times as long the larger one takes."""
        return self.large.seconds / max(self.small.seconds, 1e-9)

    @property
    def name(self) -> str:
        """What it is called where something does not hold."""
        return self.shape

    @property
    def is_judged(self) -> bool:
        """Whether the times are long enough to say something."""
        return self.large.seconds > MIN_JUDGED_SECONDS

    @property
    def fault(self) -> str:
        """What does not hold; empty where all does."""
        if self.ratio > MAX_RATIO and self.is_judged:
            return f"twice the input takes {self.ratio:.1f} times as long"
        if self.large.megabytes > MAX_MEGABYTES:
            return f"it takes {self.large.megabytes:.0f} MB"
        if self.large.refusal and not _says_why(self.large.refusal):
            return f"refused without saying what is too much: {self.large.refusal[:150]}"
        return ""


class GoodOutcome(NamedTuple):
    """A document that a person could have written."""

    format_name: str
    size: int
    wanted: int
    measured: Measured
    name: str = "a good one"

    @property
    def fault(self) -> str:
        """What does not hold; empty where all does."""
        if self.measured.refusal:
            return f"refused: {self.measured.refusal[:150]}"
        if self.measured.found != self.wanted:
            return f"{self.measured.found} of {self.wanted} were read"
        return "" if self.measured.megabytes <= MAX_MEGABYTES else f"it takes {self.measured.megabytes:.0f} MB"


def run_hostile(sizes: Sequence[int], only: str = "") -> Iterator[Outcome]:
    """Every shape of every format, at each size and twice that. `only`: the format of this name."""
    for made in FORMATS:
        if only not in ("", made.name):
            continue
        if made.name == "question":
            with _reader_of(made) as ask:
                yield from (_double(made, shape, size, ask) for shape in SHAPES for size in sizes)
            continue
        for shape in SHAPES:
            for size in sizes:
                with _reader_of(made) as read:  # a new process: what was read before slows none down
                    yield _double(made, shape, size, read)


def try_again(outcome: Outcome) -> Outcome:
    """The same once more, where something did not hold: a machine that was busy for half a minute spoils five rounds in
    a row. The better one of both.
    """
    made = next(made for made in FORMATS if made.name == outcome.format_name)
    with _reader_of(made) as read:
        second = _double(made, outcome.shape, outcome.size, read)
    return min(outcome, second, key=lambda one: (bool(one.fault), one.ratio))


def run_good(sizes: Sequence[int], only: str = "") -> Iterator[GoodOutcome]:
    """A good document of each format that has changes, at each size."""
    for made in FORMATS:
        for size in sizes if made.changes_a_row and only in ("", made.name) else ():
            wanted = made.rows_of(size) * made.changes_a_row + made.changes_at_start
            with _reader_of(made) as read:
                yield GoodOutcome(made.name, size, wanted, read(made.name, made.file_name, made.good(size)))


@contextmanager
def _reader_of(made: Format) -> Iterator[Read]:
    """What reads documents of a format: a process as the bot has it; a question is asked here."""
    if made.name == "question":
        with tempfile.TemporaryDirectory() as folder:
            yield _asking(Path(folder))
        return
    with ReadingProcess() as process:
        yield partial(_read_apart, process)


def _double(made: Format, shape: str, size: int, read: Read) -> Outcome:
    documents = [made.hostile(shape, size), made.hostile(shape, 2 * size)]
    rounds: list[Outcome] = []
    while len(rounds) < ROUNDS and not any(one.ratio <= MAX_RATIO for one in rounds):
        small, large = (read(made.name, made.file_name, document) for document in documents)
        rounds.append(Outcome(made.name, shape, size, small, large))
    return min(rounds, key=lambda one: one.ratio)


def _read_apart(process: ReadingProcess, format_name: str, file_name: str, data: bytes) -> Measured:
    """In a process with the bot's limits."""
    started = time.monotonic()
    try:
        return process.call(measure, (format_name, file_name, data), {})
    except SourceError as error:  # it was ended, at its limit of time or memory
        return Measured(0, str(error), time.monotonic() - started, MAX_MEGABYTES)


def _asking(folder: Path) -> Read:
    """What asks a question of the shipped catalogue, as `halobot ask` does."""
    values = {"HALO_CATALOG": str(folder / "catalog.db"), "HALO_WORKSPACE_URL": f"sqlite:///{folder / 'workspace.db'}"}
    search = Application(read_settings(values, folder / "no.env")).search
    search.search("jira")

    def ask(_format: str, _name: str, data: bytes) -> Measured:
        text, rounds = data.decode("utf-8", "replace"), 0
        started = time.thread_time()
        while rounds == 0 or time.thread_time() - started < MIN_SECONDS:
            with search.snapshot() as snapshot:
                interpret(snapshot, text)
            rounds += 1
        return Measured(1, "", (time.thread_time() - started) / rounds, 0.0)

    return ask


def _says_why(refusal: str) -> bool:
    """Whether a refusal names a limit by its number, or what the document is not."""
    return any(sign.isdigit() for sign in refusal) or any(
        said in refusal
        for said in ("not readable", "no JSON", "broken", "no row", "nothing", "empty", "has no", "not a")
    )
