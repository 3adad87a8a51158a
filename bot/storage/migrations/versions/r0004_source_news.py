"""Keeps of each source what it was, when it last brought something, and which posts belong to it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("source_states", sa.Column("format", sa.String(16)))
    op.add_column("source_states", sa.Column("content_hash", sa.String(16)))
    op.add_column("source_states", sa.Column("part_of_id", sa.String(64)))
    op.add_column("source_states", sa.Column("part_of", sa.Text))
    op.add_column("source_states", sa.Column("last_news_at", sa.Float))
    op.add_column("source_states", sa.Column("told_quiet_at", sa.Float))
    op.create_index("ix_source_states_part_of_id", "source_states", ["part_of_id"])
