"""/control/: the playground's actions for another process, as POST with a JSON object of their arguments.

POST /control/<action>     -> {"ok": true, "result": …}, or 400 {"ok": false, "error": "…"}; see ACTIONS
GET  /control/transcript   -> {"ok": true, "entries": […], "seq": n}; ?after=n, ?wait=seconds for an entry after n
GET  /control/calls        -> {"ok": true, "calls": […]}; ?method=chat.postMessage
GET  /control/deliveries   -> {"ok": true, "deliveries": […]}: what was sent to the app, and how it answered
GET  /control/workspace    -> team, app, people, channels
GET  /control/messages     -> ?channel=C1&user=UALICE: the channel as that person sees it
GET  /control/views        -> ?user=UALICE: open modals, the topmost last, and the Home tab
"""

from collections.abc import Callable
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.playground.errors import ApiError, InvalidAction
from bot.playground.model import Call, DeliveryRecord, Json, TranscriptEntry

ACTIONS = (
    "command", "say", "mention", "dm", "share_link", "open_home", "join_channel", "event", "redeliver", "click",
    "suggest", "shortcut", "message_shortcut", "submit", "close_view", "fail_next", "clear_faults", "now", "set_clock",
    "advance", "set_scopes", "add_user", "add_channel", "archive", "unarchive", "kick_bot", "leave_channel",
    "make_private", "rename", "clear_transcript", "verify_url", "disconnect_sockets", "reset", "set_app_url",
)  # fmt: skip
LONGEST_WAIT = 60.0


class Controlled(Protocol):
    """What the endpoints need of the playground."""

    def entries(self, after: int = 0, **fields: Any) -> list[TranscriptEntry]: ...
    def calls(self, method: str | None = None) -> list[Call]: ...
    def deliveries(self) -> list[DeliveryRecord]: ...
    def workspace(self) -> Json: ...
    def messages(self, channel: str, *, user: str | None = None) -> list[Json]: ...
    def modals(self, user: str = "UALICE") -> list[Json]: ...
    def home(self, user: str = "UALICE") -> Json | None: ...
    def wait_for(
        self, predicate: Callable[[TranscriptEntry], object], timeout: float = 5.0, *, after: int = 0
    ) -> TranscriptEntry: ...


class Control:
    """The endpoints. Actions block until the app has answered, so they run in threads."""

    def __init__(self, playground: Controlled) -> None:
        self._playground = playground

    def routes(self) -> list[Route]:
        """The routes for the server's app."""
        reads = {
            "transcript": self._transcript,
            "calls": self._calls,
            "workspace": self._workspace,
            "messages": self._messages,
        }
        return [
            *(Route(f"/control/{name}", endpoint, methods=["GET"]) for name, endpoint in reads.items()),
            Route("/control/views", self._views, methods=["GET"]),
            Route("/control/deliveries", self._deliveries, methods=["GET"]),
            Route("/control/{action}", self._action, methods=["POST"]),
        ]

    async def _action(self, request: Request) -> Response:
        # A page elsewhere on the web can make a browser post text or a form here, but not JSON: hence the check of the
        # type.
        if not request.headers.get("content-type", "").startswith("application/json"):
            return _refused("the arguments must be sent as application/json")
        name = request.path_params["action"]
        if name not in ACTIONS:
            return _refused(f"there is no action {name}; there are {', '.join(ACTIONS)}", 404)
        try:
            arguments = await request.json()
            if not isinstance(arguments, dict):
                return _refused("the arguments must be a JSON object")
            result = await run_in_threadpool(getattr(self._playground, name), **arguments)
        except (InvalidAction, ApiError, TypeError, ValueError) as error:
            return _refused(str(error))
        return JSONResponse({"ok": True, "result": result.to_json() if hasattr(result, "to_json") else result})

    async def _transcript(self, request: Request) -> Response:
        try:
            after, wait = int(request.query_params.get("after", 0)), float(request.query_params.get("wait", 0))
        except ValueError:
            return _refused("after and wait are numbers")
        entries = await run_in_threadpool(self._entries, after, min(wait, LONGEST_WAIT))
        return JSONResponse({
            "ok": True, "entries": [entry.to_json() for entry in entries], "seq": entries[-1].seq if entries else after,
        })  # fmt: skip

    def _entries(self, after: int, wait: float) -> list[TranscriptEntry]:
        if wait > 0 and not self._playground.entries(after):
            try:
                self._playground.wait_for(lambda entry: True, wait, after=after)
            except TimeoutError:
                return []
        return self._playground.entries(after)

    async def _calls(self, request: Request) -> Response:
        calls = self._playground.calls(request.query_params.get("method"))
        return JSONResponse({"ok": True, "calls": [call.to_json() for call in calls]})

    async def _deliveries(self, _: Request) -> Response:
        return JSONResponse(
            {"ok": True, "deliveries": [delivery.to_json() for delivery in self._playground.deliveries()]}
        )

    async def _workspace(self, request: Request) -> Response:
        return JSONResponse({"ok": True, **self._playground.workspace()})

    async def _messages(self, request: Request) -> Response:
        try:
            messages = self._playground.messages(
                request.query_params.get("channel", ""), user=request.query_params.get("user")
            )
        except InvalidAction as error:
            return _refused(str(error))
        return JSONResponse({"ok": True, "messages": messages})

    async def _views(self, request: Request) -> Response:
        user = request.query_params.get("user", "UALICE")
        return JSONResponse({"ok": True, "modals": self._playground.modals(user), "home": self._playground.home(user)})


def _refused(error: str, status: int = 400) -> Response:
    return JSONResponse({"ok": False, "error": error}, status)
