"""The last answer in each thread, and in each person's direct messages, so that "the second one" has a meaning. Kept
for 7 days.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.transactions import writing

threads = sa.Table(
    "threads",
    metadata,
    sa.Column("team_id", sa.String(32), primary_key=True),
    sa.Column("channel_id", sa.String(32), primary_key=True),
    sa.Column("thread_ts", sa.String(32), primary_key=True),  # empty: the conversation itself, in direct messages
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("shown", sa.JSON, nullable=False),  # keys of the entries, in the answer's order
    sa.Column("next_one", sa.Integer, nullable=False),  # where the page after the one shown last begins
    sa.Column("picked", sa.Text),  # the entry that was looked at alone
    sa.Column("at", sa.Float, nullable=False, index=True),
)
KEPT_SECONDS = 7 * 24 * 3600
MOST_KEYS = 100


def m008_threads(connection: sa.Connection) -> None:
    """The table of this module."""
    threads.create(connection)


@dataclass(frozen=True)
class Where:
    """A thread, or a direct conversation."""

    team: str
    channel: str
    thread: str = ""


@dataclass(frozen=True)
class LastAnswer:
    """What was answered last: the question, the entries in order, and how far they were shown."""

    question: str
    shown: tuple[str, ...] = ()
    offset: int = 0  # where the next page begins
    picked: str | None = None


class Threads:
    """The memory of conversations."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def remember(self, where: Where, answer: LastAnswer, now: float) -> None:
        """Keep this as the last answer there; what is older than 7 days is forgotten."""
        values = {
            "question": answer.question,
            "shown": list(answer.shown[:MOST_KEYS]),
            "next_one": answer.offset,
            "picked": answer.picked,
            "at": now,
        }
        with writing(self._engine) as connection:
            connection.execute(threads.delete().where(threads.c.at < now - KEPT_SECONDS))
            if not connection.execute(threads.update().where(*_here(where)).values(**values)).rowcount:
                connection.execute(
                    threads.insert().values(
                        team_id=where.team, channel_id=where.channel, thread_ts=where.thread, **values
                    )
                )

    def last(self, where: Where, now: float) -> LastAnswer | None:
        """The last answer there, or None when there is none of the last 7 days."""
        wanted = sa.select(threads).where(*_here(where), threads.c.at >= now - KEPT_SECONDS)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        return LastAnswer(row.question, tuple(row.shown), row.next_one, row.picked) if row else None


def _here(where: Where) -> tuple[sa.ColumnElement[bool], ...]:
    return threads.c.team_id == where.team, threads.c.channel_id == where.channel, threads.c.thread_ts == where.thread
