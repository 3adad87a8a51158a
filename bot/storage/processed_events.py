"""The keys of what was done, so that a second delivery is known: Slack delivers an event again after 1 and 5 minutes,
across our restarts too. A key is remembered in the transaction that says that it is done, never before.
"""

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.transactions import insert_or_ignore

MAX_ID_LENGTH = 64
processed_events = sa.Table(
    "processed_events",
    metadata,
    sa.Column("event_id", sa.String(MAX_ID_LENGTH), primary_key=True),
    sa.Column("processed_at", sa.Float, nullable=False, index=True),
)
RETENTION_SECONDS = 24 * 3600
MAX_EVENT_AGE_SECONDS = 3600  # an older mention is not answered any more


def is_processed(connection: sa.Connection, key: str) -> bool:
    """Whether it was done before."""
    query = sa.select(processed_events.c.event_id).where(processed_events.c.event_id == key)
    return connection.execute(query).first() is not None


def remember(connection: sa.Connection, key: str, now: float) -> None:
    """It is done. Keys of more than a day ago are forgotten."""
    connection.execute(processed_events.delete().where(processed_events.c.processed_at < now - RETENTION_SECONDS))
    insert_or_ignore(connection, processed_events, [{"event_id": key, "processed_at": now}])
