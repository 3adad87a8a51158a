"""Ways to ask the MCP server as assistants do."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from bot.app import Application
from bot.catalog.models import Entry
from bot.mcp.server import Readers, build_server
from bot.search.lookups import about_facts
from bot.search.service import SearchService
from bot.settings import PROJECT
from tests.search.conftest import bare_file, make_service, service

PATIENCE = 180.0  # seconds that a busy machine may take for all calls of a test

__all__ = ["bare_file", "make_service", "service"]

Work = Callable[[Client], Awaitable[Any]]


def asked(server: Any, work: Work, mode: str = "auto") -> Any:
    """What `work` gives, with the official client connected to a server, or to a transport. Raises MCPError.

    `mode`: "legacy" for a client that knows only the protocol before 2026.
    """

    async def ask() -> Any:
        async with Client(server, mode=mode) as client:
            try:
                return await work(client)
            except MCPError as error:  # the client's task group would wrap it
                return error

    given = asyncio.run(asyncio.wait_for(ask(), PATIENCE))
    if isinstance(given, MCPError):
        raise given
    return given


def call(server: Any, tool: str, **arguments: Any) -> Any:
    """The result of one call of a tool, which the client checked against the tool's output schema."""
    return asked(server, lambda client: client.call_tool(tool, arguments))


@pytest.fixture
def server(service: SearchService) -> Server:
    """The MCP server over the shipped catalogue."""
    return build_server(service, Readers(about_facts))


@pytest.fixture
def server_with(make_service: Callable[..., SearchService]) -> Callable[..., Server]:
    """Makes an MCP server over a catalogue of these entries."""

    def make(*entries: Entry, readers: Readers | None = None) -> Server:
        return build_server(make_service(*entries), readers or Readers(about_facts))

    return make


@pytest.fixture
def application(settings_for: Callable[..., Any], shipped_file: Path, tmp_path: Path) -> Application:
    """The whole application over the shipped catalogue."""
    path = shutil.copy(shipped_file, tmp_path / "catalog.db")
    return Application(settings_for(HALO_CATALOG=path, HALO_SEEDS=PROJECT / "seeds"))
