"""The workspaces that the app is installed in, with their encrypted tokens, and installations that were begun."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "installations",
        sa.Column("team_id", sa.String(32), primary_key=True),
        sa.Column("team_name", sa.Text, nullable=False),
        sa.Column("enterprise_id", sa.String(32)),
        sa.Column("app_id", sa.String(32), nullable=False),
        sa.Column("bot_id", sa.String(32), nullable=False),
        sa.Column("bot_user_id", sa.String(32), nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("installed_by", sa.String(32), nullable=False),
        sa.Column("installed_at", sa.Float, nullable=False),
        sa.Column("token_number", sa.Integer, nullable=False),
        sa.Column("bot_token", sa.Text),
        sa.Column("refresh_token", sa.Text),
        sa.Column("key_id", sa.String(12)),
        sa.Column("expires_at", sa.Float),
        sa.Column("refreshing_until", sa.Float),
        sa.Column("ended_at", sa.Float),
        sa.Column("end_reason", sa.Text),
    )
    op.create_table(
        "installation_states",
        sa.Column("state_hash", sa.String(64), primary_key=True),
        sa.Column("expires_at", sa.Float, nullable=False),
    )
    op.create_index("ix_installation_states_expires_at", "installation_states", ["expires_at"])
