"""Subscriptions: which channel gets which digest when (channel × filter × schedule). A channel is known by its id, so
renaming it changes nothing.
"""

import json
from collections.abc import Sequence
from datetime import date, time
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.catalog.models import Version
from bot.storage import audit_log
from bot.storage.filters import decode_filter, encode_filter
from bot.storage.metadata import metadata
from bot.storage.models import (
    PAUSED_BY_SLACK,
    CursorAdvance,
    Schedule,
    Subscription,
    SubscriptionDraft,
)
from bot.storage.transactions import insert_or_ignore, upsert, write_transaction

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
_columns = subscriptions.c
UNDO_SECONDS = 24 * 3600.0  # for which an ended subscription can be brought back
_NO_PAUSE: dict[str, Any] = {"paused_by": None, "pause_reason": None, "paused_until": None}
MAX_SLOT_AHEAD_SECONDS = 25 * 3600.0
_RUNNING = sa.or_(_columns.paused_by.is_(None), _columns.paused_by == PAUSED_BY_SLACK)


class Subscriptions:
    """The store of subscriptions. Every change that a person makes is in the audit log."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def upsert(
        self,
        team: str,
        channel: str,
        draft: SubscriptionDraft,
        user: str,
        latest_seq: int,
        now: float,
        description: str = "",
    ) -> tuple[Subscription, bool]:
        """Add a subscription, or change the one of this channel that has the same filter.

        A change sets the schedule, and the version to begin with if the draft names one. `latest_seq` is the last
        arrival. Returns the subscription and whether it is new. The schedule counts from now on: nothing that was due
        before is posted for it.
        """
        key = {"team_id": team, "channel_id": channel, "filter": encode_filter(draft.filter)}
        changes = _draft_values(draft, latest_seq, now)
        row = {"created_by": user, "created_at": now, "cursor": latest_seq, "start_seq": latest_seq, **changes}
        with write_transaction(self._engine) as connection:
            is_new = bool(insert_or_ignore(connection, subscriptions, [{**key, **row}]))
            if not is_new:  # or it is new after all: somebody may have ended it since
                upsert(connection, subscriptions, key, row, on_conflict=changes)
            audit_log.record_event(
                connection, team, now, user, "subscribed" if is_new else "changed", channel, description
            )
            query = sa.select(subscriptions).where(*(_columns[name] == value for name, value in key.items()))
            return _subscription_from_row(connection.execute(query).one()), is_new

    def update(
        self,
        subscription: Subscription,
        draft: SubscriptionDraft,
        user: str,
        latest_seq: int,
        now: float,
        description: str = "",
    ) -> Subscription | None:
        """Give a subscription another filter and schedule.

        What it looked at already stays so, unless the draft names a version to begin with. Returns None, and changes
        nothing, when another subscription of the channel has that filter.
        """
        values = {"filter": encode_filter(draft.filter), **_draft_values(draft, latest_seq, now)}
        if subscription.is_paused:  # it stays so
            values = {name: value for name, value in values.items() if not name.startswith("pause")}
        is_same = sa.and_(_in_channel(subscription.team, subscription.channel), _columns.id == subscription.id)
        try:
            with write_transaction(self._engine) as connection:
                connection.execute(subscriptions.update().where(is_same).values(**values))
                audit_log.record_event(
                    connection, subscription.team, now, user, "changed", subscription.channel, description
                )
        except IntegrityError:
            return None
        return self.get(subscription.team, subscription.id)

    def of_channel(self, team: str, channel: str) -> list[Subscription]:
        """A channel's subscriptions, oldest first."""
        return self._read(_in_channel(team, channel))

    def of_team(self, team: str) -> list[Subscription]:
        """A team's subscriptions, oldest first."""
        return self._read(_columns.team_id == team)

    def get(self, team: str, subscription_id: int) -> Subscription | None:
        """One of a team's subscriptions, or None when it was ended."""
        return next(iter(self._read(_columns.team_id == team, _columns.id == subscription_id)), None)

    def active(self) -> list[Subscription]:
        """All subscriptions that no person paused, by team and channel."""
        return self._read(_RUNNING, order=(_columns.team_id, _columns.channel_id, _columns.id))

    def remove(self, subscription: Subscription, user: str, now: float, description: str = "") -> bool:
        """End a subscription; for a day `restore` brings it back. Returns whether it was still there."""
        where = sa.and_(_in_channel(subscription.team, subscription.channel), _columns.id == subscription.id)
        with write_transaction(self._engine) as connection:
            row = connection.execute(sa.select(subscriptions).where(where)).first()
            removed = connection.execute(subscriptions.delete().where(where)).rowcount
            connection.execute(ended_subscriptions.delete().where(ended_subscriptions.c.ended_at < now - UNDO_SECONDS))
            if row is not None and removed:
                kept = {"id": row.id, "team_id": row.team_id, "record": json.dumps(dict(row._mapping)), "ended_at": now}
                connection.execute(ended_subscriptions.insert().values(**kept))
                audit_log.record_event(
                    connection, subscription.team, now, user, "unsubscribed", subscription.channel, description
                )
        return bool(removed)

    def ended(self, team: str, subscription_id: int, now: float) -> Subscription | None:
        """A subscription that was ended less than a day ago, as it was then."""
        record = self._ended_record(team, subscription_id, now)
        return _subscription_from_row(SimpleNamespace(**record)) if record else None

    def ended_of_team(self, team: str, now: float) -> list[Subscription]:
        """A team's subscriptions that were ended less than a day ago, the last one first."""
        ended = ended_subscriptions.c
        is_recent = sa.and_(ended.team_id == team, ended.ended_at >= now - UNDO_SECONDS)
        query = sa.select(ended.record).where(is_recent).order_by(ended.ended_at.desc(), ended.id.desc())
        with self._engine.connect() as connection:
            records = [json.loads(text) for text in connection.scalars(query)]
        return [_subscription_from_row(SimpleNamespace(**record)) for record in records]

    def restore(
        self, team: str, subscription_id: int, user: str, now: float, description: str = ""
    ) -> Subscription | None:
        """Bring an ended subscription back: it goes on from the next slot, with all that arrived in the meantime.

        Returns None when that is too long ago, was done already, or the channel has one with the same filter.
        """
        record = self._ended_record(team, subscription_id, now)
        if record is None:
            return None
        is_it = sa.and_(ended_subscriptions.c.team_id == team, ended_subscriptions.c.id == subscription_id)
        try:
            with write_transaction(self._engine) as connection:
                connection.execute(subscriptions.insert().values(**{**record, "last_slot_at": now}))
                connection.execute(ended_subscriptions.delete().where(is_it))
                audit_log.record_event(connection, team, now, user, "restored", record["channel_id"], description)
        except IntegrityError:
            return None
        return self.get(team, subscription_id)

    def _ended_record(self, team: str, subscription_id: int, now: float) -> dict[str, Any] | None:
        ended = ended_subscriptions.c
        is_recent = ended.ended_at >= now - UNDO_SECONDS
        query = sa.select(ended.record).where(ended.team_id == team, ended.id == subscription_id, is_recent)
        with self._engine.connect() as connection:
            text = connection.scalar(query)
        return json.loads(text) if text else None

    def pause(
        self, subscription: Subscription, user: str, now: float, description: str = "", until: float | None = None
    ) -> bool:
        """Post nothing of it until someone resumes it, or until then. Returns whether that changed anything."""
        values = {"paused_by": user, "pause_reason": None, "paused_until": until}
        is_other = sa.or_(_RUNNING, _columns.paused_until.is_distinct_from(until))
        return self._change(subscription, user, now, "paused", is_other, values, description)

    def resume(self, subscription: Subscription, user: str, now: float, description: str = "") -> bool:
        """Post the next slot again, with all that arrived in the meantime. Returns whether it goes on by that."""
        values = {**_NO_PAUSE, "last_slot_at": now}
        return self._change(subscription, user, now, "resumed", _columns.paused_by.is_not(None), values, description)

    def end_pauses(self, now: float) -> int:
        """Resume what was paused until a moment that has come. It goes on from that moment, also where nothing ran
        then: a slot between then and now is due. Returns how many went on.
        """
        is_over = sa.and_(_columns.paused_by.is_not(None), _columns.paused_until <= now)
        ended = 0
        for row in self._read(is_over):
            values = {**_NO_PAUSE, "last_slot_at": max(row.last_slot_at, row.paused_until or 0.0)}
            is_it = sa.and_(is_over, _columns.paused_until == row.paused_until)
            ended += self._change(row, row.paused_by or "", now, "resumed", is_it, values, "the pause is over")
        return ended

    def mark_processed(self, advances: Sequence[CursorAdvance]) -> None:
        """Move cursors forward where there was nothing to post."""
        with write_transaction(self._engine) as connection:
            advance_cursors(connection, advances)

    def bound_slots(self, now: float) -> int:
        """Mend slots that lie in the future because the machine's clock was wrong when they were posted: such a digest
        would be silent until then. Returns how many there were. What is less than about a day ahead stays, so that no
        slot comes twice when a clock is set back by some hours.
        """
        is_ahead = _columns.last_slot_at > now + MAX_SLOT_AHEAD_SECONDS
        with self._engine.connect() as connection:
            if not connection.scalar(sa.select(sa.func.count()).select_from(subscriptions).where(is_ahead)):
                return 0
        values = {"last_slot_at": now, "last_slot_day": None}
        with write_transaction(self._engine) as connection:
            return connection.execute(subscriptions.update().where(is_ahead).values(**values)).rowcount

    def _change(
        self,
        subscription: Subscription,
        user: str,
        now: float,
        action: str,
        where: sa.ColumnElement[bool],
        values: dict[str, Any],
        description: str,
    ) -> bool:
        team, channel = subscription.team, subscription.channel
        is_same = sa.and_(_in_channel(team, channel), _columns.id == subscription.id)
        with write_transaction(self._engine) as connection:
            changed = connection.execute(subscriptions.update().where(is_same, where).values(**values)).rowcount
            if changed:
                audit_log.record_event(connection, team, now, user, action, channel, description)
        return bool(changed)

    def _read(self, *where: sa.ColumnElement[bool], order: Sequence[Any] = (_columns.id,)) -> list[Subscription]:
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(subscriptions).where(*where).order_by(*order)).fetchall()
        return [_subscription_from_row(row) for row in rows]


# -- in the transaction of the outbox ---------------------------------------------------------------------------------


def advance_cursors(connection: sa.Connection, advances: Sequence[CursorAdvance]) -> None:
    """Move cursors and slots, forward only: a process that saw less must not take back what another one saw."""
    for advance in advances:
        is_same = _columns.id == advance.subscription_id
        connection.execute(
            subscriptions.update()
            .where(is_same, _columns.cursor < advance.new_cursor)
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
    """Move cursors back because nothing was posted, unless something moved them on since.

    With `reopen_slots` the slots go back too, so that they are due again at once.
    """
    for advance in advances:
        is_same = _columns.id == advance.subscription_id
        connection.execute(
            subscriptions.update()
            .where(is_same, _columns.cursor == advance.new_cursor)
            .values(cursor=advance.previous_cursor)
        )
        if advance.slot is not None and reopen_slots:
            connection.execute(
                subscriptions.update()
                .where(is_same, _columns.last_slot_at == advance.slot.at.timestamp())
                .values(last_slot_at=advance.previous_slot_at, last_slot_day=advance.previous_slot_day)
            )


def pause_for_slack(connection: sa.Connection, team: str, channel: str, reason: str, now: float) -> list[str]:
    """Pause a channel that Slack refuses. Returns who set its digests up; nobody when it was paused already."""
    # A subscription without slots is tried again a day after this, not at every arrival.
    connection.execute(
        subscriptions.update()
        .where(_in_channel(team, channel), _columns.cadence == "on arrival")
        .values(last_slot_at=now)
    )
    is_running = sa.and_(_in_channel(team, channel), _columns.paused_by.is_(None))
    people = connection.scalars(sa.select(_columns.created_by).where(is_running).order_by(_columns.id)).all()
    values = {"paused_by": PAUSED_BY_SLACK, "pause_reason": reason}
    if not connection.execute(subscriptions.update().where(is_running).values(**values)).rowcount:
        return []
    audit_log.record_event(connection, team, now, PAUSED_BY_SLACK, "paused", channel, reason)
    return list(dict.fromkeys(people))


def resume_after_slack(connection: sa.Connection, team: str, channel: str, now: float) -> bool:
    """Resume a channel that Slack had refused. Returns whether it was paused for that."""
    is_paused = sa.and_(_in_channel(team, channel), _columns.paused_by == PAUSED_BY_SLACK)
    if not connection.execute(subscriptions.update().where(is_paused).values(**_NO_PAUSE)).rowcount:
        return False
    audit_log.record_event(connection, team, now, PAUSED_BY_SLACK, "resumed", channel)
    return True


def _in_channel(team: str, channel: str) -> sa.ColumnElement[bool]:
    return sa.and_(_columns.team_id == team, _columns.channel_id == channel)


# -- rows -------------------------------------------------------------------------------------------------------------


def _draft_values(draft: SubscriptionDraft, latest_seq: int, now: float) -> dict[str, Any]:
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
        **_NO_PAUSE,
    }
    if draft.from_version:  # everything that is known counts anew
        values |= {"cursor": 0, "start_seq": latest_seq, "from_version": draft.from_version.number}
    return values


def _subscription_from_row(row: Any) -> Subscription:
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
