"""The commands about the catalogue as a whole: `export` and `seed`."""

import json

import click

from bot.app import Application


@click.command()
@click.pass_obj
def export(application: Application) -> None:
    """Print every entry as a line of JSON."""
    from bot.catalog.entry_codec import entry_to_json

    for entry in application.catalog.entries():
        click.echo(json.dumps(entry_to_json(entry), ensure_ascii=False))


@click.command()
@click.pass_obj
def seed(application: Application) -> None:
    """Load the seeds into the catalogue. Every start does so when their files changed."""
    click.echo(application.reload_seeds())


COMMANDS = (export, seed)
