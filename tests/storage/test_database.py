"""Opening the workspace database: new, by several at once, again, and where it cannot be."""

import subprocess
import sys

import pytest
import sqlalchemy as sa

from bot.errors import WorkspaceError
from bot.storage.database import open_workspace
from bot.storage.inbox import Inbox, Job
from bot.storage.upgrade import REVISIONS

NOW = 1_760_000_000.0
MINUTE = 60


@pytest.fixture
def url(tmp_path):
    """The address of a database that is not there yet, in a folder that is not there yet."""
    return f"sqlite:///{tmp_path}/data/workspace.db"


@pytest.fixture
def opened():
    """Opens workspace databases, and closes them afterwards."""
    engines = []

    def open_one(url):
        engines.append(open_workspace(url))
        return engines[-1]

    yield open_one
    for engine in engines:
        engine.dispose()


def done(engine, key):
    """Put a job and end it. False when it was there before."""
    inbox = Inbox(engine)
    is_new = inbox.put(Job(key, "T1", {}, NOW), "A", NOW + MINUTE)
    inbox.complete(key, "A", NOW)
    return is_new


def test_opening_again_changes_nothing(url, opened):
    """Each migration runs once, however often and by however many the database is opened; what is in it stays."""
    first = opened(url)
    assert done(first, "Ev1")
    second = opened(url)
    with second.connect() as connection:
        assert connection.scalars(sa.text("SELECT version_num FROM alembic_version")).all() == [REVISIONS[-1]]
    assert not done(second, "Ev1")


def test_opened_by_several_at_once(url):
    """Processes that start together on a fresh database all come up."""
    code = "import sys; from bot.storage.database import open_workspace; open_workspace(sys.argv[1])"
    starting = [
        subprocess.Popen([sys.executable, "-c", code, url], stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in starting] == [("", 0)] * 2


def test_sqlite_is_set_up(url, opened):
    """On SQLite, readers do not wait for writers, writers wait for each other, and foreign keys count."""
    with opened(url).connect() as connection:
        assert [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "busy_timeout", "foreign_keys")
        ] == ["wal", 10_000, 1]


def test_database_in_memory(opened):
    """For trying things out the database may be in memory."""
    engine = opened("sqlite://")
    assert [done(engine, "Ev1"), done(engine, "Ev1")] == [True, False]


UNUSABLE = {
    "unknown kind": "oracle9://scott:tiger-secret@db/x",
    "no address at all": "tiger-secret",
    "driver that is not there": "postgresql+pg8000://scott:tiger-secret@127.0.0.1/x",
    "port that is none": "postgresql+psycopg://scott:tiger-secret@127.0.0.1:port/x",
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_unusable_address(case):
    """An address that cannot be used is told in one line that names the setting, without the password."""
    with pytest.raises(WorkspaceError) as failed:
        open_workspace(UNUSABLE[case])
    sentence = str(failed.value)
    assert "HALO_WORKSPACE_URL" in sentence
    assert "\n" not in sentence
    assert "tiger-secret" not in sentence


def test_unusable_file(tmp_path):
    """A file that is no database, a folder, or a folder that is a file: told in one line with the path."""
    (tmp_path / "garbage.db").write_bytes(b"This is a letter to grandmother.\n" * 500)
    for path in ("garbage.db", "", "garbage.db/inside/workspace.db"):
        with pytest.raises(WorkspaceError, match="HALO_WORKSPACE_URL") as failed:
            open_workspace(f"sqlite:///{tmp_path}/{path}")
        assert str(tmp_path) in str(failed.value)
        assert "\n" not in str(failed.value)
