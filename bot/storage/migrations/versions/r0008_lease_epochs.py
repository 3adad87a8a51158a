"""Keeps when the machine started, so that leases are measured by a clock that nobody can set."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "lease_epochs",
        sa.Column("boot_id", sa.String(64), primary_key=True),
        sa.Column("epoch", sa.Float, nullable=False),
    )
