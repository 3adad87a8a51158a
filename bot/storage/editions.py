"""The ledger's table, and its rows as values. What happens to them is in `ledger`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.storage.metadata import metadata
from bot.storage.subscriptions import CursorAdvance
from bot.storage.transactions import insert_or_ignore

outbox = sa.Table(
    "ledger",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("team_id", sa.String(32), nullable=False),
    sa.Column("channel_id", sa.String(32), nullable=False),  # or a person's id, for a direct message
    sa.Column(
        "stream", sa.String(120), nullable=False
    ),  # DIGEST, "watch 7", "notice …": what the editions are numbered in
    sa.Column("edition", sa.Integer, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("nonce", sa.String(32)),  # travels in each message's metadata
    sa.Column("owner", sa.String(64)),
    sa.Column("lease_until", sa.Float),
    sa.Column("claimed_at", sa.Float),
    sa.Column("entries", sa.JSON, nullable=False),  # [arrival's seq, key, new or updated]
    sa.Column("highest", sa.Integer, nullable=False, default=0),  # the last of those arrivals
    sa.Column("undo", sa.JSON(none_as_null=True)),  # what the claim moved on, to move it back when nothing got out
    sa.Column("parts", sa.JSON(none_as_null=True)),  # the messages; gone when all are out
    sa.Column("part_count", sa.Integer, nullable=False, default=0),
    sa.Column("attempt", sa.Integer),  # the part about to be posted
    sa.Column("posted", sa.JSON, nullable=False),  # each part's ts, or UNSETTLED
    sa.Column("posted_to", sa.String(32)),  # the conversation that Slack put them into
    sa.Column("owners", sa.JSON, nullable=False),  # who is told when it fails
    sa.Column("reason", sa.Text),
    sa.Column("finished_at", sa.Float),
    sa.UniqueConstraint("team_id", "channel_id", "stream", "edition"),
    sa.Index("ledger_state", "state", "lease_until"),
    sqlite_autoincrement=True,
)
DIGEST_STREAM = "digest"
UNKNOWN_DELIVERY = "?"  # in place of a ts: nobody can tell whether this part is out


def m004_ledger(connection: sa.Connection) -> None:
    """The table of this module."""
    outbox.create(connection)


@dataclass(frozen=True)
class OutboxRow:
    """One line of the ledger."""

    id: int
    team: str
    channel: str
    stream: str
    edition: int
    state: str
    nonce: str | None
    owner: str | None
    lease_until: float | None
    claimed_at: float | None
    entries: list[list[Any]]
    undo: dict[str, Any] | None
    parts: list[dict[str, Any]] | None
    part_count: int
    attempt: int | None
    posted: list[str]
    posted_to: str | None
    owners: list[str]
    reason: str | None
    finished_at: float | None

    @property
    def entry_keys(self) -> list[str]:
        """The entries it announces."""
        return [key for _, key, _ in self.entries]


@dataclass(frozen=True)
class DeliveryRequest:
    """What a claim freezes, and what it moves on in the same transaction: the subscriptions that it is for, or the
    watch.
    """

    team: str
    channel: str
    stream: str
    edition: int
    entries: Sequence[tuple[int, str, str]]
    parts: Sequence[dict[str, Any]]
    notify_users: Sequence[str] = ()
    cursor_advances: Sequence[CursorAdvance] = ()
    watch_advance: tuple[int, int, int] | None = None  # its id, its cursor before, and after


@dataclass(frozen=True)
class Notice:
    """Something that a person is told directly, once: `name` tells it from all others."""

    user: str
    dedup_key: str
    message: dict[str, Any]


@dataclass(frozen=True)
class ChannelPause:
    """Slack refuses the channel for this reason; whoever set its digests up is told so, once."""

    reason: str
    message: dict[str, Any]


def enqueue_notices(connection: sa.Connection, team: str, notices: Sequence[Notice]) -> int:
    """Notices to be sent, in the transaction of what they tell. One of the same name is written once. Returns how many
    were new.
    """
    new = 0
    for notice in notices:
        row = {
            "team_id": team, "channel_id": notice.user, "stream": f"notice {notice.dedup_key}"[:120], "edition": 1,
            "state": "planned", "entries": [],
            "parts": [notice.message], "part_count": 1, "posted": [], "owners": [],
        }  # fmt: skip
        new += insert_or_ignore(connection, outbox, [row])
    return new


def in_stream(team: str, channel: str, stream: str) -> tuple[sa.ColumnElement[bool], ...]:
    return outbox.c.team_id == team, outbox.c.channel_id == channel, outbox.c.stream == stream


def is_owned(row: OutboxRow) -> sa.ColumnElement[bool]:
    return sa.and_(outbox.c.id == row.id, outbox.c.state == "sending", outbox.c.owner == row.owner)


def outbox_row(row: Any) -> OutboxRow:
    values = {name: value for name, value in row._mapping.items() if name in OutboxRow.__dataclass_fields__}
    return OutboxRow(team=row.team_id, channel=row.channel_id, **values)
