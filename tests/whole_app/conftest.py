"""The whole app as production wires it, against the Slack stand-in: by signed HTTP requests and by Socket Mode."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.app import Application
from bot.playground.server import ServerThread
from bot.settings import Settings, read_settings
from bot.slack import debounce, jobs, overload, socket_mode
from bot.slack.http import EVENTS_PATH, build_http_app
from bot.slack.socket_mode import BoundedSocketModeHandler
from tests.whole_app.acting import PATIENCE, SlackStandIn
from tests.whole_app.place import Place
from tests.whole_app.ways_in import WaysIn

TRANSPORTS = ("http", "socket")
BOTH_WAYS = pytest.mark.parametrize("way", TRANSPORTS)  # for modules about what differs between the two


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The waits of what failed are short here: the stand-in stores at once what it does not confirm. What is refused
    for lateness is tested where that is meant: a busy machine is late everywhere.
    """
    for module in (overload, socket_mode):  # over HTTP, and by Socket Mode
        monkeypatch.setattr(module, "MAX_WAIT_SECONDS", PATIENCE)
    monkeypatch.setattr(jobs, "SETTLE_SECONDS", 0.5)
    monkeypatch.setattr(jobs, "LOOK_EVERY_SECONDS", 0.1)
    monkeypatch.setattr(debounce, "REST_SECONDS", 0.1)


@pytest.fixture
def slack() -> Iterator[SlackStandIn]:
    """A fresh Slack for one machine."""
    with SlackStandIn(ack_timeout=PATIENCE) as playground:
        yield playground


@pytest.fixture(scope="session")
def started(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that has started once: its catalogue is loaded, and all that is in it has been
    seen. Copy it.
    """
    folder = tmp_path_factory.mktemp("started")
    shutil.copy(shipped_file, folder / "catalog.db")
    values = {
        "HALO_CATALOG": str(folder / "catalog.db"),
        "HALO_WORKSPACE_URL": f"sqlite:///{folder / 'workspace.db'}",
        "HALO_SEEDS": "seeds",
    }
    services = Application(read_settings(values, folder / "no.env")).services
    services.search.search("jira")
    services.search.catalog.close()
    return folder


@pytest.fixture
def settings(slack: SlackStandIn, tmp_path: Path, started: Path) -> Settings:
    """What an operator would have in .env, for this Slack."""
    return settings_in(tmp_path, slack, started)


@pytest.fixture(scope="module")
def everywhere(started: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WaysIn]:
    """Every way in to one app that a module's tests share."""
    with SlackStandIn(ack_timeout=PATIENCE) as playground:
        settings = settings_in(tmp_path_factory.mktemp("everywhere"), playground, started)
        with running("http", playground, settings):
            application = Application(settings, playground.now)
            yield WaysIn(playground, application)
            application.search.catalog.close()


def settings_in(folder: Path, slack: SlackStandIn, started: Path) -> Settings:
    """The settings of an installation in a folder, for this Slack."""
    for file in started.iterdir():
        shutil.copy(file, folder)
    values = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "HALO_CATALOG": str(folder / "catalog.db"),
        "HALO_WORKSPACE_URL": f"sqlite:///{folder / 'workspace.db'}",
    }
    return read_settings(values, folder / "no.env")


@contextmanager
def running(way: str, slack: SlackStandIn, settings: Settings) -> Iterator[None]:
    """The app, connected; leaving the block is what a restart does to it."""
    application = Application(settings, slack.now)
    bolt_app = application.build_bolt_app()
    slack.jobs = application.services.jobs
    if way == "http":
        server = ServerThread(build_http_app(bolt_app, settings.slack_signing_secret))
        server.start()
        slack.app_url = f"http://127.0.0.1:{server.port}{EVENTS_PATH}"
        yield
        server.stop()
    else:
        # The SDK's own ping interval: with a short one, a machine that stalls for a second counts as a dead connection.
        handler = BoundedSocketModeHandler(bolt_app, settings.slack_app_token or "")
        handler.connect()
        slack.wait_connected()
        yield
        _close(handler, slack)
    bolt_app.listener_runner.listener_executor.shutdown()
    application.engine.dispose()


def _close(handler: SocketModeHandler, slack: SlackStandIn) -> None:
    """What closing does, without the SDK's three seconds of waiting for its blocking reads: those are ended first."""
    handler.client.auto_reconnect_enabled = handler.client.default_auto_reconnect_enabled = False
    handler.client.closed = True
    slack.disconnect_sockets(None)
    deadline = time.monotonic() + 2
    while handler.client.is_connected() and time.monotonic() < deadline:
        time.sleep(0.01)
    handler.client.enqueue_message("")
    handler.close()


@pytest.fixture
def way(request: pytest.FixtureRequest) -> str:
    """How Slack reaches the app: one way for each test, chosen by its name; see BOTH_WAYS."""
    return TRANSPORTS[crc32(request.node.name.encode()) % len(TRANSPORTS)]


@pytest.fixture
def halo(way: str, slack: SlackStandIn, settings: Settings) -> Iterator[SlackStandIn]:
    """Slack, with the app running in it."""
    with running(way, slack, settings):
        yield slack


@pytest.fixture
def restart(way: str, slack: SlackStandIn, settings: Settings) -> Callable[[], object]:
    """Runs the app anew for a `with` block."""
    return lambda: running(way, slack, settings)


@pytest.fixture
def restart_with(way: str, slack: SlackStandIn, settings: Settings) -> Callable[..., object]:
    """The same with other settings."""
    return lambda **changed: running(way, slack, replace(settings, **changed))


@pytest.fixture
def place(halo: SlackStandIn, settings: Settings) -> Iterator[Place]:
    """It is Sunday 29 November 2026, and no digest is set up."""
    halo.set_clock(datetime(2026, 11, 29, 7, tzinfo=UTC))
    application = Application(settings, halo.now)
    yield Place(halo, application)
    application.catalog.close()


@pytest.fixture
def billing(place: Place) -> Place:
    """Billing comes on Mondays at 9."""
    place.said("subscribe billing mondays 9am london")
    return place


@pytest.fixture
def unchanged_billing(billing: Place) -> Iterator[Place]:
    """The same, and nothing of what is said changes that."""
    before = billing.stored()
    yield billing
    assert billing.stored() == before
