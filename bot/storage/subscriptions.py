"""Subscriptions: which channel gets which digest when (channel × filter × schedule).

What a person changes is compared with what they looked at in the transaction that writes: what has become another
digest since is left as it is.
"""

import json
from collections.abc import Collection, Sequence
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.storage import audit_log
from bot.storage.digest_progress import advance_cursors
from bot.storage.filters import encode_filter
from bot.storage.models import (
    PAUSED_BY_SLACK,
    ChangeOutcome,
    CursorAdvance,
    Subscription,
    SubscriptionDraft,
)
from bot.storage.subscription_rows import (
    NO_PAUSE,
    draft_values,
    ended_subscriptions,
    in_channel,
    subscription_from_row,
    subscriptions,
)
from bot.storage.transactions import insert_or_ignore, lock_until_commit, write_transaction

_columns = subscriptions.c
UNDO_SECONDS = 24 * 3600.0  # for which an ended subscription can be brought back
MAX_SLOT_AHEAD_SECONDS = 25 * 3600.0
_RUNNING = sa.or_(_columns.paused_by.is_(None), _columns.paused_by == PAUSED_BY_SLACK)


class Subscriptions:
    """The store of subscriptions. Every change that a person makes is in the audit log."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(
        self,
        team: str,
        channel: str,
        draft: SubscriptionDraft,
        user: str,
        latest_seq: int,
        now: float,
        description: str = "",
        beside: Collection[int] | None = None,
    ) -> Subscription | None:
        """Add a subscription. `latest_seq` is the last arrival: what is known by then is no news. The schedule counts
        from now on: nothing that was due before is posted for it.

        Returns None where the channel has one with that filter, or where its subscriptions are not just those with the
        ids `beside`: somebody was quicker.
        """
        key = {"team_id": team, "channel_id": channel, "filter": encode_filter(draft.filter)}
        row = {"created_by": user, "created_at": now, "cursor": latest_seq, "start_seq": latest_seq}
        with write_transaction(self._engine) as connection:
            lock_until_commit(connection, _lock_id(team, channel))
            there = connection.scalars(sa.select(_columns.id).where(in_channel(team, channel))).all()
            if beside is not None and set(there) != set(beside):
                return None
            if not insert_or_ignore(
                connection, subscriptions, [{**key, **row, **draft_values(draft, latest_seq, now)}]
            ):
                return None
            audit_log.record_event(connection, team, now, user, "subscribed", channel, description)
            query = sa.select(subscriptions).where(*(_columns[name] == value for name, value in key.items()))
            return subscription_from_row(connection.execute(query).one())

    def update(
        self,
        seen: Subscription,
        draft: SubscriptionDraft,
        user: str,
        latest_seq: int,
        now: float,
        description: str = "",
    ) -> Subscription | Literal["changed", "gone", "taken"]:
        """Give a subscription another filter and schedule, if it is still what was `seen`.

        What it looked at already stays so, unless the draft names a version to begin with; paused by a person it stays
        paused. Returns it as it is then; or changes nothing, and returns "taken" when another subscription of the
        channel has that filter.
        """
        values = {"filter": encode_filter(draft.filter), **draft_values(draft, latest_seq, now)}
        try:
            with write_transaction(self._engine) as connection:
                current = _current(connection, seen)
                if not isinstance(current, Subscription):
                    return current
                if current.is_paused:
                    values = {name: value for name, value in values.items() if name not in NO_PAUSE}
                _write(connection, current, values, user, now, "changed", description)
                return _written(connection, current)
        except IntegrityError:
            return "taken"

    def of_channel(self, team: str, channel: str) -> list[Subscription]:
        """A channel's subscriptions, oldest first."""
        return self._read(in_channel(team, channel))

    def of_team(self, team: str) -> list[Subscription]:
        """A team's subscriptions, oldest first."""
        return self._read(_columns.team_id == team)

    def get(self, team: str, subscription_id: int) -> Subscription | None:
        """One of a team's subscriptions, or None when it was ended."""
        return next(iter(self._read(_columns.team_id == team, _columns.id == subscription_id)), None)

    def active(self) -> list[Subscription]:
        """All subscriptions that no person paused, by team and channel."""
        return self._read(_RUNNING, order=(_columns.team_id, _columns.channel_id, _columns.id))

    def remove(self, seen: Subscription, user: str, now: float, description: str = "") -> ChangeOutcome:
        """End a subscription, if it is still what was `seen`; for a day `restore` brings it back."""
        with write_transaction(self._engine) as connection:
            connection.execute(ended_subscriptions.delete().where(ended_subscriptions.c.ended_at < now - UNDO_SECONDS))
            current = _current(connection, seen)
            if not isinstance(current, Subscription):
                return current
            row = connection.execute(subscriptions.delete().where(_is_it(seen)).returning(subscriptions)).one()
            kept = {"id": row.id, "team_id": row.team_id, "record": json.dumps(dict(row._mapping)), "ended_at": now}
            connection.execute(ended_subscriptions.insert().values(**kept))
            audit_log.record_event(connection, seen.team, now, user, "unsubscribed", seen.channel, description)
        return "done"

    def ended(self, team: str, subscription_id: int, now: float) -> Subscription | None:
        """A subscription that was ended less than a day ago, as it was then."""
        query = sa.select(ended_subscriptions.c.record).where(_is_ended(team, subscription_id, now))
        with self._engine.connect() as connection:
            text = connection.scalar(query)
        return subscription_from_row(SimpleNamespace(**json.loads(text))) if text else None

    def ended_of_team(self, team: str, now: float) -> list[Subscription]:
        """A team's subscriptions that were ended less than a day ago, the last one first."""
        ended = ended_subscriptions.c
        is_recent = sa.and_(ended.team_id == team, ended.ended_at >= now - UNDO_SECONDS)
        query = sa.select(ended.record).where(is_recent).order_by(ended.ended_at.desc(), ended.id.desc())
        with self._engine.connect() as connection:
            records = [json.loads(text) for text in connection.scalars(query)]
        return [subscription_from_row(SimpleNamespace(**record)) for record in records]

    def restore(
        self, ended: Subscription, user: str, now: float, description: str = ""
    ) -> Subscription | Literal["gone", "taken"]:
        """Bring an ended subscription back: it goes on from the next slot, with all that arrived in the meantime.

        Changes nothing, and returns "gone", when that is too long ago or was done already; "taken" when the channel has
        one with the same filter.
        """
        team, is_ended = ended.team, _is_ended(ended.team, ended.id, now)
        try:
            with write_transaction(self._engine) as connection:
                lock_until_commit(connection, _lock_id(team, ended.channel))
                query = ended_subscriptions.delete().where(is_ended).returning(ended_subscriptions.c.record)
                text = connection.scalar(query)
                if not text:
                    return "gone"
                record = json.loads(text)
                connection.execute(subscriptions.insert().values(**{**record, "last_slot_at": now}))
                audit_log.record_event(connection, team, now, user, "restored", record["channel_id"], description)
                return _written(connection, ended)
        except IntegrityError:
            return "taken"

    def pause(
        self, seen: Subscription, user: str, now: float, description: str = "", until: float | None = None
    ) -> ChangeOutcome:
        """Post nothing of it until someone resumes it, or until then; if it is, and waits, as was `seen`."""
        with write_transaction(self._engine) as connection:
            current = _current(connection, seen)
            if not isinstance(current, Subscription):
                return current
            if current.is_paused and current.paused_until == until:
                return "already so"
            if (current.is_paused, current.paused_until) != (seen.is_paused, seen.paused_until):
                return "changed"
            values = {"paused_by": user, "pause_reason": None, "paused_until": until}
            _write(connection, current, values, user, now, "paused", description)
        return "done"

    def resume(self, seen: Subscription, user: str, now: float, description: str = "") -> ChangeOutcome:
        """Post the next slot again, with all that arrived in the meantime; if it is still what was `seen`."""
        with write_transaction(self._engine) as connection:
            current = _current(connection, seen)
            if not isinstance(current, Subscription):
                return current
            if current.paused_by is None:
                return "already so"
            _write(connection, current, {**NO_PAUSE, "last_slot_at": now}, user, now, "resumed", description)
        return "done"

    def end_pauses(self, now: float) -> int:
        """Resume what was paused until a moment that has come. It goes on from that moment, also where nothing ran
        then: a slot between then and now is due. Returns how many went on.
        """
        is_over = sa.and_(_columns.paused_by.is_not(None), _columns.paused_until <= now)
        ended = 0
        for row in self._read(is_over):
            with write_transaction(self._engine) as connection:
                current = _current(connection, row)
                if isinstance(current, Subscription) and current.paused_until == row.paused_until:
                    values = {**NO_PAUSE, "last_slot_at": max(current.last_slot_at, row.paused_until or 0.0)}
                    _write(connection, current, values, row.paused_by or "", now, "resumed", "the pause is over")
                    ended += 1
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

    def _read(self, *where: sa.ColumnElement[bool], order: Sequence[Any] = (_columns.id,)) -> list[Subscription]:
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(subscriptions).where(*where).order_by(*order)).fetchall()
        return [subscription_from_row(row) for row in rows]


# -- in a transaction that writes -------------------------------------------------------------------------------------


def _current(connection: sa.Connection, seen: Subscription) -> Subscription | Literal["changed", "gone"]:
    """A subscription as it is, which nobody else changes until this transaction ends; or that it is not what was seen
    any more.
    """
    row = connection.execute(sa.select(subscriptions).where(_is_it(seen)).with_for_update()).first()
    if row is None:
        return "gone"
    current = subscription_from_row(row)
    return current if current.contents == seen.contents else "changed"


def _written(connection: sa.Connection, subscription: Subscription) -> Subscription:
    return subscription_from_row(connection.execute(sa.select(subscriptions).where(_is_it(subscription))).one())


def _write(
    connection: sa.Connection,
    current: Subscription,
    values: dict[str, Any],
    user: str,
    now: float,
    action: str,
    description: str,
) -> None:
    connection.execute(subscriptions.update().where(_is_it(current)).values(**values))
    audit_log.record_event(connection, current.team, now, user, action, current.channel, description)


def _is_it(subscription: Subscription) -> sa.ColumnElement[bool]:
    return sa.and_(in_channel(subscription.team, subscription.channel), _columns.id == subscription.id)


def _is_ended(team: str, subscription_id: int, now: float) -> sa.ColumnElement[bool]:
    ended = ended_subscriptions.c
    return sa.and_(ended.team_id == team, ended.id == subscription_id, ended.ended_at >= now - UNDO_SECONDS)


def _lock_id(team: str, channel: str) -> int:
    """Whoever adds a digest to a channel is alone in that."""
    return int.from_bytes(sha256(f"{team} {channel}".encode()).digest()[:7])
