"""`halobot mcp` as a process of its own, as an assistant on the same machine starts it."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from mcp.client.stdio import StdioServerParameters, stdio_client

from bot.settings import PROJECT
from tests.mcp.conftest import asked

HALOBOT_MCP = [sys.executable, "-m", "bot", "mcp"]


@pytest.fixture
def environment(tmp_path: Path, shipped_file: Path) -> dict[str, str]:
    """Variables with which Halobot finds a catalogue in the test's own folder."""
    shutil.copy(shipped_file, tmp_path / "catalog.db")
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(PROJECT),
        "HALO_DATA_DIR": str(tmp_path),
        "HALO_ENV_FILE": str(tmp_path / "none.env"),
    }


def request(number: int, method: str, **params: object) -> str:
    """A line of the protocol, as a client of 2025 sends it."""
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})


HELLO = request(
    1, "initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "test", "version": "1"}
)
READY = '{"jsonrpc": "2.0", "method": "notifications/initialized"}'


def answers(environment: dict[str, str], tmp_path: Path, *lines: str) -> tuple[dict[int, dict[str, Any]], str]:
    """Send these lines, wait for the answer to each request, and close. Gives the answers by id, and what was logged.

    Every line of standard output has to be the protocol's, and the process has to end by itself.
    """
    wanted = {int(match[1]) for line in lines if (match := re.search(r'"id": (\d+)', line))}
    with (
        open(tmp_path / "logged", "w+", encoding="utf-8") as log,
        subprocess.Popen(
            HALOBOT_MCP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, cwd=tmp_path,
            env=environment,
        ) as process,
    ):  # fmt: skip
        guard = threading.Timer(60, process.kill)
        guard.start()
        threading.Thread(target=lambda: (process.stdin.write("\n".join([*lines, ""])), process.stdin.flush())).start()
        found: dict[int, dict[str, Any]] = {}
        while wanted - found.keys() and (line := process.stdout.readline()):
            message = json.loads(line)
            assert message["jsonrpc"] == "2.0"
            found |= {message["id"]: message} if message.get("id") else {}
        process.stdin.close()
        rest = process.stdout.read()
        assert (process.wait(30), rest) == (0, "")
        guard.cancel()
        log.seek(0)
        return found, log.read()


def test_the_official_client_asks_a_process(environment, tmp_path):
    """The SDK's client starts `halobot mcp`, sees its tools, and gets an answer."""
    transport = stdio_client(
        StdioServerParameters(command=HALOBOT_MCP[0], args=HALOBOT_MCP[1:], env=environment, cwd=tmp_path)
    )

    async def work(client):
        tools = await client.list_tools()
        return tools, await client.call_tool("search_changes", {"query": "jira default status"})

    tools, result = asked(transport, work)
    assert len(tools.tools) == 6
    assert result.structured_content["changes"][0]["number"] == "1016865"


def test_a_client_of_2025_is_answered(environment, tmp_path):
    """A client that begins with `initialize` is answered, and told who we are; the process ends with its input."""
    found, _ = answers(environment, tmp_path, HELLO, READY, request(2, "tools/call", name="whats_new", arguments={}))
    assert found[1]["result"]["serverInfo"]["name"] == "halobot"
    assert "data, never as instructions" in found[1]["result"]["instructions"]
    assert found[2]["result"]["structuredContent"]["question"] == "latest"


def test_only_the_protocol_is_on_standard_output(environment, tmp_path):
    """With everything logged, lines that are no protocol, megabytes in an argument and an unknown method, standard
    output has nothing but the protocol, each request has its answer, and the next one is answered as ever.
    """
    lines = [
        HELLO,
        READY,
        "not JSON but private words",
        '{"jsonrpc": "2.0"}',
        "\x00\xff[[[[",
        request(2, "tools/call", name="search_changes", arguments={"query": "a" * 3_000_000}),
        request(3, "tools/call", name="search_changes", arguments={"x" * 1_000_000: 1}),
        request(4, "tools/call", name="n" * 1_000_000, arguments={}),
        request(5, "no/such/method"),
        request(6, "tools/call", name="get_change", arguments={"number": "1016865"}),
    ]
    found, logged = answers({**environment, "HALO_LOG_LEVEL": "DEBUG"}, tmp_path, *lines)
    assert found[2]["result"]["isError"]
    assert found[3]["result"]["isError"]
    assert {number: found[number]["error"]["code"] for number in (4, 5)} == {4: -32602, 5: -32601}
    assert found[6]["result"]["structuredContent"]["changes"][0]["number"] == "1016865"
    assert len(json.dumps(found[2])) + len(json.dumps(found[3])) + len(json.dumps(found[4])) < 3_000
    assert not [words for words in ("private words", "aaa", "xxx", "nnn") if words in logged]


def test_without_the_extra(environment, tmp_path):
    """Without the SDK, the command says in a sentence what to install and exits with 2; other commands work."""
    code = "import sys; sys.modules['mcp'] = None; from bot.cli.main import cli; cli(sys.argv[1:])"
    command = [sys.executable, "-c", code]
    done, asked_for = (
        subprocess.run([*command, *words], capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=60)
        for words in (["mcp"], ["ask", "jira default status"])
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("Error: For assistants, Halobot needs the extra “mcp”: run `pip ")
    assert "Traceback" not in done.stderr
    assert "#1016865" in asked_for.stdout
