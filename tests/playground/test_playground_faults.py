"""Fault injection: what the app sees of each fault, and what became of the message."""

import http.client
import time
import urllib.error
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.playground import Playground


def texts(slack: Playground) -> list[str]:
    return [message["text"] for message in slack.messages("C1")]


def refusal(client: WebClient) -> Any:
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C1", text="Hi")
    return refused.value.response


def test_rate_limited(slack: Playground, client: WebClient) -> None:
    """429 with Retry-After, as often as asked for and no more; nothing is stored."""
    slack.fail_next("chat.postMessage", "429", times=2, retry_after=7)
    for _ in range(2):
        answer = refusal(client)
        assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "7")
    client.chat_postMessage(channel="C1", text="Third")
    assert texts(slack) == ["Third"]


def test_server_error(slack: Playground, client: WebClient) -> None:
    """500 is not JSON, as from a proxy."""
    slack.fail_next("chat.*", "500")
    assert refusal(client).status_code == 500
    assert texts(slack) == []


def test_any_error_code(slack: Playground, client: WebClient) -> None:
    """Any other word is answered as Slack's error code; only matching methods are hit."""
    slack.fail_next("chat.postMessage", "not_in_channel")
    assert client.auth_test()["ok"]
    assert refusal(client)["error"] == "not_in_channel"
    assert texts(slack) == []


def test_hanging(slack: Playground, client: WebClient) -> None:
    """A call that hangs is done and answered after that long."""
    slack.fail_next("chat.postMessage", "hang", seconds=0.3)
    started = time.monotonic()
    assert client.chat_postMessage(channel="C1", text="Hi")["ok"]
    assert time.monotonic() - started >= 0.3
    assert texts(slack) == ["Hi"]


def test_a_reply_that_is_lost(slack: Playground, client: WebClient) -> None:
    """drop_reply: the message is stored, the app sees a closed connection, and its metadata can be read back."""
    slack.fail_next("chat.postMessage", "drop_reply")
    metadata = {"event_type": "edition", "event_payload": {"id": 7}}
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        client.chat_postMessage(channel="C1", text="Hi", metadata=metadata)
    (stored,) = client.conversations_history(channel="C1", include_all_metadata=True)["messages"]
    assert stored["metadata"] == metadata


def test_a_message_that_is_stored_late(slack: Playground, client: WebClient) -> None:
    """store_late: the connection closes at once, and the message is stored afterwards."""
    slack.fail_next("chat.postMessage", "store_late", seconds=0.3)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        client.chat_postMessage(channel="C1", text="Hi")
    assert client.conversations_history(channel="C1")["messages"] == []
    slack.wait_for(lambda entry: entry.method == "chat.postMessage" and entry.kind == "message")
    assert texts(slack) == ["Hi"]


def test_connections_are_closed_for_good(slack: Playground, client: WebClient) -> None:
    """After a dropped reply the next call works, and other clients are not affected."""
    slack.fail_next("*", "drop_reply")
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError, urllib.error.URLError)):
        client.auth_test()
    assert client.auth_test()["ok"]


def test_response_urls_can_fail_too(slack: Playground, app: Any) -> None:
    """The pattern `response_url` is for posts to response_urls."""
    url = slack.command("/halo").response_url
    assert url is not None
    slack.fail_next("response_url", "429")
    hook = WebhookClient(url, retry_handlers=[])
    assert [hook.send(text="Hi").status_code for _ in range(2)] == [429, 200]


def test_faults_can_be_called_off(slack: Playground, client: WebClient) -> None:
    """clear_faults and reset remove all faults; a fault that could never happen is refused."""
    slack.fail_next("*", "500", times=5)
    slack.clear_faults()
    assert client.auth_test()["ok"]
    slack.fail_next("*", "500", times=5)
    slack.reset()
    assert client.auth_test()["ok"]
    slack.fail_next("chat.postMessage", "store_late", seconds=0.2)
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        client.chat_postMessage(channel="C1", text="Hi")
    slack.reset()
    time.sleep(0.3)
    assert texts(slack) == []
    with pytest.raises(ValueError, match="not a fault"):
        slack.fail_next("*", "500", times=0)
