"""What docs/operating.md shows, taken line by line as a new operator does, on a machine that has nothing: it leads to a
bot that answers, and no other step is needed. Needs root; `make image-test` runs it.

There is no container engine, no systemd and no cluster here: what those would be told is read from compose.yaml, the
unit and docs/kubernetes.yaml, and done in the image, or in an empty Debian.
"""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from bot.settings import PROJECT
from tests.drill.postgres import binaries
from tests.ship.compose import Compose, env_file
from tests.ship.image import Stage, mount
from tests.whole_app.acting import SlackStandIn, text
from tests.whole_app.test_ending import wait_for

GUIDE = (PROJECT / "docs" / "operating.md").read_text(encoding="utf-8")
QUESTION, ANSWER = "jira default status", "#1016865"


def steps(heading: str) -> list[str]:
    """The commands that a section of the guide shows, in order."""
    section = re.split(r"\n##", GUIDE.partition(f"\n### {heading}\n")[2])[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.strip()]
    assert lines
    return lines


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What somebody has who has cloned the project: its files, and no others."""
    folder = tmp_path / "halobot"
    names = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(PROJECT / name, folder / name)
    return folder


@pytest.fixture
def slack() -> Iterator[SlackStandIn]:
    """A Slack to connect to."""
    with SlackStandIn() as running:
        yield running


def fill_in(file: Path, slack: SlackStandIn, port: int) -> None:
    """Put both tokens into an .env, as README says. Which Slack, and which port, is the test's own."""
    filled = file.read_text(encoding="utf-8")
    for name, value in (("SLACK_BOT_TOKEN", slack.bot_token), ("SLACK_APP_TOKEN", slack.app_token)):
        assert f"\n{name}=\n" in filled
        filled = filled.replace(f"\n{name}=\n", f"\n{name}={value}\n")
    file.write_text(f"{filled}\nSLACK_API_URL={slack.api_url}\nHALO_HTTP_PORT={port}\n", encoding="utf-8")


def ask_in_slack(slack: SlackStandIn) -> None:
    """The bot is there, and gives the right change."""
    slack.wait_connected(timeout=60)
    seq = slack.transcript[-1].seq if slack.transcript else 0
    slack.mention(QUESTION, user="UALICE", channel="C1")
    wait_for(lambda: any(ANSWER in text(entry) for entry in slack.entries(seq) if entry.via != "user"))


def test_in_a_container(clone: Path, image: Stage, slack: SlackStandIn, unused_port: int):
    """From a clone to an answer and a backup by Docker's Compose; then with PostgreSQL beside it."""
    if not binaries() and not os.environ.get("HALO_IMAGE_REQUIRED"):
        pytest.skip("needs PostgreSQL")
    (database,) = re.findall(r"`(HALO_WORKSPACE_URL=postgresql\S+@postgresql/\w+)`", GUIDE)
    with Compose(clone, image) as compose:
        for line in steps("In a container"):
            if "--profile postgresql" in line:  # what the guide says before it
                with (clone / ".env").open("a", encoding="utf-8") as file:
                    file.write(f"{database}\n")
            said = compose.carry_out(line)
            if ".env.example" in line:
                fill_in(clone / ".env", slack, unused_port)
            elif " up -d" in line:
                ask_in_slack(slack)
            elif " ask " in line:
                assert ANSWER in said
        assert (clone / "backup.zip").stat().st_size > 1_000_000
        assert compose.tables() > 10


def test_nightly_backup(image: Stage, run: Callable, tmp_path: Path):
    """The job of the Kubernetes example makes a backup that is whole, and removes those older than two weeks."""
    jobs = yaml.safe_load_all((PROJECT / "docs" / "kubernetes.yaml").read_text(encoding="utf-8"))
    (job,) = [each for each in jobs if each["kind"] == "CronJob"]
    (container,) = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    kept = image.root / "data" / "backups"
    command = [part.replace("/backups", "/data/backups") for part in container["args"]]
    assert run(["mkdir", "-p", "/data/backups"]).returncode == 0
    for days, name in ((20, "halobot-old.zip"), (10, "halobot-recent.zip"), (20, "other.zip")):
        run(["touch", "-d", f"{days} days ago", f"/data/backups/{name}"])
    run([*image.commands["ENTRYPOINT"], "migrate"])
    done = run([*container["command"], *command])
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in kept.iterdir())
    (new,) = [name for name in names if re.fullmatch(r"halobot-\d{4}-\d\d-\d\d-\d{6}\.zip", name)]
    assert names == sorted([new, "halobot-recent.zip", "other.zip"])
    assert (kept / new).stat().st_mode & 0o077 == 0


def test_as_a_service(base: Path, clone: Path, slack: SlackStandIn, tmp_path: Path, unused_port: int):
    """The lines that make a service lead, in an empty Debian, to a bot that answers and a doctor without a fault."""
    root = tmp_path / "root"
    subprocess.run(["cp", "--archive", base, root], check=True)
    machine = Stage(root)
    machine.take_settings_of_this_machine()
    shutil.copytree(clone, root / "src", symlinks=True)
    machine.folder = "/src"
    mount("-t", "proc", "proc", root / "proc")
    service: subprocess.Popen | None = None
    try:
        for line in steps("As a service"):
            if "systemctl" in line:
                service = start_unit(machine)
                ask_in_slack(slack)
                continue
            done = machine.run(["sh", "-c", line.replace("sudo ", "")], network_settings=True)
            assert done.returncode == 0, line + done.stdout + done.stderr
            if ".env.example" in line:
                fill_in(root / "src" / ".env", slack, unused_port)
        assert service is not None
        assert "FAIL" not in done.stdout
        assert "catalog.db" in done.stdout
        service.terminate()
        assert service.wait(12) == 0
    finally:
        if service:
            service.kill()
            service.wait()
        subprocess.run(["umount", "--lazy", root / "proc"], check=True)


def start_unit(machine: Stage) -> subprocess.Popen:
    """Start what the installed unit starts, as a user without rights, with the settings that it gives."""
    text = (machine.root / "etc/systemd/system/halobot.service").read_text(encoding="utf-8").replace("%S", "/var/lib")
    values = re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE)
    environment = dict(value.split("=", 1) for name, value in values if name == "Environment")
    environment |= env_file(machine.root / dict(values)["EnvironmentFile"].lstrip("/"))
    user, folder = "61184", machine.root / dict(values)["WorkingDirectory"].lstrip("/")
    folder.mkdir(mode=0o700, parents=True)
    os.chown(folder, int(user), int(user))
    service = Stage(machine.root, folder=dict(values)["WorkingDirectory"], user=user)
    return service.popen(shlex.split(dict(values)["ExecStart"]), env=environment, stderr=subprocess.DEVNULL)
