"""What Slack's answer to a post means for it: is it out, certainly not, or can nobody tell? Pure."""

import re
import socket
from dataclasses import dataclass
from typing import Literal
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

How = Literal["wait", "gone", "refused", "stop", "doubt", "deleted"]
_CODE = re.compile(r"[a-z][a-z0-9_]{1,60}")
NOT_REACHED = "Slack cannot be reached"
WAIT_UNSAID = 30.0  # seconds, where a 429 does not say

# The channel cannot be posted to; the one who set the digest up can mend it.
GONE = frozenset(
    (
        "is_archived not_in_channel channel_not_found restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel "
        "restricted_action_non_threadable_channel user_not_found user_disabled cannot_dm_bot messages_tab_disabled is_inactive channel_is_archived "
        "posting_to_general_channel_denied slack_connect_file_link_sharing_blocked"
    ).split()
)
# Nothing can be posted at all; the operator has to mend it.
STOP = frozenset(
    (
        "invalid_auth not_authed account_inactive token_revoked token_expired missing_scope no_permission not_allowed_token_type team_access_not_granted "
        "org_login_required ekm_access_denied access_denied two_factor_setup_required"
    ).split()
)
# Of those, what says nothing about whether a channel may be read.
UNREACHABLE = frozenset("invalid_auth not_authed account_inactive token_revoked token_expired".split()) | {NOT_REACHED}
# Slack's own documentation: some of the operation may have succeeded before the error.
DOUBT = frozenset("internal_error fatal_error request_timeout service_unavailable team_unavailable".split())
DELETED = frozenset("thread_not_found message_not_found".split())


@dataclass(frozen=True)
class Outcome:
    """How a call failed. `seconds` to wait, where Slack says."""

    how: How
    code: str
    seconds: float = 0.0


def outcome_of(error: Exception) -> Outcome:
    """Of a call to Slack that raised. What is not known to have done nothing may have been done."""
    if isinstance(error, SlackApiError):
        return _answered(error)
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ConnectionRefusedError | socket.gaierror):
        return Outcome("stop", NOT_REACHED)  # it never heard of it
    return Outcome("doubt", type(error).__name__)


def _answered(error: SlackApiError) -> Outcome:
    response = error.response
    status = int(getattr(response, "status_code", 0) or 0)
    said = response.get("error") if hasattr(response, "get") else None
    code = said if isinstance(said, str) and _CODE.fullmatch(said) else ""
    if status == 429 or code in ("ratelimited", "rate_limited"):
        return Outcome("wait", "ratelimited", _retry_after(getattr(response, "headers", {}) or {}))
    if status >= 500 or not code or code in DOUBT:
        return Outcome("doubt", code or f"HTTP {status}")
    for how, codes in (("gone", GONE), ("stop", STOP), ("deleted", DELETED)):
        if code in codes:
            return Outcome(how, code)  # type: ignore[arg-type]
    return Outcome("refused", code)


def _retry_after(headers: dict[str, str]) -> float:
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        return max(0.0, float(value))
    except ValueError:
        return WAIT_UNSAID
