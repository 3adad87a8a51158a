"""The figures of chaos runs, for RESULTS.md.

    python -m tests.drill.chaos.report FILE...

adds up what several runs of the same code wrote with `--out`.
"""

import pickle
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from bot.slack.api_errors import CODES
from tests.drill.chaos.judge import Verdict
from tests.drill.chaos.run import Result
from tests.drill.results import write_section

MANY = 40  # faults of a kind that count as many
LARGEST = ("slowest_end",)  # of several runs, the largest; all else is added up


def added(results: Sequence[Result]) -> Result:
    """Several runs on one database as one."""
    return Result(**{field.name: _added(field.name, results) for field in fields(Result)})


def _added(name: str, ones: Sequence[object]) -> object:
    values = [getattr(one, name) for one in ones]
    if name in LARGEST:
        return max(values)
    if isinstance(values[0], Verdict):
        return Verdict(**{field.name: _added(field.name, values) for field in fields(Verdict)})
    if isinstance(values[0], dict):
        counts: Counter[str] = Counter()
        for value in values:
            counts.update(value)
        return dict(sorted(counts.items()))
    first, *others = values
    for value in others:
        first = first + value
    return first


def report(results: Mapping[str, Result]) -> str:
    """What was found on each database, and how often each kind of fault struck."""
    lines = [
        f"`python -m tests.drill.chaos`, {datetime.now(UTC):%Y-%m-%d}; seeds "
        + "; ".join(f"{database} {', '.join(map(str, one.seeds))}" for database, one in results.items())
        + ". Four",
        "processes of the whole bot, people who ask, watch and share, imports all the time, and every kind of fault at",
        "once; then undisturbed processes bring everything to its end, and the end state is judged. A fault is",
        "counted where it strikes.",
        "",
        *("- " + sentence for sentence in DEFINITIONS),
        "",
        f"| | {' | '.join(results)} |",
        f"|---|{'---|' * len(results)}",
    ]
    for name, value in FIGURES:
        lines.append(f"| {name} | {' | '.join(str(value(result)) for result in results.values())} |")
    lines += ["", f"| fault | {' | '.join(results)} |", f"|---|{'---|' * len(results)}"]
    kinds = sorted({kind for result in results.values() for kind in result.struck})
    lines += [f"| {kind} | {' | '.join(str(one.struck.get(kind, 0)) for one in results.values())} |" for kind in kinds]
    return "\n".join(lines)


DEFINITIONS = (
    "*lost*: entries that were told to a channel or a person neither once nor named to the owner, and acknowledged "
    "acts that are not done and whose person was not told",
    "*doubled*: parts, entries, answers, watches and shares that are there twice",
    "*unnamed*: editions that ended without being told and whose owner does not know",
)
FIGURES = (
    ("runs", lambda one: len(one.seeds)),
    ("faults", lambda one: sum(one.struck.values())),
    ("kinds", lambda one: len(one.struck)),
    (f"kinds with at least {MANY}", lambda one: sum(count >= MANY for count in one.struck.values())),
    (f"codes of Slack's reference that were answered, of {len(CODES)}", lambda one: len(set(one.codes) & set(CODES))),
    ("entries that arrived", lambda one: one.arrived),
    ("told, to channels and watchers", lambda one: one.verdict.told),
    ("acknowledged acts that are done", lambda one: one.verdict.done),
    ("acknowledged acts whose person was told that they are not", lambda one: one.verdict.refused),
    ("**lost**", lambda one: len(one.verdict.lost)),
    ("**doubled**", lambda one: len(one.verdict.doubled)),
    ("**unnamed**", lambda one: len(one.verdict.unnamed)),
    ("unknown (Slack could not tell), and named", lambda one: one.verdict.unknown),
    ("refused by Slack for good, and named", lambda one: one.verdict.ended),
    ("starts of a process", lambda one: one.starts),
    ("slowest end after SIGTERM, seconds", lambda one: round(one.slowest_end, 1)),
    ("minutes, until everything was settled", lambda one: round(one.seconds / 60, 1)),
)  # fmt: skip


def main() -> None:
    """Add up the given files and write the section."""
    found: dict[str, list[Result]] = {}
    for name in sys.argv[1:]:
        for database, result in pickle.loads(Path(name).read_bytes()).items():
            found.setdefault(database, []).append(result)
    results = {database: added(ones) for database, ones in sorted(found.items(), reverse=True)}
    for database, result in results.items():
        print(f"{database}\n{result}", flush=True)
    write_section("Chaos", report(results))


if __name__ == "__main__":
    main()
