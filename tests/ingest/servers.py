"""A web server with a script for every path, on a free port: pages, feeds, a Halo-like API, and everything that can go
wrong.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Request:
    """What was asked."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str]
    body: str = ""


@dataclass
class Reply:
    """What is answered. `stream` writes a body of its own kind."""

    status: int = 200
    body: bytes | str | dict[str, Any] | list[Any] = b""
    headers: dict[str, str] = field(default_factory=dict)
    stream: Callable[[Callable[[bytes], Any]], None] | None = None


@dataclass
class Site:
    """The server's script: path -> a reply, or a function of the request. `asked` is what came in, in order."""

    url: str = ""
    pages: dict[str, Reply | Callable[[Request], Reply]] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def paths(self) -> list[str]:
        """What was asked but for robots.txt."""
        return [request.path for request in self.asked if request.path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[Site]:
    """A running server and its script."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            self._answer("GET", {}, "")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            self._answer("POST", {name: values[0] for name, values in parse_qs(body).items()}, body)

        def _answer(self, method: str, form: dict[str, str], body: str) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            request = Request(
                method, parts.path, query, {name.lower(): value for name, value in self.headers.items()}, form, body
            )
            site.asked.append(request)
            found = site.pages.get(parts.path, Reply(404))
            reply = found(request) if callable(found) else found
            answer = json.dumps(reply.body) if isinstance(reply.body, dict | list) else reply.body
            data = answer.encode() if isinstance(answer, str) else answer
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                if reply.stream:
                    self.send_header("Connection", "close")
                    self.end_headers()
                    reply.stream(self.wfile.write)
                    self.close_connection = True
                    return
                if reply.status != 304:
                    self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if reply.status != 304:
                    self.wfile.write(data)
            except OSError:
                self.close_connection = True

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that hangs up in the middle is what some tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def trickle(write: Callable[[bytes], Any]) -> None:
    """A body that never ends, a little at a time."""
    for _ in range(1_000):
        try:
            write(b"x" * 100)
        except OSError:
            return
        time.sleep(0.02)


def flood(size: int) -> Callable[[Callable[[bytes], Any]], None]:
    """A body of so many bytes without a word about its length."""

    def write_all(write: Callable[[bytes], Any]) -> None:
        for _ in range(size // 100_000):
            try:
                write(b"x" * 100_000)
            except OSError:
                return

    return write_all
