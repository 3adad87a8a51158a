"""SIGTERM (and now and then SIGKILL) at random moments while people write, watch and press: what was acknowledged is
done once, by this process or the next, and a process that is told to end is gone within ten seconds.

    python -m tests.drill.endings [--times 200] [--database sqlite|postgresql] [--seed N]

Adds its figures to RESULTS.md. Ends with 1 when anything was lost, doubled or slow.
"""

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from bot.playground import Playground
from bot.playground.model import User
from bot.settings import PROJECT
from bot.slack.http import EVENTS_PATH
from bot.storage.database import open_workspace
from bot.storage.inbox import Inbox
from bot.storage.watches import Watches
from tests import local_http
from tests.drill.postgres import postgres
from tests.drill.results import write_section

QUESTIONS = ("jira default status", "v2.216", "sla timers", "quickbooks payments")
GONE_WITHIN = 10.0
SETTLED_WITHIN = 180.0


@dataclass
class Acts:
    """What was acknowledged: mentions by their ts, watches by who asked."""

    mentions: list[str] = field(default_factory=list)
    watches: list[str] = field(default_factory=list)
    slowest: float = 0.0


class Process:
    """`halobot run --http` for this Slack."""

    def __init__(self, slack: Playground, folder: Path, url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {
            "PATH": os.environ["PATH"], "HALO_ENV_FILE": "/dev/null", "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret, "SLACK_API_URL": slack.api_url, "HALO_LOG_LEVEL": "ERROR",
            "HALO_CATALOG": str(folder / "catalog.db"), "HALO_WORKSPACE_URL": url, "PYTHONFAULTHANDLER": "1",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--http", str(port)], cwd=PROJECT, env=environment
        )
        while True:
            with suppress(httpx2.HTTPError):
                if local_http.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                    break
            time.sleep(0.05)
        slack.app_url = f"http://127.0.0.1:{port}{EVENTS_PATH}"

    def end(self, number: int) -> float:
        """Seconds from the signal until it is gone. One that is late shows what its threads are doing."""
        began = time.monotonic()
        self.process.send_signal(number)
        try:
            self.process.wait(GONE_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)
            self.process.wait(60)
        return time.monotonic() - began


def people_act(slack: Playground, acts: Acts, chance: random.Random, stop: threading.Event, first: int) -> None:
    """One act after the other until it is over."""
    number = first
    while not stop.is_set():
        number += 1
        user = f"UACT{number}"
        slack.state.users[user] = User(user, user.lower(), user)
        slack.state.channel("C1").members.add(user)
        if chance.random() < 0.2:
            how = chance.choice(("429", "drop_reply", "internal_error"))
            slack.fail_next("chat.postMessage", how, retry_after=chance.choice((1, 3)))
        if chance.random() < 0.6:
            asked = slack.mention(chance.choice(QUESTIONS))
            acts.mentions += [str(asked.ts)] if asked.acked else []
        else:
            watched = slack.command("/halo", f"watch {chance.choice(QUESTIONS)}", user=user)
            acts.watches += [user] if watched.acked and not watched.text else []
        time.sleep(chance.uniform(0, 0.05))


def run(times: int, url: str, folder: Path, chance: random.Random) -> dict[str, float]:
    """All of it. Returns the figures."""
    acts, began, kills = Acts(), time.monotonic(), 0
    with Playground() as slack:
        for number in range(times):
            process, stop = Process(slack, folder, url), threading.Event()
            people = threading.Thread(target=people_act, args=(slack, acts, chance, stop, 10_000 * number))
            people.start()
            time.sleep(chance.uniform(0.1, 2.0))
            is_kill = number % 10 == 9
            kills += is_kill
            seconds = process.end(signal.SIGKILL if is_kill else signal.SIGTERM)
            acts.slowest = max(acts.slowest, 0.0 if is_kill else seconds)
            stop.set()
            people.join()
        slack.clear_faults()
        last = Process(slack, folder, url)
        engine = open_workspace(url)
        deadline = time.monotonic() + SETTLED_WITHIN
        while Inbox(engine).count() and time.monotonic() < deadline:
            time.sleep(0.2)
        last.end(signal.SIGTERM)
        answers = Counter(entry.thread_ts for entry in slack.transcript if is_answer(entry.kind, entry.via))
        watching = Counter(watch.user for watch in Watches(engine).all())
        engine.dispose()
    counts = [answers[ts] for ts in acts.mentions] + [watching[user] for user in acts.watches]
    return {
        "SIGTERM": times - kills, "SIGKILL": kills, "acknowledged mentions": len(acts.mentions),
        "acknowledged watches": len(acts.watches), "lost": sum(count == 0 for count in counts),
        "doubled": sum(count > 1 for count in counts), "slowest end": round(acts.slowest, 1),
        "minutes": round((time.monotonic() - began) / 60, 1),
    }  # fmt: skip


def is_answer(kind: str, via: str) -> bool:
    """Whether this is a message of the bot's."""
    return kind == "message" and via == "web_api"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=200)
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options.add_argument("--dry", action="store_true", help="leave RESULTS.md as it is")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="drill-") as name:
        folder = Path(name)
        place = nullcontext(f"sqlite:///{folder / 'workspace.db'}") if given.database == "sqlite" else postgres()
        with place as url:
            figures = run(given.times, url, folder, random.Random(given.seed))
    line = f"{given.database}, seed {given.seed}: " + ", ".join(f"{name} {value:g}" for name, value in figures.items())
    print(line, flush=True)
    if not given.dry:
        write_section(f"Told to end or killed at random moments, with people at work: {given.database}", f"{line}.")
    sys.exit(bool(figures["lost"] or figures["doubled"] or figures["slowest end"] > GONE_WITHIN))


if __name__ == "__main__":
    main()
