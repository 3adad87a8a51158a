"""Watches over the file of a workspace database on SQLite while the bot runs.

SQLite goes on writing into a file that was deleted, and all that is written is lost when the process ends. So each time
a connection is used it is looked whether the file is still the one that it opened: a deleted one is put back from what
the connection still holds; a replaced one is opened anew, if it is a workspace database.
"""

import logging
import os
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError

from bot.errors import WorkspaceError

log = logging.getLogger(__name__)
MAX_COPIES = 20  # of a deleted file, until one has all that was committed


class FileGuard:
    """Watches over one file. `tell` gets a sentence for whoever runs the bot."""

    def __init__(self, path: Path, tell: Callable[[str], object] = log.warning) -> None:
        self._path, self.tell = path, tell

    def watch(self, engine: sa.Engine) -> None:
        """From now on, look at the file whenever a connection of this engine is used."""
        event.listen(engine, "do_connect", self._before_connect)
        event.listen(engine, "connect", self._on_connect, insert=True)  # before anything is written into it
        event.listen(engine, "checkout", self._on_checkout)
        event.listen(engine, "commit", self._before_commit)

    def _before_connect(self, *_: Any) -> None:
        """SQLite would make an empty file in the place of one that is gone."""
        if self._identity() is None:
            raise WorkspaceError(
                f"The workspace database {self._path} was deleted while the bot ran. Put a backup in its place, or "
                "restart the bot to begin anew."
            )

    def _on_connect(self, connection: Any, record: Any) -> None:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            connection.close()
            raise WorkspaceError(
                f"The file at {self._path} is no workspace database of Halobot any more. Put the right one back, or "
                "restart the bot to begin anew."
            )
        record.info["file"] = self._identity()

    def _on_checkout(self, connection: Any, record: Any, _proxy: Any) -> None:
        identity = self._identity()
        if identity == record.info.get("file"):
            return
        if identity is None and self._put_back(connection):
            self.tell(
                f"The workspace database {self._path} was deleted while the bot ran. It was put back with all that "
                "was in it. Do not delete it: digests and watches are in it."
            )
        raise DisconnectionError("the file was replaced")  # the pool opens the one that is there now

    def _before_commit(self, connection: sa.Connection) -> None:
        """What is written into a file that was replaced meanwhile would be lost, and said to be done. Into one that was
        deleted it may be: who puts that back waits for the transaction.
        """
        if self._identity() not in (None, connection.info.get("file")):
            raise WorkspaceError(f"The workspace database {self._path} was replaced; nothing was saved.")

    def _identity(self) -> tuple[int, int] | None:
        try:
            stat = os.stat(self._path)
        except OSError:
            return None
        return stat.st_dev, stat.st_ino

    def _put_back(self, connection: sqlite3.Connection) -> bool:
        """Write the deleted database to its place again. False where that is not possible, or somebody was quicker."""
        copy = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            for _ in range(MAX_COPIES):
                if self._copy_and_link(connection, copy):
                    return True
        except FileExistsError:
            return False
        except (sqlite3.Error, OSError) as error:
            log.warning("The deleted workspace database could not be put back: %s", error)
        finally:
            copy.unlink(missing_ok=True)
        return False

    def _copy_and_link(self, connection: sqlite3.Connection, copy: Path) -> bool:
        """False when another connection committed after the copy was made: what it wrote has to come along."""
        copy.unlink(missing_ok=True)
        version = _data_version(connection)
        connection.execute("VACUUM INTO ?", [str(copy)])
        connection.execute("BEGIN IMMEDIATE")  # from here on nobody else commits
        try:
            if self._identity() is not None:
                raise FileExistsError(self._path)  # before anything of the new file is touched
            if _data_version(connection) != version:
                return False
            for suffix in ("-wal", "-shm"):  # of the deleted file: they would be replayed into the new one
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
            os.link(copy, self._path)
        finally:
            connection.rollback()
        return True


def _data_version(connection: sqlite3.Connection) -> int:
    """A number that changes with each commit of another connection."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
