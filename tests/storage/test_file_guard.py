"""A workspace database on SQLite that is deleted while several processes write: nothing that was committed is lost."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from bot.errors import WorkspaceError
from bot.storage.database import open_workspace
from bot.storage.file_guard import FileGuard
from bot.storage.inbox import Inbox, Job
from bot.storage.transactions import write_transaction
from tests.prepared import new_workspace

LOCK = sa.text("UPDATE inbox SET attempts = attempts")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file."""
    new_workspace(tmp_path / "workspace.db")
    return tmp_path / "workspace.db"


@pytest.fixture
def processes(path: Path) -> Iterator[tuple[sa.Engine, sa.Engine]]:
    """Two processes that have the file open."""
    first, second = open_workspace(f"sqlite:///{path}"), open_workspace(f"sqlite:///{path}")
    for number, engine in enumerate((first, second)):
        assert Inbox(engine).put(job(f"before {number}"), "A", 10.0)
    yield first, second
    first.dispose()
    second.dispose()


def job(key: str) -> Job:
    return Job(key, "T1", {}, 1.0)


def test_what_is_being_written_while_it_is_deleted_is_kept(path: Path, processes: tuple[sa.Engine, sa.Engine]) -> None:
    """One process is in the middle of a transaction when the file goes; the other puts it back with all of that."""
    first, second = processes
    with write_transaction(first) as connection:
        connection.execute(LOCK)
        path.unlink()
        other = threading.Thread(target=lambda: Inbox(second).put(job("of the other"), "B", 10.0))
        other.start()
        other.join(0.3)  # it copies, and waits for the transaction
        connection.execute(sa.text("UPDATE inbox SET attempts = 7 WHERE key = 'before 0'"))
    other.join()
    found = open_workspace(f"sqlite:///{path}")
    with found.connect() as connection:
        rows = {row.key: row.attempts for row in connection.execute(sa.text("SELECT key, attempts FROM inbox"))}
    found.dispose()
    assert rows == {"before 0": 7, "before 1": 1, "of the other": 1}


def test_nothing_is_said_to_be_saved_in_a_file_that_is_gone(path: Path, processes: tuple[sa.Engine, sa.Engine]) -> None:
    """The other process put the file back in the middle of a transaction that began before: that is refused."""
    first, second = processes

    def write_late() -> None:
        with first.begin() as connection:
            path.unlink()
            assert Inbox(second).put(job("of the other"), "B", 10.0)
            connection.execute(LOCK)

    with pytest.raises(WorkspaceError, match="replaced"):
        write_late()
    assert Inbox(first).put(job("after"), "A", 10.0)
    assert Inbox(second).count() == 4


def test_who_puts_it_back_second_takes_nothing_of_the_new_file(
    path: Path, processes: tuple[sa.Engine, sa.Engine]
) -> None:
    """Two find the file gone at the same time: the slower one leaves the other's file and its log alone."""
    first, second = processes
    old = second.raw_connection()
    path.unlink()
    assert Inbox(first).put(job("of the first"), "A", 10.0)
    assert not FileGuard(path)._put_back(old.driver_connection)  # type: ignore[arg-type]
    old.close()
    assert path.with_name("workspace.db-wal").exists()
    assert Inbox(second).count() == 3


def test_an_older_file_is_not_put_back(path: Path, processes: tuple[sa.Engine, sa.Engine]) -> None:
    """A process that slept through one deletion still holds the file from before: at the next one it puts nothing back,
    and goes on with what the other process puts back.
    """
    first, second = processes
    path.unlink()
    assert Inbox(first).put(job("between"), "A", 10.0)
    path.unlink()
    with pytest.raises(WorkspaceError, match="deleted"):
        Inbox(second).put(job("too early"), "B", 10.0)
    assert not path.exists()
    assert Inbox(first).put(job("after"), "A", 10.0)
    assert (Inbox(second).count(), Inbox(first).count()) == (4, 4)


def test_no_connection_of_a_process_puts_an_older_file_back(path: Path, processes: tuple[sa.Engine, sa.Engine]) -> None:
    """Of several connections of one process, only one to the newest file puts it back, also where that came from
    somebody's backup.
    """
    first, second = processes
    first.dispose()
    backup = path.with_name("backup.db")
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", [str(backup)])
    with second.connect():  # to the file of before
        backup.replace(path)
        assert Inbox(second).put(job("into the backup"), "B", 10.0)
        in_backup = second.connect()
        path.unlink()
    with pytest.raises(WorkspaceError, match="deleted"):
        Inbox(second).count()
    in_backup.close()
    for _ in range(5):  # whichever of its connections the pool gives first
        with suppress(WorkspaceError):
            assert Inbox(second).count() == 3
    assert Inbox(second).count() == 3


def test_a_backup_in_its_place_is_not_mixed_with_the_log_of_before(
    path: Path, processes: tuple[sa.Engine, sa.Engine]
) -> None:
    """What the replaced file still had in its log is not written into the backup: every process reads that as it is,
    and goes on in it.
    """
    first, second = processes
    backup = path.with_name("backup.db")
    with closing(sqlite3.connect(path)) as source:
        source.execute("VACUUM INTO ?", [str(backup)])
    for number in range(400):  # the log is begun anew meanwhile, and has only a part of the pages
        assert Inbox(first).put(job(f"after the backup {number}" + "x" * 150), "A", 10.0)
    backup.replace(path)
    assert (Inbox(first).count(), Inbox(second).count()) == (2, 2)
    assert Inbox(second).put(job("into the backup"), "B", 10.0)
    assert (Inbox(first).count(), Inbox(second).count()) == (3, 3)
    with first.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_an_empty_file_is_never_made(path: Path, processes: tuple[sa.Engine, sa.Engine]) -> None:
    """The file is deleted in the moment before a connection is opened: that fails, and leaves no empty file there."""
    first, _ = processes
    first.dispose()
    event.listen(first, "do_connect", lambda *_: path.unlink(), named=False)
    with pytest.raises(WorkspaceError):
        Inbox(first).count()
    assert not path.exists()
