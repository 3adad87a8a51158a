"""A playground for each test; a client for its Web API; a Bolt app and a scripted app that it can reach over HTTP."""

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.playground import Playground
from bot.playground.server import ServerThread

PATH = "/slack/events"


@pytest.fixture
def slack() -> Iterator[Playground]:
    """A playground whose apps have to acknowledge within 0.4 s, so that a test of being late does not take three."""
    with Playground(ack_timeout=0.4) as playground:
        yield playground


@pytest.fixture
def client(slack: Playground) -> WebClient:
    """A client of the playground's Web API that repeats nothing by itself."""
    return WebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


class ScriptedApp:
    """An app that answers what a test tells it to, and keeps what it was sent: `(headers, parsed body)`."""

    def __init__(self) -> None:
        self.received: list[tuple[dict[str, str], dict[str, Any]]] = []
        self.answer: Any = None
        self.status = 200
        self.delay = 0.0

    async def handle(self, request: Request) -> Response:
        body = await request.body()
        if request.headers["content-type"] == "application/json":
            parsed = await request.json()
        else:
            form = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
            parsed = json.loads(form["payload"]) if "payload" in form else form
        self.received.append((dict(request.headers), parsed))
        if self.delay:
            await run_in_threadpool(time.sleep, self.delay)
        if isinstance(self.answer, dict):
            return JSONResponse(self.answer, self.status)
        return PlainTextResponse(self.answer or "", self.status)

    @property
    def last(self) -> dict[str, Any]:
        """The body it was sent last."""
        return self.received[-1][1]


@pytest.fixture
def app(slack: Playground) -> Iterator[ScriptedApp]:
    """A scripted app at the playground's request URL."""
    scripted = ScriptedApp()
    server = ServerThread(Starlette(routes=[Route(PATH, scripted.handle, methods=["POST"])]))
    server.start()
    slack.app_url = f"http://127.0.0.1:{server.port}{PATH}"
    yield scripted
    server.stop()


@pytest.fixture
def bolt(slack: Playground, client: WebClient) -> Iterator[App]:
    """A Bolt app at the playground's request URL; it checks signatures as in production."""
    bolt_app = App(client=client, signing_secret=slack.signing_secret)

    async def endpoint(request: Request) -> Response:
        bolt_request = BoltRequest(body=(await request.body()).decode(), headers=dict(request.headers))
        answer = await run_in_threadpool(bolt_app.dispatch, bolt_request)
        return Response(answer.body, answer.status, answer.first_headers_without_set_cookie())

    server = ServerThread(Starlette(routes=[Route(PATH, endpoint, methods=["POST"])]))
    server.start()
    slack.app_url = f"http://127.0.0.1:{server.port}{PATH}"
    yield bolt_app
    server.stop()
    bolt_app.listener_runner.listener_executor.shutdown()
