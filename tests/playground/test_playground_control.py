"""/control/: the same actions for another process, as JSON; reading the workspace; who may use it."""

import threading
import time
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient

from bot.playground import Playground
from bot.playground.control import ACTIONS
from tests import local_http


@pytest.fixture
def control(slack: Playground) -> Any:
    """Posts an action and returns its result."""

    def act(name: str, **arguments: Any) -> Any:
        answer = local_http.post(f"{slack.url}/control/{name}", json=arguments)
        assert answer.status_code == 200, answer.text
        return answer.json()["result"]

    return act


def get(slack: Playground, path: str, **query: Any) -> Any:
    return local_http.get(f"{slack.url}/control/{path}", params=query).json()


def test_acting_from_another_process(slack: Playground, control: Any, app: Any, client: WebClient) -> None:
    """Commands, mentions, clicks, modals and faults work over HTTP as they do in Python."""
    app.answer = "Found"
    result = control("command", command="/halo", text="jira", user="UBOB", channel="C2")
    assert (result["acked"], result["payload"], result["shown"][0]["text"]) == (True, "Found", "Found")
    assert app.last["user_name"] == "bob"
    event_id = control("mention", text="jira")["event_id"]
    assert control("redeliver", event_id=event_id, retry_num=1)["acked"]
    control("fail_next", method_pattern="chat.postMessage", how="not_in_channel")
    assert client.api_call("auth.test")["ok"]
    control("archive", channel="C2")
    assert slack.workspace()["channels"][1]["is_archived"]
    assert control("set_clock", when=2_000_000_000, running=False) == 2_000_000_000
    assert control("advance", seconds=60) == 2_000_000_060
    control("set_app_url", url=None)
    assert control("command", command="/halo")["error"] == "dispatch_failed"
    control("reset")
    assert abs(control("now") - time.time()) < 5


def test_every_action_is_a_method(slack: Playground) -> None:
    """Every action in the table is a method of the playground."""
    assert [name for name in ACTIONS if not callable(getattr(slack, name, None))] == []


def test_reading(slack: Playground, client: WebClient) -> None:
    """Transcript, calls, workspace, a channel as one person sees it, and open views."""
    client.chat_postMessage(channel="C1", text="To all")
    client.chat_postEphemeral(channel="C1", user="UALICE", text="To Alice")
    client.views_publish(user_id="UALICE", view={"type": "home", "blocks": []})
    transcript = get(slack, "transcript")
    assert [entry["text"] for entry in transcript["entries"][:2]] == ["To all", "To Alice"]
    assert get(slack, "transcript", after=transcript["seq"])["entries"] == []
    assert [call["method"] for call in get(slack, "calls", method="views.publish")["calls"]] == ["views.publish"]
    assert [message["text"] for message in get(slack, "messages", channel="C1", user="UALICE")["messages"]] == [
        "To all",
        "To Alice",
    ]
    assert [message["text"] for message in get(slack, "messages", channel="C1", user="UBOB")["messages"]] == ["To all"]
    assert get(slack, "views", user="UALICE")["home"]["type"] == "home"
    workspace = get(slack, "workspace")
    assert [channel["id"] for channel in workspace["channels"]] == ["C1", "C2", "G1"]
    assert workspace["app"]["user_id"] == "UHALO"


def test_waiting_for_the_transcript(slack: Playground, client: WebClient) -> None:
    """?wait= answers as soon as something new is written, and with nothing when the time is up."""
    assert get(slack, "transcript", wait=0.1)["entries"] == []
    threading.Timer(0.1, lambda: client.chat_postMessage(channel="C1", text="Now")).start()
    started = time.monotonic()
    assert [entry["text"] for entry in get(slack, "transcript", wait=20)["entries"]] == ["Now"]
    assert time.monotonic() - started < 20  # it was told to wait so long


def test_what_is_refused(slack: Playground) -> None:
    """Unknown actions and arguments, impossible actions, other content types and other host names are refused in a
    sentence.
    """

    def post(act: str, **more: Any) -> httpx2.Response:
        return local_http.post(f"{slack.url}/control/{act}", **more)

    assert post("dance", json={}).status_code == 404
    assert post("stop", json={}).status_code == 404
    assert "unexpected keyword" in post("command", json={"command": "/halo", "nonsense": 1}).json()["error"]
    assert "no user U404" in post("command", json={"command": "/halo", "user": "U404"}).json()["error"]
    assert post("command", json=["/halo"]).status_code == 400
    assert post("reset", content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
    assert post("reset", content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 400
    assert post("reset", json={}, headers={"Host": "evil.test"}).status_code == 400
