"""An arrival keeps what filters ask of an entry beside its text, so that what becomes known later can be news."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column."""
    op.add_column("arrivals", sa.Column("facts", sa.Text))
