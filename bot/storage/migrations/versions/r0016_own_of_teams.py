"""Gives what a team imports and decides an owner: its own records, its arrivals and its proposals. What there was is
everybody's.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

# What tells two rows: before, and from now on for each team.
UNIQUE = {"arrivals": ["key", "text_hash"], "proposals": ["entry_key", "field", "fold"]}

_SEQUENCE = ("sqlite_sequence", ("name", "seq"))


def upgrade() -> None:
    """Create the table of own records; add the columns, and make the unique keys those of a team."""
    op.create_table(
        "own_records",
        sa.Column("team_id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("record_id", sa.String(200), primary_key=True),
        sa.Column("value", sa.Text),
        sa.Column("change_id", sa.Integer, nullable=False),
    )
    op.add_column("proposal_changes", team_column())
    for table, columns in UNIQUE.items():
        if op.get_bind().dialect.name == "sqlite":
            rebuild(table, columns)
        else:
            op.add_column(table, team_column())
            for constraint in sa.inspect(op.get_bind()).get_unique_constraints(table):
                if constraint["column_names"] == columns:
                    op.drop_constraint(str(constraint["name"]), table, type_="unique")
            op.create_unique_constraint(None, table, ["team_id", *columns])


def team_column() -> sa.Column[str]:
    return sa.Column("team_id", sa.String(32), nullable=False, server_default="")


def rebuild(table: str, columns: list[str]) -> None:
    """SQLite changes no constraint: all rows go into a new table. The next number stays the one that it was."""
    connection, old = op.get_bind(), f"{table}_before"
    indexes = [index for index in sa.inspect(connection).get_indexes(table) if index["name"]]
    for index in indexes:
        op.drop_index(str(index["name"]), table)
    op.rename_table(table, old)
    reflected = sa.Table(old, sa.MetaData(), autoload_with=connection)
    kept = [sa.Column(c.name, c.type, primary_key=c.primary_key, nullable=c.nullable) for c in reflected.columns]
    op.create_table(table, *kept, team_column(), sa.UniqueConstraint("team_id", *columns), sqlite_autoincrement=True)
    names = [column.name for column in kept]
    new, sequence = (sa.table(name, *map(sa.column, columns)) for name, columns in ((table, names), _SEQUENCE))
    op.execute(sa.insert(new).from_select(names, sa.select(*(reflected.c[name] for name in names))))
    last = connection.scalar(sa.select(sequence.c.seq).where(sequence.c.name == old))
    op.execute(sa.delete(sequence).where(sequence.c.name == table))
    if last is not None:
        op.execute(sa.insert(sequence).values(name=table, seq=last))
    op.drop_table(old)
    for index in indexes:
        op.create_index(str(index["name"]), table, [str(name) for name in index["column_names"]])
