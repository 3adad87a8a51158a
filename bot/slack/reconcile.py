"""Looks in Slack for a message of which nobody knows whether it was posted, by what its metadata says."""

from typing import Any, Protocol

from bot.storage.models import OutboxRow

EVENT_TYPE = "halobot_post"
PAGE_SIZE = 200
MAX_CLOCK_DIFFERENCE = 24 * 3600.0  # seconds that Slack's clock and ours may be apart


class MessageReader(Protocol):
    """Slack's client, as far as this module needs one."""

    def conversations_history(self, *, channel: str, **more: Any) -> Any: ...

    def conversations_replies(self, *, channel: str, ts: str, **more: Any) -> Any: ...


def message_metadata(row: OutboxRow, part: int) -> dict[str, Any]:
    """The metadata that is posted with a part, so that it can be found again."""
    return {"event_type": EVENT_TYPE, "event_payload": {"nonce": row.nonce, "part": part}}


def find_posted_message(client: MessageReader, row: OutboxRow, part: int, conversation: str) -> str | None:
    """The ts of a part that was posted; None when it is certainly not in the conversation.

    The first part is looked for among the conversation's messages, the others in its thread. Raises what Slack's client
    raises when these can't be read.
    """
    thread = row.posted_ts[0] if part and row.posted_ts else None
    payload = {"nonce": row.nonce, "part": part}
    return find_message(client, conversation, thread, row.claimed_at or 0.0, EVENT_TYPE, payload)


def find_message(
    client: MessageReader,
    conversation: str,
    thread: str | None,
    since: float,
    event_type: str,
    payload: dict[str, Any],
) -> str | None:
    """The ts of the message whose metadata has this type and payload; None when it is certainly not there.

    It is looked for in a thread, or among a conversation's messages, newest first, back to a day before `since`. The
    first page is read whole, and where `since` seems to be later than the newest message, by that message's time: this
    machine's clock may have been wrong, Slack's is not. Raises what Slack's client raises when these can't be read.
    """
    cursor, oldest = None, 0.0
    while True:
        page: dict[str, Any] = {"limit": PAGE_SIZE, "cursor": cursor, "include_all_metadata": True}
        if thread:
            reply = client.conversations_replies(channel=conversation, ts=thread, **page)
        else:
            more: dict[str, Any] = {"oldest": f"{oldest:.6f}"} if cursor else {}
            reply = client.conversations_history(channel=conversation, **more, **page)
        messages = reply.get("messages") or []
        if cursor is None and messages:
            newest = float(messages[0].get("ts") or 0.0)
            oldest = max(0.0, min(since, newest) - MAX_CLOCK_DIFFERENCE)
        for message in messages:
            metadata = message.get("metadata") or {}
            found = metadata.get("event_payload") or {}
            if metadata.get("event_type") == event_type and payload.items() <= found.items():
                return str(message["ts"])
        cursor = (reply.get("response_metadata") or {}).get("next_cursor") or None
        is_past = not thread and messages and float(messages[-1].get("ts") or 0.0) < oldest
        if cursor is None or is_past:
            return None
