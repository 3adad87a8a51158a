"""One engine in a process of its own: `python -m tests.bench.worker ENGINE FOLDER [build]`, started by `speed`.

FOLDER holds entries.jsonl. The first line on standard output is the time and memory of building; then each question on
standard input is answered by a line. An engine that keeps its index in a file is run twice: with `build`, and then to
answer from that file. Building is timed without reading the entries; memory is the peak of the process.
"""

import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.catalog.models import Entry
from tests.bench.engines import Engine, HalobotEngine, all_engines
from tests.bench.material import read_entries


def peak_mb(process: int | None = None) -> float:
    """The peak memory of a process (this one when None), in MB."""
    try:
        # Not getrusage: after fork and exec, its figure begins with the parent's.
        lines = Path(f"/proc/{process or 'self'}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except (OSError, StopIteration):
        used = resource.getrusage(resource.RUSAGE_SELF if process is None else resource.RUSAGE_CHILDREN).ru_maxrss
        return used / (1024 * 1024 if sys.platform == "darwin" else 1024)


class Untimed:
    """Entries, and the `seconds` that reading them took, which are not part of building."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = iter(entries)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Entry]:
        while True:
            start = time.perf_counter()
            entry = next(self._entries, None)
            self.seconds += time.perf_counter() - start
            if entry is None:
                return
            yield entry


def build(engine: Engine, entries: Iterable[Entry]) -> float:
    """Build an engine. Returns the seconds, without those of reading the entries."""
    untimed = Untimed(entries)
    start = time.perf_counter()
    engine.build(untimed)
    return time.perf_counter() - start - untimed.seconds


def make(kind: type[Engine], folder: Path) -> Engine:
    """An engine, with its file in `folder` where it has one."""
    return kind(folder) if issubclass(kind, HalobotEngine) else kind()


def _send(message: dict[str, object]) -> None:
    print(json.dumps(message), flush=True)


def main(name: str, folder: str, only_build: bool) -> None:
    """Build and report it, answer until there are no more questions, report the memory."""
    kind = next(engine for engine in all_engines() if engine.name == name)
    engine = make(kind, Path(folder))
    in_file = kind.storage == "in a file"
    seconds = build(engine, read_entries(Path(folder) / "entries.jsonl")) if only_build or not in_file else 0.0
    memory, start = peak_mb(engine.memory_process_id()), time.perf_counter()
    if only_build:
        engine.finish()
    _send({"build": seconds, "memory": memory, "finish": time.perf_counter() - start})
    if not only_build:
        for line in sys.stdin:
            ids, took = engine.timed_search(json.loads(line))
            _send({"ids": ids, "seconds": took})
        _send({"memory": peak_mb(engine.memory_process_id())})
    engine.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "build" in sys.argv[3:])
