"""The MCP server over Streamable HTTP: each request stands for itself, so any process answers it.

Everything that can be refused is refused before it costs something: who asks, how often, and how much waits already.
"""

import asyncio
import hmac
from collections.abc import Callable
from urllib.parse import urlsplit

from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.client_limit import WaitingLimit, client_of

PATH = "/mcp"
MAX_BODY_BYTES = 64 * 1024
MAX_SECONDS = 15.0  # for a request, with its body
MAX_WAITING, MAX_WAITING_OF_ONE = 16, 4  # requests, in all and of one client; more are told to come again
LOCAL = [f"{host}{port}" for host in ("127.0.0.1", "localhost", "[::1]") for port in ("", ":*")]
HOW_TO_SIGN_IN = "Send the header “Authorization: Bearer …” with the token that whoever runs Halobot gave you."


class McpEndpoint:
    """The ASGI endpoint of assistants. It needs no lifespan."""

    def __init__(
        self, server: Server, public_url: str = "", token: str = "", seconds_to_wait: Callable[[str], int] | None = None
    ) -> None:
        """`public_url`: where everyone reaches the server; without it, only this machine may. `token`: the bearer token
        to send; empty: none. `seconds_to_wait` counts a client's request and says when it may come again; 0: now.
        """
        self._server, self._token, self._wait = server, token, seconds_to_wait
        self._waiting = WaitingLimit(MAX_WAITING, MAX_WAITING_OF_ONE)
        public = urlsplit(public_url)
        self._security = TransportSecuritySettings(  # no website in a person's browser but our own may ask
            allowed_hosts=[*LOCAL, *([public.netloc] if public_url else [])],
            allowed_origins=[*(f"http://{host}" for host in LOCAL), f"{public.scheme}://{public.netloc}"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if refusal := self._refusal(Request(scope)):
            return await refusal(scope, receive, send)
        manager = StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, security_settings=self._security,
            max_request_body_size=MAX_BODY_BYTES,
        )  # fmt: skip
        try:
            with self._waiting.one_more(client_of(scope)):
                async with asyncio.timeout(MAX_SECONDS), manager.run():
                    await manager.handle_request(scope, receive, send)
        except TimeoutError:
            await PlainTextResponse("The request took too long. Send it again.", 408)(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        client = client_of(request.scope)
        if self._wait and (wait := self._wait(client)):
            return _plain(f"Too many requests. Please wait {wait} seconds.", 429, "Retry-After", str(wait))
        given = request.headers.get("authorization", "").encode("latin-1")
        if self._token and not hmac.compare_digest(given, f"Bearer {self._token}".encode()):
            return _plain(HOW_TO_SIGN_IN, 401, "WWW-Authenticate", "Bearer")
        if request.method != "POST":
            return _plain("Requests of assistants are sent by POST.", 405, "Allow", "POST")
        if self._waiting.is_full(client):
            return _plain("There is too much to do. Try again in a few seconds.", 503, "Retry-After", "5")
        return None


def _plain(text: str, status: int, header: str, value: str) -> Response:
    return PlainTextResponse(text, status, {header: value})
