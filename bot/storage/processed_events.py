"""Which of Slack's events were already answered. Slack delivers an event again after 1 and 5 minutes, across our
restarts.
"""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.storage.metadata import metadata

processed_events = sa.Table(
    "seen_events",
    metadata,
    sa.Column("event_id", sa.String(64), primary_key=True),
    sa.Column("at", sa.Float, nullable=False, index=True),  # seconds since 1970
)


def m001_seen_events(connection: sa.Connection) -> None:
    """The table of this module."""
    processed_events.create(connection)


RETENTION_SECONDS = 24 * 3600
MAX_EVENT_AGE_SECONDS = 3600  # an answer to an hour-old mention would only startle


class ProcessedEvents:
    """Remembers event ids for a day."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def mark_processed(self, event_id: str, now: float) -> bool:
        """Note an event as seen, before it is answered. True for one caller only, however many try, in any process."""
        with self._engine.begin() as connection:
            connection.execute(processed_events.delete().where(processed_events.c.at < now - RETENTION_SECONDS))
        try:
            with self._engine.begin() as connection:
                connection.execute(processed_events.insert().values(event_id=event_id[:64], at=now))
        except IntegrityError:
            return False
        return True
