"""Writing to the workspace database: one kind of transaction, and inserts that may meet a row that is there already."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import WorkspaceError
from bot.storage.patience import seconds_left

# Raised where a later try may succeed.
DATABASE_UNAVAILABLE = (WorkspaceError, OperationalError, InterfaceError, PoolTimeoutError)


@contextmanager
def write_transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction, committed at the end of the block.

    On SQLite it is a writer from its first statement on, so that what it reads stays true until it commits. On
    PostgreSQL it is an ordinary one: there a decision has to be one conditional statement, which looks again after it
    waited for a row.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            _begin_sqlite(connection)
        yield connection


def _begin_sqlite(connection: sa.Connection) -> None:
    seconds = seconds_left()
    if seconds is None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    usual = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {usual}")


def lock_until_commit(connection: sa.Connection, lock_id: int) -> None:
    """Wait until no other transaction holds this lock. On SQLite a write transaction is alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock_id)))


def insert_or_ignore(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows that break no unique key, in their order; the others are there already. Returns how many were
    inserted.
    """
    if not rows:
        return 0
    statement = _insert(connection, table).on_conflict_do_nothing()
    if len(rows) == 1:  # counted by what comes back: psycopg's rowcount of an INSERT is not known to SQLAlchemy
        return len(connection.execute(statement.values(**rows[0]).returning(*table.primary_key)).all())
    before = _count(connection, table)
    connection.execute(statement, [dict(row) for row in rows])
    return _count(connection, table) - before


def insert_if_free(
    connection: sa.Connection,
    table: sa.Table,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    is_free: sa.ColumnElement[bool],
) -> bool:
    """Insert a row, or take over the one with this key where `is_free` holds for it, in one statement. Returns whether
    that was done.
    """
    statement = _insert(connection, table).values(**key, **values)
    taken = statement.on_conflict_do_update(index_elements=list(key), set_=dict(values), where=is_free)
    return connection.execute(taken.returning(*table.primary_key)).first() is not None


def upsert(
    connection: sa.Connection,
    table: sa.Table,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    on_conflict: Mapping[str, Any] | None = None,
) -> None:
    """Insert a row, or update the one with this key, in one statement, so that two writers at once cannot collide.

    `key` are the columns of the primary key or of a unique constraint. `on_conflict` are the values that an existing
    row gets, where they are not simply `values` (a counter, for example).
    """
    statement = _insert(connection, table).values(**key, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(on_conflict or values)))


def upsert_all(
    connection: sa.Connection,
    table: sa.Table,
    key: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    age: str | None = None,
) -> None:
    """Insert rows that all have the same columns, or update those that have their key; with `age`, only those that have
    no more in this column.
    """
    if rows:
        statement = _insert(connection, table)
        changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
        statement = statement.on_conflict_do_update(
            index_elements=list(key),
            set_=changed,
            where=table.c[age] <= statement.excluded[age] if age else None,
        )
        connection.execute(statement, [dict(row) for row in rows])


def _insert(connection: sa.Connection, table: sa.Table) -> Any:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
