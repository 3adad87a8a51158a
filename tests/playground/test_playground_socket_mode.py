"""Socket Mode with the SDK's own client: hello, envelopes, acknowledgements, several connections, reconnecting, being
late.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from bot.playground import Playground


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 3
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert holds()


@pytest.fixture
def bolt(slack: Playground, client: WebClient) -> Iterator[App]:
    """A Bolt app connected by slack_bolt's SocketModeHandler (the builtin client)."""
    app = App(client=client)
    handler = SocketModeHandler(app, slack.app_token, ping_interval=1)
    handler.connect()
    slack.wait_connected()
    yield app
    # The SDK's close() waits for its blocking reads; end those first, so that a test does not take three seconds more.
    handler.client.auto_reconnect_enabled = handler.client.default_auto_reconnect_enabled = False
    handler.client.closed = True
    slack.disconnect_sockets(None)
    wait_until(lambda: not handler.client.is_connected())
    handler.client.enqueue_message("")
    handler.close()
    app.listener_runner.listener_executor.shutdown()


def link(slack: Playground, client: WebClient) -> ClientConnection:
    """A bare WebSocket to the playground."""
    return connect(client.apps_connections_open(app_token=slack.app_token)["url"], proxy=None)


def received(socket: ClientConnection) -> dict[str, Any]:
    return dict(json.loads(socket.recv(timeout=2)))


def test_commands_events_and_interactions(slack: Playground, bolt: App, client: WebClient) -> None:
    """The same app as over HTTP works over Socket Mode: ack payloads, events, say(), clicks, respond(), pings."""
    button = {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}}
    bolt.command("/halo")(
        lambda ack, command: ack({"text": command["text"], "blocks": [{"type": "actions", "elements": [button]}]})
    )
    bolt.event("app_mention")(lambda say: say("Found"))

    @bolt.action("more")
    def _(ack: Any, respond: Any) -> None:
        ack()
        respond("Page 2", replace_original=True)

    result = slack.command("/halo", "jira")
    assert (result.via, result.text, result.blocks[0]["type"]) == ("socket_mode", "jira", "actions")
    assert slack.mention("jira").acked
    slack.wait_for(lambda entry: entry.text == "Found")
    assert slack.click("more").acked
    slack.wait_for(lambda entry: entry.kind == "update" and entry.text == "Page 2")


def test_pings_are_answered(slack: Playground, bolt: App, client: WebClient) -> None:
    """The client's pings get their pongs, so it does not take the connection for stale."""
    with link(slack, client) as socket:
        assert socket.ping().wait(2)


def test_an_app_that_does_not_acknowledge(slack: Playground, bolt: App) -> None:
    """For a command that it does not know Bolt sends nothing at all over Socket Mode: operation_timeout."""
    result = slack.command("/unknown")
    assert (result.error, result.text) == ("operation_timeout", '/unknown failed with the error "operation_timeout"')


def test_retries_show(slack: Playground, bolt: App) -> None:
    """A redelivered event carries retry_attempt and retry_reason, which Bolt turns into the headers that HTTP has."""
    seen: list[Any] = []
    bolt.event("app_mention")(
        lambda request: seen.append((request.body["event_id"], request.headers["x-slack-retry-num"][0]))
    )
    event_id = slack.mention("jira").event_id
    slack.redeliver(str(event_id), 1, "timeout")
    wait_until(lambda: len(seen) == 2)
    assert seen == [(event_id, "0"), (event_id, "1")]


def test_reconnecting_on_request(slack: Playground, bolt: App) -> None:
    """On a `disconnect` envelope the client opens a new connection and goes on answering."""
    bolt.command("/halo")(lambda ack: ack("Still here"))
    assert slack.disconnect_sockets("refresh_requested") == 1
    slack.wait_connected()
    assert len(slack.calls("apps.connections.open")) == 2
    assert slack.command("/halo").text == "Still here"


def test_the_envelope(slack: Playground, client: WebClient) -> None:
    """hello first; then type, payload, envelope_id and accepts_response_payload; the ack's payload is what is shown."""
    with link(slack, client) as socket:
        hello = received(socket)
        assert (hello["type"], hello["num_connections"], hello["connection_info"]) == ("hello", 1, {"app_id": "AHALO"})
        results: list[Any] = []
        acting = threading.Thread(target=lambda: results.append(slack.command("/halo", "jira")))
        acting.start()
        envelope = received(socket)
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        assert envelope["payload"]["text"] == "jira"
        socket.send("not json")
        socket.send(json.dumps({"envelope_id": "unknown"}))
        socket.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": {"text": "Hi"}}))
        acting.join()
        assert results[0].text == "Hi"
        assert [entry.detail["envelope_id"] for entry in slack.entries(kind="late_ack")] == ["unknown"]


def test_several_connections_take_turns(slack: Playground, client: WebClient) -> None:
    """Each envelope goes to one connection, and not always to the same."""
    with link(slack, client) as one, link(slack, client) as two:
        assert {received(one)["num_connections"], received(two)["num_connections"]} == {1, 2}
        slack.wait_connected(2)
        slack.delivery.ack_timeout = 0.1
        for _ in range(4):
            assert slack.open_home().error == "operation_timeout"  # nobody acknowledges
        assert [received(one)["type"], received(one)["type"]] == ["events_api"] * 2
        assert [received(two)["type"], received(two)["type"]] == ["events_api"] * 2


def test_a_connection_that_goes_away(slack: Playground, client: WebClient) -> None:
    """A connection that is cut is closed at once, and what is sent then reaches no app."""
    with link(slack, client) as socket:
        received(socket)
        assert slack.disconnect_sockets(None) == 1
        with pytest.raises(ConnectionClosed):
            socket.recv(timeout=2)
    assert slack.open_home().error == "dispatch_failed"


def test_a_ticket_is_for_one_connection(slack: Playground, client: WebClient) -> None:
    """The address from apps.connections.open works once; without a ticket nothing is opened."""
    url = client.apps_connections_open(app_token=slack.app_token)["url"]
    with connect(url, proxy=None), pytest.raises(InvalidStatus):
        connect(url, proxy=None)
