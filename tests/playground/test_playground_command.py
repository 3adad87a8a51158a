"""`halobot run` without tokens at a terminal: the playground with our app in it, in a process of its own, as a newcomer
starts it.
"""

import contextlib
import os
import pty
import re
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from bot.cli.playground import open_playground
from bot.settings import read_settings

STARTS_IN = 60.0  # seconds, on a busy machine
JIRA = "#1016865"


class Terminal(NamedTuple):
    """A program at a terminal, what it printed, and the folder where it may put what is temporary."""

    process: subprocess.Popen[bytes]
    screen: int
    scratch: Path

    def read_until(self, pattern: str) -> str:
        """What was printed, as soon as it matches; whatever there was when the program ended or time is up."""
        seen, deadline = b"", time.monotonic() + STARTS_IN
        while time.monotonic() < deadline and not re.search(pattern, seen.decode(errors="replace")):
            if select.select([self.screen], [], [], 0.1)[0]:
                try:
                    seen += os.read(self.screen, 4096)
                except OSError:  # how Linux says that nobody has the terminal open any more
                    break
        return seen.decode(errors="replace")


@pytest.fixture
def at_terminal(shipped_file: Path, tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Starts `halobot` with these arguments and settings, without tokens, at a terminal of its own."""
    started: list[Terminal] = []

    def start(*arguments: str, **settings: str) -> Terminal:
        scratch = tmp_path / "scratch"
        scratch.mkdir(exist_ok=True)
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "HALO_"))}
        environment = {
            **plain,
            "HALO_ENV_FILE": str(tmp_path / "no.env"),
            "HALO_CATALOG": str(shipped_file),
            "TMPDIR": str(scratch),
            **settings,
        }
        screen, end = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments], stdin=end, stdout=end, stderr=end,
            env={**environment, "BROWSER": "true"}, start_new_session=True,
        )  # fmt: skip
        os.close(end)
        started.append(Terminal(process, screen, scratch))
        return started[-1]

    yield start
    for terminal in started:
        terminal.process.kill()
        terminal.process.wait()
        os.close(terminal.screen)


def listening(pid: int) -> set[str]:
    """The addresses that a process listens on, as Linux tells them."""
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed since the folder was listed
            inodes.add(os.readlink(descriptor))
    rows = [
        line.split() for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    return {row[1].rpartition(":")[0] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in inodes}


@contextlib.contextmanager
def browser_at(printed: str) -> Iterator[httpx2.Client]:
    """A browser that has opened the address that was printed."""
    address = re.search(r"(http://127\.0\.0\.1:\d+)/\?key=[\w-]{20,}", printed)
    assert address, printed
    with httpx2.Client(
        base_url=address[1], trust_env=False, verify=False, timeout=10, follow_redirects=True
    ) as browser:
        assert "<title>" in browser.get(address[0]).text
        yield browser


@pytest.mark.long
def test_without_tokens_at_a_terminal(at_terminal: Callable[..., Terminal]) -> None:
    """The address is printed; behind it are the page, a conversation that the bot really took part in, and the card in
    under a second; only this machine can reach it; Ctrl-C ends it at once, with a page open, and leaves neither a
    complaint nor a file behind.
    """
    terminal = at_terminal("run")
    printed = terminal.read_until("Ctrl-C ends it")
    with browser_at(printed) as browser:
        said = browser.get("/control/messages", params={"channel": "C1", "user": "UBOB"}).json()["messages"]
        asked = browser.post("/control/command", json={"command": "/halo", "text": "jira default status"})
        url, cookies = (
            str(browser.base_url).rstrip("/"),
            "; ".join(f"{name}={key}" for name, key in browser.cookies.items()),
        )
    assert {message["user"] for message in said} == {"UALICE", "UBOB", "UHALO"}
    assert all(JIRA in str(message["blocks"]) for message in said if message["user"] == "UHALO")
    assert JIRA in str(asked.json()["result"]["shown"][0]["blocks"][0])
    if sys.platform == "linux":
        assert listening(terminal.process.pid) == {"0100007F"}
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as page:
        page.sendall(
            f"GET /control/transcript?after=1000000&wait=30 HTTP/1.1\r\nHost: {url.removeprefix('http://')}\r\n"
            f"Cookie: {cookies}\r\n\r\n".encode()
        )
        time.sleep(0.2)
        started = time.monotonic()
        terminal.process.send_signal(signal.SIGINT)
        goodbye = terminal.read_until("Stopped")
        assert terminal.process.wait(25) == 0
    assert time.monotonic() - started < 25  # the page waits for thirty seconds
    assert "Stopped." in goodbye
    assert "Traceback" not in printed + goodbye
    assert list(terminal.scratch.iterdir()) == []


def test_a_port_that_is_taken(at_terminal: Callable[..., Terminal]) -> None:
    """A port that was asked for, by option or by setting, and is taken is said in a line, with what to do; nothing is
    started.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for terminal in (at_terminal("playground", "--port", port), at_terminal("run", HALO_PLAYGROUND_PORT=port)):
            said = terminal.read_until("leave both out")
            assert f"Port {port} cannot be used: something else listens there." in said
            assert "Traceback" not in said
            assert terminal.process.wait(10) == 1


@pytest.mark.parametrize("year", [2021, 2051])
def test_a_clock_that_is_set(year: int, shipped_file: Path, tmp_path: Path) -> None:
    """A mention is answered at whatever moment the playground's clock stands: it is no old event."""
    settings = read_settings({"HALO_CATALOG": str(shipped_file)}, tmp_path / "no.env")
    with open_playground(settings, 0, datetime(year, 3, 10, 9, 41, tzinfo=UTC)) as slack:
        said = [entry.text for entry in slack.transcript if entry.kind == "message"]
    assert any(JIRA in text for text in said)
    assert said[-1].startswith("That is the one")
