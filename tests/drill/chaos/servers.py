"""What happens to a database server, or to a database's file: other programs hold it, and its sessions are ended."""

import random
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

LOCKED_TABLES = ("outbox", "inbox", "subscriptions", "arrivals", "watches", "processed_events")
_OTHERS = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"


def database_faults(engine: sa.Engine, chance: random.Random) -> dict[str, Callable[[str], bool]]:
    """Those of this database, by kind; each says whether it struck."""
    if engine.dialect.name == "sqlite":
        path = Path(engine.url.database or "")
        return {
            "database: locked for long by another program": lambda _: lock_file(path, chance.uniform(1.0, 3.0)),
            "database: locked by another program": lambda _: lock_file(path, chance.uniform(0.1, 0.9)),
        }
    admin = sa.create_engine(engine.url, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
    return {
        "database: session ended by the server": lambda _: _ask(admin, "pg_terminate_backend"),
        "database: statement cancelled": lambda _: _ask(admin, "pg_cancel_backend", "AND state <> 'idle'"),
        "database: table locked": lambda _: _lock_table(engine, chance.choice(LOCKED_TABLES), chance.uniform(0.3, 2.0)),
    }


def _ask(admin: sa.Engine, function: str, where: str = "") -> bool:
    """Do this to any one session of another client. False when there was none."""
    with admin.connect() as connection:
        query = f"SELECT {function}(pid) {_OTHERS} {where} ORDER BY random() LIMIT 1"
        return bool(connection.execute(sa.text(query)).scalar())


def _lock_table(engine: sa.Engine, name: str, seconds: float) -> bool:
    """Another program holds a table for so long."""
    own = sa.create_engine(engine.url, poolclass=sa.pool.NullPool)

    def hold() -> None:
        with own.begin() as connection:
            connection.execute(sa.text("SET LOCAL lock_timeout = '2s'"))
            connection.execute(sa.text(f"LOCK TABLE {name} IN EXCLUSIVE MODE"))
            time.sleep(seconds)

    return _in_thread(hold)


def lock_file(path: Path, seconds: float) -> bool:
    """Another program writes to this SQLite file for so long."""

    def hold() -> None:
        other = sqlite3.connect(path, timeout=1, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(seconds)
            other.execute("ROLLBACK")
        finally:
            other.close()

    return _in_thread(hold)


def _in_thread(hold: Callable[[], None]) -> bool:
    """False when it failed at once: others hold it."""
    failed = threading.Event()

    def run() -> None:
        try:
            hold()
        except (sqlite3.Error, sa.exc.DBAPIError):
            failed.set()

    threading.Thread(target=run, daemon=True).start()
    return not failed.wait(0.05)
