"""Creates the tables as they were before the project used Alembic.

A database from that time has all of them, or the first ones, so only what is missing is created. Its table `migrations`
stays: a version from that time that opens this database then finds tables missing and stops, instead of starting with
empty ones.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table that is not there."""
    inspector = sa.inspect(op.get_bind())
    existing = set(inspector.get_table_names())
    for create in (
        create_seen_events,
        create_arrivals,
        create_subscriptions,
        create_ledger,
        create_watches,
        create_audit,
        create_source_states,
        create_threads,
        create_questions,
        create_meetings,
    ):
        if create.__name__.removeprefix("create_") not in existing:
            create()
    if "source_states" in existing:  # its last two columns came later
        columns = {column["name"] for column in inspector.get_columns("source_states")}
        for column in (sa.Column("first_read", sa.Float), sa.Column("catalogue", sa.Text)):
            if column.name not in columns:
                op.add_column("source_states", column)


def create_seen_events() -> None:
    op.create_table(
        "seen_events",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("at", sa.Float, nullable=False, index=True),
    )


def create_arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.UniqueConstraint("key", "text_hash"),
        sqlite_autoincrement=True,
    )


def create_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(32), nullable=False),
        sa.Column("filter", sa.Text, nullable=False),
        sa.Column("cadence", sa.String(16), nullable=False),
        sa.Column("weekdays", sa.String(16), nullable=False),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("day", sa.Integer),
        sa.Column("nth", sa.Integer),
        sa.Column("start", sa.String(10)),
        sa.Column("even_empty", sa.Boolean, nullable=False),
        sa.Column("created_by", sa.String(32), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("cursor", sa.Integer, nullable=False),
        sa.Column("start_seq", sa.Integer, nullable=False),
        sa.Column("from_version", sa.String(16)),
        sa.Column("last_at", sa.Float, nullable=False),
        sa.Column("last_day", sa.String(10)),
        sa.Column("paused_by", sa.String(32)),
        sa.Column("paused_why", sa.Text),
        sa.UniqueConstraint("team_id", "channel_id", "filter"),
        sqlite_autoincrement=True,
    )


def create_ledger() -> None:
    op.create_table(
        "ledger",
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
        sa.Column("entries", sa.JSON, nullable=False),
        sa.Column("highest", sa.Integer, nullable=False),
        sa.Column("undo", sa.JSON),
        sa.Column("parts", sa.JSON),
        sa.Column("part_count", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer),
        sa.Column("posted", sa.JSON, nullable=False),
        sa.Column("posted_to", sa.String(32)),
        sa.Column("owners", sa.JSON, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("finished_at", sa.Float),
        sa.UniqueConstraint("team_id", "channel_id", "stream", "edition"),
        sa.Index("ledger_state", "state", "lease_until"),
        sqlite_autoincrement=True,
    )


def create_watches() -> None:
    op.create_table(
        "watches",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("cursor", sa.Integer, nullable=False),
        sa.UniqueConstraint("team_id", "user_id", "question"),
        sqlite_autoincrement=True,
    )


def create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("team_id", sa.String(32), nullable=False, index=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("who", sa.String(32), nullable=False),
        sa.Column("did", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(32)),
        sa.Column("what", sa.Text, nullable=False),
    )


def create_source_states() -> None:
    op.create_table(
        "source_states",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("fingerprint", sa.Text),
        sa.Column("last_try", sa.Float),
        sa.Column("last_success", sa.Float),
        sa.Column("error", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("notified", sa.Float),
        sa.Column("first_read", sa.Float),
        sa.Column("catalogue", sa.Text),
    )


def create_threads() -> None:
    op.create_table(
        "threads",
        sa.Column("team_id", sa.String(32), primary_key=True),
        sa.Column("channel_id", sa.String(32), primary_key=True),
        sa.Column("thread_ts", sa.String(32), primary_key=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("shown", sa.JSON, nullable=False),
        sa.Column("next_one", sa.Integer, nullable=False),
        sa.Column("picked", sa.Text),
        sa.Column("at", sa.Float, nullable=False, index=True),
    )


def create_questions() -> None:
    op.create_table(
        "questions",
        sa.Column("team_id", sa.String(32), primary_key=True),
        sa.Column("words", sa.String(300), primary_key=True),
        sa.Column("in_vain", sa.Integer, nullable=False),
        sa.Column("helpful", sa.Integer, nullable=False),
        sa.Column("not_helpful", sa.Integer, nullable=False),
        sa.Column("first_at", sa.Float, nullable=False),
        sa.Column("last_at", sa.Float, nullable=False, index=True),
    )


def create_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("team_id", sa.String(32), primary_key=True),
        sa.Column("met", sa.String(32), primary_key=True),
        sa.Column("at", sa.Float, nullable=False),
    )
