"""The page in the browser: its files, what it has to know of the app, and the admin buttons it was given.

GET  /                    -> the page;  /static/… its style and scripts
GET  /page/about          -> {"ok": true, "commands": […], "shortcuts": […], "unfurl_domains": […], "buttons": […]}
POST /page/buttons/<name> -> {"ok": true, "said": "…"}: presses an admin button; what happened, in a sentence
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.playground.model import Json

log = logging.getLogger(__name__)
FILES = Path(__file__).parent / "static"
# The page loads nothing from elsewhere but the images that messages show.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: https:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class AdminButton:
    """A button of the page that makes something happen around the app. `press` does it and returns what happened."""

    label: str
    hint: str
    press: Callable[[], str]


@dataclass
class WebUI:
    """The first three are from the app's manifest. `buttons`, the admin buttons, may be added after the routes are
    mounted.
    """

    commands: Sequence[Json] = ()
    shortcuts: Sequence[Json] = ()
    unfurl_domains: Sequence[str] = ()
    buttons: dict[str, AdminButton] = field(default_factory=dict)

    def routes(self) -> list[BaseRoute]:
        """The routes for `Playground(routes=…)`."""
        return [
            Route("/", self._index),
            Route("/page/about", self._about),
            Route("/page/buttons/{name}", self._press, methods=["POST"]),
            Mount("/static", _UncachedFiles(directory=FILES)),
        ]

    async def _index(self, _: Request) -> Response:
        return FileResponse(FILES / "index.html", headers=_HEADERS)

    async def _about(self, _: Request) -> Response:
        buttons = [{"name": name, "label": button.label, "hint": button.hint} for name, button in self.buttons.items()]
        about = {
            "commands": list(self.commands),
            "shortcuts": list(self.shortcuts),
            "unfurl_domains": list(self.unfurl_domains),
        }
        return JSONResponse({"ok": True, **about, "buttons": buttons})

    async def _press(self, request: Request) -> Response:
        # As under /control/: another site can make a browser post here, but not as JSON.
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"ok": False, "error": "it must be sent as application/json"}, 400)
        button = self.buttons.get(request.path_params["name"])
        if button is None:
            return JSONResponse({"ok": False, "error": "there is no such button"}, 404)
        try:
            return JSONResponse({"ok": True, "said": await run_in_threadpool(button.press)})
        except Exception as error:  # not ours: whatever fails in it, the page says so and goes on
            log.exception("the button %s failed", request.path_params["name"])
            return JSONResponse({"ok": False, "error": f"That did not work: {error}"}, 500)


class _UncachedFiles(StaticFiles):
    """The page's files, revalidated each time: after an update no browser shows old ones."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_HEADERS)
        return response
