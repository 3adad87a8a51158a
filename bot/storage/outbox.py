"""The outbox: everything that is posted unasked (digests, messages of watches, notices), one row each, so that each is
posted exactly once.

    planned --claim--> sending --finish--> sent or failed
       ^                  |  ^
       +--release_unsent--+  +--- take_over_expired, once the lease has ended

A claim is one conditional update that freezes entries and parts and sets an owner and a lease. Only the owner posts,
and only as long as the lease lasts. Before each post it renews the lease and records which part it is about to post
(`attempted_part`); after it, the ts that Slack gave the message (`posted_ts`). Whoever takes over an expired lease
therefore knows which parts were posted, and which single part may have been.
"""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from bot.storage import digest_progress, watches
from bot.storage.metadata import metadata
from bot.storage.models import DIGEST_STREAM, Announced, ChannelPause, CursorAdvance, DeliveryRequest, Notice, OutboxRow
from bot.storage.transactions import insert_or_ignore, write_transaction

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("team_id", sa.String(32), nullable=False),
    sa.Column("channel_id", sa.String(32), nullable=False),
    sa.Column("stream", sa.String(120), nullable=False),
    sa.Column("edition", sa.Integer, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("nonce", sa.String(32)),
    sa.Column("owner", sa.String(64)),
    sa.Column("lease_until", sa.Float),
    sa.Column("claimed_at", sa.Float),
    sa.Column("held_since", sa.Float),
    sa.Column("entries", sa.JSON, nullable=False),
    sa.Column("last_seq", sa.Integer, nullable=False, default=0),  # the highest seq of the entries
    sa.Column("cursor_moves", sa.JSON(none_as_null=True)),
    sa.Column("parts", sa.JSON(none_as_null=True)),
    sa.Column("part_count", sa.Integer, nullable=False, default=0),
    sa.Column("attempted_part", sa.Integer),
    sa.Column("posted_ts", sa.JSON, nullable=False),
    sa.Column("conversation_id", sa.String(32)),
    sa.Column("notify_users", sa.JSON, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("finished_at", sa.Float),
    sa.UniqueConstraint("team_id", "channel_id", "stream", "edition"),
    sa.Index("outbox_state", "state", "lease_until"),
    sqlite_autoincrement=True,
)
_columns = outbox.c
MAX_REST_SECONDS = 2 * 3600.0  # that a planned edition can wait; a longer one comes of a wrong clock
_PENDING_NOTICE = sa.and_(_columns.state == "planned", _columns.part_count > 0)
_NOTHING_CLAIMED = {"entries": [], "last_seq": 0, "parts": None, "part_count": 0, "cursor_moves": None}


class Outbox:
    """The store of outbox rows, and the only ways in which they change.

    A method that takes an `OutboxRow` works on it only while the row's owner holds it; its bool says whether it did.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    # -- claiming -----------------------------------------------------------------------------------------------------

    def next_edition_number(self, team: str, channel: str, stream: str, now: float | None = None) -> int | None:
        """The number of the edition to claim next, or None while one is being sent, or was refused less than a rest
        before `now`.

        Read it before the arrivals that go into the edition: then nothing that another process announced in between
        can be announced again, because that process's claim took this number.
        """
        query = (
            sa.select(_columns.edition, _columns.state, _columns.lease_until)
            .where(_in_stream(team, channel, stream))
            .order_by(_columns.edition.desc())
            .limit(1)
        )
        with self._engine.connect() as connection:
            last = connection.execute(query).first()
        if last is None:
            return 1
        if last.state == "sending":
            return None
        if last.state == "planned" and last.lease_until is not None and now is not None:  # noqa: SIM102
            if now < last.lease_until <= now + MAX_REST_SECONDS:
                return None
        edition: int = last.edition
        return edition if last.state == "planned" else edition + 1

    def claim(
        self,
        request: DeliveryRequest,
        nonce: str,
        owner: str,
        now: float,
        lease_seconds: float,
        claimed_at: float | None = None,
    ) -> OutboxRow | None:
        """Freeze an edition, own it, and move the cursors that it is for. None, and nothing changed, when somebody else
        has it.

        `now` is the time by which leases are measured; `claimed_at` the one that is shown.
        """
        key = {
            "team_id": request.team,
            "channel_id": request.channel,
            "stream": request.stream,
            "edition": request.edition,
        }
        planned = {**key, **_NOTHING_CLAIMED, "state": "planned", "posted_ts": [], "notify_users": []}
        moves = [advance.to_json() for advance in request.cursor_advances]
        values = {
            **_lease(owner, now, lease_seconds, nonce, claimed_at),
            "entries": [list(entry) for entry in request.entries],
            "last_seq": max((seq for seq, _, _ in request.entries), default=0),
            "cursor_moves": {"subscriptions": moves, "watches": list(request.watch_advances)},
            "parts": list(request.parts),
            "part_count": len(request.parts),
            "attempted_part": None,
            "posted_ts": [],
            "notify_users": list(request.notify_users),
            "reason": None,
        }
        is_edition = sa.and_(*(_columns[name] == value for name, value in key.items()))
        with write_transaction(self._engine) as connection:
            insert_or_ignore(connection, outbox, [planned])
            if not _update(connection, sa.and_(is_edition, _columns.state == "planned"), values):
                return None
            digest_progress.advance_cursors(connection, request.cursor_advances)
            for watch_id, _, until_seq in request.watch_advances:
                watches.advance_cursor(connection, watch_id, until_seq)
            return _outbox_row(connection.execute(sa.select(outbox).where(is_edition)).one())

    def claim_notice(
        self, row_id: int, nonce: str, owner: str, now: float, lease_seconds: float, claimed_at: float | None = None
    ) -> OutboxRow | None:
        """Own a pending notice. None when somebody else has it."""
        lease = _lease(owner, now, lease_seconds, nonce, claimed_at)
        return self._update_and_read(row_id, _PENDING_NOTICE, lease)

    def take_over_expired(self, row_id: int, owner: str, now: float, lease_seconds: float) -> OutboxRow | None:
        """Own a row whose lease has ended. None when somebody else was quicker, or its owner renewed it."""
        is_expired = sa.and_(_columns.state == "sending", _columns.lease_until <= now)
        return self._update_and_read(row_id, is_expired, {"owner": owner, "lease_until": now + lease_seconds})

    # -- by the owner -------------------------------------------------------------------------------------------------

    def renew_lease(self, row: OutboxRow, now: float, lease_seconds: float, part: int | None) -> bool:
        """A whole lease from now on, to post this part in. False when the lease ended: nothing may be posted then."""
        where = sa.and_(_is_owned(row), _columns.lease_until > now)
        return self._update(where, {"lease_until": now + lease_seconds, "attempted_part": part})

    def extend_lease(self, row: OutboxRow, until: float) -> bool:
        """Hold the lease until then; nothing was attempted, and nothing is before `until`."""
        return self._update(_is_owned(row), {"lease_until": until, "attempted_part": None})

    def record_posted(self, row: OutboxRow, posted_ts: list[str], conversation_id: str | None) -> bool:
        """Record the ts of all parts that were posted so far, and the conversation that they are in."""
        values: dict[str, Any] = {"posted_ts": posted_ts, "attempted_part": None}
        if conversation_id:
            values["conversation_id"] = conversation_id
        return self._update(_is_owned(row), values)

    def finish(
        self, row: OutboxRow, state: str, now: float, reason: str | None = None, notices: Sequence[Notice] = ()
    ) -> bool:
        """Close a row as sent, or as failed for a reason, and enqueue the notices about it in the same transaction.

        A digest that was sent shows that its channel can be posted to (again).
        """
        values = {
            "state": state,
            "reason": reason,
            "finished_at": now,
            "parts": None,
            "owner": None,
            "lease_until": None,
            "attempted_part": None,
        }
        with write_transaction(self._engine) as connection:
            if not _update(connection, _is_owned(row), values):
                return False
            if row.stream == DIGEST_STREAM and state == "sent":
                digest_progress.resume_after_slack(connection, row.team, row.channel, now)
            _enqueue(connection, row.team, notices)
        return True

    def release_unsent(
        self,
        row: OutboxRow,
        reason: str,
        reopen_slots: bool,
        now: float,
        pause: ChannelPause | None = None,
        not_before: float | None = None,
    ) -> bool:
        """Give back a row of which certainly nothing was posted: the edition is planned again, its entries are news
        again, and with `reopen_slots` it is due again at once, or at `not_before`.
        """
        values = {
            **_NOTHING_CLAIMED,
            "state": "planned",
            "nonce": None,
            "owner": None,
            "lease_until": not_before,
            "claimed_at": None,
            "held_since": None,
            "attempted_part": None,
            "reason": reason,
        }
        with write_transaction(self._engine) as connection:
            if not _update(connection, _is_owned(row), values):
                return False
            moves = row.cursor_moves or {}
            advances = [CursorAdvance.from_json(record) for record in moves.get("subscriptions", ())]
            digest_progress.revert_cursors(connection, advances, reopen_slots)
            # Under "watch" is what was claimed when each watch had a message of its own.
            for move in [*moves.get("watches", ()), *([moves["watch"]] if moves.get("watch") else [])]:
                watches.revert_cursor(connection, *move)
            _pause_channel(connection, row, pause, now)
        return True

    def release_lease(
        self,
        row: OutboxRow,
        until: float,
        now: float,
        delivery_unknown: bool = False,
        pause: ChannelPause | None = None,
    ) -> bool:
        """Stop working on a row; anybody may go on after `until`. `delivery_unknown`: the part that was attempted last
        may have been posted.
        """
        values: dict[str, Any] = {"lease_until": until}
        if not delivery_unknown:
            values["attempted_part"] = None
        with write_transaction(self._engine) as connection:
            if not _update(connection, _is_owned(row), values):
                return False
            _pause_channel(connection, row, pause, now)
        return True

    # -- notices ------------------------------------------------------------------------------------------------------

    def enqueue_notice(self, team: str, notice: Notice) -> bool:
        """Enqueue a message to a person. Returns False when one with this dedup_key was enqueued before."""
        with write_transaction(self._engine) as connection:
            return bool(_enqueue(connection, team, [notice]))

    # -- reading ------------------------------------------------------------------------------------------------------

    def expired_ids(self, now: float, teams: Collection[str] | None = None) -> list[int]:
        """The rows being sent whose lease has ended, of these teams or of all, longest ago first."""
        return self._ids(sa.and_(_columns.state == "sending", _columns.lease_until <= now), teams)

    def pending_notice_ids(self, teams: Collection[str] | None = None) -> list[int]:
        """The notices that wait to be sent, of these teams or of all."""
        return self._ids(_PENDING_NOTICE, teams)

    def next_lease_end(self, owner: str) -> float | None:
        """When the first lease ends of those whose owner's name begins so; None when there is none."""
        is_own = sa.and_(_columns.state == "sending", _columns.owner.startswith(owner, autoescape=True))
        with self._engine.connect() as connection:
            end: float | None = connection.scalar(sa.select(sa.func.min(_columns.lease_until)).where(is_own))
        return end

    def get(self, row_id: int) -> OutboxRow | None:
        """One row, or None when there is no such row."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(outbox).where(_columns.id == row_id)).first()
        return _outbox_row(row) if row else None

    def recent_rows(
        self, team: str | None = None, channel: str | None = None, stream: str | None = None, limit: int = 50
    ) -> list[OutboxRow]:
        """The newest rows, newest first."""
        query = sa.select(outbox).order_by(_columns.id.desc()).limit(limit)
        for column, value in ((_columns.team_id, team), (_columns.channel_id, channel), (_columns.stream, stream)):
            query = query.where(column == value) if value is not None else query
        with self._engine.connect() as connection:
            return [_outbox_row(row) for row in connection.execute(query)]

    def announced(self, team: str, channel: str, streams: Collection[str], after_seq: int = -1) -> Announced:
        """What the editions of these streams have announced, or are announcing, with an arrival after this one. Read at
        once, so that it is of one moment.
        """
        query = sa.select(_columns.state, _columns.entries).where(
            _columns.team_id == team,
            _columns.channel_id == channel,
            _columns.stream.in_(list(streams)),
            _columns.state != "planned",
            sa.or_(_columns.last_seq > after_seq, _columns.state == "sending"),
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        entries = [entry for row in rows for entry in row.entries]
        return Announced(
            frozenset(seq for seq, _, _ in entries if seq > after_seq),
            frozenset(key for _, key, _ in entries),
            any(row.state == "sending" for row in rows),
        )

    def conversation_with(self, team: str, user: str) -> str | None:
        """The id of this person's direct messages, if anything was posted there: lost messages are looked for in it."""
        query = sa.select(_columns.conversation_id).where(
            _columns.team_id == team, _columns.channel_id == user, _columns.conversation_id.like("D%")
        )
        with self._engine.connect() as connection:
            conversation_id: str | None = connection.scalar(query.limit(1))
        return conversation_id

    def _ids(self, where: sa.ColumnElement[bool], teams: Collection[str] | None) -> list[int]:
        if teams is not None:
            where = sa.and_(where, _columns.team_id.in_(teams))
        query = sa.select(_columns.id).where(where).order_by(_columns.lease_until, _columns.id)
        with self._engine.connect() as connection:
            return list(connection.scalars(query))

    def _update(self, where: sa.ColumnElement[bool], values: dict[str, Any]) -> bool:
        with write_transaction(self._engine) as connection:
            return _update(connection, where, values)

    def _update_and_read(self, row_id: int, where: sa.ColumnElement[bool], values: dict[str, Any]) -> OutboxRow | None:
        with write_transaction(self._engine) as connection:
            if not _update(connection, sa.and_(_columns.id == row_id, where), values):
                return None
            return _outbox_row(connection.execute(sa.select(outbox).where(_columns.id == row_id)).one())


def _update(connection: sa.Connection, where: sa.ColumnElement[bool], values: dict[str, Any]) -> bool:
    return bool(connection.execute(outbox.update().where(where).values(**values)).rowcount)


def _lease(owner: str, now: float, lease_seconds: float, nonce: str, claimed_at: float | None) -> dict[str, Any]:
    """The columns that a claim sets, of whatever kind the row is."""
    return {
        "state": "sending",
        "nonce": nonce,
        "owner": owner,
        "lease_until": now + lease_seconds,
        "claimed_at": now if claimed_at is None else claimed_at,
        "held_since": now,
    }


def _enqueue(connection: sa.Connection, team: str, notices: Sequence[Notice]) -> int:
    """Enqueue notices; those whose dedup_key is known stay as they are. Returns how many are new."""
    new = 0
    for notice in notices:
        row = {
            "team_id": team,
            "channel_id": notice.user,
            "stream": f"notice {notice.dedup_key}"[:120],
            "edition": 1,
            "state": "planned",
            "entries": [],
            "parts": [notice.message],
            "part_count": 1,
            "posted_ts": [],
            "notify_users": [],
        }
        new += insert_or_ignore(connection, outbox, [row])
    return new


def _pause_channel(connection: sa.Connection, row: OutboxRow, pause: ChannelPause | None, now: float) -> None:
    """Pause the row's channel and enqueue the notices about it, in the transaction that gives the row back: a second
    process finds the channel paused, and tells nobody again.
    """
    if pause is not None:
        people = digest_progress.pause_for_slack(connection, row.team, row.channel, pause.reason, now)
        dedup_key = f"paused {row.channel} {now:.3f}"
        _enqueue(connection, row.team, [Notice(user, dedup_key, pause.message) for user in people])


def _in_stream(team: str, channel: str, stream: str) -> sa.ColumnElement[bool]:
    return sa.and_(_columns.team_id == team, _columns.channel_id == channel, _columns.stream == stream)


def _is_owned(row: OutboxRow) -> sa.ColumnElement[bool]:
    return sa.and_(_columns.id == row.id, _columns.state == "sending", _columns.owner == row.owner)


def _outbox_row(row: Any) -> OutboxRow:
    same = {name: getattr(row, name) for name in OutboxRow.__dataclass_fields__ if name not in ("team", "channel")}
    return OutboxRow(team=row.team_id, channel=row.channel_id, **same)
