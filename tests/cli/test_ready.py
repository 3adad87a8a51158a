"""`halobot ready` asks the running bot."""

import socket
import threading
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli.main import cli
from bot.problems import Problem, ProblemList
from bot.slack.health_pages import HealthPages
from bot.slack.page_server import PageServer


def ready(port: int | str, folder: Path) -> Result:
    """What the command says."""
    environment = {"HALO_ENV_FILE": str(folder / "none"), "HALO_HTTP_HOST": "0.0.0.0", "HALO_HTTP_PORT": str(port)}
    return CliRunner().invoke(cli, ["ready"], env=environment)


def test_ready(tmp_path: Path) -> None:
    """Each check with its moment; 0 when all is well, else 1."""
    problems = ProblemList(now=lambda: 0.0)
    problems.expect("disks", 1e9)
    server = PageServer(HealthPages(problems), "127.0.0.1", 0).start()
    problems.report("disks")
    said = ready(server.port, tmp_path)
    assert (said.exit_code, said.output) == (
        0, "ok    disks, since 1970-01-01T00:00:00Z\nSlack delivered something last at no time yet\n",
    )  # fmt: skip
    problems.report("disks", [Problem("disk", "Full.")])
    said = ready(server.port, tmp_path)
    assert (said.exit_code, said.output[:11]) == (1, "FAIL  disks")
    server.stop()


def test_nobody_answers(tmp_path: Path) -> None:
    """No port, nobody there, or somebody else: a sentence."""
    assert "HALO_HTTP_PORT is not set" in ready("", tmp_path).output
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        said = ready(unused.getsockname()[1], tmp_path)
    assert (said.exit_code, "No bot answers at http://127.0.0.1:" in said.output) == (1, True)


def test_what_answers_is_no_web_server(tmp_path: Path) -> None:
    """Something else listens there: a sentence, too."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        greeting = threading.Thread(target=greet, args=(other,))
        greeting.start()
        said = ready(other.getsockname()[1], tmp_path)
        greeting.join()
    assert (said.exit_code, "No bot answers at http://127.0.0.1:" in said.output) == (1, True)


def greet(listening: socket.socket) -> None:
    """Answer as SSH does."""
    connection, _ = listening.accept()
    with connection:
        connection.recv(1_000)
        connection.sendall(b"SSH-2.0-other\r\n")
