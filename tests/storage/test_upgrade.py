"""A workspace database made by an older version is upgraded in place: nothing is lost, and nothing is posted twice."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from slack_sdk import WebClient

from bot.catalog.models import Version
from bot.conversation.models import LastAnswer
from bot.errors import WorkspaceError
from bot.playground import Playground
from bot.storage.audit_log import read_events
from bot.storage.conversations import ConversationKey
from bot.storage.database import open_workspace, pending_workspace_steps
from bot.storage.inbox import Job
from bot.storage.metadata import metadata
from bot.storage.models import Schedule, SourceState, SubscriptionFilter
from bot.storage.source_states import SourceStates
from bot.storage.stores import open_stores
from bot.storage.subscriptions import Subscriptions
from bot.storage.upgrade import MIGRATIONS, REVISIONS
from tests.catalog.test_upgrade import make_old_catalog
from tests.digests.rig import DAY, HOUR, WEEK, Rig, entry
from tests.storage.conftest import make_old_workspace

# When the databases beside this test were made: an hour after the digest of Monday 23 November 2026.
MADE_AT = datetime(2026, 11, 23, 10, 0, 5, tzinfo=UTC)


@pytest.fixture
def old(any_url: str) -> Iterator[sa.Engine]:
    """An older version's database, opened by this one."""
    make_old_workspace(any_url)
    engine = open_workspace(any_url)
    yield engine
    engine.dispose()


def table_names(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def test_subscriptions_and_audit_log_stay(old: sa.Engine) -> None:
    """Every subscription with its filter, schedule and cursor, and who did what."""
    general, arrivals, fortnightly, paused = Subscriptions(old).of_team("T1")
    assert (general.schedule, general.filter) == (
        Schedule("weekly", (0,), time(9), "Europe/London"),
        SubscriptionFilter(),
    )
    assert (general.cursor, general.last_slot_day) == (14, date(2026, 11, 23))
    assert (arrivals.schedule.cadence, arrivals.filter.words) == ("on arrival", ("quotes",))
    assert fortnightly.filter == SubscriptionFilter((), (), ("Chat",), ("teams",), True, (Version(2, 216),))
    assert (fortnightly.schedule.anchor_date, fortnightly.post_when_empty) == (date(2026, 11, 30), True)
    assert (paused.is_paused, paused.paused_by, paused.schedule.nth) == (True, "UBOB", -1)
    events = read_events(old)
    assert len(events) == 9
    assert [(event.actor, event.action, event.details) for event in events[:2]] == [
        ("UALICE", "watched", "billing"),
        ("UALICE", "stopped watching", "billing"),
    ]


def test_the_rest_stays(old: sa.Engine) -> None:
    """Arrivals, watches, conversations, questions, introductions, events and source states."""
    stores, now = open_stores(old), MADE_AT.timestamp()
    assert stores.arrivals.latest_seq() == 16
    assert [(watch.user, watch.question, watch.cursor) for watch in stores.watches.all()] == [
        ("UBOB", "jira status", 14),
        ("UALICE", "billing", 16),
    ]
    conversation = ConversationKey("T1", "C1", "1763888400.000100")
    assert stores.conversations.last_answer(conversation, now) == LastAnswer("jira status", ("10", "1016865"), 2, "10")
    assert [
        (stats.text, stats.no_result_count, stats.helpful_count) for stats in stores.question_log.list_stats(now)
    ] == [
        ("zebra crossings?", 2, 0),
        ("jira status", 0, 1),
    ]
    assert not stores.introductions.mark_introduced("T1", "C1", now)
    assert not stores.inbox.put(Job("Ev1", "T1", {}, now), "A", now)
    feed = SourceStates(old).get("https://example.com/feed")
    assert feed is not None
    assert (feed.etag, feed.last_success, feed.failures) == ('"e1"', datetime(2026, 11, 23, 8, tzinfo=UTC), 0)


def test_no_digest_is_posted_twice(any_url: str, tmp_path: Path) -> None:
    """What was announced is not announced again, by whatever process; what was claimed or waited is posted once; what
    is due comes at its hour.
    """
    make_old_workspace(any_url)
    make_old_catalog(tmp_path / "catalog.db")
    with Playground() as slack:
        slack.set_clock(MADE_AT)
        rig = Rig(slack, tmp_path, url=any_url)
        WebClient(slack.bot_token, base_url=slack.api_url).chat_postMessage(channel="UBOB", text="An old message")
        for _ in range(2):
            rig.process().run_due()
        # C2's edition had been posted and only had to be closed; Alice's messages had not been posted.
        assert (rig.texts("C1"), rig.texts("C2")) == ([], [])
        direct = sorted(str(post["text"]) for post in slack.messages("DUALICE"))
        assert direct == [
            "Bob asks you to subscribe C1 to billing.",
            "New for “billing”: Change 13: something works better than before",
        ]
        assert {row.state for row in rig.outbox.recent_rows()} == {"sent"}
        slack.advance(WEEK - HOUR - 60)
        rig.process().run_due()
        assert rig.texts("C1") == []
        slack.advance(120)
        for _ in range(2):
            rig.process().run_due()
        (post,) = rig.texts("C1")
        assert post.startswith("HaloPSA v2.218: 2 changes")
        assert rig.outbox.recent_rows(channel="C1")[0].entry_keys == ["12", "13"]
        rig.arrive([entry(14, area="Integrations")])
        rig.answers = {"jira status": ["10", "14"]}
        slack.advance(DAY)
        rig.process().run_due()
        assert [str(post["text"]) for post in slack.messages("DUBOB")] == [
            "An old message",
            "New for “jira status”: Change 14: something works better than before",
        ]
        rig.catalogue.close()
        rig.engine.dispose()


def test_a_rebuilt_catalogue_is_no_news(any_url: str, tmp_path: Path) -> None:
    """The arrivals of the old database are recognised, although the catalogue is read anew."""
    make_old_workspace(any_url)
    make_old_catalog(tmp_path / "catalog.db")
    with Playground() as slack:
        slack.set_clock(MADE_AT)
        rig = Rig(slack, tmp_path, url=any_url)
        assert rig.arrivals.sync(rig.catalogue, slack.now()) == 0
        rig.catalogue.close()
        rig.engine.dispose()


def test_migrations_make_the_tables_that_the_code_declares(any_url: str) -> None:
    """On a new database, and on an old one, column by column."""
    for prepare in (lambda url: None, make_old_workspace):
        engine = sa.create_engine(any_url)
        with engine.begin() as connection:
            for table in table_names(engine):
                connection.execute(sa.text(f"DROP TABLE {table}"))
        engine.dispose()
        prepare(any_url)
        engine = open_workspace(any_url)
        with engine.connect() as connection:
            differences = compare_metadata(MigrationContext.configure(connection), metadata)
        assert [difference for difference in differences if difference[0] != "remove_table"] == []
        assert [difference[1].name for difference in differences] in ([], ["migrations"])
        engine.dispose()


def test_a_database_with_fewer_tables(url: str) -> None:
    """One from before the last tables and columns gets them, and keeps what it holds."""
    make_old_workspace(url)
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for table in ("meetings", "questions"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for column in ("first_read", "catalogue"):
            connection.exec_driver_sql(f"ALTER TABLE source_states DROP COLUMN {column}")
        connection.exec_driver_sql("DELETE FROM migrations WHERE number > 8")
    engine.dispose()
    engine = open_workspace(url)
    assert table_names(engine) >= {"introductions", "questions"}
    state = SourceStates(engine).get("watched.txt")
    assert state == SourceState(
        "watched.txt",
        last_try=datetime(2026, 11, 23, 8, tzinfo=UTC),
        error="404",
        failures=3,
        notified=datetime(2026, 11, 23, 8, tzinfo=UTC),
    )
    engine.dispose()


def test_an_older_version_does_not_start_afresh(old: sa.Engine) -> None:
    """Its own list of migrations is still there, so that it finds tables missing instead of making empty ones."""
    with old.connect() as connection:
        assert connection.scalar(sa.text("SELECT max(number) FROM migrations")) == 11
    assert "subscriptions" in table_names(old)
    assert "ledger" not in table_names(old)


def test_a_newer_revision_is_refused(url: str) -> None:
    """In one sentence that says what to do; nothing is changed."""
    engine = open_workspace(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    engine.dispose()
    with pytest.raises(WorkspaceError, match=r"newer Halobot .* revision 0999.*Install the newer Halobot"):
        open_workspace(url)


def test_a_failed_upgrade_leaves_the_old_tables(any_url: str) -> None:
    """All migrations are one transaction: after a failure the older version still works."""
    make_old_workspace(any_url)
    engine = sa.create_engine(any_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE introductions (x INTEGER)"))  # the last rename finds its name taken
    before = table_names(engine)
    with pytest.raises(WorkspaceError, match="introductions"):
        open_workspace(any_url)
    assert table_names(engine) == before
    engine.dispose()


def test_processes_that_start_together(any_url: str) -> None:
    """One upgrades, the others wait; all of them come up, and say nothing on standard output."""
    make_old_workspace(any_url)
    code = "import sys; from bot.storage.database import open_workspace; open_workspace(sys.argv[1])"
    starting = [
        subprocess.Popen(
            [sys.executable, "-c", code, any_url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    assert [(*process.communicate(timeout=60), process.returncode) for process in starting] == [("", "", 0)] * 3


def test_revisions_are_those_of_the_files() -> None:
    """The list in the code is what Alembic finds, oldest first."""
    found = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert tuple(reversed(found)) == REVISIONS


def test_alembic_is_imported_only_to_upgrade(url: str) -> None:
    """A start on a database that is up to date does without it."""
    open_workspace(url).dispose()
    code = (
        "import sys; from bot.storage.database import open_workspace; open_workspace(sys.argv[1]);"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, url], timeout=60, check=False).returncode == 0


@pytest.mark.parametrize(
    ("table", "revision"),
    [
        ("CREATE TABLE watches (id INTEGER)", None),
        ("CREATE TABLE seen_events (at INTEGER)", None),
        ("CREATE TABLE alembic_version (version_num TEXT)", None),
        ("CREATE TABLE alembic_version (version_num TEXT)", "ae1027a6acf"),
        ("CREATE TABLE alembic_version (version_num TEXT)", "0001"),
        ("CREATE TABLE alembic_version (version_num TEXT)", REVISIONS[-1]),
        ("CREATE TABLE alembic_version (version_num TEXT)", "0999"),
    ],
)
def test_a_database_of_something_else(any_url: str, table: str, revision: str | None) -> None:
    """A database whose tables have our names and are another program's is refused in words, and stays as it is."""
    engine = sa.create_engine(any_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(table)
        if revision:
            connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision}')")
    with pytest.raises(WorkspaceError, match=r"of something else. Nothing was changed. Name another database"):
        open_workspace(any_url)
    assert len(table_names(engine)) == 1
    engine.dispose()


def test_a_database_that_is_shared(any_url: str) -> None:
    """A file with any table of something else is refused; on PostgreSQL programs share a database."""
    engine = sa.create_engine(any_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE notes (id INTEGER)")
    if engine.dialect.name == "sqlite":
        with pytest.raises(WorkspaceError, match="“notes” is of something else"):
            open_workspace(any_url)
    else:
        assert pending_workspace_steps(any_url) is None
        open_workspace(any_url).dispose()
        assert {"notes", "watches"} <= table_names(engine)
        assert pending_workspace_steps(any_url) == []
    engine.dispose()


def test_a_file_of_something_else_stays_as_it_is(tmp_path: Path) -> None:
    """Its bytes, its rights and what lies beside it: the program that it is of goes on as before."""
    path = tmp_path / "workspace.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (id INTEGER)")
    path.chmod(0o644)
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(WorkspaceError, match="“notes” is of something else"):
            open_workspace(f"sqlite:///{path}")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (before, 0o644)
    assert [file.name for file in tmp_path.iterdir()] == ["workspace.db"]


def test_tables_that_are_just_made(any_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that makes the tables between two looks at them has made no database of something else."""
    find = sa.engine.Inspector.has_table

    def make_meanwhile(inspector: sa.engine.Inspector, name: str) -> bool:
        monkeypatch.setattr(sa.engine.Inspector, "has_table", find)
        found = find(inspector, name)
        open_workspace(any_url).dispose()
        return found

    monkeypatch.setattr(sa.engine.Inspector, "has_table", make_meanwhile)
    open_workspace(any_url).dispose()


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize(("encoding", "is_taken"), [("UTF8", True), ("SQL_ASCII", True), ("LATIN1", False)])
def test_encodings_of_postgresql(postgresql_server: str, encoding: str, is_taken: bool, is_shared: bool) -> None:
    """A database that keeps every character is used, and gives it back; a new one that does not is refused in words,
    also where another program has tables in it.
    """
    server = sa.create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    name = f"in_{encoding.lower()}"
    with server.connect() as connection:
        connection.exec_driver_sql(
            f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    url = f"{postgresql_server.rpartition('/')[0]}/{name}"
    other = sa.create_engine(f"{url}?client_encoding=utf8")
    if is_shared:
        with other.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE notes (id INTEGER)")
    other.dispose()
    try:
        if is_taken:
            engine = open_workspace(url)
            open_stores(engine).watches.add("T1", "UBOB", "Łódź 🚀 ציור", 0, 0.0)
            assert [watch.question for watch in open_stores(engine).watches.all()] == ["Łódź 🚀 ציור"]
            engine.dispose()
        else:
            with pytest.raises(WorkspaceError, match=r"has the encoding LATIN1.*--encoding=UTF8"):
                open_workspace(url)
            with pytest.raises(WorkspaceError, match="has the encoding LATIN1"):
                pending_workspace_steps(url)
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        server.dispose()
