"""Who may use the playground: the page that was opened with its key, and the app with its tokens.

Any web page that is open in a browser on this machine can send requests here, and so can any program on it. A browser
says which site a request comes from; another one's is refused, whatever it asks for.
"""

import secrets
from collections.abc import Callable
from http import HTTPStatus

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

KEY = "key"  # in the page's address
_WITH_KEY = ("/control/", "/page/")  # besides the page itself; the rest asks for a token, or is no secret


class Guard:
    """A middleware. `origins` are the playground's own; `key` opens its page, None leaves that to everybody here."""

    def __init__(self, app: ASGIApp, origins: Callable[[], set[str]], key: str | None) -> None:
        self._app, self._origins, self._key = app, origins, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(HTTPConnection(scope)) if scope["type"] in ("http", "websocket") else None
        await (answer or self._app)(scope, receive, send)

    def _answer(self, request: HTTPConnection) -> Response | None:
        """What to answer in the app's place; None where the request may pass."""
        if self._is_foreign(request):
            return PlainTextResponse("Another website asked for this; it is refused.", HTTPStatus.FORBIDDEN)
        path = request.url.path
        if self._key is None or not (path == "/" or path.startswith(_WITH_KEY)):
            return None
        cookie = f"playground-{request.url.port}"  # browsers share cookies between the ports of a machine
        if path == "/" and self._opens(request.query_params.get(KEY)):
            opened = RedirectResponse("/", HTTPStatus.SEE_OTHER, headers={"Referrer-Policy": "no-referrer"})
            opened.set_cookie(cookie, self._key, httponly=True, samesite="strict")
            return opened
        if self._opens(request.cookies.get(cookie)):
            return None
        return PlainTextResponse(
            "This page opens with a key. Use the address that Halobot printed when it was started.",
            HTTPStatus.FORBIDDEN,
        )

    def _is_foreign(self, request: HTTPConnection) -> bool:
        headers = request.headers
        origin = headers.get("origin")
        if origin is not None and origin not in self._origins():
            return True
        # Another port of this machine is "same-site", and as foreign. A link that somebody clicks only opens the page.
        is_link = headers.get("sec-fetch-mode") == "navigate" and request.scope.get("method") == "GET"
        is_own = headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        return not is_own and not (is_link and request.url.path == "/")

    def _opens(self, given: str | None) -> bool:
        return bool(given and self._key and secrets.compare_digest(given.encode(), self._key.encode()))
