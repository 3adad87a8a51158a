"""The command `init`: the files that a folder needs to connect to Slack, from the ones that Halobot ships."""

import os
from pathlib import Path

import click

from bot.settings import dotenv_path, home_folder, shipped_path


@click.command()
def init() -> None:
    """Write .env and manifest.json, to fill in and to make the Slack app from.

    Files that are there already stay as they are.
    """
    for shipped, path, purpose in (
        (".env.example", dotenv_path(), "put Slack's tokens into it"),
        ("manifest.json", home_folder() / "manifest.json", "make the Slack app from it"),
    ):
        made = _write_new(path, shipped_path(shipped).read_bytes())
        click.echo(f"{path}: {f'written; {purpose}' if made else 'is there already'}.")
    click.echo("What to do next is in “Connect to Slack” in README. `halobot doctor` checks it.")


def _write_new(path: Path, content: bytes) -> bool:
    """Write a file that only its owner may read. Returns False for one that is there already."""
    from bot.private_files import PRIVATE

    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    except FileExistsError:
        return False
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written ({error.strerror}).") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return True


COMMANDS = (init,)
