"""The commands `backup` and `restore`: both databases in one file, and back; and `copy-workspace`, to PostgreSQL."""

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.app import Application
from bot.errors import SettingError, WorkspaceError
from bot.settings import Settings
from bot.sqlite_address import address_of, file_of


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(application: Application, file: Path) -> None:
    """Copy both databases into a new FILE.

    The bot may be running. The copy is read through before this ends.
    """
    from bot.storage.backup import back_up

    names = back_up(_databases(application.settings), file.absolute())
    size = file.stat().st_size // 1024
    click.echo(f"Backed up {' and '.join(names)} to {file} ({size:,} KB). It was read back and is whole.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(application: Application, file: Path, yes: bool) -> None:
    """Put the databases of a backup FILE in place of those that are there.

    What is there is kept in a file beside them. Stop the bot before. What was posted, set up or imported after the
    backup is not known afterwards.
    """
    from bot.catalog.upgrade_plan import pending_steps
    from bot.storage.backup import restore as put_back
    from bot.storage.database import pending_workspace_steps

    databases = _databases(application.settings)
    if not yes and any(path.exists() for path in databases.values()):
        click.confirm(f"Replace the databases in {databases['workspace.db'].parent} by those of {file}?", abort=True)
    check = {
        "catalog.db": pending_steps,
        "workspace.db": lambda copy: pending_workspace_steps(address_of(copy.absolute())),
    }
    kept = put_back(file.absolute(), databases, check, datetime.fromtimestamp(application.now(), UTC))
    click.echo(f"The databases of {file} are in place, and whole.")
    for path in kept:
        click.echo(f"What was there before is in {path}.")


@click.command("copy-workspace")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.pass_obj
def copy_workspace(application: Application, file: Path) -> None:
    """Copy the workspace database FILE, on SQLite, into the one of HALO_WORKSPACE_URL, on PostgreSQL.

    Stop the bot before. FILE stays as it is.
    """
    from bot.storage.backup import copied
    from bot.storage.database import open_workspace
    from bot.storage.transfer import copy_workspace as copy

    with copied(file.absolute()) as up_to_date:  # it is upgraded; FILE stays as it is
        try:
            source = open_workspace(address_of(up_to_date))
        except WorkspaceError as error:
            reason = error.reason.replace(str(up_to_date), str(file))
            raise WorkspaceError(f"{file} cannot be copied. {reason} Name the workspace.db of Halobot.") from error
        try:
            count = copy(source, application.engine)
        finally:
            source.dispose()
    click.echo(f"Copied {count:,} rows of {file} into the workspace database of HALO_WORKSPACE_URL.")


def _databases(settings: Settings) -> dict[str, Path]:
    """The files of the databases by their names in a backup. Raises SettingError where PostgreSQL has one."""
    path = file_of(settings.workspace_url)
    if path is None and settings.workspace_url.startswith("sqlite"):
        raise SettingError(
            "The workspace database is in memory, where there is nothing to copy or to restore. Name a file in "
            "HALO_WORKSPACE_URL, such as sqlite:///data/workspace.db."
        )
    if path is None:
        raise SettingError(
            "The workspace database is not a file but on PostgreSQL, whose own tools copy it, with the address of "
            "HALO_WORKSPACE_URL without “+psycopg”. Back up: pg_dump --format=custom --file=workspace.dump ADDRESS. "
            "Restore: pg_restore --clean --if-exists --no-owner --dbname=ADDRESS workspace.dump. The catalogue needs "
            "no backup: it is made again from the seeds and the workspace database."
        )
    return {"workspace.db": path, "catalog.db": settings.catalog}


COMMANDS = (backup, restore, copy_workspace)
