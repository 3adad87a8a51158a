"""Several workspaces behind one Web API, as Slack has them: each installs the app and gets tokens of its own."""

import base64
import binascii
import itertools
import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground import arguments
from bot.playground.errors import ApiError
from bot.playground.model import Json, Team
from bot.playground.playground import Playground
from bot.playground.server import HOST, ServerThread

TOKEN_SECONDS = 12 * 3600  # that a token lasts, where the app rotates them
HISTORY_SECONDS = 60.0  # between two calls of an app that is distributed without a review
HISTORY_LIMIT = 15  # messages of each
HISTORY_METHODS = ("conversations.history", "conversations.replies")


@dataclass
class _Issued:
    """A token that was given out: whose, until when, and why it is not taken any more."""

    team: str
    expires_at: float | None = None
    refused_with: str | None = None


class ManyWorkspaces:
    """Workspaces by id, with an app that is installed in none of them at first.

    `make(team, ...)` makes a playground for a workspace. Each is reached by `workspaces[id]`; the app's client is
    pointed at `api_url`. `rotates`: tokens expire and are refreshed. `limits_history`: history may be read once a
    minute, 15 messages at a time. `now` is the clock of both.
    """

    client_id, client_secret = "1234567890.1234567890", "playground-client-secret"

    def __init__(
        self,
        teams: Iterable[str],
        make: Callable[..., Playground] = Playground,
        rotates: bool = False,
        limits_history: bool = False,
    ) -> None:
        self.workspaces = {team: make(team=Team(team, f"Team {team}", team.lower())) for team in teams}
        self.rotates, self.limits_history = rotates, limits_history
        self.calls: list[tuple[str, str, str | None]] = []  # method, token, and the workspace that it is of
        self._lock, self._numbers = threading.RLock(), itertools.count(1)
        self._tokens: dict[str, _Issued] = {}
        self._codes: dict[str, str] = {}
        self._refresh: dict[str, str] = {}
        self._read_at: dict[tuple[str, str], float] = {}  # by team and method
        routes = [Route("/api/{method}", self._method, methods=["GET", "POST"])]
        self._server = ServerThread(Starlette(routes=routes))

    @property
    def api_url(self) -> str:
        """What the app's client takes as `base_url` (SLACK_API_URL)."""
        return f"http://{HOST}:{self._server.port}/api/"

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        for playground in self.workspaces.values():
            playground.stop()

    # -- what people and Slack do -------------------------------------------------------------------------------------

    def permit(self, team: str) -> str:
        """Somebody says yes in Slack. Returns the code that the app exchanges for a token."""
        code = secrets.token_hex(8)
        with self._lock:
            self._codes[code] = team
        return code

    def issue(self, team: str) -> str:
        """A new token for a workspace, as an installation gives one."""
        token = f"xoxb-{team}-{next(self._numbers)}-{secrets.token_hex(6)}"
        with self._lock:
            self._tokens[token] = _Issued(team, self.now(team) + TOKEN_SECONDS if self.rotates else None)
        return token

    def revoke(self, team: str, code: str = "token_revoked") -> None:
        """Take no token of a workspace any more, with this code."""
        with self._lock:
            for issued in self._tokens.values():
                if issued.team == team and issued.refused_with is None:
                    issued.refused_with = code
            self._refresh = {name: of for name, of in self._refresh.items() if of != team}

    def now(self, team: str) -> float:
        """The time in a workspace."""
        return self.workspaces[team].now()

    # -- the Web API --------------------------------------------------------------------------------------------------

    async def _method(self, request: Request) -> Response:
        name = request.path_params["method"]
        try:
            if name == "oauth.v2.access":
                return JSONResponse({"ok": True, **self._access(request, await self._fields(request))})
            return await self._call(name, request)
        except ApiError as error:
            status, headers = (429, {"Retry-After": error.messages[0]}) if error.code == "ratelimited" else (200, {})
            return JSONResponse({"ok": False, "error": error.code}, status, headers)

    async def _fields(self, request: Request) -> Json:
        return arguments.parse(await request.body(), request.headers.get("content-type", ""), request.url.query)

    async def _call(self, name: str, request: Request) -> Response:
        token = request.headers.get("authorization", "").partition(" ")[2] or str(
            (await self._fields(request)).get("token") or ""
        )
        issued = self._tokens.get(token)
        self.calls.append((name, token, issued.team if issued else None))
        if issued is None:
            raise ApiError("invalid_auth" if token else "not_authed")
        if issued.refused_with:
            raise ApiError(issued.refused_with)
        if issued.expires_at is not None and issued.expires_at <= self.now(issued.team):
            raise ApiError("token_expired")
        if name == "auth.revoke":
            issued.refused_with = "token_revoked"
            return JSONResponse({"ok": True, "revoked": True})
        if self.limits_history and name in HISTORY_METHODS:
            await self._pace(name, issued.team, request)
        api = self.workspaces[issued.team].web_api
        api.accept(token)
        return await api.method(request)

    async def _pace(self, name: str, team: str, request: Request) -> None:
        now, fields = self.now(team), await self._fields(request)
        if int(fields.get("limit") or 0) > HISTORY_LIMIT or not fields.get("limit"):
            raise ApiError("invalid_limit")  # Slack gives 15 without a word; this shows who counts on more
        with self._lock:
            left = self._read_at.get((team, name), float("-inf")) + HISTORY_SECONDS - now
            if left > 0:
                raise ApiError("ratelimited", messages=[str(int(left) + 1)])
            self._read_at[team, name] = now

    def _access(self, request: Request, fields: Json) -> Json:
        try:
            given = base64.b64decode(request.headers.get("authorization", "").partition(" ")[2]).decode()
        except (binascii.Error, UnicodeDecodeError):
            given = ""
        client_id, _, secret = given.partition(":")
        if client_id != self.client_id:
            raise ApiError("invalid_client_id")
        if secret != self.client_secret:
            raise ApiError("bad_client_secret")
        with self._lock:
            if fields.get("grant_type") == "refresh_token":
                team = self._refresh.pop(str(fields.get("refresh_token")), None)
                if team is None:
                    raise ApiError("invalid_refresh_token")
            else:
                team = self._codes.pop(str(fields.get("code")), None)
                if team is None:
                    raise ApiError("invalid_code")
            return self._installed(team)

    def _installed(self, team: str) -> Json:
        state = self.workspaces[team].state
        answer: Json = {
            "app_id": state.app.id,
            "authed_user": {"id": "UALICE"},
            "scope": ",".join(sorted(state.app.scopes)),
            "token_type": "bot",
            "access_token": self.issue(team),
            "bot_user_id": state.app.user_id,
            "team": {"id": team, "name": state.team.name},
            "enterprise": None,
            "is_enterprise_install": False,
        }
        if self.rotates:
            refresh = f"xoxe-{secrets.token_hex(8)}"
            self._refresh[refresh] = team
            answer |= {"refresh_token": refresh, "expires_in": TOKEN_SECONDS}
        return answer
