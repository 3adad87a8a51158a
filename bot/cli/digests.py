"""The commands about digests: `digest`, `deliveries` and `audit`."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from bot.app import Application
from bot.errors import SlackError

if TYPE_CHECKING:
    from bot.digests.runner import DigestRunner
    from bot.storage.audit_log import AuditEvent
    from bot.storage.models import OutboxRow, Subscription


@click.command()
@click.option("--due", is_flag=True, help="Post every digest that is due, once; for cron and Kubernetes.")
@click.option(
    "--preview", "channel", metavar="CHANNEL", help="Print what this channel's next digest would be, by its id."
)
@click.option("--dry-run", is_flag=True, help="List what is due, and post nothing.")
@click.pass_obj
def digest(application: Application, due: bool, channel: str | None, dry_run: bool) -> None:
    """Post the digests that are due, or show what would be posted."""
    if sum((bool(due), bool(channel), bool(dry_run))) != 1 and not (due and dry_run and not channel):
        raise click.UsageError("Give one of --due, --preview CHANNEL and --dry-run.")
    if due and not dry_run:
        application.settings.need("SLACK_BOT_TOKEN")
    runner = application.digest_runner
    runner.record_arrivals()
    if channel:
        _preview(runner, channel)
    elif dry_run:
        _list_due(runner)
    else:
        report = runner.run_until_settled()
        click.echo(str(report))
        if report.problems:
            raise SlackError(
                "Not everything could be posted; the rest is tried again at the next run. See `halobot deliveries`."
            )


def _preview(runner: "DigestRunner", channel: str) -> None:
    from bot.digests.models import PREVIEW_NUMBER
    from bot.slack.views.digests import digest_parts

    builder = runner.builder
    teams = sorted({row.team for row in builder.subscriptions.active() if row.channel == channel})
    if not teams:
        raise click.ClickException(
            f"{channel} has no digest, or it is paused. `halobot digest --dry-run` lists the channels that have one."
        )
    for team in teams:
        of_team = builder.of_team(team)
        edition = of_team.preview_edition(team, channel)
        parts = []
        if edition is not None and edition.items:
            parts = digest_parts(edition, PREVIEW_NUMBER, of_team.catalog.episodes())
        click.echo("\n\n".join(text_of_blocks(part["blocks"]) for part in parts) or "Nothing is new.")


def _list_due(runner: "DigestRunner") -> None:
    from bot.digests.formatting import format_filter, format_schedule

    due = {(team, channel) for team, channel, _ in runner.due_channels()}
    builder = runner.builder
    rows = builder.subscriptions.active()
    if not rows:
        click.echo("No channel has a digest that is not paused. In Slack, `/halo subscribe` sets one up.")
    for row in rows:
        of_team = builder.of_team(row.team)
        edition = of_team.select_edition(row.team, row.channel, [row], of_team.new_arrivals(row.cursor), 2)
        when = "due now" if (row.team, row.channel) in due else _next_time(row, runner.publisher.now())
        paused = f", paused: {row.pause_reason}" if row.paused_by else ""
        settings = f"{format_filter(row.filter)}; {format_schedule(row.schedule)}"
        click.echo(f"{row.team} {row.channel}  {when}, {len(edition.items)} new{paused}  ({settings})")


def _next_time(row: "Subscription", now: float) -> str:
    from bot.digests.calendar import next_due_slot

    slot = next_due_slot(
        row.schedule,
        datetime.fromtimestamp(row.last_slot_at, UTC),
        datetime.fromtimestamp(now, UTC),
        row.last_slot_day,
    )
    return f"next {slot.at:%Y-%m-%d %H:%M} UTC" if slot else "waits for arrivals"


@click.command()
@click.option("--channel", metavar="ID", help="Only this channel or person.")
@click.option("--limit", default=30, show_default=True, help="How many lines, newest first.")
@click.pass_obj
def deliveries(application: Application, channel: str | None, limit: int) -> None:
    """Show what was posted where, and what failed and why."""
    rows = application.stores.outbox.recent_rows(channel=channel, limit=limit)
    click.echo("\n".join(delivery_text(row) for row in rows) or "Nothing yet.")


@click.command()
@click.option("--channel", metavar="ID", help="Only this channel or person.")
@click.option("--limit", default=30, show_default=True, help="How many lines, newest first.")
@click.pass_obj
def audit(application: Application, channel: str | None, limit: int) -> None:
    """Show who changed which digest or watch, and how."""
    from bot.storage.audit_log import read_events

    events = read_events(application.engine, channel=channel, limit=limit)
    click.echo("\n".join(event_text(event) for event in events) or "Nothing yet.")


def delivery_text(row: "OutboxRow") -> str:
    """`12  T1 C012 digest 3  sent 2026-11-23 09:00 UTC  74 entries, 4 of 4 parts`."""
    at = row.finished_at or row.claimed_at
    when = f" {datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC" if at else ""
    entries = len({key for _, key, _ in row.entries})
    parts = f"{len(row.posted_ts)} of {row.part_count} parts"
    reason = f"  ({row.reason})" if row.reason else ""
    name = f"{row.team} {row.channel} {row.stream} {row.edition}"
    return f"{row.id}  {name}  {row.state}{when}  {entries} entries, {parts}{reason}"


def event_text(event: "AuditEvent") -> str:
    """`2026-11-23 09:00 UTC  T1 C012  U1 subscribed: everything; every Monday at 09:00 (Europe/London)`."""
    when = f"{datetime.fromtimestamp(event.at, UTC):%Y-%m-%d %H:%M} UTC"
    where = " ".join(part for part in (event.team, event.channel) if part)
    return f"{when}  {where}  {event.actor} {event.action}{f': {event.details}' if event.details else ''}"


def text_of_blocks(blocks: list[dict[str, Any]]) -> str:
    """A message's blocks as lines of text for a terminal; links become their words."""
    from bot.slack.views.mrkdwn import unescape

    lines = []
    for block in blocks:
        # A menu has no text.
        elements = [block.get("text"), *(element.get("text") for element in block.get("elements", ()))]
        texts = [element["text"] if isinstance(element, dict) else element for element in elements if element]
        if block["type"] == "actions":
            texts = [" ".join(f"[{text}]" for text in texts)]
        lines.append("\n".join(text for text in texts if isinstance(text, str)))
    text = "\n\n".join(line for line in lines if line).replace(":warning: ", "")
    return unescape(re.sub(r"<https?:[^|<>]*\|([^<>]*)>", r"\1", text))


COMMANDS = (digest, deliveries, audit)
