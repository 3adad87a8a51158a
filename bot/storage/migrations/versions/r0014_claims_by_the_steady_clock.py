"""A claim is dated by the clock of the leases, too: a machine's wrong clock gives nothing up before its time."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the column. What is being sent during the upgrade counts from its next claim on."""
    op.add_column("outbox", sa.Column("held_since", sa.Float))
