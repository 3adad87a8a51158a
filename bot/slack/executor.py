"""Where Bolt runs listeners: in the thread that brought the request, which waits for its acknowledgement anyway."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any


class InlineExecutor(Executor):
    """Runs what it is given at once, in the caller's thread.

    Bolt hands listeners to an executor and polls every 10 ms whether they have acked. Ours either answer in their ack
    or are jobs with threads of their own, so nothing is gained by another thread. `on_shutdown` ends those.
    """

    def __init__(self, on_shutdown: Callable[[], None]) -> None:
        self._on_shutdown = on_shutdown

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As in any executor; the work is done when it returns."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the threads of what works beside listeners."""
        self._on_shutdown()
