"""The one table of Slack's error codes: what each means for a message that was being posted. Pure.

Everything that handles a failed call to Slack asks `classify_error`; nothing else compares codes.
"""

import re
import socket
from dataclasses import dataclass
from enum import Enum
from http.client import HTTPException
from typing import NamedTuple
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

from bot.slack.history_limit import HistoryTooSoonError
from bot.slack.web_client import NotSentError

SLACK_ERRORS = (SlackApiError, OSError, HTTPException)  # what a call to Slack may raise; the last: a broken answer
UNREACHABLE_REASON = "Slack cannot be reached"
DEFAULT_RETRY_AFTER = 30.0  # seconds, where a 429 doesn't say
MAX_RETRY_AFTER = 3600.0  # seconds; what would have to wait for longer is tried then
_CODE = re.compile(r"[a-z][a-z0-9_]{1,60}")


class NotInstalledError(Exception):
    """The app is not installed in that workspace, or its tokens cannot be read: no call was made."""


class ErrorMeaning(Enum):
    """What a failed call says about the message. Only after DELIVERY_UNKNOWN may it have been posted."""

    RATE_LIMITED = "rate limited"  # post again after `retry_after`
    CHANNEL_UNAVAILABLE = "channel unavailable"  # whoever set the digest up can mend it
    NOT_PERMITTED = "not permitted"  # a scope or a right is missing; the operator can mend it
    AUTHENTICATION_FAILED = "authentication failed"  # no call can succeed; says nothing about the channel
    UNREACHABLE = "unreachable"  # Slack never received the call
    DELIVERY_UNKNOWN = "delivery unknown"  # nobody can tell whether it was posted
    TARGET_DELETED = "target deleted"  # the message or thread it belongs to is gone
    METADATA_REFUSED = "metadata refused"  # the same message without its metadata may be taken
    REFUSED = "refused"  # nothing was posted, for a reason that may pass; so is any code that isn't in the table
    REJECTED = "rejected"  # the message itself is wrong: no later call can succeed


class CodeRow(NamedTuple):
    """A row of the table: what the code means, and for people why that is and what they can do, where they can.

    `is_absent`: the bot is not there, or was not let in. An invitation may help, and a response_url may still take the
    message. Where Slack refuses by a policy, neither is tried.
    """

    meaning: ErrorMeaning
    reason: str = ""  # "it is archived"
    remedy: str = ""  # "Unarchive it"
    is_absent: bool = False


_CHANNEL = CodeRow(ErrorMeaning.CHANNEL_UNAVAILABLE)
_PERMISSION = CodeRow(ErrorMeaning.NOT_PERMITTED)
_AUTHENTICATION = CodeRow(ErrorMeaning.AUTHENTICATION_FAILED)
_UNKNOWN = CodeRow(ErrorMeaning.DELIVERY_UNKNOWN)  # Slack: "some aspect of the operation succeeded before the error"
_METADATA = CodeRow(ErrorMeaning.METADATA_REFUSED)
_REJECTED = CodeRow(ErrorMeaning.REJECTED)
_INVITE = "Invite me with `/invite @halo` in the channel"

# The meaning of each code: https://api.slack.com/methods/chat.postMessage#errors
CODES = {
    "ratelimited": CodeRow(ErrorMeaning.RATE_LIMITED),
    "rate_limited": CodeRow(ErrorMeaning.RATE_LIMITED),
    "is_archived": CodeRow(ErrorMeaning.CHANNEL_UNAVAILABLE, "it is archived", "Unarchive it", is_absent=True),
    "not_in_channel": CodeRow(ErrorMeaning.CHANNEL_UNAVAILABLE, "I am not in it", _INVITE, is_absent=True),
    "channel_not_found": CodeRow(
        ErrorMeaning.CHANNEL_UNAVAILABLE, "it is private or gone, and I am not in it", _INVITE, is_absent=True
    ),
    "channel_is_archived": _CHANNEL,
    "is_inactive": _CHANNEL,
    "restricted_action": _CHANNEL._replace(is_absent=True),
    "restricted_action_read_only_channel": _CHANNEL,
    "restricted_action_thread_only_channel": _CHANNEL,
    "restricted_action_non_threadable_channel": _CHANNEL,
    "posting_to_general_channel_denied": _CHANNEL,
    "slack_connect_file_link_sharing_blocked": _CHANNEL,
    "user_not_found": _CHANNEL,
    "user_disabled": _CHANNEL,
    "cannot_dm_bot": _CHANNEL,
    "messages_tab_disabled": _CHANNEL,
    "missing_scope": _PERMISSION._replace(is_absent=True),
    "no_permission": _PERMISSION._replace(is_absent=True),
    "not_allowed_token_type": _PERMISSION,
    "team_access_not_granted": _PERMISSION,
    "org_login_required": _PERMISSION,
    "ekm_access_denied": _PERMISSION,
    "access_denied": _PERMISSION,
    "two_factor_setup_required": _PERMISSION,
    "invalid_auth": _AUTHENTICATION,
    "not_authed": _AUTHENTICATION,
    "account_inactive": _AUTHENTICATION,
    "token_revoked": _AUTHENTICATION,
    "token_expired": _AUTHENTICATION,
    "internal_error": _UNKNOWN,
    "fatal_error": _UNKNOWN,
    "request_timeout": _UNKNOWN,
    "service_unavailable": _UNKNOWN,
    "team_unavailable": _UNKNOWN,
    "thread_not_found": CodeRow(ErrorMeaning.TARGET_DELETED),
    "message_not_found": CodeRow(ErrorMeaning.TARGET_DELETED),
    "invalid_metadata_format": _METADATA,
    "invalid_metadata_schema": _METADATA,
    "metadata_too_large": _METADATA,
    "metadata_must_be_sent_from_app": _METADATA,
    "invalid_arguments": _METADATA,  # what workspaces without Work Objects answer
    "invalid_arg_name": _METADATA,
    "no_text": _REJECTED,
    "msg_too_long": _REJECTED,
    "msg_blocks_too_long": _REJECTED,
    "invalid_blocks": _REJECTED,
    "invalid_blocks_format": _REJECTED,
    "invalid_attachments": _REJECTED,
    "attachment_payload_limit_exceeded": _REJECTED,
    "too_many_attachments": _REJECTED,
    "too_many_contact_cards": _REJECTED,
    "markdown_text_conflict": _REJECTED,
}


@dataclass(frozen=True)
class ApiFailure:
    """How a call to Slack failed. `code` is Slack's, or says in a few words what happened instead of an answer."""

    meaning: ErrorMeaning
    code: str
    retry_after: float = 0.0  # seconds; only for RATE_LIMITED

    @property
    def allows_response_url(self) -> bool:
        """Whether the message was certainly not posted, and a response_url may still take it."""
        row = CODES.get(self.code)
        return row is not None and row.is_absent and self.meaning is row.meaning


def classify_error(error: Exception) -> ApiFailure:
    """What a call to Slack that raised means. Where it isn't known to have done nothing, it may have posted."""
    if isinstance(error, SlackApiError):
        return _classify_answer(error)
    if isinstance(error, HistoryTooSoonError):
        return ApiFailure(ErrorMeaning.RATE_LIMITED, "history_too_soon", error.seconds)
    if isinstance(error, NotInstalledError):
        return ApiFailure(ErrorMeaning.AUTHENTICATION_FAILED, "not_installed")
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, NotSentError | ConnectionRefusedError | socket.gaierror):
        return ApiFailure(ErrorMeaning.UNREACHABLE, UNREACHABLE_REASON)
    return ApiFailure(ErrorMeaning.DELIVERY_UNKNOWN, type(error).__name__)


def _classify_answer(error: SlackApiError) -> ApiFailure:
    response = error.response
    status = int(getattr(response, "status_code", 0) or 0)
    answer = response.get("error") if hasattr(response, "get") else None
    code = answer if isinstance(answer, str) and _CODE.fullmatch(answer) else ""  # a proxy's page comes as a sentence
    meaning = CODES[code].meaning if code in CODES else ErrorMeaning.REFUSED
    if status == 429 or meaning is ErrorMeaning.RATE_LIMITED:
        headers = getattr(response, "headers", {}) or {}
        return ApiFailure(ErrorMeaning.RATE_LIMITED, "ratelimited", _retry_after(headers))
    if status >= 500 or not code:
        return ApiFailure(ErrorMeaning.DELIVERY_UNKNOWN, code or f"HTTP {status}")
    return ApiFailure(meaning, code)


def _retry_after(headers: dict[str, str]) -> float:
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return min(max(0.0, float(value)), MAX_RETRY_AFTER)
    except ValueError:
        return DEFAULT_RETRY_AFTER
