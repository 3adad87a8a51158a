"""Files that only their owner may read and write: databases, backups and settings."""

import os
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o600
DATABASE_FILES = ("", "-wal", "-shm")  # the endings of a database on SQLite and of what SQLite keeps beside it
OTHERS = 0o077  # what groups and other people may do


def create_private(path: Path) -> None:
    """Make an empty file that only its owner may read, where there is none; take others' rights on one that is there.
    Raises OSError where it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE))
    make_private(path)


def make_private(path: Path) -> None:
    """Take others' rights on a database and the files that SQLite keeps beside it. Somebody else's file, and one on a
    disk without rights, stays as it is.
    """
    for suffix in DATABASE_FILES:
        file = Path(f"{path}{suffix}")
        if others_rights(file):
            with suppress(OSError):
                file.chmod(PRIVATE)


def others_rights(path: Path) -> int:
    """What others than the owner may do with a file, as mode bits; 0 where there is none."""
    try:
        return path.stat().st_mode & OTHERS if path.is_file() else 0
    except OSError:
        return 0
