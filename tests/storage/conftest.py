"""Workspace databases: an empty one, one that an older version made, and a PostgreSQL where that is installed."""

import importlib.util
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.storage.database import open_workspace
from tests.drill.postgres import binaries, postgres
from tests.prepared import new_workspace

FOLDER = Path(__file__).parent
# Rows are deleted without a look at who refers to them; tables are not truncated, as that writes new files.
EMPTY_TABLES = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE 'DELETE FROM public.' || quote_ident(name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        PERFORM setval('public.' || quote_ident(name), 1, false);
    END LOOP;
    INSERT INTO catalog_records SELECT * FROM kept.catalog_records;
END $$
"""


def make_old_workspace(url: str) -> None:
    """Fill an empty database with what an older version made of it: the SQL files beside this module."""
    kind = "postgresql" if url.startswith("postgresql") else "sqlite"
    sql = (FOLDER / f"base_workspace.{kind}.sql").read_text(encoding="utf-8")
    engine = sa.create_engine(url)
    if kind == "sqlite":
        connection = sqlite3.connect(str(engine.url.database))
        connection.executescript(sql)
        connection.close()
    else:
        with engine.begin() as started:
            started.exec_driver_sql(sql)
    engine.dispose()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'workspace.db'}"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = open_workspace(new_workspace(tmp_path / "workspace.db"))
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server's database."""
    if binaries() is None or importlib.util.find_spec("psycopg") is None:
        pytest.skip("PostgreSQL and psycopg are not installed")
    with postgres(fsync="off") as address:  # it need not outlive the machine
        yield address


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The same, emptied afterwards."""
    yield postgresql_server
    engine = sa.create_engine(postgresql_server)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind."""
    return str(request.getfixturevalue("url" if request.param == "sqlite" else "postgresql_url"))


@pytest.fixture(scope="session")
def postgresql_with_tables(postgresql_server: str) -> str:
    """A database with its tables and nothing of a test in them: migrations take longer than most tests."""
    _run(postgresql_server, "CREATE DATABASE with_tables")
    address = sa.make_url(postgresql_server).set(database="with_tables").render_as_string()
    open_workspace(address).dispose()
    _run(address, "CREATE SCHEMA kept; CREATE TABLE kept.catalog_records AS TABLE catalog_records")
    return address


@pytest.fixture
def new_postgresql_url(postgresql_with_tables: str) -> Iterator[str]:
    """The same, emptied afterwards."""
    yield postgresql_with_tables
    _run(postgresql_with_tables, EMPTY_TABLES)


@pytest.fixture(params=["sqlite", "postgresql"])
def any_new_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind that has its tables and nothing in them."""
    if request.param == "sqlite":
        return new_workspace(tmp_path / "workspace.db")
    return str(request.getfixturevalue("new_postgresql_url"))


def _run(address: str, command: str) -> None:
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(command)
