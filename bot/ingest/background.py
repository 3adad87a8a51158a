"""Runs something again and again in a thread of this process, beside answering."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

MISFIRE_GRACE_SECONDS = 6 * 3600  # APScheduler's default is one second: a busy machine would skip a turn unnoticed


def run_every(seconds: float, job: Callable[[], object], name: str, first: datetime) -> "BackgroundScheduler":
    """Run a job at `first` and every so many seconds from then on. Turns never overlap; missed ones are made up for by
    one. `shutdown(wait=False)` of the result ends it.
    """
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(
        job,
        "interval",
        seconds=seconds,
        id=name,
        next_run_time=first,
        misfire_grace_time=MISFIRE_GRACE_SECONDS,
        coalesce=True,
        max_instances=1,
    )
    scheduler.start()
    return scheduler
