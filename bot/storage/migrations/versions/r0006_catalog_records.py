"""Keeps what was imported into the catalogue: entries, the review queue, imports that can be undone."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"


def upgrade() -> None:
    """Create the table, with a name for this workspace database in it."""
    records = op.create_table(
        "catalog_records",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("record_id", sa.String(200), primary_key=True),
        sa.Column("value", sa.Text),
        sa.Column("change_id", sa.Integer, nullable=False, index=True),
    )
    name = {"kind": "workspace", "record_id": secrets.token_hex(8), "value": None, "change_id": 0}
    op.bulk_insert(records, [name])
