"""The commands about the catalogue as a whole: `export` and `seed`."""

import json

import click

from bot.app import Application


@click.command()
@click.option("--version", help="Only this version, such as 2.214.")
@click.option("--from", "older", metavar="VERSION", help="What an upgrade from this version brings …")
@click.option("--to", "newer", metavar="VERSION", help="… up to and including this one; the newest without it.")
@click.option("--question", metavar="TEXT", help='What answers a question, such as "billing since 2.210".')
@click.option(
    "--format",
    "style",
    type=click.Choice(["json", "markdown", "csv"]),
    default="json",
    show_default=True,
    help="json prints a line for each entry.",
)
@click.pass_obj
def export(
    application: Application,
    version: str | None,
    older: str | None,
    newer: str | None,
    question: str | None,
    style: str,
) -> None:
    """Print the changes of a version, of an upgrade or of a question, or every entry, as JSON, Markdown or CSV."""
    from bot.catalog.entry_codec import entry_to_json
    from bot.conversation.export import DocumentPart, document_parts, to_csv, to_markdown
    from bot.conversation.interpret import interpret
    from bot.conversation.result_text import document_title

    if sum(value is not None for value in (version, older, question)) > 1 or (newer and not older):
        raise click.UsageError("Give one of --version, --from (and --to) or --question.")
    asked = question or (_checked(version) if version else f"upgrade {_checked(older)} {_to(newer)}" if older else "")
    with application.search.snapshot() as snapshot:
        if asked:
            meaning = interpret(snapshot, asked)
            title, parts = document_title(meaning.question or asked), document_parts(meaning.answer)
        else:
            title, parts = "Halo changes", [DocumentPart("Everything", application.catalog.entries())]
        episodes = snapshot.episodes
    if asked and not any(part.entries for part in parts):
        raise click.ClickException(f"Nothing found for “{asked}”.")
    if style == "json":
        for part in parts:
            for entry in part.entries:
                click.echo(json.dumps(entry_to_json(entry)))
    else:
        click.echo(to_markdown(title, parts, episodes) if style == "markdown" else to_csv(parts, episodes), nl=False)


def _checked(text: str) -> str:
    """A version as a question has it. Raises click.BadParameter where it is none."""
    from bot.catalog.models import Version

    try:
        return str(Version.parse(text))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _to(newer: str | None) -> str:
    return _checked(newer) if newer else ""


@click.command()
@click.pass_obj
def seed(application: Application) -> None:
    """Load the seeds into the catalogue. Every start does so when their files changed."""
    click.echo(application.upkeep.reload_seeds(application.settings.catalog))


COMMANDS = (export, seed)
