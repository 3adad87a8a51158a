"""Pages beside Slack are made in a process of their own, which is replaced when it ends and ends with its parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.client_limit import ClientLimit
from bot.pages_process import NICENESS, PagesProcess, get_page, open_pages_process
from bot.settings import PROJECT, Settings
from bot.web import server
from bot.web.server import PagesEndpoint, build_pages_app

PATIENCE = 120.0  # seconds: pages give way to everything else, so a busy machine begins late with them


def test_a_process_that_ends_is_replaced(
    settings_for: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gives way to Slack's; killed, one visitor is told to come again, and the next one is served by another."""
    monkeypatch.setattr(server, "MAX_SECONDS", PATIENCE)
    opened = []

    def open_executor() -> object:
        opened.append(open_pages_process(settings_for(HALO_SEEDS="none")))
        return opened[-1]

    client = TestClient(build_pages_app(get_page, open_executor=open_executor))  # type: ignore[arg-type]
    assert "My catalogue is empty so far" in client.get("/").text
    assert opened[0].submit(os.nice, 0).result(PATIENCE) == min(19, os.nice(0) + NICENESS)
    os.kill(opened[0].submit(os.getpid).result(PATIENCE), signal.SIGKILL)
    reply = client.get("/")
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "5")
    assert client.get("/").status_code == 200
    assert len(opened) == 2
    for executor in opened:
        executor.shutdown()


def test_a_process_that_hangs_is_replaced(
    settings_for: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that is never made ends with its process; its visitor is told to come again, and that is served."""
    monkeypatch.setattr(server, "MAX_SECONDS", 0.2)
    opened = []

    def open_executor() -> PagesProcess:
        opened.append(open_pages_process(settings_for(HALO_SEEDS="none")))
        return opened[-1]

    pages = PagesEndpoint(hanging_page, ClientLimit(), open_executor)
    client = TestClient(Starlette(routes=[Route("/{path:path}", pages)]))
    pid = opened[0].submit(os.getpid).result(PATIENCE)
    with client, ThreadPoolExecutor(5) as visitors:
        replies = list(visitors.map(client.get, ["/"] * 5))  # all but the first wait behind it
    assert {(reply.status_code, reply.headers["retry-after"]) for reply in replies} == {(503, "5")}
    assert len(opened) == 2
    assert eventually(lambda: not is_running(pid))
    pages._get_page, server.MAX_SECONDS = get_page, PATIENCE  # type: ignore[attr-defined]
    assert client.get("/").status_code == 200
    opened[1].shutdown()


def hanging_page(path: str, query: object) -> None:
    """A page that is never made."""
    time.sleep(600)


SCRIPT = """
import os, sys
from pathlib import Path
from bot.pages_process import open_pages_process
from bot.settings import read_settings
if __name__ == "__main__":
    folder = sys.argv[1]
    settings = read_settings({"HALO_DATA_DIR": folder, "HALO_SEEDS": "none"}, Path(folder) / "no.env")
    print(open_pages_process(settings).submit(os.getpid).result(), flush=True)
    os._exit(0)
"""


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    """Where the bot is gone without a word, its process for pages is too."""
    script = tmp_path / "parent.py"
    script.write_text(SCRIPT)
    command = [sys.executable, str(script), str(tmp_path)]
    pid = int(subprocess.run(command, cwd=PROJECT, env={"PYTHONPATH": str(PROJECT)}, capture_output=True, text=True,
                             timeout=2 * PATIENCE, check=True).stdout)  # fmt: skip
    assert eventually(lambda: not is_running(pid))


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes to hold."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def is_running(pid: int) -> bool:
    """Whether there is such a process, and it is no zombie that nobody has collected."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False
