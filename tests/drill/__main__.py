"""`make drill`: every scenario on SQLite and on PostgreSQL at the same time; the figures go to RESULTS.md beside this
file.

    python -m tests.drill [--kills N] [--quick] [--needs-postgresql] [--lane sqlite|postgresql --out FILE]

Ends with 1 when anything was lost, doubled, out of order or not named to its owner, or a database that is needed was
missing.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.drill.lane import Count, lane
from tests.drill.postgres import binaries, postgres
from tests.drill.results import RESULTS, with_main_part
from tests.drill.scenarios import scenarios
from tests.drill.thousand import CHANNELS, ENTRIES, PER_MINUTE, measure

COLUMNS = ("faults", "editions", "parts", "lost", "doubled", "out_of_order", "unknown", "owner_not_told", "seconds")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--quick", action="store_true", help="a few of each, without writing RESULTS.md")
    options.add_argument(
        "--needs-postgresql", action="store_true", help="a missing PostgreSQL is a failure, not a skip"
    )
    options.add_argument("--seed", type=int, default=None)
    options.add_argument("--lane", choices=("sqlite", "postgresql"))
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # `timeout` ends us so: servers and folders go, too
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    kills = 16 if given.quick else given.kills
    if given.lane:
        run_lane(given.lane, kills, given.quick, seed, given.out)
        return
    databases = ["sqlite"] + (["postgresql"] if binaries() else [])
    if "postgresql" not in databases:
        print("PostgreSQL is skipped: it is not installed (on Debian: sudo apt install postgresql).", flush=True)
        if given.needs_postgresql:
            sys.exit(1)
    began = time.monotonic()
    thousand = {} if given.quick else measure()
    results = run_all(databases, kills, given.quick, seed)
    minutes = (time.monotonic() - began) / 60
    if not given.quick:
        main_part = report(results, seed, minutes) + thousand_text(thousand)
        RESULTS.write_text(with_main_part(RESULTS.read_text(encoding="utf-8"), main_part), encoding="utf-8")
    wrong = [f"{database}, {count.name}" for database, counts in results.items() for count in counts if not count.well]
    print(
        f"{'Wrong: ' + '; '.join(wrong) if wrong else 'Nothing lost, nothing twice.'} ({minutes:.1f} min, seed {seed})",
        flush=True,
    )
    if thousand and thousand["composing"] > thousand["posting"] / 10:
        sys.exit(f"Composing a thousand channels takes too long: {thousand_text(thousand)}")
    sys.exit(1 if wrong or any(not counts for counts in results.values()) else 0)


def run_all(databases: list[str], kills: int, quick: bool, seed: int) -> dict[str, list[Count]]:
    """A process a database, at the same time."""
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        running = []
        for database in databases:
            out = Path(folder) / database
            command = [
                sys.executable,
                "-m",
                "tests.drill",
                "--lane",
                database,
                "--out",
                str(out),
                "--kills",
                str(kills),
                "--seed",
                str(seed),
            ]
            running.append((database, out, subprocess.Popen([*command, *(["--quick"] if quick else [])])))
        try:
            failed = [database for database, _, process in running if process.wait() != 0]
        finally:
            for _, _, process in running:
                process.terminate()
                process.wait()
        if failed:
            sys.exit(f"The drill itself failed on {', '.join(failed)}; see above (seed {seed}).")
        return {database: [Count(**record) for record in json.loads(out.read_text())] for database, out, _ in running}


def run_lane(database: str, kills: int, quick: bool, seed: int, out: Path) -> None:
    """All scenarios on one database."""
    if database == "sqlite":
        counts = _scenarios("", kills, quick, seed, database)
    else:
        with postgres() as url:
            counts = _scenarios(url, kills, quick, seed, database)
    out.write_text(json.dumps([asdict(count) for count in counts]))


def _scenarios(url: str, kills: int, quick: bool, seed: int, database: str) -> list[Count]:
    counts = []
    with lane(url, seed) as one:
        for count in scenarios(one, kills, quick):
            print(
                f"{database:10} {count.name}: " + ", ".join(f"{name} {getattr(count, name)}" for name in COLUMNS),
                flush=True,
            )
            counts.append(count)
    return counts


def report(results: dict[str, list[Count]], seed: int, minutes: float) -> str:
    """The figures as a page."""
    lines = [
        "# Fault drill", "",
        "Written by `make drill`: real processes, killed with SIGKILL; a Slack stand-in that fails; real databases. An",
        "edition is one digest of one channel: a post and the parts of its thread. Two of the six channels want",
        "highlights only: of each batch a few become highlights after they arrived, and are news there then.", "",
        "- *lost*: parts and entries that are not in the channel although the outbox says sent, and editions that",
        "  failed although history could be read",
        "- *doubled*: copies of a part, and arrivals that were announced twice; late highlights count too",
        "- *unknown*: editions of which nobody can tell whether they arrived, because history could not be read",
        "- *owner_not_told*: those of them whose owner was not told", "",
        f"{datetime.now(UTC):%Y-%m-%d}, seed {seed}, {minutes:.1f} minutes.", "",
    ]  # fmt: skip
    for database, counts in results.items():
        lines += [f"## {database}", "", f"| scenario | {' | '.join(COLUMNS)} |", f"|---|{'---|' * len(COLUMNS)}"]
        lines += [f"| {count.name} | {' | '.join(str(getattr(count, name)) for name in COLUMNS)} |" for count in counts]
        total = [str(round(sum(getattr(count, name) for count in counts), 1)) for name in COLUMNS]
        lines += [f"| **all** | {' | '.join(f'**{value}**' for value in total)} |", ""]
    return "\n".join(lines)


def thousand_text(measured: dict[str, float]) -> str:
    """A thousand channels due in the same minute, in words."""
    return (
        f"\n## {CHANNELS:,} channels due in the same minute, {ENTRIES} new entries\n\n"
        "Composing and claiming all of them (SQLite, one thread): "
        f"{measured['composing']:.0f} s. Posting their {measured['posts']:,.0f} messages at {PER_MINUTE} a minute: "
        f"{measured['posting']:.0f} s. "
        f"Memory grew by {measured['grown']:.1f} MB between the 100th and the last.\n"
    )


if __name__ == "__main__":
    main()
