"""How new it is what the bot knows: the newest version, its date, and when each source was read and brought something;
in `status`, `latest`, Home, `halobot ask`, `halobot sources` and `halobot doctor`.
"""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.app import Application
from bot.cli.doctor import run_checks
from bot.cli.main import cli
from bot.settings import Settings
from bot.storage.bounded_reads import BoundedReads
from bot.storage.database import open_workspace
from bot.storage.models import SourceState
from bot.storage.source_states import SourceStates
from tests.whole_app.acting import SlackStandIn, text

READ = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)
FEED = "https://feeds.example.com/secret-token/feed.xml"
NEWEST = "The newest version I know is v2.216; an episode first told of it on 12 May 2026."
READ_AND_NEWS = (
    "feeds.example.com was last read on 2 November 2026 at 07:30 UTC and last brought something on 20 October 2026."
)
NEVER_READ = "notes.csv was not read in full so far and has brought nothing yet."


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """An installation with two sources, one of which was never read."""
    engine = open_workspace(settings.workspace_url)
    news = datetime(2026, 10, 20, tzinfo=UTC)
    SourceStates(engine).save(
        SourceState(FEED, last_try=READ, last_success=READ, first_read=READ - timedelta(days=90), last_news=news)
    )
    engine.dispose()
    return replace(settings, halo_sources=f"{FEED} every 6h; /srv/notes.csv")


def test_in_slack(halo: SlackStandIn) -> None:
    """`status`, `latest` and Home say it, without the secret in an address; other answers don't."""
    for seen in (
        text(halo.only_shown_after(lambda: halo.command("/halo", "status"))),
        text(halo.only_shown_after(lambda: halo.command("/halo", "latest"))),
        text(halo.only_shown_after(lambda: halo.mention("latest"))),
        text(halo.only_shown_after(halo.open_home)),
    ):
        assert [part for part in (NEWEST, READ_AND_NEWS, NEVER_READ) if part not in seen] == []
        assert "secret-token" not in seen
    for other in ("v2.214", "jira default status"):
        assert "last read" not in text(halo.only_shown_after(lambda asked=other: halo.command("/halo", asked)))


def test_nothing_is_watched(slack: SlackStandIn, restart_with: Callable[..., Any]) -> None:
    """Without sources that is said."""
    with restart_with(halo_sources=""):
        seen = text(slack.only_shown_after(lambda: slack.command("/halo", "latest")))
    assert "No source is watched here" in seen


def test_a_version_that_no_episode_told_of(slack: SlackStandIn, settings: Settings, tmp_path: Path) -> None:
    """Its date is the day that it reached this installation."""
    (tmp_path / "new.csv").write_text("number,title,version\n1200001,Wombats can be pinned,v2.300\n")
    now = slack.now()
    application = Application(replace(settings, halo_sources=str(tmp_path / "new.csv")), lambda: now)
    application.digest_runner.record_arrivals()
    list(application.poller.poll_all(datetime.fromtimestamp(now, UTC), announce_first=True))
    with application.search.snapshot() as snapshot:
        facts = application.self_facts.read(snapshot)
    assert facts.newest_seen == pytest.approx(now)
    assert str(facts.versions[-1]) == "v2.300"
    application.search.catalog.close()


def test_in_the_terminal(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`ask latest`, `ask status`, `sources` and `doctor` say the same; `doctor` has the whole address."""
    values = {
        "HALO_CATALOG": str(settings.catalog),
        "HALO_WORKSPACE_URL": settings.workspace_url,
        "HALO_SOURCES": settings.halo_sources,
        "HALO_ENV_FILE": str(tmp_path / "no.env"),
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    for asked in ("latest", "status"):
        said = CliRunner().invoke(cli, ["ask", asked]).output
        assert [part for part in (NEWEST, READ_AND_NEWS, NEVER_READ) if part not in said] == []
    assert "last read" not in CliRunner().invoke(cli, ["ask", "jira default status"]).output
    assert "read 2026-11-02 07:30 UTC, brought something 2026-10-20" in CliRunner().invoke(cli, ["sources"]).output
    said = "\n".join(finding.text for finding in run_checks(Application(settings)))
    assert NEWEST in said
    assert f"Source {FEED}: every 6h, read 2026-11-02 07:30 UTC, brought something 2026-10-20" in said


def test_a_database_that_hangs() -> None:
    """An answer waits a moment, then says what was known before; a failure is no different; later it is right again."""
    reads, go_on, started = BoundedReads(0.05), threading.Event(), []

    def hang() -> str:
        started.append(1)
        go_on.wait(10)
        return "new"

    def fail() -> str:
        raise RuntimeError("the database is away")

    assert reads.read("x", lambda: "old", "nothing") == "old"
    assert reads.read("x", fail, "nothing") == "old"
    assert reads.read("y", fail, "nothing") == "nothing"
    assert [reads.read("x", hang, "nothing") for _ in range(3)] == ["old"] * 3
    assert started == [1]
    go_on.set()
    reads._wait_seconds = 10
    assert reads.read("x", lambda: "newer", "nothing") in ("new", "newer")
