"""Posts everything that is due: once (`halobot digest --due`), or every half minute inside the bot."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, zip_longest
from typing import Any, Protocol, TypeVar

from bot.background import RepeatedJob
from bot.digests.builder import DigestBuilder, NewArrivals
from bot.digests.models import PlannedDigest, PlannedWatchMessage
from bot.errors import CatalogueError, HalobotError
from bot.redaction import describe_error
from bot.references import keep_reference
from bot.storage.models import OutboxRow, Subscription

log = logging.getLogger(__name__)
EVERY_SECONDS = 30
Teams = Collection[str] | None  # workspaces, by id; None: all
TeamNews = tuple[DigestBuilder, NewArrivals]  # what builds a team's editions, and what arrived as the team sees it
MAX_RECONCILE_ROUNDS = 6  # how often one run waits for its own leases to end


class DeliveryPublisher(Protocol):
    """Claims what is planned in the outbox, renders and posts it. `bot.slack.publisher.Publisher` is one."""

    worker_name: str  # how the owners of its leases begin
    blocked_teams: dict[str, str]  # workspaces that nothing can be posted to in this run, and why
    now: Callable[[], float]  # seconds since 1970
    lease_now: Callable[[], float]  # the same for leases: it never jumps
    sleep: Callable[[float], None]
    served_teams: Callable[[], Teams]  # the workspaces that it has a token for; None: all

    @property
    def lease_seconds(self) -> float: ...

    def publish_digest(self, planned: PlannedDigest) -> OutboxRow | None:
        """Returns the row as it is afterwards, or None when another process claimed it."""

    def publish_watch_message(self, planned: PlannedWatchMessage) -> OutboxRow | None:
        """Returns the row as it is afterwards, or None when another process claimed it."""

    def send_notice(self, row_id: int) -> None:
        """Claim and post a pending notice."""

    def reconcile(self, row_id: int) -> None:
        """Take over a row whose lease has expired, and find out what was posted."""


@dataclass
class RunReport:
    """What a run did."""

    posted: list[OutboxRow] = field(default_factory=list)
    reconciled: int = 0
    problems: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        sent = sum(row.state == "sent" for row in self.posted)
        counts = f"{sent} posted, {len(self.posted) - sent} not finished, {self.reconciled} settled"
        return "\n".join((counts, *self.problems))


class DigestRunner:
    """Posts what is due. Any number of processes may do so at the same time: the outbox decides which of them posts."""

    def __init__(
        self,
        builder: DigestBuilder,
        publisher: DeliveryPublisher,
        threads: int = 5,
        record_own_arrivals: Callable[[], object] = lambda: None,
    ) -> None:
        """`record_own_arrivals` records what arrived for single teams, after what arrived for everybody."""
        self.builder, self.publisher, self._record_own_arrivals = builder, publisher, record_own_arrivals
        self._threads = threads
        self._recorded_revision: int | None = None

    def run_due(self) -> RunReport:
        """Record what arrived, reconcile expired leases, then post digests, watch messages and notices.

        A failure in one channel stops no other. Workspaces of other processes, which share the database but not the
        token, are left to them.
        """
        report, publisher, outbox = RunReport(), self.publisher, self.builder.outbox
        publisher.blocked_teams.clear()
        self.record_arrivals()
        self.builder.subscriptions.bound_slots(publisher.now())
        self.builder.subscriptions.end_pauses(publisher.now())
        try:
            teams = publisher.served_teams()
        except OSError as error:
            report.problems.append(f"Nothing can be posted: {error}")
            return report
        expired = outbox.expired_ids(publisher.lease_now(), teams)
        self._run_concurrently(report, [partial(self._reconcile, row_id, report) for row_id in expired])
        self._run_concurrently(report, self._due_digests(report, teams))
        self._run_concurrently(report, self._due_watch_messages(report, teams))
        self._run_concurrently(
            report, [partial(publisher.send_notice, row_id) for row_id in outbox.pending_notice_ids(teams)]
        )
        report.problems += [f"Nothing can be posted for {team}: {why}" for team, why in publisher.blocked_teams.items()]
        return report

    def run_until_settled(self) -> RunReport:
        """Like `run_due`, then reconcile this run's own leases as they expire: for a process that ends afterwards."""
        report = self.run_due()
        for _ in range(MAX_RECONCILE_ROUNDS):
            lease_end = self.builder.outbox.next_lease_end(self.publisher.worker_name)
            wait = (lease_end or 0.0) - self.publisher.lease_now()
            if lease_end is None or wait > 3 * self.publisher.lease_seconds:
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
        """Record what arrived, when the catalogue has changed since the last time. Raises CatalogueError when it cannot
        be read.
        """
        catalog, supply = self.builder.catalog, self.builder.supply
        if supply is not None:
            supply.catch_up()
        with catalog.read_transaction():  # a damaged file is replaced, and found new at the next look
            revision = catalog.revision
            if revision != self._recorded_revision:
                self.builder.arrivals.sync(catalog, self.publisher.now())
                if supply is not None:
                    there = catalog.keys()
                    supply.revive(there)
                    self.builder.arrivals.record_gone(there, supply.gone, self.publisher.now())
                self._recorded_revision = revision
        self._record_own_arrivals()

    def record_at_start(self) -> None:
        """The same; where the catalogue cannot be read, the next run does it."""
        try:
            self.record_arrivals()
        except CatalogueError as error:
            log.warning("%s", error)

    def post_now(self, team: str, channel: str) -> OutboxRow | None:
        """Post a channel's digest now, due or not. None when nothing is new, or it is being posted already."""
        self.record_arrivals()
        subscriptions = self.builder.subscriptions.of_channel(team, channel)
        if not subscriptions:
            return None
        builder = self.builder.of_team(team)
        news = builder.new_arrivals(min(row.cursor for row in subscriptions))
        planned = builder.build_digest(team, channel, news, self.publisher.now(), on_request=True)
        return self.publisher.publish_digest(planned) if planned else None

    def due_channels(self, teams: Teams = None) -> list[tuple[str, str, list[Subscription]]]:
        """Channels of these teams, or of all, with something due: (team, channel, the subscriptions that are due)."""
        latest_seq, now = self.builder.arrivals.latest_seq(), self.publisher.now()
        active = (row for row in self.builder.subscriptions.active() if teams is None or row.team in teams)
        due = (row for row in active if self._is_due(row, latest_seq, now))
        return [
            (team, channel, list(rows))
            for (team, channel), rows in groupby(due, key=lambda row: (row.team, row.channel))
        ]

    def _is_due(self, subscription: Subscription, latest_seq: int, now: float) -> bool:
        try:
            return self.builder.due(subscription, latest_seq, now) is not None
        except ValueError as error:
            log.error("subscription %s of %s: %s", subscription.id, subscription.channel, error)
            return False

    def _due_digests(self, report: RunReport, teams: Teams) -> Iterator[Callable[[], None]]:
        channels = self.due_channels(teams)
        self.builder.forget_waiting_except({(team, channel) for team, channel, _ in channels})
        first = min((row.cursor for _, _, rows in channels for row in rows), default=0)
        views = self._views({team for team, _, _ in channels}, first, report)
        for team, channel, _ in in_turns(channels):
            if team in views:
                yield partial(self._post_digest, team, channel, views[team], report)

    def _views(self, teams: Collection[str], first_cursor: int, report: RunReport) -> dict[str, TeamNews]:
        """What each team sees of what arrived: read once for all that have nothing of their own. A team whose catalogue
        cannot be had now is left for the next run.
        """
        news_of_all: NewArrivals | None = None
        views = dict[str, TeamNews]()
        for team in teams:
            try:
                builder = self.builder.of_team(team)
                news = None if builder is self.builder else builder.new_arrivals(first_cursor)
            except Exception as error:  # whatever it is, it stops no other team
                reason = str(error) if isinstance(error, HalobotError) else type(error).__name__
                report.problems.append(f"Nothing is posted for {team} in this run: {reason}")
                continue
            if news is None:
                news = news_of_all = news_of_all or self.builder.new_arrivals(first_cursor)
            views[team] = builder, news
        return views

    def _post_digest(self, team: str, channel: str, view: TeamNews, report: RunReport) -> None:
        if team in self.publisher.blocked_teams:
            return
        builder, news = view
        planned = builder.build_digest(team, channel, news, self.publisher.now())
        row = self.publisher.publish_digest(planned) if planned else None
        report.posted += [row] if row else []

    def _due_watch_messages(self, report: RunReport, teams: Teams) -> Iterator[Callable[[], None]]:
        latest_seq = self.builder.arrivals.latest_seq()
        watches = [
            watch
            for watch in self.builder.watches.all()
            if watch.cursor < latest_seq and (teams is None or watch.team in teams)
        ]
        first = min((watch.cursor for watch in watches), default=0)
        views = self._views({watch.team for watch in watches}, first, report)
        for team, user in in_turns(list(dict.fromkeys((watch.team, watch.user) for watch in watches))):
            if team in views:
                yield partial(self._post_watch_message, team, user, views[team], report)

    def _post_watch_message(self, team: str, user: str, view: TeamNews, report: RunReport) -> None:
        if team in self.publisher.blocked_teams:
            return
        builder, news = view
        planned = builder.build_watch_message(team, user, news, self.publisher.now())
        row = self.publisher.publish_watch_message(planned) if planned else None
        report.posted += [row] if row else []

    def _reconcile(self, row_id: int, report: RunReport) -> None:
        self.publisher.reconcile(row_id)
        report.reconciled += 1

    def _run_concurrently(self, report: RunReport, jobs: Iterable[Callable[[], None]]) -> None:
        """Run the jobs in a few threads: a channel takes one message a second, so several are served at once."""

        def run(job: Callable[[], None]) -> None:
            try:
                job()
            except Exception as error:
                log.exception("a delivery failed; it is tried again")
                report.problems.append(f"A delivery failed ({describe_error(error)}); it is tried again.")

        with ThreadPoolExecutor(self._threads, "digest") as pool:
            for _ in pool.map(keep_reference(run), jobs):
                pass


OfTeam = TypeVar("OfTeam", bound=tuple[Any, ...])


def in_turns(rows: Sequence[OfTeam]) -> list[OfTeam]:
    """One row of each workspace in turn, which is its first value: how fast messages go into one workspace is limited,
    and nobody waits for another's.
    """
    by_team: dict[str, list[OfTeam]] = {}
    for row in rows:
        by_team.setdefault(row[0], []).append(row)
    return [row for turn in zip_longest(*by_team.values()) for row in turn if row is not None]


def start_scheduler(runner: DigestRunner, seconds: float = EVERY_SECONDS) -> RepeatedJob:
    """Run what is due every half minute from now on, in a thread of this process. Runs that a busy or sleeping machine
    missed become one.
    """

    def run() -> None:
        for problem in runner.run_due().problems:
            log.warning("digests: %s", problem)

    return RepeatedJob(seconds, run, "digests").start()
