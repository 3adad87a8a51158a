"""The commands about how people ask: `phrasings` lists the entries that need it, `export` and `import` a worksheet, and
the rest decide on what was proposed.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.app import Application
from bot.errors import SourceError

if TYPE_CHECKING:
    from bot.catalog.models import Entry
    from bot.ingest.phrasing_needs import DescriptionNeed
    from bot.storage.models import Proposal, ProposalState

SHOWN_PROBLEMS = 40  # of an import; --all shows every one


@click.group(invoke_without_command=True)
@click.option("--limit", default=25, show_default=True, help="How many entries.")
@click.pass_context
def phrasings(ctx: click.Context, limit: int) -> None:
    """Show the entries that need phrasings, most asked-about first."""
    if ctx.invoked_subcommand is None:
        from bot.cli.phrasings_output import needs_text

        application: Application = ctx.obj
        click.echo(needs_text(_needs(application), limit, application.stores.proposals.count("open")))


def _needs(application: Application) -> "list[DescriptionNeed]":
    from bot.ingest.phrasing_needs import description_needs

    stats = application.stores.question_log.list_stats(application.now(), limit=300)
    return description_needs(application.catalog, application.search, stats)


@phrasings.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--version", metavar="VERSION", help="Only this version, such as 2.218.")
@click.option("--key", "keys", multiple=True, metavar="KEY", help="Only this entry; may be given several times.")
@click.option("--all", "with_described", is_flag=True, help="Entries that have phrasings enough, too.")
@click.option("--limit", default=100, show_default=True, help="At most so many entries, the neediest first.")
@click.option("--format", "style", type=click.Choice(["toml", "csv"]), help="By default as FILE is called, else toml.")
@click.pass_obj
def export(
    application: Application,
    file: Path | None,
    version: str | None,
    keys: Sequence[str],
    with_described: bool,
    limit: int,
    style: str | None,
) -> None:
    """Write a worksheet to FILE, or print it: entries, their texts, and how to write good phrasings."""
    from bot.catalog.provenance import source_lines_of
    from bot.ingest.worksheet import WorksheetEntry, to_csv_worksheet, to_toml_worksheet

    entries = _wanted_entries(application, version, keys, with_described)[:limit]
    if not entries:
        raise SourceError("No entry needs phrasings there. `halobot phrasings` lists those that do; --all takes any.")
    lines: dict[str, list[str]] = {}
    for line in source_lines_of(application.catalog.db, [entry.key for entry in entries]):
        lines.setdefault(line.key, []).append(line.text)
    rows = [WorksheetEntry.of(entry, lines.get(entry.key, ())) for entry in entries]
    write = to_csv_worksheet if (style or (file.suffix[1:] if file else "")) == "csv" else to_toml_worksheet
    text = write(rows, list(application.catalog.areas()))
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_bytes(text.encode("utf-8-sig" if write is to_csv_worksheet else "utf-8"))
    except OSError as error:
        raise SourceError(f"{file} cannot be written ({error.strerror or error}).") from error
    click.echo(f"{len(rows)} entries written to {file}. Fill it in, then: halobot phrasings import {file}")


def _wanted_entries(
    application: Application, version: str | None, keys: Sequence[str], with_described: bool
) -> "list[Entry]":
    from bot.catalog.models import Version

    try:
        wanted = Version.parse(version) if version else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    if keys or with_described:
        entries = application.catalog.entries(keys or None)
        if missing := set(keys) - {entry.key for entry in entries}:
            raise SourceError(f"There is no entry {min(missing)}. `halobot ask {min(missing)}` shows the nearest.")
    else:
        entries = [need.entry for need in _needs(application)]
    return [entry for entry in entries if wanted is None or wanted in (entry.version, *entry.possible_versions)]


@phrasings.command("import")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--by", "author", metavar="NAME", help="Who wrote it; by default as the worksheet says.")
@click.option("--accept", "accept_at_once", is_flag=True, help="Accept what passes the rules, without a review.")
@click.option("--all", "show_all", is_flag=True, help="Show every line that was dropped.")
@click.pass_obj
def import_(application: Application, file: str, author: str | None, accept_at_once: bool, show_all: bool) -> None:
    """Take a worksheet back: what passes the rules waits for review.

    A FILE of - is standard input.
    """
    from bot.cli.phrasings_output import report_text
    from bot.ingest.phrasing_review import propose
    from bot.ingest.worksheet import read_worksheet

    sheet = read_worksheet(_read_bytes(file), file)
    drafts = sheet.drafts if author is None else [draft._replace(author=author) for draft in sheet.drafts]
    by, now = author or sheet.author or "worksheet", application.now()
    report = propose(application.catalog, application.stores.proposals, drafts, by, now)
    report.unread += sheet.unread
    if text := report_text(report, None if show_all else SHOWN_PROBLEMS):
        click.echo(text)
    click.echo(f"Done: {report}.")
    if report.ids and accept_at_once:
        accepted = application.review_desk.accept(report.ids, by, now)
        click.echo(f"{len(accepted)} accepted: they are in the next answer. `halobot phrasings undo` takes it back.")
    elif report.ids:
        click.echo("`halobot phrasings review` shows them; `halobot phrasings accept --all` accepts all that wait.")
    if report.unread or not (report.ids or report.dropped):
        sys.exit(1)


def _read_bytes(file: str) -> bytes:
    from bot.ingest.worksheet import MAX_BYTES

    try:
        if file == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(file).expanduser().open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:
        raise SourceError(f"{file} cannot be read ({getattr(error, 'strerror', None) or error}).") from error


@phrasings.command()
@click.option("--key", metavar="KEY", help="Only this entry.")
@click.option("--accepted", is_flag=True, help="Show what was accepted instead of what waits.")
@click.option("--dismissed", is_flag=True, help="Show what was dismissed.")
@click.option("--limit", default=200, show_default=True, help="How many proposals.")
@click.pass_obj
def review(application: Application, key: str | None, accepted: bool, dismissed: bool, limit: int) -> None:
    """Show the proposals that wait for a person, by entry, with who wrote them."""
    from bot.cli.phrasings_output import proposals_text

    state: ProposalState = "accepted" if accepted else "dismissed" if dismissed else "open"
    found = application.stores.proposals.find(keys=[key] if key else None, states=[state], limit=limit + 1)
    entries = {entry.key: entry for entry in application.catalog.entries({proposal.key for proposal in found})}
    click.echo(proposals_text(found, entries, state, limit))


def _chosen(function: Callable[..., None]) -> Callable[..., None]:
    """The arguments by which proposals are chosen."""
    for decorate in (
        click.option("--by", "actor", default="", metavar="NAME", help="Who decides."),
        click.option("--all", "everything", is_flag=True, help="Everything that waits."),
        click.option("--key", metavar="KEY", help="Everything that waits for this entry."),
        click.argument("numbers", type=int, nargs=-1, metavar="[NUMBER]…"),
    ):
        function = decorate(function)
    return function


def _chosen_ids(application: Application, numbers: Sequence[int], key: str | None, everything: bool) -> list[int]:
    if sum(map(bool, (numbers, key, everything))) != 1:
        raise click.UsageError("Give numbers, or --key, or --all.")
    if numbers:
        return list(dict.fromkeys(numbers))
    found: list[Proposal] = application.stores.proposals.find(keys=[key] if key else None, states=("open",))
    if not found:
        raise SourceError("Nothing waits there. `halobot phrasings review` shows what does.")
    return [proposal.id for proposal in found]


@phrasings.command()
@_chosen
@click.pass_obj
def accept(application: Application, numbers: Sequence[int], key: str | None, everything: bool, actor: str) -> None:
    """Accept proposals: the next answer knows them."""
    ids = _chosen_ids(application, numbers, key, everything)
    done = application.review_desk.accept(ids, actor, application.now())
    click.echo(f"{len(done)} accepted." if done else "Nothing was accepted: that was decided already.")


@phrasings.command()
@_chosen
@click.pass_obj
def dismiss(application: Application, numbers: Sequence[int], key: str | None, everything: bool, actor: str) -> None:
    """Dismiss proposals for good, those that wait and accepted ones: they are not proposed again."""
    ids = _chosen_ids(application, numbers, key, everything)
    done = application.review_desk.dismiss(ids, actor, application.now())
    click.echo(f"{len(done)} dismissed." if done else "Nothing was dismissed: that was decided already.")


@phrasings.command()
@click.argument("number", type=int)
@click.argument("text")
@click.option("--by", "actor", default="", metavar="NAME", help="Who writes.")
@click.pass_obj
def edit(application: Application, number: int, text: str, actor: str) -> None:
    """Give proposal NUMBER other words, which are a person's then. It still waits."""
    proposal = application.review_desk.edit(number, text, actor, application.now())
    click.echo(f"Proposal {number} is “{proposal.text}” now. `halobot phrasings accept {number}` accepts it.")


@phrasings.command()
@click.pass_obj
def undo(application: Application) -> None:
    """Take the last decision, edit or import of phrasings back."""
    click.echo(application.review_desk.undo())


@phrasings.command()
@click.option("--limit", default=10, show_default=True, help="At most so many entries.")
@click.pass_obj
def describe(application: Application, limit: int) -> None:
    """Ask the language model of HALO_LLM_URL to describe new changes now; what comes back waits for review."""
    application.settings.need("HALO_LLM_URL", "HALO_LLM_MODEL")
    describer = application.describer
    report = describer.run(application.now(), limit) if describer else None
    click.echo(f"Done: {report}.")
    if report and report.failure:
        sys.exit(1)


COMMANDS = (phrasings,)
