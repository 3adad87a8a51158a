"""The HTTP server in front of the app, with limits on connections, time, size and log lines.

uvicorn has none for a request whose headers never end: a thousand of them take every file descriptor, and each refused
connection then writes a traceback.
"""

import asyncio
import logging
import socket
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_CONNECTIONS = 400  # below the 1,024 files that a process may have open
MAX_HEADER_BYTES = 64 * 1024
MAX_HEADER_SECONDS = 5.0  # until the headers of a request are complete
MAX_SHUTDOWN_SECONDS = 3  # for requests that are being answered when the process is told to end
MAX_LINES_A_MINUTE = 20  # of what clients can make the server log


class BoundedProtocol(HttpToolsProtocol):
    """A connection that is closed when there are too many, or when its headers are too long or too slow."""

    _header_timer: asyncio.TimerHandle | None = None
    _header_bytes = 0
    _in_headers = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > MAX_CONNECTIONS:
            transport.abort()
        else:
            self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_headers:
            self._header_bytes += len(data)
        super().data_received(data)
        if self._in_headers and self._header_bytes:  # hardly ever: most requests come in one piece
            self._start_timer()
            if self._header_bytes > MAX_HEADER_BYTES:
                self.transport.abort()

    def on_headers_complete(self) -> None:
        self._in_headers, self._header_bytes = False, 0
        self._stop_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._in_headers = True  # of the next request on this connection

    def _start_timer(self) -> None:
        if self._header_timer is None:
            self._header_timer = self.loop.call_later(MAX_HEADER_SECONDS, self.transport.abort)

    def _stop_timer(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None


class LineLimit(logging.Filter):
    """Lets so many lines a minute through, then one that says that there are more. `clock` gives seconds."""

    def __init__(self, lines: int = MAX_LINES_A_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._lines, self._clock = lines, clock
        self._since, self._count = clock(), 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written. An error always is."""
        if record.levelno >= logging.ERROR:
            return True
        if self._clock() - self._since >= 60:
            self._since, self._count = self._clock(), 0
        self._count += 1
        if self._count == self._lines:
            record.msg, record.args = "%s (more such lines this minute are left out)", (record.getMessage(),)
        return self._count <= self._lines


def server_config(
    app: Starlette, host: str, port: int, log_level: str, trusted_proxies: str = "127.0.0.1"
) -> uvicorn.Config:
    """How the app is served: on this address, within the limits above. `trusted_proxies`: who is believed when it says
    for which client it asks.
    """
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,  # its lines are written as all others are
        log_level=log_level,
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        access_log=False,
        server_header=False,
        forwarded_allow_ips=trusted_proxies,
        timeout_graceful_shutdown=MAX_SHUTDOWN_SECONDS,
        backlog=128,
    )


class _Server(uvicorn.Server):
    """Tells when it listens, and `begin_ending` of the signal that ends it."""

    def __init__(
        self, config: uvicorn.Config, begin_ending: Callable[[], None], on_listening: Callable[[], object]
    ) -> None:
        super().__init__(config)
        self._begin_ending, self._on_listening = begin_ending, on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_listening()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._begin_ending()
        super().handle_exit(sig, frame)


def serve(
    app: Starlette,
    host: str,
    port: int,
    log_level: str,
    begin_ending: Callable[[], None],
    trusted_proxies: str = "127.0.0.1",
    on_listening: Callable[[], object] = lambda: None,
    listening: socket.socket | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, at which `begin_ending` is called. Raises SystemExit when the address is taken.
    `listening`: a socket that is bound to it already.
    """
    config: Any = server_config(app, host, port, log_level, trusted_proxies)
    logging.getLogger("uvicorn.error").addFilter(LineLimit())
    _Server(config, begin_ending, on_listening).run(sockets=[listening] if listening else None)
