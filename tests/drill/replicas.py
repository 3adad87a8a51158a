"""Four replicas of the bot on one PostgreSQL, behind a balancer that retries nothing, with people at work while
replicas are killed, ended, upgraded one by one and cut off from the database, and the database is restarted.

    python -m tests.drill.replicas [--requests 3000] [--seed N] [--dry]

Judged at the end: what was acknowledged (answers to mentions, watches, ratings of answers, digests set up in a window)
and is not done is lost, what is done twice is doubled; and the time of the acknowledgements. Adds its figures to
RESULTS.md. Ends with 1 when anything was lost or doubled. What is not acknowledged within Slack's three seconds counts
as late only.
"""

import argparse
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import sqlalchemy as sa

from bot.playground import Playground
from bot.playground.actions import ActionResult
from bot.playground.delivery import DeliveryResult, OutgoingRequest
from bot.playground.errors import ApiError, InvalidAction
from bot.settings import PROJECT
from bot.slack.http import EVENTS_PATH
from bot.storage.database import open_workspace
from bot.storage.feedback import questions
from bot.storage.inbox import Inbox
from bot.storage.subscriptions import Subscriptions
from bot.storage.watches import Watches
from tests.drill.chaos.loop import LoopThread
from tests.drill.chaos.tally import Tally
from tests.drill.chaos.wire import Wire
from tests.drill.endings import QUESTIONS
from tests.drill.postgres import binaries, postgres, restart
from tests.drill.results import write_section

REPLICAS, PEOPLE = 4, 8
READY_WITHIN, SETTLED_WITHIN = 180.0, 300.0
WINDOW_WITHIN = 5.0  # else this person goes away
CUT_OFF_SECONDS = 5.0
FAULT_PAUSES = (2.0, 6.0)  # seconds between two faults
TWICE = 0.1  # of all events: delivered again although they were acknowledged


class Replica:
    """One process with a catalogue of its own, which sees the database through a wire of its own."""

    def __init__(self, number: int, slack: "Balanced", folder: Path, url: str, wire: Wire) -> None:
        self.wire, self._url, self._slack = wire, url, slack
        self.port, self._catalog = 0, folder / f"catalog-{number}.db"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        slack = self._slack
        environment = {
            "PATH": os.environ["PATH"], "HALO_ENV_FILE": "/dev/null", "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret, "SLACK_API_URL": slack.api_url, "HALO_LOG_LEVEL": "ERROR",
            "HALO_CATALOG": str(self._catalog), "HALO_WORKSPACE_URL": self._url,
        }  # fmt: skip
        command = [sys.executable, "-m", "bot", "run", "--http", str(self.port)]
        self.process = subprocess.Popen(command, cwd=PROJECT, env=environment)
        deadline, url = time.monotonic() + READY_WITHIN, f"http://127.0.0.1:{self.port}/healthz"
        with httpx2.Client(trust_env=False, verify=False) as client:  # else each look reads all certificates there are
            while time.monotonic() < deadline and self.process.poll() is None:
                with suppress(httpx2.HTTPError):
                    if client.get(url).status_code == 200:
                        break
                time.sleep(0.1)
        slack.doors.append(self.port)

    def end(self, number: int) -> None:
        """The balancer sends nothing more to one that is told to end; it does not know of one that is killed."""
        if number == signal.SIGTERM:
            self._slack.doors.remove(self.port)
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(30)
        if self.port in self._slack.doors:
            self._slack.doors.remove(self.port)


class Balanced(Playground):
    """A Slack whose requests go to any of the replicas."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.doors: list[int] = []
        self.acks: list[float] = []
        self.unacknowledged = 0
        self._chance, self._send, self._counting = chance, self.delivery.send, threading.Lock()
        self.delivery.app_url = "by its doors"
        self.delivery.send = self._deliver  # type: ignore[method-assign]

    @property
    def app_url(self) -> str | None:
        doors = list(self.doors)
        return f"http://127.0.0.1:{self._chance.choice(doors)}{EVENTS_PATH}" if doors else None

    @app_url.setter
    def app_url(self, url: str | None) -> None:
        self.delivery.app_url = url

    def _deliver(self, outgoing: OutgoingRequest) -> DeliveryResult:
        """Timed, and now and then a second time, to whichever replica."""
        began = time.monotonic()
        result = self._send(outgoing)
        is_acked = result.error is None
        with self._counting:
            if is_acked:
                self.acks.append(time.monotonic() - began)
            else:
                self.unacknowledged += 1
        if is_acked and outgoing.type == "events_api" and self._chance.random() < TWICE:
            self._send(outgoing)
        return result


@dataclass
class Acts:
    """What was acknowledged."""

    mentions: list[str] = field(default_factory=list)
    watches: list[str] = field(default_factory=list)  # who watches something
    ratings: list[str] = field(default_factory=list)  # who rated an answer …
    pressed: list[str] = field(default_factory=list)  # … and who tried to: what was not acknowledged may be done
    digests: list[str] = field(default_factory=list)  # the channels
    commands: list[str] = field(default_factory=list)
    requests: int = 0
    is_broken: bool = False

    def count(self, slack: Balanced, url: str) -> list[int]:
        """How often each was done that has to be done once. Of ratings the sum is known."""
        # By the messages that are there: the transcript keeps only the newest.
        bot = slack.state.app.user_id
        answers = Counter(
            {ts: sum(reply.user == bot for reply in slack.state.replies("C1", ts)) for ts in self.mentions}
        )
        engine = open_workspace(url)
        watching = Counter(watch.user for watch in Watches(engine).all())
        channels = Counter(one.channel for one in Subscriptions(engine).of_team("T1"))
        with engine.connect() as connection:
            rated = connection.scalar(sa.select(sa.func.sum(questions.c.helpful_count))) or 0
        engine.dispose()
        counts = [answers[ts] for ts in self.mentions] + [watching[user] for user in self.watches]
        counts += [channels[channel] for channel in self.digests]
        return counts + [0] * (len(self.ratings) - rated) + [2] * (rated - len(self.pressed))


class People:
    """Somebody new for each act, so that what came of it can be told apart."""

    def __init__(self, slack: Balanced, acts: Acts, chance: random.Random, first: int) -> None:
        self._slack, self._acts, self._chance, self._number = slack, acts, chance, first
        self._ways = (self._ask, self._mention, self._watch, self._rate, self._fill_in)

    def act(self, wanted: int) -> None:
        """One act after the other, until there were enough."""
        while self._acts.requests < wanted and not self._acts.is_broken:
            self._acts.requests += 1
            self._number += 1
            user = f"UACT{self._number}"
            self._slack.add_user(user, user.lower())
            self._slack.state.channel("C1").members.add(user)
            (way,) = self._chance.choices(self._ways, (50, 20, 10, 12, 8))
            try:
                with suppress(InvalidAction, ApiError):
                    way(user)
            except Exception:
                self._acts.is_broken = True  # of fewer people too little would come
                raise
            time.sleep(self._chance.uniform(0, 0.05))

    def _ask(self, user: str) -> ActionResult:
        asked = self._slack.command("/halo", self._chance.choice(QUESTIONS), user=user)
        self._acts.commands += [user] if asked.acked else []
        return asked

    def _mention(self, user: str) -> None:
        asked = self._slack.mention(self._chance.choice(QUESTIONS))
        self._acts.mentions += [str(asked.ts)] if asked.acked else []

    def _watch(self, user: str) -> None:
        watched = self._slack.command("/halo", f"watch {self._chance.choice(QUESTIONS)}", user=user)
        self._acts.watches += [user] if watched.acked and not watched.text else []

    def _rate(self, user: str) -> None:
        """Press "Helpful" under an answer."""
        asked = self._ask(user)
        if asked.acked and "helpful" in str(asked.blocks):
            self._acts.pressed.append(user)
            pressed = self._slack.click("helpful", user=user, channel="C1", ts=asked.shown[-1].ts)
            self._acts.ratings += [user] if pressed.acked else []

    def _fill_in(self, user: str) -> None:
        """Set up the digest of a channel in its window."""
        channel = f"CACT{self._number}"
        self._slack.add_channel(channel, channel.lower(), members=(user, self._slack.state.app.user_id))
        self._slack.command("/halo", "subscribe", user=user, channel=channel)
        deadline = time.monotonic() + WINDOW_WITHIN
        while not self._slack.modals(user) and time.monotonic() < deadline:
            time.sleep(0.02)
        sent = self._slack.submit({"words": "jira"}, user=user)
        self._acts.digests += [channel] if sent.acked and not sent.errors else []


class Chaos:
    """One fault after the other, until it is over."""

    def __init__(self, replicas: list[Replica], url: str, chance: random.Random) -> None:
        self._replicas, self._url, self._chance = replicas, url, chance
        self.struck: Counter[str] = Counter()
        self._faults = {
            "SIGKILL": self._kill,
            "SIGTERM": self._terminate,
            "cut off from the database": self._cut_off,
            "database restarted": lambda: restart(self._url),
            "upgraded one by one": self._upgrade,
        }

    def run(self, over: threading.Event) -> None:
        """Of the kinds that struck least, one at a time."""
        while not over.wait(self._chance.uniform(*FAULT_PAUSES)):
            least = min(self.struck[kind] for kind in self._faults)
            kind = self._chance.choice([kind for kind in self._faults if self.struck[kind] == least])
            self._faults[kind]()
            self.struck[kind] += 1

    def _kill(self) -> None:
        self._again(self._chance.choice(self._replicas), signal.SIGKILL)

    def _terminate(self) -> None:
        self._again(self._chance.choice(self._replicas), signal.SIGTERM)

    def _upgrade(self) -> None:
        for replica in self._replicas:
            self._again(replica, signal.SIGTERM)

    def _cut_off(self) -> None:
        wire = self._chance.choice(self._replicas).wire
        wire.is_hanging = True
        time.sleep(CUT_OFF_SECONDS)
        wire.is_hanging = False

    @staticmethod
    def _again(replica: Replica, number: int) -> None:
        replica.end(number)
        replica.start()


def run(requests: int, url: str, folder: Path, chance: random.Random) -> dict[str, float | str]:
    """All of it. Returns the figures."""
    acts, over, began = Acts(), threading.Event(), time.monotonic()
    open_workspace(url).dispose()
    with LoopThread() as loop, Balanced(chance) as slack:
        replicas = []
        for number in range(REPLICAS):
            address = sa.make_url(url)
            wire = Wire(address.port or 5432, Tally(chance))
            seen = address.set(port=loop.listen(wire.serve)).render_as_string(hide_password=False)
            replicas.append(Replica(number, slack, folder, seen, wire))
        for replica in replicas:
            replica.start()
        chaos = Chaos(replicas, url, chance)
        faults = threading.Thread(target=chaos.run, args=(over,))
        faults.start()
        with ThreadPoolExecutor(PEOPLE) as crew:
            people = [People(slack, acts, random.Random(number), 10**6 * number) for number in range(PEOPLE)]
            for done in [crew.submit(person.act, requests) for person in people]:
                done.result()
        over.set()
        faults.join()
        acks = sorted(slack.acks)
        left = settle(url)
        for replica in replicas:
            replica.end(signal.SIGTERM)
        counts = acts.count(slack, url)
    cuts = statistics.quantiles(acks, n=100, method="inclusive")
    return {
        "requests": acts.requests, "acknowledged": len(acks), "not acknowledged": slack.unacknowledged,
        "commands": len(acts.commands), "mentions": len(acts.mentions), "watches": len(acts.watches),
        "ratings": len(acts.ratings), "windows": len(acts.digests),
        "faults": sum(chaos.struck.values()),
        "of which": "; ".join(f"{kind} {count}" for kind, count in sorted(chaos.struck.items())),
        "lost": sum(count == 0 for count in counts), "doubled": sum(count > 1 for count in counts),
        "jobs left": left, "p50 of acks (ms)": round(cuts[49] * 1000), "p99 of acks (ms)": round(cuts[98] * 1000),
        "load": round(os.getloadavg()[0], 1), "minutes": round((time.monotonic() - began) / 60, 1),
    }  # fmt: skip


def settle(url: str) -> int:
    """Wait until every job is done. Returns how many are left."""
    engine, deadline = open_workspace(url), time.monotonic() + SETTLED_WITHIN
    try:
        while (left := Inbox(engine).count()) and time.monotonic() < deadline:
            time.sleep(0.5)
        return left
    finally:
        engine.dispose()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--requests", type=int, default=3_000)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options.add_argument("--dry", action="store_true", help="leave RESULTS.md as it is")
    given = options.parse_args()
    if binaries() is None:
        print("The replicas are skipped: PostgreSQL is not installed (on Debian: sudo apt install postgresql).")
        return
    with tempfile.TemporaryDirectory(prefix="drill-") as name, postgres() as url:
        figures = run(given.requests, url, Path(name), random.Random(given.seed))
    line = f"Seed {given.seed}: " + ", ".join(f"{name} {value}" for name, value in figures.items()) + "."
    print(line, flush=True)
    if not given.dry:
        write_section("Told to end, killed, cut off and upgraded: four replicas on one PostgreSQL", line)
    sys.exit(bool(figures["lost"] or figures["doubled"] or figures["jobs left"]))


if __name__ == "__main__":
    main()
