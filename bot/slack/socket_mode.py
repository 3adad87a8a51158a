"""The connections to Slack by Socket Mode, with a limit on how long a delivery waits for its turn."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.internals import send_response
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.background import RepeatedJob
from bot.problems import ProblemList
from bot.references import with_reference
from bot.slack.connections import LOOK_SECONDS, ConnectionWatchdog
from bot.slack.health_pages import HealthPages
from bot.slack.overload import MAX_WAIT_SECONDS, MAX_WAITING, TURNS, busy_response
from bot.slack.shutdown import Shutdown, wait_in_main_thread
from bot.slack.startup import wait_for_slack

log = logging.getLogger(__name__)
CONNECTIONS = 2  # so that one is there while the other is replaced; Slack allows ten of an app
PING_SECONDS = 10.0


class DeliveryThreads(ThreadPoolExecutor):
    """The threads that deliveries are answered in; each knows whether the one at hand came too late or is too many."""

    def __init__(self) -> None:
        super().__init__(TURNS, "delivery")
        self._here = threading.local()
        self._lock, self._waiting = threading.Lock(), 0

    @property
    def is_refusing(self) -> bool:
        """Whether what this thread is at has to be refused."""
        return getattr(self._here, "is_refusing", False)

    @property
    def waited(self) -> float:
        """The seconds since what this thread is at has arrived."""
        return time.monotonic() - getattr(self._here, "arrived", time.monotonic())

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As in any executor. When too many wait, it is refused here and now."""
        with self._lock:
            is_full = self._waiting >= MAX_WAITING
            self._waiting += not is_full
        if not is_full:
            return super().submit(self._take_turn, time.monotonic(), fn, *args, **kwargs)
        refused: Future[Any] = Future()
        refused.set_result(self._run(True, time.monotonic(), fn, *args, **kwargs))
        return refused

    def _take_turn(self, arrived: float, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self._lock:
            self._waiting -= 1
        return self._run(time.monotonic() - arrived > MAX_WAIT_SECONDS, arrived, fn, *args, **kwargs)

    def _run(self, is_refusing: bool, arrived: float, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._here.is_refusing, self._here.arrived = is_refusing, arrived
        try:
            with with_reference():
                return fn(*args, **kwargs)
        finally:
            self._here.is_refusing = False


class BoundedSocketModeHandler(SocketModeHandler):
    """Bolt's handler, which refuses what would be answered too late."""

    def __init__(
        self,
        app: App,
        app_token: str,
        health: HealthPages | None = None,
        threads: DeliveryThreads | None = None,
        ping_interval: float = 10.0,
    ) -> None:
        super().__init__(app, app_token, ping_interval=ping_interval)
        self._health = health
        self.client.message_workers.shutdown()
        self._threads = self.client.message_workers = threads or DeliveryThreads()

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer a delivery, or say that there is too much to do."""
        if self._health:
            self._health.note_delivery()
        if self._threads.is_refusing:
            send_response(client, req, busy_response(req.payload), time.time())
        else:
            super().handle(client, req)
        if self._health:
            self._health.note_acknowledged(self._threads.waited)


def serve_socket_mode(
    app: App,
    app_token: str,
    ending: Shutdown,
    problems: ProblemList,
    health: HealthPages | None,
    on_replaced: Callable[[str], object],
) -> None:
    """Connect, as soon as Slack can be reached, and stay until the process is ending; it ends by itself where no
    connection can be had any more. Raises SlackError when Slack refuses the token.
    """
    threads = DeliveryThreads()
    handlers = [BoundedSocketModeHandler(app, app_token, health, threads, PING_SECONDS) for _ in range(CONNECTIONS)]
    watchdog = ConnectionWatchdog([handler.client for handler in handlers], problems, ending.fail, on_replaced)
    if wait_for_slack(handlers[0].connect, "SLACK_APP_TOKEN", ending.begun):
        log.info("Connected to Slack by Socket Mode")
        looks = RepeatedJob(LOOK_SECONDS, watchdog.look, "connections").start()
        wait_in_main_thread(ending.begun)
        looks.shutdown(wait=False)
    with ThreadPoolExecutor(CONNECTIONS) as closing:  # each waits for its blocking reads
        list(closing.map(lambda handler: handler.close(), handlers))
