"""Who changed what: one line for each change that a person made to digests and watches. Only ever added to."""

from dataclasses import dataclass

import sqlalchemy as sa

from bot.storage.metadata import metadata

audit = sa.Table(
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
    audit.create(connection)


@dataclass(frozen=True)
class Change:
    """One line of the trail."""

    team: str
    at: float
    who: str
    did: str
    channel: str | None
    what: str


def note(
    connection: sa.Connection, team: str, at: float, who: str, did: str, channel: str | None = None, what: str = ""
) -> None:
    """Write a line, in the transaction of the change itself."""
    connection.execute(
        audit.insert().values(team_id=team, at=at, who=who, did=did, channel_id=channel, what=what[:1_000])
    )


def changes(engine: sa.Engine, team: str | None = None, channel: str | None = None, most: int = 50) -> list[Change]:
    """The newest changes, newest first: all, or those of a team or of a channel."""
    wanted = sa.select(audit)
    for column, value in ((audit.c.team_id, team), (audit.c.channel_id, channel)):
        wanted = wanted.where(column == value) if value is not None else wanted
    with engine.connect() as connection:
        rows = connection.execute(wanted.order_by(audit.c.id.desc()).limit(most))
        return [Change(row.team_id, row.at, row.who, row.did, row.channel_id, row.what) for row in rows]
