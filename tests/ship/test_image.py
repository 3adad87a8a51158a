"""The image that the Dockerfile makes, built in an empty Debian and started with a read-only root, one volume and no
rights: it answers, connects to Slack, checks itself and ends. Needs root and debootstrap; `make image-test` runs it.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.settings import PROJECT
from tests.ship.image import Builder, Stage, new_base
from tests.whole_app.acting import SlackStandIn, text
from tests.whole_app.test_ending import wait_for

MISSING = [name for name in ("debootstrap", "chroot", "setpriv", "mount") if not shutil.which(name)]
needed = pytest.mark.skipif(bool(MISSING) or os.geteuid() != 0, reason=f"needs root and {', '.join(MISSING)}")
pytestmark = [] if os.environ.get("HALO_IMAGE_REQUIRED") else [needed]


def mount(*arguments: object) -> None:
    """Mount something."""
    subprocess.run(["mount", *map(str, arguments)], check=True)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The built image: its root is read-only, /data is a volume, /tmp is empty."""
    folder = tmp_path_factory.mktemp("image")
    base = Path(os.environ.get("HALO_IMAGE_BASE") or folder / "base")
    if not base.is_dir():
        new_base(base)
    stage = Builder(PROJECT, base, folder).build()
    root, volume = stage.root, folder / "volume"
    shutil.copytree(root / "data", volume)
    shutil.copystat(root / "data", volume)
    owner = (root / "data").stat()
    os.chown(volume, owner.st_uid, owner.st_gid)
    mounted = [root, root / "proc", root / "tmp", root / "data"]
    mount("--bind", root, root)
    mount("-o", "remount,bind,ro", root)
    mount("-t", "proc", "proc", root / "proc")
    mount("-t", "tmpfs", "tmpfs", root / "tmp")
    mount("--bind", volume, root / "data")
    yield stage
    for place in reversed(mounted):
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_the_unit(tmp_path: Path):
    """systemd understands every line of the unit, and calls its rights OK."""
    text = (PROJECT / "halobot.service").read_text(encoding="utf-8")
    unit = tmp_path / "halobot.service"
    unit.write_text(text.replace("/opt/halobot/bin/halobot", "/bin/true"))  # it has to be there
    found = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert (found.returncode, found.stdout + found.stderr) == (0, "")
    rated = subprocess.run(["systemd-analyze", "security", "--offline=yes", unit], capture_output=True, text=True)
    assert " OK " in rated.stdout.splitlines()[-1]


@pytest.fixture
def run(image: Stage) -> Callable[..., subprocess.CompletedProcess]:
    """Runs a command in the image, and waits for it."""

    def run(command: list[str], **settings: str) -> subprocess.CompletedProcess:
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = image.popen(command, env=settings, **pipes)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    return run


def test_an_answer(run: Callable, image: Stage):
    """The entry point answers a question; what it writes is in the volume, for its user only."""
    done = run([*image.commands["ENTRYPOINT"], "ask", "jira default status"])
    assert done.returncode == 0, done.stderr
    assert "#1016865" in done.stdout
    assert (image.root / "data/catalog.db").stat().st_mode & 0o777 == 0o600


def test_rights(run: Callable):
    """It is nobody in particular, has no right over others, and cannot write but into /data and /tmp."""
    assert run(["id", "-u"]).stdout == "10001\n"
    status = run(["cat", "/proc/self/status"]).stdout
    assert "CapEff:\t0000000000000000" in status
    assert "NoNewPrivs:\t1" in status
    assert "Read-only" in run(["touch", "/opt/halobot/x"]).stderr + run(["touch", "/x"]).stderr
    assert run(["touch", "/tmp/x", "/data/x"]).returncode == 0


def test_nothing_that_is_not_needed(image: Stage):
    """Neither the operator's settings and databases, nor the project's tests and sources, nor a compiler are in it."""
    packages = next((image.root / "opt/halobot/lib").glob("python*/site-packages"))
    assert (packages / "bot").is_dir()
    assert not (packages / "tests").exists()
    assert not [path for path in image.root.glob("opt/**/*") if path.name == ".env" or path.suffix == ".db"]
    assert not (image.root / "src").exists()
    assert not (image.root / "usr/bin/gcc").exists()


def test_no_health_without_a_bot(run: Callable, image: Stage):
    """Where no bot answers, the health check fails with a sentence."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        failed = run(image.commands["HEALTHCHECK"], HALO_HTTP_PORT=str(unused.getsockname()[1]))
    assert (failed.returncode, "No bot answers" in failed.stderr) == (1, True), failed.stderr


def test_without_tokens(run: Callable, image: Stage):
    """Without tokens, a container ends with 2 and a sentence."""
    done = run([*image.commands["ENTRYPOINT"], *image.commands["CMD"]])
    assert (done.returncode, "No Slack tokens" in done.stderr) == (2, True), done.stderr


def test_the_bot(image: Stage, run: Callable):
    """With tokens it connects, is healthy, answers and, told to end, is gone with 0."""
    with SlackStandIn() as slack, socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = str(unused.getsockname()[1])
        unused.close()
        tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "HALO_HTTP_PORT": port}
        command = [*image.commands["ENTRYPOINT"], *image.commands["CMD"]]
        bot = image.popen(command, env={**tokens, "SLACK_API_URL": slack.api_url}, stderr=subprocess.DEVNULL)
        try:
            slack.wait_connected(timeout=60)
            slack.mention("jira default status", user="UALICE", channel="C1")
            wait_for(lambda: any("1016865" in text(entry) for entry in slack.transcript if entry.via != "user"))
            wait_for(lambda: run(image.commands["HEALTHCHECK"], HALO_HTTP_PORT=port).returncode == 0)
            bot.terminate()
            assert bot.wait(12) == 0
        finally:
            bot.kill()
            bot.wait()
