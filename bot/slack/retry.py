"""Retries after Slack answers 429 (rate limited), except where the reply would come too late."""

from typing import Any

from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

MAX_RETRY_AFTER_SECONDS = 30  # a thread that waits longer answers nobody
NEVER_RETRIED_METHODS = (
    "views.open",
    "views.push",
    "users.info",
)  # a trigger is over in 3 seconds, and a window waits for the person's zone


class RateLimitRetryHandler(RateLimitErrorRetryHandler):
    """Waits as long as Slack says after a 429, up to MAX_RETRY_AFTER_SECONDS; not at all where that is no number."""

    def _can_retry(self, *, state: Any, request: Any, response: Any = None, error: Exception | None = None) -> bool:
        if not super()._can_retry(state=state, request=request, response=response, error=error):
            return False
        waits = {name.lower(): value for name, value in response.headers.items()}.get("retry-after", ["1"])
        seconds = waits[0] if isinstance(waits, list) else waits
        if not str(seconds).strip().isdecimal():  # a proxy's, or a date: Slack's client would fail at it
            return False
        return int(seconds) <= MAX_RETRY_AFTER_SECONDS and not request.url.rstrip("/").endswith(NEVER_RETRIED_METHODS)
