"""What the processes share: a Slack with channels and people, the workspace database with digests and watches, and what
is imported.
"""

import random
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any

from bot.app import Application
from bot.catalog.models import Version
from bot.errors import HalobotError
from bot.ingest.models import ParsedDocument, Record
from bot.ingest.service import import_documents
from bot.settings import read_settings
from bot.slack.rate_limiter import RateLimiter
from bot.slack.views.blocks import text_message
from bot.slack.views.errors import TRYING
from bot.storage.models import DIGEST_STREAM, Notice, Schedule, SubscriptionDraft, SubscriptionFilter
from tests.digests.material import granted
from tests.drill.chaos.judge import ANSWER, Failed, Posted, Verdict, judge_acts, judge_telling, posted
from tests.drill.chaos.people import READERS, ROOMS, Acts, Office

CHANNELS = tuple(f"CDIGEST{number}" for number in range(8))
DAILY = CHANNELS[6:]
VERSIONS = tuple(Version(2, 300 + number) for number in range(24))
WATCHERS = {f"UWATCHER{number}": VERSIONS[number] for number in range(6)}
WATCHED = VERSIONS[6:9]  # by people who come while everything fails
LATE_CHANNEL, LATE_VERSION = "CLATE", Version(2, 400)  # a digest of this version, which entries get to know later
LATE = 0.3  # of all imports
OWNERS = ("UALICE", "UBOB")
GREETING = "Welcome."
FIRST_ENTRY = 3_000_001


class Installation:
    """The workspace database at `url`, straight, and as the processes see it at `seen_url`."""

    def __init__(self, slack: Office, url: str, seen_url: str, folder: Path, chance: random.Random) -> None:
        self.slack, self._seen_url, self._folder, self._chance = slack, seen_url, folder, chance
        self.is_sqlite = url.startswith("sqlite")
        self.imported: dict[str, Version | None] = {}
        self.expected_by: dict[str, set[str]] = {}  # by watcher: what arrived while the watch was there for certain
        self.late: list[str] = []  # entries without a version, until they get the late one
        self._next = FIRST_ENTRY
        self._slack_url = slack.api_url
        self.application = Application(read_settings(self._environment("importer", url)))
        slack.set_scopes(granted())
        for channel in (*CHANNELS, LATE_CHANNEL, *ROOMS):
            slack.add_channel(channel, channel.lower(), members=(*OWNERS, "UHALO"))
        for watcher in (*WATCHERS, *READERS):
            slack.add_user(watcher, watcher.lower())
        self.arrive(3)
        self._set_up()

    def environment(self, slot: int) -> Mapping[str, str]:
        """The settings of one of the processes. Each has a catalogue of its own, but two."""
        return self._environment("shared" if slot >= 2 else f"of-{slot}", self._seen_url)

    def catalogs(self) -> list[Path]:
        """The files of the processes' catalogues."""
        return [self._folder / f"{name}.db" for name in ("shared", "of-0", "of-1")]

    def _environment(self, name: str, url: str) -> dict[str, str]:
        return {
            "SLACK_API_URL": self.slack.api_url, "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_SIGNING_SECRET": self.slack.signing_secret, "HALO_CATALOG": str(self._folder / f"{name}.db"),
            "HALO_WORKSPACE_URL": url, "HALO_SEEDS": "none", "HALO_DIGEST_POSTS_PER_MINUTE": "240",
            "HALO_ENV_FILE": "/dev/null", "HALO_LOG_LEVEL": "ERROR",
            "CHAOS_LOG": str(self._folder / "chaos.log"),
        }  # fmt: skip

    def _set_up(self) -> None:
        stores, latest = self.application.stores, self.application.stores.arrivals.latest_seq()
        now = datetime.now(UTC).timestamp()
        for place, channel in enumerate(CHANNELS):
            daily = Schedule("daily", (0,), clock_time(9), "Europe/London")
            draft = SubscriptionDraft(SubscriptionFilter(), daily if channel in DAILY else Schedule("on arrival"))
            stores.subscriptions.add("T1", channel, draft, OWNERS[place % 2], latest, now)
        of_late = SubscriptionFilter(versions=(LATE_VERSION,))
        draft = SubscriptionDraft(of_late, Schedule("on arrival"))
        stores.subscriptions.add("T1", LATE_CHANNEL, draft, OWNERS[0], latest, now)
        for watcher, version in WATCHERS.items():
            stores.watches.add("T1", watcher, str(version), latest, now)
        self.imported.clear()
        self.late.clear()
        self._greet()

    def _greet(self) -> None:
        """People whom the bot wrote to before: of a first direct message nobody can find out whether it arrived."""
        for person in (*WATCHERS, *READERS, *OWNERS):
            notice = Notice(person, f"greeting {person}", text_message(GREETING))
            self.application.stores.outbox.enqueue_notice("T1", notice)
        self.application.publisher.rate_limiter = RateLimiter(60_000, 0.0)
        self.application.digest_runner.run_due()

    def arrive(self, many: int) -> None:
        """An import of so many changes. What the database does not take is not there."""
        numbers = [str(self._next + place) for place in range(many)]
        self._next += many
        version = None if self._chance.random() < LATE else self._chance.choice(VERSIONS)
        watching = self._watching(version)
        if self._import(numbers, version):
            self.late += numbers if version is None else []
            for user in watching:
                self.expected_by.setdefault(user, set()).update(numbers)
        known, self.late = self.late[: many // 2], self.late[many // 2 :]
        if known and self._import(known, LATE_VERSION):
            known = []
        self.late += known

    def _watching(self, version: Version | None) -> list[str]:
        """Who watches this version now."""
        with suppress(HalobotError):
            return [one.user for one in self.application.stores.watches.all() if one.question == str(version)]
        return []

    def _import(self, numbers: list[str], version: Version | None) -> bool:
        records = tuple(
            Record(
                number, f"Quokka {int(number) % 40} of kind {number} can be pinned", version=version, lines=(number,)
            )
            for number in numbers
        )
        name = f"post {numbers[0]} {version}"
        try:
            import_documents(self.application.catalog, [ParsedDocument(name, records)], datetime.now(UTC))
        except (HalobotError, sqlite3.Error):
            return False
        self.imported |= dict.fromkeys(numbers, version)
        with suppress(HalobotError):  # otherwise the next process that looks does it
            self.application.stores.arrivals.sync(self.application.catalog, datetime.now(UTC).timestamp())
        return True

    # -- the end ------------------------------------------------------------------------------------------------------

    def unsettled(self) -> str:
        """What is still to be done, in words; empty when everything is."""
        stores = self.application.stores
        latest = stores.arrivals.latest_seq()
        sending = [row.id for row in stores.outbox.recent_rows(limit=10_000) if row.state == "sending"]
        behind = [one.channel for one in stores.subscriptions.active() if one.cursor < latest]
        behind += [one.user for one in stores.watches.all() if one.cursor < latest]
        left = {
            "being sent": sending, "notices": stores.outbox.pending_notice_ids(), "behind": behind,
            "jobs": stores.inbox.count(),
        }  # fmt: skip
        return ", ".join(f"{name}: {what}" for name, what in left.items() if what)

    def judge(self, acts: Acts) -> Verdict:
        """The end state."""
        verdict = Verdict()
        for channel in CHANNELS:
            judge_telling(verdict, channel, list(self.imported), self._posted(channel), self._failed(channel))
        late = [key for key, own in self.imported.items() if own == LATE_VERSION]
        judge_telling(verdict, LATE_CHANNEL, late, self._posted(LATE_CHANNEL), self._failed(LATE_CHANNEL))
        for watcher, version in WATCHERS.items():
            keys = [key for key, own in self.imported.items() if own == version]
            judge_telling(verdict, watcher, keys, self._posted(f"D{watcher}"), self._failed(watcher))
        for watcher in acts.watches:
            keys = sorted(self.expected_by.get(watcher, ()))
            judge_telling(verdict, watcher, keys, self._posted(f"D{watcher}"), self._failed(watcher))
        self._judge_notices(verdict)
        told = {user for user in (*acts.mentions, *acts.watches) if self._was_told(user)}
        told |= {user for user, own in acts.shares.items() if self._was_told(user, own)}
        answers = {
            user: sum(one.event_type == ANSWER for one in self._posted(room, thread=ts))
            for user, (room, ts) in acts.mentions.items()
        }
        unmarked = {
            user: sum(self._is_bots(message) for message in self.slack.state.replies(room, ts))
            for user, (room, ts) in acts.mentions.items()
        }
        judge_acts(verdict, "the mention", {user: max(answers[user], unmarked[user]) for user in answers}, told)
        watching = [watch.user for watch in self.application.stores.watches.all()]
        judge_acts(verdict, "the watch", {user: watching.count(user) for user in acts.watches}, told)
        shared = [message.text for room in ROOMS for message in self._posted(room)]
        judge_acts(
            verdict, "the share", {user: sum(f"<@{user}>" in text for text in shared) for user in acts.shares}, told
        )
        return verdict

    def _judge_notices(self, verdict: Verdict) -> None:
        rows = self.application.stores.outbox.recent_rows(limit=100_000)
        verdict.unnamed += [
            f"{row.stream} to {row.channel}: {row.reason}"
            for row in rows
            if row.stream.startswith("notice") and row.state == "failed"
        ]

    def _posted(self, channel: str, thread: str | None = None) -> list[Posted]:
        state = self.slack.state
        messages = state.replies(channel, thread) if thread else state.lasting(channel)
        return [
            posted({"text": one.text, "blocks": one.blocks}, one.metadata) for one in messages if self._is_bots(one)
        ]

    def _is_bots(self, message: Any) -> bool:
        return bool(message.user == self.slack.state.app.user_id)

    def _failed(self, channel: str) -> list[Failed]:
        rows = self.application.stores.outbox.recent_rows(channel=channel, limit=100_000)
        return [
            Failed(
                [key for _, key, _ in row.entries],
                any(self._names(user, row) for user in row.notify_users),
                (row.reason or "").startswith("not known"),
            )
            for row in rows
            if row.state == "failed" and not row.stream.startswith("notice")
        ]  # fmt: skip

    def _names(self, user: str, row: Any) -> bool:
        """Whether this person was told of that edition."""
        what = f"edition {row.edition} of the digest in" if row.stream == DIGEST_STREAM else "one of your watches"
        where = f"<#{row.channel}>" if row.stream == DIGEST_STREAM else ""
        messages = (message.text for message in self._posted(f"D{user}"))
        return any(what in text and where in text for text in messages)

    def _was_told(self, user: str, own: str = "") -> bool:
        """Whether this person was told anything privately but this and that it takes longer."""
        state = self.slack.state
        return any(
            (message.visible_to == user or (channel == f"D{user}" and self._is_bots(message)))
            and message.text not in (own, TRYING, GREETING)
            for channel, messages in list(state.messages.items())
            for message in list(messages.values())
        )
