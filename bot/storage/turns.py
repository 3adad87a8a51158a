"""Turns at work that one process does at a time, where several share a workspace database, such as reading a source;
and what the operator was told, so that several processes tell it once.

    turn    -----> a row with an owner, until the work is done, or until it expires because the process was killed
    begun   -----> a row: the operator was told. Processes that have the problem keep it. `ended` removes it, and
                   the process that removes it tells the operator that the problem is over
"""

import hashlib
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.transactions import insert_if_free, write_transaction

turns = sa.Table(
    "turns",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),  # SHA-256 of the name, which may be longer than a key can be
    sa.Column("owner", sa.String(32), nullable=False),
    sa.Column("held_until", sa.Float, nullable=False),
)
LATE_SECONDS = 60.0  # that a process may have waited for the database since it looked at the clock
TOLD_SECONDS = 600.0  # after which a problem that no process has any more, and none said to be over, is told again
_TOLD_BY = "told"


class Turns:
    """The store of turns. `now` is the clock of leases: it never jumps."""

    def __init__(self, engine: sa.Engine, now: Callable[[], float]) -> None:
        self._engine, self._now = engine, now

    @contextmanager
    def turn(self, name: str, seconds: float) -> Iterator[bool]:
        """Whether it is this process's turn, until the end of the block, or for so many seconds where it is killed in
        it.
        """
        owner = secrets.token_hex(16)
        is_mine = self._take(name, owner, seconds)
        try:
            yield is_mine
        finally:
            if is_mine:
                self._give_back(name, owner)

    def begun(self, problem: str) -> bool:
        """Whether the operator is to be told of a problem: no process did so before, of those that `keep` it."""
        return self._take(_problem(problem), _TOLD_BY, TOLD_SECONDS)

    def ended(self, problem: str) -> bool:
        """Whether the operator is to be told that a problem is over: some process told that it began, and none this."""
        return self._give_back(_problem(problem), _TOLD_BY)

    def keep(self, problems: Collection[str]) -> None:
        """These problems are still there."""
        is_told = sa.and_(turns.c.id.in_([_hash(_problem(one)) for one in problems]), turns.c.owner == _TOLD_BY)
        with write_transaction(self._engine) as connection:
            connection.execute(turns.update().where(is_told).values(held_until=self._now() + TOLD_SECONDS))

    def _take(self, name: str, owner: str, seconds: float) -> bool:
        now = self._now()
        key, row = {"id": _hash(name)}, {"owner": owner, "held_until": now + seconds}
        # One of a time before the machine started, by another clock, holds nothing: it would be held for too long.
        is_over = sa.or_(turns.c.held_until <= now, turns.c.held_until > now + seconds + LATE_SECONDS)
        with write_transaction(self._engine) as connection:
            return insert_if_free(connection, turns, key, row, is_over)

    def _give_back(self, name: str, owner: str) -> bool:
        is_own = sa.and_(turns.c.id == _hash(name), turns.c.owner == owner)
        with write_transaction(self._engine) as connection:
            return connection.execute(turns.delete().where(is_own)).rowcount == 1


def _problem(name: str) -> str:
    return f"problem {name}"


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
