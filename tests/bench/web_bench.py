"""How long a page takes over ASGI, made anew and kept, against a bare Starlette page in the same run.

    .venv/bin/python -m tests.bench.web_bench

`made` is a page that nobody has asked for since something changed, of a question that nobody has asked; `kept` is one
that somebody has; `bare` is a Starlette route that answers "ok". Milliseconds of 30 requests each, one after the other:
the median, what of it was processor time (which says more where other programs run), and the slowest but one in twenty.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.app import Application
from bot.client_limit import ClientLimit
from bot.public_app import open_site
from bot.running import bring_pages_up_to_date
from bot.search.service import SearchService
from bot.settings import read_settings
from bot.web.server import build_pages_app

TIMES = 30
TARGET = 50.0  # milliseconds for a page that is made
PAGES = (
    "/", "/search?q=jira+default+status", "/search?q=portal+stuff+since+2.210", "/search?area=billing&warning=1",
    "/search?q=colour+of+the+moon", "/changes/1016865", "/versions", "/versions/2.214", "/upgrade/2.206/2.214",
    "/areas/integrations", "/episodes/13", "/feed.atom", "/feed.json?area=billing", "/nowhere",
)  # fmt: skip


class Timing(NamedTuple):
    """Milliseconds of one page."""

    median: float
    processor: float  # of the median, by this process
    slow: float  # 95 of 100 are quicker


async def _request(app: Any, address: str) -> int:
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": [], "client": ("192.0.2.7", 1), "server": ("localhost", 80), "root_path": "", "scheme": "http",
        "http_version": "1.1",
    }  # fmt: skip
    size = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        nonlocal size
        size += len(message.get("body", b""))

    await app(scope, receive, send)
    return size


async def measure(request: Callable[[], Awaitable[int]], before: Callable[[], object], times: int) -> Timing:
    """How long requests take, each after `before`, which is not counted."""
    await request()  # compiles templates, and fills what search keeps
    taken, worked = [], []
    for _ in range(times):
        before()
        began, began_work = time.perf_counter(), time.process_time()
        await request()
        taken.append(1_000 * (time.perf_counter() - began))
        worked.append(1_000 * (time.process_time() - began_work))
    return Timing(statistics.median(taken), statistics.median(worked), sorted(taken)[max(0, round(0.95 * times) - 1)])


async def run(folder: Path, times: int = TIMES) -> dict[str, tuple[Timing, Timing]]:
    """By address, how long a page takes that is made, and one that is kept; "bare" is the page of Starlette alone."""
    application = Application(read_settings({"HALO_DATA_DIR": str(folder)}, folder / "no.env"))
    bring_pages_up_to_date(application)
    site = open_site(application)
    site.search = SearchService(application.catalog, max_cached_results=0)
    app = build_pages_app(site.get, ClientLimit(burst=10**9))
    bare = Starlette(routes=[Route("/", lambda request: PlainTextResponse("ok"))])
    base = await measure(lambda: _request(bare, "/"), lambda: None, times)
    found = {"bare": (base, base)}
    for address in PAGES:
        made = await measure(lambda address=address: _request(app, address), site.forget, times)
        kept = await measure(lambda address=address: _request(app, address), lambda: None, times)
        found[address] = (made, kept)
    return found


def main() -> None:
    """Print the table. Raises SystemExit where a page that is made takes longer than the target."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(run(Path(folder)))
    bare = found.pop("bare")[0]
    print(f"A bare page of Starlette takes {bare.median:.2f} ms.")
    print(f"{'page':42} {'made':>8} {'processor':>10} {'slow':>8} {'kept':>8} {'× bare':>8}")
    for address, (made, kept) in found.items():
        ratio = kept.median / bare.median
        times = f"{made.median:8.2f} {made.processor:10.2f} {made.slow:8.2f} {kept.median:8.2f} {ratio:8.1f}"
        print(f"{address:42} {times}")
    late = [address for address, (made, _) in found.items() if made.processor > TARGET]
    if late:
        raise SystemExit(f"Over {TARGET:.0f} ms of processor time: {', '.join(late)}")


if __name__ == "__main__":
    main()
