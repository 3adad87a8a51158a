"""The bot as a process that is started before Slack can be reached."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT, Settings
from tests.whole_app.acting import SlackStandIn, text
from tests.whole_app.test_ending import wait_for

pytestmark = pytest.mark.long


def test_started_before_slack(settings: Settings, tmp_path: Path) -> None:
    """It says that it waits, connects once Slack is there, and answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    slack = SlackStandIn(port=port)
    environment = {
        "PATH": os.environ["PATH"], "HALO_ENV_FILE": "/dev/null", "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": f"http://127.0.0.1:{port}/api/",
        "HALO_CATALOG": str(settings.catalog), "HALO_WORKSPACE_URL": settings.workspace_url,
    }  # fmt: skip
    log = tmp_path / "log"
    with log.open("wb") as stderr:
        process = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=PROJECT, env=environment, stderr=stderr)
    try:
        wait_for(lambda: "Trying again" in log.read_text())
        with slack:
            slack.wait_connected(timeout=60)
            slack.mention("jira default status", user="UALICE", channel="C1")
            wait_for(lambda: any("1016865" in text(entry) for entry in slack.transcript if entry.via != "user"))
            process.terminate()
            assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
