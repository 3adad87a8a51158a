"""Limits how long a caller waits for a database. A database that hangs with its network gives no error by itself."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

ANSWER_SECONDS = 10.0  # for one answer of the server
UPGRADE_SECONDS = 600.0  # for one step of an upgrade, or another process's
CONNECT_SECONDS = 3
MIN_CONNECT_SECONDS = 0.3
POOL_SECONDS = 5.0  # for a free connection
SESSION_OPTIONS = "-c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)  # a moment of time.monotonic


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Wait no longer than this for all that the block asks of the database, or, on SQLite, for other writers."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def seconds_left() -> float | None:
    """What is left of the block's time; None outside of one, where each answer has ANSWER_SECONDS."""
    deadline = _deadline.get()
    return None if deadline is None else max(0.0, deadline - time.monotonic())


def bound_waiting(engine: sa.Engine) -> None:
    """Make connections to PostgreSQL that are closed when the server does not answer in time."""

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Any, _record: object, args: Any, parameters: Any) -> Any:
        psycopg, left = dialect.loaded_dbapi, seconds_left()
        if left is not None and left < CONNECT_SECONDS:
            if left < MIN_CONNECT_SECONDS:  # the time went by waiting for a connection that is dead
                raise psycopg.OperationalError("there is no time to connect")
            parameters = {**parameters, "connect_timeout": 2}  # psycopg takes no less
        return _bounded_class(psycopg).connect(*args, **parameters)


def _bounded_class(psycopg: Any) -> Any:
    def wait(self: Any, generator: Any, *more: Any, **options: Any) -> Any:
        deadline = _deadline.get()
        try:
            bounded = _until(generator, time.monotonic() + ANSWER_SECONDS if deadline is None else deadline)
            return psycopg.Connection.wait(self, bounded, *more, **options)
        except _NoAnswerError as error:
            self.pgconn.finish()  # whatever comes now belongs to nothing any more
            raise psycopg.OperationalError("the server does not answer") from error

    return type("BoundedConnection", (psycopg.Connection,), {"wait": wait})


class _NoAnswerError(Exception):
    """The time is over."""


def _until(
    generator: Generator[Any, Any, Any], deadline: float, clock: Callable[[], float] = time.monotonic
) -> Generator[Any, Any, Any]:
    """The same generator, until the deadline: psycopg sends it what is ready, every tenth of a second at least."""
    try:
        wanted = next(generator)
        while True:
            ready = yield wanted
            if not ready and clock() > deadline:
                raise _NoAnswerError
            wanted = generator.send(ready)
    except StopIteration as end:
        return end.value
