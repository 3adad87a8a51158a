"""Creates the tables of proposals: how entries may be described, what was decided, and what a model was asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("entry_key", sa.String(80), nullable=False),
        sa.Column("field", sa.String(16), nullable=False),
        sa.Column("fold", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("origin", sa.String(8), nullable=False),
        sa.Column("author", sa.String(80), nullable=False),
        sa.Column("state", sa.String(10), nullable=False, index=True),
        sa.Column("proposed_at", sa.Float, nullable=False),
        sa.UniqueConstraint("entry_key", "field", "fold"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "proposal_changes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("recorded_at", sa.Float, nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("undone", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "description_attempts",
        sa.Column("entry_key", sa.String(80), primary_key=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("attempted_at", sa.Float, nullable=False),
        sa.Column("succeeded", sa.Boolean, nullable=False),
    )
