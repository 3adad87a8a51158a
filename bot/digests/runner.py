"""What drives the digests: everything that is due now, once (`halobot digest --due`), or again and again inside the
bot.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import groupby

from apscheduler.schedulers.background import BackgroundScheduler

from bot.digests.builder import DigestBuilder, NewArrivals
from bot.digests.selection import index_entry
from bot.slack.publisher import Publisher
from bot.storage.models import OutboxRow, Subscription, Watch

log = logging.getLogger(__name__)
EVERY_SECONDS = 30
MAX_RECONCILE_ROUNDS = 6  # how often one run waits for its own leases to end


@dataclass
class RunReport:
    """What a run did."""

    posted: list[OutboxRow] = field(default_factory=list)
    reconciled: int = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        sent = sum(row.state == "sent" for row in self.posted)
        return f"{sent} posted, {len(self.posted) - sent} not finished, {self.reconciled} settled" + "".join(
            f"\n{problem}" for problem in self.problems
        )


class DigestRunner:
    """Posts what is due. Any number of processes may do so at the same time: the outbox decides who posts what."""

    def __init__(self, builder: DigestBuilder, publisher: Publisher, threads: int = 5) -> None:
        self.builder, self.publisher = builder, publisher
        self._threads = threads
        self._synced: int | None = None
        self._said: tuple[int, list[frozenset[str]]] | None = None

    def run_due(self) -> RunReport:
        """One look: what arrived, what was left over, what is due, whose watch is answered. What one channel runs into
        stops no other.
        """
        report, publisher = RunReport(), self.publisher
        publisher.blocked_teams.clear()
        self.record_arrivals()
        self._all(
            report, [partial(self._settle, row_id, report) for row_id in publisher.outbox.expired_ids(publisher.now())]
        )
        self._all(report, self._digests(report))
        self._all(report, self._watches(report))
        self._all(report, [partial(publisher.send_notice, row_id) for row_id in publisher.outbox.pending_notice_ids()])
        report.problems += [f"Nothing can be posted for {team}: {why}" for team, why in publisher.blocked_teams.items()]
        return report

    def run_until_settled(self) -> RunReport:
        """The same, and then waiting until what this run could not settle can be settled: for a process that ends
        afterwards.
        """
        report = self.run_due()
        for _ in range(MAX_RECONCILE_ROUNDS):
            end = self.publisher.outbox.next_lease_end(self.publisher.name)
            wait = (end or 0.0) - self.publisher.now()
            if end is None or wait > 3 * self.publisher.timing.lease:
                break
            self.publisher.sleep(max(0.0, wait) + 0.01)
            again = self.run_due()
            report = RunReport(
                report.posted + again.posted,
                report.reconciled + again.reconciled,
                list(dict.fromkeys(report.problems + again.problems)),
            )
        return report

    def record_arrivals(self) -> None:
        """Note what arrived, when the catalogue has moved since we looked."""
        catalogue = self.builder.catalog
        revision = catalogue.revision
        if revision != self._synced:
            self.builder.arrivals.sync(catalogue, self.publisher.now())
            self._synced = revision

    def knows(self, stems: list[str]) -> bool:
        """Whether some entry says all of these, so that a filter on them can ever let something through."""
        revision = self.builder.catalog.revision
        if self._said is None or self._said[0] != revision:
            self._said = (revision, [index_entry(entry).stems for entry in self.builder.catalog.entries()])
        return any(said.issuperset(stems) for said in self._said[1])

    def post_now(self, team: str, channel: str) -> OutboxRow | None:
        """A channel's digest at once, whenever it is due. None when there is nothing new, or it is being posted."""
        self.record_arrivals()
        mine = self.builder.subscriptions.of_channel(team, channel)
        if not mine:
            return None
        news = self.builder.new_arrivals(min(one.cursor for one in mine))
        work = self.builder.build_digest(team, channel, news, self.publisher.now(), on_request=True)
        return self.publisher.publish(work) if work else None

    def due_channels(self) -> list[tuple[str, str, list[Subscription]]]:
        """Channels with something due, and which of their subscriptions that is."""
        latest, now = self.builder.arrivals.latest_seq(), self.publisher.now()
        due = (one for one in self.builder.subscriptions.active() if self._is_due(one, latest, now))
        return [
            (team, channel, list(ones))
            for (team, channel), ones in groupby(due, key=lambda one: (one.team, one.channel))
        ]

    def _is_due(self, one: Subscription, latest: int, now: float) -> bool:
        try:
            return self.builder.due(one, latest, now) is not None
        except ValueError as error:
            log.error("subscription %s of %s: %s", one.id, one.channel, error)
            return False

    def _digests(self, report: RunReport) -> Iterator[Callable[[], None]]:
        channels = self.due_channels()
        if channels:
            news = self.builder.new_arrivals(min(one.cursor for _, _, ones in channels for one in ones))
            for team, channel, _ in channels:
                yield partial(self._digest, team, channel, news, report)

    def _digest(self, team: str, channel: str, news: NewArrivals, report: RunReport) -> None:
        if team in self.publisher.blocked_teams:
            return
        work = self.builder.build_digest(team, channel, news, self.publisher.now())
        row = self.publisher.publish(work) if work else None
        report.posted += [row] if row else []

    def _watches(self, report: RunReport) -> Iterator[Callable[[], None]]:
        latest = self.builder.arrivals.latest_seq()
        waiting = [watch for watch in self.builder.watches.all() if watch.cursor < latest]
        if waiting:
            news = self.builder.new_arrivals(min(watch.cursor for watch in waiting))
            for watch in waiting:
                yield partial(self._watch, watch, news, report)

    def _watch(self, watch: Watch, news: NewArrivals, report: RunReport) -> None:
        if watch.team in self.publisher.blocked_teams:
            return
        work = self.builder.build_watch_message(watch, news)
        row = self.publisher.publish(work) if work else None
        report.posted += [row] if row else []

    def _settle(self, row_id: int, report: RunReport) -> None:
        self.publisher.settle(row_id)
        report.reconciled += 1

    def _all(self, report: RunReport, jobs: Iterable[Callable[[], None]]) -> None:
        """Run them, a few at a time: a channel takes one message a second, so that several have to be served at
        once.
        """

        def run(job: Callable[[], None]) -> None:
            try:
                job()
            except Exception as error:
                log.exception("a digest could not be looked after; it is tried again")
                report.problems.append(f"{type(error).__name__}: {error}")

        with ThreadPoolExecutor(self._threads, "digest") as pool:
            for _ in pool.map(run, jobs):
                pass


def start_scheduler(digests: DigestRunner, seconds: float = EVERY_SECONDS) -> BackgroundScheduler:
    """Look every half minute, in a thread of this process, from now on. The looks that a busy or sleeping machine
    missed become one.
    """

    def look() -> None:
        report = digests.run_due()
        for problem in report.problems:
            log.warning("digests: %s", problem)

    scheduler = BackgroundScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 24 * 3600}
    )
    scheduler.add_job(look, "interval", seconds=seconds, id="digests", next_run_time=datetime.now(UTC))
    scheduler.start()
    return scheduler
