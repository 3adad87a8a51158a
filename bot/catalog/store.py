"""The catalogue database: the only place with its SQL, together with `index` and `schema`.

A connection belongs to the thread that opened it (slack-bolt runs listeners in five), and is opened anew when the file was
replaced. Reading never waits for writing (WAL).
"""

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from bot.catalog.index import refresh_index, where_of
from bot.catalog.models import Entry, Episode, Filters, Glossary, Mention, Seeds, Version
from bot.catalog.provenance import with_said_mentions
from bot.catalog.rows import entry_of, entry_row, episode_row, phrases, seconds
from bot.catalog.schema import migrations
from bot.errors import CatalogueError

BUSY_SECONDS = 10.0  # how long a writer waits for another one before giving up
_COLUMNS = "id, key, kind, version, title, summary, answer, area, highlighted, caution, names, also, line_hash, source"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What loading the seeds did, in numbers of entries."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return f"{self.added} new, {self.updated} changed, {self.removed} removed, {self.unchanged} as they were"


class Catalogue:
    """All entries in one SQLite file. Makes the file, its folder and its tables when they are not there yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @property
    def db(self) -> Database:
        """This thread's connection. Raises CatalogueError when the file cannot be used."""
        opened: Database | None = getattr(self._local, "db", None)
        if opened is not None and self._local.file == _identity(self.path):
            return opened
        if opened is not None:
            opened.close()
        self._local.db = self._open()
        self._local.file = _identity(self.path)
        return self._local.db  # type: ignore[no-any-return]

    def _open(self) -> Database:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS)
            db = Database(connection, execute_plugins=False)
            db.execute("PRAGMA foreign_keys = on")
            if migrations.pending(db):
                db.enable_wal()
                with writing(db):
                    migrations.apply(db)
            return db
        except (sqlite3.Error, OSError) as error:
            raise CatalogueError(
                f"The catalogue at {self.path} cannot be opened ({error}). Check the path in HALO_CATALOG and that it may be written."
            ) from error

    def close(self) -> None:
        """Close this thread's connection."""
        if getattr(self._local, "db", None) is not None:
            self._local.db.close()
            self._local.db = None

    # -- writing ------------------------------------------------------------------------------------------------------

    def load(self, seeds: Seeds) -> LoadReport:
        """Bring the catalogue up to the seeds, all or nothing. Entries from elsewhere stay; a seed wins over them."""
        with self.transaction() as db:
            self._load_surroundings(db, seeds)
            known = {entry.key: entry for entry in self._entries(db, "1", ())}
            wanted = {entry.key: entry for entry in with_said_mentions(db, seeds.entries)}
            changed = [entry for entry in wanted.values() if known.get(entry.key) != entry]
            gone = [key for key, entry in known.items() if entry.source == "seeds" and key not in wanted] if wanted else []
            self.put_in(db, changed)
            for key in gone:
                self.delete_in(db, key)
            areas = json.dumps([name for name, _ in seeds.areas])
            db.execute("DELETE FROM areas WHERE name NOT IN (SELECT value FROM json_each(?) UNION SELECT area FROM entries WHERE area IS NOT NULL)", [areas])
            refresh_index(db)
            _set_meta(db, "seeds", seeds.signature)
        added = sum(entry.key not in known for entry in changed)
        return LoadReport(added, len(changed) - added, len(gone), len(wanted) - len(changed))

    def put(self, entries: Iterable[Entry]) -> None:
        """Add entries, or replace those with the same key, all or nothing. Unknown versions, episodes and areas are added."""
        with self.transaction() as db:
            self.put_in(db, list(entries))
            refresh_index(db)

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """One all-or-nothing change. Raises CatalogueError when the file cannot be written; then nothing was changed."""
        db = self.db
        try:
            with writing(db):
                yield db
            _checkpoint(db)
        except (sqlite3.Error, UnicodeEncodeError) as error:
            raise CatalogueError(f"The catalogue at {self.path} could not be written ({error}); nothing was changed.") from error

    def _load_surroundings(self, db: Database, seeds: Seeds) -> None:
        areas = [{"name": name, "also": json.dumps(also), "place": place} for place, (name, also) in enumerate(seeds.areas)]
        episodes = [episode_row(episode) for episode in seeds.episodes]
        rows = [{"term": row[0], "relation": "same", "means": json.dumps(row[1:])} for row in seeds.glossary.same]
        rows += [{"term": term, "relation": "means", "means": json.dumps(means)} for term, means in seeds.glossary.means]
        rows += [{"term": word, "relation": "everyday", "means": "[]"} for word in sorted(seeds.glossary.everyday)]
        rows += [{"term": product, "relation": "elsewhere", "means": "[]"} for product in seeds.glossary.elsewhere]
        _bring_up(db, "areas", "name", areas)
        _bring_up(db, "episodes", "number", episodes)
        if rows != list(db.query("SELECT term, relation, means FROM glossary ORDER BY rowid")):
            db.execute("DELETE FROM glossary")
            db.table("glossary").insert_all(rows, replace=True)

    def put_in(self, db: Database, entries: list[Entry]) -> None:
        """Add or replace entries inside the caller's transaction; of several with the same key the last counts. The caller refreshes the index."""
        entries = list({entry.key: entry for entry in entries}.values())
        versions = {v for e in entries for v in (e.version, *e.possible_versions) if v}
        db.table("versions").insert_all([{"version": v.number, "major": v.major, "minor": v.minor} for v in versions], ignore=True)
        db.table("episodes").insert_all([{"number": n} for n in {m.episode for e in entries for m in e.mentions}], ignore=True)
        db.table("areas").insert_all([{"name": a, "also": "[]", "place": 99} for a in {e.area for e in entries if e.area}], ignore=True)
        db.table("entries").upsert_all([entry_row(entry) for entry in entries], pk="key")
        ids = {row["key"]: row["id"] for row in db.query("SELECT id, key FROM entries")} if entries else {}
        for table in ("mentions", "possible_versions"):
            db.conn.executemany(f"DELETE FROM {table} WHERE entry = ?", [(ids[e.key],) for e in entries])
        rows = [(ids[e.key], m.episode, seconds(m.at), m.at) for e in entries for m in e.mentions]
        db.conn.executemany("INSERT OR REPLACE INTO mentions (entry, episode, seconds, at) VALUES (?, ?, ?, ?)", rows)
        db.table("possible_versions").insert_all([{"entry": ids[e.key], "version": v.number} for e in entries for v in e.possible_versions], replace=True)

    def delete_in(self, db: Database, key: str) -> None:
        """Remove an entry inside the caller's transaction."""
        (number,) = db.execute("SELECT id FROM entries WHERE key = ?", [key]).fetchone()
        for table, column in (("mentions", "entry"), ("possible_versions", "entry"), ("entries", "id")):
            db.execute(f"DELETE FROM {table} WHERE {column} = ?", [number])

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turns a failure to read into a CatalogueError that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise CatalogueError(f"The catalogue at {self.path} cannot be read ({error}). Delete it, and it is made anew from the seeds.") from error

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def revision(self) -> int:
        """A number that is another one after every change, whoever made it, and when the file was replaced."""
        try:
            (value,) = self.db.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()
            return hash((self._local.file, int(value)))
        except (sqlite3.Error, TypeError) as error:
            self.close()  # the file was written over while we had it open; the next question opens it anew
            raise CatalogueError(f"The catalogue at {self.path} cannot be read ({error}). Put back a good copy, or delete it and restart.") from error

    @property
    def seeds_signature(self) -> str | None:
        """The signature of the seeds loaded last, or None when none were."""
        row = self.db.execute("SELECT value FROM meta WHERE name = 'seeds'").fetchone()
        return row[0] if row else None

    def entries(self, keys: Iterable[str] | None = None) -> list[Entry]:
        """The entries with these keys in the order asked for (unknown keys left out); all of them, by id, when None."""
        if keys is None:
            return self._entries(self.db, "1", ())
        wanted = list(dict.fromkeys(keys))
        found = {entry.key: entry for entry in self._entries(self.db, "key IN (SELECT value FROM json_each(?))", [json.dumps(wanted)])}
        return [found[key] for key in wanted if key in found]

    def entries_by_id(self, ids: list[int]) -> dict[int, Entry]:
        """The entries with these row numbers, by number."""
        return dict(self._numbered(self.db, "id IN (SELECT value FROM json_each(?))", [json.dumps(ids)]))

    def matching(self, filters: Filters) -> list[str]:
        """Keys of the entries that pass the filters: sure of their version first, then newest, highlights, and by number."""
        where, values = where_of(filters)
        order = "version IS NULL, v.major DESC, v.minor DESC, highlighted DESC, kind, e.id"
        return [row[0] for row in self.db.execute(f"SELECT key FROM entries e LEFT JOIN versions v USING (version) WHERE {where} ORDER BY {order}", values)]

    def ids(self, keys: Iterable[str]) -> list[int]:
        """The row numbers of these keys, in no particular order."""
        return [row[0] for row in self.db.execute("SELECT id FROM entries WHERE key IN (SELECT value FROM json_each(?))", [json.dumps(list(keys))])]

    def keys(self) -> frozenset[str]:
        """Every key there is."""
        return frozenset(row[0] for row in self.db.execute("SELECT key FROM entries"))

    def glossary(self) -> Glossary:
        """What people call things."""
        rows = [(row[0], row[1], tuple(json.loads(row[2]))) for row in self.db.execute("SELECT term, relation, means FROM glossary ORDER BY rowid")]
        return Glossary(
            tuple((term, *means) for term, relation, means in rows if relation == "same"),
            tuple((term, means) for term, relation, means in rows if relation == "means"),
            frozenset(term for term, relation, _ in rows if relation == "everyday"),
            tuple(term for term, relation, _ in rows if relation == "elsewhere"),
        )

    def index_stale(self) -> None:
        """Bring the search index up to changes that another program made; without any it only looks."""
        if self.db.execute("SELECT 1 FROM stale LIMIT 1").fetchone():
            with self.transaction() as db:
                refresh_index(db)

    def entry_count(self) -> int:
        """How many entries there are."""
        return int(self.db.execute("SELECT count(*) FROM entries").fetchone()[0])

    def versions(self) -> list[Version]:
        """The versions that have entries, oldest first."""
        rows = self.db.execute("SELECT major, minor FROM versions WHERE version IN (SELECT version FROM entries UNION SELECT version FROM possible_versions)")
        return sorted(Version(*row) for row in rows)

    def episodes(self) -> dict[int, Episode]:
        """Every episode by its number."""
        return {
            row["number"]: Episode(
                row["number"], row["url"], row["published"], tuple(json.loads(row["hosts"] or "[]")),
                tuple(Version.parse(v) for v in json.loads(row["versions"] or "[]")),
            )
            for row in self.db.query("SELECT * FROM episodes ORDER BY number")
        }  # fmt: skip

    def areas(self) -> dict[str, tuple[str, ...]]:
        """Every area and what people call it, in the order of the seeds."""
        return {row["name"]: phrases(row["also"]) for row in self.db.query("SELECT * FROM areas ORDER BY place, name")}

    def _entries(self, db: Database, where: str, values: Iterable[Any]) -> list[Entry]:
        return [entry for _, entry in self._numbered(db, where, values)]

    def _numbered(self, db: Database, where: str, values: Iterable[Any]) -> list[tuple[int, Entry]]:
        rows = list(db.query(f"SELECT {_COLUMNS} FROM entries WHERE {where} ORDER BY id", list(values)))
        inside = f"entry IN (SELECT id FROM entries WHERE {where})"
        mentions: dict[int, list[Mention]] = {}
        for number, episode, at in db.execute(f"SELECT entry, episode, at FROM mentions WHERE {inside} ORDER BY rowid", list(values)):
            mentions.setdefault(number, []).append(Mention(episode, at))
        possible: dict[int, list[Version]] = {}
        for number, version in db.execute(f"SELECT entry, version FROM possible_versions WHERE {inside} ORDER BY rowid", list(values)):
            possible.setdefault(number, []).append(Version.parse(version))
        return [(row["id"], entry_of(row, mentions.get(row["id"], []), possible.get(row["id"], []))) for row in rows]


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One write transaction, begun as a writer so that two processes wait for each other instead of failing half-way."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


def _checkpoint(db: Database) -> None:
    """Move what was written from the -wal file into the catalogue itself, so that the one file can be copied, or replaced under us.

    A -wal file that outlives its catalogue would be replayed into the next one. Whoever is reading is not waited for long.
    """
    db.execute("PRAGMA busy_timeout = 100")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")


def _bring_up(db: Database, table: str, key: str, rows: list[dict[str, Any]]) -> None:
    """Write the rows that differ from what is there; a load that changes nothing must not move the revision."""
    known = {row[key]: row for row in db.query(f"SELECT * FROM {table}")}
    db.table(table).upsert_all([row for row in rows if known.get(row[key]) != row], pk=key)


def _set_meta(db: Database, name: str, value: str) -> None:
    db.table("meta").upsert({"name": name, "value": value}, pk="name")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file this is now; None when there is none (someone deleted it while we ran)."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
