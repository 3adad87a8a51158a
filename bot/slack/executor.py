"""The threads that listeners run in."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

LISTENER_THREADS = 8  # at once: most answer within milliseconds, some wait for Slack or another server
MAX_WAIT_SECONDS = 0.2  # Slack wants its ack within 3


class WaitingExecutor(ThreadPoolExecutor):
    """A thread pool whose `submit` waits a moment for the work to end.

    Bolt polls every 10 ms whether a listener has acked. With this, nearly every listener has acked before Bolt looks:
    measured in one process, a command alone is acked in 1 ms instead of 11. A slow listener goes on in its thread.
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As in any executor; returns when the work is done, or MAX_WAIT_SECONDS have passed."""
        future = super().submit(fn, *args, **kwargs)
        wait([future], MAX_WAIT_SECONDS)
        return future
