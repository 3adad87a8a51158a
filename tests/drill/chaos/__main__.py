"""`make chaos`: every kind of fault at once for ten minutes a database; then the end state is judged.

    python -m tests.drill.chaos [--minutes 10] [--seed N] [--database sqlite|postgresql] [--dry]

The figures go to RESULTS.md. Ends with 1 when anything was lost, doubled or unnamed.
"""

import argparse
import pickle
import random
import signal
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from tests.drill.chaos.report import report
from tests.drill.chaos.run import Result, run
from tests.drill.postgres import binaries, postgres
from tests.drill.results import write_section

DATABASES = ("sqlite", "postgresql")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--seed", type=int, default=None)
    options.add_argument("--database", choices=DATABASES, help="only this one")
    options.add_argument("--dry", action="store_true", help="leave the figures as they are")
    options.add_argument("--keep", type=Path, default=None, help="a folder for the databases and the log")
    options.add_argument(
        "--out", type=Path, default=None, help="a file for the result, which `tests.drill.chaos.report` adds up"
    )
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # `timeout` ends us so: servers and folders go, too
    seed = given.seed if given.seed is not None else random.SystemRandom().randrange(10**6)
    if given.database != "sqlite" and not binaries():
        sys.exit("PostgreSQL is not installed (on Debian: sudo apt install postgresql).")
    if given.database:
        results = {given.database: run_one(given.database, seed, given.minutes, given.keep)}
    else:
        results = run_both(seed, given.minutes, given.keep)
    if given.database:
        print(f"{given.database}, seed {seed}\n{results[given.database]}", flush=True)
    if given.out:
        given.out.write_bytes(pickle.dumps(results))
        return
    if not given.dry:
        write_section("Chaos", report(results))
    sys.exit(0 if all(result.well for result in results.values()) else 1)


def run_one(database: str, seed: int, minutes: float, keep: Path | None) -> Result:
    """One database, in this process."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        folder = keep / database if keep else Path(name)
        folder.mkdir(exist_ok=True, parents=True)
        place = nullcontext(f"sqlite:///{folder / 'workspace.db'}") if database == "sqlite" else postgres()
        with place as url:
            return run(url, folder, seed, minutes * 60)


def run_both(seed: int, minutes: float, keep: Path | None) -> dict[str, Result]:
    """A process a database, at the same time."""
    results, running = {}, []
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        for database in DATABASES:
            out = Path(name) / database
            command = [sys.executable, "-m", "tests.drill.chaos", "--database", database, "--out", str(out)]
            command += ["--seed", str(seed), "--minutes", str(minutes), *(["--keep", str(keep)] if keep else [])]
            running.append((out, subprocess.Popen(command)))
        try:
            codes = [process.wait() for _, process in running]
            if any(codes):
                sys.exit(f"The chaos run itself failed; see above (seed {seed}).")
        finally:
            for _, process in running:
                process.terminate()
                process.wait()
        for out, _ in running:
            results |= pickle.loads(out.read_bytes())
    return results


if __name__ == "__main__":
    main()
