"""Watches: a person's saved questions. When an entry arrives that answers one, they get a direct message."""

import sqlalchemy as sa

from bot.storage import audit_log
from bot.storage.metadata import metadata
from bot.storage.models import Watch
from bot.storage.transactions import insert_or_ignore, write_transaction

watches = sa.Table(
    "watches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("team_id", sa.String(32), nullable=False),
    sa.Column("user_id", sa.String(32), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("cursor", sa.Integer, nullable=False),  # the seq of the last arrival that was looked at
    sa.UniqueConstraint("team_id", "user_id", "question"),
    sqlite_autoincrement=True,
)
MAX_WATCHES_PER_PERSON = 50
MAX_QUESTION_LENGTH = 300


class Watches:
    """The store of watches."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, team: str, user: str, question: str, cursor: int, now: float) -> Watch | None:
        """Save a question of a person; the same question is saved once.

        `cursor` is the seq of the last arrival that is no news to it. Returns the watch, or None when the person has
        MAX_WATCHES_PER_PERSON others.
        """
        question = " ".join(question.split())[:MAX_QUESTION_LENGTH]
        row = {"team_id": team, "user_id": user, "question": question, "created_at": now, "cursor": cursor}
        count = sa.select(sa.func.count()).where(watches.c.team_id == team, watches.c.user_id == user)
        with write_transaction(self._engine) as connection:
            is_room = (connection.scalar(count) or 0) < MAX_WATCHES_PER_PERSON
            if is_room and insert_or_ignore(connection, watches, [row]):
                audit_log.record_event(connection, team, now, user, "watched", details=question)
        return next((watch for watch in self.of_person(team, user) if watch.question == question), None)

    def of_person(self, team: str, user: str) -> list[Watch]:
        """A person's watches, oldest first."""
        return self._read(watches.c.team_id == team, watches.c.user_id == user)

    def all(self) -> list[Watch]:
        """The watches of all people, oldest first."""
        return self._read(sa.true())

    def get(self, team: str, watch_id: int) -> Watch | None:
        """One watch, or None when it was stopped."""
        return next(iter(self._read(watches.c.team_id == team, watches.c.id == watch_id)), None)

    def stop(self, team: str, user: str, watch_id: int, now: float) -> str | None:
        """End one of the person's own watches. Returns its question, or None when they have no such watch."""
        is_own = sa.and_(watches.c.team_id == team, watches.c.user_id == user, watches.c.id == watch_id)
        with write_transaction(self._engine) as connection:
            question = connection.scalar(sa.select(watches.c.question).where(is_own))
            if question is not None and connection.execute(watches.delete().where(is_own)).rowcount:
                audit_log.record_event(connection, team, now, user, "stopped watching", details=question)
        return question

    def mark_processed(self, watch_id: int, until_seq: int) -> None:
        """No arrival up to this one answers the watch."""
        with write_transaction(self._engine) as connection:
            advance_cursor(connection, watch_id, until_seq)

    def _read(self, *where: sa.ColumnElement[bool]) -> list[Watch]:
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(watches).where(*where).order_by(watches.c.id))
            return [Watch(row.id, row.team_id, row.user_id, row.question, row.created_at, row.cursor) for row in rows]


def advance_cursor(connection: sa.Connection, watch_id: int, until_seq: int) -> None:
    """Move a cursor, forward only: a process that saw less must not take back what another one saw."""
    is_behind = sa.and_(watches.c.id == watch_id, watches.c.cursor < until_seq)
    connection.execute(watches.update().where(is_behind).values(cursor=until_seq))


def revert_cursor(connection: sa.Connection, watch_id: int, previous_seq: int, until_seq: int) -> None:
    """Move a cursor back because its message was not posted, unless something moved it on since."""
    is_unmoved = sa.and_(watches.c.id == watch_id, watches.c.cursor == until_seq)
    connection.execute(watches.update().where(is_unmoved).values(cursor=previous_seq))
