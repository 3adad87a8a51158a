"""Which channel wants which digest when: channel × filter × schedule. Kept by id, so a renamed channel stays what it
is.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from bot.catalog.models import Version
from bot.storage import audit_log
from bot.storage.metadata import metadata
from bot.storage.models import Schedule, Slot, SubscriptionCursor, SubscriptionFilter
from bot.storage.transactions import insert_or_ignore, write_transaction

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("team_id", sa.String(32), nullable=False),
    sa.Column("channel_id", sa.String(32), nullable=False),
    sa.Column("filter", sa.Text, nullable=False),  # JSON in one fixed form, so that the same filter is the same text
    sa.Column("cadence", sa.String(16), nullable=False),
    sa.Column("weekdays", sa.String(16), nullable=False),  # "0,2": Monday is 0
    sa.Column("at", sa.String(5), nullable=False),  # "09:00"
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("day", sa.Integer),
    sa.Column("nth", sa.Integer),
    sa.Column("start", sa.String(10)),
    sa.Column("even_empty", sa.Boolean, nullable=False),
    sa.Column("created_by", sa.String(32), nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("cursor", sa.Integer, nullable=False),  # arrivals up to this one were looked at
    sa.Column("start_seq", sa.Integer, nullable=False),  # the last arrival when it was set up
    sa.Column("from_version", sa.String(16)),  # of those before it, only from this version on
    sa.Column("last_at", sa.Float, nullable=False),  # when the schedule was set, or its last slot
    sa.Column("last_day", sa.String(10)),  # that slot's day
    sa.Column("paused_by", sa.String(32)),  # a person's id; SLACK when the channel cannot be posted to
    sa.Column("paused_why", sa.Text),
    sa.UniqueConstraint("team_id", "channel_id", "filter"),
    sqlite_autoincrement=True,
)
PAUSED_BY_SLACK = "slack"


def m003_subscriptions(connection: sa.Connection) -> None:
    """The table of this module."""
    subscriptions.create(connection)


@dataclass(frozen=True)
class Subscription:
    """One line of the table."""

    id: int
    team: str
    channel: str
    filter: SubscriptionFilter
    schedule: Schedule
    post_when_empty: bool
    created_by: str
    created_at: float
    cursor: int
    start_seq: int
    from_version: Version | None
    last_slot_at: float
    last_slot_day: date | None
    paused_by: str | None
    pause_reason: str | None

    @property
    def selection_cursor(self) -> SubscriptionCursor:
        return SubscriptionCursor(self.filter, self.cursor, self.start_seq, self.from_version)

    @property
    def is_paused(self) -> bool:
        """By a person. Where Slack refuses, its slots are still tried: that is how it comes back by itself."""
        return self.paused_by is not None and self.paused_by != PAUSED_BY_SLACK


@dataclass(frozen=True)
class SubscriptionDraft:
    """What someone wants to subscribe to."""

    filter: SubscriptionFilter
    schedule: Schedule
    from_version: Version | None = None
    post_when_empty: bool = False


class Subscriptions:
    """Every channel's subscriptions."""

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
        """Store a subscription; the same filter in the same channel changes its schedule, and from which version on
        when that was said.
        `latest`: the last arrival there is.

        Returns it and whether it is new. The schedule counts from now on: nothing that was due before is posted for it.
        """
        changed = _draft_values(draft, latest_seq, now)
        row = {
            "cursor": latest_seq, "start_seq": latest_seq, **changed,
            "team_id": team, "channel_id": channel, "filter": encode_filter(draft.filter), "created_by": user,
            "created_at": now,
        }  # fmt: skip
        same = sa.and_(*(subscriptions.c[name] == row[name] for name in ("team_id", "channel_id", "filter")))
        with write_transaction(self._engine) as connection:
            new = bool(insert_or_ignore(connection, subscriptions, [row]))
            if not new:
                connection.execute(subscriptions.update().where(same).values(**changed))
            audit_log.record_event(
                connection, team, now, user, "subscribed" if new else "changed", channel, description
            )
            return _subscription_from_row(connection.execute(sa.select(subscriptions).where(same)).one()), new

    def update(
        self,
        subscription: Subscription,
        draft: SubscriptionDraft,
        user: str,
        latest_seq: int,
        now: float,
        description: str = "",
    ) -> Subscription | None:
        """Another filter and schedule for a subscription; what was seen stays seen, unless a version to begin with is
        said. None when
        another one here has that filter already."""
        values = {"filter": encode_filter(draft.filter), **_draft_values(draft, latest_seq, now)}
        here = sa.and_(subscriptions.c.team_id == subscription.team, subscriptions.c.channel_id == subscription.channel)
        with write_transaction(self._engine) as connection:
            if connection.scalar(
                sa.select(subscriptions.c.id).where(
                    here, subscriptions.c.filter == values["filter"], subscriptions.c.id != subscription.id
                )
            ):
                return None
            connection.execute(
                subscriptions.update().where(here, subscriptions.c.id == subscription.id).values(**values)
            )
            audit_log.record_event(
                connection, subscription.team, now, user, "changed", subscription.channel, description
            )
        return self.get(subscription.team, subscription.id)

    def of_channel(self, team: str, channel: str) -> list[Subscription]:
        """A channel's subscriptions, oldest first."""
        return self._read(subscriptions.c.team_id == team, subscriptions.c.channel_id == channel)

    def of_team(self, team: str) -> list[Subscription]:
        """A team's subscriptions, oldest first."""
        return self._read(subscriptions.c.team_id == team)

    def get(self, team: str, subscription_id: int) -> Subscription | None:
        """One of a team's subscriptions."""
        return next(iter(self._read(subscriptions.c.team_id == team, subscriptions.c.id == subscription_id)), None)

    def active(self) -> Iterator[Subscription]:
        """All that no person paused, by team and channel, a few at a time."""
        wanted = sa.select(subscriptions).where(
            sa.or_(subscriptions.c.paused_by.is_(None), subscriptions.c.paused_by == PAUSED_BY_SLACK)
        )
        order = (subscriptions.c.team_id, subscriptions.c.channel_id, subscriptions.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(*order)).fetchall()
        for row in rows:
            yield _subscription_from_row(row)

    def remove(self, team: str, channel: str, user: str, now: float, subscription_id: int | None = None) -> int:
        """End a channel's subscriptions, or one of them. Returns how many there were."""
        where = [subscriptions.c.team_id == team, subscriptions.c.channel_id == channel]
        where += [subscriptions.c.id == subscription_id] if subscription_id is not None else []
        with write_transaction(self._engine) as connection:
            removed = connection.execute(subscriptions.delete().where(*where)).rowcount
            if removed:
                audit_log.record_event(connection, team, now, user, "unsubscribed", channel, f"{removed} removed")
        return removed

    def pause(self, team: str, channel: str, user: str, now: float) -> int:
        """Nothing is posted until someone resumes it, nor when Slack lets us post again. Returns how many subscriptions
        that stopped.
        """
        running = sa.or_(subscriptions.c.paused_by.is_(None), subscriptions.c.paused_by == PAUSED_BY_SLACK)
        return self._update_channel(
            team, channel, user, now, "paused", running, {"paused_by": user, "paused_why": None}
        )

    def resume(self, team: str, channel: str, user: str, now: float) -> int:
        """Its next slot is posted again, with all that arrived in the meantime. Returns how many subscriptions go on."""
        values = {"paused_by": None, "paused_why": None, "last_at": now}
        return self._update_channel(team, channel, user, now, "resumed", subscriptions.c.paused_by.is_not(None), values)

    def mark_processed(self, advances: Sequence["CursorAdvance"]) -> None:
        """These slots held nothing to say."""
        with write_transaction(self._engine) as connection:
            advance_cursors(connection, advances)

    def _update_channel(
        self,
        team: str,
        channel: str,
        user: str,
        now: float,
        action: str,
        where: sa.ColumnElement[bool],
        values: dict[str, Any],
    ) -> int:
        with write_transaction(self._engine) as connection:
            found = sa.and_(subscriptions.c.team_id == team, subscriptions.c.channel_id == channel, where)
            changed = connection.execute(subscriptions.update().where(found).values(**values)).rowcount
            if changed:
                audit_log.record_event(connection, team, now, user, action, channel)
        return changed

    def _read(self, *where: sa.ColumnElement[bool]) -> list[Subscription]:
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(subscriptions).where(*where).order_by(subscriptions.c.id)).fetchall()
        return [_subscription_from_row(row) for row in rows]


@dataclass(frozen=True)
class CursorAdvance:
    """How far a subscription has come: the arrivals looked at, the slot they were looked at for, and what was before."""

    subscription_id: int
    new_cursor: int
    previous_cursor: int
    slot: Slot | None = None  # none: posted on request, or by arrival, which leaves the schedule alone
    previous_slot_at: float = 0.0
    previous_slot_day: str | None = None

    def as_json(self) -> list[Any]:
        """For the ledger."""
        slot = [self.slot.day.isoformat(), self.slot.at.timestamp()] if self.slot else None
        return [
            self.subscription_id,
            self.new_cursor,
            self.previous_cursor,
            slot,
            self.previous_slot_at,
            self.previous_slot_day,
        ]

    @classmethod
    def from_json(cls, record: list[Any]) -> "CursorAdvance":
        """From the ledger."""
        row_id, cursor, was, slot, was_at, was_day = record
        when = Slot(date.fromisoformat(slot[0]), datetime.fromtimestamp(slot[1], UTC)) if slot else None
        return cls(row_id, cursor, was, when, was_at, was_day)


def advance_cursors(connection: sa.Connection, advances: Sequence[CursorAdvance]) -> None:
    """Forward only: a process that saw less must not take back what another one saw."""
    for one in advances:
        here = subscriptions.c.id == one.subscription_id
        connection.execute(
            subscriptions.update().where(here, subscriptions.c.cursor < one.new_cursor).values(cursor=one.new_cursor)
        )
        if one.slot is not None:
            at = one.slot.at.timestamp()
            values = {"last_at": at, "last_day": one.slot.day.isoformat()}
            connection.execute(subscriptions.update().where(here, subscriptions.c.last_at < at).values(**values))


def revert_cursors(connection: sa.Connection, advances: Sequence[CursorAdvance], reopen_slots: bool) -> None:
    """What was claimed did not get out: it is news again, unless something moved it on since. `slots_too`: and due
    again at once.
    """
    for one in advances:
        here = sa.and_(subscriptions.c.id == one.subscription_id, subscriptions.c.cursor == one.new_cursor)
        connection.execute(subscriptions.update().where(here).values(cursor=one.previous_cursor))
        if one.slot is not None and reopen_slots:
            here = sa.and_(
                subscriptions.c.id == one.subscription_id, subscriptions.c.last_at == one.slot.at.timestamp()
            )
            connection.execute(
                subscriptions.update().where(here).values(last_at=one.previous_slot_at, last_day=one.previous_slot_day)
            )


def pause_for_slack(connection: sa.Connection, team: str, channel: str, reason: str, now: float) -> list[str]:
    """The channel cannot be posted to. Returns who set its digests up, once: nobody when that was known already."""
    here = sa.and_(subscriptions.c.team_id == team, subscriptions.c.channel_id == channel)
    # One without slots is tried again a day after this, not at every arrival.
    connection.execute(subscriptions.update().where(here, subscriptions.c.cadence == "on arrival").values(last_at=now))
    where = sa.and_(here, subscriptions.c.paused_by.is_(None))
    people = connection.scalars(sa.select(subscriptions.c.created_by).where(where).order_by(subscriptions.c.id)).all()
    if not connection.execute(
        subscriptions.update().where(where).values(paused_by=PAUSED_BY_SLACK, paused_why=reason)
    ).rowcount:
        return []
    audit_log.record_event(connection, team, now, PAUSED_BY_SLACK, "paused", channel, reason)
    return list(dict.fromkeys(people))


def resume_after_slack(connection: sa.Connection, team: str, channel: str, now: float) -> bool:
    """The channel can be posted to again. Returns whether it was paused for that."""
    where = sa.and_(
        subscriptions.c.team_id == team,
        subscriptions.c.channel_id == channel,
        subscriptions.c.paused_by == PAUSED_BY_SLACK,
    )
    if not connection.execute(subscriptions.update().where(where).values(paused_by=None, paused_why=None)).rowcount:
        return False
    audit_log.record_event(connection, team, now, PAUSED_BY_SLACK, "resumed", channel)
    return True


def encode_filter(filter: SubscriptionFilter) -> str:
    """A filter as JSON in its one form: what is empty left out, the order of names made the same."""
    record = {
        name: sorted(value) if isinstance(value, tuple) else value for name, value in asdict(filter).items() if value
    }
    if filter.versions:
        record["versions"] = [Version(*version).number for version in sorted(filter.versions)]
    return json.dumps(record, sort_keys=True, ensure_ascii=False)


def decode_filter(text: str) -> SubscriptionFilter:
    """The filter that `filter_text` wrote."""
    record = json.loads(text)
    versions = tuple(Version.parse(version) for version in record.pop("versions", ()))
    highlights = bool(record.pop("highlights", False))
    return SubscriptionFilter(
        **{name: tuple(value) for name, value in record.items()}, highlights=highlights, versions=versions
    )


def _draft_values(draft: SubscriptionDraft, latest: int, now: float) -> dict[str, Any]:
    """What setting a subscription up again changes: its schedule counts from now on, and a version that it shall begin
    with counts anew.
    """
    begin = {"cursor": 0, "start_seq": latest, "from_version": draft.from_version.number} if draft.from_version else {}
    return {
        **_schedule_values(draft.schedule),
        "even_empty": draft.post_when_empty,
        "last_at": now,
        "paused_by": None,
        "paused_why": None,
        **begin,
    }


def _schedule_values(schedule: Schedule) -> dict[str, Any]:
    return {
        "cadence": schedule.cadence, "weekdays": ",".join(map(str, schedule.weekdays)), "at": f"{schedule.time_of_day:%H:%M}",
        "zone": schedule.zone,
        "day": schedule.day, "nth": schedule.nth, "start": schedule.anchor_date.isoformat() if schedule.anchor_date else None,
    }  # fmt: skip


def _subscription_from_row(row: Any) -> Subscription:
    weekdays = tuple(int(day) for day in row.weekdays.split(",") if day)
    start = date.fromisoformat(row.start) if row.start else None
    return Subscription(
        row.id, row.team_id, row.channel_id, decode_filter(row.filter),
        Schedule(row.cadence, weekdays, time.fromisoformat(row.at), row.zone, row.day, row.nth, start),
        bool(row.even_empty), row.created_by, row.created_at,
        row.cursor, row.start_seq, Version.parse(row.from_version) if row.from_version else None, row.last_at,
        date.fromisoformat(row.last_day) if row.last_day else None, row.paused_by, row.paused_why,
    )  # fmt: skip
