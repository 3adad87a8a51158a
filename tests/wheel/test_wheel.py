"""An installation from the wheel answers, checks itself and opens the playground, without the project's folder.

`make wheel-test` runs these; they need the package registry.
"""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

from bot import __version__
from bot.settings import PROJECT

LIMIT = 300  # seconds for a step that downloads


class Installation(NamedTuple):
    """A virtual environment with the wheel, and an empty folder to work in."""

    bin: Path
    folder: Path

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess:
        """Run `halobot` there."""
        return subprocess.run(
            [self.bin / "halobot", *arguments], cwd=self.folder, env=self.environment(**settings),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    def environment(self, **settings: str) -> dict[str, str]:
        """No settings but these, and no way to the project's own code."""
        return {"PATH": os.environ["PATH"], "HOME": str(self.folder.parent), "LANG": "C.UTF-8", **settings}


def _run(*command: str | Path, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=LIMIT)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.fixture(scope="module")
def environment_bin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new virtual environment with the wheel and the locked dependencies."""
    base = tmp_path_factory.mktemp("installed")
    for name in ("tools", "venv"):
        _run(sys.executable, "-m", "venv", base / name, cwd=base)
    _run(base / "tools/bin/python", "-m", "pip", "install", "--quiet", "build>=1.2,<2", cwd=base)
    # By way of the source archive, so that it is whole, too.
    _run(base / "tools/bin/python", "-m", "build", "--outdir", base / "dist", PROJECT, cwd=base)
    pip = (base / "venv/bin/python", "-m", "pip", "install", "--quiet")
    _run(*pip, "--require-hashes", "--requirement", PROJECT / "requirements.lock", cwd=base)
    _run(*pip, "--no-deps", next((base / "dist").glob("*.whl")), cwd=base)
    _run(base / "venv/bin/python", "-m", "pip", "check", cwd=base)
    return base / "venv/bin"


@pytest.fixture
def installed(environment_bin: Path, tmp_path: Path) -> Installation:
    """That installation and a folder of the test's own."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return Installation(environment_bin, folder)


def test_version_and_help(installed: Installation):
    """`--version` says the version, and help needs neither settings nor databases."""
    assert installed.run("--version").stdout == f"halobot, version {__version__}\n"
    assert "--http" in installed.run("run", "--help").stdout
    assert list(installed.folder.iterdir()) == []


def test_an_answer(installed: Installation):
    """The first question, in an empty folder, gets the right change; the databases are in data/ beside it."""
    done = installed.run("ask", "jira default status")
    assert done.returncode == 0, done.stderr
    assert "#1016865" in "".join(done.stdout.splitlines()[:3]), done.stdout
    assert (installed.folder / "data" / "catalog.db").is_file()


def test_same_answers_as_a_clone(installed: Installation, tmp_path: Path):
    """Words that only the glossary, the thesaurus, the translations and areas bring give what a clone gives."""
    questions = [
        "quikbooks tax exemption",
        "area:billing",
        "stop techs closing tickets in bulk",
        "latest",
        "episode:13",
    ]
    lines = "".join(json.dumps({"q": question}) + "\n" for question in questions)

    def answers(command: list[str | Path], cwd: Path) -> list[dict]:
        environment = installed.environment(HALO_DATA_DIR=str(tmp_path / cwd.name))
        done = subprocess.run(
            [*command, "ask", "--jsonl"], input=lines, cwd=cwd, env=environment, capture_output=True, text=True,
            timeout=120,
        )  # fmt: skip
        return [json.loads(line) for line in done.stdout.splitlines()]

    ours = answers([sys.executable, "-m", "bot"], PROJECT)
    assert len(ours) == len(questions)
    assert sum(bool(answer["ids"]) for answer in ours) >= 3
    assert answers([installed.bin / "halobot"], installed.folder) == ours


def test_doctor(installed: Installation):
    """The doctor finds no fault in a new installation, and HALO_DATA_DIR is where it looks."""
    done = installed.run("doctor", HALO_DATA_DIR=str(installed.folder / "kept"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{installed.folder / 'kept' / 'catalog.db'}: 293 entries" in done.stdout
    assert "FAIL" not in done.stdout


def test_init(installed: Installation):
    """`init` gives a folder what it needs to connect to Slack: settings and the app's manifest."""
    assert installed.run("init").returncode == 0
    assert json.loads((installed.folder / "manifest.json").read_text())["features"]["slash_commands"]
    assert "SLACK_BOT_TOKEN=" in (installed.folder / ".env").read_text()


def test_workspace_database(installed: Installation):
    """The workspace database is made: its migrations are in the wheel."""
    done = installed.run("deliveries")
    assert done.returncode == 0, done.stderr
    assert (installed.folder / "data" / "workspace.db").is_file()


def test_playground(installed: Installation):
    """The playground opens its page, with the app's command in it, and ends when told to."""
    process = subprocess.Popen(
        [installed.bin / "halobot", "playground", "--no-browser", "--port", "0"],
        cwd=installed.folder, env=installed.environment(), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        found = re.search(r"http://\S+", process.stdout.readline())
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with browser.open(found[0], timeout=10) as reply:
            assert b"Halobot" in reply.read()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.stdout.close()
        process.wait()
