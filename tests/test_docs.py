"""README and docs/: each command that they show runs, each link leads somewhere, and each name in them is there."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from bot.app import Application
from bot.cli.main import cli
from bot.settings import PROJECT, read_settings
from bot.storage.backup import back_up
from bot.storage.models import SubscriptionDraft, SubscriptionFilter
from tests.digests.rig import MONDAYS

PAGES = [
    PROJECT / "README.md",
    PROJECT / "CHANGELOG.md",
    PROJECT / "SECURITY.md",
    *sorted((PROJECT / "docs").glob("*.md")),
]
TEXTS = {page.relative_to(PROJECT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}

# Commands in `sh` blocks that the test does not run, and why.
NOT_RUN = {
    "make test": "is what runs this test",
    ".venv/bin/python -m pytest -q tests/search": "is a part of `make test`, and takes a minute",
    "make run": "needs a terminal; tests/cli/test_command_line.py runs `halobot run`",
    "halobot copy-workspace data/workspace.db": "needs PostgreSQL; tests/storage/test_transfer.py runs it",
    "halobot run --http 3000": "needs tokens of Slack",
    "halobot workspaces --reencrypt": "needs a key; tests/cli/test_command_line.py runs it",
    "halobot run --http 3000 --workers 4": "needs tokens of Slack; tests/whole_app/test_several_workers.py runs it",
    "halobot sources publish T012ABCDEF 1016865": "needs a team's import; tests/whole_app/test_own_of_teams.py runs it",
    "halobot undo": "needs an import; the same test runs it",
    "halobot digest --due": "needs tokens of Slack; tests/cli/test_digests.py runs it",
}


# They install on the machine itself or a cluster, or need Slack. `make image-test` carries out the Dockerfile's steps
# and checks the unit; tests/cli/test_slack_cli.py runs what Slack's command line asks of us.
NOT_HERE = ("docker ", "sudo ", "POSTGRES_PASSWORD=", "kubectl ", "slack ")


def commands() -> list[str]:
    """The commands of all `sh` blocks, without comments."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", "\n".join(TEXTS.values()), re.MULTILINE | re.DOTALL)
    lines = [re.sub(r"\s+#.*", "", line).strip() for block in blocks for line in block.splitlines()]
    return sorted({line for line in lines if line and not line.startswith("#")})


@pytest.fixture(scope="module")
def run(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], subprocess.CompletedProcess]:
    """Runs a line of shell in an installation of its own: the project and its .venv by links, databases by itself, no
    settings from outside, and one channel with a digest.
    """
    home = tmp_path_factory.mktemp("installation")
    for path in PROJECT.iterdir():
        if not path.name.startswith((".env", ".venv", ".git", "data")) or path.name == ".env.example":
            (home / path.name).symlink_to(path)
    venv = home / ".venv"
    venv.mkdir()
    for path in Path(sys.prefix).iterdir():
        if not path.name.startswith(".ready"):
            (venv / path.name).symlink_to(path)
    for name in (".ready-run", ".ready-dev"):  # so that `make` installs nothing
        (venv / name).touch()
    (home / "data").mkdir()
    shutil.copy(shipped_file, home / "data" / "catalog.db")
    environment = {
        "PATH": f"{venv / 'bin'}:{os.environ['PATH']}", "HOME": str(home), "LANG": "C.UTF-8",
        "HALO_ENV_FILE": str(home / ".env"), "HALO_CATALOG": str(home / "data" / "catalog.db"),
        "HALO_WORKSPACE_URL": f"sqlite:///{home / 'data' / 'workspace.db'}",
    }  # fmt: skip
    stores = Application(read_settings(environment)).stores
    draft = SubscriptionDraft(SubscriptionFilter(), MONDAYS)
    stores.subscriptions.add("T1", "C0123456789", draft, "UALICE", 0, time.time())
    back_up({name: home / "data" / name for name in ("workspace.db", "catalog.db")}, home / "backup.zip")

    def run(line: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", line], cwd=home, env=environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    return run


@pytest.mark.parametrize("line", [line for line in commands() if line not in NOT_RUN and not line.startswith(NOT_HERE)])
def test_shown_command_runs(line, run):
    """Every command in an `sh` block of README and docs ends well and says something."""
    done = run(line)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip() or done.stderr.strip() or "chat" in line
    assert "Traceback" not in done.stdout + done.stderr


def test_commands_that_are_not_run_are_still_shown():
    """NOT_RUN has no command that the documents don't show any more."""
    assert set(NOT_RUN) - set(commands()) == set()


@pytest.mark.parametrize("page", [page for page in TEXTS if page != "CHANGELOG.md"])  # it names old commands, too
def test_named_commands_exist(page):
    """Each `halobot …` and `make …` in the text names a command, its options and a target that there are."""
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in re.findall(r"`make ([a-z][a-z-]*)", TEXTS[page]):
        assert name in targets, f"make {name}"
    for words in re.findall(r"(?:`|^|/)halobot ([a-z][^`\n]*)", TEXTS[page], re.MULTILINE):
        command: click.Command = cli
        for word in words.split():
            if isinstance(command, click.Group) and re.fullmatch("[a-z]+", word):
                found = command.get_command(click.Context(command), word)
                assert found is not None, f"halobot {words}"
                command = found
            option = re.match(r"\[?(--[a-z-]+)", word)
            known = {name for parameter in command.params for name in parameter.opts}
            assert option is None or option[1] in known, f"halobot {words}"


@pytest.mark.parametrize("page", TEXTS)
def test_links_lead_somewhere(page):
    """A link to a file of the project finds it; one to a heading finds the heading."""
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXTS[page]):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (PROJECT / page).parent / path if path else PROJECT / page
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)", file.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
            assert anchor in slugs, target


@pytest.mark.parametrize("page", TEXTS)
def test_named_files_exist(page):
    """A path in backticks, such as `bot/slack/verbs.py`, is one of the project."""
    for path in re.findall(r"`((?:bot|docs|seeds|tests|\.ci)/[\w./*-]*)`", TEXTS[page]):
        assert list(PROJECT.glob(path.rstrip("/"))), path


def test_readme_is_short():
    """README fits a newcomer's patience, and says whose project it is not."""
    assert len(TEXTS["README.md"].splitlines()) < 150
    assert "not affiliated" in TEXTS["README.md"]
