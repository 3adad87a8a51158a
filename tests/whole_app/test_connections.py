"""Socket Mode with two connections, as the bot runs it: what Slack delivers arrives while one of them is replaced, cut
or deaf; and where none can be had, the process ends for its supervisor.
"""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from bot.app import Application
from bot.settings import Settings
from bot.slack import connections, socket_mode
from bot.slack.shutdown import Shutdown
from bot.slack.socket_mode import serve_socket_mode
from tests.whole_app.relay import SlackBehindRelay, close_what_is_left
from tests.whole_app.test_ending import wait_for

pytestmark = pytest.mark.long


@pytest.fixture
def slack() -> Iterator[SlackBehindRelay]:
    """A Slack whose connections can go deaf."""
    with SlackBehindRelay() as playground:
        yield playground


class Connected:
    """The bot, connected in a thread."""

    def __init__(self, application: Application) -> None:
        self.application, self.replaced = application, list[str]()
        self.codes: list[int] = []
        self.ending = Shutdown(self.codes.append)
        self.app = application.build_bolt_app()
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        token = self.application.settings.slack_app_token or ""
        serve_socket_mode(self.app, token, self.ending, self.application.problems, None, self.replaced.append)
        self.ending.finish()

    def problems(self) -> list[str]:
        return [problem.key for problem in self.application.problems.current()]


@pytest.fixture
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds instead of minutes."""
    for name, seconds in (("DEAF_SECONDS", 6.0), ("NOT_CONNECTED_SECONDS", 4.0)):
        monkeypatch.setattr(connections, name, seconds)
    monkeypatch.setattr(connections, "FIRST_WAIT_SECONDS", 0.5)
    monkeypatch.setattr(connections, "MAX_WAIT_SECONDS", 1.0)
    monkeypatch.setattr(socket_mode, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(socket_mode, "PING_SECONDS", 2.0)


@pytest.fixture
def connect(slack: SlackBehindRelay, settings: Settings) -> Iterator[Callable[[], Connected]]:
    """Connects the bot, twice; ends it afterwards."""
    started: list[Connected] = []

    def connect_now() -> Connected:
        started.append(Connected(Application(settings, slack.now)))
        slack.wait_connected(2, timeout=60)
        return started[-1]

    yield connect_now
    for one in started:
        one.ending.begun.set()
        one.thread.join(20)
        one.app.listener_runner.listener_executor.shutdown()
        one.application.engine.dispose()
    close_what_is_left()


def acked(slack: SlackBehindRelay, count: int) -> int:
    """How many of so many commands are answered."""
    return sum(slack.command("/halo", "jira default status").acked for _ in range(count))


@pytest.mark.parametrize("reason", ["refresh_requested", None])
def test_one_is_replaced(
    slack: SlackBehindRelay, connect: Callable[[], Connected], impatience: None, reason: str | None
) -> None:
    """At Slack's wish, or because it was cut: what comes at the same moment is answered over the other one, and a
    moment later there are two again.
    """
    one = connect()
    assert acked(slack, 4) == 4
    slack.disconnect_sockets(reason, only_first=True)
    wait_for(lambda: slack.sockets.connections < 2 or one.replaced)
    assert acked(slack, 4) == 4
    wait_for(lambda: slack.sockets.connections == 2 and one.replaced)
    assert acked(slack, 4) == 4


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # see `close_what_is_left`
def test_both_deaf(slack: SlackBehindRelay, connect: Callable[[], Connected], impatience: None) -> None:
    """Nothing comes through any more, and nobody says so: noticed, replaced, and all is answered again."""
    one = connect()
    time.sleep(1.0)  # until the watchdog has looked at both: a first connection takes the place of none
    slack.relay.deafen()
    wait_for(lambda: one.problems() != [])
    wait_for(lambda: one.replaced and one.problems() == [])
    slack.relay.close_deaf()  # of which the stand-in knew as little as Slack would
    wait_for(lambda: slack.sockets.connections == 2)
    assert acked(slack, 4) == 4
    assert one.codes == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # see `close_what_is_left`
def test_none_can_be_had(
    slack: SlackBehindRelay, connect: Callable[[], Connected], impatience: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each new connection is deaf, too: after a while the process ends with 1, to be started anew."""
    monkeypatch.setattr(connections, "GIVE_UP_SECONDS", 12.0)
    one = connect()
    slack.relay.takes_new = False
    slack.relay.deafen()
    wait_for(lambda: one.ending.begun.is_set())
    one.thread.join(30)
    assert one.codes[:1] == [1]
