"""`halobot run --http PORT --workers 2` as it is started: a worker knows what another one answered."""

import os
import re
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


def two_workers(parent: int, gone: int = 0) -> set[int]:
    """Both workers, once they are there; `gone` is none of them any more."""
    deadline = time.monotonic() + WITHIN
    while len(found := set(children(parent)) - {gone}) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(found) == 2
    return found


def answer(slack: Playground, text: str) -> list[str]:
    """The changes in the answer to a command, by their numbers. They come in the end: a process may be starting,
    busy or dead.
    """
    deadline = time.monotonic() + WITHIN
    while True:
        asked = slack.command("/halo", text)
        if found := re.findall(r"#(\d{5,8})\b", repr(asked)) if asked.acked else []:
            return list(dict.fromkeys(found))
        assert time.monotonic() < deadline, asked
        time.sleep(0.3)


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


def test_any_worker_goes_on_from_what_another_one_answered(
    workers: tuple[Playground, subprocess.Popen[bytes]],
) -> None:
    """There are two, and another one in the place of one that died. "The second one" is the second change of the answer
    before, whichever of them gave that: also for one that was started after it.
    """
    slack, parent = workers
    before = answer(slack, "jira default status")
    assert before[0] == "1016865"
    assert len(before) > 1
    first, second = two_workers(parent.pid)
    time.sleep(1.0)  # what was answered is written soon after
    os.kill(first, signal.SIGKILL)
    assert answer(slack, "the second one") == [before[1]]
    (third,) = two_workers(parent.pid, gone=first) - {second}
    os.kill(second, signal.SIGKILL)
    assert answer(slack, "the second one") == [before[1]]
    assert third in children(parent.pid)
