"""What a failed call to Slack means for the message that was being posted."""

import socket
from types import SimpleNamespace
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack.api_errors import CODES, ApiFailure, ErrorMeaning, classify_error


def refusal(error: object, status: int = 200, **headers: str) -> SlackApiError:
    """What Slack's client raises for an answer with this `error`."""
    answer = {"ok": False, "error": error}
    return SlackApiError("", SimpleNamespace(status_code=status, headers=headers, get=answer.get))


@pytest.mark.parametrize("code", CODES)
def test_each_code_means_what_its_row_says(code: str) -> None:
    """A code in the table has the meaning of its row, whichever call it comes from."""
    assert classify_error(refusal(code)).meaning is CODES[code].meaning


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (refusal("invalid_blocks"), ErrorMeaning.REJECTED),
        (refusal("team_added_to_org"), ErrorMeaning.REFUSED),
        (refusal("a_code_from_next_year"), ErrorMeaning.REFUSED),
        (refusal("channel_not_found", 500), ErrorMeaning.DELIVERY_UNKNOWN),
        (refusal("<html>Bad gateway</html>", 502), ErrorMeaning.DELIVERY_UNKNOWN),
        (refusal("A sentence of a proxy's."), ErrorMeaning.DELIVERY_UNKNOWN),
        (refusal(None), ErrorMeaning.DELIVERY_UNKNOWN),
        (TimeoutError(), ErrorMeaning.DELIVERY_UNKNOWN),
        (URLError(ConnectionResetError()), ErrorMeaning.DELIVERY_UNKNOWN),
        (URLError(ConnectionRefusedError()), ErrorMeaning.UNREACHABLE),
        (URLError(socket.gaierror()), ErrorMeaning.UNREACHABLE),
    ],
)
def test_only_what_certainly_did_nothing_is_a_refusal(error: Exception, meaning: ErrorMeaning) -> None:
    """A lost connection, a server error or an unreadable answer may have posted; an unknown code has not."""
    assert classify_error(error).meaning is meaning


def test_a_429_says_how_long_to_wait() -> None:
    """In seconds; half a minute where it doesn't say, or not as a number."""
    assert classify_error(refusal("ratelimited", 429, **{"Retry-After": "7"})) == ApiFailure(
        ErrorMeaning.RATE_LIMITED, "ratelimited", 7.0
    )
    assert classify_error(refusal("rate_limited")).retry_after == 30.0
    assert classify_error(refusal(None, 429, **{"retry-after": "soon"})).retry_after == 30.0


@pytest.mark.parametrize(("said", "seconds"), [("inf", 3600.0), ("1e9", 3600.0), ("3000", 3000.0), ("-5", 0.0)])
def test_a_429_never_ends_what_waits_for_it(said: str, seconds: float) -> None:
    """Whatever is said, it is tried again within an hour: a half-posted digest would lie still for ever."""
    assert classify_error(refusal("ratelimited", 429, **{"Retry-After": said})).retry_after == seconds


def test_another_way_is_tried_only_where_the_bot_is_absent():
    """After a refusal by policy neither a response_url nor an invitation is tried; with a 5xx nobody knows what
    happened.
    """
    allowed = {code for code in CODES if classify_error(refusal(code)).allows_response_url}
    assert allowed == {
        "not_in_channel", "channel_not_found", "is_archived", "restricted_action", "missing_scope", "no_permission"
    }  # fmt: skip
    assert not classify_error(refusal("not_in_channel", 503)).allows_response_url
    assert not classify_error(refusal("a_new_code")).allows_response_url
