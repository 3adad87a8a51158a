"""A new catalogue has the tables that one has which went through all migrations."""

import re

import pytest
from sqlite_utils import Database

from bot.catalog.current_schema import create_current_schema
from bot.catalog.repository import Catalog
from bot.catalog.schema import migrations
from tests.catalog.schema_file import migrated


def contents(db: Database) -> tuple[dict[str, str], dict[str, list[tuple[object, ...]]]]:
    """The statements of all tables, indexes and triggers, by name; and the rows of all tables, without times."""
    # Which quotes and blanks SQLite writes where a column was renamed differs between its versions.
    statements = {
        name: re.sub(r'[\s"\[\]`]', "", sql or "") for name, sql in db.execute("SELECT name, sql FROM sqlite_master")
    }
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {table: db.execute(f"SELECT * FROM [{table}]").fetchall() for table in tables}
    rows["_sqlite_migrations"] = [row[:3] for row in rows["_sqlite_migrations"]]
    return statements, rows


def test_tables_made_at_once_are_those_of_the_migrations() -> None:
    """Tables, indexes, triggers and what is in them are the same, whichever way they were made.

    Where this fails after a new migration, run `make schema`.
    """
    step_by_step, at_once = migrated(), Database(memory=True)
    create_current_schema(at_once, migrations)
    assert contents(at_once) == contents(step_by_step)
    assert len(contents(at_once)[0]) > 50
    assert not migrations.pending(at_once)
    step_by_step.close()
    at_once.close()


def test_a_catalogue_whose_making_was_cut_off_is_made_anew(tmp_path, make_entry, monkeypatch) -> None:
    """A program that ends while it makes the tables leaves none of them, and the next one makes them all."""

    def fail(db: Database, known: object) -> None:
        create_current_schema(db, migrations)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("bot.catalog.database.create_current_schema", fail)
        with pytest.raises(KeyboardInterrupt):
            Catalog(tmp_path / "catalog.db").keys()
    catalog, created = Catalog(tmp_path / "catalog.db"), []
    catalog.on_created = lambda: created.append(1)
    catalog.upsert([make_entry("11111")])
    assert (catalog.keys(), created) == ({"11111"}, [1])
    catalog.close()
