"""The channels that the bot introduced itself in, and when each person first opened its Home tab."""

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.transactions import insert_or_ignore, write_transaction

introductions = sa.Table(
    "introductions",
    metadata,
    sa.Column("team_id", sa.String(32), primary_key=True),
    sa.Column("subject", sa.String(32), primary_key=True),  # a channel's id, or a person's
    sa.Column("introduced_at", sa.Float, nullable=False),
)
NEW_PERSON_SECONDS = 7 * 24 * 3600  # for how long a person is new


class Introductions:
    """The store of introductions, one for each channel and person."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def mark_introduced(self, team: str, subject: str, now: float) -> bool:
        """Record a channel or a person. True only the first time, for one caller only."""
        row = {"team_id": team, "subject": subject, "introduced_at": now}
        with write_transaction(self._engine) as connection:
            return bool(insert_or_ignore(connection, introductions, [row]))

    def is_new_person(self, team: str, person: str, now: float) -> bool:
        """Whether somebody first opened the Home tab in the last 7 days; records it when this is the first time."""
        introduced_at = self._introduced_at(team, person)
        if introduced_at is None:
            return self.mark_introduced(team, person, now)
        return now - introduced_at < NEW_PERSON_SECONDS

    def is_introduced(self, team: str, subject: str) -> bool:
        """Whether a channel or a person is recorded."""
        return self._introduced_at(team, subject) is not None

    def _introduced_at(self, team: str, subject: str) -> float | None:
        query = sa.select(introductions.c.introduced_at).where(
            introductions.c.team_id == team, introductions.c.subject == subject
        )
        with self._engine.connect() as connection:
            introduced_at: float | None = connection.scalar(query)
        return introduced_at
