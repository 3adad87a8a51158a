"""Imports 10,000 changes from one JSON lines file, and compares the time with a bare sqlite-utils `insert_all` with
full-text search.

    python -m tests.bench.import_bench [--entries 10000]

The figure is what an import takes until the bot's answers have everything. Not in it: the catalogue's first start, and
what a large import is given afterwards, in the background: `entries_fts`, the full-text search of other programs, and
learned words. How long that takes is said beside it.

Each way runs in a process of its own, so that its time and its memory are its own; the two take turns, so that a busy
minute meets both. Exits with 0 when the import takes at most 6 times as long as the bare insert, and less than 150 MB.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

MAX_TIMES, MAX_MEGABYTES = 6.0, 150.0
_WORDS = (
    "ticket invoice quote portal agent asset workflow approval contract billing report dashboard email calendar field "
    "setting option template customer site user import export sync status rule list column profile variable price "
    "order item stock device chat survey budget project"
).split()


def write_changes(path: Path, entries: int) -> None:
    """A file of changes as a tenant or a colleague might export them. The same one every time."""
    rng = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        for number in range(entries):
            title = " ".join(rng.choices(_WORDS, k=9)).capitalize()
            summary = " ".join(rng.choices(_WORDS, k=30)).capitalize() + "."
            version = f"2.{300 + 2 * (number % 40)}"
            mentions = [{"episode": 100 + number % 40, "at": f"{number % 59}:{number % 60:02}"}]
            file.write(
                json.dumps(
                    {
                        "number": 2_000_000 + number,
                        "title": title,
                        "summary": summary,
                        "version": version,
                        "mentions": mentions,
                    }
                )
                + "\n"
            )


def bare(source: Path, folder: Path) -> None:
    """What sqlite-utils itself needs for the same rows, with the full-text search that the catalogue has: kept up by
    triggers, with stems. Python looks for garbage meanwhile, as it does by itself; an import makes it pause.
    """
    from sqlite_utils import Database

    db = Database(folder / "bare.db")
    table = db.table("changes")
    rows = (json.loads(line) for line in source.open(encoding="utf-8"))
    table.create({"number": int, "title": str, "summary": str, "version": str, "mentions": str}, pk="number")
    table.enable_fts(["title", "summary"], create_triggers=True, tokenize="porter unicode61 remove_diacritics 2")
    table.insert_all({**row, "mentions": json.dumps(row["mentions"])} for row in rows)
    db.close()


def set_up(folder: Path) -> None:
    """A catalogue with areas and a glossary, as the first start of the bot leaves it."""
    from bot.catalog.repository import Catalog
    from bot.catalog.seeds import read_areas_and_glossary
    from bot.settings import PROJECT

    catalogue = Catalog(folder / "catalog.db")
    catalogue.load_seeds(read_areas_and_glossary(PROJECT / "seeds"))
    catalogue.close()


def ours(source: Path, folder: Path) -> None:
    """The import, as `halobot import` does it."""
    from datetime import UTC, datetime

    from bot.catalog.repository import Catalog
    from bot.ingest.load import load_file
    from bot.ingest.service import import_documents

    catalogue = Catalog(folder / "catalog.db")
    report = import_documents(catalogue, [load_file(source)], datetime.now(UTC))
    catalogue.close()
    if report.count("refused"):
        raise SystemExit(f"{report.count('refused')} refused")


def finish(folder: Path) -> None:
    """What is left for afterwards."""
    from bot.catalog.repository import Catalog

    catalogue = Catalog(folder / "catalog.db")
    catalogue.finish_index()
    catalogue.close()


class Run(NamedTuple):
    """Processor seconds of one run after its imports, the most memory of its process in MB, and the seconds of what is
    done afterwards.
    """

    seconds: float
    megabytes: float
    afterwards: float


def measure(way: str, source: Path) -> Run:
    """One run in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "tests.bench.import_bench",
            "--run",
            way,
            "--source",
            str(source),
            "--folder",
            folder,
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parents[2]
        )
    return Run(*map(float, done.stdout.split()))


def run(way: str, source: Path, folder: Path) -> None:
    """One way in this process; prints the values of `Run`."""
    import time

    # Loading the libraries is not what is measured.
    import sqlite_utils  # noqa: F401

    import bot.ingest.load
    import bot.ingest.service  # noqa: F401

    if way == "ours":
        set_up(folder)
    started = time.process_time()  # of this process alone: what else the machine does at the time changes nothing
    (bare if way == "bare" else ours)(source, folder)
    seconds, megabytes = time.process_time() - started, largest_memory()
    started = time.process_time()
    if way == "ours":
        finish(folder)
    print(seconds, megabytes, time.process_time() - started)


def largest_memory() -> float:
    """The most memory that this process ever had, in MB. Not from getrusage on Linux: that counts the process that
    started it, too.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return next(
            float(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM")
        )
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def compare(entries: int = 10_000, repeats: int = 5) -> dict[str, float]:
    """The best of some runs of each way: processor seconds of both, how many times as long ours takes, its memory in
    MB, and the seconds of what it leaves for afterwards.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "changes.jsonl"
        write_changes(source, entries)
        pairs = [(measure("bare", source), measure("ours", source)) for _ in range(repeats)]
    plain, seconds = min(bare.seconds for bare, _ in pairs), min(ours.seconds for _, ours in pairs)
    return {
        "bare_seconds": plain,
        "import_seconds": seconds,
        "times": seconds / plain,
        "megabytes": max(ours.megabytes for _, ours in pairs),
        "afterwards_seconds": min(ours.afterwards for _, ours in pairs),
    }


def main() -> int:
    """Print the comparison; 0 when it holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--run", choices=("bare", "ours"), help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        run(arguments.run, arguments.source, arguments.folder)
        return 0
    figures = compare(arguments.entries)
    print(
        f"{arguments.entries} entries: bare insert_all {figures['bare_seconds']:.2f} s, "
        f"import {figures['import_seconds']:.2f} s ({figures['times']:.1f} times, at most {MAX_TIMES:.0f}), "
        f"{figures['megabytes']:.0f} MB (at most {MAX_MEGABYTES:.0f}); afterwards, in the background: "
        f"{figures['afterwards_seconds']:.2f} s for entries_fts and learned words"
    )
    return 0 if figures["times"] <= MAX_TIMES and figures["megabytes"] <= MAX_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
