"""The commands that bring entries in: `import`, `undo` and `sources`."""

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.app import Application
from bot.errors import SourceError

if TYPE_CHECKING:
    from bot.ingest.models import ParsedDocument

DRY_RUN_ROWS = 60  # of the table that --dry-run prints; --all shows every one


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
@click.pass_obj
def undo(application: Application) -> None:
    """Take the last import back."""
    from bot.catalog.imports import undo_last_import

    undone = undo_last_import(application.catalog)
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
@click.pass_context
def review(ctx: click.Context) -> None:
    """Show the lines that may be a known change."""
    if ctx.invoked_subcommand is None:
        from bot.catalog.review import open_items
        from bot.cli.import_output import review_text

        catalog = ctx.obj.catalog
        items = open_items(catalog.db)
        entries = catalog.entries({key for item in items for key, _ in item.candidate.candidates})
        click.echo(review_text(items, {entry.key: entry for entry in entries}))


@review.command()
@click.argument("number", type=int)
@click.option("--as", "key", metavar="KEY", help="The key of that change; by default the likeliest.")
@click.pass_obj
def accept(application: Application, number: int, key: str | None) -> None:
    """Line NUMBER is a change that is known already."""
    from bot.ingest import service

    report = service.accept_review_item(application.catalog, number, datetime.now(UTC), key)
    click.echo(f"Line {number} is {report.outcomes[0].key} now.")


@review.command()
@click.argument("number", type=int)
@click.pass_obj
def reject(application: Application, number: int) -> None:
    """Line NUMBER is a change of its own."""
    from bot.ingest import service

    report = service.reject_review_item(application.catalog, number, datetime.now(UTC))
    click.echo(
        f"Line {number} is an entry of its own now: {report.new[0]}."
        if report.new
        else f"Line {number} is not one of the changes that it was compared with."
    )


COMMANDS = (import_, undo, sources)
