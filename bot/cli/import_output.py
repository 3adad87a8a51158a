"""Imports, the review queue and the watched sources as text for the terminal."""

from collections.abc import Mapping, Sequence

from bot.catalog.models import Entry
from bot.catalog.review import ReviewItem
from bot.ingest.report import ImportOutcome, ImportReport
from bot.ingest.schedule import SourceStatus
from bot.slack.views.limits import truncate


def report_text(report: ImportReport, limit: int | None) -> str:
    """A table of the outcomes, the most urgent first, and the remarks. `limit` is the number of rows (None: all); what
    could not be read is always shown.
    """
    outcomes = report.outcomes_by_urgency()
    shown = outcomes if limit is None else outcomes[: max(limit, report.count("refused"))]
    lines = [_outcome_row(outcome) for outcome in shown]
    if limit and len(shown) < len(outcomes):
        lines.append(f"… and {len(outcomes) - len(shown)} more (--all shows them)")
    return "\n".join([*lines, *report.remarks])


def _outcome_row(outcome: ImportOutcome) -> str:
    position = f"{outcome.source}:{outcome.line_number}" if outcome.line_number else outcome.source
    text = " — ".join(part for part in (truncate(outcome.title, 90), outcome.reason) if part)
    return f"{outcome.kind:<8} {outcome.key or '-':<9} {text}  [{position}]"


def review_text(items: Sequence[ReviewItem], entries: Mapping[str, Entry]) -> str:
    """The review queue: each line with the entries it may be. `entries` are these entries, by key."""
    if not items:
        return "Nothing waits for you."
    lines = []
    for number, candidate in items:
        lines.append(f"{number}. {truncate(candidate.text, 200)}  [{candidate.source}:{candidate.line_number}]")
        lines.append(f"   {candidate.reason}")
        for key, score in candidate.candidates:
            title = entries[key].title if key in entries else "(gone)"
            lines.append(f"   {score:>3} of 100 like {key}: {truncate(title, 110)}")
    lines.append(
        "`halobot sources review accept NUMBER [--as KEY]` when it is that change, "
        "`reject NUMBER` when it is one of its own."
    )
    return "\n".join(lines)


def source_status_text(statuses: Sequence[SourceStatus]) -> str:
    """The watched sources: when each was read last and brought something, when it is due, and why it failed."""
    if not statuses:
        return "No sources are watched. Set HALO_SOURCES, for example: https://example.com/feed.xml every 6h"
    lines = []
    for status in statuses:
        last_read = f"read {status.last_success:%Y-%m-%d %H:%M} UTC" if status.last_success else "never read"
        due = f"{status.due_at:%Y-%m-%d %H:%M} UTC" if status.due_at else "now"
        brought = f"brought something {status.last_news:%Y-%m-%d}" if status.last_news else "has brought nothing yet"
        lines += [status.name, f"  every {status.interval}, {last_read}, {brought}, due {due}"]
        if status.error:
            lines.append(f"  failing ({status.failures} times): {status.error}")
    return "\n".join(lines)
