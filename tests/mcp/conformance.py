"""The protocol's published conformance tests against /mcp, for `make mcp-conformance`.

The suite is written for a server made for it, with tools, prompts and resources of its own; what Halobot has none of is
in conformance.yml, and the suite fails where that list is no longer right. It runs on Node.js 22, which npx brings.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from bot.app import Application
from bot.mcp.http import PATH, McpEndpoint
from bot.public_app import build_mcp_server
from bot.settings import read_settings
from bot.slack.http_server import server_config

SUITE = "@modelcontextprotocol/conformance@0.2.0-alpha.12"  # the first that knows the protocol of 2026-07-28
NPX = ["npx", "--yes", "--package", "node@22", "--package", SUITE, "conformance"]
# For each version of the protocol, what is expected to fail beside what is in conformance.yml. The one scenario of 2025
# warns of a server that gives no session: ours answers each request by itself.
VERSIONS: dict[str, tuple[str, ...]] = {"2025-11-25": ("server-sse-multiple-streams",), "2026-07-28": ()}
FOUND_SECONDS, RUN_SECONDS = 300, 300
EXPECTED = Path(__file__).parent / "conformance.yml"


def cannot_run() -> str:
    """Why the suite cannot be run here; empty where it can."""
    if shutil.which("npx") is None:
        return "Node.js is not installed (npx is not found)"
    try:
        found = subprocess.run([*NPX, "--version"], capture_output=True, text=True, timeout=FOUND_SECONDS)
    except subprocess.TimeoutExpired:
        return "npm's registry did not answer in time"
    last = (found.stderr.strip().splitlines() or ["no output"])[-1]
    return f"npx could not fetch the suite ({last[:200]})" if found.returncode else ""


def serve(folder: str) -> tuple[uvicorn.Server, str]:
    """What assistants ask, over the shipped catalogue, on a free port of this machine. Without the limit on a client:
    the suite asks more than that in a minute.
    """
    environment = {"HALO_DATA_DIR": folder, "HALO_ENV_FILE": f"{folder}/none.env"}
    endpoint = McpEndpoint(build_mcp_server(Application(read_settings(environment))))
    app = Starlette(routes=[Route(PATH, endpoint)])
    server = uvicorn.Server(server_config(app, "127.0.0.1", 0, "warning"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        threading.Event().wait(0.05)
    return server, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}{PATH}"


def main() -> int:
    """Run the suite for each version of the protocol; 0 when all that applies to Halobot passes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--needs-node", action="store_true", help="fail where the suite cannot be run")
    needed = parser.parse_args().needs_node
    if why := cannot_run():
        print(f"The conformance tests did not run: {why}.", file=sys.stderr)
        return 1 if needed else 0
    failed = 0
    for version, also in VERSIONS.items():
        with tempfile.TemporaryDirectory() as folder:
            server, url = serve(folder)
            expected = Path(folder) / "expected.yml"
            expected.write_text(EXPECTED.read_text(encoding="utf-8") + "".join(f"  - {name}\n" for name in also))
            print(f"Protocol {version}:", flush=True)
            command = [*NPX, "server", "--url", url, "--spec-version", version, "--expected-failures", str(expected)]
            done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_SECONDS)
            print(done.stdout[max(0, done.stdout.find("=== SUMMARY")) :], flush=True)
            failed += done.returncode != 0
            server.should_exit = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
