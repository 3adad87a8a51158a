"""One person's saved questions. When an entry arrives that answers one, they get a direct message."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage import audit_log
from bot.storage.metadata import metadata
from bot.storage.transactions import insert_new, writing

watches = sa.Table(
    "watches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("team_id", sa.String(32), nullable=False),
    sa.Column("user_id", sa.String(32), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("cursor", sa.Integer, nullable=False),  # arrivals up to this one were looked at
    sa.UniqueConstraint("team_id", "user_id", "question"),
    sqlite_autoincrement=True,
)
MOST = 50  # of one person
LONGEST = 300  # characters of a question


def m005_watches(connection: sa.Connection) -> None:
    """The table of this module."""
    watches.create(connection)


@dataclass(frozen=True)
class Watch:
    """A stored question and whose it is."""

    id: int
    team: str
    user: str
    question: str
    created_at: float
    cursor: int


class Watches:
    """Every person's watches."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, team: str, user: str, question: str, cursor: int, now: float) -> Watch | None:
        """Store a question; the same one is stored once. `cursor`: the last arrival that is not news to it. None when
        MOST are stored.
        """
        question = " ".join(question.split())[:LONGEST]
        row = {"team_id": team, "user_id": user, "question": question, "created_at": now, "cursor": cursor}
        with writing(self._engine) as connection:
            mine = (
                sa.select(sa.func.count())
                .select_from(watches)
                .where(watches.c.team_id == team, watches.c.user_id == user)
            )
            if (connection.scalar(mine) or 0) < MOST and insert_new(connection, watches, [row]):
                audit_log.note(connection, team, now, user, "watched", what=question)
        return next((watch for watch in self.of_person(team, user) if watch.question == question), None)

    def of_person(self, team: str, user: str) -> list[Watch]:
        """A person's watches, oldest first."""
        return self._read(watches.c.team_id == team, watches.c.user_id == user)

    def all(self) -> list[Watch]:
        """Everybody's, oldest first."""
        return self._read(sa.true())

    def get(self, team: str, watch_id: int) -> Watch | None:
        """One watch, or None when it was stopped."""
        return next(iter(self._read(watches.c.team_id == team, watches.c.id == watch_id)), None)

    def stop(self, team: str, user: str, watch_id: int, now: float) -> str | None:
        """End one of the person's own watches. Returns its question, or None when there is none such."""
        where = (watches.c.team_id == team, watches.c.user_id == user, watches.c.id == watch_id)
        with writing(self._engine) as connection:
            question = connection.scalar(sa.select(watches.c.question).where(*where))
            if question is not None:
                connection.execute(watches.delete().where(*where))
                audit_log.note(connection, team, now, user, "stopped watching", what=question)
        return question

    def looked_at(self, watch_id: int, until: int) -> None:
        """Nothing up to this arrival answers it."""
        with writing(self._engine) as connection:
            move_cursor(connection, watch_id, until)

    def _read(self, *where: sa.ColumnElement[bool]) -> list[Watch]:
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(watches).where(*where).order_by(watches.c.id))
            return [Watch(row.id, row.team_id, row.user_id, row.question, row.created_at, row.cursor) for row in rows]


def move_cursor(connection: sa.Connection, watch_id: int, until: int) -> None:
    """Forward only: a process that saw less must not take back what another one saw."""
    connection.execute(watches.update().where(watches.c.id == watch_id, watches.c.cursor < until).values(cursor=until))


def put_back_cursor(connection: sa.Connection, watch_id: int, was: int, until: int) -> None:
    """What was claimed did not get out: it is news again, unless something moved the cursor since."""
    connection.execute(watches.update().where(watches.c.id == watch_id, watches.c.cursor == until).values(cursor=was))
