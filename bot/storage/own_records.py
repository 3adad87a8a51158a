"""What single teams imported, reviewed and changed in Slack: the records that only their own catalogues have.

They are shown to no other team until an operator publishes them (`bot/ingest/publishing.py`). A record without a value
was taken back; `change_id` counts the changes of one team. What everybody has is in `catalog_records`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from bot.catalog.models import CatalogRecord
from bot.storage.metadata import metadata
from bot.storage.transactions import lock_until_commit, upsert_all, write_transaction

own_records = sa.Table(
    "own_records",
    metadata,
    sa.Column("team_id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("record_id", sa.String(200), primary_key=True),
    sa.Column("value", sa.Text),  # JSON; null: taken back
    sa.Column("change_id", sa.Integer, nullable=False),
)
_columns = own_records.c
_LOCK_ID = 72101


class OwnChange(NamedTuple):
    """The last change of a team's records, and whether any of them stands."""

    change: int
    has_records: bool


class OwnRecords:
    """The store of what single teams have of their own."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def changes(self) -> dict[str, OwnChange]:
        """How far the records of each team are that ever had one. An episode alone, which is filled in beside the
        entries, counts as none.
        """
        stands = sa.case((sa.and_(_columns.value.is_not(None), _columns.kind != "episode"), 1), else_=0)
        query = sa.select(_columns.team_id, sa.func.max(_columns.change_id).label("change"), sa.func.max(stands))
        with self._engine.connect() as connection:
            rows = connection.execute(query.group_by(_columns.team_id)).all()
        return {team: OwnChange(change, bool(has_records)) for team, change, has_records in rows}

    def change_of(self, team: str) -> int:
        """The last change of a team's records; 0 before the first."""
        with self._engine.connect() as connection:
            return _change_of(connection, team)

    def of_team(self, team: str) -> tuple[int, list[CatalogRecord]]:
        """The last change of a team's records, and all that stand, in the order in which they came."""
        query = (
            sa.select(_columns.kind, _columns.record_id, _columns.value, _columns.change_id)
            .where(_columns.team_id == team)
            .order_by(_columns.change_id, _columns.kind, _columns.record_id)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        records = [CatalogRecord(row.kind, row.record_id, row.value) for row in rows if row.value is not None]
        return max((row.change_id for row in rows), default=0), records

    def record(self, team: str, records: Sequence[CatalogRecord], expected: int) -> int | None:
        """Keep records of a team as one change. Returns its number; None, and nothing is kept, where the team's last
        change is not the expected one any more.
        """
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _LOCK_ID)
            if _change_of(connection, team) != expected:
                return None
            last = {(record.kind, record.id): record.value for record in records}
            rows = [
                {"team_id": team, "kind": kind, "record_id": record_id, "value": value, "change_id": expected + 1}
                for (kind, record_id), value in last.items()
            ]
            upsert_all(connection, own_records, ("team_id", "kind", "record_id"), rows)
        return expected + 1 if records else expected

    def known(self, team: str) -> dict[str, bool]:
        """The entries of which a team has, or had, something of its own: whether it stands."""
        where = (_columns.team_id == team, _columns.kind == "entry")
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(_columns.record_id, _columns.value.is_not(None)).where(*where))
            return {key: bool(stands) for key, stands in rows}


def _change_of(connection: sa.Connection, team: str) -> int:
    return connection.scalar(sa.select(sa.func.max(_columns.change_id)).where(_columns.team_id == team)) or 0
