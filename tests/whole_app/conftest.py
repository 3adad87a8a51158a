"""The whole app as production wires it, against the Slack stand-in: by signed HTTP requests and by Socket Mode."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot import wiring
from bot.http import PATH, http_app
from bot.playground import Playground
from bot.playground.server import ServerThread
from bot.settings import Settings, read_settings

WAYS = ("http", "socket")


@pytest.fixture
def slack() -> Iterator[Playground]:
    """A fresh Slack for one machine."""
    with Playground() as playground:
        yield playground


@pytest.fixture
def settings(slack: Playground, tmp_path: Path, shipped_file: Path) -> Settings:
    """What an operator would have in .env, for this Slack."""
    catalogue = shutil.copy(shipped_file, tmp_path / "catalog.db")
    values = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "HALO_CATALOG": str(catalogue),
        "HALO_WORKSPACE_URL": f"sqlite:///{tmp_path / 'workspace.db'}",
    }
    return read_settings(values, tmp_path / "no.env")


@contextmanager
def running(way: str, slack: Playground, settings: Settings) -> Iterator[None]:
    """The app, connected; leaving the block is what a restart does to it."""
    app = wiring.slack_app(settings)
    if way == "http":
        server = ServerThread(http_app(app))
        server.start()
        slack.app_url = f"http://127.0.0.1:{server.port}{PATH}"
        yield
        server.stop()
    else:
        handler = SocketModeHandler(app, settings.slack_app_token, ping_interval=0.2)
        handler.connect()
        slack.wait_connected()
        yield
        _close(handler, slack)
    app.listener_runner.listener_executor.shutdown()


def _close(handler: SocketModeHandler, slack: Playground) -> None:
    """What closing does, without the SDK's three seconds of waiting for its blocking reads: those are ended first."""
    handler.client.auto_reconnect_enabled = handler.client.default_auto_reconnect_enabled = False
    handler.client.closed = True
    slack.disconnect_sockets(None)
    deadline = time.monotonic() + 2
    while handler.client.is_connected() and time.monotonic() < deadline:
        time.sleep(0.01)
    handler.client.enqueue_message("")
    handler.close()


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """How Slack reaches the app."""
    return str(request.param)


@pytest.fixture
def halo(way: str, slack: Playground, settings: Settings) -> Iterator[Playground]:
    """Slack, with the app running in it."""
    with running(way, slack, settings):
        yield slack


@pytest.fixture
def restart(way: str, slack: Playground, settings: Settings) -> Callable[[], object]:
    """Runs the app anew for a `with` block."""
    return lambda: running(way, slack, settings)
