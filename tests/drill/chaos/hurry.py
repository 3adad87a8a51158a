"""Makes a process of the bot wait for seconds where it waits for minutes, hours and days, so that ten minutes are
enough. What it does is the same.
"""

from typing import Any

from bot.digests import builder, entry_supply
from bot.slack import job_client, jobs, publisher
from bot.slack.publisher import LeaseTiming
from bot.storage import database, lease_clock, patience

TIMING = LeaseTiming(timeout=1.0, grace=2.0)  # a busy machine answers within that
JOB_LEASE = 8.0
JOB_TIMEOUT = 1
WAITS = (
    (publisher, "REFUSED_RETRY_SECONDS", 1.0),
    (publisher, "UNAVAILABLE_RETRY_SECONDS", 1.0),
    (builder, "REFUSED_CHANNEL_RETRY_SECONDS", 1.0),
    (entry_supply, "RESTORE_EVERY_SECONDS", 2.0),
    (patience, "ANSWER_SECONDS", 1.5),
    (database, "POOL_SECONDS", 2.0),
    (lease_clock, "MEASURE_EVERY_SECONDS", 2.0),
    (jobs, "SETTLE_SECONDS", 3.0),
    (jobs, "MAX_RETRY_SECONDS", 2.0),
    (jobs, "REFUSE_SECONDS", 0.5),
    (jobs, "LOOK_EVERY_SECONDS", 0.2),
    (job_client, "LEASE_MARGIN_SECONDS", 4.0),
)


def hurry() -> None:
    """Set them all. An unknown one raises AttributeError: the drill would wait for days."""
    for module, name, seconds in WAITS:
        getattr(module, name)
        setattr(module, name, seconds)
    jobs.JobRunner.__init__.__defaults__ = (*jobs.JobRunner.__init__.__defaults__[:-1], JOB_LEASE)  # type: ignore[misc]
    usual = job_client.JobClient.__init__

    def quicker(self: Any, *args: Any, **more: Any) -> None:
        usual(self, *args, **more)
        self.timeout = JOB_TIMEOUT

    job_client.JobClient.__init__ = quicker  # type: ignore[method-assign]
