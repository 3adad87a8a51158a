"""Looking in Slack for a message whose fate is not known, by the nonce in its metadata."""

from typing import Any, Literal, Protocol

from bot.storage.models import OutboxRow

EVENT = "halobot_post"
PAGE = 200
DAY = 24 * 3600.0  # how far Slack's clock and ours may be apart


class MessageReader(Protocol):
    """Slack's client, as far as this module needs one."""

    def conversations_history(self, *, channel: str, **more: Any) -> Any: ...

    def conversations_replies(self, *, channel: str, ts: str, **more: Any) -> Any: ...


Found = tuple[Literal["found", "absent"], str]


def message_metadata(row: OutboxRow, part: int) -> dict[str, Any]:
    """What travels with a part, so that it can be found again."""
    return {"event_type": EVENT, "event_payload": {"nonce": row.nonce, "part": part}}


def look(client: MessageReader, row: OutboxRow, part: int, conversation: str) -> Found:
    """Whether a part is in its channel, and its ts. Raises what Slack's client raises when that cannot be read.

    The post is looked for among the channel's messages, newest first, back to a day before it was claimed; a thread's
    part in its thread.
    """
    cursor = None
    while True:
        if part and row.posted_ts:
            reply = client.conversations_replies(
                channel=conversation, ts=row.posted_ts[0], limit=PAGE, cursor=cursor, include_all_metadata=True
            )
        else:
            oldest = f"{max(0.0, (row.claimed_at or 0.0) - DAY):.6f}"
            reply = client.conversations_history(
                channel=conversation, oldest=oldest, limit=PAGE, cursor=cursor, include_all_metadata=True
            )
        messages: list[dict[str, Any]] = reply.get("messages") or []
        for message in messages:
            if _is(message, row, part):
                return "found", str(message["ts"])
        cursor = (reply.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            return "absent", ""


def _is(message: dict[str, Any], row: OutboxRow, part: int) -> bool:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return metadata.get("event_type") == EVENT and payload.get("nonce") == row.nonce and payload.get("part") == part
