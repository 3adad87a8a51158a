"""`halobot web` serves pages alone, ends when it is told to, and writes files."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2

from bot.settings import PROJECT
from tests import local_http

PATIENCE = 60.0


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    environment = {
        "PATH": os.environ["PATH"], "HALO_DATA_DIR": str(folder), "HALO_SEEDS": "none", "LANG": "C.UTF-8",
        "HALO_ENV_FILE": str(folder / "no.env"),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "web", *arguments], cwd=PROJECT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_pages_are_served_until_the_end(tmp_path: Path) -> None:
    """Without any token of Slack's: the first page is there, and SIGTERM ends it well."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = start(tmp_path, "--port", str(port))
    deadline = time.monotonic() + PATIENCE
    text = ""
    while not text and time.monotonic() < deadline and process.poll() is None:
        try:
            text = local_http.get(f"http://127.0.0.1:{port}/").text
        except httpx2.HTTPError:
            time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=PATIENCE)
    assert "My catalogue is empty so far" in text, said
    assert process.returncode == 0
    assert f"http://localhost:{port}/" in said


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A file in the way of the export is told in one line."""
    (tmp_path / "file").write_text("")
    process = start(tmp_path, "--export", str(tmp_path / "file"))
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode != 0
    assert "Traceback" not in said
