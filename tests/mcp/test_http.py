"""The MCP server over HTTP: the official client against a real server, who may ask, and the limits."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import httpx2
import pytest
import uvicorn
from mcp.client.streamable_http import streamable_http_client
from starlette.applications import Starlette
from starlette.routing import Route

from bot.mcp import http
from bot.mcp.http import MAX_BODY_BYTES, PATH, McpEndpoint
from bot.slack.http_server import server_config
from tests.mcp.conftest import asked

TOKEN = "a-token-of-forty-characters-for-this-test"
PUBLIC = "https://halobot.example.com"
HEADERS = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
CALL = {
    "jsonrpc": "2.0", "id": 1, "method": "tools/call",
    "params": {"name": "get_change", "arguments": {"number": "1016865"}},
}  # fmt: skip


@pytest.fixture
def serve() -> Iterator[Callable[[McpEndpoint], str]]:
    """Serves endpoints as the bot does, each on a free port, and gives their addresses."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(endpoint: McpEndpoint) -> str:
        config = server_config(Starlette(routes=[Route(PATH, endpoint)]), "127.0.0.1", 0, "warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        running.append((server, thread))
        while not server.started:
            thread.join(0.01)
        return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}{PATH}"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(20)


def posted(endpoint: McpEndpoint, *requests: dict[str, Any], base: str = "http://127.0.0.1") -> list[httpx2.Response]:
    """What is answered to these requests, sent at the same time, each with a client's usual headers."""

    async def send() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app=Starlette(routes=[Route(PATH, endpoint)]))
        async with httpx2.AsyncClient(transport=transport, base_url=base) as client:
            return await asyncio.gather(*(_request(client, given) for given in requests))

    return asyncio.run(send())


def _request(client: httpx2.AsyncClient, given: dict[str, Any]) -> Awaitable[httpx2.Response]:
    rest = dict(given)
    headers = {**HEADERS, **rest.pop("headers", {})}
    body = {} if "content" in rest or rest.get("method", "POST") != "POST" else {"json": rest.pop("json", CALL)}
    return client.request(rest.pop("method", "POST"), PATH, headers=headers, **body, **rest)


def number_of(response: httpx2.Response) -> str:
    """The number of the change that a response has."""
    return str(response.json()["result"]["structuredContent"]["changes"][0]["number"])


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_official_client_asks_over_http(server, serve, mode):
    """The SDK's client, as one of 2026 and as one of 2025, lists the tools, calls one and reads a resource."""

    async def work(client):
        tools, result = await client.list_tools(), await client.call_tool("search_changes", {"query": "jira status"})
        return tools, result, await client.read_resource("halobot://changes/1016865")

    transport = streamable_http_client(serve(McpEndpoint(server)))
    tools, result, resource = asked(transport, work, mode=mode)
    assert len(tools.tools) == 6
    assert result.structured_content["changes"][0]["number"] == "1016865"
    assert resource.contents[0].text.startswith("# Jira")


def test_requests_stand_for_themselves(server):
    """Without `initialize` and without a session, as it may reach another process, a call is answered as JSON."""
    answer = posted(McpEndpoint(server), {})[0]
    assert (answer.status_code, answer.headers["content-type"], number_of(answer)) == (
        200, "application/json", "1016865",
    )  # fmt: skip
    assert "mcp-session-id" not in answer.headers


def test_a_token_is_asked_for(server):
    """With a token set, only whoever sends it is answered; every other is told what to send, whatever else is wrong."""
    endpoint = McpEndpoint(server, token=TOKEN)
    wrong = ["", "Bearer", "Bearer ", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", TOKEN, "Basic abc", "Bearer \xff"]
    for answer in posted(endpoint, {}, *({"headers": {"authorization": given.encode("latin-1")}} for given in wrong)):
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "Send the header “Authorization: Bearer …”" in answer.text
        assert TOKEN not in answer.text
    assert posted(endpoint, {"method": "GET"})[0].status_code == 401
    assert number_of(posted(endpoint, {"headers": {"authorization": f"Bearer {TOKEN}"}})[0]) == "1016865"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:3000", "origin": "http://localhost:3000"}, 200),
        ({"host": "halobot.example.com"}, 200),
        ({"host": "halobot.example.com", "origin": PUBLIC}, 200),
        ({"host": "evil.example.com"}, 421),
        ({"host": "halobot.example.com.evil.example.com"}, 421),
        ({"origin": "https://evil.example.com"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "halobot.example.com", "origin": "http://halobot.example.com"}, 403),
    ],
)
def test_no_other_website_asks(server, headers, status):
    """A page of another website in a person's browser is refused, and so is one that made its name ours (DNS
    rebinding); the bot's own address and this machine are not.
    """
    assert posted(McpEndpoint(server, PUBLIC), {"headers": headers})[0].status_code == status


def test_without_a_public_address_only_this_machine_asks(server):
    """Where HALO_PUBLIC_URL is not set, the server goes by the names of this machine only."""
    local, other = posted(McpEndpoint(server), {}, {"headers": {"host": "halobot.example.com"}})
    assert (local.status_code, other.status_code) == (200, 421)


def test_only_post(server):
    """Any other method is told to use POST."""
    for method in ("GET", "DELETE", "PUT", "HEAD", "OPTIONS"):
        answer = posted(McpEndpoint(server), {"method": method})[0]
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_bodies_have_a_limit(server):
    """A body over the limit is refused, whether its length is said before or not; one below it is answered."""

    async def in_parts():
        for _ in range(MAX_BODY_BYTES // 1000 + 2):
            yield b" " * 1000

    big = json.dumps({**CALL, "params": {"name": "search_changes", "arguments": {"query": "a" * MAX_BODY_BYTES}}})
    whole, parts = posted(McpEndpoint(server), {"content": big}, {"content": in_parts()})
    assert (whole.status_code, parts.status_code) == (413, 413)
    padded = json.dumps(CALL) + " " * (MAX_BODY_BYTES - 1000)
    assert number_of(posted(McpEndpoint(server), {"content": padded})[0]) == "1016865"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"1", b"{", b"\xff\xfe\x00", b"[" * 50_000, b'{"jsonrpc": "2.0", "id": 1}',
     b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": []}',
     b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": 7}}',
     b'[{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}]', b'{"a": ' * 10_000],
)  # fmt: skip
@pytest.mark.parametrize("version", ["2025-06-18", "2026-07-28"])
def test_bodies_that_are_no_request(server, body, version):
    """What is no request of the protocol is refused as one, whichever version it says it is of."""
    answer = posted(McpEndpoint(server), {"content": body, "headers": {"mcp-protocol-version": version}})[0]
    assert answer.status_code in (200, 400, 404)
    assert "error" in answer.json()
    assert len(answer.content) < 3_000


def test_a_client_that_asks_too_often_waits(server):
    """The limit of a client is asked before anything is read, and says how long to wait."""
    seen: list[str] = []

    def seconds_to_wait(client: str) -> int:
        seen.append(client)
        return 7 if len(seen) > 1 else 0

    endpoint = McpEndpoint(server, token=TOKEN, seconds_to_wait=seconds_to_wait)
    first, second = posted(endpoint, {})[0], posted(endpoint, {})[0]
    assert (first.status_code, second.status_code, second.headers["retry-after"]) == (401, 429, "7")
    assert "Please wait 7 seconds" in second.text
    assert seen == ["127.0.0.1", "127.0.0.1"]


def test_too_many_requests_at_once(server, monkeypatch):
    """Of more requests at once than may wait, the rest is told to come again; afterwards all are answered."""
    monkeypatch.setattr(http, "MAX_WAITING", 3)
    endpoint = McpEndpoint(server)
    statuses = sorted(answer.status_code for answer in posted(endpoint, *[{}] * 12))
    assert statuses.count(200) >= 3
    assert statuses.count(503) == 12 - statuses.count(200) > 0
    assert [answer.status_code for answer in posted(endpoint, *[{}] * 3)] == [200] * 3


def test_one_client_leaves_room_for_others(server, monkeypatch):
    """Of requests at once, one client may have a part of those that may wait; another one is answered beside them."""
    monkeypatch.setattr(http, "MAX_WAITING_OF_ONE", 2)
    endpoint = McpEndpoint(server)

    async def send() -> list[list[int]]:
        app = Starlette(routes=[Route(PATH, endpoint)])
        one, other = (httpx2.ASGITransport(app=app, client=(address, 1)) for address in ("192.0.2.1", "192.0.2.2"))
        async with (
            httpx2.AsyncClient(transport=one, base_url="http://127.0.0.1") as first,
            httpx2.AsyncClient(transport=other, base_url="http://127.0.0.1") as second,
        ):
            answers = await asyncio.gather(*(_request(first, {}) for _ in range(8)), _request(second, {}))
        return [sorted(answer.status_code for answer in answers[:8]), [answers[8].status_code]]

    assert asyncio.run(send()) == [[200, 200, *[503] * 6], [200]]


def test_a_body_that_never_ends(server, monkeypatch):
    """A body that takes too long is given up, and its place is free again."""
    monkeypatch.setattr(http, "MAX_SECONDS", 0.3)

    async def slow():
        yield b"{"
        await asyncio.sleep(30)

    endpoint = McpEndpoint(server)
    assert posted(endpoint, {"content": slow()})[0].status_code == 408
    monkeypatch.setattr(http, "MAX_SECONDS", 20.0)
    assert number_of(posted(endpoint, {})[0]) == "1016865"
