"""Backup and restore: what comes back is what was committed, and nothing is lost where it cannot be done."""

import sqlite3
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import HalobotError, WorkspaceError
from bot.storage import backup
from bot.storage.backup import back_up, copied, restore

NOW = datetime(2026, 11, 29, 15, 0, tzinfo=UTC)
UNCHECKED: dict[str, Callable[[Path], object]] = {name: lambda copy: None for name in ("a.db", "b.db")}


def make(path: Path, *words: str) -> None:
    """A small database in WAL mode, as the bot's are."""
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA journal_mode = wal")
        db.execute("CREATE TABLE IF NOT EXISTS words (word TEXT)")
        db.executemany("INSERT INTO words VALUES (?)", [(word,) for word in words])


def words(path: Path) -> list[str]:
    """What is in it."""
    with closing(sqlite3.connect(path)) as db:
        return [word for (word,) in db.execute("SELECT word FROM words ORDER BY rowid")]


@pytest.fixture
def databases(tmp_path: Path) -> dict[str, Path]:
    """Two databases with a word each."""
    (tmp_path / "data").mkdir()
    found = {name: tmp_path / "data" / name for name in ("a.db", "b.db")}
    for name, path in found.items():
        make(path, name)
    return found


def test_round_trip(databases: dict[str, Path], tmp_path: Path):
    """A restore brings back what was in both databases at the backup; what it replaced is kept, and can be restored in
    the same way. Only the owner may read any of these files, and nothing else is left behind.
    """
    target = tmp_path / "backup.zip"
    assert back_up(databases, target) == ["a.db", "b.db"]
    make(databases["a.db"], "later")
    (kept,) = restore(target, databases, UNCHECKED, NOW)
    assert (words(databases["a.db"]), words(databases["b.db"])) == (["a.db"], ["b.db"])
    assert [path.stat().st_mode & 0o777 for path in (target, kept, *databases.values())] == [0o600] * 4
    restore(kept, databases, UNCHECKED, NOW.replace(hour=16))
    assert words(databases["a.db"]) == ["a.db", "later"]
    left = {path.name for path in databases["a.db"].parent.iterdir() if not path.name.endswith(("-wal", "-shm"))}
    assert left == {"a.db", "b.db", kept.name, "before-restore-20261129-160000.zip"}


def test_into_an_empty_place(databases: dict[str, Path], tmp_path: Path):
    """A restore on a new machine makes the folder, and keeps nothing, as nothing was there."""
    back_up(databases, tmp_path / "backup.zip")
    new = {name: tmp_path / "new" / "data" / name for name in databases}
    assert restore(tmp_path / "backup.zip", new, UNCHECKED, NOW) == []
    assert words(new["b.db"]) == ["b.db"]


def test_while_it_is_written(databases: dict[str, Path], tmp_path: Path):
    """Under a writer, a backup has all that was committed before it, in an unbroken row, and nothing half done; a
    connection that is open sees what a restore brings.
    """
    is_over, counted = threading.Event(), []

    def write() -> None:
        with closing(sqlite3.connect(databases["a.db"], timeout=30)) as db:
            for number in range(100_000):
                with db:
                    db.executemany("INSERT INTO words VALUES (?)", [(f"{number}",), (f"{number}",)])
                counted.append(number)
                if is_over.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(5):
            while len(counted) < 20 * (turn + 1):
                pass
            before = len(counted)
            back_up(databases, tmp_path / f"{turn}.zip")
            copy = {name: tmp_path / f"{turn}-{name}" for name in databases}
            restore(tmp_path / f"{turn}.zip", copy, UNCHECKED, NOW)
            found = words(copy["a.db"])[1:]
            assert len(found) >= 2 * before
            assert found == [f"{number}" for number in range(len(found) // 2) for _ in range(2)]
    finally:
        is_over.set()
        writer.join()
    with closing(sqlite3.connect(databases["a.db"])) as reader:
        assert reader.execute("SELECT count(*) FROM words").fetchone()[0] == 2 * len(counted) + 1
        restore(tmp_path / "0.zip", databases, UNCHECKED, NOW)
        assert reader.execute("SELECT count(*) FROM words").fetchone()[0] < 2 * len(counted) + 1


def test_a_damaged_database(databases: dict[str, Path], tmp_path: Path):
    """A damaged database is not backed up as if it were whole; a restore keeps it under another name."""
    back_up(databases, tmp_path / "backup.zip")
    databases["a.db"].write_bytes(b"This is a letter to grandmother.\n" * 500)
    with pytest.raises(WorkspaceError):
        back_up(databases, tmp_path / "second.zip")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("second")]
    kept = restore(tmp_path / "backup.zip", databases, UNCHECKED, NOW)
    assert [path.name for path in kept] == ["before-restore-20261129-150000.zip", "a.db.damaged-20261129-150000"]
    assert kept[1].read_bytes().startswith(b"This is a letter")
    assert words(databases["a.db"]) == ["a.db"]


def spoil_middle(path: Path) -> None:
    """Change some bytes of what is packed in it."""
    data = bytearray(path.read_bytes())
    data[60:80] = b"x" * 20
    path.write_bytes(data)


BROKEN: dict[str, Callable[[Path], object]] = {
    "no zip": lambda path: path.write_text("something else"),
    "empty": lambda path: path.write_bytes(b""),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "changed bytes": spoil_middle,
}


@pytest.mark.parametrize("break_it", BROKEN.values(), ids=BROKEN)
def test_a_broken_backup(databases: dict[str, Path], tmp_path: Path, break_it: Callable[[Path], object]):
    """A backup that cannot be read is refused in a sentence, and the databases stay as they are."""
    back_up(databases, tmp_path / "backup.zip")
    make(databases["a.db"], "later")
    break_it(tmp_path / "backup.zip")
    with pytest.raises(WorkspaceError, match=r"backup\.zip"):
        restore(tmp_path / "backup.zip", databases, UNCHECKED, NOW)
    assert words(databases["a.db"]) == ["a.db", "later"]


def test_a_backup_with_other_things(databases: dict[str, Path], tmp_path: Path):
    """A file that is no database, or has another name, also one that leads elsewhere, is not taken."""
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("../a.db", "outside")
    with pytest.raises(WorkspaceError, match="no backup of Halobot"):
        restore(tmp_path / "other.zip", databases, UNCHECKED, NOW)
    with zipfile.ZipFile(tmp_path / "letter.zip", "w") as archive:
        archive.writestr("a.db", "a letter " * 500)
    with pytest.raises(WorkspaceError, match=r"a\.db is damaged"):
        restore(tmp_path / "letter.zip", databases, UNCHECKED, NOW)
    assert words(databases["a.db"]) == ["a.db"]


def test_a_copy_that_is_not_to_be_used(databases: dict[str, Path], tmp_path: Path):
    """Where the check of one copy fails, as for a newer version's, neither database is changed."""
    back_up(databases, tmp_path / "backup.zip")
    for path in databases.values():
        make(path, "later")

    def refuse(copy: Path) -> None:
        assert words(copy) == ["b.db"]
        raise HalobotError(f"{copy} is too new.", "Name another one.")

    said = r"^b\.db in .*backup\.zip cannot be restored\. b\.db is too new\. Nothing was changed\. Restore another"
    with pytest.raises(WorkspaceError, match=said):
        restore(tmp_path / "backup.zip", databases, {**UNCHECKED, "b.db": refuse}, NOW)
    assert words(databases["a.db"]) == ["a.db", "later"]


def test_an_older_backup_with_an_empty_catalogue(databases: dict[str, Path], tmp_path: Path) -> None:
    """The database that is there in such a backup is restored; the empty one replaces nothing."""
    with zipfile.ZipFile(tmp_path / "backup.zip", "w") as archive:
        archive.writestr("b.db", b"")
        archive.write(databases["a.db"], "a.db")
    for path in databases.values():
        make(path, "later")
    restore(tmp_path / "backup.zip", databases, UNCHECKED, NOW)
    assert words(databases["a.db"]) == ["a.db"]
    assert words(databases["b.db"]) == ["b.db", "later"]


def test_a_damaged_database_that_cannot_be_put_aside(
    databases: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one of two damaged files has its new name already, it is said where that is."""
    back_up(databases, tmp_path / "backup.zip")
    for path in databases.values():
        path.write_bytes(b"This is a letter to grandmother.\n" * 500)
    rename = backup.os.rename

    def rename_but_one(old: str, new: str) -> None:
        if "b.db" in old:
            raise PermissionError(13, "Permission denied")
        rename(old, new)

    monkeypatch.setattr(backup.os, "rename", rename_but_one)
    with pytest.raises(WorkspaceError, match=r"Nothing was restored: .*b\.db cannot .*is in .*a\.db\.damaged-"):
        restore(tmp_path / "backup.zip", databases, UNCHECKED, NOW)


def test_a_disk_that_cannot_be_written(databases: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A backup that cannot be finished leaves no file; one that is there is never overwritten."""
    (tmp_path / "there.zip").write_text("precious")
    with pytest.raises(WorkspaceError, match="is there already"):
        back_up(databases, tmp_path / "there.zip")
    assert (tmp_path / "there.zip").read_text() == "precious"

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.os, "fsync", fail)
    with pytest.raises(WorkspaceError, match="No space left"):
        back_up(databases, tmp_path / "new.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "there.zip"]


def fill_disk(monkeypatch: pytest.MonkeyPatch, is_full: Callable[[Path], bool]) -> None:
    """From now on nothing can be copied into the files that this is said of."""
    copy = backup._copy

    def copy_where_room_is(source: Path, target: Path) -> None:
        if is_full(target):
            raise sqlite3.OperationalError("database or disk is full")
        copy(source, target)

    monkeypatch.setattr(backup, "_copy", copy_where_room_is)


def test_no_room_to_keep_what_is_there(
    databases: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what is there cannot be kept, nothing is restored, and a damaged file stays in its place: the bot would
    begin anew without it.
    """
    back_up(databases, tmp_path / "backup.zip")
    databases["a.db"].write_bytes(b"This is a letter to grandmother.\n" * 500)
    fill_disk(monkeypatch, lambda target: target not in databases.values())
    with pytest.raises(WorkspaceError, match=r"Nothing was restored.*disk is full"):
        restore(tmp_path / "backup.zip", databases, UNCHECKED, NOW)
    assert databases["a.db"].read_bytes().startswith(b"This is a letter")
    assert words(databases["b.db"]) == ["b.db"]


def test_no_room_half_way(databases: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full after the first database, it is said which one is missing, and where what was there before
    is kept. A damaged one is replaced without any room.
    """
    back_up(databases, tmp_path / "backup.zip")
    make(databases["b.db"], "later")
    databases["a.db"].write_bytes(b"This is a letter to grandmother.\n" * 500)
    fill_disk(monkeypatch, lambda target: target in databases.values())
    with pytest.raises(WorkspaceError) as refused:
        restore(tmp_path / "backup.zip", databases, UNCHECKED, NOW)
    said = str(refused.value)
    for part in (f"Not restored: {databases['b.db']} (database or disk is full)", "before-restore-", "a.db.damaged-"):
        assert part in said
    assert f"{databases['a.db']} " not in said
    assert (words(databases["a.db"]), words(databases["b.db"])) == (["a.db"], ["b.db", "later"])


@pytest.mark.parametrize("tables", [False, True])
def test_an_empty_database(databases: dict[str, Path], tmp_path: Path, tables: bool) -> None:
    """An empty database in a backup is not put in the place of a full one; an empty file is in no backup, and is
    replaced.
    """
    (tmp_path / "empty.db").write_bytes(b"")
    if tables:
        with closing(sqlite3.connect(tmp_path / "empty.db")) as db:
            db.executescript("CREATE TABLE x (y); DROP TABLE x")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as archive:
        archive.write(tmp_path / "empty.db", "a.db")
    with pytest.raises(WorkspaceError, match=r"a\.db in .* is empty"):
        restore(tmp_path / "empty.zip", databases, UNCHECKED, NOW)
    assert words(databases["a.db"]) == ["a.db"]
    back_up(databases, tmp_path / "full.zip")
    databases["a.db"].write_bytes((tmp_path / "empty.db").read_bytes())
    assert back_up(databases, tmp_path / "one.zip") == (["a.db", "b.db"] if tables else ["b.db"])
    restore(tmp_path / "full.zip", databases, UNCHECKED, NOW)
    assert words(databases["a.db"]) == ["a.db"]


def test_where_no_copy_can_be_written():
    """In a folder that takes no file, what was asked for ends with a sentence that says what is needed."""
    refused = pytest.raises(WorkspaceError, match=r"/proc/version cannot be copied .*folder that may be written")
    with refused, copied(Path("/proc/version")):
        pass
