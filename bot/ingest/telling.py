"""Intakes, the review queue and the sources' states as plain text, for the command line."""

from collections.abc import Mapping, Sequence

from bot.catalog.models import Entry
from bot.catalog.review import ReviewItem
from bot.ingest.report import ImportReport
from bot.ingest.schedule import SourceStatus

ORDER = ("refused", "unsure", "new", "changed", "merged")


def report_text(report: ImportReport, most: int | None = None) -> str:
    """A table, what needs a person first. `most` limits its lines (None: all); what could not be read is always
    told.
    """
    lines = []
    outcomes = sorted(report.outcomes, key=lambda outcome: ORDER.index(outcome.kind))
    must = [outcome for outcome in outcomes if outcome.kind == "refused"]
    shown = (
        outcomes
        if most is None
        else [*must, *[outcome for outcome in outcomes if outcome.kind != "refused"][: max(0, most - len(must))]]
    )
    for outcome in shown:
        where = f"{outcome.source}{f':{outcome.line_number}' if outcome.line_number else ''}"
        said = " — ".join(part for part in (cut(outcome.title, 90), outcome.reason) if part)
        lines.append(f"{outcome.kind:<8} {outcome.key or '-':<9} {said}  [{where}]")
    if most and len(shown) < len(outcomes):
        lines.append(f"… and {len(outcomes) - len(shown)} more (--all shows them)")
    return "\n".join([*lines, *report.remarks])


def counts_text(report: ImportReport) -> str:
    """`3 new, 1 merged, 2 unsure`, in words."""
    names = {
        "new": "new",
        "merged": "merged with what is known",
        "changed": "changed",
        "unsure": "unsure",
        "refused": "refused",
        "unchanged": "known already",
    }
    said = [f"{number} {names[what]}" for what, number in report.counts().items() if number]
    return ", ".join(said) or "nothing new"


def waiting_text(lines: Sequence[ReviewItem], entries: Mapping[str, Entry]) -> str:
    """The review queue, each line with what it may be."""
    if not lines:
        return "Nothing waits for you."
    said = []
    for one in lines:
        said.append(f"{one.id}. {cut(one.candidate.text, 200)}  [{one.candidate.source}:{one.candidate.line_number}]")
        said.append(f"   {one.candidate.reason}")
        for key, score in one.candidate.candidates:
            title = entries[key].title if key in entries else "(gone)"
            said.append(f"   {score:>3} of 100 like {key}: {cut(title, 110)}")
    said.append(
        "`halobot sources review accept NUMBER [--as KEY]` when it is that change, `reject NUMBER` when it is one of its own."
    )
    return "\n".join(said)


def status_text(statuses: Sequence[SourceStatus]) -> str:
    """Each watched source: when it was read last, when it is due, and what failed."""
    if not statuses:
        return "No sources are watched. Set HALO_SOURCES, for example: https://example.com/feed.xml every 6h"
    lines = []
    for one in statuses:
        last = f"read {one.last_success:%Y-%m-%d %H:%M} UTC" if one.last_success else "never read"
        lines.append(
            f"{one.name}\n  every {one.interval}, {last}, due {f'{one.due_at:%Y-%m-%d %H:%M} UTC' if one.due_at else 'now'}"
        )
        if one.error:
            lines.append(f"  failing ({one.failures} times): {one.error}")
    return "\n".join(lines)


def cut(text: str, most: int) -> str:
    """A text of at most `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
