"""What was imported into the catalogue, kept here so that nothing that happens to a catalogue loses it, and so that the
processes of several machines, each with a catalogue of its own, know the same.

A record is what something is now; `change_id` only grows and says with which change it became so. A record without a
value was removed, and so was an entry whose record is marked so (`CatalogRecord.withdrawn`): nobody waits for it.
Records belong to no team, because all teams share one catalogue.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

import sqlalchemy as sa

from bot.catalog.models import WITHDRAWN, CatalogPosition, CatalogRecord
from bot.storage.metadata import metadata
from bot.storage.transactions import lock_until_commit, upsert_all, write_transaction

catalog_records = sa.Table(
    "catalog_records",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("record_id", sa.String(200), primary_key=True),
    sa.Column("value", sa.Text),  # JSON; null: removed, with nothing kept
    sa.Column("change_id", sa.Integer, nullable=False, index=True),
)
_columns = catalog_records.c
_NAME_OF_WORKSPACE = "workspace"  # the kind of the one row whose id is the name of this database
_LOCK_ID = 72100
_CHUNK = 500  # ids in one statement, rows in memory
_IS_WITHDRAWN = sa.and_(
    _columns.kind == "entry",
    sa.or_(_columns.value.is_(None), _columns.value.startswith(WITHDRAWN, autoescape=True)),
)


class CatalogRecords:
    """The store of catalogue records."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def position(self) -> CatalogPosition:
        """The name of this database, and its last change."""
        with self._engine.connect() as connection:
            return _position(connection)

    def changes_after(self, change: int) -> Iterator[CatalogRecord]:
        """The records that changed since, in the order in which they can be applied."""
        query = (
            sa.select(_columns.kind, _columns.record_id, _columns.value)
            .where(_columns.change_id > change)
            .order_by(_columns.change_id, _columns.kind, _columns.record_id)
        )
        with self._engine.connect() as connection:
            for row in connection.execution_options(yield_per=_CHUNK).execute(query):
                yield CatalogRecord(row.kind, row.record_id, row.value)

    def record(self, records: Sequence[CatalogRecord], expected: CatalogPosition) -> CatalogPosition | None:
        """Keep records as one change. Returns the new position; None, and nothing is kept, when the position is not the
        expected one any more.
        """
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _LOCK_ID)
            if _position(connection) != expected:
                return None
            if records:
                _write(connection, records, expected.change + 1)
                expected = expected._replace(change=expected.change + 1)
        return expected

    def add_missing(self, records: Iterable[CatalogRecord]) -> int:
        """Keep those records of which nothing is known here. Returns how many."""
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _LOCK_ID)
            known = {
                (row.kind, row.record_id) for row in connection.execute(sa.select(_columns.kind, _columns.record_id))
            }
            missing = [record for record in records if (record.kind, record.id) not in known]
            if missing:
                _write(connection, missing, _position(connection).change + 1)
        return len(missing)

    def withdraw(self, keys: Collection[str]) -> None:
        """These entries are no longer in the seeds: nobody waits for them. What sources said of numbers is kept."""
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _LOCK_ID)
            change = _position(connection).change + 1
            values = dict.fromkeys(keys, None) | _values(connection, keys)
            gone = [CatalogRecord("entry", key, value).withdrawn() for key, value in values.items()]
            _write(connection, gone, change)

    def withdrawn(self, keys: Collection[str]) -> set[str]:
        """Those of these entries that were taken back, became a part of another, or left the seeds."""
        found: set[str] = set()
        with self._engine.connect() as connection:
            for chunk in _chunks(keys):
                where = (_IS_WITHDRAWN, _columns.record_id.in_(chunk))
                found.update(connection.scalars(sa.select(_columns.record_id).where(*where)))
        return found

    def revive(self, keys: Collection[str]) -> None:
        """These entries are there: those that were withdrawn are waited for again."""
        with self._engine.connect() as connection:
            there = set(keys)
            query = sa.select(_columns.record_id, _columns.value).where(_IS_WITHDRAWN)
            back = [(key, value) for key, value in connection.execute(query) if key in there]
        if back:
            with write_transaction(self._engine) as connection:
                for key, value in back:  # unless it was changed meanwhile
                    same = _columns.value.is_(None) if value is None else _columns.value == value
                    where = sa.and_(_IS_WITHDRAWN, _columns.record_id == key, same)
                    revived = CatalogRecord("entry", key, value).revived()
                    connection.execute(catalog_records.update().where(where).values(value=revived.value))

    def entries(self, keys: Collection[str]) -> list[CatalogRecord]:
        """What is kept of these entries."""
        found: list[CatalogRecord] = []
        with self._engine.connect() as connection:
            for chunk in _chunks(keys):
                where = (_columns.kind == "entry", _columns.value.is_not(None), _columns.record_id.in_(chunk))
                rows = connection.execute(sa.select(_columns.record_id, _columns.value).where(*where))
                found += [CatalogRecord("entry", row.record_id, row.value) for row in rows]
        return found


def _position(connection: sa.Connection) -> CatalogPosition:
    name = connection.scalar(sa.select(_columns.record_id).where(_columns.kind == _NAME_OF_WORKSPACE))
    return CatalogPosition(str(name), connection.scalar(sa.select(sa.func.max(_columns.change_id))) or 0)


def _values(connection: sa.Connection, keys: Collection[str]) -> dict[str, str | None]:
    """What is kept of these entries now, of those of which something is."""
    found: dict[str, str | None] = {}
    for chunk in _chunks(keys):
        where = (_columns.kind == "entry", _columns.record_id.in_(chunk))
        rows = connection.execute(sa.select(_columns.record_id, _columns.value).where(*where))
        found.update((row.record_id, row.value) for row in rows)
    return found


def _write(connection: sa.Connection, records: Iterable[CatalogRecord], change: int) -> None:
    last = {(record.kind, record.id): record for record in records}
    rows = [
        {"kind": kind, "record_id": record_id, "value": record.value, "change_id": change}
        for (kind, record_id), record in last.items()
    ]
    upsert_all(connection, catalog_records, ("kind", "record_id"), rows)


def _chunks(keys: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]
