"""A digest machine around the Slack stand-in: real HTTP, real SQLite, the stand-in's clock. Waiting moves that
clock.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, time
from pathlib import Path

from slack_sdk import WebClient

from bot.catalog.models import Entry, Mention, Version
from bot.catalog.repository import Catalog
from bot.digests.builder import DigestBuilder
from bot.digests.runner import DigestRunner
from bot.digests.service import DigestService
from bot.playground import Playground
from bot.slack.publisher import LeaseTiming, OnUnknownDelivery, Publisher
from bot.slack.rate_limiter import RateLimiter
from bot.storage.arrivals import Arrivals
from bot.storage.database import open_workspace
from bot.storage.models import Schedule, Subscription, SubscriptionDraft, SubscriptionFilter
from bot.storage.outbox import Outbox
from bot.storage.subscriptions import Subscriptions
from bot.storage.watches import Watches
from tests.prepared import new_catalog, new_workspace

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # an hour before the digest
HOUR, DAY, WEEK = 3600.0, 24 * 3600.0, 7 * 24 * 3600.0
TIMING = LeaseTiming(timeout=1.0, grace=0.5)  # a busy machine answers within that
MONDAYS = Schedule("weekly", (0,), time(9), "Europe/London")
AREAS = (
    "Tickets",
    "Billing & invoicing",
    "Integrations",
    "Portal",
    "Chat",
    "SLA",
    "Assets",
    "Contracts",
    "Reporting",
    "API",
    "Projects",
    "Stock & purchasing",
)


def entry(
    number: int, *, version: str = "2.218", area: str | None = None, title: str | None = None, **more: object
) -> Entry:
    """A made-up change; its number decides what it is like."""
    return Entry(
        str(number), "feature", title or f"Change {number}: something works better than before",
        str(more.pop("summary", f"What {number} does in a sentence. And who it helps, in another one.")),
        Version.parse(version),
        area=area or AREAS[number % len(AREAS)], mentions=(Mention(20, f"{number % 60}:{number % 50 + 10}"),), **more,
    )  # type: ignore[arg-type]  # fmt: skip


class Rig:
    """One installation. `digests` is one process of it; `process()` makes another that shares the databases."""

    def __init__(
        self, slack: Playground, folder: Path, on_unknown_delivery: OnUnknownDelivery = "skip", url: str | None = None
    ) -> None:
        self.slack, self.on_unknown_delivery = slack, on_unknown_delivery
        self.answers: dict[str, list[str]] = {}
        self.folder = folder
        self.catalogue = Catalog(new_catalog(folder / "catalog.db"))
        self.engine = open_workspace(url or new_workspace(folder / "workspace.db"))
        self.arrivals, self.subscriptions = Arrivals(self.engine), Subscriptions(self.engine)
        self.outbox, self.watches = Outbox(self.engine), Watches(self.engine)
        self.digests = self.process()

    def process(self, now: Callable[[], float] | None = None) -> DigestRunner:
        """Another process on the same databases."""
        client = WebClient(self.slack.bot_token, base_url=self.slack.api_url, timeout=TIMING.timeout, retry_handlers=[])  # type: ignore[arg-type]
        publisher = Publisher(
            self.outbox,
            lambda _: client,
            RateLimiter(60_000, 0.0),
            self.on_unknown_delivery,
            TIMING,
            now or self.slack.now,
            lambda seconds: seconds and self.slack.advance(seconds),
        )  # type: ignore[arg-type, return-value]
        builder = DigestBuilder(
            self.catalogue, self.arrivals, self.subscriptions, self.outbox, self.watches, self._answering
        )
        return DigestRunner(builder, publisher, threads=2)

    def service(self, admins: Collection[str] = ()) -> DigestService:
        """What people can do, where HALO_ADMINS names these."""
        return DigestService(self.digests, self.digests.publisher.posting_refusal, tuple(admins))  # type: ignore[attr-defined]

    def _answering(self, question: str, keys: Collection[str]) -> list[str]:
        return [key for key in self.answers.get(question, []) if key in keys]

    def arrive(self, entries: Iterable[Entry]) -> None:
        """Entries come into the catalogue, and are seen."""
        self.catalogue.upsert(entries)
        self.arrivals.sync(self.catalogue, self.slack.now())

    def subscribe(
        self,
        channel: str = "C1",
        wanted: SubscriptionFilter | None = None,
        schedule: Schedule = MONDAYS,
        by: str = "UALICE",
        **more: object,
    ) -> Subscription:
        """A channel wants its digest, from now on."""
        draft = SubscriptionDraft(wanted or SubscriptionFilter(), schedule, **more)  # type: ignore[arg-type]
        return self.subscriptions.add("T1", channel, draft, by, self.arrivals.latest_seq(), self.slack.now())

    def a_week_later(self) -> None:
        """The machine slept."""
        self.slack.advance(WEEK)

    def posts(self, channel: str = "C1") -> list[dict[str, object]]:
        """What stands in a channel, threads included, in order."""
        return self.slack.messages(channel)

    def texts(self, channel: str = "C1") -> list[str]:
        """The notification texts of what stands in a channel."""
        return [str(post["text"]) for post in self.posts(channel)]

    def states(self) -> list[str]:
        """The outbox in short, oldest first."""
        return [f"{row.channel} {row.stream} {row.edition} {row.state}" for row in reversed(self.outbox.recent_rows())]
