"""The pages over HTTP: strict headers, ETags, a limit for each client and on how much is rendered at once.

Pages are made in threads or a process of their own, so that they take none from what else the process does.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Executor, ThreadPoolExecutor
from email.utils import formatdate, parsedate_to_datetime
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.client_limit import ClientLimit, WaitingLimit, client_of
from bot.web.models import PageReply

log = logging.getLogger(__name__)
MAX_WAITING, MAX_WAITING_OF_ONE = 32, 16  # requests, in all and of one client; more are told to come again
MAX_SECONDS = 60.0  # for a page; the slowest take one
OPEN_THREADS = partial(ThreadPoolExecutor, 2, "pages")
METHODS = ("GET", "HEAD")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",  # kept, and asked for again with its ETag
}
TOO_MANY = "You have opened very many pages in a short time. Please wait {} seconds, then go on."
BUSY = "I have too much to do just now. Please try again in a few seconds."
GetPage = Callable[[str, Mapping[str, str]], PageReply]


class PagesEndpoint:
    """The ASGI endpoint of all pages. `open_executor` opens what runs `get_page`, also when it broke or hangs."""

    def __init__(self, get_page: GetPage, limit: ClientLimit, open_executor: Callable[[], Executor]) -> None:
        self._get_page, self._limit, self._open_executor = get_page, limit, open_executor
        self._executor, self._waiting = open_executor(), WaitingLimit(MAX_WAITING, MAX_WAITING_OF_ONE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer = await self._answer(Request(scope, receive))
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        client = client_of(request.scope)
        if wait := self._limit.seconds_to_wait(client):
            return _plain(TOO_MANY.format(wait), 429, {"Retry-After": str(wait)})
        if request.method not in METHODS:
            return _plain("Pages can only be read, by GET or HEAD.", 405, {"Allow": ", ".join(METHODS)})
        if self._waiting.is_full(client):
            return _plain(BUSY, 503, {"Retry-After": "5"})
        executor, query = self._executor, dict(request.query_params)
        try:
            with self._waiting.one_more(client):
                asked = executor.submit(self._get_page, request.scope["path"], query)
                reply = await asyncio.wait_for(asyncio.wrap_future(asked), MAX_SECONDS)
        except (BrokenExecutor, TimeoutError) as error:
            log.warning("What makes pages has ended or hangs (%s), and is started again.", type(error).__name__)
            if self._executor is executor:
                self._executor = self._open_executor()
                executor.shutdown(wait=False, cancel_futures=True)
            return _plain(BUSY, 503, {"Retry-After": "5"})
        except asyncio.CancelledError:
            if self._executor is executor:  # this request is cancelled, not what it waits for
                raise
            return _plain(BUSY, 503, {"Retry-After": "5"})
        return _response(reply, request)


def _plain(text: str, status: int, headers: dict[str, str]) -> Response:
    return Response(f"{text}\n", status, {**HEADERS, **headers, "Cache-Control": "no-store"}, "text/plain")


def _response(reply: PageReply, request: Request) -> Response:
    headers = dict(HEADERS)
    if reply.location:
        return Response(b"", reply.status, {**headers, "Location": reply.location})
    if reply.status == 200:
        headers["ETag"] = f'"{hashlib.sha256(reply.body).hexdigest()[:24]}"'
        if reply.modified:
            headers["Last-Modified"] = formatdate(reply.modified, usegmt=True)
        if _is_known(request, headers["ETag"], reply.modified):
            return Response(b"", 304, headers)
    elif reply.status == 503:
        headers["Retry-After"] = "60"
    return Response(reply.body, reply.status, {**headers, "Content-Type": f"{reply.media_type}; charset=utf-8"})


def _is_known(request: Request, etag: str, modified: float) -> bool:
    """Whether the client has this already: by its ETag, and only without one by its date."""
    if given := request.headers.get("if-none-match"):
        return given.strip() == "*" or etag in (one.strip().removeprefix("W/") for one in given.split(","))
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return bool(modified) and int(modified) <= since.timestamp()
    except (ValueError, TypeError, OverflowError):
        return False


def build_pages_app(
    get_page: GetPage, limit: ClientLimit | None = None, open_executor: Callable[[], Executor] = OPEN_THREADS
) -> Starlette:
    """An ASGI app of all pages. Without `open_executor`, they are made in a few threads."""
    return Starlette(routes=[Route("/{path:path}", PagesEndpoint(get_page, limit or ClientLimit(), open_executor))])
