"""Removes what is not needed any more: the texts of deliveries, and the audit log of long ago.

The rows of deliveries stay: they say what a channel has been told, so that it is told once. What has a short life
removes itself where it is written: questions, conversations, events and the inbox.
"""

import logging

import sqlalchemy as sa

from bot.storage.audit_log import audit_events
from bot.storage.outbox import outbox
from bot.storage.transactions import write_transaction

log = logging.getLogger(__name__)
DAY_SECONDS = 24 * 3600.0
TEXT_SECONDS = 90 * DAY_SECONDS
AUDIT_SECONDS = 2 * 365 * DAY_SECONDS


def remove_old(engine: sa.Engine, now: float) -> int:
    """Remove the texts of deliveries that were finished, and audit events that happened, longer ago than that. Returns
    how many.
    """
    has_old_text = sa.and_(
        outbox.c.state.in_(("sent", "failed")), outbox.c.finished_at < now - TEXT_SECONDS, outbox.c.parts.is_not(None)
    )
    is_old_event = audit_events.c.recorded_at < now - AUDIT_SECONDS
    with write_transaction(engine) as connection:
        count = connection.execute(outbox.update().where(has_old_text).values(parts=None)).rowcount
        count += connection.execute(audit_events.delete().where(is_old_event)).rowcount
    if count:
        log.info("Removed %d texts of deliveries and audit events of long ago", count)
    return count
