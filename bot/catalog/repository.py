"""What the catalogue holds: loading, changing and reading entries. With `file`, `index` and `schema` the only place
with its SQL.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from bot.catalog.database import CatalogDatabase
from bot.catalog.models import Entry, Episode, Filters, Glossary, Mention, Seeds, Version
from bot.catalog.provenance import with_source_mentions
from bot.catalog.rows import (
    entry_from_row,
    entry_to_row,
    episode_from_row,
    episode_to_row,
    parse_stored_version,
    parse_text_list,
    timestamp_to_seconds,
)
from bot.catalog.search_index import filter_condition, refresh_index

_COLUMNS = "id, key, kind, version, title, summary, answer, area, highlighted, caution, names, also, line_hash, source"


@dataclass(frozen=True, slots=True)
class SeedLoadReport:
    """What loading the seeds did, in numbers of entries."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0

    def __str__(self) -> str:
        return f"{self.added} new, {self.updated} changed, {self.removed} removed, {self.unchanged} as they were"


class Catalog(CatalogDatabase):
    """All entries in one SQLite file. Makes the file, its folder and its tables when they are not there yet."""

    # -- writing ------------------------------------------------------------------------------------------------------

    def load_seeds(self, seeds: Seeds) -> SeedLoadReport:
        """Bring the catalogue up to the seeds, all or nothing. Entries from elsewhere stay; a seed wins over them."""
        with self.write_transaction() as db:
            self._load_reference_tables(db, seeds)
            known = {entry.key: entry for entry in self._entries_where(db, "1", ())}
            wanted = {entry.key: entry for entry in with_source_mentions(db, seeds.entries)}
            changed = [entry for entry in wanted.values() if known.get(entry.key) != entry]
            gone = (
                [key for key, entry in known.items() if entry.source == "seeds" and key not in wanted] if wanted else []
            )
            self.upsert_within(db, changed)
            for key in gone:
                self.delete_within(db, key)
            areas = json.dumps([name for name, _ in seeds.areas])
            db.execute(
                "DELETE FROM areas WHERE name NOT IN (SELECT value FROM json_each(?) UNION SELECT area FROM entries WHERE area IS NOT NULL)",
                [areas],
            )
            refresh_index(db)
            _set_meta(db, "seeds", seeds.signature)
        added = sum(entry.key not in known for entry in changed)
        return SeedLoadReport(added, len(changed) - added, len(gone), len(wanted) - len(changed))

    def upsert(self, entries: Iterable[Entry]) -> None:
        """Add entries, or replace those with the same key, all or nothing. Unknown versions, episodes and areas are
        added.
        """
        with self.write_transaction() as db:
            self.upsert_within(db, list(entries))
            refresh_index(db)

    def _load_reference_tables(self, db: Database, seeds: Seeds) -> None:
        areas = [
            {"name": name, "also": json.dumps(also), "place": place} for place, (name, also) in enumerate(seeds.areas)
        ]
        episodes = [episode_to_row(episode) for episode in seeds.episodes]
        rows = [
            {"term": row[0], "relation": "same", "means": json.dumps(row[1:])} for row in seeds.glossary.equivalents
        ]
        rows += [
            {"term": term, "relation": "means", "means": json.dumps(means)} for term, means in seeds.glossary.expansions
        ]
        rows += [{"term": word, "relation": "everyday", "means": "[]"} for word in sorted(seeds.glossary.common_words)]
        rows += [
            {"term": product, "relation": "elsewhere", "means": "[]"} for product in seeds.glossary.foreign_products
        ]
        _upsert_changed(db, "areas", "name", areas)
        _upsert_changed(db, "episodes", "number", episodes)
        if rows != list(db.query("SELECT term, relation, means FROM glossary ORDER BY rowid")):
            db.execute("DELETE FROM glossary")
            db.table("glossary").insert_all(rows, replace=True)

    def upsert_within(self, db: Database, entries: list[Entry]) -> None:
        """Add or replace entries inside the caller's transaction; of several with the same key the last counts. The
        caller refreshes the index.
        """
        entries = list({entry.key: entry for entry in entries}.values())
        versions = {v for e in entries for v in (e.version, *e.possible_versions) if v}
        db.table("versions").insert_all(
            [{"version": v.number, "major": v.major, "minor": v.minor} for v in versions], ignore=True
        )
        db.table("episodes").insert_all(
            [{"number": n} for n in {m.episode for e in entries for m in e.mentions}], ignore=True
        )
        db.table("areas").insert_all(
            [{"name": a, "also": "[]", "place": 99} for a in {e.area for e in entries if e.area}], ignore=True
        )
        db.table("entries").upsert_all([entry_to_row(entry) for entry in entries], pk="key")
        ids = {row["key"]: row["id"] for row in db.query("SELECT id, key FROM entries")} if entries else {}
        for table in ("mentions", "possible_versions"):
            db.conn.executemany(f"DELETE FROM {table} WHERE entry = ?", [(ids[e.key],) for e in entries])
        rows = [(ids[e.key], m.episode, timestamp_to_seconds(m.at), m.at) for e in entries for m in e.mentions]
        db.conn.executemany("INSERT OR REPLACE INTO mentions (entry, episode, seconds, at) VALUES (?, ?, ?, ?)", rows)
        db.table("possible_versions").insert_all(
            [{"entry": ids[e.key], "version": v.number} for e in entries for v in e.possible_versions], replace=True
        )

    def delete_within(self, db: Database, key: str) -> None:
        """Remove an entry, if it is there, inside the caller's transaction."""
        for (number,) in db.execute("SELECT id FROM entries WHERE key = ?", [key]).fetchall():
            for table, column in (("mentions", "entry"), ("possible_versions", "entry"), ("entries", "id")):
                db.execute(f"DELETE FROM {table} WHERE {column} = ?", [number])

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def seeds_signature(self) -> str | None:
        """The signature of the seeds loaded last, or None when none were."""
        row = self.db.execute("SELECT value FROM meta WHERE name = 'seeds'").fetchone()
        return row[0] if row else None

    @property
    def catalog_id(self) -> str:
        """Stands for this catalogue: one that is made anew, after its file was deleted, has another. Made up when it is
        first asked for.
        """
        query = "SELECT value FROM meta WHERE name = 'made'"
        row = self.db.execute(query).fetchone()
        if row is None:
            with self.write_transaction() as db:
                db.execute("INSERT OR IGNORE INTO meta (name, value) VALUES ('made', ?)", [secrets.token_hex(8)])
                row = db.execute(query).fetchone()
        return str(row[0])

    def entries(self, keys: Iterable[str] | None = None) -> list[Entry]:
        """The entries with these keys in the order asked for (unknown keys left out); all of them, by id, when None."""
        if keys is None:
            return self._entries_where(self.db, "1", ())
        wanted = list(dict.fromkeys(keys))
        found = {
            entry.key: entry
            for entry in self._entries_where(self.db, "key IN (SELECT value FROM json_each(?))", [json.dumps(wanted)])
        }
        return [found[key] for key in wanted if key in found]

    def entries_by_id(self, ids: list[int]) -> dict[int, Entry]:
        """The entries with these row numbers, by number."""
        return dict(self._entries_with_ids(self.db, "id IN (SELECT value FROM json_each(?))", [json.dumps(ids)]))

    def keys_matching(self, filters: Filters) -> list[str]:
        """Keys of the entries that pass the filters: sure of their version first, then newest, highlights, and as
        episodes tell them.
        """
        return [key for _, key in self._matching(filters)]

    def ids_matching(self, filters: Filters) -> list[int]:
        """Row numbers of the entries that pass the filters, in the same order."""
        return [number for number, _ in self._matching(filters)]

    def _matching(self, filters: Filters) -> list[tuple[int, str]]:
        where, values = filter_condition(filters)
        heard = "(SELECT min(100000 * episode + seconds) FROM mentions WHERE entry = e.id)"
        order = f"version IS NULL, v.major DESC, v.minor DESC, highlighted DESC, kind, {heard}, key"
        return self.db.execute(
            f"SELECT e.id, key FROM entries e LEFT JOIN versions v USING (version) WHERE {where} ORDER BY {order}",
            values,
        ).fetchall()

    def ids(self, keys: Iterable[str]) -> list[int]:
        """The row numbers of these keys, in no particular order."""
        return [
            row[0]
            for row in self.db.execute(
                "SELECT id FROM entries WHERE key IN (SELECT value FROM json_each(?))", [json.dumps(list(keys))]
            )
        ]

    def keys(self) -> frozenset[str]:
        """Every key there is."""
        return frozenset(row[0] for row in self.db.execute("SELECT key FROM entries"))

    def glossary(self) -> Glossary:
        """What people call things."""
        read = self.db.execute("SELECT term, relation, means FROM glossary ORDER BY rowid")
        rows = [(term, relation, parse_text_list(means) if means != "[]" else ()) for term, relation, means in read]
        return Glossary(
            tuple((term, *means) for term, relation, means in rows if relation == "same"),
            tuple((term, means) for term, relation, means in rows if relation == "means"),
            frozenset(term for term, relation, _ in rows if relation == "everyday"),
            tuple(term for term, relation, _ in rows if relation == "elsewhere"),
        )

    def entry_count(self) -> int:
        """How many entries there are."""
        return int(self.db.execute("SELECT count(*) FROM entries").fetchone()[0])

    def versions(self) -> list[Version]:
        """The versions that have entries, oldest first."""
        rows = self.db.execute(
            "SELECT major, minor FROM versions WHERE version IN (SELECT version FROM entries UNION SELECT version FROM possible_versions)"
        )
        return sorted(Version(*row) for row in rows)

    def episodes(self) -> dict[int, Episode]:
        """Every episode by its number."""
        return {row["number"]: episode_from_row(row) for row in self.db.query("SELECT * FROM episodes ORDER BY number")}

    def areas(self) -> dict[str, tuple[str, ...]]:
        """Every area and what people call it, in the order of the seeds."""
        return {
            row["name"]: parse_text_list(row["also"])
            for row in self.db.query("SELECT * FROM areas ORDER BY place, name")
        }

    def _entries_where(self, db: Database, where: str, values: Iterable[Any]) -> list[Entry]:
        return [entry for _, entry in self._entries_with_ids(db, where, values)]

    def _entries_with_ids(self, db: Database, where: str, values: Iterable[Any]) -> list[tuple[int, Entry]]:
        rows = list(db.query(f"SELECT {_COLUMNS} FROM entries WHERE {where} ORDER BY id", list(values)))
        inside = f"entry IN (SELECT id FROM entries WHERE {where})"
        mentions: dict[int, list[Mention]] = {}
        for number, episode, at in db.execute(
            f"SELECT entry, episode, at FROM mentions WHERE {inside} ORDER BY rowid", list(values)
        ):
            mentions.setdefault(number, []).append(Mention(episode, at))
        possible: dict[int, list[Version]] = {}
        for number, version in db.execute(
            f"SELECT entry, version FROM possible_versions WHERE {inside} ORDER BY rowid", list(values)
        ):
            if known := parse_stored_version(version):
                possible.setdefault(number, []).append(known)
        return [
            (row["id"], entry_from_row(row, mentions.get(row["id"], []), possible.get(row["id"], []))) for row in rows
        ]


def _upsert_changed(db: Database, table: str, key: str, rows: list[dict[str, Any]]) -> None:
    """Write the rows that differ from what is there; a load that changes nothing must not move the revision."""
    known = {row[key]: row for row in db.query(f"SELECT * FROM {table}")}
    db.table(table).upsert_all([row for row in rows if known.get(row[key]) != row], pk=key)


def _set_meta(db: Database, name: str, value: str) -> None:
    db.table("meta").upsert({"name": name, "value": value}, pk="name")
