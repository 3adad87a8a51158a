"""What a team imports is its own: no assistant is told of it, over a pipe or over HTTP."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError

from bot.app import Application
from bot.public_app import build_mcp_server
from bot.settings import Settings
from tests.ingest.servers import Site, serving
from tests.mcp.conftest import asked
from tests.whole_app.acting import SlackStandIn
from tests.whole_app.teams import NUMBER, SECRET, answers, imported, serve_many_workspaces

CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search_changes", {"query": "wombats pinned burrow board"}),
    ("search_changes", {"query": "everything about wombats"}),
    ("get_change", {"number": NUMBER}),
    ("list_version", {"version": "v2.901"}),
    ("list_version", {"version": "latest"}),
    ("compare_versions", {"older": "2.216", "newer": "2.901"}),
    ("upgrade_checklist", {"installed": "2.216", "wanted": "2.901"}),
    ("whats_new", {}),
    ("whats_new", {"since": "2.214"}),
)


@pytest.fixture
def page() -> Iterator[Site]:
    """A web server with the document that a team imports."""
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def many_workspaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """One installation for all of them."""
    serve_many_workspaces(monkeypatch)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """An installation whose importer is called Alice."""
    return replace(settings, admins=("UALICE",))


def test_no_assistant_is_told_what_is_a_teams_own(halo: SlackStandIn, page: Site, settings: Settings) -> None:
    """A change that a team imported is found by its people and by no tool, nor is it or its version a resource."""
    imported(halo, page, "T1")
    assert SECRET in answers(halo, "T1")["command"]
    server = build_mcp_server(Application(settings, halo.now))

    async def ask_all(client: Client) -> list[str]:
        told = [str(await client.call_tool(tool, arguments)) for tool, arguments in CALLS]
        told.append(str(await client.list_resources()))
        for uri in ("halobot://versions", "halobot://areas"):
            told.append(str(await client.read_resource(uri)))
        for uri in (f"halobot://changes/{NUMBER}", "halobot://versions/v2.901"):
            with pytest.raises(MCPError, match="There is no such resource"):
                await client.read_resource(uri)
        return told

    told = asked(server, ask_all)
    assert len(told) == len(CALLS) + 3
    assert not [text for text in told if SECRET in text or "Echidnas" in text]
    assert "v2.901" not in json.dumps(told[-3:])
