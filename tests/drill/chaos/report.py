"""The figures of a chaos run, for RESULTS.md."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.slack.api_errors import CODES
from tests.drill.chaos.run import Result

MANY = 40  # faults of a kind that count as many


def report(results: Mapping[str, Result], seed: int, minutes: float) -> str:
    """What was found on each database, and how often each kind of fault struck."""
    lines = [
        f"`python -m tests.drill.chaos --minutes {minutes:g} --seed {seed}`, {datetime.now(UTC):%Y-%m-%d}. Four",
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
