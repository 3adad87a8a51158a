"""When a call to Slack is made again after a 429."""

import pytest
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryState

from bot.slack.retry import RateLimitRetryHandler


@pytest.mark.parametrize(
    ("said", "is_retried"),
    [("1", True), ("30", True), ("31", False), ("1.5", False), ("Wed, 21 Oct 2026 07:28:00 GMT", False), ("", False)],
)
@pytest.mark.parametrize("is_list", [True, False])
def test_only_a_number_of_seconds_is_waited_for(said: str, is_retried: bool, is_list: bool) -> None:
    """Anything else is a 429 like one that is too long: it never fails with an error that nobody expects."""
    handler = RateLimitRetryHandler(max_retry_count=1)
    request = HttpRequest(method="POST", url="https://slack.com/api/chat.update", headers={})
    response = HttpResponse(status_code=429, headers={"Retry-After": [said] if is_list else said})
    assert handler.can_retry(state=RetryState(), request=request, response=response) is is_retried
