"""What posting does to subscriptions, in the transaction of the outbox: cursors and slots move, and a channel that
Slack refuses is paused.
"""

import json
from collections.abc import Sequence

import sqlalchemy as sa

from bot.storage import audit_log
from bot.storage.models import PAUSED_BY_SLACK, CursorAdvance
from bot.storage.subscription_rows import NO_PAUSE, ended_subscriptions, in_channel, subscriptions

_columns = subscriptions.c


def advance_cursors(connection: sa.Connection, advances: Sequence[CursorAdvance]) -> None:
    """Move cursors and slots, forward only: a process that saw less must not take back what another one saw. A cursor
    that a person put back meanwhile, to begin with an older version, stays there.
    """
    for advance in advances:
        is_same = _columns.id == advance.subscription_id
        connection.execute(
            subscriptions.update()
            .where(is_same, _columns.cursor < advance.new_cursor, _columns.cursor >= advance.previous_cursor)
            .values(cursor=advance.new_cursor)
        )
        if advance.slot is not None:
            slot_at = advance.slot.at.timestamp()
            connection.execute(
                subscriptions.update()
                .where(is_same, _columns.last_slot_at < slot_at)
                .values(last_slot_at=slot_at, last_slot_day=advance.slot.day.isoformat())
            )


def revert_cursors(connection: sa.Connection, advances: Sequence[CursorAdvance], reopen_slots: bool) -> None:
    """Move cursors back because nothing was posted, unless something moved them on since; also of a subscription that
    was ended meanwhile, and may come back.

    With `reopen_slots` the slots go back too, so that they are due again at once.
    """
    for advance in advances:
        is_same = _columns.id == advance.subscription_id
        reverted = (
            subscriptions.update()
            .where(is_same, _columns.cursor == advance.new_cursor)
            .values(cursor=advance.previous_cursor)
        )
        connection.execute(reverted)  # waits for who ends it just now: then it is found among those that were ended
        _revert_ended(connection, advance)  # waits for who brings it back just now
        connection.execute(reverted)
        if advance.slot is not None and reopen_slots:
            connection.execute(
                subscriptions.update()
                .where(is_same, _columns.last_slot_at == advance.slot.at.timestamp())
                .values(last_slot_at=advance.previous_slot_at, last_slot_day=advance.previous_slot_day)
            )


def _revert_ended(connection: sa.Connection, advance: CursorAdvance) -> None:
    is_same = ended_subscriptions.c.id == advance.subscription_id
    text = connection.scalar(sa.select(ended_subscriptions.c.record).where(is_same).with_for_update())
    record = json.loads(text) if text else {}
    if record.get("cursor") == advance.new_cursor:
        kept = json.dumps({**record, "cursor": advance.previous_cursor})
        connection.execute(ended_subscriptions.update().where(is_same).values(record=kept))


def pause_for_slack(connection: sa.Connection, team: str, channel: str, reason: str, now: float) -> list[str]:
    """Pause a channel that Slack refuses. Returns who set its digests up; nobody when it was paused already."""
    # A subscription without slots is tried again a day after this, not at every arrival.
    connection.execute(
        subscriptions.update()
        .where(in_channel(team, channel), _columns.cadence == "on arrival")
        .values(last_slot_at=now)
    )
    is_running = sa.and_(in_channel(team, channel), _columns.paused_by.is_(None))
    people = connection.scalars(sa.select(_columns.created_by).where(is_running).order_by(_columns.id)).all()
    values = {"paused_by": PAUSED_BY_SLACK, "pause_reason": reason}
    if not connection.execute(subscriptions.update().where(is_running).values(**values)).rowcount:
        return []
    audit_log.record_event(connection, team, now, PAUSED_BY_SLACK, "paused", channel, reason)
    return [person for person in dict.fromkeys(people) if person]  # one who had us forget them is not told


def resume_after_slack(connection: sa.Connection, team: str, channel: str, now: float) -> bool:
    """Resume a channel that Slack had refused. Returns whether it was paused for that."""
    is_paused = sa.and_(in_channel(team, channel), _columns.paused_by == PAUSED_BY_SLACK)
    if not connection.execute(subscriptions.update().where(is_paused).values(**NO_PAUSE)).rowcount:
        return False
    audit_log.record_event(connection, team, now, PAUSED_BY_SLACK, "resumed", channel)
    return True
