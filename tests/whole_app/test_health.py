"""What must hold of /readyz, on the whole app by Socket Mode: it turns to 503 when the database is gone, Slack is gone,
the connections are deaf, the disk is full or a digest is overdue, and back; the operator is told once of each.

The looks come every fraction of a second here; `tests/drill/readiness.py` measures the real seconds.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot import monitoring
from bot.app import Application
from bot.settings import Settings
from bot.slack import connections, slack_look, socket_mode
from bot.slack.health_pages import HealthPages
from bot.slack.page_server import PageServer
from bot.storage import health
from bot.storage.outbox import outbox
from tests import local_http
from tests.whole_app.acting import text
from tests.whole_app.relay import SlackBehindRelay, close_what_is_left
from tests.whole_app.test_connections import Connected
from tests.whole_app.test_ending import wait_for

ALL = {"catalogue", "connection", "digests", "disks", "slack", "workspace_database"}


@pytest.fixture
def slack() -> Iterator[SlackBehindRelay]:
    """A Slack whose connections can go deaf."""
    with SlackBehindRelay() as playground:
        yield playground


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look comes after a fraction of a second; how old it may be is no matter on a busy machine."""
    for module in (health, slack_look, socket_mode):
        monkeypatch.setattr(module, "LOOK_SECONDS", 0.2)
    for name in ("DIGEST_SECONDS", "SOURCE_SECONDS", "TELL_SECONDS"):
        monkeypatch.setattr(monitoring, name, 0.2)
    monkeypatch.setattr(monitoring, "MAX_LOOKS_MISSED", 300)
    monkeypatch.setattr(connections, "DEAF_SECONDS", 6.0)
    monkeypatch.setattr(connections, "FIRST_WAIT_SECONDS", 0.5)
    monkeypatch.setattr(connections, "MAX_WAIT_SECONDS", 1.0)
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 2.0)


class Bot:
    """The app with its looks and its page."""

    def __init__(self, slack: SlackBehindRelay, settings: Settings) -> None:
        self.slack, self.application = slack, Application(replace(settings, admins=("UALICE",)), slack.now)
        self.problems = self.application.problems
        self.problems.expect("connection", 60)
        self.jobs = monitoring.start_looks(self.application)
        self.server = PageServer(HealthPages(self.problems), "127.0.0.1", 0).start()
        self.connected = Connected(self.application)

    def not_ok(self) -> set[str]:
        """The checks that are not ok; that the status fits them is checked."""
        shown = local_http.get(f"http://127.0.0.1:{self.server.port}/readyz")
        checks = {check["name"]: check["ok"] for check in shown.json()["checks"]}
        assert set(checks) == ALL
        assert (shown.status_code == 200) == shown.json()["ready"] == all(checks.values())
        return {name for name, is_ok in checks.items() if not is_ok}

    def told(self) -> list[str]:
        """What the operator was told."""
        is_known = "DUALICE" in self.slack.state.channels
        return [str(message["text"]) for message in self.slack.messages("DUALICE")] if is_known else []

    def end(self) -> None:
        self.connected.ending.begun.set()
        self.connected.thread.join(20)
        for job in self.jobs:
            job.shutdown()
        self.server.stop()
        self.connected.app.listener_runner.listener_executor.shutdown()
        self.application.engine.dispose()
        close_what_is_left()


@pytest.fixture
def bot(slack: SlackBehindRelay, settings: Settings, often: None) -> Iterator[Bot]:
    """All is well."""
    made = Bot(slack, settings)
    wait_for(lambda: made.not_ok() == set())
    yield made
    made.end()


def workspace(bot: Bot) -> Path:
    return Path(str(bot.application.engine.url.database))


def test_the_database_is_gone(bot: Bot) -> None:
    """Something else is in its place: 503, told; put back: 200, told."""
    path = workspace(bot)
    with closing(sqlite3.connect(path)) as db:
        db.execute("VACUUM INTO ?", [str(path.with_name("kept.db"))])
    path.with_name("other.db").write_bytes(b"")
    put_in_place(path, path.with_name("other.db"))
    wait_for(lambda: "workspace_database" in bot.not_ok())
    wait_for(lambda: any("no workspace database" in said for said in bot.told()))
    put_in_place(path, path.with_name("kept.db"))
    wait_for(lambda: bot.not_ok() == set())
    wait_for(lambda: bot.told()[-1].startswith("This is over: "))
    assert len(bot.told()) == 2


def put_in_place(path: Path, other: Path) -> None:
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    os.replace(other, path)


def test_slack_is_gone(bot: Bot) -> None:
    """Its Web API answers with errors of a proxy's."""
    bot.slack.fail_next("*", "500", times=1_000_000)
    wait_for(lambda: bot.not_ok() == {"slack"})
    bot.slack.clear_faults()
    wait_for(lambda: bot.not_ok() == set())
    assert bot.told() == []  # nobody could be told


def test_a_revoked_token(bot: Bot) -> None:
    """The same by another way: refused, and taken again."""
    bot.slack.fail_next("auth.test", "token_revoked", times=1_000_000)
    wait_for(lambda: bot.not_ok() == {"slack"})
    bot.slack.clear_faults()
    wait_for(lambda: bot.not_ok() == set())


def test_missing_scopes(bot: Bot) -> None:
    """Taken away while it runs: named to the operator, once."""
    granted = set(bot.slack.state.app.scopes)
    bot.slack.set_scopes(granted - {"users:read"})
    wait_for(lambda: bot.not_ok() == {"slack"} and len(bot.told()) == 1)
    bot.slack.set_scopes(granted)
    wait_for(lambda: bot.not_ok() == set())
    wait_for(lambda: len(bot.told()) == 2)
    assert "users:read" in bot.told()[0]


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # see `close_what_is_left`
def test_deaf(bot: Bot) -> None:
    """Both connections are open, and nothing comes through, nor through a new one."""
    bot.slack.relay.takes_new = False
    bot.slack.relay.deafen()
    wait_for(lambda: bot.not_ok() == {"connection"})
    bot.slack.relay.takes_new = True
    wait_for(lambda: bot.not_ok() == set())


def test_the_disk_is_full(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """503, told once, and `/halo status` says so; with room on it, all is well again."""
    with monkeypatch.context() as patch:
        patch.setattr(health, "MIN_FREE_BYTES", 2**62)
        wait_for(lambda: bot.not_ok() == {"disks"})
        wait_for(lambda: bot.told() != [])
        bot.slack.jobs = bot.application.services.jobs
        said = text(bot.slack.only_shown_after(partial(bot.slack.command, "/halo", "status")))
        assert ("not all is well" in said, "is up" in said) == (True, False)
    wait_for(lambda: bot.not_ok() == set())
    wait_for(lambda: len(bot.told()) == 2)
    said = text(bot.slack.only_shown_after(partial(bot.slack.command, "/halo", "status")))
    assert "is up" in said


def test_an_overdue_digest(bot: Bot) -> None:
    """One that was claimed an hour ago and is not out; then it is."""
    now = bot.application.now()
    half_sent = {
        "team_id": "T1", "channel_id": "C1", "stream": "digest", "edition": 1, "state": "sending", "owner": "gone",
        "claimed_at": now - 3600, "held_since": 1e12, "lease_until": 1e12, "entries": [], "parts": [{"text": "x"}],
        "part_count": 1, "posted_ts": [], "notify_users": [],
    }  # fmt: skip
    with bot.application.engine.begin() as connection:
        connection.execute(outbox.insert().values(half_sent))
    wait_for(lambda: bot.not_ok() == {"digests"})
    wait_for(lambda: any("is due since" in said for said in bot.told()))
    with bot.application.engine.begin() as connection:
        connection.execute(outbox.update().values(state="sent"))
    wait_for(lambda: bot.not_ok() == set())
    wait_for(lambda: len(bot.told()) == 2)


def test_a_look_that_hangs(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page does no work of its own: it says within its bound that nothing is known, and answers at once."""
    bot.problems._watched["disks"].max_age = 1.0
    monkeypatch.setattr(health, "disk_problems", lambda folders: time.sleep(4) or [])
    wait_for(lambda: "disks" in bot.not_ok())
    monkeypatch.undo()
    bot.problems._watched["disks"].max_age = 60.0
    wait_for(lambda: bot.not_ok() == set())


def test_within_a_minute() -> None:
    """The real intervals and bounds add up to less."""
    slack_gone = slack_look.LOOK_SECONDS * slack_look.MAX_FAILURES + slack_look.TIMEOUT_SECONDS
    assert slack_gone < 60
    assert health.LOOK_SECONDS * monitoring.MAX_LOOKS_MISSED < 60  # also of a database that answers nothing
    assert connections.DEAF_SECONDS + socket_mode.PING_SECONDS + socket_mode.LOOK_SECONDS < 60
    assert monitoring.DIGEST_SECONDS < 60
