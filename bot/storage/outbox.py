"""The record of what is posted: digests, watches' messages and notices, a row each, so that each gets out exactly once.

    planned --claim--> sending --finish--> sent or failed
       ^                  |  ^
       +----put_back------+  +--- take_over, once the lease is over

A claim is one conditional update that freezes entries and parts, with an owner and a lease. The owner alone posts, as
long as the
lease lasts; before each post it renews the lease and notes which part it is about to post (`attempt`), after it what
Slack called the
message (`posted`). Whoever takes over an expired lease therefore knows which parts are out, and which single one may
be.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.storage import subscriptions, watches
from bot.storage.editions import (
    DIGEST_STREAM,
    UNKNOWN_DELIVERY,
    ChannelPause,
    DeliveryRequest,
    Notice,
    OutboxRow,
    enqueue_notices,
    in_stream,
    is_owned,
    outbox,
    outbox_row,
)
from bot.storage.subscriptions import CursorAdvance
from bot.storage.transactions import insert_or_ignore, write_transaction

__all__ = ["DIGEST_STREAM", "UNKNOWN_DELIVERY", "Outbox", "Notice", "ChannelPause", "OutboxRow", "DeliveryRequest"]


class Outbox:
    """All rows, and the only ways in which they change."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def next_edition_number(self, team: str, channel: str, stream: str) -> int | None:
        """The number of the edition to claim next, or None while one is being sent. Read it before what goes into the
        edition:
        then nothing that another process announced in between can be announced again, for its claim took this number.
        """
        wanted = (
            sa.select(outbox.c.edition, outbox.c.state)
            .where(*in_stream(team, channel, stream))
            .order_by(outbox.c.edition.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            last = connection.execute(wanted).first()
        if last is None:
            return 1
        if last.state == "sending":
            return None
        edition: int = last.edition
        return edition if last.state == "planned" else edition + 1

    def claim(
        self, request: DeliveryRequest, nonce: str, owner: str, now: float, lease_seconds: float
    ) -> OutboxRow | None:
        """Freeze an edition and own it. None when somebody else did; then nothing was changed."""
        key = {
            "team_id": request.team,
            "channel_id": request.channel,
            "stream": request.stream,
            "edition": request.edition,
        }
        values = {
            "state": "sending", "nonce": nonce, "owner": owner, "lease_until": now + lease_seconds, "claimed_at": now,
            "entries": [list(e) for e in request.entries],
            "highest": max((seq for seq, _, _ in request.entries), default=0), "parts": list(request.parts),
            "part_count": len(request.parts), "posted": [],
            "attempt": None, "owners": list(request.notify_users), "reason": None,
            "undo": {"subscriptions": [one.as_json() for one in request.cursor_advances], "watch": request.watch_advance},
        }  # fmt: skip
        with write_transaction(self._engine) as connection:
            insert_or_ignore(
                connection,
                outbox,
                [{**key, "state": "planned", "entries": [], "posted": [], "owners": [], "part_count": 0}],
            )
            mine = sa.and_(
                *in_stream(request.team, request.channel, request.stream), outbox.c.edition == request.edition
            )
            if not connection.execute(
                outbox.update().where(mine, outbox.c.state == "planned").values(**values)
            ).rowcount:
                return None
            subscriptions.advance_cursors(connection, request.cursor_advances)
            if request.watch_advance is not None:
                watches.advance_cursor(connection, request.watch_advance[0], request.watch_advance[2])
            return outbox_row(connection.execute(sa.select(outbox).where(mine)).one())

    def claim_notice(self, row_id: int, nonce: str, owner: str, now: float, lease_seconds: float) -> OutboxRow | None:
        """Own a notice that waits; its part was frozen when it was written."""
        values = {
            "state": "sending",
            "nonce": nonce,
            "owner": owner,
            "lease_until": now + lease_seconds,
            "claimed_at": now,
        }
        where = sa.and_(outbox.c.id == row_id, outbox.c.state == "planned", outbox.c.part_count > 0)
        return self._update_and_read(row_id, where, values)

    def take_over_expired(self, row_id: int, owner: str, now: float, lease_seconds: float) -> OutboxRow | None:
        """Own an edition whose lease is over. None when somebody else was quicker, or its owner still there."""
        where = sa.and_(outbox.c.id == row_id, outbox.c.state == "sending", outbox.c.lease_until <= now)
        return self._update_and_read(row_id, where, {"owner": owner, "lease_until": now + lease_seconds})

    def renew_lease(self, row: OutboxRow, now: float, lease_seconds: float, part: int | None) -> bool:
        """A whole lease from now on, to post part `attempt` in. False when the lease was lost: then nothing may be
        posted.
        """
        where = sa.and_(is_owned(row), outbox.c.lease_until > now)
        return self._update(where, {"lease_until": now + lease_seconds, "attempt": part})

    def extend_lease(self, row: OutboxRow, until: float) -> bool:
        """Nothing was posted, and nothing is before `until`; the lease lasts until then."""
        return self._update(is_owned(row), {"lease_until": until, "attempt": None})

    def record_posted(self, row: OutboxRow, posted_ts: list[str], conversation_id: str | None) -> bool:
        """These parts are out, in this conversation."""
        values: dict[str, Any] = {"posted": posted_ts, "attempt": None}
        return self._update(is_owned(row), values | ({"posted_to": conversation_id} if conversation_id else {}))

    def finish(
        self, row: OutboxRow, state: str, now: float, reason: str | None = None, notices: Sequence[Notice] = ()
    ) -> bool:
        """Sent, or failed for a reason, with the notices that say so, in one transaction. False when the lease was
        lost.

        A digest that was sent shows that its channel can be posted to (again).
        """
        with write_transaction(self._engine) as connection:
            values = {
                "state": state,
                "reason": reason,
                "finished_at": now,
                "parts": None,
                "owner": None,
                "lease_until": None,
                "attempt": None,
            }
            if not connection.execute(outbox.update().where(is_owned(row)).values(**values)).rowcount:
                return False
            if row.stream == DIGEST_STREAM and state == "sent":
                subscriptions.resume_after_slack(connection, row.team, row.channel, now)
            enqueue_notices(connection, row.team, notices)
        return True

    def release_unsent(
        self, row: OutboxRow, reason: str, reopen_slots: bool, now: float, pause: ChannelPause | None = None
    ) -> bool:
        """Nothing of it is out, certainly: the edition is planned again, what it would have said is news again, and
        with
        `slots_too` it is due again at once."""
        values: dict[str, Any] = {
            "state": "planned", "entries": [], "highest": 0, "parts": None, "part_count": 0, "nonce": None,
            "owner": None, "lease_until": None,
            "claimed_at": None, "attempt": None, "reason": reason, "undo": None,
        }  # fmt: skip
        with write_transaction(self._engine) as connection:
            if not connection.execute(outbox.update().where(is_owned(row)).values(**values)).rowcount:
                return False
            undo = row.undo or {}
            subscriptions.revert_cursors(
                connection, [CursorAdvance.from_json(one) for one in undo.get("subscriptions", ())], reopen_slots
            )
            if undo.get("watch"):
                watches.revert_cursor(connection, *undo["watch"])
            _pause(connection, row, pause, now)
        return True

    def release_lease(
        self,
        row: OutboxRow,
        until: float,
        now: float,
        delivery_unknown: bool = False,
        pause: ChannelPause | None = None,
    ) -> bool:
        """It cannot go on now: anybody may after `until`. `in_doubt`: the part attempted last may be out."""
        values = {"lease_until": until} | ({} if delivery_unknown else {"attempt": None})
        with write_transaction(self._engine) as connection:
            if not connection.execute(outbox.update().where(is_owned(row)).values(**values)).rowcount:
                return False
            _pause(connection, row, pause, now)
        return True

    def enqueue_notice(self, team: str, notice: Notice) -> bool:
        """A person is to be told this, once. Returns whether it was not noted before."""
        with write_transaction(self._engine) as connection:
            return bool(enqueue_notices(connection, team, [notice]))

    def expired_ids(self, now: float) -> list[int]:
        """Rows being sent whose lease is over, longest first."""
        return self._ids(sa.and_(outbox.c.state == "sending", outbox.c.lease_until <= now))

    def pending_notice_ids(self) -> list[int]:
        """Notices that wait to be sent."""
        return self._ids(sa.and_(outbox.c.state == "planned", outbox.c.part_count > 0))

    def next_lease_end(self, owner: str) -> float | None:
        """When the first lease of those whose owner's name begins so is over; None when there is none."""
        mine = sa.and_(outbox.c.state == "sending", outbox.c.owner.startswith(owner, autoescape=True))
        with self._engine.connect() as connection:
            end: float | None = connection.scalar(sa.select(sa.func.min(outbox.c.lease_until)).where(mine))
        return end

    def get(self, row_id: int) -> OutboxRow | None:
        """One row."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(outbox).where(outbox.c.id == row_id)).first()
        return outbox_row(row) if row else None

    def recent_rows(
        self, team: str | None = None, channel: str | None = None, stream: str | None = None, limit: int = 50
    ) -> list[OutboxRow]:
        """The newest rows, newest first."""
        wanted = sa.select(outbox)
        for column, value in ((outbox.c.team_id, team), (outbox.c.channel_id, channel), (outbox.c.stream, stream)):
            wanted = wanted.where(column == value) if value is not None else wanted
        with self._engine.connect() as connection:
            return [outbox_row(row) for row in connection.execute(wanted.order_by(outbox.c.id.desc()).limit(limit))]

    def announced_seqs(self, team: str, channel: str, stream: str, after_seq: int) -> set[int]:
        """Arrivals above this one that the stream's editions announced or are announcing."""
        return {
            seq
            for row in self._entries(team, channel, stream, outbox.c.highest > after_seq)
            for seq, _, _ in row
            if seq > after_seq
        }

    def announced_keys(self, team: str, channel: str, stream: str) -> set[str]:
        """Entries that the stream's editions announced or are announcing."""
        return {key for row in self._entries(team, channel, stream, sa.true()) for _, key, _ in row}

    def conversation_with(self, team: str, user: str) -> str | None:
        """Where this person's direct messages went before: without it a lost one cannot be looked for."""
        wanted = sa.select(outbox.c.posted_to).where(
            outbox.c.team_id == team, outbox.c.channel_id == user, outbox.c.posted_to.is_not(None)
        )
        with self._engine.connect() as connection:
            found: str | None = connection.scalar(wanted.limit(1))
        return found

    def _entries(self, team: str, channel: str, stream: str, where: sa.ColumnElement[bool]) -> list[list[list[Any]]]:
        wanted = sa.select(outbox.c.entries).where(
            *in_stream(team, channel, stream), outbox.c.state != "planned", where
        )
        with self._engine.connect() as connection:
            return list(connection.scalars(wanted))

    def _ids(self, where: sa.ColumnElement[bool]) -> list[int]:
        with self._engine.connect() as connection:
            return list(
                connection.scalars(sa.select(outbox.c.id).where(where).order_by(outbox.c.lease_until, outbox.c.id))
            )

    def _update(self, where: sa.ColumnElement[bool], values: dict[str, Any]) -> bool:
        with write_transaction(self._engine) as connection:
            return bool(connection.execute(outbox.update().where(where).values(**values)).rowcount)

    def _update_and_read(self, row_id: int, where: sa.ColumnElement[bool], values: dict[str, Any]) -> OutboxRow | None:
        with write_transaction(self._engine) as connection:
            if not connection.execute(outbox.update().where(where).values(**values)).rowcount:
                return None
            return outbox_row(connection.execute(sa.select(outbox).where(outbox.c.id == row_id)).one())


def _pause(connection: sa.Connection, row: OutboxRow, pause: ChannelPause | None, now: float) -> None:
    """In the transaction that gives the edition back: a second process finds the channel paused, and tells nobody
    again.
    """
    if pause is not None:
        people = subscriptions.pause_for_slack(connection, row.team, row.channel, pause.reason, now)
        enqueue_notices(
            connection, row.team, [Notice(user, f"paused {row.channel} {now:.3f}", pause.message) for user in people]
        )
