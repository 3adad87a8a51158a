"""The threads that listeners run in, and how an answer is waited for."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

LISTENER_THREADS = 8  # at once; most compute for a millisecond, some wait for Slack
MAX_WAIT_SECONDS = 0.2  # seconds; Slack wants its ack within 3


class WaitingExecutor(ThreadPoolExecutor):
    """Waits a moment for what it was given to end, before it says that it has begun.

    Bolt's dispatcher looks every 10 ms whether a listener has acked. At 200 commands a second those looks take more of
    Python than the
    answers do. Nearly every listener has ended when this returns, so that there is nothing left to look for; a slow one
    goes on.
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As in any executor; returns when the work is done, or QUICK has passed."""
        future = super().submit(fn, *args, **kwargs)
        wait([future], MAX_WAIT_SECONDS)
        return future
