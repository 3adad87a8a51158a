"""What is remembered of each watched source: ETag, Last-Modified, when it was read, what failed, when the operator was
told.
"""

import hashlib
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.models import SourceState

source_states = sa.Table(
    "source_states",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),  # of the name, which may be longer than a key can be
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("fingerprint", sa.Text),
    sa.Column("last_try", sa.Float),  # seconds since 1970, as all times here
    sa.Column("last_success", sa.Float),
    sa.Column("error", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("notified", sa.Float),
    sa.Column("first_read", sa.Float),
    sa.Column("catalogue", sa.Text),
)
_TIMES = ("last_try", "last_success", "notified", "first_read")


def m007_source_states(connection: sa.Connection) -> None:
    """The table of this module."""
    source_states.create(connection)


def m011_first_readings(connection: sa.Connection) -> None:
    """When a source was first read, and for which catalogue. A table that was made just now has these columns already."""
    there = {column["name"] for column in sa.inspect(connection).get_columns("source_states")}
    for name, kind in (("first_read", "FLOAT"), ("catalogue", "TEXT")):
        if name not in there:
            connection.execute(sa.text(f"ALTER TABLE source_states ADD COLUMN {name} {kind}"))


class SourceStates:
    """The states by source name; a post of a feed has a state under its own address."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def get(self, name: str) -> SourceState | None:
        """The state of a source, or None when it was never read."""
        with self._engine.connect() as connection:
            row = (
                connection.execute(source_states.select().where(source_states.c.id == _name_hash(name)))
                .mappings()
                .first()
            )
        return _state_from_row(dict(row)) if row else None

    def save(self, *states: SourceState) -> None:
        """Keep these states, all or none."""
        with self._engine.begin() as connection:
            for state in states:
                connection.execute(source_states.delete().where(source_states.c.id == _name_hash(state.name)))
                connection.execute(source_states.insert().values(id=_name_hash(state.name), **_state_to_row(state)))


def _name_hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _state_to_row(state: SourceState) -> dict[str, Any]:
    row = asdict(state)
    return {**row, **{name: row[name].timestamp() if row[name] else None for name in _TIMES}}


def _state_from_row(row: dict[str, Any]) -> SourceState:
    row.pop("id")
    return SourceState(
        **{
            **row,
            **{name: datetime.fromtimestamp(row[name], UTC) if row[name] is not None else None for name in _TIMES},
        }
    )
