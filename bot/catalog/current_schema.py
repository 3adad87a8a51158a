"""The tables of a new catalogue, made at once: `current_schema.sql` has what all migrations together make.

Making them one migration after the other takes ten times as long. `make schema` writes the file after a new migration.
"""

from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

FILE = Path(__file__).with_name("current_schema.sql")
SEPARATOR = ";\n\n"  # between two statements; a trigger has semicolons inside


def create_current_schema(db: Database, migrations: Migrations) -> None:
    """Make all tables of an empty database, inside the caller's transaction, and note all migrations as applied."""
    for statement in FILE.read_text(encoding="utf-8").split(SEPARATOR):
        db.conn.execute(statement)
    now = str(datetime.now(UTC))
    db.conn.executemany(
        f"INSERT INTO {migrations.migrations_table} (migration_set, name, applied_at) VALUES (?, ?, ?)",
        [(migrations.name, migration.name, now) for migration in migrations.pending(db)],
    )
