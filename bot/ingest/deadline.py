"""A deadline for everything that a connection does: connecting, each piece that it reads, each piece that it sends.
httpx2's own limits begin anew with each piece, so that a server which sends a byte a second is never late.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx2


class Deadline:
    """When work has to be over; it can be set anew."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._end = float("inf")

    def start(self, seconds: float) -> None:
        """From now on so many seconds are left."""
        self._end = self._monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left; negative when it is over."""
        return self._end - self._monotonic()


def keep_deadline(transport: "httpx2.HTTPTransport", deadline: Deadline) -> None:
    """Let no step of this transport's connections take longer than the deadline leaves."""
    pool: Any = transport._pool
    pool._network_backend = _Backend(pool._network_backend, deadline)


def _limit(timeout: float | None, deadline: Deadline) -> float:
    """The time-out of one step. At the end of the deadline the step still begins, and fails at once."""
    return max(0.001, min(deadline.left, timeout if timeout is not None else float("inf")))


class _Backend:
    """httpcore's network backend, with its connections bounded."""

    def __init__(self, backend: Any, deadline: Deadline) -> None:
        self._backend, self._deadline = backend, deadline

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **more: Any) -> "_Stream":
        stream = self._backend.connect_tcp(host, port, timeout=_limit(timeout, self._deadline), **more)
        return _Stream(stream, self._deadline)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


class _Stream:
    """One connection."""

    def __init__(self, stream: Any, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return bytes(self._stream.read(max_bytes, timeout=_limit(timeout, self._deadline)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=_limit(timeout, self._deadline))

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> "_Stream":
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout=_limit(timeout, self._deadline))
        return _Stream(stream, self._deadline)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
