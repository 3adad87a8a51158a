"""What was measured, as RESULTS.md."""

from collections.abc import Sequence

from tests.hostile.formats import SHAPES
from tests.hostile.run import GoodOutcome, Outcome

_HEAD = """# Hostile documents

Written by `make hostile`, DATE. Every reader gets documents that were made to keep it busy, in a process with the
bot's limit of 300 MB; a question is asked of the shipped catalogue. Each shape is read in each size and in twice that;
the number is how many times as long the double took (at most 2.6 is allowed; best of five), the largest of all sizes.
In *italics* where the largest was refused as a whole, with a reason. A dash: the double took less than 20 ms."""


def report(good: Sequence[GoodOutcome], hostile: Sequence[Outcome]) -> str:
    """The page, with DATE in place of the day."""
    refused = [outcome for outcome in hostile if outcome.large.refusal]
    faults = [outcome for outcome in (*good, *hostile) if outcome.fault]
    most = max((outcome.large.megabytes for outcome in hostile), default=0)
    summary = (
        f"{len(hostile)} doublings: {len(hostile) - len(refused)} read, {len(refused)} refused; "
        f"{len(good)} good documents, {sum(not outcome.measured.refusal for outcome in good)} of them read; "
        f"at most {most:.0f} MB. {len(faults)} of them do not hold."
    )
    return "\n\n".join([_HEAD, summary, _shapes(hostile), "## Good documents", _good(good), *_refusals(refused)]) + "\n"


def _shapes(hostile: Sequence[Outcome]) -> str:
    rows = [f"| format | {' | '.join(SHAPES)} | MB |", f"|---|{'---|' * (len(SHAPES) + 1)}"]
    for name in dict.fromkeys(outcome.format_name for outcome in hostile):
        own = [outcome for outcome in hostile if outcome.format_name == name]
        cells = (_cell([outcome for outcome in own if outcome.shape == shape]) for shape in SHAPES)
        rows.append(f"| {name} | {' | '.join(cells)} | {max(outcome.large.megabytes for outcome in own):.0f} |")
    return "\n".join(rows)


def _cell(outcomes: Sequence[Outcome]) -> str:
    if not outcomes:
        return ""
    judged = [outcome.ratio for outcome in outcomes if outcome.is_judged]
    text = f"{max(judged):.1f}" if judged else "–"
    return f"*{text}*" if max(outcomes, key=lambda outcome: outcome.size).large.refusal else text


def _good(good: Sequence[GoodOutcome]) -> str:
    rows = ["| format | KB | changes | seconds | MB |", "|---|---|---|---|---|"]
    for outcome in good:
        found, seconds = outcome.measured.found, outcome.measured.seconds
        megabytes = outcome.measured.megabytes
        rows.append(
            f"| {outcome.format_name} | {outcome.size // 1_000:,} | {found:,} | {seconds:.2f} | {megabytes:.0f} |"
        )
    return "\n".join(rows)


def _refusals(refused: Sequence[Outcome]) -> list[str]:
    reasons = dict.fromkeys(f"- {one.format_name}, {one.shape}: {one.large.refusal[:160]}" for one in refused)
    return ["## What was said of the refused ones", "\n".join(reasons)] if reasons else []
