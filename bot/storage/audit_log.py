"""Who changed what: one line for each change that a person made to digests and watches. Only ever added to."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.metadata import metadata

audit_events = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("team_id", sa.String(32), nullable=False, index=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("who", sa.String(32), nullable=False),  # a person's id, or "slack" where Slack's answer made us do it
    sa.Column(
        "did", sa.String(32), nullable=False
    ),  # subscribed, changed, unsubscribed, paused, resumed, posted now, …
    sa.Column("channel_id", sa.String(32)),
    sa.Column("what", sa.Text, nullable=False, default=""),
)


def m006_audit(connection: sa.Connection) -> None:
    """The table of this module."""
    audit_events.create(connection)


@dataclass(frozen=True)
class AuditEvent:
    """One line of the trail."""

    team: str
    at: float
    actor: str
    action: str
    channel: str | None
    details: str


def record_event(
    connection: sa.Connection,
    team: str,
    at: float,
    actor: str,
    action: str,
    channel: str | None = None,
    details: str = "",
) -> None:
    """Write a line, in the transaction of the change itself."""
    connection.execute(
        audit_events.insert().values(
            team_id=team, at=at, who=actor, did=action, channel_id=channel, what=details[:1_000]
        )
    )


def read_events(
    engine: sa.Engine, team: str | None = None, channel: str | None = None, limit: int = 50
) -> list[AuditEvent]:
    """The newest changes, newest first: all, or those of a team or of a channel."""
    query = sa.select(audit_events)
    for column, value in ((audit_events.c.team_id, team), (audit_events.c.channel_id, channel)):
        query = query.where(column == value) if value is not None else query
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(audit_events.c.id.desc()).limit(limit))
        return [AuditEvent(row.team_id, row.at, row.who, row.did, row.channel_id, row.what) for row in rows]
