"""The move to PostgreSQL: every row arrives, once, and what comes later goes on from there."""

import os
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa

from bot.errors import WorkspaceError
from bot.storage.database import open_workspace
from bot.storage.metadata import metadata
from bot.storage.models import SubscriptionDraft, SubscriptionFilter
from bot.storage.stores import open_stores
from bot.storage.transfer import copy_workspace
from tests.digests.rig import MONDAYS

DRAFT = SubscriptionDraft(SubscriptionFilter(words=("jira",)), MONDAYS)


def rows(engine: sa.Engine) -> dict[str, list[tuple]]:
    """All that is in a database, by table."""
    with engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in metadata.sorted_tables
        }


@pytest.fixture
def used(engine: sa.Engine) -> sa.Engine:
    """A workspace database on SQLite with a row in every table, whose numbers have gaps."""
    stores = open_stores(engine)
    for channel in ("C1", "C2", "C3"):
        stores.subscriptions.add("T1", channel, DRAFT, "UALICE", 0, time.time())
    with engine.begin() as connection:
        connection.execute(metadata.tables["subscriptions"].delete().filter_by(channel_id="C2"))
        for table in metadata.sorted_tables:
            if not connection.execute(sa.select(table)).first():
                connection.execute(table.insert().values({column.name: value_for(column) for column in table.columns}))
    return engine


def value_for(column: sa.Column) -> object:
    """Something that fits a column."""
    if isinstance(column.type, sa.JSON):
        return [["ü", 1], None]
    return {int: 7, float: 1.5, bool: True}.get(column.type.python_type, "ü’")


def test_every_row_arrives(used: sa.Engine, postgresql_url: str):
    """Each row of each table is the same, and a new subscription gets a number that none has had."""
    target = open_workspace(postgresql_url)
    before = rows(used)
    assert all(before.values())
    assert copy_workspace(used, target) == sum(len(found) for found in before.values())
    assert rows(target) == before
    stores = open_stores(target)
    stores.subscriptions.add("T1", "C4", DRAFT, "UALICE", 0, time.time())
    numbers = [row[0] for row in rows(target)["subscriptions"]]
    assert len(set(numbers)) == 3
    target.dispose()


def test_every_table_is_copied(used: sa.Engine):
    """No table of the database is unknown to the copy."""
    assert set(sa.inspect(used).get_table_names()) - {"alembic_version"} == set(metadata.tables)


def test_a_database_that_was_used(used: sa.Engine, postgresql_url: str):
    """A PostgreSQL database with something in it is refused and stays as it is."""
    target = open_workspace(postgresql_url)
    open_stores(target).subscriptions.add("T2", "C9", DRAFT, "UBOB", 0, time.time())
    before = rows(target)
    with pytest.raises(WorkspaceError, match="has been used"):
        copy_workspace(used, target)
    assert rows(target) == before
    target.dispose()


def test_only_to_postgresql(used: sa.Engine):
    """Leases of PostgreSQL are not those of a machine, so the way back is refused."""
    with pytest.raises(WorkspaceError, match="PostgreSQL"):
        copy_workspace(used, used)


def test_as_a_command(used: sa.Engine, postgresql_url: str):
    """`halobot copy-workspace` copies a file into the database of HALO_WORKSPACE_URL, once."""
    file = str(used.url.database)
    environment = {**os.environ, "HALO_ENV_FILE": "/dev/null", "HALO_WORKSPACE_URL": postgresql_url}
    for code, said in ((0, "Copied"), (1, "has been used")):
        done = subprocess.run(
            [sys.executable, "-m", "bot", "copy-workspace", file], env=environment, capture_output=True, text=True,
            timeout=60,
        )  # fmt: skip
        assert (done.returncode, said in done.stdout + done.stderr) == (code, True), done.stderr
