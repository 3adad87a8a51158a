"""The inbox: what people did that cannot be answered within its acknowledgement, one row each, until it is done.

    put -----> a row with an owner and a lease --complete--> removed, and its key remembered
    claim -->     |   ^        ^
                  |   +-renew--+ while its process lives
                  +--postpone, release--> a row without an owner, due at a moment

A row is put before the acknowledgement, so what was acknowledged is done even when the process ends: another one claims
the row once its lease is over. A key is remembered in the transaction that removes its row, so a second delivery finds
either the row or the key. What is stored is what Slack sent, without its token; it goes when the job is done.
"""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from bot.storage import processed_events
from bot.storage.metadata import metadata
from bot.storage.transactions import insert_or_ignore, write_transaction

MAX_KEY_LENGTH = processed_events.MAX_ID_LENGTH
ENDINGS = "halobot_endings"  # in a job's body: how many processes ended in the middle of it
MAX_DUE_SECONDS = 2 * 3600.0  # no row waits longer: one that seems to was written by a clock that was wrong
inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("key", sa.String(MAX_KEY_LENGTH), primary_key=True),
    sa.Column("team_id", sa.String(32), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("received_at", sa.Float, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("is_unsure", sa.Boolean, nullable=False),  # it may have posted something that nobody recorded
    sa.Column("owner", sa.String(64)),
    sa.Column("due_at", sa.Float, nullable=False, index=True),  # with an owner: the end of the lease
)
_columns = inbox.c


@dataclass(frozen=True)
class Job:
    """Something a person did, to be done once: what Slack sent, and how often it was begun.

    `is_unsure`: an earlier attempt may have posted something, so look before posting.
    """

    key: str
    team: str
    body: dict[str, Any]
    received_at: float
    attempts: int = 1
    is_unsure: bool = False

    @property
    def endings(self) -> int:
        """How many processes ended, or lost it, while they were at it."""
        return int(self.body.get(ENDINGS) or 0)


def short_key(key: str) -> str:
    """The key as it is stored; a long one by its hash."""
    return key if len(key) <= MAX_KEY_LENGTH else sha256(key.encode()).hexdigest()


class Inbox:
    """The store of jobs. Times are seconds since 1970, by the clock of the machine."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def put(self, job: Job, owner: str, lease_until: float) -> bool:
        """Store a job, owned from the start. False when it is there already or was done before."""
        row = {
            "key": job.key,
            "team_id": job.team,
            "body": job.body,
            "received_at": job.received_at,
            "attempts": job.attempts,
            "is_unsure": False,
            "owner": owner,
            "due_at": lease_until,
        }
        with write_transaction(self._engine) as connection:
            if not insert_or_ignore(connection, inbox, [row]):
                return False
            # Looked at after the insert: a job that another process is completing has been, once ours is in.
            if processed_events.is_processed(connection, job.key):
                connection.execute(inbox.delete().where(_columns.key == job.key))
                return False
        return True

    def has_due(self, now: float) -> bool:
        """Whether any job waits, or has a lease that is over."""
        with self._engine.connect() as connection:
            return connection.execute(sa.select(_columns.key).where(_is_due(now)).limit(1)).first() is not None

    def claim_due(
        self, owner: str, now: float, lease_until: float, teams: Collection[str] | None, limit: int
    ) -> list[Job]:
        """Own jobs of these teams, or of all, that wait or whose lease is over, the oldest first."""
        is_due = _is_due(now)
        query = sa.select(_columns.key).where(is_due).order_by(_columns.received_at, _columns.key).limit(limit)
        if teams is not None:
            query = query.where(_columns.team_id.in_(teams))
        with self._engine.connect() as connection:
            keys = list(connection.scalars(query))
        return [job for key in keys if (job := self._claim(key, is_due, owner, lease_until))]

    def _claim(self, key: str, is_due: sa.ColumnElement[bool], owner: str, lease_until: float) -> Job | None:
        with write_transaction(self._engine) as connection:
            row = connection.execute(sa.select(inbox).where(_columns.key == key, is_due)).one_or_none()
            if row is None:
                return None
            attempts, is_unsure, body = row.attempts + 1, row.is_unsure, row.body
            if row.owner is not None:  # it ended in the middle
                is_unsure, body = True, {**body, ENDINGS: int(body.get(ENDINGS) or 0) + 1}
            values = {"owner": owner, "due_at": lease_until, "attempts": attempts, "is_unsure": is_unsure, "body": body}
            unchanged = sa.and_(_columns.key == key, is_due, _columns.attempts == row.attempts)
            if not connection.execute(inbox.update().where(unchanged).values(**values)).rowcount:
                return None  # another process was faster
        return Job(row.key, row.team_id, body, row.received_at, attempts, is_unsure)

    def renew(self, owner: str, lease_until: float) -> list[str]:
        """Hold all that this owner has for longer. Returns their keys: others may have taken over what was its own."""
        statement = inbox.update().where(_columns.owner == owner).values(due_at=lease_until).returning(_columns.key)
        with write_transaction(self._engine) as connection:
            return list(connection.scalars(statement))

    def complete(self, key: str, owner: str, now: float) -> None:
        """Remove a job that is done and remember its key. Nothing happens when another process owns it now."""
        with write_transaction(self._engine) as connection:
            own = sa.and_(_columns.key == key, _columns.owner == owner)
            if connection.execute(inbox.delete().where(own)).rowcount:
                processed_events.remember(connection, key, now)

    def update_body(self, key: str, owner: str, body: dict[str, Any]) -> bool:
        """Store another body of a job. False when another process owns it now."""
        own = sa.and_(_columns.key == key, _columns.owner == owner)
        with write_transaction(self._engine) as connection:
            return bool(connection.execute(inbox.update().where(own).values(body=body)).rowcount)

    def postpone(self, key: str, owner: str, due_at: float, is_unsure: bool) -> None:
        """Give a job back; anybody may go on from `due_at` on."""
        values = {"owner": None, "due_at": due_at, "is_unsure": is_unsure}
        self._update(sa.and_(_columns.key == key, _columns.owner == owner), values)

    def release(self, keys: Collection[str], owner: str, now: float) -> None:
        """Give back jobs that were not begun: anybody may go on at once."""
        values = {"owner": None, "due_at": now, "attempts": _columns.attempts - 1}
        self._update(sa.and_(_columns.owner == owner, _columns.key.in_(keys)), values)

    def count(self, team: str | None = None) -> int:
        """How many jobs are not done, of a team or of all."""
        query = sa.select(sa.func.count()).select_from(inbox)
        if team is not None:
            query = query.where(_columns.team_id == team)
        with self._engine.connect() as connection:
            return connection.scalar(query) or 0

    def _update(self, where: sa.ColumnElement[bool], values: dict[str, Any]) -> None:
        with write_transaction(self._engine) as connection:
            connection.execute(inbox.update().where(where).values(**values))


def _is_due(now: float) -> sa.ColumnElement[bool]:
    return sa.or_(_columns.due_at <= now, _columns.due_at > now + MAX_DUE_SECONDS)
