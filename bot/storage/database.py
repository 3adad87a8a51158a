"""Opens the workspace database: SQLite by default, PostgreSQL with HALO_WORKSPACE_URL."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from bot.database_advice import advice_on
from bot.errors import WorkspaceError
from bot.private_files import create_private
from bot.sqlite_address import file_of
from bot.storage.file_guard import FileGuard
from bot.storage.patience import (
    CONNECT_SECONDS,
    POOL_SECONDS,
    SESSION_OPTIONS,
    UPGRADE_SECONDS,
    bound_waiting,
    patience,
)
from bot.storage.upgrade import pending_steps, require_known, upgrade

log = logging.getLogger(__name__)


def open_workspace(url: str, tell: Callable[[str], object] | None = None) -> sa.Engine:
    """The engine of a database whose tables are up to date. `tell` gets what whoever runs the bot should know later.

    Raises WorkspaceError when the database can't be reached, read or upgraded. The sentence shows no password.
    """
    shown_address = "of HALO_WORKSPACE_URL"
    try:
        address = _parse_url(url)
        shown_address = address.render_as_string(hide_password=True)
        file = file_of(url)
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.is_file():
                with suppress(SQLAlchemyError):  # it comes again below, of a file that is nobody else's
                    require_known(_open_unchanged(file, "rw"))  # before its rights and its journal are changed
            create_private(file)
        engine = _create_engine(address)
        try:
            with patience(UPGRADE_SECONDS):
                upgrade(engine)
        except BaseException:
            engine.dispose()  # leave no connection behind
            raise
        _watch(engine, file, shown_address, tell or log.warning)
    except (SQLAlchemyError, OSError, ImportError) as error:
        raise _unusable(shown_address, error) from error
    return engine


def pending_workspace_steps(url: str) -> list[str] | None:
    """What opening the workspace database would change in it, a line each; None where it would be made. Changes
    nothing.

    Raises WorkspaceError when a newer version has used the database, or it cannot be reached or read.
    """
    address = _parse_url(url)
    file = file_of(url)
    if file and not file.is_file():
        return None
    try:
        engine = _open_unchanged(file, "ro") if file else _create_engine(address)
        try:
            return pending_steps(engine)
        finally:
            engine.dispose()
    except (SQLAlchemyError, OSError, ImportError) as error:
        raise _unusable(address.render_as_string(hide_password=True), error) from error


def _unusable(shown_address: str, error: Exception) -> WorkspaceError:
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    advice = advice_on(reason, "Check HALO_WORKSPACE_URL.", "HALO_WORKSPACE_URL")
    return WorkspaceError(f"The workspace database {shown_address} cannot be used ({reason}). {advice}")


def _open_unchanged(path: Path, mode: str) -> sa.Engine:
    """An engine that makes and sets nothing: `ro` can only read, `rw` can put right what a writer that died left."""
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=sa.NullPool)


def _create_engine(address: sa.URL) -> sa.Engine:
    if address.get_backend_name() == "sqlite":
        engine = sa.create_engine(address, pool_pre_ping=True, hide_parameters=True)
        event.listen(engine, "connect", _configure_sqlite)
        return engine
    limits: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "options": SESSION_OPTIONS, "client_encoding": "utf8"}
    given = {name: value for name, value in limits.items() if name not in address.query}
    engine = sa.create_engine(
        address, pool_pre_ping=True, pool_timeout=POOL_SECONDS, connect_args=given, hide_parameters=True
    )
    bound_waiting(engine)
    return engine


def _watch(engine: sa.Engine, file: Path | None, shown_address: str, tell: Callable[[str], object]) -> None:
    """From now on a database that cannot be used is a WorkspaceError, and a file that is deleted is noticed."""

    def on_error(context: sa.engine.ExceptionContext) -> None:
        error = context.sqlalchemy_exception
        if isinstance(error, DBAPIError) and not isinstance(error, IntegrityError) and not context.is_pre_ping:
            reason = str(error.orig).splitlines()[0]
            raise WorkspaceError(
                f"The workspace database {shown_address} cannot be used ({reason}); nothing was saved. "
                f"{advice_on(reason)}".rstrip()
            ) from context.original_exception

    if file:
        engine.dispose()  # connections that were not watched
        FileGuard(file, tell).watch(engine)
    event.listen(engine, "handle_error", on_error)


def _parse_url(url: str) -> sa.URL:
    try:
        address, file = sa.make_url(url), file_of(url)
        # `uri` would make a part of the file's name of the other options.
        return address.set(database=str(file)).difference_update_query(["uri"]) if file else address
    except ValueError:  # its text may hold a part of the password
        raise WorkspaceError(
            "HALO_WORKSPACE_URL is not an address that can be read; the port has to be a number."
        ) from None


def _configure_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = wal")  # readers don't wait for a writer
    cursor.execute("PRAGMA foreign_keys = on")
    cursor.close()
