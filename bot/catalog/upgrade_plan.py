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
    """Raise CatalogueError where a newer version has changed the tables, as this one could misread them, and for a file
    of something else, which would be mixed with ours.
    """
    tables = db.table_names()  # first: another process may be making the catalogue now
    known, applied = {migration.name for migration in migrations._migrations}, migrations.applied(db)
    if tables and not applied:
        raise CatalogueError(
            f"The file at {path} is no catalogue of Halobot: its table “{min(tables)}” is of something else.",
            "Nothing was changed. Name another file in HALO_CATALOG; it is made when it is missing.",
        )
    newer = [migration.name for migration in applied if migration.name not in known]
    if newer:
        raise CatalogueError(
            f"A newer Halobot has used the catalogue at {path}: its tables are at {newer[-1]}.",
            "Install the newer Halobot, or delete that file: it is made again.",
        )
