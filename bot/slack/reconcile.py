"""Looks in Slack for a message of which nobody knows whether it was posted, by the nonce in its metadata."""

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

    The first part is looked for among the conversation's messages, newest first, back to a day before the row was
    claimed; the others in its thread. Raises what Slack's client raises when these can't be read.
    """
    cursor = None
    while True:
        page: dict[str, Any] = {"limit": PAGE_SIZE, "cursor": cursor, "include_all_metadata": True}
        if part and row.posted_ts:
            reply = client.conversations_replies(channel=conversation, ts=row.posted_ts[0], **page)
        else:
            oldest = f"{max(0.0, (row.claimed_at or 0.0) - MAX_CLOCK_DIFFERENCE):.6f}"
            reply = client.conversations_history(channel=conversation, oldest=oldest, **page)
        for message in reply.get("messages") or []:
            if _is_part(message, row, part):
                return str(message["ts"])
        cursor = (reply.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return None


def _is_part(message: dict[str, Any], row: OutboxRow, part: int) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return (
        metadata.get("event_type") == EVENT_TYPE and payload.get("nonce") == row.nonce and payload.get("part") == part
    )
