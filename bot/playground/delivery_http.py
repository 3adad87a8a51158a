"""Signed requests to the app's request URL."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx2

from bot.playground import delivery
from bot.playground.delivery import DeliveryResult, OutgoingRequest


def sign(secret: str, body: bytes, timestamp: int) -> str:
    """Slack's v0 signature of a request."""
    base = b"v0:%d:%s" % (timestamp, body)
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpDelivery:
    """Posts to the address that `app_url` returns at that moment."""

    def __init__(self, app_url: Callable[[], str | None], signing_secret: str) -> None:
        self._app_url = app_url
        self._secret = signing_secret
        # trust_env: a proxy in the environment must not stand between two processes of one machine. verify: nor is
        # there a certificate to check there, and reading the machine's certificates takes longer than all else that a
        # playground does to start.
        self._client = httpx2.Client(trust_env=False, follow_redirects=False, verify=False)

    def close(self) -> None:
        """Close the connections that were kept open."""
        self._client.close()

    def deliver(self, outgoing: OutgoingRequest, timeout: float) -> DeliveryResult:
        """Post `outgoing` as Slack does: a command as a form, an interaction as a form with `payload`, an event as
        JSON.
        """
        body, content_type = _body(outgoing)
        # The machine's time, not the playground's: the app compares it with its own clock.
        timestamp = int(time.time())
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": str(timestamp),
            "X-Slack-Signature": sign(self._secret, body, timestamp),
        }
        if outgoing.retry_num is not None:
            headers["X-Slack-Retry-Num"] = str(outgoing.retry_num)
            headers["X-Slack-Retry-Reason"] = outgoing.retry_reason or "http_timeout"
        started = time.monotonic()
        try:
            response = self._client.post(self._app_url() or "", content=body, headers=headers, timeout=timeout)
        except httpx2.TimeoutException:
            return DeliveryResult(None, None, time.monotonic() - started, delivery.TIMEOUT, "http")
        except (httpx2.HTTPError, httpx2.InvalidURL):
            return DeliveryResult(None, None, time.monotonic() - started, delivery.UNREACHABLE, "http")
        seconds = time.monotonic() - started
        if seconds > timeout:  # httpx2 limits each read, not the sum of them
            return DeliveryResult(None, None, seconds, delivery.TIMEOUT, "http")
        return DeliveryResult(response.status_code, _parsed(response), seconds, _error(response.status_code), "http")


def _body(outgoing: OutgoingRequest) -> tuple[bytes, str]:
    if outgoing.type == "events_api":
        return json.dumps(outgoing.payload).encode(), "application/json"
    fields = outgoing.payload if outgoing.type == "slash_commands" else {"payload": json.dumps(outgoing.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _parsed(response: httpx2.Response) -> Any:
    text = response.text
    if not text.strip():
        return None
    if response.headers.get("content-type", "").startswith("application/json"):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _error(status: int) -> str | None:
    if 200 <= status < 300:
        return None
    return delivery.SERVICE_ERROR if status >= 500 else delivery.CLIENT_ERROR
