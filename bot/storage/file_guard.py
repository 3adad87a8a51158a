"""Watches over the file of a workspace database on SQLite while the bot runs.

SQLite goes on writing into a file that was deleted, and all that is written is lost when the process ends. So each time
a connection is used it is looked whether the file is still the one that it opened: a deleted one is put back from what
the connection still holds; a replaced one is opened anew, if it is a workspace database, without the log of the file
before it. Files that were deleted before, and put back, are marked: a connection that still holds one of these puts
nothing back.
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
from bot.private_files import create_private

log = logging.getLogger(__name__)
MAX_COPIES = 20  # of a deleted file, until one has all that was committed
SUPERSEDED = 410  # the user_version of a deleted file that has been put back


class FileGuard:
    """Watches over one file. `tell` gets a sentence for whoever runs the bot."""

    def __init__(self, path: Path, tell: Callable[[str], object] = log.warning) -> None:
        self._path, self.tell = path, tell
        self._newest: tuple[int, int] | None = None  # the file that was opened last
        self._log: tuple[int, int] | None = None  # what is written to before it

    def watch(self, engine: sa.Engine) -> None:
        """From now on, look at the file whenever a connection of this engine is used."""
        event.listen(engine, "do_connect", self._before_connect)
        event.listen(engine, "connect", self._on_connect, insert=True)  # before anything is written into it
        event.listen(engine, "checkout", self._on_checkout)
        event.listen(engine, "commit", self._before_commit)

    def _before_connect(self, _: Any, record: Any, arguments: list[Any], options: dict[str, Any]) -> None:
        """SQLite would make an empty file in the place of one that is gone."""
        record.info["file"] = self._identity()
        if record.info["file"] is None:
            raise WorkspaceError(
                f"The workspace database {self._path} was deleted while the bot ran. Put a backup in its place, or "
                "restart the bot to begin anew."
            )
        if self._newest not in (None, record.info["file"]) and self._log and self._log == self._identity("-wal"):
            self._set_log_aside()  # SQLite would replay it into another file than the one that it is of
        arguments[0], options["uri"] = f"{self._path.absolute().as_uri()}?mode=rw", True

    def _on_connect(self, connection: Any, record: Any) -> None:
        if self._identity() != record.info["file"]:  # nobody knows which one was opened
            connection.close()
            raise WorkspaceError(f"The workspace database {self._path} was replaced; nothing was saved.")
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            connection.close()
            raise WorkspaceError(
                f"The file at {self._path} is no workspace database of Halobot any more. Put the right one back, or "
                "restart the bot to begin anew."
            )
        self._newest = record.info["file"]

    def _on_checkout(self, connection: Any, record: Any, _proxy: Any) -> None:
        identity = self._identity()
        if identity == record.info.get("file"):
            if identity == self._newest:
                self._log = self._identity("-wal")
            return
        if identity is None and record.info.get("file") == self._newest and self._put_back(connection):
            self.tell(
                f"The workspace database {self._path} was deleted while the bot ran. It was put back with all that "
                "was in it. Do not delete it: digests and watches are in it."
            )
        raise DisconnectionError("the file was replaced")  # the pool opens the one that is there now

    def _before_commit(self, connection: sa.Connection) -> None:
        """What is written into a file that was replaced meanwhile would be lost, and said to be done. Into one that was
        deleted it may be: who puts that back waits for the transaction.
        """
        identity = self._identity()
        if identity != connection.info.get("file") and (identity or _is_superseded(connection.connection)):
            raise WorkspaceError(f"The workspace database {self._path} was replaced; nothing was saved.")

    def _identity(self, suffix: str = "") -> tuple[int, int] | None:
        try:
            stat = os.stat(f"{self._path}{suffix}")
        except OSError:
            return None
        return stat.st_dev, stat.st_ino

    def _put_back(self, connection: sqlite3.Connection) -> bool:
        """Write the deleted database to its place again. False where that is not possible, somebody was quicker, or it
        is an older one, which was put back before.
        """
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
        create_private(copy)  # VACUUM takes an empty file
        connection.execute("VACUUM INTO ?", [str(copy)])
        connection.execute("BEGIN IMMEDIATE")  # from here on nobody else commits
        try:
            if self._identity() is not None or _is_superseded(connection):
                raise FileExistsError(self._path)  # before anything of the new file is touched
            if _data_version(connection) != version:
                return False
            self._remove_log()  # of the deleted file: it would be replayed into the new one
            os.link(copy, self._path)
            connection.execute(f"PRAGMA user_version = {SUPERSEDED}")
            connection.commit()
        finally:
            connection.rollback()
        return True

    def _set_log_aside(self) -> None:
        """Keep it under another name: whoever put this file here may have put its log here, too."""
        log_path, aside = Path(f"{self._path}-wal"), Path(f"{self._path}-wal.of-before-{secrets.token_hex(4)}")
        try:
            log_path.rename(aside)
            stat = aside.stat()
            if (stat.st_dev, stat.st_ino) != self._log:  # another process was quicker, and this is the new file's
                os.link(aside, log_path)
                aside.unlink()
                return
        except OSError:
            return
        Path(f"{self._path}-shm").unlink(missing_ok=True)
        self.tell(
            f"The workspace database {self._path} was replaced while the bot ran. What the former one still had in its "
            f"log is kept in {aside.name}, and is not in the new one."
        )

    def _remove_log(self) -> None:
        for suffix in ("-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)


def _is_superseded(connection: Any) -> bool:
    """Whether the file of this connection was deleted and put back before."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == SUPERSEDED)


def _data_version(connection: sqlite3.Connection) -> int:
    """A number that changes with each commit of another connection."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
