"""Slack delivers an event again after 1 and 5 minutes, across our restarts; each is answered once."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from bot.errors import WorkspaceError
from bot.storage.database import open_workspace
from bot.storage.processed_events import RETENTION_SECONDS, ProcessedEvents
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


def kept(engine):
    """The ids of the events that are remembered."""
    with engine.connect() as connection:
        return sorted(connection.scalars(sa.text("SELECT event_id FROM processed_events")))


def test_first_time_is_once(url, opened):
    """An event is new once; another event is another one; the same, a minute and five minutes later, is not."""
    seen = ProcessedEvents(opened(url))
    assert [seen.mark_processed("Ev1", NOW), seen.mark_processed("Ev2", NOW)] == [True, True]
    assert [seen.mark_processed("Ev1", NOW + after) for after in (0, MINUTE, 6 * MINUTE, RETENTION_SECONDS - 1)] == [
        False
    ] * 4


def test_a_restart_forgets_nothing(url, opened):
    """An event that was answered before the process ended is not new to the next process."""
    code = """if True:
        import sys
        from bot.storage.database import open_workspace
        from bot.storage.processed_events import ProcessedEvents
        sys.exit(ProcessedEvents(open_workspace(sys.argv[1])).mark_processed("Ev1", float(sys.argv[2])))
    """
    assert (
        subprocess.run([sys.executable, "-c", code, url, str(NOW)], timeout=60).returncode == 1
    )  # True: the first time
    assert not ProcessedEvents(opened(url)).mark_processed("Ev1", NOW + MINUTE)


def test_one_of_many_is_first(url, opened):
    """When two bots with five threads each get the same event at the same moment, exactly one of them answers."""
    bots = [ProcessedEvents(opened(url)), ProcessedEvents(opened(url))]
    start = threading.Barrier(10)

    def hand_over(number):
        start.wait(10)
        return [bots[number % 2].mark_processed(f"Ev{event}", NOW) for event in range(5)]

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(hand_over, range(10)))
    assert [sum(answer[event] for answer in answers) for event in range(5)] == [1] * 5


def test_kept_for_a_day(url, opened):
    """Events are remembered for 24 hours, longer than Slack tries; after that they take no room."""
    engine = opened(url)
    seen = ProcessedEvents(engine)
    seen.mark_processed("old", NOW)
    seen.mark_processed("young", NOW + 1)
    seen.mark_processed("new", NOW + RETENTION_SECONDS + 0.5)
    assert kept(engine) == ["new", "young"]


def test_odd_ids(url, opened):
    """Whatever the id is made of, it is data: quotes change nothing, and a very long one is recognised again."""
    engine = opened(url)
    seen = ProcessedEvents(engine)
    for event in ("", "'; DROP TABLE processed_events; --", "x" * 1_000, "Ev\u202e🧟"):
        assert [seen.mark_processed(event, NOW), seen.mark_processed(event, NOW)] == [True, False]
    assert max(map(len, kept(engine))) <= 64  # what the column takes on PostgreSQL


def test_opening_again_changes_nothing(url, opened):
    """Each migration runs once, however often and by however many the database is opened; what is in it stays."""
    first = opened(url)
    ProcessedEvents(first).mark_processed("Ev1", NOW)
    second = opened(url)
    with second.connect() as connection:
        assert connection.scalars(sa.text("SELECT version_num FROM alembic_version")).all() == [REVISIONS[-1]]
    assert kept(second) == ["Ev1"]


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
    seen = ProcessedEvents(opened("sqlite://"))
    assert [seen.mark_processed("Ev1", NOW), seen.mark_processed("Ev1", NOW)] == [True, False]


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
