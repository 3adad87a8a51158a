"""How the databases do: looked at all the time while the bot runs, and by doctor."""

import shutil
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import HalobotError
from bot.problems import Problem, ProblemList
from bot.storage.catalog_records import catalog_records
from bot.storage.transactions import write_transaction

MIN_FREE_BYTES = 20 * 1024 * 1024  # of the disk; less is told before writing fails
LOOK_SECONDS = 20.0  # between two looks
DEEP_EVERY = 30  # looks
DAMAGED = "damaged workspace database"  # the key of the problem
DAMAGE_WORDS = ("malformed", "not a database", "no workspace database")
# Not the reason, which may name paths of the server.
FOR_PEOPLE = "My databases have a problem, so that not everything is saved. `halobot doctor` says which."


class Health:
    """Looks whether something is wrong with the workspace database, the catalogue or their disks, and reports that.

    `catalog_problems(is_deep)` returns sentences; `search_once()` raises HalobotError where the index cannot be read.
    """

    def __init__(
        self,
        engine: sa.Engine,
        catalog_problems: Callable[[bool], Iterable[str]],
        catalog_path: Path,
        problems: ProblemList,
        search_once: Callable[[], object] = lambda: None,
    ) -> None:
        self._engine, self._catalog_problems, self._problems = engine, catalog_problems, problems
        self._search_once = search_once
        database = engine.url.database if engine.dialect.name == "sqlite" else None
        self._folders = [Path(path).absolute().parent for path in (catalog_path, database) if path]
        self._lock = threading.Lock()
        self._looks, self._was_damaged = 0, False

    def look(self, is_deep: bool = False) -> tuple[str, ...]:
        """Look anew, the first time and every DEEP_EVERY times at all of it. Returns what is wrong."""
        with self._lock:
            is_deep = is_deep or self._was_damaged or self._looks % DEEP_EVERY == 0
            self._looks += 1
            disks = disk_problems(self._folders)
            self._problems.report("disks", disks)
            workspace = workspace_problems(self._engine, is_deep)
            self._was_damaged = any(problem.key == DAMAGED for problem in workspace)  # a short look would not see it
            self._problems.report("workspace_database", workspace)
            catalogue = [Problem("catalogue", text, FOR_PEOPLE) for text in self._problems_of_catalogue(is_deep)]
            self._problems.report("catalogue", catalogue)
        return tuple(dict.fromkeys(problem.text for problem in [*workspace, *catalogue, *disks]))

    def _problems_of_catalogue(self, is_deep: bool) -> list[str]:
        found = list(self._catalog_problems(is_deep))
        if not found:
            try:
                self._search_once()
            except HalobotError as error:
                return [str(error)]
        return found


def workspace_problems(engine: sa.Engine, is_deep: bool) -> list[Problem]:
    """Whether the workspace database can be read and written, and with `is_deep` whether its file is whole."""
    is_name = catalog_records.c.kind == "workspace"
    try:
        with write_transaction(engine) as connection:  # a real write: a full disk shows nowhere else
            connection.execute(catalog_records.update().where(is_name).values(change_id=0))
        if is_deep and engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                found = str(connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one())
            if found != "ok":
                text = f"The workspace database is damaged ({found.splitlines()[0][:200]}). Put a backup in its place."
                return [Problem(DAMAGED, text, FOR_PEOPLE)]
    except (SQLAlchemyError, HalobotError) as error:
        text = str(error).splitlines()[0]
        is_damaged = any(words in text for words in DAMAGE_WORDS)
        return [Problem(DAMAGED if is_damaged else "workspace database", text, FOR_PEOPLE)]
    return []


def disk_problems(folders: Iterable[Path]) -> list[Problem]:
    """Whether the disks of these folders are nearly full."""
    found = []
    for folder in dict.fromkeys(folders):
        try:
            free = shutil.disk_usage(folder).free
        except OSError:
            continue
        if free < MIN_FREE_BYTES:
            text = f"The disk of {folder} is full: {free // 1024 // 1024} MB are left. Make room on it."
            found.append(Problem(f"disk {folder}", text, FOR_PEOPLE))
    return found
