"""The audit log: one row for each change that a person, or an answer of Slack, made to digests and watches. Rows are
only ever added.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.metadata import metadata

MAX_DETAILS_LENGTH = 1_000
audit_events = sa.Table(
    "audit_events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("team_id", sa.String(32), nullable=False, index=True),
    sa.Column("recorded_at", sa.Float, nullable=False),
    sa.Column("actor", sa.String(32), nullable=False),  # a person's id, or "slack" where Slack's answer was the cause
    sa.Column("action", sa.String(32), nullable=False),  # subscribed, changed, unsubscribed, paused, resumed, …
    sa.Column("channel_id", sa.String(32)),
    sa.Column("details", sa.Text, nullable=False, default=""),
)


@dataclass(frozen=True)
class AuditEvent:
    """One row of the audit log."""

    team: str
    at: float
    actor: str
    action: str
    channel: str | None
    details: str


def record_event(
    connection: sa.Connection,
    team: str,
    now: float,
    actor: str,
    action: str,
    channel: str | None = None,
    details: str = "",
) -> None:
    """Add a row, in the transaction of the change itself."""
    row = {"team_id": team, "recorded_at": now, "actor": actor, "action": action, "channel_id": channel}
    connection.execute(audit_events.insert().values(**row, details=details[:MAX_DETAILS_LENGTH]))


def read_events(
    engine: sa.Engine, team: str | None = None, channel: str | None = None, limit: int = 50
) -> list[AuditEvent]:
    """The newest events, newest first: of all teams, or of one team or one channel."""
    query = sa.select(audit_events).order_by(audit_events.c.id.desc()).limit(limit)
    if team is not None:
        query = query.where(audit_events.c.team_id == team)
    if channel is not None:
        query = query.where(audit_events.c.channel_id == channel)
    with engine.connect() as connection:
        return [
            AuditEvent(row.team_id, row.recorded_at, row.actor, row.action, row.channel_id, row.details)
            for row in connection.execute(query)
        ]
