"""The pages over HTTP: headers, ETags, methods, limits, and nothing that an address can do to them."""

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from bot.client_limit import ClientLimit
from bot.web import site
from bot.web.models import PageReply
from bot.web.server import HEADERS, build_pages_app
from tests.web.conftest import PUBLIC_URL, Place


class Clock:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def client(shipped: Place) -> Iterator[TestClient]:
    """A browser without a limit."""
    limit = ClientLimit(burst=1_000_000)
    with TestClient(build_pages_app(shipped.site.get, limit), PUBLIC_URL, follow_redirects=False) as opened:
        yield opened


def test_headers(client: TestClient) -> None:
    """Every reply, whatever it is, forbids scripts, frames and guessing of types, and sets no cookie."""
    replies = [client.get(path) for path in ("/", "/nowhere", "/feed.atom", "/page.css", "/search?q=", "/robots.txt")]
    replies += [client.post("/"), client.head("/")]
    for reply in replies:
        assert {name: reply.headers.get(name) for name in HEADERS} | {"Cache-Control": ""} == HEADERS | {
            "Cache-Control": ""
        }
        assert "set-cookie" not in reply.headers
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/", "/changes/1016865", "/feed.atom", "/feed.json?area=billing", "/page.css"])
def test_not_modified(client: TestClient, path: str) -> None:
    """What a client has by its ETag is not sent again."""
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_last_modified(client: TestClient) -> None:
    """A feed says when it last had news; a reader that knows only that date is told 304; an ETag counts for more."""
    when = client.get("/feed.atom").headers["last-modified"]
    assert when == "Thu, 01 Jan 2026 00:00:00 GMT"
    assert client.get("/feed.atom", headers={"If-Modified-Since": when}).status_code == 304
    early = "Wed, 31 Dec 2025 23:59:59 GMT"
    assert client.get("/feed.atom", headers={"If-Modified-Since": early}).status_code == 200
    assert client.get("/feed.atom", headers={"If-Modified-Since": "yesterday, perhaps"}).status_code == 200
    both = {"If-Modified-Since": when, "If-None-Match": '"other"'}
    assert client.get("/feed.atom", headers=both).status_code == 200


def test_methods(client: TestClient) -> None:
    """HEAD has the headers of GET and no body; what would change something is refused."""
    got, head = client.get("/versions"), client.head("/versions")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(got.content)))
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"):
        reply = client.request(method, "/versions")
        assert (reply.status_code, reply.headers["allow"]) == (405, "GET, HEAD"), method


@pytest.mark.parametrize(
    "address",
    ["/%00", "/%ff%fe", "/changes/%F0%28%8C%28", "/search?q=%00%ff%c3", "/search?q=%", "/search?%ff=1&&&=&q",
     "/..%2f..%2fetc/passwd", "/page.css/../../settings.py", "/search?q=" + "%F0%9F%98%80" * 900, "/?" + "a=1&" * 3_000,
     "/feed.atom?q=%00", "/feed.atom?version=%ff", "/search?page=-1&q=jira", "/search?q=jira&page=1e9",
     "/areas/%F0%9F%98%80?page=2", "/versions/2.214?page=" + "9" * 5_000],
)  # fmt: skip
def test_any_bytes(client: TestClient, address: str) -> None:
    """Whatever an address is made of: an answer, or a page that says what is wrong, and never a fault of ours."""
    reply = client.get(address)
    assert reply.status_code in (200, 303, 404)
    if reply.status_code == 404:
        assert "versions" in reply.text


def test_ten_thousand_requests(shipped: Place) -> None:
    """One client gets its burst and then 429 with a sentence and when to come again; others are served; later it is
    served again.
    """
    clock = Clock()
    app = build_pages_app(shipped.site.get, ClientLimit(clock=clock))
    greedy, other = (TestClient(app, PUBLIC_URL, client=(host, 1)) for host in ("192.0.2.7", "192.0.2.8"))
    codes = [greedy.get("/robots.txt") for _ in range(300)]
    assert [reply.status_code for reply in codes].count(200) == 100
    refused = codes[-1]
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert "Please wait" in refused.text
    assert other.get("/robots.txt").status_code == 200
    clock.now = 1.0
    assert [greedy.get("/robots.txt").status_code for _ in range(3)] == [200, 200, 429]


def test_ten_thousand_are_cheap() -> None:
    """A refusal neither grows the memory of clients nor lets a client wait ever longer."""
    limit = ClientLimit(clock=Clock())
    waits = [limit.seconds_to_wait("192.0.2.7") for _ in range(10_000)]
    assert max(waits) == 1
    for number in range(30_000):
        limit.seconds_to_wait(f"host{number}")
    assert len(limit._full_at) == 20_000


def test_one_customer_of_ipv6_is_one_client() -> None:
    """Whoever has a network of addresses does not have as many bursts."""
    limit = ClientLimit(burst=2, clock=Clock())
    assert [limit.seconds_to_wait(f"2001:db8::{n}") > 0 for n in range(4)] == [False, False, True, True]
    assert limit.seconds_to_wait("2001:db8:0:1::1") == 0


class SlowSite:
    """Renders until it is let go."""

    def __init__(self) -> None:
        self.go, self.at_once, self.most = threading.Event(), 0, 0

    def get(self, path: str, query: object) -> PageReply:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.go.wait(20)
        self.at_once -= 1
        return PageReply(b"done")


@pytest.mark.parametrize(("clients", "waiting"), [(1, 16), (3, 32)])
def test_few_are_rendered_at_once(clients: int, waiting: int) -> None:
    """Of 60 requests at once, 32 wait, 16 of them for one client, 2 are rendered at a time, and the rest are told to
    come again.
    """
    site = SlowSite()
    app = build_pages_app(site.get, ClientLimit(burst=1_000_000))  # type: ignore[arg-type]

    async def ask(number: int, codes: list[int]) -> None:
        async def send(message: dict) -> None:
            if message["type"] == "http.response.start":
                codes.append(message["status"])

        async def receive() -> dict:
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {"type": "http", "method": "GET", "path": "/", "raw_path": b"/", "query_string": b"", "headers": [],
                 "client": (f"192.0.2.{number % clients}", 1), "root_path": "", "scheme": "http", "server": ("x", 80),
                 "http_version": "1.1"}  # fmt: skip
        await app(scope, receive, send)

    async def everyone() -> list[int]:
        codes: list[int] = []
        tasks = [asyncio.create_task(ask(number, codes)) for number in range(60)]
        while len(codes) < 60 - waiting:
            await asyncio.sleep(0.01)
        assert set(codes) == {503}
        site.go.set()
        await asyncio.gather(*tasks)
        return codes

    codes = asyncio.run(everyone())
    assert (codes.count(200), codes.count(503), site.most) == (waiting, 60 - waiting, 2)


def test_pages_beside_slack(shipped: Place) -> None:
    """Slack's address and /healthz stay what they are, everything else is a page; without pages there are none."""
    from bot.problems import ProblemList
    from bot.slack.health_pages import HealthPages
    from bot.slack.http import build_http_app

    pages, health = build_pages_app(shipped.site.get), HealthPages(ProblemList())
    with_pages, without = (
        TestClient(build_http_app(None, "secret" * 5, health=health, pages=served))  # type: ignore[arg-type]
        for served in (pages, None)
    )
    for browser in (with_pages, without):
        assert browser.get("/healthz").text == "ok"
        assert browser.post("/slack/events").status_code == 401
    assert with_pages.get("/changes/1016865").status_code == 200
    assert with_pages.get("/slack/events").status_code == 404
    assert without.get("/").status_code == without.get("/changes/1016865").status_code == 404


def test_only_trusted_proxies_say_who_asks() -> None:
    """The server takes a client's address from a proxy only where its own address is trusted."""
    from bot.slack.http_server import server_config

    config = server_config(None, "127.0.0.1", 0, "error", "10.0.0.0/8, 192.0.2.1")  # type: ignore[arg-type]
    seen: list[str] = []

    async def app(scope, receive, send) -> None:
        seen.append(scope["client"][0])

    config.app = app
    config.load()
    headers = [(b"x-forwarded-for", b"203.0.113.9, 198.51.100.7")]
    for peer in ("10.1.2.3", "192.0.2.1", "192.0.2.2", "127.0.0.1"):
        scope = {"type": "http", "client": (peer, 1), "headers": headers, "scheme": "http"}
        asyncio.run(config.loaded_app(scope, None, None))  # type: ignore[arg-type]
    assert seen == ["198.51.100.7", "198.51.100.7", "192.0.2.2", "127.0.0.1"]


def test_a_broken_database_has_a_page(place: Place) -> None:
    """Without the workspace database pages are shown without their history, feeds say when to come again, and none of
    that is kept.
    """
    from bot.catalog.models import Entry
    from bot.errors import WorkspaceError

    place.add(Entry("1111111", "feature", "First", source="test"))

    class Broken:
        def latest_seq(self) -> int:
            raise WorkspaceError("gone")

        def latest_keys(self, limit: int) -> list[str]:
            return self.latest_seq() and []

        def of_keys(self, keys: object) -> dict:
            return self.latest_seq() and {}

    whole, place.site.dates = place.site.dates, Broken()  # type: ignore[assignment]
    assert "cannot be read just now" in place.get("/changes/1111111")
    client = TestClient(build_pages_app(place.site.get))
    reply = client.get("/feed.atom")
    assert (reply.status_code, reply.headers["retry-after"]) == (503, "60")
    assert "versions" in reply.text
    place.site.dates = whole
    assert "came here" in place.get("/changes/1111111")


def test_a_fault_of_ours_shows_only_a_reference(shipped: Place, monkeypatch, caplog) -> None:
    """What goes wrong is in the log under a reference; the page shows that and leads on."""

    def fail() -> None:
        raise RuntimeError("the secret of it")

    monkeypatch.setattr(shipped.site.search, "snapshot", fail)
    shipped.site.forget()
    reply = shipped.site.get("/versions", {})
    assert reply.status == 500
    text = reply.body.decode()
    assert "secret" not in text
    assert 'href="versions"' in text
    reference = text.partition("reference ")[2][:6]
    assert reference in caplog.text
    assert "the secret of it" in caplog.text


def test_what_is_kept_has_a_limit(shipped: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of replies without a body, which anybody can ask for at as many addresses as he likes."""
    monkeypatch.setattr(site, "MAX_KEPT_BYTES", 10 * site.KEPT_BYTES)
    shipped.site.forget()
    for number in range(50):
        assert shipped.site.get("/search", {"q": str(number), "area": ""}).location
    assert 0 < len(shipped.site._kept) <= 10
    monkeypatch.undo()
    shipped.site.forget()


def test_kept_pages_follow_the_catalogue(place: Place) -> None:
    """A page is made once until something changes, and anew then."""
    from bot.catalog.models import Entry

    place.add(Entry("1111111", "feature", "First title", source="test"))
    first = place.site.get("/changes/1111111", {})
    assert place.site.get("/changes/1111111", {}) is first
    place.add(Entry("1111111", "feature", "Second title", source="test"))
    began = time.monotonic()
    assert "Second title" in place.get("/changes/1111111")
    assert time.monotonic() - began < 5
