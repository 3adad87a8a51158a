"""Whom and what the bot has met: the channels it introduced itself in, and when a person first opened its Home."""

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.transactions import insert_or_ignore, write_transaction

introductions = sa.Table(
    "meetings",
    metadata,
    sa.Column("team_id", sa.String(32), primary_key=True),
    sa.Column("met", sa.String(32), primary_key=True),  # a channel's id, or a person's
    sa.Column("at", sa.Float, nullable=False),
)
NEW_PERSON_SECONDS = 7 * 24 * 3600  # for how long a person is new


def m010_meetings(connection: sa.Connection) -> None:
    """The table of this module."""
    introductions.create(connection)


class Introductions:
    """Everything met, each once."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def mark_introduced(self, team: str, subject: str, now: float) -> bool:
        """Note a channel or a person. True for one caller only, however often it is noted."""
        with write_transaction(self._engine) as connection:
            return bool(insert_or_ignore(connection, introductions, [{"team_id": team, "met": subject, "at": now}]))

    def is_new_person(self, team: str, person: str, now: float) -> bool:
        """Whether somebody met the bot in the last week; notes the meeting when it is the first."""
        wanted = sa.select(introductions.c.at).where(introductions.c.team_id == team, introductions.c.met == person)
        with self._engine.connect() as connection:
            at: float | None = connection.scalar(wanted)
        return self.mark_introduced(team, person, now) if at is None else now - at < NEW_PERSON_SECONDS

    def forget(self, team: str, subject: str) -> None:
        """It was not introduced after all: the message did not get out."""
        with write_transaction(self._engine) as connection:
            connection.execute(
                introductions.delete().where(introductions.c.team_id == team, introductions.c.met == subject)
            )
