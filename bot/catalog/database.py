"""The SQLite file of the catalogue: opening it, and reading or changing it in one piece.

A connection belongs to the thread that opened it, because Slack's listeners run in several threads. It is opened anew
when the file was replaced. Readers never wait for a writer (WAL).
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from bot.catalog.current_schema import create_current_schema
from bot.catalog.damage import FileIdentity, file_identity, find_damage, is_damage, set_aside
from bot.catalog.indexing import refresh_index
from bot.catalog.schema import migrations
from bot.catalog.upgrade_plan import require_known
from bot.database_advice import advice_on
from bot.errors import CatalogueError, ChangeKeptError
from bot.private_files import create_private, make_private

BUSY_TIMEOUT_SECONDS = 10.0  # how long a writer waits for another one before it gives up
WRITE_CACHE_KB, READ_CACHE_KB = 64_000, 2_000  # at most; with too little, many changes are written more than once


class CatalogDatabase:
    """One SQLite file, shared between threads and with other programs. `on_created` is called after a file that was not
    there, or was empty, was created; `on_damaged` with what is wrong and where the damaged file is kept, before that.
    """

    owner = ""  # the team that this is the catalogue of; empty: everybody's

    def __init__(self, path: Path) -> None:
        self.path = path
        self.on_created: Callable[[], object] = lambda: None
        self.on_damaged: Callable[[str, Path], object] = lambda problem, kept: None
        self._local = threading.local()
        self._open_lock = threading.RLock()
        self._was_opened = False

    @property
    def db(self) -> Database:
        """This thread's connection. Raises CatalogueError when the file can't be used."""
        current: Database | None = getattr(self._local, "db", None)
        if current is not None and (current.conn.in_transaction or self._local.file == file_identity(self.path)):
            return current
        if current is not None:
            self._local.db = None  # also where no other one can be opened now
            current.close()
        with self._open_lock:
            self._local.db, is_new = self._open()
            self._local.file = file_identity(self.path)
            if is_new:  # it is the first time, or someone deleted the file while we ran
                self.on_created()
        return self._local.db  # type: ignore[no-any-return]

    def _open(self) -> tuple[Database, bool]:
        """A connection, and whether the file had no tables yet."""
        try:
            return self._connect()
        except CatalogueError as error:
            if not (is_damage(error.__cause__) and self.replace_damaged(str(error.__cause__))):
                raise
        return self._connect()

    def _connect(self) -> tuple[Database, bool]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not self.path.exists():
                create_private(self.path)
            # Not checked: a long statement may run in a second thread, see `indexing`.
            connection = sqlite3.connect(self.path, timeout=BUSY_TIMEOUT_SECONDS, check_same_thread=False)
            db = Database(connection, execute_plugins=False)
            db.execute("PRAGMA foreign_keys = on")
            is_new = _is_empty(db)
            if not self._was_opened:  # later, another process may be upgraded while this one goes on
                require_known(db, self.path)
                make_private(self.path)  # not before: a file of something else stays as it is
                self._was_opened = True
            if is_new or migrations.pending(db):
                db.enable_wal()
                with immediate_transaction(db):
                    if _is_empty(db):  # still: another process may have been faster
                        create_current_schema(db, migrations)
                    migrations.apply(db)
            return db, is_new
        except (sqlite3.Error, UnicodeDecodeError, OSError) as error:
            advice = advice_on(str(error), "Check the path in HALO_CATALOG and that it may be written.", "HALO_CATALOG")
            raise CatalogueError(f"The catalogue at {self.path} cannot be opened ({error}). {advice}") from error

    def replace_damaged(self, problem: str = "", identity: FileIdentity | None = None) -> bool:
        """Put the file aside, so that the next use makes a new one, if it is damaged. `problem`: what is known of that
        already; without it, all of the file is read. Returns whether it was put aside.
        """
        identity = identity or file_identity(self.path)
        problem = problem or find_damage(self.path)
        with self._open_lock:
            kept = set_aside(self.path, identity) if problem else None
        if kept is None:
            return False
        self.close()
        self.on_damaged(problem, kept)
        return True

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._local, "db", None) is not None:
            self._local.db.close()
            self._local.db = None

    @contextmanager
    def write_transaction(self) -> Iterator[Database]:
        """One all-or-nothing change. A write transaction inside another is a part of it.

        Raises CatalogueError when the file can't be written; nothing was changed then. It is a ChangeKeptError where
        `note_kept` was called inside.
        """
        db = self.db
        if getattr(self._local, "writing", False):
            yield db
            return
        try:
            db.execute(f"PRAGMA cache_size = -{WRITE_CACHE_KB}")
            self._local.is_kept = False
            with immediate_transaction(db):
                self._local.writing = True
                try:
                    yield db
                finally:
                    self._local.writing = False
            _checkpoint(db)
            db.execute(f"PRAGMA cache_size = -{READ_CACHE_KB}")
        except (sqlite3.Error, UnicodeEncodeError) as error:
            if getattr(self._local, "is_kept", False):
                raise ChangeKeptError(
                    f"The catalogue at {self.path} could not be written ({error}). What was changed is kept in the "
                    "workspace database, and comes into the catalogue as soon as it can be written: do not repeat it."
                ) from error
            raise CatalogueError(
                f"The catalogue at {self.path} could not be written ({error}); nothing was changed. "
                f"{advice_on(str(error))}".rstrip()
            ) from error

    def note_kept(self) -> None:
        """What this thread's write transaction changes is kept outside of the catalogue from now on."""
        self._local.is_kept = True

    @contextmanager
    def read_transaction(self) -> Iterator[None]:
        """Everything read inside is of one moment, whoever writes meanwhile, and the search index agrees with it.

        Raises CatalogueError when the file can't be read.
        """
        try:
            db = self.db
            if db.conn.in_transaction:  # inside another transaction
                yield
                return
            self._local.revision = self._begin_read(db)
            try:
                yield
            finally:
                db.conn.rollback()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            identity = getattr(self._local, "file", None)
            self.close()  # the file was overwritten while we had it open; the next question opens it anew
            if is_damage(error) and self.replace_damaged(str(error), identity):
                raise CatalogueError(
                    f"The catalogue at {self.path} was damaged ({error}). It is made again: ask again in a moment."
                ) from error
            raise CatalogueError(
                f"The catalogue at {self.path} cannot be read ({error}). "
                "Put back a good copy, or delete it and restart."
            ) from error

    def _begin_read(self, db: Database) -> int:
        """Begin a read transaction in which the search index has what other programs changed. Returns its revision."""
        while True:
            db.conn.execute("BEGIN")
            revision, is_index_behind = self._read_revision(db)
            if not is_index_behind:
                return revision
            db.conn.rollback()
            with self.write_transaction():
                refresh_index(db)

    def _read_revision(self, db: Database) -> tuple[int, bool]:
        """The revision inside a transaction, and whether the search index is behind it."""
        revision, is_index_behind = db.conn.execute(
            "SELECT (SELECT value FROM meta WHERE name = 'revision'),"
            " EXISTS (SELECT 1 FROM reindex_queue) OR EXISTS (SELECT 1 FROM expansion_queue)"
        ).fetchone()
        if revision is None:
            db.conn.rollback()
            raise CatalogueError(
                f"The catalogue at {self.path} is incomplete. Put back a good copy, or delete it and restart."
            )
        return hash((self._local.file, int(revision))), bool(is_index_behind)

    @property
    def revision(self) -> int:
        """A number that changes with every change, whoever made it, and when the file was replaced.

        Raises CatalogueError when the file can't be read.
        """
        with self.read_transaction():
            if getattr(self._local, "writing", False):  # a change of our own moves it
                return self._read_revision(self.db)[0]
            return int(self._local.revision)  # the same until the end of the read transaction


@contextmanager
def immediate_transaction(db: Database) -> Iterator[None]:
    """A transaction that is a writer from its beginning: of two processes one waits, and none fails half-way."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


def _is_empty(db: Database) -> bool:
    """Whether a database has no tables."""
    return not db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()


def _checkpoint(db: Database) -> None:
    """Move what was written from the -wal file into the catalogue itself, so that the one file can be copied or
    replaced.

    A -wal file that outlives its catalogue would be replayed into the next one. Readers are not waited for long. Where
    it fails, as without room on the disk, a later one does it: what was committed is in the -wal file.
    """
    db.execute("PRAGMA busy_timeout = 100")
    with suppress(sqlite3.OperationalError):
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000:.0f}")
