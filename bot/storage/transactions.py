"""How the workspace database is written to: one transaction at a time on SQLite, and rows that may be there already."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


@contextmanager
def write_transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that is a writer from its first statement on, so that what it reads stays true until it commits
    (SQLite).

    On PostgreSQL it is an ordinary one: there every decision is a conditional update, which looks again after waiting
    for a row.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


def lock_until_commit(connection: sa.Connection, lock_id: int) -> None:
    """Until this transaction ends nobody else passes here with the same number. On SQLite `writing` sees to that."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(lock_id)))


def insert_or_ignore(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert those rows that break no unique key; the others are there already. Returns how many were new."""
    before = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 if len(rows) > 1 else 0
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    if not rows:
        return 0
    if len(rows) == 1:
        return connection.execute(dialect.insert(table).values(**rows[0]).on_conflict_do_nothing()).rowcount
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))
    return (connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0) - before
