"""A catalogue file that is damaged: how that is noticed, and putting the file aside so that a new one can be made."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.private_files import DATABASE_FILES

FileIdentity = tuple[int, int]  # device and inode
_DAMAGE_CODES = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
DAMAGE_ERRORS = (sqlite3.DatabaseError, UnicodeDecodeError)  # what reading a damaged file may raise
_MARK = b"reindex_queue"  # a table that only a catalogue has


def file_identity(path: Path) -> FileIdentity | None:
    """Which file this is now (device and inode), or None when there is none."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def is_damage(error: BaseException | None) -> bool:
    """Whether an error of SQLite says that the file is damaged."""
    if isinstance(error, UnicodeDecodeError):
        return True  # SQLite's own sentence about the damage has bytes of the file in it
    if isinstance(error, sqlite3.OperationalError) and "decode" in str(error).lower():
        return True  # a text that is none
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, sqlite3.DatabaseError) and code is not None and code & 0xFF in _DAMAGE_CODES


def find_damage(path: Path) -> str:
    """What is wrong with a catalogue file, from reading all of it; empty when it is whole, or not there, or locked."""
    if not path.is_file() or not path.stat().st_size:
        return ""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1.0)) as db:
            found = str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])
            if found != "ok":
                return found.splitlines()[0][:200]
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            for (name,) in db.execute(tables).fetchall():
                for _ in db.execute(f'SELECT * FROM "{name}"'):
                    pass
    except DAMAGE_ERRORS as error:
        return str(error)[:200] if is_damage(error) else ""
    return ""


def is_catalogue(path: Path) -> bool:
    """Whether a file was a catalogue, damaged or not: another file that HALO_CATALOG names by mistake stays alone."""
    try:
        return _MARK in path.read_bytes()
    except OSError:
        return False


def set_aside(path: Path, identity: FileIdentity | None) -> Path | None:
    """Rename a damaged catalogue, so that a new one can be made in its place. Returns its new path; None, and nothing
    is done, where it is another file by now, or no catalogue at all.
    """
    if identity is None or file_identity(path) != identity or not is_catalogue(path):
        return None
    target = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}")
    for suffix in DATABASE_FILES:  # what is in the -wal file belongs to the damaged one
        try:
            os.rename(f"{path}{suffix}", f"{target}{suffix}")
        except OSError:
            if not suffix:
                return None
    return target
