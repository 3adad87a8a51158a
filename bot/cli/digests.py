"""The commands about digests: `digest` and `ledger`. Each imports what it needs; registered by `bot.cli.main`."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from bot import app
from bot.errors import SlackError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.digests.runner import Digests
    from bot.storage.audit_log import AuditEvent
    from bot.storage.models import OutboxRow


def register(cli: click.Group) -> None:
    """Add these commands to the command line."""
    for command in (digest, ledger):
        cli.add_command(command)


@click.command()
@click.option("--due", is_flag=True, help="Post every digest that is due, once; for cron and Kubernetes.")
@click.option(
    "--preview",
    "channel",
    metavar="CHANNEL",
    help="Print what this channel's next digest would be now (its id, such as C012ABCDEF).",
)
@click.option("--dry-run", is_flag=True, help="Say what is due, and post nothing.")
@click.pass_obj
def digest(settings: Settings, due: bool, channel: str | None, dry_run: bool) -> None:
    """Post the digests that are due, or look at them before."""
    if sum((bool(due), bool(channel), bool(dry_run))) != 1 and not (due and dry_run and not channel):
        raise click.UsageError("Say one of --due, --preview CHANNEL and --dry-run.")
    if due and not dry_run:
        settings.need("SLACK_BOT_TOKEN")
    digests = app.open_digests(settings)
    digests.sync()
    if channel:
        _preview(digests, channel)
    elif dry_run:
        _dry_run(digests)
    else:
        report = digests.run_to_the_end()
        click.echo(str(report))
        if report.problems:
            raise SlackError(
                "Not everything could be posted; what could not is tried again at the next run. `halobot ledger` shows it."
            )


def _preview(digests: "Digests", channel: str) -> None:
    teams = sorted({one.team for one in digests.desk.subscriptions.active() if one.channel == channel})
    if not teams:
        raise click.ClickException(
            f"{channel} has no digest, or it is paused. `halobot digest --dry-run` lists those that have one."
        )
    for team in teams:
        parts = digests.desk.preview(team, channel) or []
        click.echo("\n\n".join(plain_text(part["blocks"]) for part in parts) or "Nothing is new.")


def _dry_run(digests: "Digests") -> None:
    from bot.digests.calendar import upcoming
    from bot.digests.formatting import filter_words, schedule_words

    due = {(team, channel) for team, channel, _ in digests.due_channels()}
    for one in digests.desk.subscriptions.active():
        news = digests.desk.news(one.cursor)
        edition, _ = digests.desk.edition(one.team, one.channel, [one], news, 2)
        slot = upcoming(
            one.schedule,
            datetime.fromtimestamp(one.last_slot_at, UTC),
            datetime.fromtimestamp(digests.publisher.now(), UTC),
            one.last_slot_day,
        )
        when = (
            "due now"
            if (one.team, one.channel) in due
            else f"next {slot.at:%Y-%m-%d %H:%M} UTC"
            if slot
            else "waits for arrivals"
        )
        paused = f", paused: {one.pause_reason}" if one.paused_by else ""
        click.echo(
            f"{one.team} {one.channel}  {when}, {len(edition.lines)} new{paused}  ({filter_words(one.filter)}; {schedule_words(one.schedule)})"
        )


@click.command()
@click.option("--channel", help="Only this channel or person.")
@click.option(
    "--changes", "trail", is_flag=True, help="Who set up, changed, paused or ended which digest or watch, instead."
)
@click.option("--most", default=30, show_default=True, help="How many lines, newest first.")
@click.pass_obj
def ledger(settings: Settings, channel: str | None, trail: bool, most: int) -> None:
    """Show what was posted where, what is being posted, and what failed and why."""
    from bot.storage.audit_log import read_events
    from bot.storage.database import open_workspace
    from bot.storage.outbox import Outbox

    engine = open_workspace(settings.workspace_url)
    if trail:
        lines = [change_text(change) for change in read_events(engine, channel=channel, limit=most)]
    else:
        lines = [row_text(row) for row in Outbox(engine).recent_rows(channel=channel, limit=most)]
    click.echo("\n".join(lines) or "Nothing yet.")


def row_text(row: "OutboxRow") -> str:
    """`12  T1 C012 digest 3  sent 2026-11-23 09:00 UTC  74 entries, 4 of 4 parts`."""
    at = row.finished_at or row.claimed_at
    when = f" {datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC" if at else ""
    reason = f"  ({row.reason})" if row.reason else ""
    entries = len({key for _, key, _ in row.entries})
    parts = f"{len(row.posted_ts)} of {row.part_count} parts"
    return f"{row.id}  {row.team} {row.channel} {row.stream} {row.edition}  {row.state}{when}  {entries} entries, {parts}{reason}"


def change_text(change: "AuditEvent") -> str:
    """`2026-11-23 09:00 UTC  T1 C012  U1 subscribed: everything; every Monday at 09:00 (Europe/London)`."""
    place = " ".join(part for part in (change.team, change.channel) if part)
    return f"{datetime.fromtimestamp(change.at, UTC):%Y-%m-%d %H:%M} UTC  {place}  {change.actor} {change.action}{': ' + change.details if change.details else ''}"


def plain_text(blocks: list[dict[str, Any]]) -> str:
    """A message's blocks as lines of text, for a terminal; of a link its words."""
    from bot.text import unescape

    lines = []
    for block in blocks:
        elements = [block.get("text"), *(element.get("text", element) for element in block.get("elements", ()))]
        texts = [element["text"] if isinstance(element, dict) else element for element in elements if element]
        if block["type"] == "actions":
            texts = [" ".join(f"[{text}]" for text in texts)]
        lines.append("\n".join(text for text in texts if isinstance(text, str)))
    text = re.sub(r"<https?:[^|<>]*\|([^<>]*)>", r"\1", "\n\n".join(line for line in lines if line)).replace(
        ":warning: ", ""
    )
    return unescape(text)
