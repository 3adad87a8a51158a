"""Keeps what was acknowledged until it is done."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("received_at", sa.Float, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("is_unsure", sa.Boolean, nullable=False),
        sa.Column("owner", sa.String(64)),
        sa.Column("due_at", sa.Float, nullable=False),
    )
    op.create_index("ix_inbox_due_at", "inbox", ["due_at"])
