"""Signed requests from Slack over HTTP, as the other way beside Socket Mode.

The signature is looked at here, before anything of the body is read as text: Bolt parses first and verifies afterwards.
How Slack signs: https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import asyncio
import hmac
import logging
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.references import with_reference
from bot.slack.health_pages import HealthPages
from bot.slack.overload import TURNS, AnswerTurns, TooBusyError, busy_response

log = logging.getLogger(__name__)
EVENTS_PATH = "/slack/events"
MAX_BODY_BYTES = 2 * 1024 * 1024  # bytes; Slack's own requests stay far below
MAX_BODY_SECONDS = 5.0  # Slack gives up after 3
MAX_AGE_SECONDS = 300  # of a signature, as Slack says
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


def read_bolt_request(request: Request, body: bytes) -> BoltRequest:
    """The request as Bolt takes it. Raises ValueError for a body that is no text, or no JSON where it should be.

    Bolt 1.30 takes every form with the word "payload" in it for an interaction, and loses `/halo webhook payload`. So
    the word is percent-encoded first, which a form reads as the same; the signature is still checked against what Slack
    sent.
    """
    asked = to_bolt_request(request, body)
    if not asked.body and b"payload" in body:
        asked = to_bolt_request(request, body.replace(b"payload", b"%70ayload"))
        asked.raw_body = body.decode()
    return asked


class EventsEndpoint:
    """The ASGI endpoint of Slack's requests. A plain function would cost more: Starlette's wrapping takes as long as a
    small answer.

    Everything that can be refused is refused before it costs something: the time and the form of the signature before
    the body is read, the signature before the body is parsed.
    """

    def __init__(
        self, app: App, signing_secret: str, now: Callable[[], float] = time.time, health: HealthPages | None = None
    ) -> None:
        self._app, self._secret, self._now, self._health = app, signing_secret.encode(), now, health
        self._turns, self._threads = AnswerTurns(), ThreadPoolExecutor(TURNS, "answers")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        arrived = time.monotonic()
        with with_reference():
            answer = await self._answer(Request(scope, receive))
            if self._health and answer.status_code == 200:
                self._health.note_acknowledged(time.monotonic() - arrived)
            await answer(scope, receive, send)
            if answer.status_code != 200:
                log.debug("refused with %s", answer.status_code)

    async def _answer(self, request: Request) -> Response:
        timestamp, signature = (
            request.headers.get(f"x-slack-{name}", "") for name in ("request-timestamp", "signature")
        )
        if not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
            return PlainTextResponse("not signed by Slack", 401)
        if abs(self._now() - int(timestamp)) > MAX_AGE_SECONDS:
            return PlainTextResponse("signed too long ago, or this machine's clock is wrong", 401)
        try:
            async with asyncio.timeout(MAX_BODY_SECONDS):
                body = await _read_body(request)
        except TimeoutError:
            return PlainTextResponse("the body took too long", 408)
        if body is None:
            return PlainTextResponse("too large", 413)
        expected = hmac.new(self._secret, b"v0:" + timestamp.encode() + b":" + body, "sha256").hexdigest()
        if not hmac.compare_digest(signature, f"v0={expected}"):
            return PlainTextResponse("not signed by Slack", 401)
        if self._health:
            self._health.note_delivery()
        try:
            bolt_request = read_bolt_request(request, body)
        except (ValueError, TypeError, AttributeError, RecursionError):  # Bolt looks into it
            return PlainTextResponse("neither a form nor JSON", 400)
        return to_starlette_response(await self._dispatch(bolt_request))

    async def _dispatch(self, bolt_request: BoltRequest) -> BoltResponse:
        """Bolt's answer, or that there is too much to do. Bolt's sync app would block the event loop until the ack, so
        it is asked in a thread.
        """
        try:
            async with self._turns.turn():
                answering = asyncio.get_running_loop().run_in_executor(
                    self._threads, copy_context().run, self._app.dispatch, bolt_request
                )
                return await answering
        except TooBusyError:
            return busy_response(bolt_request.body)


async def _read_body(request: Request) -> bytes | None:
    """The body, or None when it is too large."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY_BYTES:
            return None
    return bytes(body)


class HttpApp(Starlette):
    """Starlette, but for Slack's requests: its routing and its pages for errors take as long as a small answer."""

    def __init__(self, events: EventsEndpoint, routes: Sequence[BaseRoute]) -> None:
        super().__init__(routes=[Route(EVENTS_PATH, events, methods=["POST"]), *routes])
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["path"] == EVENTS_PATH and scope["method"] == "POST":
            await self._events(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def build_http_app(
    app: App,
    signing_secret: str,
    now: Callable[[], float] = time.time,
    health: HealthPages | None = None,
    pages: ASGIApp | None = None,
    install_routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """An ASGI app: POST /slack/events for Slack, and the health pages for whatever watches over the process.
    `install_routes` are where workspaces install the app; `pages` answers every other address.
    """
    events = EventsEndpoint(app, signing_secret, now, health)
    routes: list[BaseRoute] = [*(health.routes() if health else ()), *install_routes]
    return HttpApp(events, [*routes, *([Mount("/", pages)] if pages else [])])
