"""`halobot run --http PORT --workers 2` as it is started: both answer, and one goes on when the other one dies."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground import Playground
from bot.settings import PROJECT
from bot.slack.http import EVENTS_PATH

pytestmark = pytest.mark.long
WITHIN = 120.0  # seconds


def children(pid: int) -> list[int]:
    """The processes that this one started, and that run."""
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def answered(slack: Playground, text: str, word: str) -> bool:
    """Whether a command is answered in the end: the process may be starting, or Slack may have hit one that died."""
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        asked = slack.command("/halo", text)
        if asked.acked and word in repr(asked):
            return True
        time.sleep(0.3)
    return False


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[tuple[Playground, subprocess.Popen[bytes]]]:
    """Two workers, and the Slack that they answer."""
    with socket.socket() as free, Playground() as slack:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = {
            "PATH": os.environ["PATH"], "HALO_ENV_FILE": "/dev/null", "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret, "SLACK_API_URL": slack.api_url, "HALO_LOG_LEVEL": "WARNING",
            "HALO_DATA_DIR": str(tmp_path), "HALO_HTTP_WORKERS": "2",
        }  # fmt: skip
        command = [sys.executable, "-m", "bot", "run", "--http", str(port)]
        parent = subprocess.Popen(command, cwd=PROJECT, env=environment)
        slack.app_url = f"http://127.0.0.1:{port}{EVENTS_PATH}"
        try:
            yield slack, parent
        finally:
            parent.send_signal(signal.SIGTERM)
            assert parent.wait(15) == 0


def test_both_answer_and_one_goes_on_without_the_other(workers: tuple[Playground, subprocess.Popen[bytes]]) -> None:
    """A follow-up is understood whichever worker it reaches, also when the one that answered is gone."""
    slack, parent = workers
    assert answered(slack, "jira default status", "1016865")
    deadline = time.monotonic() + WITHIN
    while len(children(parent.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    first = children(parent.pid)[0]
    time.sleep(1.0)  # what was answered is written soon after
    os.kill(first, signal.SIGKILL)
    assert answered(slack, "the second one", "v2.")
