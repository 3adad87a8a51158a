"""The playground: one object, started with `with`, driven in Python or under /control/ by another process."""

import threading
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.playground import fixtures
from bot.playground.admin_actions import AdminActions
from bot.playground.clock import Clock
from bot.playground.control import Control
from bot.playground.delivery import Delivery
from bot.playground.delivery_http import HttpDelivery
from bot.playground.element_actions import ElementActions
from bot.playground.faults import Faults
from bot.playground.guard import KEY, Guard
from bot.playground.message_actions import MessageActions
from bot.playground.modal_actions import ModalActions
from bot.playground.model import Team
from bot.playground.server import HOST, ServerThread
from bot.playground.socket_mode import SocketMode
from bot.playground.web_api import WebApi

ACK_SECONDS = 3.0


class Playground(MessageActions, ElementActions, ModalActions, AdminActions):
    """A Slack on 127.0.0.1.

    `app_url`: the app's request URL; it may be set later, and without one the app has to use Socket Mode. Also the
    secret and tokens that the app is given, the port (0: any), the real seconds that the app has to acknowledge, the
    key that the page is opened with (None: it needs none), and which workspace it is. Point the app's client at
    `api_url`.
    """

    def __init__(
        self,
        app_url: str | None = None,
        signing_secret: str = "playground-signing-secret",
        bot_token: str = "xoxb-playground",
        app_token: str = "xapp-playground",
        *,
        port: int = 0,
        ack_timeout: float = ACK_SECONDS,
        routes: list[BaseRoute] | None = None,
        key: str | None = None,
        team: Team | None = None,
    ) -> None:
        self._key = key
        self.signing_secret, self.bot_token, self.app_token = signing_secret, bot_token, app_token
        lock = threading.RLock()
        state = fixtures.create_state(Clock(lock), lock, team)
        self.faults = Faults()
        self.sockets = SocketMode(state)
        self._http = HttpDelivery(lambda: self.app_url, signing_secret)
        super().__init__(state, Delivery(self._http, self.sockets, ack_timeout), lambda: self.url)
        self._events = {}
        self.app_url = app_url
        self.web_api = WebApi(
            state, self.faults, (bot_token, app_token), self._socket_url, lambda request: self._server.drop(request)
        )
        self._server = ServerThread(self._app(routes or []), port)

    @property
    def url(self) -> str:
        """The playground's own address, without a slash at its end."""
        return f"http://{HOST}:{self._server.port}"

    @property
    def page_url(self) -> str:
        """The address of the page, with its key."""
        return f"{self.url}/?{KEY}={self._key}" if self._key else f"{self.url}/"

    @property
    def api_url(self) -> str:
        """What the app's client takes as `base_url` (SLACK_API_URL)."""
        return f"{self.url}/api/"

    @property
    def app_url(self) -> str | None:
        """The app's request URL; None means Socket Mode."""
        return self.delivery.app_url

    @app_url.setter
    def app_url(self, url: str | None) -> None:
        self.delivery.app_url = url

    def set_app_url(self, url: str | None) -> None:
        """The same as setting `app_url`, for /control/."""
        self.app_url = url

    def start(self) -> Self:
        """Start to answer; `with` does this too."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Close everything; `with` does this too."""
        self.state.transcript.close()  # or an open page, which waits for news, would have to be cut off
        self._server.stop()
        self._http.close()

    def reset(self) -> None:
        super().reset()
        self._server.call_soon(self.web_api.forget_late)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _socket_url(self) -> str:
        return f"ws://{HOST}:{self._server.port}/link/?ticket={self.sockets.new_ticket()}&app_id={self.state.app.id}"

    def _app(self, more: list[BaseRoute]) -> Starlette:
        routes: list[BaseRoute] = [
            Route("/api/{method}", self.web_api.method, methods=["GET", "POST"]),
            Route("/response/{id}", self.web_api.response_url, methods=["POST"]),
            WebSocketRoute("/link/", self.sockets.serve),
            *Control(self).routes(),
            *more,
        ]
        # Only by these names: a web page elsewhere must not reach it by a name that it made point to this machine.
        names = Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"])
        return Starlette(routes=routes, middleware=[names, Middleware(Guard, self._origins, self._key)])

    def _origins(self) -> set[str]:
        return {f"http://{name}:{self._server.port}" for name in (HOST, "localhost")}
