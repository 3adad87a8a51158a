"""Databases, and all that is beside them, may be read by their owner only; also those of an older version."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalog.database import CatalogDatabase
from bot.private_files import others_rights
from bot.storage.database import open_workspace


@pytest.fixture(autouse=True)
def open_handed() -> Iterator[None]:
    """A machine on which new files may be read and written by all."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_both(folder: Path) -> None:
    """Open both databases and write into them."""
    catalogue = CatalogDatabase(folder / "catalog.db")
    with catalogue.write_transaction() as db:
        db.execute("INSERT OR REPLACE INTO meta VALUES ('x', 'y')")
    engine = open_workspace(f"sqlite:///{folder / 'workspace.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS x (y)")
        assert [path.name for path in folder.iterdir() if others_rights(path)] == []
    engine.dispose()
    catalogue.close()


def test_new_databases(tmp_path: Path):
    """New databases are private from their first byte on, with their journals."""
    open_both(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} >= {"catalog.db", "workspace.db"}


def test_databases_of_before(tmp_path: Path):
    """Those that others may read already are private once they are opened."""
    open_both(tmp_path)
    for path in tmp_path.iterdir():
        path.chmod(0o644)
        assert others_rights(path)
    open_both(tmp_path)


def test_a_catalogue_that_is_made_again(tmp_path: Path):
    """A catalogue that was deleted while it was in use is private, too."""
    catalogue = CatalogDatabase(tmp_path / "catalog.db")
    assert catalogue.db
    (tmp_path / "catalog.db").unlink()
    assert catalogue.db
    assert not others_rights(tmp_path / "catalog.db")
    catalogue.close()
