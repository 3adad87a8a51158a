"""Whom and what the bot has met: the channels it introduced itself in, and when a person first opened its Home."""

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.transactions import insert_new, writing

meetings = sa.Table(
    "meetings",
    metadata,
    sa.Column("team_id", sa.String(32), primary_key=True),
    sa.Column("met", sa.String(32), primary_key=True),  # a channel's id, or a person's
    sa.Column("at", sa.Float, nullable=False),
)
NEW_SECONDS = 7 * 24 * 3600  # for how long a person is new


def m010_meetings(connection: sa.Connection) -> None:
    """The table of this module."""
    meetings.create(connection)


class Meetings:
    """Everything met, each once."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def first_time(self, team: str, met: str, now: float) -> bool:
        """Note a channel or a person. True for one caller only, however often it is noted."""
        with writing(self._engine) as connection:
            return bool(insert_new(connection, meetings, [{"team_id": team, "met": met, "at": now}]))

    def is_new(self, team: str, person: str, now: float) -> bool:
        """Whether somebody met the bot in the last week; notes the meeting when it is the first."""
        wanted = sa.select(meetings.c.at).where(meetings.c.team_id == team, meetings.c.met == person)
        with self._engine.connect() as connection:
            at: float | None = connection.scalar(wanted)
        return self.first_time(team, person, now) if at is None else now - at < NEW_SECONDS

    def forget(self, team: str, met: str) -> None:
        """It was not introduced after all: the message did not get out."""
        with writing(self._engine) as connection:
            connection.execute(meetings.delete().where(meetings.c.team_id == team, meetings.c.met == met))
