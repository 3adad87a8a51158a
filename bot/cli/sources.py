"""The commands about sources: `import`, `undo` and `sources`. Each imports what it needs; registered by
`bot.cli.main`.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot import app
from bot.errors import SourceError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.ingest.models import Reading

ROWS_SHOWN = 60  # of the table that --dry-run prints; --all shows every one


def register(cli: click.Group) -> None:
    """Add these commands to the command line."""
    for command in (import_, undo, sources):
        cli.add_command(command)


@click.command("import")
@click.argument("names", metavar="SOURCE…", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only show what would happen.")
@click.option("--all", "every", is_flag=True, help="Show every line of the table.")
@click.pass_obj
def import_(settings: Settings, names: Sequence[str], dry_run: bool, every: bool) -> None:
    """Bring in changes from files, folders, web addresses, or `-` for standard input."""
    from bot.ingest.service import take_in
    from bot.ingest.telling import counts_text, report_text

    catalogue = app.open_catalogue(settings)
    readings = list(_read(names))
    report = take_in(catalogue, readings, datetime.now(UTC), dry_run=dry_run)
    if table := report_text(report, None if every else ROWS_SHOWN if dry_run else 0):
        click.echo(table)
    click.echo(f"{'Would be' if dry_run else 'Done'}: {counts_text(report)}.")
    if report.count("unsure") and not dry_run:
        click.echo("`halobot sources review` shows what is unsure.")
    if all(not reading.records for reading in readings) and any(reading.problems for reading in readings):
        sys.exit(1)


def _read(names: Sequence[str]) -> "Iterator[Reading]":
    """The readings of all names, with a line for each on standard error where someone is looking."""
    from bot.ingest.fetch import Fetcher
    from bot.ingest.load import readings_of

    fetcher = Fetcher()
    watched = sys.stderr.isatty()
    for name in names:
        for number, reading in enumerate(readings_of(name, fetcher, sys.stdin.buffer), 1):
            if watched:
                click.echo(
                    f"read {reading.source}: {len(reading.records)} changes{f' (document {number} of {name})' if number > 1 else ''}",
                    err=True,
                )
            yield reading


@click.command()
@click.pass_obj
def undo(settings: Settings) -> None:
    """Take back the last intake."""
    from bot.ingest.service import undo as take_back

    done = take_back(app.open_catalogue(settings))
    if done is None:
        raise SourceError("There is no intake to take back.")
    parts = [
        f"{len(keys)} {what}"
        for keys, what in (
            (done.removed, "removed"),
            (done.restored, "as before"),
            (done.kept, "changed since, so left alone"),
        )
        if keys
    ]
    click.echo(
        f"Took back the intake of {done.imported_at} ({', '.join(done.sources[:5])}{' …' if len(done.sources) > 5 else ''}): {', '.join(parts) or 'nothing else'}."
    )


@click.group(invoke_without_command=True)
@click.pass_context
def sources(ctx: click.Context) -> None:
    """Show the sources that are watched, and how each is doing."""
    if ctx.invoked_subcommand is None:
        from bot.ingest.poller import statuses
        from bot.ingest.telling import status_text

        click.echo(
            status_text(statuses(app.watched_sources(ctx.obj), app.open_source_states(ctx.obj), datetime.now(UTC)))
        )


@sources.command("read")
@click.option("--announce", is_flag=True, help="Let a first reading count as news, too; by default it is silent.")
@click.pass_obj
def read_now(settings: Settings, announce: bool) -> None:
    """Read every watched source now, due or not."""
    from bot.ingest.poller import read_all
    from bot.ingest.telling import counts_text

    watch = app.open_watch(settings)
    for source, outcome in read_all(watch, datetime.now(UTC), announce_first=announce):
        click.echo(f"{source}: {outcome if isinstance(outcome, str) else counts_text(outcome)}")


@sources.command()
@click.pass_obj
def probe(settings: Settings) -> None:
    """Show what your Halo tenant really answers about its releases, before anything is read from it."""
    from bot.ingest.readers.halo_probe import probe as ask

    settings.need("HALO_API_URL", "HALO_API_CLIENT_ID", "HALO_API_CLIENT_SECRET")
    for line in ask(app.halo_api(settings)):
        click.echo(line)


@sources.group(invoke_without_command=True)
@click.pass_context
def review(ctx: click.Context) -> None:
    """Show the lines that may or may not be a change that is known already."""
    if ctx.invoked_subcommand is None:
        from bot.ingest.service import waiting
        from bot.ingest.telling import waiting_text

        catalogue = app.open_catalogue(ctx.obj)
        lines = waiting(catalogue)
        found = catalogue.entries({key for one in lines for key, _ in one.candidate.candidates})
        click.echo(waiting_text(lines, {entry.key: entry for entry in found}))


@review.command()
@click.argument("number", type=int)
@click.option("--as", "key", metavar="KEY", help="The change that it is; by default the likeliest.")
@click.pass_obj
def accept(settings: Settings, number: int, key: str | None) -> None:
    """Say that line NUMBER is the change it looks like."""
    from bot.ingest import service

    report = service.accept(app.open_catalogue(settings), number, datetime.now(UTC), key)
    click.echo(f"Line {number} is {report.outcomes[0].key} now.")


@review.command()
@click.argument("number", type=int)
@click.pass_obj
def reject(settings: Settings, number: int) -> None:
    """Say that line NUMBER is a change of its own."""
    from bot.ingest import service

    report = service.reject(app.open_catalogue(settings), number, datetime.now(UTC))
    click.echo(
        f"Line {number} is an entry of its own now: {report.new[0]}."
        if report.new
        else f"Line {number} stays apart from what it looks like."
    )
