"""Copies a workspace database on SQLite to PostgreSQL."""

import sqlalchemy as sa

from bot.errors import WorkspaceError
from bot.storage.metadata import metadata
from bot.storage.stores import open_stores
from bot.storage.transactions import write_transaction

_CHUNK = 500  # rows in memory
_OWN_ROWS = {"catalog_records"}  # what a new database has, too: its name


def copy_workspace(source: sa.Engine, target: sa.Engine) -> int:
    """Copy every row in one transaction, with its number. Both are up to date, and nobody else writes to either.
    Returns how many rows were copied.

    Raises WorkspaceError, and changes nothing, where the target is not on PostgreSQL or has been used. What is being
    sent counts as given up there, as its lease was measured by another clock: the next process looks whether it is out.
    """
    if target.dialect.name != "postgresql":
        raise WorkspaceError("The new workspace database has to be on PostgreSQL: postgresql+psycopg://…")
    open_stores(source)  # every table is declared by now
    tables, count = metadata.sorted_tables, 0
    with source.connect() as reading, write_transaction(target) as writing:
        used = [table.name for table in tables if table.name not in _OWN_ROWS and _has_rows(writing, table)]
        if used:
            raise WorkspaceError(f"The new workspace database has been used ({', '.join(used)}). Name an empty one.")
        for table in tables:
            writing.execute(table.delete())
            found = reading.execution_options(yield_per=_CHUNK).execute(sa.select(table))
            for rows in found.mappings().partitions():
                writing.execute(table.insert(), [dict(row) for row in rows])
                count += len(rows)
            _continue_numbers(writing, table)
    return count


def _has_rows(connection: sa.Connection, table: sa.Table) -> bool:
    return connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None


def _continue_numbers(connection: sa.Connection, table: sa.Table) -> None:
    """The next row gets a number that none has had."""
    column = table.autoincrement_column
    if column is None:
        return
    sequence = connection.scalar(sa.func.pg_get_serial_sequence(table.name, column.name).select())
    last = connection.scalar(sa.select(sa.func.max(column)))
    if sequence and last:
        connection.execute(sa.func.setval(sequence, last).select())
