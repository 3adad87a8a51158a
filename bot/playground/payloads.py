"""The bodies that Slack sends to an app, as dicts. Nothing is sent or stored here."""

import re
import secrets
from typing import Any
from urllib.parse import urlsplit

from bot.playground.model import Channel, Json, Message, User
from bot.playground.state import WorkspaceState
from bot.playground.views import OpenView

VERIFICATION = "playground-verification"  # the deprecated token: an app is to trust the signature instead

_BARE_URL = re.compile(r"(?<![<|\w])https?://[^\s<>|]+")
_NAMED = re.compile(r"(?<![\w<&])[#@][\w.-]*\w")
_COMPOSED = re.compile(r"<(?:@[UW]\w+(?:\|[^<>]*)?|#[CG]\w+(?:\|[^<>]*)?|https?://[^<>]+)>")


def typed(text: str) -> str:
    """A text as Slack stores it when a person types it into the message box.

    `&`, `<`, `>` are escaped and addresses wrapped in `<…>`; mentions that the box composes (`<@U…>`, `<#C…>`) stay.
    """
    pieces, end = [], 0
    for match in _COMPOSED.finditer(text):
        pieces += [_BARE_URL.sub(r"<\g<0>>", escaped(text[end : match.start()])), match.group()]
        end = match.end()
    # An escaped "&" inside an address keeps the address whole: the pattern stops at spaces and angle brackets only.
    return "".join([*pieces, _BARE_URL.sub(r"<\g<0>>", escaped(text[end:]))])


def in_command(state: WorkspaceState, text: str) -> str:
    """The text of a command whose manifest says `should_escape`: escaped as in a message, with channels and people
    linked.

    `#general` becomes `<#C1|general>` and `@bob` becomes `<@UBOB|bob>`; a name that nobody has stays as it is.
    """
    marks = dict[str, str]()
    with state.lock:
        if "#" in text:
            marks = {f"#{channel.name}": f"<#{channel.id}|{channel.name}>" for channel in state.channels.values()}
        if "@" in text:
            marks |= {f"@{user.name}": f"<@{user.id}|{user.name}>" for user in state.users.values()}
    return typed(_NAMED.sub(lambda match: marks.get(match[0].lower(), match[0]), text))


def escaped(text: str) -> str:
    """`&`, `<` and `>` as Slack sends them, in messages and in the text of a command alike."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def command(
    state: WorkspaceState, name: str, text: str, user: User, channel: Channel, trigger_id: str, response_url: str
) -> Json:
    """A slash command's form fields."""
    return {
        "token": VERIFICATION, "team_id": state.team.id, "team_domain": state.team.domain, "channel_id": channel.id,
        "channel_name": channel.name_in_payload, "user_id": user.id, "user_name": user.name, "command": name,
        "text": text,
        "api_app_id": state.app.id, "is_enterprise_install": "false", "response_url": response_url,
        "trigger_id": trigger_id,
    }  # fmt: skip


def interaction(state: WorkspaceState, kind: str, user: User, /, **fields: Any) -> Json:
    """The fields that all interactions have, and `fields`."""
    return {
        "type": kind, "team": {"id": state.team.id, "domain": state.team.domain}, "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": state.team.id},
        "api_app_id": state.app.id,
        "token": VERIFICATION, **fields,
    }  # fmt: skip


def in_message(state: WorkspaceState, message: Message) -> Json:
    """`container`, `channel` and `message` of an interaction on a message; an ephemeral message is left out, as in
    Slack.
    """
    channel = state.channel(message.channel)
    container: Json = {
        "type": "message", "message_ts": message.ts, "channel_id": channel.id,
        "is_ephemeral": message.visible_to is not None,
    }  # fmt: skip
    if message.is_reply:
        container["thread_ts"] = message.thread_ts
    fields: Json = {"container": container, "channel": {"id": channel.id, "name": channel.name_in_payload}}
    if message.visible_to is None:
        fields["message"] = state.message_json(message)
    return fields


def in_view(state: WorkspaceState, view: OpenView) -> Json:
    """`container` and `view` of an interaction in a modal or on the Home tab."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view.to_json(state.team, state.app)}


def event_callback(state: WorkspaceState, event: Json) -> Json:
    """The envelope of the Events API around an event, with a new event_id."""
    return {
        "token": VERIFICATION, "team_id": state.team.id, "context_team_id": state.team.id,
        "context_enterprise_id": None,
        "api_app_id": state.app.id, "event": event, "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(state.clock.now()), "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_hex(8)}",
        "authorizations": [{
            "enterprise_id": None, "team_id": state.team.id, "user_id": state.app.user_id, "is_bot": True,
            "is_enterprise_install": False,
        }],
    }  # fmt: skip


def message_event(state: WorkspaceState, message: Message, kind: str) -> Json:
    """An app_mention, or a message in the direct messages (`kind` is the event's type)."""
    body = state.message_json(message)
    event: Json = {
        "type": kind, "user": message.user, "text": message.text, "ts": message.ts, "team": state.team.id,
        "channel": message.channel,
        "event_ts": message.ts, "client_msg_id": secrets.token_hex(16),
    }  # fmt: skip
    if kind == "message":
        event["channel_type"] = "im"
    if message.is_reply:
        event |= {"thread_ts": message.thread_ts, "parent_user_id": body.get("parent_user_id")}
    return event


def link_shared_event(state: WorkspaceState, message: Message, url: str) -> Json:
    """Someone posted a link of a domain that the app unfurls."""
    event: Json = {
        "type": "link_shared", "user": message.user, "channel": message.channel, "message_ts": message.ts,
        "event_ts": message.ts,
        "unfurl_id": f"{message.channel}.{message.ts}.{secrets.token_hex(16)}", "source": "conversations_history",
        "links": [{"url": url, "domain": urlsplit(url).hostname or ""}],
        "is_bot_user_member": state.app.user_id in state.channel(message.channel).members,
    }  # fmt: skip
    if message.is_reply:
        event["thread_ts"] = message.thread_ts
    return event


def home_event(state: WorkspaceState, user: User, channel: Channel, tab: str) -> Json:
    """Someone opened the app's Home or Messages tab."""
    event: Json = {
        "type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab,
        "event_ts": f"{state.clock.now():.6f}",
    }  # fmt: skip
    home = state.views.home(user.id)
    if home is not None and tab == "home":
        event["view"] = home.to_json(state.team, state.app)
    return event


def joined_event(state: WorkspaceState, user: User, channel: Channel, inviter: str | None) -> Json:
    """Someone, or the bot itself, joined a channel."""
    event: Json = {
        "type": "member_joined_channel", "user": user.id, "channel": channel.id, "team": state.team.id,
        "channel_type": "G" if channel.kind == "private" else "C", "event_ts": f"{state.clock.now():.6f}",
    }  # fmt: skip
    if inviter:
        event["inviter"] = inviter
    return event
