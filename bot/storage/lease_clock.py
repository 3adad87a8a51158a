"""The clock by which leases are measured: it runs steadily, whatever happens to the machine's clock, and all processes
that share a workspace database read the same from it.

On SQLite these are processes of one machine: it is the time since the machine started, on top of an epoch that the
first process after the start wrote down. On PostgreSQL it is the server's time, asked for once a minute.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.outbox import outbox
from bot.storage.transactions import insert_or_ignore, write_transaction

lease_epochs = sa.Table(
    "lease_epochs",
    metadata,
    sa.Column("boot_id", sa.String(64), primary_key=True),
    sa.Column("epoch", sa.Float, nullable=False),  # seconds since 1970 at which the machine started, as far as known
)
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
MEASURE_EVERY_SECONDS = 60.0  # the server's time
GRACE_SECONDS = 60.0  # after a start, before leases of the time before count as over


def uptime() -> float:
    """Seconds since this machine started, the time that it slept included where the system counts that."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class LeaseClock:
    """Seconds since 1970, about, that never jump. Thread-safe. `wall` and `boot_id` are for tests."""

    def __init__(
        self,
        engine: sa.Engine,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = uptime,
        boot_id: str | None = None,
    ) -> None:
        self._engine, self._wall, self._steady = engine, wall, steady
        self._boot_id = boot_id or _read_boot_id()
        self._epoch, self._measured = 0.0, float("-inf")
        self._lock = threading.Lock()

    def __call__(self) -> float:
        """Now. Where the system names no start of its own (no /proc), the machine's clock has to do."""
        if self._engine.dialect.name == "sqlite" and not self._boot_id:
            return self._wall()
        with self._lock:
            if self._is_old():
                self._measured, self._epoch = self._steady(), self._measure()
            return self._epoch + self._steady()

    def _is_old(self) -> bool:
        if self._engine.dialect.name == "sqlite":
            return self._measured == float("-inf")
        return self._steady() - self._measured >= MEASURE_EVERY_SECONDS

    def _measure(self) -> float:
        if self._engine.dialect.name != "sqlite":
            with self._engine.connect() as connection:
                now = float(connection.scalar(sa.select(sa.func.extract("epoch", sa.func.clock_timestamp()))) or 0.0)
            return now - self._steady()
        with write_transaction(self._engine) as connection:
            row = {"boot_id": self._boot_id, "epoch": self._wall() - self._steady()}
            if insert_or_ignore(connection, lease_epochs, [row]):
                self._end_leases_of_before(connection, row["epoch"] + self._steady())  # type: ignore[operator]
            of_this_start = lease_epochs.c.boot_id == self._boot_id
            epoch: float = connection.execute(sa.select(lease_epochs.c.epoch).where(of_this_start)).scalar_one()
        return epoch

    def _end_leases_of_before(self, connection: sa.Connection, now: float) -> None:
        """No process outlived the start, and the machine's clock may have been another one: nothing is waited for."""
        end = now + GRACE_SECONDS
        is_long = sa.and_(outbox.c.state == "sending", outbox.c.lease_until > end)
        connection.execute(outbox.update().where(is_long).values(lease_until=end))


def _read_boot_id() -> str:
    try:
        return BOOT_ID.read_text().strip()[:64]
    except OSError:
        return ""


def delivery_clocks(engine: sa.Engine, now: Callable[[], float]) -> tuple[Callable[[], float], Callable[[], float]]:
    """The time of day and the time of leases for who posts: where processes of several machines compare, both are the
    database's. Any clock but the machine's own is taken for both, as it is.
    """
    if now is not time.time:
        return now, now
    clock = LeaseClock(engine)
    return (now if engine.dialect.name == "sqlite" else clock), clock
