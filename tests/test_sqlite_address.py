"""The addresses of SQLite files, as the settings, SQLAlchemy and `backup` read them."""

from pathlib import Path

import pytest

from bot.settings import read_settings
from bot.sqlite_address import address_of, file_of
from bot.storage.database import open_workspace, pending_workspace_steps

ADDRESSES = {
    "sqlite:////srv/a.db": "/srv/a.db",
    "sqlite:///a.db": "a.db",
    "sqlite:///./b/a.db?timeout=20": "b/a.db",
    "sqlite:////srv/a%20b%3F.db?mode=rwc&uri=true": "/srv/a b?.db",
    "sqlite:////srv/100%/a.db": "/srv/100%/a.db",
    "sqlite:////srv/a%2520b.db": "/srv/a%20b.db",
}


@pytest.mark.parametrize(("address", "path"), ADDRESSES.items())
def test_the_file_of_an_address(address: str, path: str) -> None:
    """What follows a `?` are options, and a `%` with two digits is a character; a file's address names that file."""
    assert file_of(address) == Path(path)
    assert file_of(address_of(path)) == Path(path)


@pytest.mark.parametrize(
    "address", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///file::memory:?uri=true", "postgresql://h/d"]
)
def test_no_file(address: str) -> None:
    """A database in memory or on PostgreSQL has no file, and its address is left as it is."""
    assert file_of(address) is None
    assert read_settings({"HALO_WORKSPACE_URL": address}).workspace_url == address


@pytest.mark.filterwarnings("ignore:Query string argument")  # of options that SQLite has only in its own addresses
@pytest.mark.parametrize(
    "name", ["a.db", "a%20b.db", "what%3F.db", "100%.db", "%C5%81.db", "a.db?timeout=20", "a.db?mode=rwc&uri=true"]
)
def test_the_file_that_is_opened(tmp_path: Path, name: str) -> None:
    """The settings keep what an address names, and the database that is opened is that file and no other."""
    address = f"sqlite:///{tmp_path}/{name}"
    url = read_settings({"HALO_WORKSPACE_URL": address}).workspace_url
    assert (file_of(url), pending_workspace_steps(url)) == (file_of(address), None)
    open_workspace(url).dispose()
    assert [path for path in tmp_path.iterdir() if path.suffix not in (".db-wal", ".db-shm")] == [file_of(address)]
    assert pending_workspace_steps(url) == []
