"""The Web API as Slack's own client sees it: tokens, scopes, messages, threads, reading back, and each error code."""

import json
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground import Playground


def code(call: Any, **arguments: Any) -> str:
    """The error code that a call is answered with."""
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return str(refused.value.response["error"])


def test_tokens(slack: Playground, client: WebClient) -> None:
    """No token, a wrong one and one of the wrong kind are told apart; auth.test names the bot."""
    assert client.auth_test()["user_id"] == "UHALO"
    assert client.auth_test()["bot_id"] == "BHALO"
    assert code(WebClient(base_url=slack.api_url).auth_test) == "not_authed"
    assert code(WebClient(token="xoxb-other", base_url=slack.api_url).auth_test) == "invalid_auth"
    assert code(client.apps_connections_open, app_token=slack.bot_token) == "not_allowed_token_type"
    assert client.apps_connections_open(app_token=slack.app_token)["url"].startswith("ws://127.0.0.1:")
    assert code(client.api_call, api_method="chat.teleport") == "unknown_method"


def test_scopes(slack: Playground, client: WebClient) -> None:
    """A missing scope is named beside those granted; the granted ones stand in the header, as bots read them from
    there.
    """
    assert "chat:write" in client.auth_test().headers["x-oauth-scopes"].split(",")
    slack.set_scopes(["commands", "channels:read"])
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C1", text="Hi")
    answer = refused.value.response
    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        "chat:write",
        "channels:read,commands",
    )
    assert code(client.conversations_history, channel="C1") == "missing_scope"
    assert code(client.conversations_list, types="private_channel") == "missing_scope"
    assert code(client.users_info, user="UBOB") == "missing_scope"


def test_posting_and_why_not(slack: Playground, client: WebClient) -> None:
    """A message goes where the bot is; elsewhere the code says why not."""
    posted = client.chat_postMessage(channel="C1", text="Hi", blocks=[{"type": "divider"}])
    assert posted["message"]["bot_id"] == "BHALO"
    assert posted["message"]["blocks"][0]["block_id"]  # Slack names the blocks that the app did not
    assert client.chat_postMessage(channel="#general", text="By name")["channel"] == "C1"
    assert client.chat_postMessage(channel="UBOB", text="In private")["channel"] == "DUBOB"
    assert code(client.chat_postMessage, channel="C404", text="Hi") == "channel_not_found"
    assert (
        code(client.chat_postMessage, channel="G1", text="Hi") == "channel_not_found"
    )  # private, and the bot is not in it
    assert code(client.api_call, api_method="chat.postMessage", json={"channel": "C1"}) == "no_text"
    assert code(client.chat_postMessage, channel="C1", text="x" * 40_001) == "msg_too_long"
    slack.kick_bot("C1")
    assert code(client.chat_postMessage, channel="C1", text="Hi") == "not_in_channel"
    slack.make_private("C1")
    assert code(client.chat_postMessage, channel="C1", text="Hi") == "channel_not_found"
    slack.archive("C2")
    assert code(client.chat_postMessage, channel="C2", text="Hi") == "is_archived"
    slack.unarchive("C2")
    assert client.chat_postMessage(channel="C2", text="Hi")["ok"]


def test_invalid_blocks_say_where(client: WebClient) -> None:
    """invalid_blocks comes with response_metadata.messages that point at the fault; too much text in all is
    msg_blocks_too_long.
    """
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C1", text="Hi", blocks=[section])
    wording = "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert refused.value.response["response_metadata"]["messages"] == [wording]
    section["text"]["text"] = "x" * 2_900  # type: ignore[index]
    assert code(client.chat_postMessage, channel="C1", text="Hi", blocks=[section] * 5) == "msg_blocks_too_long"
    assert (
        code(client.api_call, api_method="chat.postMessage", json={"channel": "C1", "blocks": "{"})
        == "invalid_blocks_format"
    )


def test_threads_and_reading_back(client: WebClient) -> None:
    """History has parents only, the newest first; replies has the thread in order; metadata only when it is asked
    for.
    """
    metadata = {"event_type": "edition", "event_payload": {"edition": 7}}
    parent = client.chat_postMessage(channel="C1", text="Parent", metadata=metadata)["ts"]
    parts = [
        client.chat_postMessage(channel="C1", text=f"Part {n}", thread_ts=parent, metadata=metadata)["ts"]
        for n in (1, 2)
    ]
    other = client.chat_postMessage(channel="C1", text="Other")["ts"]
    assert parent < parts[0] < parts[1] < other

    history = client.conversations_history(channel="C1", include_all_metadata=True)["messages"]
    assert [message["ts"] for message in history] == [other, parent]
    assert history[1]["metadata"] == metadata
    assert (history[1]["reply_count"], history[1]["latest_reply"]) == (2, parts[1])
    assert "metadata" not in client.conversations_history(channel="C1")["messages"][1]

    thread = client.conversations_replies(channel="C1", ts=parent, include_all_metadata=True)["messages"]
    assert [message["ts"] for message in thread] == [parent, *parts]
    assert thread[2]["metadata"] == metadata
    assert thread[2]["parent_user_id"] == "UHALO"
    assert code(client.conversations_replies, channel="C1", ts="1.000001") == "thread_not_found"


def test_history_by_time_and_page(client: WebClient) -> None:
    """oldest and latest leave themselves out unless inclusive; limit and cursor page through everything once."""
    stamps = [client.chat_postMessage(channel="C1", text=f"Message {n}")["ts"] for n in range(5)]
    between = client.conversations_history(channel="C1", oldest=stamps[1], latest=stamps[3])["messages"]
    assert [message["ts"] for message in between] == [stamps[2]]
    between = client.conversations_history(channel="C1", oldest=stamps[1], latest=stamps[3], inclusive=True)["messages"]
    assert [message["ts"] for message in between] == stamps[3:0:-1]
    seen, pages = [], 0
    for page in client.conversations_history(channel="C1", limit=2):
        seen += [message["ts"] for message in page["messages"]]
        pages += 1
    assert (seen, pages) == (stamps[::-1], 3)
    assert code(client.conversations_history, channel="C1", cursor="???") == "invalid_cursor"


def test_changing_messages(slack: Playground, client: WebClient) -> None:
    """The bot changes and deletes its own messages; text alone takes the blocks away, blocks alone leave the text, an
    archived channel is left as it is; a parent with replies leaves a tombstone.
    """
    divider: list[dict[str, Any]] = [{"type": "divider"}]
    ts = client.chat_postMessage(channel="C1", text="One", blocks=divider)["ts"]
    client.chat_update(channel="C1", ts=ts, text="Two", blocks=divider)
    (message,) = slack.messages("C1")
    assert (message["text"], len(message["blocks"]), "edited" in message) == ("Two", 1, True)
    client.chat_update(channel="C1", ts=ts, text="Three")
    assert "blocks" not in slack.messages("C1")[0]
    client.api_call("chat.update", json={"channel": "C1", "ts": ts, "blocks": divider})
    assert (slack.messages("C1")[0]["text"], len(slack.messages("C1")[0]["blocks"])) == ("Three", 1)
    client.api_call("chat.update", json={"channel": "C1", "ts": ts, "blocks": [], "text": "x" * 4_000})
    assert "blocks" not in slack.messages("C1")[0]
    assert code(client.chat_update, channel="C1", ts=ts, text="x" * 4_001) == "msg_too_long"
    slack.archive("C1")
    assert code(client.chat_update, channel="C1", ts=ts, text="Late") == "is_inactive"
    slack.unarchive("C1")

    client.chat_postMessage(channel="C1", text="Reply", thread_ts=ts)
    client.chat_delete(channel="C1", ts=ts)
    assert slack.messages("C1")[0]["subtype"] == "tombstone"
    theirs = slack.say("Mine", channel="C1").ts
    assert theirs is not None
    assert code(client.chat_update, channel="C1", ts=theirs, text="No") == "cant_update_message"
    assert code(client.chat_delete, channel="C1", ts=theirs) == "cant_delete_message"
    assert code(client.chat_update, channel="C1", ts="1.000001", text="No") == "message_not_found"
    assert code(client.chat_update, channel="UBOB", ts=theirs, text="No") == "channel_not_found"


def test_ephemeral_messages_are_seen_by_one(slack: Playground, client: WebClient) -> None:
    """chat.postEphemeral reaches one member, is not in history, and cannot be changed with chat.update."""
    ts = client.chat_postEphemeral(channel="C1", user="UALICE", text="Psst")["message_ts"]
    assert [message["text"] for message in slack.messages("C1", user="UALICE")] == ["Psst"]
    assert slack.messages("C1", user="UBOB") == []
    assert client.conversations_history(channel="C1")["messages"] == []
    assert code(client.chat_update, channel="C1", ts=ts, text="Loud") == "message_not_found"
    slack.leave_channel("C1", user="UBOB")
    assert code(client.chat_postEphemeral, channel="C1", user="UBOB", text="Psst") == "user_not_in_channel"
    (entry,) = slack.entries(kind="ephemeral")
    assert (entry.visible_to, entry.text, entry.via) == ("UALICE", "Psst", "web_api")


def test_conversations(slack: Playground, client: WebClient) -> None:
    """What the bot can look up: public channels, private ones it is in, direct messages, members, by kind and page."""
    assert [channel["id"] for channel in client.conversations_list()["channels"]] == ["C1", "C2"]
    slack.add_channel("G2", "ours", private=True, members=["UALICE", "UHALO"])
    assert [channel["id"] for channel in client.conversations_list(types="private_channel")["channels"]] == ["G2"]
    assert code(client.conversations_info, channel="G1") == "channel_not_found"
    info = client.conversations_info(channel="C1", include_num_members=True)["channel"]
    assert (info["name"], info["is_member"], info["num_members"], info["is_archived"]) == ("general", True, 3, False)
    assert client.conversations_members(channel="C1")["members"] == ["UALICE", "UBOB", "UHALO"]
    opened = client.conversations_open(users="UALICE")["channel"]["id"]
    assert client.conversations_open(users="UALICE")["already_open"]
    assert client.conversations_info(channel=opened)["channel"]["is_im"]
    assert code(client.conversations_open, users="U404") == "user_not_found"
    slack.archive("C2")
    assert [channel["id"] for channel in client.conversations_list(exclude_archived=True)["channels"]] == ["C1"]
    slack.kick_bot("C1")
    assert code(client.conversations_history, channel="C1") == "not_in_channel"


def test_people(slack: Playground, client: WebClient) -> None:
    """users.info has the zone a digest needs, with the offset of the day that the playground's clock shows."""
    alice = client.users_info(user="UALICE")["user"]
    assert (alice["is_admin"], alice["tz"], alice["real_name"]) == (True, "Europe/London", "Alice Archer")
    slack.set_clock(1_768_000_000)  # January
    assert client.users_info(user="UALICE")["user"]["tz_offset"] == 0
    slack.set_clock(1_782_000_000)  # June
    assert client.users_info(user="UALICE")["user"]["tz_offset"] == 3_600
    assert client.users_info(user="UBOB")["user"]["tz_offset"] == -4 * 3_600
    assert [user["id"] for user in client.users_list()["members"]] == ["UALICE", "UBOB", "UHALO", "USLACKBOT"]
    assert client.bots_info(bot="BHALO")["bot"]["user_id"] == "UHALO"
    assert code(client.users_info, user="U404") == "user_not_found"


def test_permalinks_and_unfurls(slack: Playground, client: WebClient, app: Any) -> None:
    """A permalink names channel and ts; an unfurl is hung on the message that was shared, and only for an address in
    it.
    """
    ts = client.chat_postMessage(channel="C1", text="Hi")["ts"]
    assert client.chat_getPermalink(channel="C1", message_ts=ts)["permalink"].endswith(
        f"/archives/C1/p{ts.replace('.', '')}"
    )
    assert code(client.chat_getPermalink, channel="C1", message_ts="1.000001") == "message_not_found"

    url = "https://docs.test/page?a=1&b=2"
    shared = slack.share_link(url, text="See")
    event = app.last["event"]
    assert (event["type"], event["links"]) == ("link_shared", [{"url": url, "domain": "docs.test"}])
    client.chat_unfurl(channel=event["channel"], ts=event["message_ts"], unfurls={url: {"text": "A page"}})
    assert slack.messages("C1")[-1]["unfurls"] == {url: {"text": "A page"}}
    client.chat_unfurl(unfurl_id=event["unfurl_id"], source=event["source"], unfurls={url: {"text": "Again"}})
    assert (
        code(client.chat_unfurl, channel="C1", ts=shared.ts, unfurls={"https://else.test": {"text": "No"}})
        == "cannot_unfurl_message"
    )


def test_forms_and_json_are_both_understood(slack: Playground) -> None:
    """A form with JSON inside its fields, a token in the body, and JSON are all taken; broken JSON is refused as
    such.
    """

    def post(body: bytes, kind: str) -> dict[str, Any]:
        request = urllib.request.Request(f"{slack.api_url}chat.postMessage", body, {"Content-Type": kind})
        with urllib.request.urlopen(request) as answer:
            return dict(json.load(answer))

    form = b"token=xoxb-playground&channel=C1&text=Hi&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D"
    assert post(form, "application/x-www-form-urlencoded")["ok"]
    assert post(b'{"token": "xoxb-playground", "channel": "C1", "text": "Hi"}', "application/json; charset=utf-8")["ok"]
    assert post(b'{"token"', "application/json")["error"] == "invalid_json"
    assert post(b"[]", "application/json")["error"] == "json_not_object"


def test_calls_are_kept(slack: Playground, client: WebClient) -> None:
    """Every call is noted with its arguments and outcome, without the token."""
    client.chat_postMessage(channel="C1", text="Hi")
    code(client.chat_postMessage, channel="C404", text="Hi")
    good, bad = slack.calls("chat.postMessage")
    assert (good.ok, good.args["text"], bad.ok, bad.error) == (True, "Hi", False, "channel_not_found")
    assert "token" not in good.args
    (refused,) = slack.entries(kind="refused")
    assert (refused.method, refused.error, refused.channel) == ("chat.postMessage", "channel_not_found", "C404")
