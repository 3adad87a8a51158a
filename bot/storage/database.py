"""The workspace database: its engine, and the numbered migrations that make its tables.

Small on purpose: a list of functions, each run once, in one transaction, in order. What was released is never edited.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import WorkspaceError
from bot.storage import (
    arrivals,
    audit_log,
    conversations,
    editions,
    feedback,
    introductions,
    processed_events,
    source_states,
    subscriptions,
    watches,
)
from bot.storage.metadata import metadata

migrations_done = sa.Table(
    "migrations", metadata, sa.Column("number", sa.Integer, primary_key=True, autoincrement=False)
)

MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = (
    processed_events.m001_seen_events,
    arrivals.m002_arrivals,
    subscriptions.m003_subscriptions,
    editions.m004_ledger,
    watches.m005_watches,
    audit_log.m006_audit,
    source_states.m007_source_states,
    conversations.m008_threads,
    feedback.m009_questions,
    introductions.m010_meetings,
    source_states.m011_first_readings,
)


def open_workspace(url: str) -> sa.Engine:
    """An engine on a database whose tables are up to date. Raises WorkspaceError when it cannot be reached."""
    shown_address = "of HALO_WORKSPACE_URL"
    try:
        address = parse_database_url(url)
        shown_address = address.render_as_string(hide_password=True)
        if address.get_backend_name() == "sqlite" and address.database and address.database != ":memory:":
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(address, pool_pre_ping=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _configure_sqlite)
        _migrate(engine)
    except (SQLAlchemyError, OSError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise WorkspaceError(
            f"The workspace database {shown_address} cannot be used ({reason}). Check HALO_WORKSPACE_URL."
        ) from error
    return engine


def parse_database_url(url: str) -> sa.URL:
    try:
        return sa.make_url(url)
    except ValueError:  # its text may hold a part of the password
        raise WorkspaceError(
            "HALO_WORKSPACE_URL is not an address that can be read; the port has to be a number."
        ) from None


def _configure_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = wal")
    cursor.execute("PRAGMA foreign_keys = on")
    cursor.close()


def _migrate(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # two processes that start together take turns
        else:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(72097)"))
        migrations_done.create(connection, checkfirst=True)
        done = connection.scalar(sa.select(sa.func.max(migrations_done.c.number))) or 0
        for number, migrate in enumerate(MIGRATIONS[done:], done + 1):
            migrate(connection)
            connection.execute(migrations_done.insert().values(number=number))
