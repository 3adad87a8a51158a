"""Runs `Watch.read_due` every minute in the background, by APScheduler 3."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

    from bot.ingest.poller import SourcePoller

POLL_SECONDS = 60
MISFIRE_GRACE_SECONDS = 6 * 3600  # APScheduler's own is one second: a busy machine would skip a turn without a word


def start_polling(
    watch: "SourcePoller", now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> "BackgroundScheduler":
    """A running scheduler; `shutdown(wait=False)` ends it. Turns never overlap, and missed ones are made up for
    once.
    """
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(
        lambda: watch.poll_due(now()), "interval", seconds=POLL_SECONDS, id="sources", next_run_time=now(),
        misfire_grace_time=MISFIRE_GRACE_SECONDS, coalesce=True, max_instances=1,
    )  # fmt: skip
    scheduler.start()
    return scheduler
