"""Delivery to a request URL: signatures that Bolt accepts, payloads that Bolt understands, three seconds, failures,
redelivery.
"""

import time
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.playground import InvalidAction, Playground
from bot.playground.delivery_http import sign


def test_the_signature_is_slacks(slack: Playground, bolt: App) -> None:
    """Bolt's own verifier takes the request; with another secret it answers 401 and the person sees Slack's failure."""
    bolt.command("/halo")(lambda ack, command: ack(f"You said {command['text']}"))
    assert slack.command("/halo", "jira").text == "You said jira"
    slack._http._secret = "another"
    result = slack.command("/halo", "jira")
    assert (result.status, result.error, result.text) == (
        401,
        "http_client_error",
        '/halo failed with the error "http_client_error"',
    )
    # The worked example in Slack's documentation of request signing.
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
        b"&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J"
        b"%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert sign("8f742231b10e8888abcd99yyyzzz85a5", body, 1531420618) == expected


def test_a_week_ahead_is_still_signed_for_today(slack: Playground, bolt: App) -> None:
    """The playground's clock moves ts and expiry, but not the signature: the app would take it for a replay."""
    bolt.command("/halo")(lambda ack: ack("Hi"))
    slack.advance(7 * 86_400)
    result = slack.command("/halo")
    assert result.text == "Hi"
    assert float(result.shown[0].ts or 0) > time.time() + 6 * 86_400


def test_what_a_command_carries(slack: Playground, app: Any) -> None:
    """All fields of a slash command, with text escaped as Slack does, and the name of public channels only."""
    slack.command("/halo", "T&M <b>", user="UBOB", channel="C2")
    _, form = app.received[-1]
    assert {
        key: form[key]
        for key in ("team_id", "channel_id", "channel_name", "user_id", "user_name", "command", "text", "api_app_id")
    } == {
        "team_id": "T1",
        "channel_id": "C2",
        "channel_name": "halo-admins",
        "user_id": "UBOB",
        "user_name": "bob",
        "command": "/halo",
        "text": "T&amp;M &lt;b&gt;",
        "api_app_id": "AHALO",
    }
    assert form["is_enterprise_install"] == "false"
    assert form["trigger_id"]
    assert form["response_url"].startswith(slack.url)
    assert form["token"]
    slack.command("/halo", channel="G1")
    assert app.last["channel_name"] == "privategroup"


def test_names_in_a_command(slack: Playground, app: Any) -> None:
    """With `should_escape`, channels and people are linked by id and name; unknown names and numbers stay as typed."""
    slack.command("/halo", "subscribe #general @bob #nowhere bob@alice.example #1016865 <!channel> <#C2|halo-admins>")
    assert (
        app.last["text"]
        == "subscribe <#C1|general> <@UBOB|bob> #nowhere bob@alice.example #1016865 &lt;!channel&gt; <#C2|halo-admins>"
    )


def test_three_seconds(slack: Playground, app: Any) -> None:
    """A late ack does not count: the person sees operation_timeout, and the transcript has it as a failure."""
    app.delay, app.answer = 0.7, "Too late"
    result = slack.command("/halo")
    assert (result.acked, result.in_time, result.status) == (False, False, None)
    assert (result.error, result.text) == ("operation_timeout", '/halo failed with the error "operation_timeout"')
    (failure,) = slack.entries(kind="failure")
    assert (failure.visible_to, failure.channel, failure.via) == ("UALICE", "C1", "slack")
    assert slack.messages("C1", user="UALICE") == []


@pytest.mark.parametrize(("status", "error"), [(404, "http_client_error"), (500, "http_service_error")])
def test_errors_of_the_app(slack: Playground, app: Any, status: int, error: str) -> None:
    """4xx and 5xx are told apart, for commands and for clicks."""
    app.status = status
    assert (slack.command("/halo").status, slack.command("/halo").error) == (status, error)
    assert slack.shortcut("ask").error == error
    assert slack.entries(kind="failure")[-1].method == "shortcut"


def test_nobody_there(slack: Playground) -> None:
    """An app that cannot be reached, over HTTP or without any connection, is dispatch_failed."""
    assert slack.command("/halo").error == "dispatch_failed"
    slack.app_url = "http://127.0.0.1:9/slack/events"
    assert slack.command("/halo").error == "dispatch_failed"


def test_mentions(slack: Playground, bolt: App, client: WebClient) -> None:
    """A mention reaches Bolt with channel, thread and text; its answer lands in the thread and can be waited for."""
    heard: list[dict[str, Any]] = []

    @bolt.event("app_mention")
    def _(event: dict[str, Any], say: Any) -> None:
        heard.append(event)
        say("Found", thread_ts=event.get("thread_ts", event["ts"]))

    result = slack.mention("jira & confluence https://x.test/a?b=1&c=2", user="UBOB")
    assert result.acked
    answer = slack.wait_for(lambda entry: entry.method == "chat.postMessage")
    assert (answer.thread_ts, answer.channel, answer.text) == (result.ts, "C1", "Found")
    assert heard[0]["text"] == "<@UHALO> jira &amp; confluence <https://x.test/a?b=1&amp;c=2>"
    assert "thread_ts" not in heard[0]

    after = answer.seq
    slack.mention("and in the thread", user="UALICE", thread_ts=result.ts)
    slack.wait_for(lambda entry: entry.method == "chat.postMessage", after=after)
    assert (heard[1]["thread_ts"], heard[1]["parent_user_id"]) == (result.ts, "UBOB")


def test_direct_messages(slack: Playground, bolt: App) -> None:
    """A direct message is a message event of channel_type im, and say() answers there."""
    bolt.message("jira")(lambda message, say: say(f"{message['channel_type']} {message['user']}"))
    slack.dm("jira", user="UBOB")
    answer = slack.wait_for(lambda entry: entry.method == "chat.postMessage")
    assert (answer.channel, answer.text) == ("DUBOB", "im UBOB")


def test_event_envelope(slack: Playground, app: Any) -> None:
    """An event comes in an event_callback with event_id, event_time, team and authorizations."""
    result = slack.join_channel("C2", user="UHALO", inviter="UALICE")
    headers, body = app.received[-1]
    assert (body["type"], body["event_id"], body["team_id"], body["api_app_id"]) == (
        "event_callback",
        result.event_id,
        "T1",
        "AHALO",
    )
    assert body["authorizations"][0]["user_id"] == "UHALO"
    assert abs(body["event_time"] - time.time()) < 5
    assert body["event"]["inviter"] == "UALICE"
    assert (body["event"]["type"], body["event"]["user"], body["event"]["channel"]) == (
        "member_joined_channel",
        "UHALO",
        "C2",
    )
    assert "x-slack-retry-num" not in headers


def test_redelivery(slack: Playground, app: Any) -> None:
    """The same event comes again under the same event_id, with Slack's retry headers or, as a crossing copy,
    without.
    """
    event_id = slack.mention("jira").event_id
    assert event_id is not None
    slack.redeliver(event_id, 2, "http_error")
    slack.redeliver(event_id, None)
    assert [body["event_id"] for _, body in app.received] == [event_id] * 3
    retries = [(headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")) for headers, _ in app.received]
    assert retries == [(None, None), ("2", "http_error"), (None, None)]
    with pytest.raises(InvalidAction):
        slack.redeliver("Ev404")


def test_an_event_that_is_not_acknowledged(slack: Playground, app: Any) -> None:
    """A failed or late event is in the transcript; no person sees anything of it."""
    app.status = 500
    failed = slack.mention("jira")
    app.status, app.delay = 200, 0.7
    late = slack.mention("jira")
    assert (failed.error, late.error) == ("http_service_error", "operation_timeout")
    assert [entry.detail["event_id"] for entry in slack.entries(kind="event_failed")] == [
        failed.event_id,
        late.event_id,
    ]
    assert slack.entries(kind="failure") == []


def test_events_need_scope_and_presence(slack: Playground, app: Any) -> None:
    """No event without its scope, nor from a channel that the bot is not in."""
    slack.kick_bot("C2")
    assert slack.mention("jira", channel="C2").error == "not_in_channel"
    slack.set_scopes(["commands"])
    assert slack.mention("jira").error == "missing_scope"
    assert slack.dm("jira").error == "missing_scope"
    assert app.received == []
    assert slack.open_home().delivered  # needs none


def test_clicks_in_messages(slack: Playground, bolt: App, client: WebClient) -> None:
    """A button and a menu in a message reach Bolt's action listeners with what was chosen."""
    button = {
        "type": "button",
        "action_id": "share",
        "value": "1016865",
        "text": {"type": "plain_text", "text": "Share"},
    }
    menu = {
        "type": "static_select",
        "action_id": "day",
        "placeholder": {"type": "plain_text", "text": "Day"},
        "options": [{"text": {"type": "plain_text", "text": "Monday"}, "value": "mon"}],
    }
    posted = client.chat_postMessage(
        channel="C1", text="Hi", blocks=[{"type": "actions", "block_id": "row", "elements": [button, menu]}]
    )
    bodies: list[dict[str, Any]] = []

    @bolt.action("share")
    @bolt.action("day")
    def _(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        bodies.append(body)

    assert slack.click("share", user="UBOB").acked
    assert slack.click("day", "mon", ts=posted["ts"], channel="C1").acked
    first, second = bodies
    assert (first["actions"][0]["value"], first["actions"][0]["block_id"], first["user"]["id"]) == (
        "1016865",
        "row",
        "UBOB",
    )
    assert first["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": "C1",
        "is_ephemeral": False,
    }
    assert first["message"]["text"] == "Hi"
    assert second["actions"][0]["selected_option"]["text"]["text"] == "Monday"
    assert second["state"]["values"]["row"]["day"]["selected_option"]["value"] == "mon"
    assert first["trigger_id"] != second["trigger_id"]
    assert first["response_url"] != second["response_url"]


def test_clicks_in_ephemeral_messages(slack: Playground, client: WebClient, app: Any) -> None:
    """Slack keeps no ephemeral message, so the payload has its container but no message; nobody else can click it."""
    button = {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}}
    client.chat_postEphemeral(
        channel="C1", user="UALICE", text="Psst", blocks=[{"type": "actions", "elements": [button]}]
    )
    slack.click("more")
    assert app.last["container"]["is_ephemeral"] is True
    assert "message" not in app.last
    with pytest.raises(InvalidAction, match="sees nothing"):
        slack.click("more", user="UBOB")


def test_what_a_person_cannot_do(slack: Playground, app: Any) -> None:
    """Acting as nobody, in a channel one is not in, or in an archived one is refused before anything is sent; so are
    commands in threads.
    """
    slack.archive("C2")
    for act in (
        lambda: slack.command("/halo", user="U404"),
        lambda: slack.command("/halo", channel="C404"),
        lambda: slack.command("/halo", user="UBOB", channel="G1"),
        lambda: slack.command("/halo", channel="C2"),
        lambda: slack.say("Hi", thread_ts="1.000001"),
        lambda: slack.click("nothing"),
    ):
        with pytest.raises(InvalidAction):
            act()
    ts = slack.say("Parent").ts
    assert slack.command("/halo", thread_ts=ts).text == "/halo is not supported in threads. Sorry!"
    assert app.received == []


def test_url_verification(slack: Playground, bolt: App) -> None:
    """Bolt answers the challenge that Slack sends when a request URL is set."""
    assert slack.verify_url().error is None
