"""Slack's Web API client with a bound on connecting: a call that starts too late is not sent at all.

urllib gives each of a host's addresses the whole timeout in turn, and the TLS handshake one for every read. With four
addresses that drop packets a post left forty seconds after its lease was renewed, when another process had looked for
it, found nothing, and posted. Here all of connecting has one deadline, which is looked at once more right before the
first byte of the request.
"""

import socket
import ssl
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.error import HTTPError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.history_limit import HistoryLimit
from bot.storage.lease_clock import uptime

Clock = Callable[[], float]
Address = tuple[str, int]
_send_before: ContextVar[float | None] = ContextVar("send_before", default=None)


class NotSentError(OSError):
    """Connecting took too long or failed: Slack never received the call."""

    is_sentence = True  # the log may have it


@contextmanager
def send_before(deadline: float) -> Iterator[None]:
    """Calls inside are sent before this moment of `uptime`, or raise NotSentError."""
    token = _send_before.set(deadline)
    try:
        yield
    finally:
        _send_before.reset(token)


def connect_before(
    deadline: float,
    address: Address,
    timeout: float | None = None,
    source: Address | None = None,
    clock: Clock = uptime,
) -> socket.socket:
    """A connection to a host and port, made before the deadline: what is left is shared among its addresses.

    `timeout` is that of later reads and writes, in seconds. Raises NotSentError.
    """
    targets = socket.getaddrinfo(*address, 0, socket.SOCK_STREAM)
    error: OSError = NotSentError("Slack has no address")
    for position, (family, kind, protocol, _, target) in enumerate(targets):
        left = deadline - clock()
        if left <= 0:
            break
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(left / (len(targets) - position))
            if source:
                connection.bind(source)
            connection.connect(target)
            connection.settimeout(timeout)
        except OSError as problem:
            connection.close()
            error = problem
        else:
            return connection
    raise NotSentError(f"no connection to Slack: {error}") from error


class _Bounded(HTTPConnection):
    """Connects before a deadline: its timeout from now on, or the one of `send_before` where that is sooner."""

    def connect(self) -> None:
        deadline = uptime() + (self.timeout or 10.0)
        if (limit := _send_before.get()) is not None:
            deadline = min(deadline, limit)
        self._create_connection = partial(connect_before, deadline)
        try:
            super().connect()
        except TimeoutError as error:  # the TLS handshake
            raise NotSentError("connecting to Slack took too long") from error
        if uptime() >= deadline:
            self.close()
            raise NotSentError("connecting to Slack took too long")


class _BoundedHTTPS(_Bounded, HTTPSConnection):
    """The same, with TLS."""


class _HTTPHandler(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(_Bounded, req)


class _HTTPSHandler(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(_BoundedHTTPS, req, context=self._context)  # type: ignore[attr-defined]


@cache
def tls_context() -> ssl.SSLContext:
    """What all connections verify Slack's certificate with. Reading the system's certificates takes a tenth of a
    second, and without this every call would read them.
    """
    return ssl.create_default_context()


class BoundedWebClient(WebClient):
    """A WebClient whose calls are sent within its timeout, or not at all. Its arguments are WebClient's. An answer that
    breaks off or cannot be read raises ConnectionError, as a lost connection does.

    `on_refused(token, code)` is told of each call that Slack answers with an error, before that is raised.
    """

    on_refused: Callable[[str, str], None] | None = None
    history_limit: HistoryLimit | None = None  # where messages may be read seldom only
    on_rate_limited: Callable[[], object] | None = None  # is told of each 429

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ssl = self.ssl or tls_context()

    def api_call(self, api_method: str, **options: Any) -> Any:
        """As WebClient's."""
        try:
            return super().api_call(api_method, **options)
        except SlackApiError as error:
            code = error.response.get("error") if hasattr(error.response, "get") else None
            if self.on_refused and isinstance(code, str):
                self.on_refused(self.token or "", code)
            raise

    def _perform_urllib_http_request_internal(self, url: str, req: urllib.request.Request) -> dict[str, Any]:
        proxies = [urllib.request.ProxyHandler({"http": self.proxy, "https": self.proxy})] if self.proxy else []
        opener = urllib.request.build_opener(_HTTPHandler(), _HTTPSHandler(context=self.ssl), *proxies)
        try:
            with opener.open(req, timeout=self.timeout) as answer:
                charset = answer.headers.get_content_charset() or "utf-8"
                return {"status": answer.status, "headers": answer.headers, "body": answer.read().decode(charset)}
        except HTTPError as error:
            if error.code == 429 and self.on_rate_limited:
                self.on_rate_limited()
            raise
        except (HTTPException, UnicodeError, LookupError) as error:  # none of them is an OSError
            raise ConnectionError(f"Slack's answer cannot be read: {type(error).__name__}") from error


def served_teams(client: WebClient) -> tuple[str, ...] | None:
    """The workspace that a client's token is for; None for a token of a whole organisation. Raises OSError when Slack
    does not say.
    """
    try:
        team = str(client.auth_test().get("team_id") or "")
    except SlackApiError as error:
        raise OSError(f"Slack refuses the token ({error.response.get('error')})") from error
    except SlackClientError as error:
        raise OSError(str(error)) from error
    return (team,) if team.startswith("T") else None
