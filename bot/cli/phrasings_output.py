"""Entries that need phrasings, and proposals, as text for the terminal."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.catalog.models import Entry
from bot.ingest.phrasing_needs import ENOUGH_PHRASINGS, DescriptionNeed
from bot.ingest.phrasing_review import ProposalReport
from bot.slack.views.limits import truncate
from bot.storage.models import Proposal

_ORIGINS = {"person": "a person", "llm": "a language model", "question": "a question that an answer helped"}


def needs_text(needs: Sequence[DescriptionNeed], limit: int, waiting: int) -> str:
    """The entries that need phrasings, with how often they may have been asked for in vain."""
    lines = []
    if needs:
        lines.append(f"{'asked':>5}  {'has':>3}  {'key':<10} {'version':<8} title")
    for need in needs[:limit]:
        asked = f"{need.asked:.0f}" if need.asked >= 1 else "" if need.asked == 0 else "<1"
        version = str(need.entry.version or "")
        title = truncate(need.entry.title, 80)
        lines.append(f"{asked:>5}  {need.phrasing_count:>3}  {need.entry.key:<10} {version:<8} {title}")
    if len(needs) > limit:
        lines.append(f"… and {len(needs) - limit} more (--limit shows more)")
    if needs:
        lines.append("`halobot phrasings export FILE` writes a worksheet for them.")
    else:
        lines.append(f"Every entry has {ENOUGH_PHRASINGS} phrasings or more.")
    if waiting:
        lines.append(f"{waiting} wait for review: `halobot phrasings review`.")
    return "\n".join(lines)


def report_text(report: ProposalReport, limit: int | None) -> str:
    """What was not read, then what was dropped, each with its reason."""
    unread = [f"not read  {line}" for line in report.unread]
    dropped = [
        f"dropped   {drop.draft.key}: “{truncate(drop.draft.text, 90)}” — {drop.reason}" for drop in report.dropped
    ]
    lines = [*unread, *dropped]
    shown = lines if limit is None else lines[: max(limit, len(unread))]
    rest = len(lines) - len(shown)
    return "\n".join([*shown, *([f"… and {rest} more (--all shows them)"] if rest else [])])


def proposals_text(proposals: Sequence[Proposal], entries: Mapping[str, Entry], state: str, limit: int) -> str:
    """Proposals below their entries, each with its number and who wrote it."""
    if not proposals:
        return "Nothing waits for you." if state == "open" else f"Nothing was {state}."
    lines = []
    for key, group in groupby(sorted(proposals[:limit], key=lambda p: (p.key, p.id)), key=lambda p: p.key):
        lines.append(f"{key}  {truncate(entries[key].title, 110) if key in entries else '(no such entry now)'}")
        for proposal in group:
            field = "" if proposal.field == "phrasing" else f"{proposal.field}: "
            by = f"{_ORIGINS[proposal.origin]}{f', {proposal.author}' if proposal.author else ''}"
            lines.append(f"{proposal.id:>7}. {field}{proposal.text}  [{by}]")
    if len(proposals) > limit:
        lines.append("… and more (--limit shows more, --key those of one entry)")
    if state == "open":
        lines.append(
            "`halobot phrasings accept NUMBER…` (or --key KEY, --all), `dismiss NUMBER…` for good, "
            "`edit NUMBER TEXT` to give it other words."
        )
    return "\n".join(lines)
