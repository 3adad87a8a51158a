"""Copies the databases on SQLite into one file, and back, while the bot may be running.

Both ways go through SQLite's online backup: it copies what is committed, and never a file together with the `-wal` of
another one. Each copy is read through before anybody is told that it is one.
"""

import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from pathlib import Path

from bot.errors import HalobotError, WorkspaceError
from bot.private_files import DATABASE_FILES, PRIVATE, make_private

BUSY_SECONDS = 30.0
_UNCHANGED = "Nothing was changed."
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)  # the last: it wants a password


def back_up(databases: Mapping[str, Path], target: Path) -> list[str]:
    """Write the databases that are there, by their name in the backup, into a new file that only its owner may read.
    Returns the names. Raises WorkspaceError, and leaves no file, when one cannot be copied whole.
    """
    part = target.with_name(f"{target.name}.part")
    names = [name for name, path in databases.items() if path.is_file() and path.stat().st_size]
    try:
        if target.exists():
            raise WorkspaceError(f"{target} is there already. Name a new file.")
        if not names:
            raise WorkspaceError(f"There is no database to back up in {next(iter(databases.values())).parent}.")
        with _folder_beside(target) as folder, os.fdopen(_open_new(part), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in names:
                    _copy(databases[name], folder / name)
                    _require_whole(folder / name)
                    archive.write(folder / name, name)
            file.flush()
            os.fsync(file.fileno())
        with zipfile.ZipFile(part) as archive:
            damaged = archive.testzip()
        if damaged:
            raise WorkspaceError(f"The backup of {damaged} cannot be read back. Look at the disk of {target}.")
        os.replace(part, target)
    except (sqlite3.Error, OSError, *_BROKEN_ARCHIVE) as error:
        raise WorkspaceError(f"The backup cannot be written ({error}). No file was left behind.") from error
    finally:
        part.unlink(missing_ok=True)
    return names


def restore(
    source: Path, databases: Mapping[str, Path], check: Mapping[str, Callable[[Path], object]], now: datetime
) -> list[Path]:
    """Put the databases of a backup in the place of those that are there. Returns the files that what was there before
    is kept in: a backup, and damaged files under another name.

    `check` is called with each copy before anything is changed, and raises HalobotError for one that is not to be used.
    An empty database of the backup, as an older version wrote it, is left out, unless it is the first one there. Raises
    WorkspaceError, with nothing changed, when the backup cannot be read or is not whole, or what is there cannot be
    kept; else it says what is not in place, and where what was there before is.
    """
    try:
        with _folder_beside(next(iter(databases.values()))) as folder:
            unpacked = _unpack(source, folder, databases)
            for name in unpacked:
                _require_whole(folder / name)
            names = [name for name in unpacked if not _is_empty(folder / name)]
            if unpacked[0] not in names:
                raise WorkspaceError(f"{unpacked[0]} in {source} is empty. {_UNCHANGED} Restore another backup.")
            for name in names:
                _require_usable(folder / name, source, check[name])
            kept = _keep({name: databases[name] for name in names}, now)
            _put_in_place({folder / name: databases[name] for name in names}, kept)
            return kept
    except (sqlite3.Error, OSError, *_BROKEN_ARCHIVE) as error:
        raise WorkspaceError(f"The backup {source} cannot be restored ({error}). {_UNCHANGED}") from error


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    """A copy of a database on SQLite beside it, while the block runs, with which anything may be done.

    Raises WorkspaceError where the database cannot be read, or the copy cannot be written.
    """
    with ExitStack() as opened:
        try:
            copy = opened.enter_context(_folder_beside(path)) / path.name
            _copy(path, copy)
        except (sqlite3.Error, OSError) as error:
            raise WorkspaceError(
                f"{path} cannot be copied ({error}). It has to be a database, in a folder that may be written and has "
                "room for a copy of it."
            ) from error
        yield copy


def _put_in_place(files: Mapping[Path, Path], kept: list[Path]) -> None:
    """Put each copy in the place of a database. Raises WorkspaceError for what cannot be."""
    is_missing = dict(files)
    try:
        for copy, target in files.items():
            if target.exists():
                _copy(copy, target)
            else:  # it takes no room on the same disk
                for suffix in DATABASE_FILES:
                    Path(f"{target}{suffix}").unlink(missing_ok=True)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(copy, target)
            _require_whole(target)
            make_private(target)
            del is_missing[copy]
    except (sqlite3.Error, OSError, WorkspaceError) as error:
        names = " and ".join(str(target) for target in is_missing.values())
        raise WorkspaceError(f"Not restored: {names} ({error}). {_what_now(kept)}") from error


def _what_now(kept: list[Path]) -> str:
    before = f" What was there before is in {' and '.join(map(str, kept))}." if kept else ""
    return f"Mend that and restore again before you start the bot.{before}"


def _require_usable(copy: Path, source: Path, check: Callable[[Path], object]) -> None:
    """Raise WorkspaceError where the check of a copy refuses it. What it says to do is about a database in use."""
    try:
        check(copy)
    except HalobotError as error:
        raise WorkspaceError(
            f"{copy.name} in {source} cannot be restored. {error.reason.replace(str(copy), copy.name)} "
            f"{_UNCHANGED} Restore another backup, or restore this one with the Halobot that made it."
        ) from error


def _unpack(source: Path, folder: Path, databases: Mapping[str, Path]) -> list[str]:
    with zipfile.ZipFile(source) as archive:
        names = [name for name in databases if name in archive.namelist()]
        if not names:
            raise WorkspaceError(f"{source} is no backup of Halobot: it has none of {', '.join(databases)}.")
        for name in names:
            archive.extract(name, folder)
    return names


def _keep(databases: Mapping[str, Path], now: datetime) -> list[Path]:
    """Back up what is there now, beside the databases. A damaged file, which cannot be copied, is renamed after that.
    Raises WorkspaceError where there is no room for it.
    """
    kept, whole, damaged = [], {}, []
    stamp = f"{now:%Y%m%d-%H%M%S}"
    for name, path in databases.items():
        if not path.is_file():
            continue
        try:
            _require_whole(path)
            if not _is_empty(path):
                whole[name] = path
        except WorkspaceError:
            damaged.append(path)
    if whole:
        before = next(iter(whole.values())).parent / f"before-restore-{stamp}.zip"
        try:
            back_up(whole, before)
        except WorkspaceError as error:
            raise WorkspaceError(f"Nothing was restored, as what is there now cannot be kept: {error}") from error
        kept.append(before)
    for path in damaged:
        aside = path.with_name(f"{path.name}.damaged-{stamp}")
        try:
            for suffix in reversed(DATABASE_FILES):
                if Path(f"{path}{suffix}").exists():
                    os.rename(f"{path}{suffix}", f"{aside}{suffix}")
        except OSError as error:  # another one may have its new name already
            raise WorkspaceError(
                f"Nothing was restored: {path} cannot be renamed ({error}). {_what_now(kept)}"
            ) from error
        kept.append(aside)
    return kept


def _copy(source: Path, target: Path) -> None:
    """Copy all pages in one transaction; a target that is in use keeps its file."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as origin,
        closing(sqlite3.connect(target, timeout=BUSY_SECONDS)) as copy,
    ):
        origin.backup(copy)


def _require_whole(path: Path) -> None:
    """Raise WorkspaceError where a database is damaged."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as db:
            found = str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise
        found = str(error)
    if found != "ok":
        raise WorkspaceError(f"{path.name} is damaged ({found.splitlines()[0][:200]}).")


def _is_empty(path: Path) -> bool:
    """Whether a database has no tables, as after a first start that found no room."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as db:
        return db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _open_new(path: Path) -> int:
    path.unlink(missing_ok=True)  # of a backup that was interrupted
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """A temporary folder on the same disk, which only its owner may look into."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".halobot-", dir=path.parent) as folder:
        yield Path(folder)
