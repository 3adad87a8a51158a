"""One database and one Slack, and what is done to the processes that work on them. Every round ends with counting what
is in Slack.
"""

import json
import multiprocessing
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from datetime import time as clock_time
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bot.catalog.models import Entry
from bot.catalog.repository import Catalog
from bot.digests.calendar import due_slot
from bot.playground import Playground
from bot.storage.arrivals import Arrivals
from bot.storage.database import open_workspace
from bot.storage.models import DIGEST_STREAM, Schedule, Subscription, SubscriptionDraft, SubscriptionFilter
from bot.storage.outbox import Outbox
from bot.storage.subscriptions import Subscriptions
from tests.digests.material import granted
from tests.digests.rig import entry
from tests.drill import worker
from tests.drill.worker import PRELOAD

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(PRELOAD)
CHANNELS = ("C1", "C2", "C3", "C4", "C5", "C6")
DAILY = ("C5", "C6")  # the others want what arrives as soon as it does
LATE = ("C4", "C6")  # these want highlights only; an entry becomes one when the batch after its own arrives
HIGHLIGHTED = 3  # of each batch, one of them with a corrected text
BATCH = 36  # entries that arrive at once: a post and a thread of two or three parts
READING = {"channels:history", "groups:history"}
SETTLED_WITHIN = 180.0


@dataclass
class Count:
    """What a scenario came to."""

    name: str
    faults: int = 0
    editions: int = 0
    parts: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    unknown: int = 0  # nobody can tell whether they arrived, and the owner was told so
    owner_not_told: int = 0  # unknown, and the owner was not told: never allowed
    seconds: float = 0.0

    @property
    def well(self) -> bool:
        return not (self.lost or self.doubled or self.out_of_order or self.owner_not_told)


@dataclass
class Seen:
    """What was counted already, so that each scenario counts its own."""

    rows: set[int] = field(default_factory=set)
    next_entry: int = 1_000
    highlighted: set[str] = field(default_factory=set)
    first_told: int = 1_000  # the entries before it arrived before anybody wanted digests


class Lane:
    """One installation under attack."""

    def __init__(self, slack: Playground, url: str, folder: Path, seed: int) -> None:
        self.slack, self.url, self.folder = slack, url, folder
        self.random = random.Random(seed)
        self.catalogue = Catalog(folder / "catalog.db")
        engine = open_workspace(url)
        self.arrivals, self.outbox, self.subscriptions = Arrivals(engine), Outbox(engine), Subscriptions(engine)
        self.offset = 0.0
        self.seen = Seen()
        slack.set_scopes(granted())  # as installed: nothing may need more than the manifest asks for
        for channel in CHANNELS[2:]:
            slack.add_channel(channel, channel.lower(), members=("UALICE", "UHALO"))
        self.arrive(5)
        for place, channel in enumerate(CHANNELS):
            daily = Schedule("daily", (0,), clock_time(9), "Europe/London")
            wanted = SubscriptionFilter(highlights=channel in LATE)
            draft = SubscriptionDraft(wanted, daily if channel in DAILY else Schedule("on arrival"))
            self.subscriptions.add(
                "T1", channel, draft, ("UALICE", "UBOB")[place % 2], self.arrivals.latest_seq(), self.now()
            )
        self.seen.first_told = self.seen.next_entry

    def now(self) -> float:
        return time.time() + self.offset

    def a_day_later(self) -> None:
        """Only while nothing is being sent: the clock of a running process does not jump."""
        self.offset += 24 * 3600
        self.slack.advance(24 * 3600)

    def arrive(self, many: int = BATCH) -> None:
        """New entries, long enough for several parts; of those before them the last few have become highlights."""
        first, self.seen.next_entry = self.seen.next_entry, self.seen.next_entry + many
        late = range(max(self.seen.first_told, first - HIGHLIGHTED), first)
        self.catalogue.upsert([
            *(_entry(number) for number in range(first, first + many)),
            *(_entry(n, highlighted=True, corrected=n == first - 1) for n in late),
        ])  # fmt: skip
        self.seen.highlighted |= {str(number) for number in late}
        self.arrivals.sync(self.catalogue, self.now())

    def start(self, kill_at: str | None = None, times: int = 1, on_unknown_delivery: str = "skip") -> BaseProcess:
        """A process, when it has begun to look for what is due. `kill_at`: the step at which it ends, the nth time it
        gets there.
        """
        environment = {
            "SLACK_API_URL": self.slack.api_url, "SLACK_BOT_TOKEN": self.slack.bot_token,
            "HALO_CATALOG": str(self.folder / "catalog.db"),
            "HALO_WORKSPACE_URL": self.url, "HALO_SEEDS": "none", "HALO_DIGEST_POSTS_PER_MINUTE": "60000",
            "HALO_ON_UNKNOWN_DELIVERY": on_unknown_delivery, "HALO_ENV_FILE": "/dev/null",
        }  # fmt: skip
        here, there = SERVER.Pipe(False)
        process = SERVER.Process(target=worker.run, args=(environment, self.offset, kill_at, times, there), daemon=True)
        process.start()
        there.close()
        with here, suppress(EOFError):  # it may be killed before
            here.recv()
        return process

    @staticmethod
    def kill(process: BaseProcess) -> None:
        """For good, as the kernel does."""
        process.kill()
        process.join()

    def killed_at(self, step: str, times: int = 1, seconds: float = 20.0) -> bool:
        """Start a process and wait until it ends itself at a step. False when it never got there and was killed
        then.
        """
        process = self.start(step, times)
        process.join(seconds)
        there = process.exitcode is not None
        self.kill(process)
        return there

    def finish(self) -> None:
        """Let one undisturbed process bring everything to its end. Raises TimeoutError when it does not get there."""
        self.slack.clear_faults()
        process = self.start()
        try:
            end = time.monotonic() + SETTLED_WITHIN
            quiet = 0
            while quiet < 3:
                if time.monotonic() > end:
                    sending = [row for row in self.outbox.recent_rows(limit=20) if row.state == "sending"]
                    raise TimeoutError(f"not settled within {SETTLED_WITHIN} s: {sending}")
                time.sleep(0.1)
                busy = (
                    any(row.state == "sending" for row in self.outbox.recent_rows(limit=500))
                    or self.outbox.pending_notice_ids()
                    or self._waiting()
                )
                quiet = 0 if busy else quiet + 1
        finally:
            self.kill(process)

    def _waiting(self) -> bool:
        """Whether something arrived that a channel has not been told of and is due to be told."""
        latest = self.arrivals.latest_seq()
        return any(
            one.cursor < latest and one.paused_by is None and self._due(one) for one in self.subscriptions.of_team("T1")
        )

    def _due(self, one: Subscription) -> bool:
        last, now = (datetime.fromtimestamp(at, UTC) for at in (one.last_slot_at, self.now()))
        return one.channel not in DAILY or due_slot(one.schedule, last, now, one.last_slot_day) is not None

    # -- counting -----------------------------------------------------------------------------------------------------

    def count(self, name: str, faults: int, began: float, with_history: bool = True) -> Count:
        """What is in Slack against what the outbox says should be there, for the editions since the last count."""
        result = Count(name, faults, seconds=round(time.monotonic() - began, 1))
        rows = [
            row
            for row in self.outbox.recent_rows(stream=DIGEST_STREAM, limit=100_000)
            if row.id not in self.seen.rows and row.state != "planned"
        ]
        self.seen.rows |= {row.id for row in rows}
        posted: dict[str, list[tuple[int, dict[str, Any]]]] = {}
        for channel in CHANNELS:
            for message in self.slack.state.lasting(channel):
                if message.metadata:
                    payload = message.metadata["event_payload"]
                    posted.setdefault(payload["nonce"], []).append(
                        (payload["part"], self.slack.state.message_json(message))
                    )
        notices = self._notices()
        for row in rows:
            result.editions += 1
            there = [part for part, _ in posted.get(row.nonce or "", [])]
            result.parts += len(there)
            result.doubled += sum(many - 1 for many in Counter(there).values())
            missing = row.part_count - len(set(there))
            if row.state == "sent":
                result.lost += missing
                result.out_of_order += there != sorted(there)
                result.lost += self._entries_missing(row, [message for _, message in posted.get(row.nonce or "", [])])
            elif with_history:
                result.lost += max(1, missing)
            else:
                result.unknown += 1
                result.owner_not_told += f"edition {row.edition} of the digest in <#{row.channel}>" not in notices
        result.doubled += self._announced_twice() + self._strays(posted)
        late_lost, late_doubled = self._late_matches()
        result.lost += late_lost
        result.doubled += late_doubled
        return result

    def _late_matches(self) -> tuple[int, int]:
        """Of what became a highlight after it arrived: how many were never news for a channel that wants highlights,
        and how many times too often one was. What waits for its hour is not lost.
        """
        lost = doubled = 0
        for channel in LATE:
            rows = self.outbox.recent_rows(channel=channel, stream=DIGEST_STREAM, limit=100_000)
            # Of an entry that became a highlight before it was told, an edition has both arrivals.
            told = Counter(key for row in rows for key in {key for _, key, kind in row.entries if kind == "new"})
            doubled += sum(many - 1 for many in told.values())
            lost += 0 if channel in DAILY else sum(not told[key] for key in self.seen.highlighted)
        return lost, doubled

    def _strays(self, posted: dict[str, list[tuple[int, dict[str, Any]]]]) -> int:
        """Messages that no edition knows: it was claimed anew although one was out."""
        known = {row.nonce for row in self.outbox.recent_rows(stream=DIGEST_STREAM, limit=100_000)}
        return sum(len(messages) for nonce, messages in posted.items() if nonce not in known)

    def _entries_missing(self, row: Any, messages: list[dict[str, Any]]) -> int:
        """Entries of an edition that do not stand in its messages exactly once in the list."""
        text = json.dumps([message["blocks"] for message in (messages[1:] if len(messages) > 1 else messages)])
        found = Counter(re.findall(r"#(\d+)", text))
        return sum(found[key] != 1 for key in set(row.entry_keys))

    def _announced_twice(self) -> int:
        """Arrivals that a channel was told of by more than one edition."""
        twice = 0
        for channel in CHANNELS:
            told = Counter(
                seq
                for row in self.outbox.recent_rows(channel=channel, stream=DIGEST_STREAM, limit=100_000)
                for seq, _, _ in row.entries
            )
            twice += sum(many - 1 for many in told.values())
        return twice

    def _notices(self) -> str:
        """All that the owners were told directly."""
        direct = [channel for channel in self.slack.state.channels if channel.startswith("D")]
        return "\n".join(
            json.dumps(message.blocks, ensure_ascii=False)
            for channel in direct
            for message in self.slack.state.lasting(channel)
        )


def _entry(number: int, highlighted: bool = False, corrected: bool = False) -> Entry:
    made = entry(number, title=f"Number {number}: " + "what changed, at length, " * 12)
    return replace(made, highlighted=highlighted, summary="Corrected." if corrected else made.summary)


@contextmanager
def lane(url: str, seed: int) -> Iterator[Lane]:
    """A lane on this database ("" for a new SQLite file)."""
    with tempfile.TemporaryDirectory(prefix="drill-") as name, Playground() as slack:
        folder = Path(name)
        yield Lane(slack, url or f"sqlite:///{folder / 'workspace.db'}", folder, seed)
