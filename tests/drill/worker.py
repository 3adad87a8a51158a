"""One process of the bot's that posts what is due until it is stopped: the real wiring, with leases of seconds instead
of half minutes.

It is started through multiprocessing's fork server, which has everything imported already, so that hundreds can be
started and killed.
"""

import logging
import os
import signal
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection

from bot.app import Application
from bot.settings import read_settings
from bot.slack.publisher import LeaseTiming
from bot.slack.rate_limiter import RateLimiter

TIMING = LeaseTiming(timeout=0.5, grace=0.5)
PRELOAD = [
    "tests.drill.worker", "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg", "psycopg_binary",
    "slack_sdk.web.client", "bot.search.service",
    "bot.digests.runner", "bot.storage.database", "bot.catalog.seeds", "bot.catalog.repository",
]  # fmt: skip


class KillAt(logging.Handler):
    """Ends this process for good, the nth time that it logs a step of the publisher's: `posted`, or `posted:1` for that
    part.
    """

    def __init__(self, step: str, times: int) -> None:
        super().__init__(logging.DEBUG)
        self._step, part = step.rsplit(":", 1) if step[-1].isdigit() else (step, None)
        self._part = int(part) if part else None
        self._left = times

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith("step ") and record.args[0] == self._step and self._part in (None, record.args[2]):  # type: ignore[index]
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def run(environment: Mapping[str, str], offset: float, kill_at: str | None, times: int, ready: Connection) -> None:
    """Post what is due, again and again, until somebody ends us. `offset`: seconds that the clock is ahead."""
    settings = read_settings(environment)
    logging.disable(logging.NOTSET)
    logging.getLogger().setLevel(logging.CRITICAL)
    digests = Application(settings, timing=TIMING).digest_runner
    lease_now = digests.publisher.lease_now
    digests.publisher.now = lambda: time.time() + offset
    digests.publisher.lease_now = lambda: lease_now() + offset  # time that passed, and no wrong clock
    digests.publisher.rate_limiter = RateLimiter(settings.digest_posts_per_minute, 0.0)
    if kill_at:
        logger = logging.getLogger("bot.slack.publisher")
        logger.setLevel(logging.DEBUG)
        logger.addHandler(KillAt(kill_at, times))
    ready.send("ready")
    while True:
        digests.run_due()
        time.sleep(0.05)
