"""A real bot in real seconds: /readyz turns to 503 within a minute of Slack gone, the connections deaf, the disk full,
an overdue digest and the database gone, and back within a minute of each being over.

    python -m tests.drill.readiness [--needs-postgresql]

Ends with 1 when a check was late, or another one turned that nothing was wrong with. The disk is a small one in memory,
which takes root; the database is a PostgreSQL of its own, which is stopped and answers nothing.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx2
import sqlalchemy as sa

from bot.settings import PROJECT
from bot.storage.outbox import outbox
from tests import local_http
from tests.drill.postgres import binaries, postgres
from tests.whole_app.relay import SlackBehindRelay
from tests.whole_app.test_hanging import frozen

WITHIN = 60.0  # seconds
DISK_MB = 128  # of which the databases take few
LEFT_BYTES = 10 * 1024 * 1024  # on a full disk
START_SECONDS = 120.0


class Bot:
    """`halobot run` by Socket Mode, with its pages."""

    def __init__(self, slack: SlackBehindRelay, folder: Path, url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = {
            "PATH": os.environ["PATH"], "HALO_ENV_FILE": "/dev/null", "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url, "HALO_DATA_DIR": str(folder),
            "HALO_WORKSPACE_URL": url, "HALO_HTTP_PORT": str(self.port), "HALO_LOG_LEVEL": "ERROR",
        }  # fmt: skip
        self.process = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=PROJECT, env=environment)

    def not_ok(self) -> set[str] | None:
        """The checks that are not ok; None while nothing answers."""
        with suppress(httpx2.HTTPError):
            shown = local_http.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5)
            assert (shown.status_code == 200) == shown.json()["ready"]
            return {check["name"] for check in shown.json()["checks"] if not check["ok"]}
        return None


def seconds_until(condition: Callable[[], bool], limit: float) -> float:
    """How long it took until it held, or `limit`."""
    began = time.monotonic()
    while not condition() and time.monotonic() - began < limit:
        time.sleep(0.25)
    return time.monotonic() - began


def measure(
    name: str, bot: Bot, checks: set[str], may: set[str] | frozenset[str] = frozenset(), limit: float = WITHIN
) -> list[str]:
    """How long it takes until these checks are not ok, and no others but those that may. Returns what is wrong."""
    first: dict[str, float] = {}
    began = time.monotonic()

    def are_turned() -> bool:
        found = bot.not_ok()
        for check in found or ():
            first.setdefault(check, time.monotonic() - began)
        return found is not None and checks <= found <= checks | may

    seconds = seconds_until(are_turned, limit)
    shown = ", ".join(f"{check} after {first[check]:.0f} s" for check in sorted(first) if check in checks)
    print(f"{name}: {shown or f'all well after {seconds:.0f} s'}", flush=True)
    return [] if seconds < limit else [f"{name}: after {limit:.0f} s {bot.not_ok()} are not ok, not {checks or 'none'}"]


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of DISK_MB, in memory."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def hold_a_digest(engine: sa.Engine) -> None:
    """One that a process claimed an hour ago, which is gone, with a lease that does not end."""
    row = {
        "team_id": "T1", "channel_id": "C1", "stream": "digest", "edition": 1, "state": "sending", "owner": "gone",
        "claimed_at": time.time() - 3600, "held_since": 1e12, "lease_until": 1e12, "entries": [],
        "parts": [{"text": "x"}], "part_count": 1, "posted_ts": [], "notify_users": [],
    }  # fmt: skip
    with engine.begin() as connection:
        connection.execute(outbox.insert().values(row))


def drill(slack: SlackBehindRelay, folder: Path, url: str, is_small: bool) -> list[str]:
    """All of it. Returns what went wrong."""
    bot, wrong, full = Bot(slack, folder, url), list[str](), {"disks"} if is_small else set()
    try:
        wrong += measure("started", bot, set(), limit=START_SECONDS)
        engine = sa.create_engine(url)
        hold_a_digest(engine)
        filler = folder / "filler"
        if is_small:
            filler.write_bytes(b"x" * (shutil.disk_usage(folder).free - LEFT_BYTES))
        wrong += measure("a digest overdue, the disk full", bot, {"digests", *full})
        filler.unlink(missing_ok=True)
        with engine.begin() as connection:
            connection.execute(outbox.update().values(state="sent"))
        engine.dispose()
        wrong += measure("the digest out, room on the disk", bot, set())
        slack.fail_next("*", "500", times=10**9)
        slack.relay.takes_new = False
        slack.relay.deafen()
        wrong += measure("Slack gone, the connections deaf", bot, {"slack", "connection"})
        slack.clear_faults()
        slack.relay.takes_new = True
        wrong += measure("Slack there", bot, set())
        if url.startswith("postgresql"):
            with frozen(url):
                wrong += measure(
                    "the database gone", bot, {"workspace_database"}, may={"digests", "catalogue", "disks"}
                )
            wrong += measure("the database there", bot, set())
    finally:
        bot.process.terminate()
        if bot.process.wait(20) != 0:
            wrong.append(f"it ended with {bot.process.returncode}")
    return wrong


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--needs-postgresql", action="store_true", help="a missing PostgreSQL is a failure")
    given = options.parse_args()
    is_root, has_postgres = os.geteuid() == 0, binaries() is not None
    for is_there, what in (
        (is_root, "A full disk: that takes root"),
        (has_postgres, "The database gone: no PostgreSQL"),
    ):
        if not is_there:
            print(f"Not measured: {what}.", flush=True)
    with tempfile.TemporaryDirectory(prefix="drill-") as name, ExitStack() as stack:
        folder = Path(name) / "data"
        url = stack.enter_context(postgres()) if has_postgres else f"sqlite:///{folder / 'workspace.db'}"
        stack.enter_context(small_disk(folder)) if is_root else folder.mkdir()
        wrong = drill(stack.enter_context(SlackBehindRelay()), folder, url, is_root)
    print("\n".join(wrong) or "Each within a minute, and back.", flush=True)
    sys.exit(bool(wrong or (given.needs_postgresql and not has_postgres)))


if __name__ == "__main__":
    main()
