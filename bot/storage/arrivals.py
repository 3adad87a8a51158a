"""When an entry, or a corrected text of it, was first seen by this installation. It is what "new" means, whatever the
dates say.

The catalogue can be deleted, rebuilt and imported again: what was seen once stays seen. Not a team's: all teams share a
catalogue.
"""

import hashlib
from collections.abc import Iterable
from typing import Protocol

import sqlalchemy as sa

from bot.catalog.models import Entry
from bot.storage.metadata import metadata
from bot.storage.models import Arrival
from bot.storage.transactions import insert_or_ignore, lock_until_commit, write_transaction

arrivals = sa.Table(
    "arrivals",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("text_hash", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),  # new, updated, or silent: seen, but no news
    sa.Column("at", sa.Float, nullable=False),  # seconds since 1970
    sa.UniqueConstraint("key", "text_hash"),
    sqlite_autoincrement=True,  # a number is never given out twice, even after the last row was deleted
)
_SYNC_LOCK_ID = 72098  # one sync at a time, so that numbers become visible in their order


def m002_arrivals(connection: sa.Connection) -> None:
    """The table of this module."""
    arrivals.create(connection)


class EntryCollection(Protocol):
    """A catalogue, as far as this module needs one."""

    def entries(self) -> list[Entry]: ...


class Arrivals:
    """What has arrived, in order."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def sync(self, catalog: EntryCollection, now: float) -> int:
        """Note every entry and every text of one that was not seen before. Returns how many; a second call notes
        nothing.

        Call it at start and after every intake; several processes may. An entry that is gone is not forgotten.
        """
        hashes = [(entry.key, hash_entry_text(entry)) for entry in sort_by_version(catalog.entries())]
        with self._engine.connect() as connection:
            if not self._unseen(connection, hashes):
                return 0
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _SYNC_LOCK_ID)
            unseen = self._unseen(connection, hashes)
            keys = set(connection.scalars(sa.select(arrivals.c.key).distinct()))
            rows = [
                {"key": key, "text_hash": text, "kind": "updated" if key in keys else "new", "at": now}
                for key, text in unseen
            ]
            insert_or_ignore(connection, arrivals, rows)
        return len(rows)

    def record_silently(self, entries: Iterable[Entry], now: float) -> None:
        """Note entries that are about to come in and are no news: the first reading of a source. A correction that
        comes later is news.
        """
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _SYNC_LOCK_ID)
            unseen = self._unseen(
                connection, [(entry.key, hash_entry_text(entry)) for entry in sort_by_version(entries)]
            )
            insert_or_ignore(
                connection,
                arrivals,
                [{"key": key, "text_hash": text, "kind": "silent", "at": now} for key, text in unseen],
            )

    def latest_seq(self) -> int:
        """The number of the last arrival; 0 before the first."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.max(arrivals.c.seq))) or 0

    def between(self, after: int, until: int, include_silent: bool = False) -> list[Arrival]:
        """The arrivals after one number up to another, in order; the `silent` ones only when asked for."""
        query = sa.select(arrivals.c.seq, arrivals.c.key, arrivals.c.kind).where(
            arrivals.c.seq > after, arrivals.c.seq <= until
        )
        query = query if include_silent else query.where(arrivals.c.kind != "silent")
        with self._engine.connect() as connection:
            return [Arrival(row.seq, row.key, row.kind) for row in connection.execute(query.order_by(arrivals.c.seq))]

    def _unseen(self, connection: sa.Connection, hashes: list[tuple[str, str]]) -> list[tuple[str, str]]:
        seen = {(row.key, row.text_hash) for row in connection.execute(sa.select(arrivals.c.key, arrivals.c.text_hash))}
        return [pair for pair in dict.fromkeys(hashes) if pair not in seen]


def hash_entry_text(entry: Entry) -> str:
    """Stands for what an entry says. Its minutes, names and other people's words for it may change without anybody
    being told.
    """
    text = "\0".join(
        " ".join((text or "").split()) for text in (entry.title, entry.summary, entry.answer, entry.caution)
    )
    return hashlib.sha256(text.encode()).hexdigest()


def sort_by_version(entries: Iterable[Entry]) -> list[Entry]:
    """Oldest version first, so that a whole catalogue that arrives at once is numbered as it would have been bit by
    bit.
    """
    return sorted(entries, key=lambda entry: (entry.version is None, entry.version or (0, 0), entry.key))
