"""Looks in Slack for a message of which nobody knows whether it was posted, by what its metadata says."""

from typing import Any, Protocol

from slack_sdk.errors import SlackApiError

from bot.slack.api_errors import classify_error
from bot.slack.history_limit import CALL_SECONDS, HistoryLimit, LookupProgress
from bot.slack.history_limit import PAGE_SIZE as PACED_SIZE
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

    Of a client with a pace one page is read at a time: HistoryTooSoonError says when to call again, to go on there.
    """
    pace: HistoryLimit | None = getattr(client, "history_limit", None)
    lookup = (conversation, thread, event_type, tuple(sorted(payload.items())))
    begun = pace.progress(lookup) if pace else None
    cursor, oldest = (begun.cursor, begun.oldest) if begun else (None, 0.0)
    while True:
        messages, next_cursor = _read_page(client, pace, conversation, thread, cursor, oldest)
        if cursor is None and messages:
            newest = float(messages[0].get("ts") or 0.0)
            oldest = max(0.0, min(since, newest) - MAX_CLOCK_DIFFERENCE)
        found = next((str(message["ts"]) for message in messages if _is_it(message, event_type, payload)), None)
        cursor = next_cursor
        is_past = not thread and messages and float(messages[-1].get("ts") or 0.0) < oldest
        is_done = found is not None or cursor is None or is_past
        if pace:
            pace.keep(lookup, None if is_done or cursor is None else LookupProgress(cursor, oldest))
        if is_done:
            return found


def _is_it(message: dict[str, Any], event_type: str, payload: dict[str, Any]) -> bool:
    metadata = message.get("metadata") or {}
    return metadata.get("event_type") == event_type and payload.items() <= (metadata.get("event_payload") or {}).items()


def _read_page(
    client: MessageReader,
    pace: HistoryLimit | None,
    conversation: str,
    thread: str | None,
    cursor: str | None,
    oldest: float,
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of messages, and the cursor of the next one. Where there is a pace, raises HistoryTooSoonError too early,
    and a refusal of Slack's sets the next moment.
    """
    method = "conversations.replies" if thread else "conversations.history"
    page: dict[str, Any] = {"limit": PACED_SIZE if pace else PAGE_SIZE, "cursor": cursor, "include_all_metadata": True}
    if pace:
        pace.take(method)
    try:
        if thread:
            reply = client.conversations_replies(channel=conversation, ts=thread, **page)
        else:
            more: dict[str, Any] = {"oldest": f"{oldest:.6f}"} if cursor else {}
            reply = client.conversations_history(channel=conversation, **more, **page)
    except SlackApiError as error:
        failure = classify_error(error)
        if pace and failure.retry_after:
            pace.wait(method, failure.retry_after)
        raise
    if pace:
        pace.wait(method, CALL_SECONDS)  # from now on: Slack counted it after it left
    messages = reply.get("messages")
    if not isinstance(messages, list):  # nothing is known then: the message may be there
        raise ConnectionError("Slack's answer has no messages")
    return messages, (reply.get("response_metadata") or {}).get("next_cursor") or None
