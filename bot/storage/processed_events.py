"""Which of Slack's events were answered already. Slack delivers an event again after 1 and 5 minutes, across our
restarts too.
"""

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.transactions import insert_or_ignore, write_transaction

MAX_ID_LENGTH = 64
processed_events = sa.Table(
    "processed_events",
    metadata,
    sa.Column("event_id", sa.String(MAX_ID_LENGTH), primary_key=True),
    sa.Column("processed_at", sa.Float, nullable=False, index=True),
)
RETENTION_SECONDS = 24 * 3600
MAX_EVENT_AGE_SECONDS = 3600  # an older mention is not answered any more


class ProcessedEvents:
    """The store of event ids, kept for a day."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def mark_processed(self, event_id: str, now: float) -> bool:
        """Record an event, before it is answered. True for one caller only, however many try, in any process."""
        with write_transaction(self._engine) as connection:
            connection.execute(
                processed_events.delete().where(processed_events.c.processed_at < now - RETENTION_SECONDS)
            )
            row = {"event_id": event_id[:MAX_ID_LENGTH], "processed_at": now}
            return bool(insert_or_ignore(connection, processed_events, [row]))
