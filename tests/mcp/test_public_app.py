"""What the bot serves for everyone: assistants at /mcp beside the pages, as `halobot web` and `run --http` do."""

import asyncio
import json
import shutil
import sys
from typing import Any

import httpx2
import pytest
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client

from bot.app import Application
from bot.public_app import build_public_app
from bot.settings import PROJECT

PUBLIC_URL = "https://halobot.example.com"
TOKEN = "a-token-of-forty-characters-for-this-test"


@pytest.fixture
def make_app(settings_for, shipped_file, tmp_path):
    """Makes the app for everyone, with keywords as settings."""

    def make(**given: object) -> Any:
        path = shutil.copy(shipped_file, tmp_path / "catalog.db")
        own = {"HALO_CATALOG": path, "HALO_SEEDS": PROJECT / "seeds", "HALO_PUBLIC_URL": PUBLIC_URL}
        return build_public_app(Application(settings_for(**own, **given)))

    return make


def with_client(app: Any, work: Any, **headers: str) -> Any:
    """What `work` gives with a web client of the app."""

    async def run() -> Any:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url=PUBLIC_URL, headers=headers) as client:
            return await work(client)

    return asyncio.run(run())


async def whats_new(client: httpx2.AsyncClient, mode: str = "legacy") -> Any:
    """The tools, and what one answers, by the official client."""
    async with Client(streamable_http_client(f"{PUBLIC_URL}/mcp", http_client=client), mode=mode) as assistant:
        return (await assistant.list_tools()).tools, await assistant.call_tool("whats_new", {})


def test_assistants_and_pages_have_one_address(make_app):
    """/mcp answers assistants, every other address is a page; a change that an assistant is told links to its page."""
    app = make_app()

    async def work(client: httpx2.AsyncClient) -> Any:
        tools, result = await whats_new(client)
        link = result.structured_content["changes"][0]["link"]
        return tools, link, await client.get(link), await client.get("/mcp")

    tools, link, page, got = with_client(app, work)
    assert len(tools) == 6
    assert link.startswith(f"{PUBLIC_URL}/changes/")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert got.status_code == 405


def test_refusals_write_nothing_into_the_log(make_app, caplog):
    """Requests with another host's name are refused, and nothing that their sender chose is in the log."""
    app = make_app()

    async def work(client: httpx2.AsyncClient) -> list[int]:
        headers = {"host": "evil.example.com", "accept": "application/json, text/event-stream"}
        asked = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        return [(await client.post("/mcp", json=asked, headers=headers)).status_code for _ in range(20)]

    assert with_client(app, work) == [421] * 20
    assert not [record for record in caplog.records if "evil" in record.getMessage()]


def test_the_token_of_the_settings_is_asked_for(make_app):
    """With HALO_MCP_TOKEN, an assistant has to send it; pages stay open."""
    app = make_app(HALO_MCP_TOKEN=TOKEN)

    async def work(client: httpx2.AsyncClient) -> Any:
        return await client.get("/"), await client.post("/mcp", json={})

    page, refused = with_client(app, work)
    assert (page.status_code, refused.status_code) == (200, 401)
    assert len(with_client(app, whats_new, authorization=f"Bearer {TOKEN}")[0]) == 6


def test_slacks_assistant_gets_blocks(make_app):
    """With Slack's token set, tools say that they have Block Kit, and answers carry it for clients that did not say
    what they show; for one that did, and not that, it is left out. Without Slack's token there is none.
    """
    app, plain = make_app(SLACK_BOT_TOKEN="xoxb-test-token"), make_app()
    tools, result = with_client(app, whats_new)
    assert {json.dumps(tool.meta) for tool in tools} == {'{"slack": {"supportsBlockKit": true}}'}
    assert result.meta["slack"]["blocks"][0]["type"] == "header"
    _, result = with_client(app, lambda client: whats_new(client, "auto"))
    assert "slack" not in (result.meta or {})
    tools, result = with_client(plain, whats_new)
    assert {tool.meta for tool in tools} == {None}
    assert "slack" not in (result.meta or {})


def test_clients_share_one_limit(make_app):
    """Pages and tools count together for a client; after its burst it is told how long to wait, in words."""
    app = make_app()

    async def work(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        return [await client.get("/robots.txt") if i % 2 else await client.post("/mcp", json={}) for i in range(130)]

    answers = with_client(app, work)
    refused = [answer for answer in answers if answer.status_code == 429]
    assert 10 < len(refused) < 40
    assert {"wait" in answer.text for answer in refused} == {True}
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in refused)


def test_without_the_extra_there_are_pages(make_app, monkeypatch, caplog):
    """Where the SDK is not installed, pages are served, and /mcp is an address that is not there; who set a token for
    it is told.
    """
    for name in [name for name in sys.modules if name.split(".")[0] == "mcp" or name.startswith("bot.mcp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    app = make_app()

    async def work(client: httpx2.AsyncClient) -> Any:
        return await client.get("/"), await client.get("/mcp")

    page, missing = with_client(app, work)
    assert (page.status_code, missing.status_code) == (200, 404)
    assert "HALO_MCP_TOKEN" not in caplog.text
    make_app(HALO_MCP_TOKEN=TOKEN)
    assert "HALO_MCP_TOKEN is set, but assistants are not served" in caplog.text
