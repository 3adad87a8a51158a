"""`slack run`: what Slack's command line asks of the project, through its hooks, as it asks it: a command of
.slack/hooks.json or of what `get-hooks` says, in a shell, in the project's folder, with the tokens in the environment.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT
from tests.whole_app.acting import SlackStandIn, text
from tests.whole_app.test_ending import wait_for

OWN = json.loads((PROJECT / ".slack" / "hooks.json").read_text(encoding="utf-8"))
# .venv is where `make` installs; these tests may run in another environment.
PLACES = {".venv/bin/halobot": f"'{sys.executable}' -m bot", ".venv/bin/python": f"'{sys.executable}'"}


def start_hook(command: str, arguments: str = "", **settings: str) -> subprocess.Popen:
    """Start a hook's command."""
    program, _, rest = command.partition(" ")
    command = f"{PLACES.get(program, program)} {rest}"
    environment = {"PATH": os.environ["PATH"], "HALO_ENV_FILE": "/dev/null", **settings}
    return subprocess.Popen(
        ["sh", "-c", f"exec {command} {arguments}"], cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def output(command: str, arguments: str = "") -> str:
    """What a hook says."""
    process = start_hook(command, arguments)
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return said


@pytest.fixture(scope="module")
def library() -> dict:
    """What `get-hooks` offers, which the project's own file goes before."""
    return json.loads(output(OWN["hooks"]["get-hooks"]))


def test_commands_name_what_is_there():
    """The hooks start the programs that `make` installs."""
    assert {command.split()[0] for command in OWN["hooks"].values()} == set(PLACES)


def test_hooks(library: dict):
    """The bot connects by itself; code and manifest are watched at places that there are."""
    assert library["config"]["sdk-managed-connection-enabled"]
    assert {"get-manifest", "start"} <= library["hooks"].keys()
    for watched in OWN["config"]["watch"].values():
        assert all((PROJECT / path).exists() for path in watched["paths"])


@pytest.mark.parametrize("boundary", ["", "0123456789abcdef"])
def test_manifest(library: dict, boundary: str):
    """`slack manifest` gets manifest.json, between boundaries where it asks for them."""
    arguments = f"--protocol=message-boundaries --boundary={boundary}" if boundary else ""
    said = output(library["hooks"]["get-manifest"], arguments).strip()
    assert said.startswith(boundary)
    assert said.endswith(boundary)
    manifest = json.loads(said.removeprefix(boundary).removesuffix(boundary))
    assert manifest == json.loads((PROJECT / "manifest.json").read_text(encoding="utf-8"))


def test_start(shipped_file: Path, tmp_path: Path):
    """`slack run` starts the bot with the tokens that it made; told to end, the bot ends well."""
    shutil.copy(shipped_file, tmp_path / "catalog.db")
    with SlackStandIn() as slack:
        tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token}
        made = {"SLACK_CLI_XOXB": slack.bot_token, "SLACK_CLI_XAPP": slack.app_token}
        settings = {"SLACK_API_URL": slack.api_url, "HALO_DATA_DIR": str(tmp_path)}
        bot = start_hook(OWN["hooks"]["start"], **tokens, **made, **settings)
        try:
            slack.wait_connected(timeout=60)
            slack.mention("jira default status", user="UALICE", channel="C1")
            wait_for(lambda: any("1016865" in text(entry) for entry in slack.transcript if entry.via != "user"))
            bot.terminate()
            _, errors = bot.communicate(timeout=30)
            assert bot.returncode == 0, errors
        finally:
            bot.kill()
            bot.wait()
