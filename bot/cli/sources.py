"""The commands that bring entries in: `import`, `undo` and `sources`."""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import click

from bot.app import Application
from bot.errors import SourceError

if TYPE_CHECKING:
    from bot.catalog.repository import Catalog
    from bot.ingest.models import ParsedDocument
    from bot.ingest.publishing import OwnContents

REVIEWED_TEAM = "reviewed team"  # in click's context: whose lines the commands below `review` are about
DRY_RUN_ROWS = 60  # of the table that --dry-run prints; --all shows every one

of_team = click.option("--team", metavar="TEAM", help="The id of a workspace: what that team imported for itself.")
_Result = TypeVar("_Result")


def catalog_of(application: Application, team: str | None) -> "Catalog":
    """The catalogue that a team is answered from, or everybody's."""
    if team is None:
        return application.catalog
    return application.team_catalogs.current(team).catalog


def change_catalog(application: Application, team: str | None, work: "Callable[[Catalog], _Result]") -> _Result:
    """Do work that changes everybody's catalogue, or what a team has of its own."""
    return application.team_catalogs.change(team, work) if team is not None else work(application.catalog)


def read_own_of(application: Application, team: str) -> "OwnContents":
    """What a team has of its own."""
    from bot.ingest.publishing import read_own

    return read_own(application.team_catalogs, application.stores, team)


@click.command("import")
@click.argument("names", metavar="SOURCE…", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Show what would be imported, and change nothing.")
@click.option("--all", "show_all", is_flag=True, help="Show every line of the table.")
@click.pass_obj
def import_(application: Application, names: Sequence[str], dry_run: bool, show_all: bool) -> None:
    """Import changes from files, folders or web addresses.

    A SOURCE of - is standard input. The exit code is 1 when a line was refused, or nothing could be read.
    """
    from bot.cli.import_output import report_text
    from bot.ingest.service import import_documents

    catalog = application.catalog
    documents = list(_read(names))
    report = import_documents(catalog, documents, datetime.now(UTC), dry_run=dry_run)
    if report.import_id is not None:
        application.upkeep.restore_accepted(catalog)
    if table := report_text(report, None if show_all else DRY_RUN_ROWS if dry_run else 0):
        click.echo(table)
    if any(document.records or document.problems for document in documents):
        click.echo(f"{'Would be' if dry_run else 'Done'}: {report}.")
    else:
        click.echo(f"Nothing was read: {', '.join(report.sources[:5]) or 'no document'} names no change.")
    if report.count("unsure") and not dry_run:
        click.echo("`halobot sources review` shows what is unsure.")
    if not dry_run:
        catalog.finish_index()
    if report.count("refused") or not any(document.records for document in documents):
        sys.exit(1)


def _read(names: Sequence[str]) -> "Iterator[ParsedDocument]":
    """Read every source. At a terminal, a line on standard error tells of each document."""
    from bot.ingest.fetch import Fetcher
    from bot.ingest.load import load_source

    fetcher = Fetcher()
    for name in names:
        for number, document in enumerate(load_source(name, fetcher, sys.stdin.buffer), 1):
            if sys.stderr.isatty():
                position = f" (document {number} of {name})" if number > 1 else ""
                click.echo(f"read {document.source}: {len(document.records)} changes{position}", err=True)
            yield document


@click.command()
@of_team
@click.pass_obj
def undo(application: Application, team: str | None) -> None:
    """Take the last import back: of everybody's, or of what a team imported for itself."""
    from bot.catalog.imports import undo_last_import

    undone = change_catalog(application, team, undo_last_import)
    if undone is None:
        raise SourceError("There is no import to take back.")
    parts = (
        (undone.removed, "removed"),
        (undone.restored, "as before"),
        (undone.kept, "changed since, so left alone"),
    )
    counts = ", ".join(f"{len(keys)} {what}" for keys, what in parts if keys)
    names = f"{', '.join(undone.sources[:5])}{' …' if len(undone.sources) > 5 else ''}"
    click.echo(f"Took back the import of {undone.imported_at} ({names}): {counts or 'nothing else'}.")


@click.group(invoke_without_command=True)
@click.pass_context
def sources(ctx: click.Context) -> None:
    """Show the watched sources, and how each is doing."""
    if ctx.invoked_subcommand is None:
        from bot.cli.import_output import source_status_text

        click.echo(source_status_text(ctx.obj.source_statuses()))


@sources.command("read")
@click.option("--announce", is_flag=True, help="Announce what a first reading brings; by default it is not announced.")
@click.pass_obj
def read_now(application: Application, announce: bool) -> None:
    """Read every watched source now, due or not."""
    for source, outcome in application.poller.poll_all(datetime.now(UTC), announce_first=announce):
        click.echo(f"{source}: {outcome}")


@sources.command()
@click.pass_obj
def probe(application: Application) -> None:
    """Show what your Halo tenant answers about its releases.

    Use it before you watch the source halo-api: nothing is imported.
    """
    from bot.ingest.readers.halo_api.probe import probe_api

    for line in probe_api(application.open_halo_api()):
        click.echo(line)


@sources.command()
@click.argument("keys", metavar="KEY…", nargs=-1, required=True)
@click.pass_obj
def forget(application: Application, keys: Sequence[str]) -> None:
    """Wait no longer for changes that arrived and are gone for good: digests go on without them."""
    there = application.catalog.keys() & set(keys)
    if there:
        raise SourceError(f"{', '.join(sorted(there))} is in the catalogue. `halobot undo` takes an import back.")
    application.stores.catalog_records.withdraw(keys)
    click.echo(f"Digests no longer wait for {', '.join(keys)}.")


@sources.group(invoke_without_command=True)
@of_team
@click.pass_context
def review(ctx: click.Context, team: str | None) -> None:
    """Show the lines that may be a known change: of everybody's imports, or of a team's own."""
    ctx.meta[REVIEWED_TEAM] = team
    if ctx.invoked_subcommand is None:
        from bot.catalog.own_entries import FIRST_OWN_NUMBER
        from bot.catalog.review import open_items
        from bot.cli.import_output import review_text

        catalog = catalog_of(ctx.obj, team)
        items = open_items(catalog.db, FIRST_OWN_NUMBER if team else 0)
        entries = catalog.entries({key for item in items for key, _ in item.candidate.candidates})
        click.echo(review_text(items, {entry.key: entry for entry in entries}))


@review.command()
@click.argument("number", type=int)
@click.option("--as", "key", metavar="KEY", help="The key of that change; by default the likeliest.")
@click.pass_obj
def accept(application: Application, number: int, key: str | None) -> None:
    """Line NUMBER is a change that is known already."""
    from bot.ingest import service

    team, now = click.get_current_context().meta[REVIEWED_TEAM], datetime.now(UTC)
    report = change_catalog(application, team, lambda catalog: service.accept_review_item(catalog, number, now, key))
    click.echo(f"Line {number} is {report.outcomes[0].key} now.")


@review.command()
@click.argument("number", type=int)
@click.pass_obj
def reject(application: Application, number: int) -> None:
    """Line NUMBER is a change of its own."""
    from bot.ingest import service

    team, now = click.get_current_context().meta[REVIEWED_TEAM], datetime.now(UTC)
    report = change_catalog(application, team, lambda catalog: service.reject_review_item(catalog, number, now))
    click.echo(
        f"Line {number} is an entry of its own now: {report.new[0]}."
        if report.new
        else f"Line {number} is not one of the changes that it was compared with."
    )


@sources.command()
@click.argument("team", required=False)
@click.pass_obj
def own(application: Application, team: str | None) -> None:
    """Show what TEAM imported and accepted for itself; without TEAM, which teams have something of their own."""
    from bot.cli.own_output import own_text, teams_text

    if team is None:
        stores = application.stores
        teams = {team for team, change in stores.own_records.changes().items() if change.has_records}
        teams |= stores.proposals.teams_with_accepted()
        click.echo(teams_text([read_own_of(application, team) for team in sorted(teams)]))
    else:
        click.echo(own_text(read_own_of(application, team)))


@sources.command()
@click.argument("team")
@click.argument("keys", metavar="[KEY]…", nargs=-1)
@click.pass_obj
def publish(application: Application, team: str, keys: Sequence[str]) -> None:
    """Make everybody's what TEAM imported and accepted for itself: all of it, or of the changes with these KEYs."""
    from bot.cli.own_output import own_text
    from bot.ingest.publishing import publish as publish_own

    before, now = read_own_of(application, team), datetime.now(UTC)
    if not before.keys:
        raise SourceError(f"{team} has nothing of its own. `halobot sources own` lists the teams that have.")
    published = publish_own(application.team_catalogs, application.stores, application.catalog, team, keys, now)
    application.review_desk.apply()
    application.catalog.finish_index()
    click.echo(own_text(before, published))
    click.echo(f"Published. `halobot undo` takes it back from all others; {team} has it then no longer either.")


COMMANDS = (import_, undo, sources)
