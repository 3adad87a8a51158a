"""The watchdog of Socket Mode's connections, with a clock that the test moves and clients that do as it says."""

from types import SimpleNamespace

import pytest

from bot.problems import ProblemList
from bot.slack.connections import (
    DEAF_SECONDS,
    GIVE_UP_SECONDS,
    HANGING_SECONDS,
    MAX_WAIT_SECONDS,
    NOT_CONNECTED_SECONDS,
    SETTLED_SECONDS,
    ConnectionWatchdog,
)


class FakeClient:
    """Stands in for the SDK's client: the session it has, and what becomes of an attempt at a new one."""

    def __init__(self) -> None:
        self.on_message_listeners: list[object] = []
        self.current_session: SimpleNamespace | None = None
        self.attempts: list[bool] = []
        self.can_connect = True
        self.number = 0
        self.pongs = True

    def is_connected(self) -> bool:
        return self.current_session is not None and self.current_session.is_active()

    def session_id(self) -> str | None:
        return self.current_session and self.current_session.session_id

    def connect_to_new_endpoint(self, force: bool = False) -> None:
        self.attempts.append(force)
        if not self.can_connect:
            raise OSError("no network")
        if force or not self.is_connected():
            self.open()

    def open(self) -> None:
        """Another session, as after Slack asked for it."""
        self.number += 1
        self.current_session = SimpleNamespace(
            session_id=f"{id(self)} {self.number}", last_ping_pong_time=None, is_active=lambda: True
        )
        self.pongs = True

    def cut(self) -> None:
        self.current_session = None


class Rig:
    """Two clients, looked at every second."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.clients = [FakeClient(), FakeClient()]
        self.problems = ProblemList()
        self.given_up = 0
        self.replaced: list[str] = []
        self.watchdog = ConnectionWatchdog(
            self.clients,  # type: ignore[arg-type]
            self.problems,
            self.give_up,
            self.replaced.append,
            lambda: self.now,
        )
        self.clients[0].open()
        self.pass_seconds(3)

    def give_up(self) -> None:
        self.given_up += 1

    def pass_seconds(self, seconds: float) -> None:
        for _ in range(int(seconds)):
            self.now += 1
            for client in self.clients:
                if client.pongs and client.current_session and self.now % 10 == 0:
                    client.current_session.last_ping_pong_time = self.now
            self.watchdog.look()
            for connection in self.watchdog._connections:
                if connection._attempt:
                    connection._attempt.join()

    def found(self) -> list[str]:
        return [problem.key for problem in self.problems.current()]


@pytest.fixture
def rig() -> Rig:
    return Rig()


def test_two_connections(rig: Rig) -> None:
    """The second one is opened beside the first, and while both are heard nothing is done."""
    assert [client.is_connected() for client in rig.clients] == [True, True]
    rig.pass_seconds(SETTLED_SECONDS / 2)
    assert [len(client.attempts) for client in rig.clients] == [0, 1]
    assert (rig.found(), rig.replaced) == ([], [])


def test_deaf(rig: Rig) -> None:
    """No pong and no delivery for half a minute: said, and replaced at once, although it is open."""
    rig.clients[1].pongs = False
    rig.pass_seconds(DEAF_SECONDS - 5)
    assert (rig.found(), rig.replaced) == ([], [])
    rig.pass_seconds(16)
    assert rig.clients[1].attempts[1:] == [True]
    assert (rig.found(), rig.replaced) == ([], ["deaf"])


def test_deaf_and_no_new_one(rig: Rig) -> None:
    """As long as it cannot be replaced it is a problem; attempts become fewer, as Slack allows few."""
    rig.clients[1].pongs = rig.clients[1].can_connect = False
    rig.pass_seconds(DEAF_SECONDS + 12)
    assert rig.found() == ["connection deaf"]
    rig.pass_seconds(600)
    assert 600 / MAX_WAIT_SECONDS <= len(rig.clients[1].attempts) <= 600 / MAX_WAIT_SECONDS + 6
    assert rig.given_up == 0
    rig.clients[1].can_connect = True
    rig.pass_seconds(MAX_WAIT_SECONDS + 2)
    assert rig.found() == []


def test_deliveries_are_heard(rig: Rig) -> None:
    """What Slack delivers shows, too, that a connection is no deaf one."""
    rig.clients[1].pongs = False
    for _ in range(10):
        rig.pass_seconds(DEAF_SECONDS - 5)
        for listener in rig.clients[1].on_message_listeners:
            listener("{}")  # type: ignore[operator]
    assert (rig.found(), rig.replaced) == ([], [])


def test_cut(rig: Rig) -> None:
    """A connection that was cut is opened anew within a second; the other one is there meanwhile."""
    rig.clients[0].cut()
    rig.pass_seconds(2)
    assert rig.clients[0].is_connected()
    assert (rig.found(), rig.replaced) == ([], ["closed"])


def test_slack_asks(rig: Rig) -> None:
    """Slack's client replaced it by itself: nothing is done a second time."""
    rig.pass_seconds(100)
    rig.clients[0].open()
    rig.pass_seconds(20)
    assert (len(rig.clients[0].attempts), rig.replaced) == (0, ["asked"])


def test_apart(rig: Rig) -> None:
    """Opened at the same time, Slack would ask for both at the same time: one of them is replaced early, once."""
    rig.pass_seconds(SETTLED_SECONDS + 5)
    assert rig.replaced == ["apart"]
    rig.pass_seconds(3 * SETTLED_SECONDS)
    assert rig.replaced == ["apart"]


def test_none_at_all(rig: Rig) -> None:
    """Said within a minute; after three the process is told to end, once."""
    for client in rig.clients:
        client.can_connect = False
        client.cut()
    rig.pass_seconds(NOT_CONNECTED_SECONDS + 12)
    assert rig.found() == ["not connected"]
    assert rig.given_up == 0
    rig.pass_seconds(GIVE_UP_SECONDS)
    assert rig.given_up == 1
    rig.pass_seconds(GIVE_UP_SECONDS)
    assert rig.given_up == 1


def test_none_for_a_while(rig: Rig) -> None:
    """Back in time, all is well."""
    for client in rig.clients:
        client.can_connect = False
        client.cut()
    rig.pass_seconds(GIVE_UP_SECONDS - MAX_WAIT_SECONDS - 5)
    for client in rig.clients:
        client.can_connect = True
    rig.pass_seconds(MAX_WAIT_SECONDS + 2)
    assert (rig.found(), rig.given_up) == ([], 0)


def test_all_deaf(rig: Rig) -> None:
    """Open, and nothing is heard on either, as behind a router that forgot them: said, and in the end given up."""
    for client in rig.clients:
        client.can_connect = client.pongs = False
    rig.pass_seconds(DEAF_SECONDS + 12)
    assert "connection deaf" in rig.found()
    rig.pass_seconds(GIVE_UP_SECONDS)
    assert rig.given_up == 1


def test_a_machine_that_slept(rig: Rig) -> None:
    """An hour without a look is no reason to end: it is tried first."""
    rig.now += 3_600
    rig.pass_seconds(60)
    assert rig.given_up == 0
    assert rig.found() == []


def test_an_attempt_that_hangs(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks go on beside it, and after a minute another attempt is made."""
    (connection, _) = rig.watchdog._connections
    hanging = SimpleNamespace(is_alive=lambda: True, join=lambda: None)
    rig.clients[0].cut()
    connection._attempt, connection._attempted_at = hanging, rig.now  # type: ignore[assignment]
    rig.pass_seconds(HANGING_SECONDS - 1)
    assert rig.clients[0].attempts == []
    rig.pass_seconds(2)
    assert rig.clients[0].is_connected()
