"""Runs an ASGI app on 127.0.0.1 in a thread: starts and stops at once, and can drop a connection without an answer."""

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from uvicorn.protocols.http.h11_impl import H11Protocol

HOST = "127.0.0.1"


class _QuietProtocol(H11Protocol):
    """No access log: Slack does not write its requests into the app's terminal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access_log = False
        self.logger = logging.getLogger(__name__)


class _Server(uvicorn.Server):
    """A uvicorn server that stops at once: uvicorn itself polls ten times a second and waits for clients to leave."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._stop = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self._stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.close()
        tasks = list(self.server_state.tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=0.2)

    def call_soon(self, function: Callable[[], None]) -> None:
        """Run a function in the server's thread; from any thread, and without effect when the server does not run."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed already
                self._loop.call_soon_threadsafe(function)

    def stop(self) -> None:
        """Stop; from any thread."""
        self.call_soon(self._stop.set)


class ServerThread:
    """One server in a thread. `port` 0 takes any free one."""

    def __init__(self, app: Starlette, port: int = 0) -> None:
        # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer takes 40 ms.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((HOST, port))
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            app, log_config=None, lifespan="off", http=_QuietProtocol, ws="auto", ws_per_message_deflate=False,
            server_header=False,
        )  # fmt: skip
        self._server = _Server(config)
        self._thread = threading.Thread(target=self._run, name=f"playground-{self.port}", daemon=True)

    def start(self) -> None:
        """Start, and return when it answers. Raises RuntimeError when it does not come up."""
        self._thread.start()
        if not self._server.ready.wait(10):
            raise RuntimeError(f"the server did not start on port {self.port}")

    def stop(self) -> None:
        """Close all connections and wait for the thread to end; without effect when it was never started."""
        self._server.stop()
        if self._thread.is_alive():
            self._thread.join(5)
        self._socket.close()

    def call_soon(self, function: Callable[[], None]) -> None:
        """Run a function in the server's own thread, soon."""
        self._server.call_soon(function)

    async def drop(self, request: Request) -> None:
        """Close the connection of a request that is being handled, without an answer."""
        for connection in list(self._server.server_state.connections):
            if getattr(connection, "client", None) == request.scope["client"]:
                connection.transport.close()
        while not await request.is_disconnected():
            await asyncio.sleep(0.001)

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))
