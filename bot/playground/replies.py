"""What an app shows in answer to an interaction: in a command's acknowledgement, or later through its response_url."""

from typing import Any

from bot.playground import checks
from bot.playground.errors import ApiError
from bot.playground.model import Json, Message
from bot.playground.state import WorkspaceState
from bot.playground.triggers import ResponseUrl


def show(state: WorkspaceState, origin: ResponseUrl, payload: Json, method: str, via: str) -> Message | None:
    """Apply a message payload for the interaction that `origin` was made for.

    `payload`: text, blocks, attachments, response_type, replace_original, delete_original, thread_ts, metadata. Returns
    the message that became visible or changed, or None when one was only deleted. Raises what Slack answers (no_text,
    invalid_blocks, …).
    """
    content = checks.message_content(payload)
    original = state.find(origin.channel, origin.original_ts) if origin.original_ts else None
    # A command leaves nothing that could be replaced or deleted, so Slack ignores both there (bolt-js issue 2287).
    if original is not None and _true(payload.get("delete_original")):
        state.delete(original, method, via)
        if checks.is_empty(content):
            return None
        original = None
    if checks.is_empty(content):
        raise ApiError("no_text")
    if original is not None and _replaces(original, payload):
        return state.edit(original, method, via, **{"text": "", "blocks": [], "attachments": [], **content})
    in_channel = payload.get("response_type") == "in_channel"
    # The app may answer where it is not a member: the person who interacted opened the way.
    return state.post(
        state.channel(origin.channel), state.app.user_id, content.pop("text", ""), method, via, **content,
        visible_to=None if in_channel else origin.user,
        thread_ts=payload.get("thread_ts") or (None if in_channel else origin.thread_ts),
    )  # fmt: skip


def in_ack(state: WorkspaceState, origin: ResponseUrl, body: Any) -> Message | None:
    """Show a command's acknowledgement: text, or a message payload; nothing when it is empty."""
    payload: Json = {"text": body} if isinstance(body, str) else body if isinstance(body, dict) else {}
    if checks.is_empty(payload):
        return None
    return show(state, origin, payload, origin.method, "ack")


def respond(state: WorkspaceState, url_id: str, payload: Json) -> None:
    """A POST to a response_url. Raises used_url, expired_url or what `show` raises; only what was shown counts as a
    use.
    """
    with state.lock:
        origin = state.triggers.response_url(url_id)
        show(state, origin, payload, "response_url", "response_url")
        origin.uses += 1


def _replaces(original: Message, payload: Json) -> bool:
    """Slack's default: an answer of the same visibility replaces the message that was clicked, unless told not to."""
    wanted = payload.get("replace_original")
    if wanted is not None:
        return _true(wanted)
    in_channel = payload.get("response_type") == "in_channel"
    return in_channel == (original.visible_to is None)


def _true(value: Any) -> bool:
    return value is True or str(value).lower() in ("true", "1")
