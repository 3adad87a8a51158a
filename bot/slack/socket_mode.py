"""The connection to Slack by Socket Mode."""

import logging
import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

log = logging.getLogger(__name__)


def serve_socket_mode(app: App, app_token: str, ended: threading.Event) -> None:
    """Connect and stay until `ended` is set."""
    handler = SocketModeHandler(app, app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    log.info("Connected to Slack by Socket Mode")
    ended.wait()
    handler.close()  # type: ignore[no-untyped-call]
