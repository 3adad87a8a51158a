"""The pages for whatever watches over the process. None does work of its own: they show what the last looks found."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.problems import ProblemList

HEALTHZ_PATH, READYZ_PATH = "/healthz", "/readyz"


class HealthPages:
    """`/healthz`: the process answers. `/readyz`: 200 when all is well, else 503; which check is not ok, and since
    when, and when Slack last delivered something; nothing else: whoever can reach the page reads no secrets, people,
    channels or words.
    """

    def __init__(self, problems: ProblemList, now: Callable[[], float] = time.time) -> None:
        self._problems, self._now = problems, now
        self._last_delivery: float | None = None

    def note_delivery(self) -> None:
        """Slack has delivered something."""
        self._last_delivery = self._now()

    def routes(self) -> list[Route]:
        """For a Starlette app."""
        return [Route(HEALTHZ_PATH, self._healthz), Route(READYZ_PATH, self._readyz)]

    async def _healthz(self, _: Request) -> Response:
        return PlainTextResponse("ok")

    async def _readyz(self, _: Request) -> Response:
        checks = self._problems.checks()
        is_ready = all(check.is_ok for check in checks)
        last = self._last_delivery
        shown = {
            "ready": is_ready,
            "checks": [{"name": check.name, "ok": check.is_ok, "since": _moment(check.since)} for check in checks],
            "last_delivery": None if last is None else _moment(last),
        }
        return Response(
            json.dumps(shown, indent=1) + "\n",
            200 if is_ready else 503,
            {"cache-control": "no-store"},
            media_type="application/json",
        )


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
