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
from collections.abc import Mapping
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
from tests.drill.chaos.hurry import hurry
from tests.drill.worker import TIMING

PRELOAD = [
    "tests.drill.chaos.process", "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg",
    "psycopg_binary", "bot.search.service", "bot.slack.app", "bot.digests.runner", "bot.storage.stores",
    "bot.catalog.seeds",
    "bot.slack.publisher", "bot.ingest.catalog_upkeep", "bot.storage.upgrade", "alembic.command",
    "bot.ingest.seed_loading", "bot.storage.peek", "bot.slack.ending", "bot.slack.membership", "bot.slack.self_facts",
]  # fmt: skip
EVERY_SECONDS = 0.3


class Deaths(logging.Handler):
    """Ends this process for good where it is told to: at a step of the publisher's, before or after a commit."""

    def __init__(self, told: Connection) -> None:
        super().__init__(logging.DEBUG)
        self._told = told
        self.kind, self.steps = "", ()  # type: tuple[str, tuple[str, ...]]

    def emit(self, record: logging.LogRecord) -> None:
        is_step = record.msg.startswith("step ") and isinstance(record.args, tuple)
        if is_step and record.args[0] in self.steps:  # type: ignore[index]
            self.die()

    def watch(self, engine: Engine) -> None:
        """Commits of this database."""

        def committing(connection: Any) -> None:
            connection.info["commits"] = True
            if self.kind == "killed: before a commit":
                self.die()

        def given_back(_: object, record: Any) -> None:
            if record.info.pop("commits", False) and self.kind == "killed: after a commit":
                self.die()

        event.listen(engine, "commit", committing)
        event.listen(engine, "checkin", given_back)

    def die(self) -> None:
        """Here and now; the parent hears of it."""
        self._told.send(self.kind)
        os.kill(os.getpid(), signal.SIGKILL)


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
    logging.getLogger().setLevel(logging.CRITICAL)
    if log := environment.get("CHAOS_LOG"):
        logging.basicConfig(
            filename=log,
            level=logging.WARNING,
            force=True,
            format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s",
        )
        _log_jobs()
    application = Application(settings, timing=TIMING)
    deaths = Deaths(orders)
    deaths.watch(application.engine)
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
    threading.Thread(target=_obey, args=(orders, deaths), daemon=True).start()
    orders.send("ready")
    http_app = build_http_app(app, settings.slack_signing_secret or "")
    serve(http_app, "127.0.0.1", port, "critical", application.ending.begin)
    app.listener_runner.listener_executor.shutdown()
    application.ending.finish()


def _log_jobs() -> None:
    """What comes of each attempt at a job, in the log."""
    record = JobRunner._record

    def logged(self: JobRunner, run: JobRun) -> None:
        logging.warning("job %s, attempt %s: %s", run.job.key, run.job.attempts, run.retry or "done")
        record(self, run)

    JobRunner._record = logged  # type: ignore[method-assign]


def _obey(orders: Connection, deaths: Deaths) -> None:
    """Do what the drill says, one order at a time."""
    while True:
        try:
            name, value = orders.recv()
        except (EOFError, OSError):
            return
        if name == "die":
            deaths.kind, deaths.steps = value
        elif name == "clock":
            wrong_clock.set_wrong(value)
