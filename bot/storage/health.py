"""How the databases do: looked at all the time while the bot runs, and by doctor. What is wrong is told once, and so is
that it is right again.
"""

import logging
import shutil
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import HalobotError
from bot.storage.catalog_records import catalog_records
from bot.storage.transactions import write_transaction

log = logging.getLogger(__name__)
MIN_FREE_BYTES = 20 * 1024 * 1024  # of the disk; less is told before writing fails
DEEP_EVERY = 10  # looks


class Health:
    """What is wrong now with the workspace database, the catalogue and their disks.

    `catalog_problems(is_deep)` returns sentences; `tell` gets each once, when it begins.
    """

    def __init__(
        self,
        engine: sa.Engine,
        catalog_problems: Callable[[bool], Iterable[str]],
        catalog_path: Path,
        tell: Callable[[str], object],
    ) -> None:
        self._engine, self._catalog_problems, self._tell = engine, catalog_problems, tell
        database = engine.url.database if engine.dialect.name == "sqlite" else None
        self._folders = [Path(path).absolute().parent for path in (catalog_path, database) if path]
        self._lock = threading.Lock()
        self._looks = 0
        self.problems: tuple[str, ...] = ()

    def look(self, is_deep: bool = False) -> tuple[str, ...]:
        """Look anew, the first time and every DEEP_EVERY times at all of it. Returns what is wrong."""
        with self._lock:
            is_deep = is_deep or self._looks % DEEP_EVERY == 0
            self._looks += 1
            found = [
                *workspace_problems(self._engine, is_deep),
                *self._catalog_problems(is_deep),
                *disk_problems(self._folders),
            ]
            before, self.problems = self.problems, tuple(dict.fromkeys(found))
        for problem in self.problems:
            if problem not in before:
                self._tell(problem)
        if before and not self.problems:
            self._tell("All is well again with the databases.")
        return self.problems


def workspace_problems(engine: sa.Engine, is_deep: bool = False) -> list[str]:
    """Whether the workspace database can be read and written, and with `is_deep` whether its file is whole."""
    is_name = catalog_records.c.kind == "workspace"
    try:
        with write_transaction(engine) as connection:  # a real write: a full disk shows nowhere else
            connection.execute(catalog_records.update().where(is_name).values(change_id=0))
        if is_deep and engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                found = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())
            if found != "ok":
                return [
                    f"The workspace database is damaged ({found.splitlines()[0][:200]}). Put a backup in its place."
                ]
    except (SQLAlchemyError, HalobotError) as error:
        return [str(error).splitlines()[0]]
    return []


def disk_problems(folders: Iterable[Path]) -> list[str]:
    """Whether the disks of these folders are nearly full."""
    found = []
    for folder in dict.fromkeys(folders):
        try:
            free = shutil.disk_usage(folder).free
        except OSError:
            continue
        if free < MIN_FREE_BYTES:
            found.append(f"The disk of {folder} is full: {free // 1024 // 1024} MB are left. Make room on it.")
    return found
