"""The image that the Dockerfile makes, built in an empty Debian and started with a read-only root, one volume and no
rights: it answers, connects to Slack, checks itself and ends. Needs root and debootstrap; `make image-test` runs it.
"""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import PROJECT
from tests.ship.image import Stage
from tests.whole_app.acting import SlackStandIn, text
from tests.whole_app.test_ending import wait_for


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


def test_no_health_without_a_bot(run: Callable, image: Stage, unused_port: int):
    """Where no bot answers, the health check fails with a sentence."""
    failed = run(image.commands["HEALTHCHECK"], HALO_HTTP_PORT=str(unused_port))
    assert (failed.returncode, "No bot answers" in failed.stderr) == (1, True), failed.stderr


def test_without_tokens(run: Callable, image: Stage):
    """Without tokens, a container ends with 2 and a sentence."""
    done = run([*image.commands["ENTRYPOINT"], *image.commands["CMD"]])
    assert (done.returncode, "No Slack tokens" in done.stderr) == (2, True), done.stderr


def test_the_bot(image: Stage, run: Callable, unused_port: int):
    """With tokens it connects, is healthy, answers and, told to end, is gone with 0."""
    with SlackStandIn() as slack:
        port = str(unused_port)
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
