"""`make hostile`: hostile and good documents of 64 KB to 5 MB for every reader; the figures go to RESULTS.md.

    python -m tests.hostile [--kilobytes 64 640 2500] [--format csv] [--dry]

Ends with 1 where twice the input takes more than 2.6 times as long, where a good document is refused, where reading
needs more memory than the bot allows, or where a refusal does not say what is too much.
"""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TypeVar

from tests.hostile.report import report
from tests.hostile.run import GoodOutcome, Outcome, run_good, run_hostile, try_again

RESULTS = Path(__file__).parent / "RESULTS.md"
Outcomes = TypeVar("Outcomes", Outcome, GoodOutcome)
KILOBYTES = (64, 640, 2_500)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--kilobytes", type=int, nargs="+", default=KILOBYTES, help="each is read, and twice as much")
    options.add_argument("--format", default="", help="only this one")
    options.add_argument("--dry", action="store_true", help="leave the figures as they are")
    given = options.parse_args()
    sizes = [1_000 * kilobytes for kilobytes in given.kilobytes]
    good = [_said(outcome) for outcome in run_good([*sizes, 2 * max(sizes)], given.format)]
    hostile = [_said(outcome) for outcome in run_hostile(sizes, given.format)]
    hostile = [_said(try_again(outcome)) if outcome.fault else outcome for outcome in hostile]
    page = report(good, hostile)
    if not given.dry:
        RESULTS.write_text(page.replace("DATE", date.today().isoformat()), encoding="utf-8")
    print(page.split("\n\n")[2])
    sys.exit(1 if any(outcome.fault for outcome in (*good, *hostile)) else 0)


def _said(outcome: Outcomes) -> Outcomes:
    if outcome.fault:
        print(f"{outcome.format_name}, {outcome.name}, {outcome.size:,} bytes: {outcome.fault}", flush=True)
    return outcome


if __name__ == "__main__":
    main()
