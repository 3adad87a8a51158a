"""The Web API over HTTP: /api/<method> and the response_urls, with tokens, scopes, injected faults and the log of
calls.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.playground import (
    access,
    arguments,
    checks,
    methods_chat,
    methods_conversations,
    methods_team,
    methods_views,
    replies,
)
from bot.playground.arguments import Arguments
from bot.playground.errors import ApiError
from bot.playground.faults import Fault, Faults
from bot.playground.model import Json
from bot.playground.state import WorkspaceState


@dataclass(frozen=True)
class Method:
    """A method and the scopes that allow it (any one of them); the method itself checks those that depend on the
    channel.
    """

    run: Callable[[WorkspaceState, Arguments], Json]
    scopes: tuple[str, ...] = ()


METHODS = {
    "auth.test": Method(methods_team.auth_test),
    "bots.info": Method(methods_team.bots_info, ("users:read",)),
    "chat.delete": Method(methods_chat.delete, ("chat:write",)),
    "chat.getPermalink": Method(methods_chat.get_permalink),
    "chat.postEphemeral": Method(methods_chat.post_ephemeral, ("chat:write",)),
    "chat.postMessage": Method(methods_chat.post_message, ("chat:write",)),
    "chat.unfurl": Method(methods_chat.unfurl, ("links:write",)),
    "chat.update": Method(methods_chat.update, ("chat:write",)),
    "conversations.history": Method(methods_conversations.history),
    "conversations.info": Method(methods_conversations.info),
    "conversations.list": Method(methods_conversations.list_),
    "conversations.members": Method(methods_conversations.members),
    "conversations.open": Method(methods_conversations.open_, ("im:write",)),
    "conversations.replies": Method(methods_conversations.replies),
    "users.conversations": Method(methods_conversations.of_user),
    "users.info": Method(methods_team.users_info, ("users:read",)),
    "users.list": Method(methods_team.users_list, ("users:read",)),
    "views.open": Method(methods_views.open_),
    "views.publish": Method(methods_views.publish),
    "views.push": Method(methods_views.push),
    "views.update": Method(methods_views.update),
}
CONNECTIONS_OPEN = "apps.connections.open"
RESPONSE_URL = "response_url"  # what faults and the log of calls know the response_urls by


class WebApi:
    """Answers the app's calls.

    `drop(request)` closes a connection without an answer; `socket_url()` is the address for Socket Mode.
    """

    def __init__(
        self,
        state: WorkspaceState,
        faults: Faults,
        tokens: tuple[str, str],
        socket_url: Callable[[], str],
        drop: Callable[[Request], Awaitable[None]],
    ) -> None:
        self.state = state
        self._faults = faults
        self._bot_token, self._app_token = tokens
        self._socket_url = socket_url
        self._drop = drop
        self._late: set[asyncio.Task[None]] = set()

    def accept(self, bot_token: str) -> None:
        """Take this bot token from now on, instead of the one before."""
        self._bot_token = bot_token

    async def method(self, request: Request) -> Response:
        """The endpoint /api/{method}."""
        name = request.path_params["method"]
        fields = await self._read_fields(request)
        if isinstance(fields, ApiError):
            return self._answer(name, {}, fields)
        token = self._token(request, fields)
        return await self._with_faults(name, request, fields, lambda: self._call(name, token, fields))

    async def response_url(self, request: Request) -> Response:
        """The endpoint /response/{id}: JSON, or a form whose `payload` is JSON."""
        fields = await self._read_fields(request)
        if isinstance(fields, ApiError):
            return self._answer(RESPONSE_URL, {}, fields)
        try:
            payload = checks.as_object(fields["payload"], "invalid_payload") if "payload" in fields else fields
        except ApiError as error:
            return self._answer(RESPONSE_URL, fields, error, 400)
        return await self._with_faults(
            RESPONSE_URL, request, payload, lambda: self._respond(request.path_params["id"], payload)
        )

    def forget_late(self) -> None:
        """Cancel what was still to be stored late; only from the server's own thread."""
        for task in self._late:
            task.cancel()

    async def _with_faults(self, name: str, request: Request, fields: Json, run: Callable[[], Response]) -> Response:
        fault = self._faults.take(name)
        if fault is None:
            return run()
        if fault.how == "hang":
            await asyncio.sleep(fault.seconds)
            return run()
        if fault.how == "drop_reply":
            run()
            await self._drop(request)
            return Response()
        if fault.how == "store_late":
            task = asyncio.get_running_loop().create_task(_later(fault.seconds, run))
            self._late.add(task)
            task.add_done_callback(self._late.discard)
            self.state.transcript.add_call(name, fields, 0, "store_late")
            await self._drop(request)
            return Response()
        return self._refused(name, fields, fault)

    def _refused(self, name: str, fields: Json, fault: Fault) -> Response:
        if fault.how == "429":
            return self._answer(name, fields, ApiError("ratelimited"), 429, {"Retry-After": str(fault.retry_after)})
        if fault.how == "500":
            # Not JSON: a proxy in front of Slack answers then, and clients have to cope.
            self._log(name, fields, 500, "Internal Server Error", "internal_error")
            return PlainTextResponse("Internal Server Error", 500)
        return self._answer(name, fields, ApiError(fault.how))

    def _call(self, name: str, token: str | None, fields: Json) -> Response:
        headers: dict[str, str] = {}
        try:
            if name == CONNECTIONS_OPEN:
                self._check_token(token, self._app_token)
                return self._answer(name, fields, {"url": self._socket_url()})
            if name not in METHODS:
                raise ApiError("unknown_method", req_method=name)
            self._check_token(token, self._bot_token)
            method = METHODS[name]
            headers = {
                "x-oauth-scopes": ",".join(sorted(self.state.app.scopes)),
                "x-accepted-oauth-scopes": ",".join(method.scopes),
            }
            access.needs(self.state, *method.scopes)
            with self.state.lock:
                return self._answer(name, fields, method.run(self.state, Arguments(fields)), 200, headers)
        except ApiError as error:
            return self._answer(name, fields, error, 200, headers)

    def _respond(self, url_id: str, payload: Json) -> Response:
        try:
            replies.respond(self.state, url_id, payload)
        except ApiError as error:
            gone = error.code in ("used_url", "expired_url", "not_found")
            return self._answer(RESPONSE_URL, payload, error, 404 if gone else 400)
        self._log(RESPONSE_URL, payload, 200, "ok")
        return PlainTextResponse("ok")

    def _answer(
        self,
        name: str,
        fields: Json,
        answer: Json | ApiError,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Response:
        headers = {"x-slack-req-id": secrets.token_hex(16), **(headers or {})}
        if isinstance(answer, ApiError):
            self._log(name, fields, status, answer.to_json(), answer.code, answer.messages)
            return JSONResponse(answer.to_json(), status, headers)
        self._log(name, fields, status, {"ok": True, **answer})
        return JSONResponse({"ok": True, **answer}, status, headers)

    def _log(
        self,
        name: str,
        fields: Json,
        status: int,
        answer: Json | str,
        error: str | None = None,
        messages: list[str] | None = None,
    ) -> None:
        args = {key: value for key, value in fields.items() if key != "token"}
        self.state.transcript.add_call(name, args, status, error, answer)
        if error is not None:
            channel = fields.get("channel") if isinstance(fields.get("channel"), str) else None
            via = "response_url" if name == RESPONSE_URL else "web_api"
            detail = {"messages": messages} if messages else {}
            self.state.transcript.add("refused", name, via, channel=channel, error=error, detail=detail)

    @staticmethod
    async def _read_fields(request: Request) -> Json | ApiError:
        try:
            return arguments.parse(await request.body(), request.headers.get("content-type", ""), request.url.query)
        except ApiError as error:
            return error
        except ClientDisconnect:
            return ApiError(
                "request_timeout"
            )  # the app was killed in the middle of its request: nobody reads the answer

    @staticmethod
    def _token(request: Request, fields: Json) -> str | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" and token.strip() else fields.get("token")

    def _check_token(self, token: str | None, wanted: str) -> None:
        if not token:
            raise ApiError("not_authed")
        if token == wanted:
            return
        raise ApiError("not_allowed_token_type" if token in (self._bot_token, self._app_token) else "invalid_auth")


async def _later(seconds: float, run: Callable[[], Response]) -> None:
    await asyncio.sleep(seconds)
    run()
