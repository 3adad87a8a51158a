"""The state of each watched source between readings: ETag, Last-Modified, when it was read, what failed, when the
operator was told.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.models import SourceState
from bot.storage.transactions import upsert, write_transaction

source_states = sa.Table(
    "source_states",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),  # SHA-256 of the name, which may be longer than a key can be
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("fingerprint", sa.Text),
    sa.Column("last_tried_at", sa.Float),
    sa.Column("last_read_at", sa.Float),
    sa.Column("error", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("notified_at", sa.Float),
    sa.Column("first_read_at", sa.Float),
    sa.Column("catalog_id", sa.Text),
    sa.Column("format", sa.String(16)),
    sa.Column("content_hash", sa.String(16)),
    sa.Column("part_of_id", sa.String(64), index=True),  # `id` of the source
    sa.Column("part_of", sa.Text),
    sa.Column("last_news_at", sa.Float),
    sa.Column("told_quiet_at", sa.Float),
)


class SourceStates:
    """The store of source states by name; a post of a feed has a state under its own address."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def get(self, name: str) -> SourceState | None:
        """The state of a source, or None when it was never read."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(source_states).where(source_states.c.id == _hash_name(name))).first()
        return _state_from_row(row) if row else None

    def recent_parts(self, name: str, since: datetime, limit: int) -> list[SourceState]:
        """The posts of a source that are not older than this, the newest first."""
        query = (
            sa.select(source_states)
            .where(source_states.c.part_of_id == _hash_name(name), source_states.c.first_read_at >= since.timestamp())
            .order_by(source_states.c.first_read_at.desc(), source_states.c.name)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [_state_from_row(row) for row in connection.execute(query)]

    def save(self, *states: SourceState) -> None:
        """Keep these states, all or none. Of two that are saved for a source at once, the later one stays."""
        with write_transaction(self._engine) as connection:
            for state in sorted(states, key=lambda state: state.name):  # one order for all, so that none deadlock
                upsert(connection, source_states, {"id": _hash_name(state.name)}, _state_to_row(state))


def _hash_name(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _state_to_row(state: SourceState) -> dict[str, Any]:
    return {
        "name": state.name,
        "etag": state.etag,
        "last_modified": state.last_modified,
        "fingerprint": state.fingerprint,
        "last_tried_at": _to_seconds(state.last_try),
        "last_read_at": _to_seconds(state.last_success),
        "error": state.error,
        "failures": state.failures,
        "notified_at": _to_seconds(state.notified),
        "first_read_at": _to_seconds(state.first_read),
        "catalog_id": state.catalog_id,
        "format": state.format,
        "content_hash": state.content_hash,
        "part_of_id": _hash_name(state.part_of) if state.part_of else None,
        "part_of": state.part_of,
        "last_news_at": _to_seconds(state.last_news),
        "told_quiet_at": _to_seconds(state.told_quiet),
    }


def _state_from_row(row: Any) -> SourceState:
    return SourceState(
        name=row.name,
        etag=row.etag,
        last_modified=row.last_modified,
        fingerprint=row.fingerprint,
        last_try=_to_datetime(row.last_tried_at),
        last_success=_to_datetime(row.last_read_at),
        error=row.error,
        failures=row.failures,
        notified=_to_datetime(row.notified_at),
        first_read=_to_datetime(row.first_read_at),
        catalog_id=row.catalog_id,
        format=row.format,
        content_hash=row.content_hash,
        part_of=row.part_of,
        last_news=_to_datetime(row.last_news_at),
        told_quiet=_to_datetime(row.told_quiet_at),
    )


def _to_seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _to_datetime(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
