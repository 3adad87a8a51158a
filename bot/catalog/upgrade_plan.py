"""What opening a catalogue file would change in it, without changing it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from bot.catalog.schema import migrations
from bot.errors import CatalogueError


def pending_steps(path: Path) -> list[str] | None:
    """What the migrations that are missing do, a line each; None where there is no catalogue yet.

    Raises CatalogueError when a newer version has used the file, or it cannot be read.
    """
    try:
        if not path.is_file() or not path.stat().st_size:
            return None
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            db = Database(connection, execute_plugins=False)
            require_known(db, path)
            return [f"{step.name[:4]}: {' '.join((step.fn.__doc__ or '').split())}" for step in migrations.pending(db)]
    except (sqlite3.Error, OSError) as error:
        raise CatalogueError(f"The catalogue at {path} cannot be read ({error}). Run `halobot doctor`.") from error


def require_known(db: Database, path: Path) -> None:
    """Raise CatalogueError where a newer version has changed the tables, as this one could misread them."""
    known = {migration.name for migration in migrations._migrations}
    newer = [migration.name for migration in migrations.applied(db) if migration.name not in known]
    if newer:
        raise CatalogueError(
            f"A newer Halobot has used the catalogue at {path}: its tables are at {newer[-1]}. Install the newer "
            "Halobot, or delete that file: it is made again."
        )
