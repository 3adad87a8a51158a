"""One process of the whole bot, with its faults from within: it ends itself at a step or beside a commit, and its clock
goes wrong. Started through the fork server, as the drill's other workers.
"""

# ruff: noqa: I001
import tests.drill.chaos.clock as wrong_clock  # first: it replaces time.time

import logging
import os
import signal
import sys
import threading
from collections.abc import Collection, Mapping
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import Engine, event

from bot.app import Application
from bot.background import RepeatedJob
from bot.errors import HalobotError
from bot.settings import read_settings
from bot.slack.http import build_http_app
from bot.slack.http_server import serve
from bot.slack.jobs import JobRun, JobRunner
from bot.slack.rate_limiter import RateLimiter
from tests.drill.chaos.hurry import TIMING, hurry
from tests.drill.chaos.surroundings import Disk, Network, Teller

PRELOAD = [
    "tests.drill.chaos.process", "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg",
    "psycopg_binary", "bot.search.service", "bot.slack.app", "bot.digests.runner", "bot.storage.stores",
    "bot.catalog.seeds",
    "bot.slack.publisher", "bot.ingest.catalog_upkeep", "bot.storage.upgrade", "alembic.command",
    "bot.ingest.seed_loading", "bot.storage.peek", "bot.slack.shutdown", "bot.slack.channel_membership",
    "bot.slack.self_facts",
]  # fmt: skip
EVERY_SECONDS = 0.3


class Deaths(logging.Handler):
    """Ends this process, for good or as by SIGTERM, where it is told to: at a step of the publisher's or of a job's,
    before or after a commit.
    """

    def __init__(self, told: Teller) -> None:
        super().__init__(logging.DEBUG)
        self._told = told
        self.places: Mapping[str, Collection[str]] = {}  # the steps of each kind of end

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith("step ") and isinstance(record.args, tuple):
            self.at(str(record.args[0]))

    def at(self, step: str) -> None:
        """It came here."""
        kind = next((kind for kind, steps in self.places.items() if step in steps), "")
        if kind:
            self.places = {}  # another thread may come by
            self._told.tell(kind)
            os.kill(os.getpid(), signal.SIGTERM if kind.startswith("SIGTERM") else signal.SIGKILL)

    def watch(self, engine: Engine) -> None:
        """Commits of this database."""

        def committing(connection: Any) -> None:
            connection.info["commits"] = True
            self.at("before a commit")

        def given_back(_: object, record: Any) -> None:
            if record.info.pop("commits", False):
                self.at("after a commit")

        event.listen(engine, "commit", committing)
        event.listen(engine, "checkin", given_back)


def run(environment: Mapping[str, str], port: int, offset: float, orders: Connection) -> None:
    """Be the bot until somebody ends it. `offset`: seconds that days are ahead for digests."""
    try:
        _run(environment, port, offset, orders)
    except HalobotError as error:  # it does not start: whoever supervises it tries again
        logging.warning("not started: %s", error)
        sys.exit(1)


def _run(environment: Mapping[str, str], port: int, offset: float, orders: Connection) -> None:
    hurry()
    settings = read_settings(environment)
    logging.disable(logging.NOTSET)
    logging.raiseExceptions = False  # a log that cannot be written, on a disk that is full
    logging.getLogger().setLevel(logging.CRITICAL)
    if log := environment.get("CHAOS_LOG"):
        logging.basicConfig(
            filename=log,
            level=logging.WARNING,
            force=True,
            format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s",
        )
    application = Application(settings, timing=TIMING)
    teller = Teller(orders)
    deaths, network = Deaths(teller), Network(teller)
    network.install()
    deaths.watch(application.engine)
    _watch_jobs(deaths)
    logger = logging.getLogger("bot.slack.publisher")
    logger.setLevel(logging.DEBUG)
    logger.addHandler(deaths)
    app = application.build_bolt_app()
    publisher = application.digest_runner.publisher
    now, lease_now = publisher.now, publisher.lease_now
    publisher.now, publisher.lease_now = (lambda: now() + offset), (lambda: lease_now() + offset)
    publisher.rate_limiter = RateLimiter(60_000, 0.0)
    RepeatedJob(EVERY_SECONDS, application.digest_runner.run_due, "digests").start()
    application.ending.install()
    disk = Disk(settings.catalog.parent, teller)
    threading.Thread(target=_obey, args=(orders, deaths, network, disk, teller), daemon=True).start()
    teller.tell("ready")
    http_app = build_http_app(app, settings.slack_signing_secret or "")
    serve(http_app, "127.0.0.1", port, "critical", application.ending.begin)
    app.listener_runner.listener_executor.shutdown()
    application.ending.finish()


def _watch_jobs(deaths: Deaths) -> None:
    """The steps of jobs, and what comes of each attempt, in the log."""
    attempt, record = JobRunner._attempt, JobRunner._record

    def attempted(self: JobRunner, run: JobRun) -> None:
        deaths.at("a job begins")
        attempt(self, run)
        deaths.at("a job was tried")

    def recorded(self: JobRunner, run: JobRun) -> None:
        logging.warning("job %s, attempt %s: %s", run.job.key, run.job.attempts, run.retry or "done")
        record(self, run)
        deaths.at("a job is recorded")

    JobRunner._attempt, JobRunner._record = attempted, recorded  # type: ignore[method-assign]


def _obey(orders: Connection, deaths: Deaths, network: Network, disk: Disk, teller: Teller) -> None:
    """Do what the drill says, one order at a time."""
    while True:
        try:
            name, value = orders.recv()
        except (EOFError, OSError):
            return
        if name == "die":
            deaths.places = value
        elif name == "clock":
            kind, seconds = value
            wrong_clock.set_wrong(seconds)
            if kind:
                teller.tell(kind)
        elif name == "addresses":
            network.kind, network.dead = value
        elif name == "disk":
            disk.fill(value)
