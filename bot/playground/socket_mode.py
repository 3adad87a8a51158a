"""Socket Mode: the app connects to a WebSocket, receives envelopes and acknowledges them by envelope_id."""

import asyncio
import contextlib
import itertools
import json
import secrets
import threading
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground import delivery
from bot.playground.delivery import DeliveryResult, OutgoingRequest
from bot.playground.model import Json
from bot.playground.state import WorkspaceState

MOST_CONNECTIONS = 10


class Connection:
    """One WebSocket of the app, and its envelopes that are not acknowledged yet."""

    def __init__(self, number: int, websocket: WebSocket) -> None:
        self.number = number
        self.websocket = websocket
        self.loop = asyncio.get_running_loop()
        self.pending: dict[str, Future[Any]] = {}
        self.retired = False  # told to reconnect: nothing more is sent on it

    def send(self, message: Json) -> None:
        """Send, from any thread but the server's own. Raises when the connection is closed."""
        asyncio.run_coroutine_threadsafe(self.websocket.send_text(json.dumps(message)), self.loop).result(5)

    def close(self) -> None:
        """Close, from any thread but the server's own."""
        with contextlib.suppress(RuntimeError, FutureTimeout):
            asyncio.run_coroutine_threadsafe(self.websocket.close(), self.loop).result(5)


class SocketMode:
    """All connections of the app; envelopes go to them in turn."""

    def __init__(self, state: WorkspaceState) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._tickets: set[str] = set()
        self._connections: list[Connection] = []
        self._numbers = itertools.count(1)
        self._turn = 0

    def new_ticket(self) -> str:
        """A ticket for one connection, which apps.connections.open puts into its URL."""
        with self._lock:
            ticket = secrets.token_hex(16)
            self._tickets.add(ticket)
            return ticket

    @property
    def connections(self) -> int:
        """How many connections are open and were not told to reconnect."""
        with self._lock:
            return len(self._open())

    def wait(self, count: int, timeout: float) -> bool:
        """Wait up to `timeout` real seconds until at least `count` connections are open."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._open()) >= count, timeout)

    async def serve(self, websocket: WebSocket) -> None:
        """The endpoint /link/: says hello, then reads acknowledgements until the app disconnects."""
        with self._lock:
            ticket = websocket.query_params.get("ticket", "")
            welcome = ticket in self._tickets and len(self._connections) < MOST_CONNECTIONS
            self._tickets.discard(ticket)
        if not welcome:
            await websocket.close()
            return
        await websocket.accept()
        connection = Connection(next(self._numbers), websocket)
        with self._changed:
            self._connections.append(connection)
            count, retired = (
                len(self._connections),
                [connection for connection in self._connections if connection.retired],
            )
        try:
            await websocket.send_text(json.dumps(self._hello(connection, count)))
            for old in retired:
                with contextlib.suppress(RuntimeError):  # it closed by itself
                    await old.websocket.close()
            with self._changed:
                self._changed.notify_all()
            while True:
                self._take(connection, await websocket.receive_text())
        except (WebSocketDisconnect, RuntimeError, KeyError):
            # RuntimeError, KeyError: starlette's words for a connection closed from this side, or a message that is not
            # text
            pass
        finally:
            with self._changed:
                self._connections.remove(connection)
                self._changed.notify_all()
            for waiting in list(connection.pending.values()):
                if not waiting.done():
                    waiting.cancel()

    def deliver(self, outgoing: OutgoingRequest, timeout: float) -> DeliveryResult:
        """Send one envelope on one connection and wait for its acknowledgement."""
        started = time.monotonic()
        with self._lock:
            connections = self._open()
            if not connections:
                return DeliveryResult(None, None, 0.0, delivery.UNREACHABLE, "socket_mode")
            self._turn += 1
            connection = connections[self._turn % len(connections)]
        envelope_id = secrets.token_hex(16)
        acknowledged: Future[Any] = Future()
        connection.pending[envelope_id] = acknowledged
        try:
            connection.send(_envelope(envelope_id, outgoing))
            body = acknowledged.result(max(0.0, timeout - (time.monotonic() - started)))
        except FutureTimeout:
            return DeliveryResult(None, None, time.monotonic() - started, delivery.TIMEOUT, "socket_mode")
        except Exception:
            # Cancelled by serve() or refused by the transport: the connection went away with the envelope on it.
            return DeliveryResult(None, None, time.monotonic() - started, delivery.UNREACHABLE, "socket_mode")
        finally:
            connection.pending.pop(envelope_id, None)
        return DeliveryResult(200, body, time.monotonic() - started, None, "socket_mode")

    def disconnect(self, reason: str | None = "refresh_requested", only_first: bool = False) -> int:
        """Send every connection, or only the one that has been open the longest, a `disconnect` envelope, as Slack does
        before it closes one. Returns how many there were.

        `reason`: warning, refresh_requested or link_disabled; None closes them without an envelope. After anything but
        a warning, the connection gets no more envelopes and is closed once the app has connected again.
        """
        with self._changed:
            connections = self._open()[: 1 if only_first else None]
            for connection in connections:
                connection.retired = reason != "warning"
        for connection in connections:
            with contextlib.suppress(Exception):  # it may close at this very moment, which is what we want
                if reason is not None:
                    connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}})
                else:
                    connection.close()
        return len(connections)

    def _open(self) -> list[Connection]:
        return [connection for connection in self._connections if not connection.retired]

    def _take(self, connection: Connection, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        if not isinstance(message, dict) or "envelope_id" not in message:
            return
        waiting = connection.pending.get(message["envelope_id"])
        if waiting is not None and not waiting.done():
            waiting.set_result(message.get("payload"))
        else:
            self._state.transcript.add("late_ack", "socket_mode", "ack", detail={"envelope_id": message["envelope_id"]})

    def _hello(self, connection: Connection, count: int) -> Json:
        debug_info = {
            "host": "playground",
            "build_number": 1,
            "approximate_connection_time": 18060,
            "connection": connection.number,
        }
        return {
            "type": "hello",
            "num_connections": count,
            "debug_info": debug_info,
            "connection_info": {"app_id": self._state.app.id},
        }


def _envelope(envelope_id: str, outgoing: OutgoingRequest) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": outgoing.type,
        "payload": outgoing.payload,
        "accepts_response_payload": outgoing.type != "events_api",
    }
    if outgoing.type == "events_api":
        envelope["retry_attempt"] = outgoing.retry_num or 0
        envelope["retry_reason"] = outgoing.retry_reason or ""
    return envelope
