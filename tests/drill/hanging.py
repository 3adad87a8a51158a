"""How long a question takes while everything else hangs: ten mentions wait for a 429, PostgreSQL does not answer, and
another program writes to the catalogue.

    python -m tests.drill.hanging [--times 400]

Run by hand, on a machine that does nothing else. Adds its figures to RESULTS.md, and ends with 1 when the slowest
hundredth took half a second or more, or an answer was not there.
"""

import argparse
import random
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path

import sqlalchemy as sa

from bot.playground import Playground
from tests.drill.chaos.loop import LoopThread
from tests.drill.chaos.tally import Tally
from tests.drill.chaos.wire import Wire
from tests.drill.endings import Process
from tests.drill.postgres import postgres
from tests.drill.results import write_section

QUESTION, ANSWER = "jira default status", "1016865"
MENTIONS, AT_ONCE, LIMIT = 10, 2, 0.5


def write_to(catalog: Path, stop: threading.Event) -> None:
    """Hold the catalogue's write lock all the time."""
    other = sqlite3.connect(catalog, timeout=30, isolation_level=None)
    while not stop.is_set():
        other.execute("BEGIN IMMEDIATE")
        stop.wait(2.0)
        other.execute("ROLLBACK")
    other.close()


def measure(slack: Playground, wire: Wire, catalog: Path, times: int) -> tuple[list[float], int]:
    """The seconds of each acknowledgement, sorted, and how many had no answer."""
    slack.fail_next("chat.postMessage", "429", 10_000, retry_after=30)
    for _ in range(MENTIONS):
        slack.mention(QUESTION)
    stop = threading.Event()
    writer = threading.Thread(target=write_to, args=(catalog, stop))
    writer.start()
    wire.is_hanging = True
    seconds: list[float] = []
    missing: list[str] = []

    def ask() -> None:
        for _ in range(times // AT_ONCE):
            asked = slack.command("/halo", QUESTION)
            seconds.append(asked.seconds)
            if ANSWER not in str(asked.blocks):
                missing.append(asked.text)
            time.sleep(0.02)

    askers = [threading.Thread(target=ask) for _ in range(AT_ONCE)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    wire.is_hanging = False
    stop.set()
    writer.join()
    return sorted(seconds), len(missing)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=400)
    options.add_argument("--dry", action="store_true", help="leave RESULTS.md as it is")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="drill-") as name, postgres() as url, LoopThread() as loop:
        address = sa.make_url(url)
        wire = Wire(address.port or 5432, Tally(random.Random(1)))
        seen = address.set(port=loop.listen(wire.serve)).render_as_string(hide_password=False)
        with Playground() as slack:
            process = Process(slack, Path(name), seen)
            slack.command("/halo", QUESTION)
            seconds, missing = measure(slack, wire, Path(name) / "catalog.db", given.times)
            process.end(signal.SIGKILL)
    slowest = seconds[int(len(seconds) * 0.99)]
    line = (
        f"{len(seconds)} questions, {missing} without their answer: median {seconds[len(seconds) // 2] * 1000:.0f} ms, "
        f"99 % within {slowest * 1000:.0f} ms, slowest {seconds[-1] * 1000:.0f} ms."
    )
    print(line, flush=True)
    if not given.dry:
        write_section("Told to wait by Slack, PostgreSQL hanging and the catalogue written to, all at once", line)
    sys.exit(bool(missing or slowest >= LIMIT))


if __name__ == "__main__":
    main()
