"""Commands at one and a half times the rate that the bot can serve: nobody waits more than three seconds, whoever is
refused is told so, and five seconds after the load's end everything is quick again.

    python -m tests.drill.overload [--seconds 20] [--dry]

First it measures the rate that can be served, by askers who each ask again as soon as they are answered. Adds its
figures to RESULTS.md, and ends with 1 when one of these does not hold.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from tests.bench.slack_load import CommandTiming, ConnectionPool, load, questions, running, send
from tests.drill.results import write_section

ASKERS, MEASURED_SECONDS = 16, 8.0
FACTOR = 1.5  # of what it can serve
LIMIT, QUICK = 3.0, 0.5  # seconds
AFTER_SECONDS, AFTER_RATE, AFTER_COMMANDS = 5.0, 10.0, 50


async def served_rate(url: str, secret: str) -> float:
    """Commands a second that are answered when each asker waits for an answer before asking again."""
    pool, asked, end = ConnectionPool(url), cycle(questions(1_000, seed=6)), time.perf_counter() + MEASURED_SECONDS
    answered = 0

    async def ask() -> None:
        nonlocal answered
        while time.perf_counter() < end:
            timing = await send(pool, secret, next(asked), time.perf_counter())
            answered += timing.ok and not timing.is_busy

    await asyncio.gather(*(ask() for _ in range(ASKERS)))
    pool.close()
    return answered / MEASURED_SECONDS


async def measure(url: str, secret: str, seconds: float) -> tuple[float, list[CommandTiming], list[CommandTiming]]:
    """The rate that can be served, what came of the commands at more than that, and of those a little later."""
    await load(url, secret, questions(200, seed=5), 20)
    rate = await served_rate(url, secret)
    await asyncio.sleep(AFTER_SECONDS)
    during = await load(url, secret, questions(int(FACTOR * rate * seconds)), FACTOR * rate)
    # The last command left about as many seconds ago as the last one waited.
    await asyncio.sleep(max(0.0, AFTER_SECONDS - during[-1].seconds))
    return rate, during, await load(url, secret, questions(AFTER_COMMANDS, seed=7), AFTER_RATE)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=20.0)
    options.add_argument("--dry", action="store_true", help="leave RESULTS.md as it is")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="drill-") as name, running(Path(name)) as (url, slack):
        rate, during, after = asyncio.run(measure(url, slack.signing_secret, given.seconds))
    seconds, later = sorted(one.seconds for one in during), sorted(one.seconds for one in after)
    refused = sum(one.is_busy for one in during)
    silent = sum(not one.ok and not one.is_busy for one in during)
    line = (
        f"It can serve {rate:.0f} commands a second here. {len(during):,} came at {FACTOR * rate:.0f} a second for "
        f"{given.seconds:g} s: {len(during) - refused - silent:,} answered, {refused:,} told that too much waits, "
        f"{silent} neither; 99 % within {seconds[int(len(seconds) * 0.99)]:.2f} s, slowest {seconds[-1]:.2f} s, "
        f"{sum(one > LIMIT for one in seconds)} over 3 s. {AFTER_SECONDS:g} s after the last: "
        f"{sum(one.ok and not one.is_busy for one in after)} of {len(after)} answered, slowest {later[-1] * 1000:.0f} "
        "ms."
    )
    print(line, flush=True)
    if not given.dry:
        write_section("Commands at one and a half times the rate that can be served", line)
    is_quick = later[-1] < QUICK and all(one.ok and not one.is_busy for one in after)
    sys.exit(bool(silent or seconds[-1] > LIMIT or not is_quick))


if __name__ == "__main__":
    main()
