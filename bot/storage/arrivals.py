"""Arrivals: when this installation first saw an entry, or a new text of one. This is what "new" means for digests and
watches, whatever dates the entry has.

The catalogue can be deleted, rebuilt and imported again: what was seen once stays seen. Arrivals belong to no team,
because all teams share one catalogue.
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
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.UniqueConstraint("key", "text_hash"),
    sqlite_autoincrement=True,  # a number is never given out twice, even after the last row was deleted
)
MAX_KEYS_ASKED = 500  # in one statement; the entries of a version arrive together
_SYNC_LOCK_ID = 72098  # one sync at a time, so that numbers become visible in their order


class EntryCollection(Protocol):
    """A catalogue, as far as this module needs one."""

    def entries(self) -> list[Entry]: ...


class Arrivals:
    """The store of arrivals, numbered in the order in which they came."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def sync(self, catalog: EntryCollection, now: float) -> int:
        """Record every entry, and every text of one, that was not seen before. Returns how many there were.

        Called at every start and after every import, by any number of processes. An entry that is gone stays recorded.
        """
        hashes = [(entry.key, hash_entry_text(entry)) for entry in sort_by_version(catalog.entries())]
        with self._engine.connect() as connection:
            if not _unseen(connection, hashes):
                return 0
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _SYNC_LOCK_ID)
            known_keys = set(connection.scalars(sa.select(arrivals.c.key).distinct()))
            rows = [
                {"key": key, "text_hash": text, "kind": "updated" if key in known_keys else "new", "seen_at": now}
                for key, text in _unseen(connection, hashes)
            ]
            insert_or_ignore(connection, arrivals, rows)
        return len(rows)

    def record_silently(self, entries: Iterable[Entry], now: float) -> None:
        """Record entries that are about to be imported and are no news: the first reading of a source.

        A correction of them that comes later is news.
        """
        hashes = [(entry.key, hash_entry_text(entry)) for entry in sort_by_version(entries)]
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _SYNC_LOCK_ID)
            rows = [
                {"key": key, "text_hash": text, "kind": "silent", "seen_at": now}
                for key, text in _unseen(connection, hashes)
            ]
            insert_or_ignore(connection, arrivals, rows)

    def latest_seq(self) -> int:
        """The number of the last arrival; 0 before the first."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.max(arrivals.c.seq))) or 0

    def first_seen_at(self, keys: Iterable[str]) -> float | None:
        """When the first of these entries was seen, in seconds since 1970; None when none was."""
        query = sa.select(sa.func.min(arrivals.c.seen_at)).where(arrivals.c.key.in_(list(keys)[:MAX_KEYS_ASKED]))
        with self._engine.connect() as connection:
            seen: float | None = connection.scalar(query)
        return seen

    def between(self, after: int, until: int, include_silent: bool = False) -> list[Arrival]:
        """The arrivals with `after` < seq <= `until`, in order."""
        columns = arrivals.c
        query = sa.select(columns.seq, columns.key, columns.kind).where(columns.seq > after, columns.seq <= until)
        if not include_silent:
            query = query.where(columns.kind != "silent")
        with self._engine.connect() as connection:
            return [Arrival(row.seq, row.key, row.kind) for row in connection.execute(query.order_by(columns.seq))]


def _unseen(connection: sa.Connection, hashes: list[tuple[str, str]]) -> list[tuple[str, str]]:
    seen = {(row.key, row.text_hash) for row in connection.execute(sa.select(arrivals.c.key, arrivals.c.text_hash))}
    return [pair for pair in dict.fromkeys(hashes) if pair not in seen]


def hash_entry_text(entry: Entry) -> str:
    """SHA-256 of what an entry says: title, summary, answer and caution, without regard to white space.

    The rest of an entry (mentions, names, phrasings) may change without anybody being told. Never change how it is
    computed: every entry would be announced again as corrected.
    """
    parts = (entry.title, entry.summary, entry.answer, entry.caution)
    text = "\0".join(" ".join((part or "").split()) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def sort_by_version(entries: Iterable[Entry]) -> list[Entry]:
    """The oldest version first, so that a whole catalogue that arrives at once is numbered as if it had come bit by
    bit.
    """
    return sorted(entries, key=lambda entry: (entry.version is None, entry.version or (0, 0), entry.key))
