"""A pause can have an end, at which the subscription goes on by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    """Add the column."""
    op.add_column("subscriptions", sa.Column("paused_until", sa.Float))
