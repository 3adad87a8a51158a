"""Figures of the outbox for monitoring: what is being sent and since when, and how many rows of each kind there are."""

from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa

from bot.storage.models import DIGEST_STREAM
from bot.storage.outbox import outbox

KINDS = ("digest", "watch", "notice")
UNFINISHED = ("planned", "sending")
STATES = (*UNFINISHED, "sent", "failed")
_columns = outbox.c
_KIND = sa.case(
    (_columns.stream == DIGEST_STREAM, "digest"), (_columns.stream.startswith("notice"), "notice"), else_="watch"
)


class OutboxFigure(NamedTuple):
    """How many rows of a kind are in a state, and when the oldest of them was claimed (seconds since 1970)."""

    kind: str
    state: str
    rows: int
    oldest_at: float | None


class OutboxFigures:
    """Reads them."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def sending(self, stream: str, teams: Collection[str] | None = None) -> list[tuple[str, str, float]]:
        """Team and channel of each edition of a stream that is being sent, and when it was claimed; of these teams, or
        of all.
        """
        where = sa.and_(_columns.state == "sending", _columns.stream == stream, _columns.claimed_at.is_not(None))
        if teams is not None:
            where = sa.and_(where, _columns.team_id.in_(teams))
        query = sa.select(_columns.team_id, _columns.channel_id, _columns.claimed_at).where(where)
        with self._engine.connect() as connection:
            return [(team, channel, claimed_at) for team, channel, claimed_at in connection.execute(query)]

    def counts(self) -> list[OutboxFigure]:
        """The rows by kind and state."""
        query = sa.select(_KIND, _columns.state, sa.func.count(), sa.func.min(_columns.claimed_at)).group_by(
            _KIND, _columns.state
        )
        with self._engine.connect() as connection:
            return [OutboxFigure(*row) for row in connection.execute(query)]
