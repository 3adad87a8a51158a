"""The bot as a process of its own, told to end or killed in the middle of its work: nothing that was acknowledged is
lost, nothing is done twice, and the process is gone.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpx2
import pytest

from bot.settings import PROJECT, Settings
from bot.slack.http import EVENTS_PATH
from bot.storage.database import open_workspace
from bot.storage.inbox import Inbox
from tests import local_http
from tests.whole_app.acting import SlackStandIn, text
from tests.whole_app.conftest import BOTH_WAYS
from tests.whole_app.test_jobs import leases_end

GONE_WITHIN = 10.0  # seconds after SIGTERM
QUESTION = "jira default status"

pytestmark = [BOTH_WAYS, pytest.mark.long]


class Process:
    """`halobot run` for a Slack stand-in, on an installation's databases."""

    def __init__(self, slack: SlackStandIn, settings: Settings, way: str) -> None:
        self.slack, self.way = slack, way
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {
            "PATH": os.environ["PATH"], "HALO_ENV_FILE": "/dev/null", "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url, "HALO_CATALOG": str(settings.catalog),
            "HALO_WORKSPACE_URL": settings.workspace_url,
        }  # fmt: skip
        command = [sys.executable, "-m", "bot", "run", *(["--http", str(port)] if way == "http" else [])]
        self.log = settings.catalog.with_name(f"{port}.log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=log)
        if way == "http":
            wait_for(lambda: is_healthy(port))
            slack.app_url = f"http://127.0.0.1:{port}{EVENTS_PATH}"
        else:
            slack.app_url = None
            slack.wait_connected(timeout=60)

    def end(self, number: int = signal.SIGTERM) -> float:
        """Send a signal. Returns the seconds until the process is gone."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(60)
        return time.monotonic() - began


def is_healthy(port: int) -> bool:
    """Whether the bot is ready."""
    with suppress(httpx2.HTTPError):
        return local_http.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    return False


def wait_for(condition: Callable[[], Any], seconds: float = 60.0) -> None:
    """Until it holds. Fails when that takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def start(slack: SlackStandIn, settings: Settings, way: str) -> Iterator[Callable[[], Process]]:
    """Starts a process; whatever still runs is ended afterwards."""
    started: list[Process] = []

    def start_one() -> Process:
        started.append(Process(slack, settings, way))
        return started[-1]

    yield start_one
    for one in started:
        one.process.kill()
        one.process.wait()


@contextmanager
def inbox_of(settings: Settings) -> Iterator[Inbox]:
    """The inbox, seen from outside."""
    engine = open_workspace(settings.workspace_url)
    yield Inbox(engine)
    engine.dispose()


def answers(slack: SlackStandIn) -> list[str]:
    """What the bot has posted for everyone, or told somebody."""
    return [text(entry) for entry in slack.transcript if entry.kind in ("message", "ephemeral") and entry.via != "user"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end(start: Callable[[], Process], slack: SlackStandIn, settings: Settings, number: int) -> None:
    """A mention that Slack has put off for 12 s, and one that Slack takes 3 s to answer: the process does not wait for
    the first and finishes the second, and the next one answers the first, once.
    """
    one = start()
    slack.fail_next("chat.postMessage", "429", retry_after=12)
    slack.mention(QUESTION)
    wait_for(lambda: slack.calls("chat.postMessage"))
    slack.fail_next("chat.postMessage", "hang", seconds=3)
    slack.mention("v2.216")
    wait_for(lambda: len(slack.calls("chat.postMessage")) == 2)
    assert one.end(number) < GONE_WITHIN
    assert one.process.returncode == 0
    assert "Traceback" not in one.log.read_text()
    with inbox_of(settings) as inbox:
        assert inbox.count() == 1
        start()
        wait_for(lambda: inbox.count() == 0)
    assert sorted("v2.216" in answer for answer in answers(slack)) == [False, True]


def test_told_to_end_while_slack_does_not_answer(
    start: Callable[[], Process], slack: SlackStandIn, settings: Settings
) -> None:
    """Even then the process is gone in time; the mention is answered by the next one, or was."""
    one = start()
    slack.fail_next("chat.postMessage", "hang", seconds=9.5)
    slack.mention(QUESTION)
    wait_for(lambda: slack.calls("chat.postMessage"))
    assert one.end() < GONE_WITHIN
    start()
    with inbox_of(settings) as inbox:
        wait_for(lambda: inbox.count() == 0)
    assert len(answers(slack)) == 1


def test_killed_while_commands_wait_for_slack(
    start: Callable[[], Process], slack: SlackStandIn, settings: Settings
) -> None:
    """Acknowledged, then SIGKILL: the next process does it when the lease is over, and tells its person."""
    one = start()
    slack.fail_next("users.info", "hang", seconds=20)
    assert slack.command("/halo", "subscribe billing mondays 9am").acked
    with inbox_of(settings) as inbox:
        wait_for(lambda: inbox.count() == 1)  # the stand-in names a call only when it has answered it
    one.end(signal.SIGKILL)
    assert answers(slack) == []
    leases_end(settings)
    start()
    with inbox_of(settings) as inbox:
        wait_for(lambda: inbox.count() == 0)
    assert ["Billing" in answer for answer in answers(slack)] == [True], answers(slack)
