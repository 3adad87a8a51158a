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


class FileGuard:
    """Watches over one file. `tell` gets a sentence for whoever runs the bot."""

    def __init__(self, path: Path, tell: Callable[[str], object] = log.warning) -> None:
        self._path, self.tell = path, tell

    def watch(self, engine: sa.Engine) -> None:
        """From now on, look at the file whenever a connection of this engine is used."""
        event.listen(engine, "do_connect", self._before_connect)
        event.listen(engine, "connect", self._on_connect, insert=True)  # before anything is written into it
        event.listen(engine, "checkout", self._on_checkout)

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
        if identity is None:
            identity = self._put_back(connection)
            if identity is not None:
                self.tell(
                    f"The workspace database {self._path} was deleted while the bot ran. It was put back with all that "
                    "was in it. Do not delete it: digests and watches are in it."
                )
        raise DisconnectionError("the file was replaced")  # the pool opens the one that is there now

    def _identity(self) -> tuple[int, int] | None:
        try:
            stat = os.stat(self._path)
        except OSError:
            return None
        return stat.st_dev, stat.st_ino

    def _put_back(self, connection: sqlite3.Connection) -> tuple[int, int] | None:
        """Write the deleted database to its place again. None where that is not possible, or somebody was quicker."""
        copy = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection.execute("VACUUM INTO ?", [str(copy)])
            for suffix in ("-wal", "-shm"):  # of the deleted file: they would be replayed into the new one
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
            os.link(copy, self._path)
        except (sqlite3.Error, OSError) as error:
            log.warning("The deleted workspace database could not be put back: %s", error)
            return None
        finally:
            copy.unlink(missing_ok=True)
        return self._identity()
