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
    DIGEST,
    UNSETTLED,
    Notice,
    Pause,
    Row,
    Work,
    ledger,
    of_stream,
    owned,
    read_row,
    write_notices,
)
from bot.storage.subscriptions import Reached
from bot.storage.transactions import insert_new, writing

__all__ = ["DIGEST", "UNSETTLED", "Ledger", "Notice", "Pause", "Row", "Work"]


class Ledger:
    """All rows, and the only ways in which they change."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def open_edition(self, team: str, channel: str, stream: str) -> int | None:
        """The number of the edition to claim next, or None while one is being sent. Read it before what goes into the
        edition:
        then nothing that another process announced in between can be announced again, for its claim took this number.
        """
        wanted = (
            sa.select(ledger.c.edition, ledger.c.state)
            .where(*of_stream(team, channel, stream))
            .order_by(ledger.c.edition.desc())
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

    def claim(self, work: Work, nonce: str, owner: str, now: float, lease: float) -> Row | None:
        """Freeze an edition and own it. None when somebody else did; then nothing was changed."""
        key = {"team_id": work.team, "channel_id": work.channel, "stream": work.stream, "edition": work.edition}
        values = {
            "state": "sending", "nonce": nonce, "owner": owner, "lease_until": now + lease, "claimed_at": now,
            "entries": [list(e) for e in work.entries],
            "highest": max((seq for seq, _, _ in work.entries), default=0), "parts": list(work.parts),
            "part_count": len(work.parts), "posted": [],
            "attempt": None, "owners": list(work.owners), "reason": None,
            "undo": {"subscriptions": [one.as_json() for one in work.reached], "watch": work.watch},
        }  # fmt: skip
        with writing(self._engine) as connection:
            insert_new(
                connection,
                ledger,
                [{**key, "state": "planned", "entries": [], "posted": [], "owners": [], "part_count": 0}],
            )
            mine = sa.and_(*of_stream(work.team, work.channel, work.stream), ledger.c.edition == work.edition)
            if not connection.execute(
                ledger.update().where(mine, ledger.c.state == "planned").values(**values)
            ).rowcount:
                return None
            subscriptions.move(connection, work.reached)
            if work.watch is not None:
                watches.move_cursor(connection, work.watch[0], work.watch[2])
            return read_row(connection.execute(sa.select(ledger).where(mine)).one())

    def claim_notice(self, row_id: int, nonce: str, owner: str, now: float, lease: float) -> Row | None:
        """Own a notice that waits; its part was frozen when it was written."""
        values = {"state": "sending", "nonce": nonce, "owner": owner, "lease_until": now + lease, "claimed_at": now}
        where = sa.and_(ledger.c.id == row_id, ledger.c.state == "planned", ledger.c.part_count > 0)
        return self._conditionally(row_id, where, values)

    def take_over(self, row_id: int, owner: str, now: float, lease: float) -> Row | None:
        """Own an edition whose lease is over. None when somebody else was quicker, or its owner still there."""
        where = sa.and_(ledger.c.id == row_id, ledger.c.state == "sending", ledger.c.lease_until <= now)
        return self._conditionally(row_id, where, {"owner": owner, "lease_until": now + lease})

    def renew(self, row: Row, now: float, lease: float, attempt: int | None) -> bool:
        """A whole lease from now on, to post part `attempt` in. False when the lease was lost: then nothing may be
        posted.
        """
        where = sa.and_(owned(row), ledger.c.lease_until > now)
        return self._change(where, {"lease_until": now + lease, "attempt": attempt})

    def wait(self, row: Row, until: float) -> bool:
        """Nothing was posted, and nothing is before `until`; the lease lasts until then."""
        return self._change(owned(row), {"lease_until": until, "attempt": None})

    def record(self, row: Row, posted: list[str], posted_to: str | None) -> bool:
        """These parts are out, in this conversation."""
        values: dict[str, Any] = {"posted": posted, "attempt": None}
        return self._change(owned(row), values | ({"posted_to": posted_to} if posted_to else {}))

    def finish(
        self, row: Row, state: str, now: float, reason: str | None = None, notices: Sequence[Notice] = ()
    ) -> bool:
        """Sent, or failed for a reason, with the notices that say so, in one transaction. False when the lease was
        lost.

        A digest that was sent shows that its channel can be posted to (again).
        """
        with writing(self._engine) as connection:
            values = {
                "state": state,
                "reason": reason,
                "finished_at": now,
                "parts": None,
                "owner": None,
                "lease_until": None,
                "attempt": None,
            }
            if not connection.execute(ledger.update().where(owned(row)).values(**values)).rowcount:
                return False
            if row.stream == DIGEST and state == "sent":
                subscriptions.wake_after_slack(connection, row.team, row.channel, now)
            write_notices(connection, row.team, notices)
        return True

    def put_back(self, row: Row, reason: str, slots_too: bool, now: float, pause: Pause | None = None) -> bool:
        """Nothing of it is out, certainly: the edition is planned again, what it would have said is news again, and
        with
        `slots_too` it is due again at once."""
        values: dict[str, Any] = {
            "state": "planned", "entries": [], "highest": 0, "parts": None, "part_count": 0, "nonce": None,
            "owner": None, "lease_until": None,
            "claimed_at": None, "attempt": None, "reason": reason, "undo": None,
        }  # fmt: skip
        with writing(self._engine) as connection:
            if not connection.execute(ledger.update().where(owned(row)).values(**values)).rowcount:
                return False
            undo = row.undo or {}
            subscriptions.put_back(
                connection, [Reached.from_json(one) for one in undo.get("subscriptions", ())], slots_too
            )
            if undo.get("watch"):
                watches.put_back_cursor(connection, *undo["watch"])
            _pause(connection, row, pause, now)
        return True

    def let_go(self, row: Row, until: float, now: float, in_doubt: bool = False, pause: Pause | None = None) -> bool:
        """It cannot go on now: anybody may after `until`. `in_doubt`: the part attempted last may be out."""
        values = {"lease_until": until} | ({} if in_doubt else {"attempt": None})
        with writing(self._engine) as connection:
            if not connection.execute(ledger.update().where(owned(row)).values(**values)).rowcount:
                return False
            _pause(connection, row, pause, now)
        return True

    def tell(self, team: str, notice: Notice) -> bool:
        """A person is to be told this, once. Returns whether it was not noted before."""
        with writing(self._engine) as connection:
            return bool(write_notices(connection, team, [notice]))

    def expired(self, now: float) -> list[int]:
        """Rows being sent whose lease is over, longest first."""
        return self._ids(sa.and_(ledger.c.state == "sending", ledger.c.lease_until <= now))

    def notices(self) -> list[int]:
        """Notices that wait to be sent."""
        return self._ids(sa.and_(ledger.c.state == "planned", ledger.c.part_count > 0))

    def next_lease_end(self, owner: str) -> float | None:
        """When the first lease of those whose owner's name begins so is over; None when there is none."""
        mine = sa.and_(ledger.c.state == "sending", ledger.c.owner.startswith(owner, autoescape=True))
        with self._engine.connect() as connection:
            end: float | None = connection.scalar(sa.select(sa.func.min(ledger.c.lease_until)).where(mine))
        return end

    def get(self, row_id: int) -> Row | None:
        """One row."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(ledger).where(ledger.c.id == row_id)).first()
        return read_row(row) if row else None

    def rows(
        self, team: str | None = None, channel: str | None = None, stream: str | None = None, most: int = 50
    ) -> list[Row]:
        """The newest rows, newest first."""
        wanted = sa.select(ledger)
        for column, value in ((ledger.c.team_id, team), (ledger.c.channel_id, channel), (ledger.c.stream, stream)):
            wanted = wanted.where(column == value) if value is not None else wanted
        with self._engine.connect() as connection:
            return [read_row(row) for row in connection.execute(wanted.order_by(ledger.c.id.desc()).limit(most))]

    def announced(self, team: str, channel: str, stream: str, above: int) -> set[int]:
        """Arrivals above this one that the stream's editions announced or are announcing."""
        return {
            seq
            for row in self._entries(team, channel, stream, ledger.c.highest > above)
            for seq, _, _ in row
            if seq > above
        }

    def announced_keys(self, team: str, channel: str, stream: str) -> set[str]:
        """Entries that the stream's editions announced or are announcing."""
        return {key for row in self._entries(team, channel, stream, sa.true()) for _, key, _ in row}

    def conversation_with(self, team: str, user: str) -> str | None:
        """Where this person's direct messages went before: without it a lost one cannot be looked for."""
        wanted = sa.select(ledger.c.posted_to).where(
            ledger.c.team_id == team, ledger.c.channel_id == user, ledger.c.posted_to.is_not(None)
        )
        with self._engine.connect() as connection:
            found: str | None = connection.scalar(wanted.limit(1))
        return found

    def _entries(self, team: str, channel: str, stream: str, where: sa.ColumnElement[bool]) -> list[list[list[Any]]]:
        wanted = sa.select(ledger.c.entries).where(
            *of_stream(team, channel, stream), ledger.c.state != "planned", where
        )
        with self._engine.connect() as connection:
            return list(connection.scalars(wanted))

    def _ids(self, where: sa.ColumnElement[bool]) -> list[int]:
        with self._engine.connect() as connection:
            return list(
                connection.scalars(sa.select(ledger.c.id).where(where).order_by(ledger.c.lease_until, ledger.c.id))
            )

    def _change(self, where: sa.ColumnElement[bool], values: dict[str, Any]) -> bool:
        with writing(self._engine) as connection:
            return bool(connection.execute(ledger.update().where(where).values(**values)).rowcount)

    def _conditionally(self, row_id: int, where: sa.ColumnElement[bool], values: dict[str, Any]) -> Row | None:
        with writing(self._engine) as connection:
            if not connection.execute(ledger.update().where(where).values(**values)).rowcount:
                return None
            return read_row(connection.execute(sa.select(ledger).where(ledger.c.id == row_id)).one())


def _pause(connection: sa.Connection, row: Row, pause: Pause | None, now: float) -> None:
    """In the transaction that gives the edition back: a second process finds the channel paused, and tells nobody
    again.
    """
    if pause is not None:
        people = subscriptions.pause_for_slack(connection, row.team, row.channel, pause.code, now)
        write_notices(
            connection, row.team, [Notice(user, f"paused {row.channel} {now:.3f}", pause.message) for user in people]
        )
