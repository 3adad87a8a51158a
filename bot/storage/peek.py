"""A look into the workspace database without SQLAlchemy, which takes longer to load than a question to answer."""

import sqlite3
from contextlib import closing

from bot.catalog.models import CatalogPosition
from bot.sqlite_address import file_of


def peek_position(url: str) -> CatalogPosition | None:
    """Up to where a workspace database keeps what was imported, as far as that is an SQLite file; else None."""
    path = file_of(url)
    if path is None or not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)) as db:
            row = db.execute(
                "SELECT (SELECT record_id FROM catalog_records WHERE kind = ?), max(change_id) FROM catalog_records",
                ["workspace"],
            ).fetchone()
    except sqlite3.Error:
        return None
    return CatalogPosition(row[0], row[1]) if row[0] else None
