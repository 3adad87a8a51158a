"""Signed requests from Slack over HTTP, as the other way beside Socket Mode. Bolt verifies the signatures."""

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

EVENTS_PATH = "/slack/events"
MAX_BODY_BYTES = 2 * 1024 * 1024  # bytes; Slack's own requests stay far below


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
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer = await self._answer(Request(scope, receive))
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > MAX_BODY_BYTES:
                return PlainTextResponse("too large", 413)
        try:
            bolt_request = read_bolt_request(request, body)
        except (
            ValueError,
            TypeError,
            AttributeError,
            RecursionError,
        ):  # Bolt looks into it before it checks the signature
            return PlainTextResponse("neither a form nor JSON", 400)
        # Bolt's sync app would block the event loop until the ack; in a thread, many are handled at once.
        return to_starlette_response(await run_in_threadpool(self._app.dispatch, bolt_request))


def build_http_app(app: App) -> Starlette:
    """An ASGI app: POST /slack/events for Slack, GET /health for whatever watches the process."""

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route(EVENTS_PATH, EventsEndpoint(app), methods=["POST"]), Route("/health", health)])
