"""When entries arrived, as the pages and the feeds tell it: the same arrivals that digests announce, of what belongs to
everybody.
"""

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from bot.storage.arrivals import MAX_KEYS_ASKED, arrivals

# What a team has of its own arrived for that team alone.
_IS_SHARED = arrivals.c.team_id == ""


class ArrivalDate(NamedTuple):
    """When an entry came (new, silent), was corrected (updated), something that filters ask for was (known), or it was
    taken back (gone) and there again (back): it keeps its dates then.
    """

    key: str
    kind: str
    seen_at: float  # seconds since 1970
    seq: int


class ArrivalDates:
    """Reads the dates of arrivals; writes nothing."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def latest_seq(self) -> int:
        """The number of the last arrival; 0 before the first."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(sa.func.max(arrivals.c.seq)).where(_IS_SHARED)) or 0

    def latest_keys(self, limit: int) -> list[str]:
        """The keys of what was news last, the newest first: new and corrected entries."""
        columns, newest = arrivals.c, sa.func.max(arrivals.c.seq)
        query = sa.select(columns.key).where(columns.kind.in_(("new", "updated")), _IS_SHARED)
        with self._engine.connect() as connection:
            return list(connection.scalars(query.group_by(columns.key).order_by(newest.desc()).limit(limit)))

    def of_keys(self, keys: Iterable[str]) -> dict[str, list[ArrivalDate]]:
        """The arrivals of each of these entries, in order."""
        wanted, columns = sorted(set(keys)), arrivals.c
        found: dict[str, list[ArrivalDate]] = {}
        with self._engine.connect() as connection:
            for start in range(0, len(wanted), MAX_KEYS_ASKED):
                query = sa.select(columns.key, columns.kind, columns.seen_at, columns.seq)
                is_wanted = columns.key.in_(wanted[start : start + MAX_KEYS_ASKED])
                query = query.where(is_wanted, _IS_SHARED).order_by(columns.seq)
                for row in connection.execute(query):
                    found.setdefault(row.key, []).append(ArrivalDate(*row))
        return found
