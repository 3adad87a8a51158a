"""The connection to Slack by Socket Mode, with a limit on how long a delivery waits for its turn."""

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

from bot.references import with_reference
from bot.slack.health_pages import HealthPages
from bot.slack.overload import MAX_WAIT_SECONDS, MAX_WAITING, TURNS, busy_response
from bot.slack.startup import wait_for_slack

log = logging.getLogger(__name__)


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

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As in any executor. When too many wait, it is refused here and now."""
        with self._lock:
            is_full = self._waiting >= MAX_WAITING
            self._waiting += not is_full
        if not is_full:
            return super().submit(self._take_turn, time.monotonic(), fn, *args, **kwargs)
        refused: Future[Any] = Future()
        refused.set_result(self._run(True, fn, *args, **kwargs))
        return refused

    def _take_turn(self, arrived: float, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self._lock:
            self._waiting -= 1
        return self._run(time.monotonic() - arrived > MAX_WAIT_SECONDS, fn, *args, **kwargs)

    def _run(self, is_refusing: bool, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._here.is_refusing = is_refusing
        try:
            with with_reference():
                return fn(*args, **kwargs)
        finally:
            self._here.is_refusing = False


class BoundedSocketModeHandler(SocketModeHandler):
    """Bolt's handler, which refuses what would be answered too late."""

    def __init__(self, app: App, app_token: str, health: HealthPages | None = None) -> None:
        super().__init__(app, app_token)
        self._health = health
        self.client.message_workers.shutdown()
        self._threads = self.client.message_workers = DeliveryThreads()

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Answer a delivery, or say that there is too much to do."""
        if self._health:
            self._health.note_delivery()
        if self._threads.is_refusing:
            send_response(client, req, busy_response(req.payload), time.time())
        else:
            super().handle(client, req)


def serve_socket_mode(app: App, app_token: str, ended: threading.Event, health: HealthPages | None = None) -> None:
    """Connect, as soon as Slack can be reached, and stay until `ended` is set. Raises SlackError when Slack refuses the
    token.
    """
    handler = BoundedSocketModeHandler(app, app_token, health)
    if wait_for_slack(handler.connect, "SLACK_APP_TOKEN", ended):
        log.info("Connected to Slack by Socket Mode")
        ended.wait()
    handler.close()  # type: ignore[no-untyped-call]
