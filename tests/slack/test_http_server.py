"""The server's limits: no client takes the connections, the memory or the log of the others."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.slack import http_server
from bot.slack.http_server import LineLimit, server_config
from tests import local_http


async def echo(request: Request) -> PlainTextResponse:
    """Says how many bytes came."""
    return PlainTextResponse(str(len(await request.body())))


async def slow(_: Request) -> PlainTextResponse:
    """Takes longer than any shutdown."""
    await asyncio.sleep(60)
    return PlainTextResponse("late")


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small limits, so that a test reaches them."""
    monkeypatch.setattr(http_server, "MAX_CONNECTIONS", 5)
    monkeypatch.setattr(http_server, "MAX_HEADER_SECONDS", 0.3)
    monkeypatch.setattr(http_server, "MAX_SHUTDOWN_SECONDS", 1)


@pytest.fixture
def server(limits: None) -> Iterator[uvicorn.Server]:
    """A running server with `/` and `/slow`; `server.port` is where."""
    app = Starlette(routes=[Route("/", echo, methods=["POST"]), Route("/slow", slow)])
    running = uvicorn.Server(server_config(app, "127.0.0.1", 0, "warning"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        thread.join(0.01)
    running.port = running.servers[0].sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    running.thread = thread  # type: ignore[attr-defined]
    yield running
    running.should_exit = True
    thread.join(10)


@pytest.fixture
def connect(server: uvicorn.Server) -> Iterator[Callable[..., socket.socket]]:
    """Makes a connection on which this was sent."""
    with ExitStack() as stack:

        def make(data: bytes = b"") -> socket.socket:
            address = ("127.0.0.1", server.port)  # type: ignore[attr-defined]
            connection = stack.enter_context(socket.create_connection(address, timeout=10))
            connection.sendall(data)
            return connection

        yield make


Connect = Callable[..., socket.socket]


def is_closed(connection: socket.socket) -> bool:
    """Whether the server closes the connection; waits for it."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def post(server: uvicorn.Server) -> str:
    """The answer to an ordinary request."""
    return local_http.post(f"http://127.0.0.1:{server.port}/", content=b"ab").text  # type: ignore[attr-defined]


@pytest.mark.parametrize("sent", [b"", b"POST / HTTP/1.1\r\nHost: x\r\n", b"POST / HTTP/1.1\r\nX: " + b"a" * 999])
def test_headers_that_do_not_end_are_not_waited_for(server: uvicorn.Server, sent: bytes, connect: Connect) -> None:
    """Nothing, half a request or half a line: the connection is closed."""
    assert is_closed(connect(sent))
    assert post(server) == "2"


def test_half_a_request_after_a_whole_one_is_not_waited_for(connect: Connect) -> None:
    """A connection that was good once has the same limits afterwards."""
    connection = connect(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab")
    answer = b""
    while not answer.endswith(b"\r\n\r\n2"):
        answer += connection.recv(1000)
    connection.sendall(b"POST / HTTP/1.1\r\nHost:")
    assert is_closed(connection)


@pytest.mark.parametrize("piece", [b"x: " + b"a" * 10_000 + b"\r\n", b"a" * 10_000, b"a: b\r\n" * 2_000])
def test_endless_headers_are_cut_off(server: uvicorn.Server, piece: bytes, connect: Connect) -> None:
    """Many lines or one long one: no more than the limit is kept."""
    connection = connect(b"POST / HTTP/1.1\r\n")

    def send_endlessly() -> None:
        for _ in range(500):
            connection.sendall(piece)

    with pytest.raises(ConnectionError):
        send_endlessly()
    assert post(server) == "2"


def test_too_many_connections_are_closed_and_the_others_answered(server: uvicorn.Server, connect: Connect) -> None:
    """What is above the limit is closed at once; when the half-open ones are gone, there is room again."""
    held = [connect(b"POST / HTTP/1.1\r\n") for _ in range(5)]
    assert all(is_closed(connect()) for _ in range(20))
    assert all(is_closed(connection) for connection in held)
    assert post(server) == "2"


def test_it_ends_while_a_request_is_still_being_answered(server: uvicorn.Server, connect: Connect) -> None:
    """Told to end, it waits for the limit and then goes."""
    connection = connect(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    unfinished = connect(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab")
    server.should_exit = True
    server.thread.join(10)  # type: ignore[attr-defined]
    assert not server.thread.is_alive()  # type: ignore[attr-defined]
    for left in (connection, unfinished):  # perhaps after an answer that says so
        while not is_closed(left):
            pass


def test_clients_cannot_fill_the_log() -> None:
    """So many lines a minute, the last of which says that more are left out; errors are always written."""
    now = 0.0
    limit = LineLimit(3, lambda: now)

    def lines(count: int, level: int = logging.WARNING) -> list[str]:
        records = [logging.LogRecord("x", level, "", 0, "odd %s", ("request",), None) for _ in range(count)]
        return [record.getMessage() for record in records if limit.filter(record)]

    last = "odd request (more such lines this minute are left out)"
    assert lines(1_000) == ["odd request", "odd request", last]
    assert lines(2, logging.ERROR) == ["odd request"] * 2
    now = 60.0
    assert lines(1_000) == ["odd request", "odd request", last]
