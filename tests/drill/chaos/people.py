"""People at work while everything fails: they ask, watch, share and change digests, and Slack brings what they do again
where it was not acknowledged, and now and then although it was.
"""

import random
import threading
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from bot.playground import Playground
from bot.playground.actions import ActionResult
from bot.playground.delivery import DeliveryResult, OutgoingRequest
from bot.playground.errors import ApiError, InvalidAction
from bot.playground.model import User
from bot.slack.http import EVENTS_PATH
from tests.drill.chaos.tally import Tally

ROOMS = tuple(f"CROOM{number}" for number in range(6))  # where people talk; the digests have channels of their own
READING = 0.7  # of all watches: for what comes
TWICE = 0.5  # of all deliveries
READERS = tuple(f"UREADER{number}" for number in range(80))  # the bot has written to them before
RETRIES = 3  # of an event that is not acknowledged, as Slack does


class Office(Playground):
    """A Slack whose app has several processes, each behind its own door, and whose API is behind the gate."""

    def __init__(self, tally: Tally, chance: random.Random) -> None:
        super().__init__()
        self.doors: tuple[int, ...] = ()
        self.gate: int | None = None
        self._tally, self._pick = tally, chance
        self._send = self.delivery.send
        self.delivery.app_url = "by its doors"
        self._again = ThreadPoolExecutor(4, "again")
        self.delivery.send = self._deliver  # type: ignore[method-assign]

    @property
    def inner_port(self) -> int:
        """The port of the stand-in itself, behind the gate."""
        return self._server.port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.gate or self._server.port}"

    @property
    def app_url(self) -> str | None:
        return f"http://127.0.0.1:{self._pick.choice(self.doors)}{EVENTS_PATH}" if self.doors else None

    @app_url.setter
    def app_url(self, url: str | None) -> None:
        self.delivery.app_url = url

    def _deliver(self, outgoing: OutgoingRequest) -> DeliveryResult:
        """Once, or twice: at the same time, or one after the other."""
        if not self._tally.happens(TWICE):
            return self._send(outgoing)
        how = self._tally.draw((f"{outgoing.type}: twice at the same time", f"{outgoing.type}: twice in a row"))
        if how.endswith("row"):
            first, second = self._send(outgoing), self._send(outgoing)
        else:
            other = self._again.submit(self._send, outgoing)
            first, second = self._send(outgoing), other.result()
        if first.error is None and second.error is None:
            self._tally.struck(how)
        return first if first.error is None else second


@dataclass
class Acts:
    """What was acknowledged, by who did it."""

    mentions: dict[str, tuple[str, str]] = field(default_factory=dict)  # the channel, and the ts of what they asked
    watches: dict[str, str] = field(default_factory=dict)  # what for
    shares: dict[str, str] = field(default_factory=dict)  # what the person's own copy said
    readers: list[str] = field(default_factory=lambda: list(READERS))  # who have not watched anything yet
    tried: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person:
    """Somebody new for each act, so that what came of it can be told apart."""

    def __init__(
        self, slack: Office, acts: Acts, chance: random.Random, first: int, versions: Collection[str] = ()
    ) -> None:
        self._slack, self._acts, self._chance, self._number = slack, acts, chance, first
        self._versions = versions

    def act(self) -> None:
        """Do something."""
        self._number += 1
        user = f"UACT{self._number}"
        room = self._chance.choice(ROOMS)
        with self._slack.state.lock:
            self._slack.state.users[user] = User(user, user.lower(), user)
            self._slack.state.channel(room).members.add(user)
        self._acts.tried += 1
        what: Callable[[str, str], None] = self._chance.choice((self._ask, self._ask, self._watch, self._share))
        with suppress(InvalidAction, ApiError, KeyError):
            what(user, room)

    def _ask(self, user: str, room: str) -> None:
        asked = self._slack.mention(f"quokka {self._chance.randrange(40)}", user=user, channel=room)
        if self._until_acked(asked) and asked.ts:
            with self._acts.lock:
                self._acts.mentions[user] = (room, asked.ts)

    def _until_acked(self, asked: ActionResult) -> bool:
        """As Slack does with an event: again, three times."""
        for number in range(RETRIES + 1):
            if asked.acked:
                return True
            if number == RETRIES or not asked.event_id:
                return False
            time.sleep(0.3 * (number + 1))
            asked = self._slack.redeliver(asked.event_id, number + 1)
        return False

    def _watch(self, user: str, room: str) -> None:
        what = f"wombat {self._number}"  # which never comes
        if self._versions and self._acts.readers and self._chance.random() < READING:
            user, what = self._acts.readers.pop(), self._chance.choice(list(self._versions))
            self._slack.state.channel(room).members.add(user)
        watched = self._slack.command("/halo", f"watch {what}", user=user, channel=room)
        if watched.acked and not watched.text:
            with self._acts.lock:
                self._acts.watches[user] = what

    def _share(self, user: str, room: str) -> None:
        asked = self._slack.command("/halo", "quokka", user=user, channel=room)
        if not asked.acked or "share" not in str(asked.blocks):
            return
        if self._slack.click("share", user=user, channel=room).acked:
            with self._acts.lock:
                self._acts.shares[user] = asked.text


def people_at_work(
    slack: Office,
    acts: Acts,
    seed: int,
    stop: threading.Event,
    threads: int,
    pause: float,
    versions: Collection[str] = (),
) -> list[threading.Thread]:
    """So many people at the same time, until `stop` is set. Some watch for what comes of these versions."""

    def work(number: int) -> None:
        chance = random.Random(seed * 100 + number)
        person = Person(slack, acts, chance, 100_000 * number, versions)
        while not stop.wait(chance.uniform(0.2, 1.8) * pause):
            person.act()

    made = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(threads)]
    for thread in made:
        thread.start()
    return made
