"""The address of an SQLite file, as SQLAlchemy and HALO_WORKSPACE_URL have it, and the file that it names.

In an address, options follow a `?`, and `%` begins the number of a character. Before SQLAlchemy 2.1 that was not so for
the path, so it is read here.
"""

from pathlib import Path
from urllib.parse import unquote

SQLITE_PREFIX = "sqlite:///"


def address_of(path: Path | str) -> str:
    """The address of a file."""
    return SQLITE_PREFIX + str(path).replace("%", "%25").replace("?", "%3F")


def file_of(address: str) -> Path | None:
    """The file that an address names; None for a database in memory or on PostgreSQL."""
    path = unquote(address.removeprefix(SQLITE_PREFIX).partition("?")[0])
    return Path(path) if address.startswith(SQLITE_PREFIX) and path and ":memory:" not in path else None
