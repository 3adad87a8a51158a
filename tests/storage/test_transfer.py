"""The move to PostgreSQL: every row arrives, once, and what comes later goes on from there."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

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


def copy_by_command(file: Path, url: str) -> subprocess.CompletedProcess[str]:
    """`halobot copy-workspace FILE`."""
    environment = {**os.environ, "HALO_ENV_FILE": "/dev/null", "HALO_WORKSPACE_URL": url}
    command = [sys.executable, "-m", "bot", "copy-workspace", str(file)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    "script", ["CREATE TABLE orders (id INTEGER PRIMARY KEY)", "CREATE TABLE watches (id INTEGER PRIMARY KEY)", ""]
)
def test_a_file_of_something_else(tmp_path: Path, postgresql_url: str, script: str):
    """It is refused by its name, with what to do about it, and keeps its bytes; so does a file that is no database."""
    file = tmp_path / "other.db"
    if script:
        with closing(sqlite3.connect(file)) as db:
            db.execute(script)
    else:
        file.write_bytes(b"no database at all" * 100)
    before = file.read_bytes()
    done = copy_by_command(file, postgresql_url)
    assert done.returncode == 1
    assert "other.db cannot be copied" in done.stderr
    assert "HALO_WORKSPACE_URL" not in done.stderr
    assert (file.read_bytes(), [path.name for path in tmp_path.iterdir()]) == (before, ["other.db"])


def test_the_file_stays_as_it_is(used: sa.Engine, postgresql_url: str):
    """A file that this version would open otherwise is copied, and not one of its bytes is another one."""
    file = Path(str(used.url.database))
    used.dispose()
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
    before = file.read_bytes()
    assert copy_by_command(file, postgresql_url).returncode == 0
    assert file.read_bytes() == before
