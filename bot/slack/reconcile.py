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
    claimed; the others in its thread. The first page is read whole, and where the claim seems to be later than the
    newest message, by that message's time: this machine's clock may have been wrong, Slack's is not. Raises what
    Slack's client raises when these can't be read.
    """
    cursor, oldest = None, 0.0
    while True:
        page: dict[str, Any] = {"limit": PAGE_SIZE, "cursor": cursor, "include_all_metadata": True}
        if part and row.posted_ts:
            reply = client.conversations_replies(channel=conversation, ts=row.posted_ts[0], **page)
        else:
            more: dict[str, Any] = {"oldest": f"{oldest:.6f}"} if cursor else {}
            reply = client.conversations_history(channel=conversation, **more, **page)
        messages = reply.get("messages") or []
        if cursor is None and messages:
            newest = float(messages[0].get("ts") or 0.0)
            oldest = max(0.0, min(row.claimed_at or 0.0, newest) - MAX_CLOCK_DIFFERENCE)
        for message in messages:
            if _is_part(message, row, part):
                return str(message["ts"])
        cursor = (reply.get("response_metadata") or {}).get("next_cursor") or None
        is_past = not (part and row.posted_ts) and messages and float(messages[-1].get("ts") or 0.0) < oldest
        if cursor is None or is_past:
            return None


def _is_part(message: dict[str, Any], row: OutboxRow, part: int) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return (
        metadata.get("event_type") == EVENT_TYPE and payload.get("nonce") == row.nonce and payload.get("part") == part
    )
