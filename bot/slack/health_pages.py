"""The pages for whatever watches over the process. None does work of its own: they show what the last looks found."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.problems import ProblemList
from bot.slack.metrics import CONTENT_TYPE, Metrics

HEALTHZ_PATH, READYZ_PATH, METRICS_PATH = "/healthz", "/readyz", "/metrics"
PROXY_HEADERS = {"forwarded", "via", "x-real-ip", "x-forwarded", "cf-connecting-ip", "true-client-ip"}


class HealthPages:
    """`/healthz`: the process answers. `/readyz`: 200 when all is well, else 503; which check is not ok, and since
    when, and when Slack last delivered something; nothing else: whoever can reach the page reads no secrets, people,
    channels or words. `/metrics`: the figures, where there are any.
    """

    def __init__(
        self, problems: ProblemList, now: Callable[[], float] = time.time, metrics: Metrics | None = None
    ) -> None:
        self._problems, self._now, self._metrics = problems, now, metrics
        self._last_delivery: float | None = None

    def note_delivery(self) -> None:
        """Slack has delivered something."""
        self._last_delivery = self._now()

    def note_acknowledged(self, seconds: float) -> None:
        """It was acknowledged so long after it came."""
        if self._metrics:
            self._metrics.note_acknowledged(seconds)

    def routes(self) -> list[Route]:
        """For a Starlette app."""
        pages = [Route(HEALTHZ_PATH, self._healthz), Route(READYZ_PATH, self._readyz)]
        return [*pages, Route(METRICS_PATH, self._show_metrics)] if self._metrics else pages

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

    async def _show_metrics(self, request: Request) -> Response:
        """Not for whoever comes from outside, which a proxy in between says in the headers that it adds."""
        if not self._metrics or any(is_of_a_proxy(name) for name in request.headers):
            return PlainTextResponse("Not Found", 404)
        return Response(self._metrics.render(), media_type=CONTENT_TYPE)


def is_of_a_proxy(header: str) -> bool:
    """Whether a header, by its name in small letters, says that a request came through a proxy."""
    return header in PROXY_HEADERS or header.startswith("x-forwarded-")


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
