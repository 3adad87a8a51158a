"""How quickly commands are acknowledged under load: signed HTTP against `halobot run --http`, in a process of its own,
with the full catalogue.

    .venv/bin/python -m tests.bench.slack_load [--rate 300] [--seconds 30] [--workers N] [--memory COMMANDS]

Commands leave at their times whether or not earlier ones were answered, and each is timed from when it should have
left, so that a pause of ours or of the app's shows in every command that it held up. Lost is what was not answered with
a message in 10 seconds. Writes tests/bench/SLACK.md, with the throughput against the code of an earlier day; exit 0
when none waited over 3 seconds for its ack, none was lost or refused, and 99 of 100 were answered in 0.3 seconds.
"""

import argparse
import asyncio
import os
import platform
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import httpx2

from bot.catalog.seeds import read_seeds
from bot.playground import Playground
from bot.playground.delivery_http import sign
from bot.settings import PROJECT
from bot.slack.views.errors import BUSY
from tests import local_http

# Seconds: what Slack allows, a tenth of it, and when we give up.
MAX_ACK_SECONDS, P99_SECONDS, TIMEOUT_SECONDS = 3.0, 0.3, 10.0
RESULTS = Path(__file__).with_name("SLACK.md")
STARTUP_SECONDS = 60.0  # seconds for the bot to come up
WARM_UP_COMMANDS = 500  # other commands before, in ten seconds
MAX_LATER_SHARE = 0.05  # of commands that are acknowledged without a message, which comes later, as of "status"
KEEP_ALIVE_SECONDS = 3.0  # seconds that an idle connection is used again; uvicorn closes it after 5


class CommandTiming(NamedTuple):
    """One command: how long its ack took, whether it brought a message or none at all, as that comes later, and whether
    it says that there is too much to do.
    """

    seconds: float
    ok: bool
    is_busy: bool = False
    is_later: bool = False


def questions(number: int, seed: int = 4) -> list[str]:
    """What people type: words of theirs for a change (the catalogue's own phrasings), numbers, versions, lists, verbs,
    and things that are not there. The same ones every time.
    """
    chance, entries = random.Random(seed), read_seeds(PROJECT / "seeds").entries
    own = [phrase for entry in entries for phrase in (entry.title, *entry.also)]
    numbers = [entry.key for entry in entries if entry.numbered]
    others = [
        "v2.214",
        "latest",
        "portal stuff since 2.210",
        "area:billing",
        "everything for jira",
        "help",
        "areas",
        "compare 2.206 2.214",
        "watches",
        "status",
    ]
    strange = [
        "zendesk macros import",
        "grandmother's recipe",
        "quarterly moon phase",
        "jria defualt staus",
        "invioce aproval",
    ]
    return [
        chance.choice(own if place < 0.7 else numbers if place < 0.8 else others if place < 0.93 else strange)
        for place in (chance.random() for _ in range(number))
    ]


@contextmanager
def running(
    folder: Path, code: Path = PROJECT, workers: int = 1, health_page: str = "readyz"
) -> Iterator[tuple[str, Playground]]:
    """The bot in a process of its own, or several, from an empty folder, and the Slack that it asks at its start. Gives
    its address. `code`: where its code is.
    """
    with running_process(folder, code, workers, health_page) as (url, slack, _):
        yield url, slack


@contextmanager
def running_process(
    folder: Path, code: Path = PROJECT, workers: int = 1, health_page: str = "readyz"
) -> Iterator[tuple[str, Playground, int]]:
    """The same, with the id of the process: with several, of their parent."""
    with socket.socket() as free, Playground() as slack:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        environment = {
            "PATH": os.environ["PATH"], "HALO_ENV_FILE": str(folder / "none.env"), "HALO_LOG_LEVEL": "WARNING",
            "HALO_CATALOG": str(folder / "catalog.db"),
            "HALO_WORKSPACE_URL": f"sqlite:///{folder / 'workspace.db'}", "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url, "PYTHONPATH": str(code), "HALO_HTTP_WORKERS": str(workers),
        }  # fmt: skip
        process = subprocess.Popen([sys.executable, "-m", "bot", "run", "--http", str(port)], cwd=code, env=environment)
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}/{health_page}", process)
            yield f"http://127.0.0.1:{port}/slack/events", slack, process.pid
        finally:
            process.terminate()
            process.wait(20)


def wait_until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    """Until the bot answers. Raises RuntimeError when it ended, or takes too long."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if local_http.get(url).status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the bot did not come up")


class ConnectionPool:
    """Connections to the bot that are kept open, as Slack keeps them. A full HTTP client would need more of the machine
    than the bot.
    """

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)
        self._free: list[tuple[float, asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def post(self, head: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Status and body of the answer. Raises OSError, ValueError or asyncio.IncompleteReadError for what is no
        answer.
        """
        reader, writer = await self._connection()
        lines = "".join(
            f"{name}: {value}\r\n"
            for name, value in {**head, "Host": self.parts.netloc, "Content-Length": str(len(body))}.items()
        )
        writer.write(f"POST {self.parts.path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(answer.split("content-length: ")[1].split("\r\n")[0])
        content = await reader.readexactly(length)
        self._free.append((time.monotonic(), reader, writer))
        return int(answer.split()[1]), content

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """One that was used a moment ago, as the server closes idle ones, or a new one."""
        while self._free:
            used, reader, writer = self._free.pop()
            if time.monotonic() - used < KEEP_ALIVE_SECONDS:
                return reader, writer
            writer.close()
        return await asyncio.open_connection(self.parts.hostname, self.parts.port)

    def close(self) -> None:
        """Hang up."""
        for _, _, writer in self._free:
            writer.close()


async def send(lines: ConnectionPool, secret: str, text: str, due: float) -> CommandTiming:
    """One command, at its time."""
    await asyncio.sleep(due - time.perf_counter())
    fields = {
        "command": "/halo", "text": text, "team_id": "T1", "channel_id": "C1", "user_id": f"U{len(text)}",
        "trigger_id": "1.2", "api_app_id": "A1",
        "response_url": "http://127.0.0.1:9/",
    }  # fmt: skip
    body, now = urlencode(fields).encode(), int(time.time())
    head = {
        "Content-Type": "application/x-www-form-urlencoded", "X-Slack-Request-Timestamp": str(now),
        "X-Slack-Signature": sign(secret, body, now),
    }  # fmt: skip
    try:
        status, content = await asyncio.wait_for(lines.post(head, body), TIMEOUT_SECONDS)
        well = (
            status == 200 and (not content or b'"blocks"' in content) and b"tell your Halobot operator" not in content
        )
    except (OSError, ValueError, IndexError, TimeoutError, asyncio.IncompleteReadError):
        well, content = False, b""
    return CommandTiming(time.perf_counter() - due, well, BUSY.encode() in content, well and not content)


async def load(url: str, secret: str, asked: list[str], rate: float) -> list[CommandTiming]:
    """All commands, evenly spread."""
    lines, start = ConnectionPool(url), time.perf_counter() + 0.5
    try:
        return await asyncio.gather(
            *(send(lines, secret, text, start + number / rate) for number, text in enumerate(asked))
        )
    finally:
        lines.close()


def report(answered: list[CommandTiming], rate: float, busy: float, workers: int) -> tuple[str, bool]:
    """The table, and whether it holds."""
    seconds = sorted(one.seconds for one in answered)
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    lost, late = sum(not one.ok for one in answered), sum(one.seconds > MAX_ACK_SECONDS for one in answered)
    told = sum(one.is_busy for one in answered)
    later = sum(one.is_later for one in answered)
    holds = not lost and not late and not told and cuts[98] < P99_SECONDS and later <= MAX_LATER_SHARE * len(answered)
    spread = Counter(min(int(one * 20) * 50, 1000) for one in seconds)
    rows = {
        "commands": f"{len(answered):,}", "a second": f"{rate:g}", "workers": str(workers),
        "p50": f"{cuts[49] * 1000:.0f} ms", "p95": f"{cuts[94] * 1000:.0f} ms",
        "p99": f"{cuts[98] * 1000:.0f} ms", "longest": f"{seconds[-1] * 1000:.0f} ms", "over 3 s": str(late),
        "told to try again": str(told), "answered later, as jobs": str(later), "lost": str(lost),
    }  # fmt: skip
    python = f"{platform.python_implementation()} {platform.python_version()}"
    after = os.getloadavg()[0]
    machine = f"{python}, {os.cpu_count()} cores, load {busy:.1f} before the run and {after:.1f} after it"
    within = ", ".join(f"{step + 50} ms {number:,}" for step, number in sorted(spread.items()))
    return "\n".join(
        [
            "# Commands under load", "",
            "`make load-test`: signed slash commands over HTTP to `halobot run --http` in its own process, on the same",
            "machine, with the full catalogue, after ten seconds of others; each timed from when it was due to leave.",
            "It has as many workers as there are cores less the one that asks.",
            "What has to hold: none over 3 s, none lost, none refused, p99 under 300 ms.", "",
            "| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows.items()), "",
            f"Answered within: {within}.", "",
            f"{'It holds' if holds else 'It does NOT hold'}. {datetime.now(UTC):%Y-%m-%d}, {machine}.", "",
        ]
    ), holds  # fmt: skip


def ratio_text(workers: int) -> str:
    """How many commands a second can be answered, against the code of an earlier day."""
    from tests.bench.throughput import FORMER_COMMIT, highest_rates, reason_for_no_ratio

    title = f"\n## Against the code of {FORMER_COMMIT}\n\n"
    if reason := reason_for_no_ratio():
        return f"{title}Left out: {reason}.\n"
    former, today = highest_rates(workers)
    return (
        f"{title}Highest rate with p99 under 300 ms and none lost, found by turns in one run: {former:.0f} commands a "
        f"second then, {today:.0f} today with {workers} worker(s): {today / former:.2f} times as many "
        f"(load {os.getloadavg()[0]:.1f} after it).\n"
    )


def memory_text(commands: int) -> str:
    """How the memory of one process grows over so many commands."""
    from tests.bench.throughput import memory_over

    with tempfile.TemporaryDirectory() as folder, running_process(Path(folder)) as (url, slack, pid):
        found = memory_over(url, slack.signing_secret, pid, commands)
    steps = ", ".join(f"{one.commands:,}: {one.megabytes:.0f} MB" for one in found)
    return f"\n## Memory over {commands:,} commands\n\nOf one process, after so many commands: {steps}.\n"


def main() -> None:
    """Run, report, write."""
    parser = argparse.ArgumentParser(description="Commands under load.")
    parser.add_argument("--rate", type=float, default=300)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--workers", type=int, default=max(1, (os.cpu_count() or 2) - 1))
    parser.add_argument("--memory", type=int, default=0, metavar="COMMANDS", help="measure memory over so many, too")
    parser.add_argument("--no-ratio", action="store_true", help="do not compare with the code of an earlier day")
    parser.add_argument("--output", type=Path, default=RESULTS)
    given = parser.parse_args()
    busy, asked = os.getloadavg()[0], questions(int(given.rate * given.seconds))
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), workers=given.workers) as (url, slack):
        asyncio.run(
            load(url, slack.signing_secret, questions(WARM_UP_COMMANDS, seed=5), WARM_UP_COMMANDS / 10)
        )  # a bot that has been up for a while
        answered = asyncio.run(load(url, slack.signing_secret, asked, given.rate))
    text, holds = report(answered, given.rate, busy, given.workers)
    text += "" if given.no_ratio else ratio_text(given.workers)
    text += memory_text(given.memory) if given.memory else ""
    print(text)
    given.output.write_text(text, encoding="utf-8")
    sys.exit(not holds)


if __name__ == "__main__":
    main()
