"""Acknowledgements wait for nobody: not for a database that hangs, a Slack that puts off, or a catalogue that another
program writes to.
"""

import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.settings import Settings
from tests.storage.conftest import postgresql_server, postgresql_url  # noqa: F401
from tests.whole_app.acting import SlackStandIn
from tests.whole_app.conftest import BOTH_WAYS, running
from tests.whole_app.relay import close_what_is_left
from tests.whole_app.test_jobs import wait_for

pytestmark = pytest.mark.long
QUESTION = "jira default status"


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Connections that hung are left to the garbage collector, which says so in whatever test comes next."""
    yield
    close_what_is_left()


@contextmanager
def frozen(url: str) -> Iterator[None]:
    """A PostgreSQL that takes connections and answers nothing: every process of it is stopped."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        folder = connection.scalar(sa.text("SHOW data_directory"))
    engine.dispose()
    server = int(Path(str(folder), "postmaster.pid").read_text().split()[0])
    processes = [server, *(pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if parent(pid) == server)]
    for pid in processes:
        with suppress(ProcessLookupError):  # a child that had ended by then
            os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def parent(pid: int) -> int:
    """The process that started this one; 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


@contextmanager
def written_to(catalog: Path) -> Iterator[None]:
    """A catalogue in which another program is in the middle of a write."""
    other = sqlite3.connect(catalog)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE entries SET title = title")
    yield
    other.rollback()
    other.close()


@BOTH_WAYS
def test_everything_hangs_at_once(
    slack: SlackStandIn,
    settings: Settings,
    way: str,
    postgresql_url: str,  # noqa: F811
) -> None:
    """Ten mentions that wait for a 429, PostgreSQL that answers nothing and a catalogue that is being written to: each
    question is answered in its acknowledgement, also one that finds nothing; a window opens; what needs the database
    is refused in words, and an event is not acknowledged, so that Slack brings it again. Afterwards all is as before.
    """
    with running(way, slack, replace(settings, workspace_url=postgresql_url)):
        slack.fail_next("chat.postMessage", "429", times=10, retry_after=20)
        for number in range(10):
            slack.mention(f"{QUESTION} {number}")
        wait_for(lambda: len(slack.calls("chat.postMessage")) == 10)
        with frozen(postgresql_url), written_to(settings.catalog):
            refused = [slack.command("/halo", f"watch number {number}") for number in range(6)]
            for _ in range(20):
                assert "1016865" in str(slack.command("/halo", QUESTION).blocks)
                assert slack.command("/halo", "zqxv").acked
            assert ["I cannot take this just now" in answer.text for answer in refused] == [True] * 6
            slack.command("/halo", "")
            wait_for(lambda: slack.calls("views.open"))
            assert not slack.mention("v2.216").acked
        wait_for(lambda: "send you a direct message" in slack.command("/halo", "watch invoices").text or said(slack))
    assert "number 1" not in str(slack.transcript[-1])


def said(slack: SlackStandIn) -> bool:
    """Whether a watch was confirmed."""
    return "send you a direct message" in str([entry.blocks for entry in slack.transcript])


def test_a_lost_database_is_noticed(postgresql_url: str) -> None:  # noqa: F811
    """A server that does not answer is an error within the patience that was asked for, and the next connection is a
    new one.
    """
    from bot.storage.database import open_workspace
    from bot.storage.patience import patience
    from bot.storage.transactions import DATABASE_UNAVAILABLE

    engine = open_workspace(postgresql_url)
    ask = partial(sa.text, "SELECT 1")
    with (
        frozen_after_opening(engine, postgresql_url),
        patience(0.5),
        pytest.raises(DATABASE_UNAVAILABLE),
        engine.connect() as connection,
    ):
        connection.execute(ask())
    with engine.connect() as connection:
        assert connection.scalar(ask()) == 1
    engine.dispose()


@contextmanager
def frozen_after_opening(engine: sa.Engine, url: str) -> Iterator[None]:
    """The same, with a connection in the pool."""
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
    with frozen(url):
        yield
