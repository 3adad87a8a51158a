"""The tables of subscriptions, and their rows as values. A channel is known by its id: renaming it changes nothing."""

from datetime import date, time
from typing import Any

import sqlalchemy as sa

from bot.catalog.models import Version
from bot.storage.filters import decode_filter
from bot.storage.metadata import metadata
from bot.storage.models import Schedule, Subscription, SubscriptionDraft

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("team_id", sa.String(32), nullable=False),
    sa.Column("channel_id", sa.String(32), nullable=False),
    sa.Column("filter", sa.Text, nullable=False),  # as `encode_filter` writes it, so that equal filters are equal texts
    sa.Column("cadence", sa.String(16), nullable=False),
    sa.Column("weekdays", sa.String(16), nullable=False),  # "0,2": Monday is 0
    sa.Column("time_of_day", sa.String(5), nullable=False),  # "09:00"
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("day", sa.Integer),
    sa.Column("nth", sa.Integer),
    sa.Column("anchor_date", sa.String(10)),  # "2026-11-23"
    sa.Column("post_when_empty", sa.Boolean, nullable=False),
    sa.Column("created_by", sa.String(32), nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("cursor", sa.Integer, nullable=False),  # the seq of the last arrival that was looked at
    sa.Column("start_seq", sa.Integer, nullable=False),  # the seq of the last arrival when it was set up
    sa.Column("from_version", sa.String(16)),  # of the arrivals up to start_seq, only from this version on
    sa.Column("last_slot_at", sa.Float, nullable=False),  # its last slot, or when the schedule was set
    sa.Column("last_slot_day", sa.String(10)),
    sa.Column("paused_by", sa.String(32)),  # a person's id, or PAUSED_BY_SLACK
    sa.Column("pause_reason", sa.Text),
    sa.Column("paused_until", sa.Float),  # when a person's pause ends by itself
    sa.UniqueConstraint("team_id", "channel_id", "filter"),
    sqlite_autoincrement=True,
)
ended_subscriptions = sa.Table(
    "ended_subscriptions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),  # that it had, and gets back
    sa.Column("team_id", sa.String(32), nullable=False),
    sa.Column("record", sa.Text, nullable=False),  # its row, as JSON
    sa.Column("ended_at", sa.Float, nullable=False),
)
NO_PAUSE: dict[str, Any] = {"paused_by": None, "pause_reason": None, "paused_until": None}


def in_channel(team: str, channel: str) -> sa.ColumnElement[bool]:
    """The rows of a channel."""
    return sa.and_(subscriptions.c.team_id == team, subscriptions.c.channel_id == channel)


def draft_values(draft: SubscriptionDraft, latest_seq: int, now: float) -> dict[str, Any]:
    """The columns that a draft sets, in a new subscription as in an old one."""
    schedule = draft.schedule
    values: dict[str, Any] = {
        "cadence": schedule.cadence,
        "weekdays": ",".join(map(str, schedule.weekdays)),
        "time_of_day": f"{schedule.time_of_day:%H:%M}",
        "zone": schedule.zone,
        "day": schedule.day,
        "nth": schedule.nth,
        "anchor_date": schedule.anchor_date.isoformat() if schedule.anchor_date else None,
        "post_when_empty": draft.post_when_empty,
        "last_slot_at": now,
        **NO_PAUSE,
    }
    if draft.from_version:  # everything that is known counts anew
        values |= {"cursor": 0, "start_seq": latest_seq, "from_version": draft.from_version.number}
    return values


def subscription_from_row(row: Any) -> Subscription:
    """A row of the table, or what is kept of one that was ended."""
    return Subscription(
        id=row.id,
        team=row.team_id,
        channel=row.channel_id,
        filter=decode_filter(row.filter),
        schedule=Schedule(
            row.cadence,
            tuple(int(day) for day in row.weekdays.split(",") if day),
            time.fromisoformat(row.time_of_day),
            row.zone,
            row.day,
            row.nth,
            date.fromisoformat(row.anchor_date) if row.anchor_date else None,
        ),
        post_when_empty=bool(row.post_when_empty),
        created_by=row.created_by,
        created_at=row.created_at,
        cursor=row.cursor,
        start_seq=row.start_seq,
        from_version=Version.parse(row.from_version) if row.from_version else None,
        last_slot_at=row.last_slot_at,
        last_slot_day=date.fromisoformat(row.last_slot_day) if row.last_slot_day else None,
        paused_by=row.paused_by,
        pause_reason=row.pause_reason,
        paused_until=getattr(row, "paused_until", None),  # ended ones of before have none
    )
