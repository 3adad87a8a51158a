"""Loading, changing and reading what the catalogue holds."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from bot.catalog.bulk import insert_rows
from bot.catalog.database import CatalogDatabase
from bot.catalog.entry_codec import (
    ENTRY_COLUMNS,
    OWN_TABLES,
    entry_from_row,
    entry_to_row,
    episode_from_row,
    episode_to_row,
    parse_stored_version,
    parse_text_list,
)
from bot.catalog.expansion import expand_queued, store_translations, stored_fingerprint
from bot.catalog.indexing import BATCH_SIZE, changing_many, fill_entries_fts, queue_entries, refresh_index
from bot.catalog.models import Entry, Episode, Filters, Glossary, Mention, Seeds, Version
from bot.catalog.provenance import delete_provenance, with_source_mentions, withdraw_provenance
from bot.catalog.search_index import filter_condition

if TYPE_CHECKING:
    from bot.catalog.records import ChangeRecorder

_INSERT_ENTRIES = f"INSERT INTO entries ({', '.join(ENTRY_COLUMNS)})"
_OR_UPDATE = f"ON CONFLICT (key) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in ENTRY_COLUMNS)}"
LAST_POSITION = 99  # of an area that is not in the seeds: after all others


@dataclass(frozen=True, slots=True)
class SeedLoadReport:
    """What loading the seeds did, in numbers of entries."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    removed_keys: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{self.added} new, {self.updated} changed, {self.removed} removed, {self.unchanged} as they were"


class Catalog(CatalogDatabase):
    """All entries, in one SQLite file. Creates the file, its folder and its tables when they are not there.

    `recorder` keeps outside of it what imports change.
    """

    recorder: "ChangeRecorder | None" = None

    # -- writing ------------------------------------------------------------------------------------------------------

    def load_seeds(self, seeds: Seeds) -> SeedLoadReport:
        """Make the catalogue agree with the seeds, all or nothing.

        Entries from elsewhere stay, but a seed with the same key replaces one. Entries that were seeds and are no
        longer in them are removed; when the seeds hold no entries at all, nothing is removed. What sources said of a
        removed one with a number waits for it to come back.
        """
        with self.write_transaction() as db:
            _load_reference_tables(db, seeds)
            known = {entry.key: entry for entry in self.entries()}
            wanted = {entry.key: entry for entry in with_source_mentions(db, seeds.entries)}
            changed = [entry for entry in wanted.values() if known.get(entry.key) != entry]
            removed = [key for key, entry in known.items() if entry.source == "seeds" and key not in wanted]
            removed = removed if wanted else []
            self.upsert_within(db, changed)
            for key in removed:
                self.withdraw_within(db, key)
            _delete_unused_areas(db, [name for name, _ in seeds.areas])
            refresh_index(db)
            if seeds.translations and seeds.translations.fingerprint != stored_fingerprint(db):
                store_translations(db, seeds.translations)
                expand_queued(db)
            db.table("meta").upsert({"name": "seeds_signature", "value": seeds.signature}, pk="name")
        added = sum(entry.key not in known for entry in changed)
        counts = (added, len(changed) - added, len(removed), len(wanted) - len(changed))
        return SeedLoadReport(*counts, removed_keys=tuple(removed))

    def upsert(self, entries: Iterable[Entry]) -> None:
        """Add entries, or replace those with the same key, all or nothing.

        Versions, episodes and areas that are not known yet are added. Raises CatalogueError when the file can't be
        written.
        """
        rest = iter(entries)
        with self.write_transaction() as db:
            while batch := list(islice(rest, BATCH_SIZE)):  # however many come, few are in memory
                self.upsert_within(db, batch)
            refresh_index(db)

    def finish_index(self) -> None:
        """Do what many entries written at once leave for later: the words that are expected of new ones, which the next
        question would wait for, and `entries_fts`. Raises CatalogueError when the file can't be read or written.
        """
        with self.read_transaction():
            pass
        self.fill_entries_fts()

    def fill_entries_fts(self) -> None:
        """Give `entries_fts` what it lacks since many entries were written at once: for those who search the file with
        other programs. In short transactions, so that nobody waits long. Raises CatalogueError when the file can't be
        written.
        """
        is_behind = self.db.execute("SELECT EXISTS (SELECT 1 FROM entries_fts_queue)").fetchone()[0]
        while is_behind:
            with self.write_transaction() as db:
                is_behind = fill_entries_fts(db)

    def upsert_within(self, db: Database, entries: list[Entry]) -> None:
        """Add or replace entries in the caller's transaction; the caller refreshes the search index.

        Of several entries with the same key the last one counts.
        """
        if not entries:
            return
        entries = list({entry.key: entry for entry in entries}.values())
        _insert_referenced_rows(db, entries)
        keys = json.dumps([entry.key for entry in entries])
        of_these = "SELECT id, key FROM entries WHERE key IN (SELECT value FROM json_each(?))"
        ids = {key: entry_id for entry_id, key in db.execute(of_these, [keys])}
        known, highest = [(entry_id,) for entry_id in ids.values()], self.highest_id()
        with changing_many(db):
            insert_rows(db, _INSERT_ENTRIES, map(entry_to_row, entries), _OR_UPDATE)
            ids.update(db.execute("SELECT key, id FROM entries WHERE id > ?", [highest]).fetchall())
            for table in OWN_TABLES:
                db.conn.executemany(f"DELETE FROM {table} WHERE entry = ?", known)
            insert_rows(
                db,
                "INSERT OR REPLACE INTO mentions (entry, episode, seconds, at)",
                [
                    (ids[entry.key], mention.episode, mention.seconds, mention.at)
                    for entry in entries
                    for mention in entry.mentions
                ],
            )
            insert_rows(
                db,
                "INSERT OR REPLACE INTO possible_versions (entry, version)",
                [(ids[entry.key], version.number) for entry in entries for version in entry.possible_versions],
            )
        queue_entries(db, ids.values())

    def delete_within(self, db: Database, key: str) -> None:
        """Delete an entry, if it is there, in the caller's transaction, and with it where it comes from: another entry
        may have its key later.
        """
        _delete_entry(db, key)
        delete_provenance(db, key)

    def withdraw_within(self, db: Database, key: str) -> None:
        """Delete an entry, if it is there, in the caller's transaction. What sources said of its number waits for it to
        come back; of any other key nothing is kept, for another entry may have it later.
        """
        _delete_entry(db, key)
        withdraw_provenance(db, key)

    # -- reading entries ----------------------------------------------------------------------------------------------

    def entries(self, keys: Iterable[str] | None = None) -> list[Entry]:
        """The entries with these keys in the order asked for, without those that are not there; or all, by id."""
        if keys is None:
            return [entry for _, entry in self._entries_with_ids("1", ())]
        wanted = list(dict.fromkeys(keys))
        rows = self._entries_with_ids("key IN (SELECT value FROM json_each(?))", [json.dumps(wanted)])
        by_key = {entry.key: entry for _, entry in rows}
        return [by_key[key] for key in wanted if key in by_key]

    def described_changes(self) -> list[Entry]:
        """The changes that the seeds describe: a person gave their area, impact and phrasings."""
        return [entry for _, entry in self._entries_with_ids("source = 'seeds' AND kind = 'feature'", ())]

    def entries_by_id(self, ids: list[int]) -> dict[int, Entry]:
        """The entries with these ids, by id."""
        return dict(self._entries_with_ids("id IN (SELECT value FROM json_each(?))", [json.dumps(ids)]))

    def keys_matching(self, filters: Filters) -> list[str]:
        """The keys of the entries that pass the filters.

        First those whose version is certain; then by newest version, highlights, kind, and the order of the episodes.
        """
        return [key for _, key in self._matching(filters)]

    def ids_matching(self, filters: Filters) -> list[int]:
        """The ids of the entries that pass the filters, in the order of `keys_matching`."""
        return [entry_id for entry_id, _ in self._matching(filters)]

    def ids(self, keys: Iterable[str]) -> list[int]:
        """The ids of the entries with these keys, in no particular order."""
        query = "SELECT id FROM entries WHERE key IN (SELECT value FROM json_each(?))"
        return [row[0] for row in self.db.execute(query, [json.dumps(list(keys))])]

    def keys(self) -> frozenset[str]:
        """The keys of all entries."""
        return frozenset(row[0] for row in self.db.execute("SELECT key FROM entries"))

    def entry_count(self) -> int:
        """How many entries there are."""
        return int(self.db.execute("SELECT count(*) FROM entries").fetchone()[0])

    def highest_id(self) -> int:
        """The highest id of an entry, 0 where there are none."""
        return int(self.db.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()[0])

    def _matching(self, filters: Filters) -> list[tuple[int, str]]:
        where, values = filter_condition(filters)
        first_mention = "(SELECT min(100000 * episode + seconds) FROM mentions WHERE entry = e.id)"
        order = f"version IS NULL, v.major DESC, v.minor DESC, highlighted DESC, kind, {first_mention}, key"
        query = f"SELECT e.id, key FROM entries e LEFT JOIN versions v USING (version) WHERE {where} ORDER BY {order}"
        return self.db.execute(query, values).fetchall()

    def _entries_with_ids(self, where: str, values: Iterable[Any]) -> list[tuple[int, Entry]]:
        db, values = self.db, list(values)
        rows = list(db.query(f"SELECT id, {', '.join(ENTRY_COLUMNS)} FROM entries WHERE {where} ORDER BY id", values))
        if not rows:  # as of the thousands of new keys of an import
            return []
        of_these = f"WHERE entry IN (SELECT id FROM entries WHERE {where}) ORDER BY rowid"
        mentions: dict[int, list[Mention]] = {}
        for entry_id, episode, at in db.execute(f"SELECT entry, episode, at FROM mentions {of_these}", values):
            mentions.setdefault(entry_id, []).append(Mention(episode, at))
        possible_versions: dict[int, list[Version]] = {}
        for entry_id, number in db.execute(f"SELECT entry, version FROM possible_versions {of_these}", values):
            if version := parse_stored_version(number):
                possible_versions.setdefault(entry_id, []).append(version)
        return [
            (row["id"], entry_from_row(row, mentions.get(row["id"], ()), possible_versions.get(row["id"], ())))
            for row in rows
        ]

    # -- reading the rest ---------------------------------------------------------------------------------------------

    def versions(self) -> list[Version]:
        """The versions that have entries, oldest first."""
        rows = self.db.execute(
            "SELECT major, minor FROM versions v WHERE EXISTS (SELECT 1 FROM entries WHERE version = v.version)"
            " OR EXISTS (SELECT 1 FROM possible_versions WHERE version = v.version)"
        )
        return sorted(Version(*row) for row in rows)

    def episodes(self) -> dict[int, Episode]:
        """Every episode by its number."""
        return {row["number"]: episode_from_row(row) for row in self.db.query("SELECT * FROM episodes ORDER BY number")}

    def areas(self) -> dict[str, tuple[str, ...]]:
        """Every area and what people call it, in the order of the seeds."""
        rows = self.db.query("SELECT name, also FROM areas ORDER BY position, name")
        return {row["name"]: parse_text_list(row["also"]) for row in rows}

    def glossary(self) -> Glossary:
        """What people call things."""
        rows = [
            (term, relation, parse_text_list(terms) if terms != "[]" else ())
            for term, relation, terms in self.db.execute("SELECT term, relation, terms FROM glossary ORDER BY rowid")
        ]
        return Glossary(
            tuple((term, *terms) for term, relation, terms in rows if relation == "equivalent"),
            tuple((term, terms) for term, relation, terms in rows if relation == "expansion"),
            frozenset(term for term, relation, _ in rows if relation == "common word"),
            tuple(term for term, relation, _ in rows if relation == "foreign product"),
        )

    @property
    def seeds_signature(self) -> str | None:
        """The signature of the seeds that were loaded last, or None when none were."""
        return self._read_meta("seeds_signature")

    @property
    def catalog_id(self) -> str:
        """A random text that tells this catalogue from one that is made after its file was deleted. Chosen when it is
        first asked for.
        """
        catalog_id = self._read_meta("catalog_id")
        if catalog_id is None:
            row = ["catalog_id", secrets.token_hex(8)]
            with self.write_transaction() as db:
                db.execute("INSERT OR IGNORE INTO meta (name, value) VALUES (?, ?)", row)
            catalog_id = self._read_meta("catalog_id")
        return str(catalog_id)

    def write_nothing(self) -> None:
        """Write something that changes nothing, to see whether the file can be written: a full disk shows nowhere else.
        Raises CatalogueError.
        """
        with self.write_transaction() as db:
            db.table("meta").upsert({"name": "last_written", "value": secrets.token_hex(4)}, pk="name")

    def _read_meta(self, name: str) -> str | None:
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
        return row[0] if row else None


def _delete_entry(db: Database, key: str) -> None:
    for (entry_id,) in db.execute("SELECT id FROM entries WHERE key = ?", [key]).fetchall():
        for table, column in (("mentions", "entry"), ("possible_versions", "entry"), ("entries", "id")):
            db.execute(f"DELETE FROM {table} WHERE {column} = ?", [entry_id])


def _load_reference_tables(db: Database, seeds: Seeds) -> None:
    """Write areas, episodes and the glossary of the seeds."""
    areas = [
        {"name": name, "also": json.dumps(also), "position": position}
        for position, (name, also) in enumerate(seeds.areas)
    ]
    _upsert_changed(db, "areas", "name", areas)
    _upsert_changed(db, "episodes", "number", [episode_to_row(episode) for episode in seeds.episodes])
    glossary = _glossary_rows(seeds.glossary)
    if glossary != db.execute("SELECT term, relation, terms FROM glossary ORDER BY rowid").fetchall():
        db.execute("DELETE FROM glossary")
        insert_rows(db, "INSERT OR REPLACE INTO glossary (term, relation, terms)", glossary)


def _glossary_rows(glossary: Glossary) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, tuple[str, ...]]] = [
        *((row[0], "equivalent", row[1:]) for row in glossary.equivalents),
        *((term, "expansion", others) for term, others in glossary.expansions),
        *((word, "common word", ()) for word in sorted(glossary.common_words)),
        *((product, "foreign product", ()) for product in glossary.foreign_products),
    ]
    return [(term, relation, json.dumps(terms)) for term, relation, terms in rows]


def _upsert_changed(db: Database, table: str, key: str, rows: list[dict[str, Any]]) -> None:
    """Write the rows that differ from what is there: a load that changes nothing must not move the revision."""
    known = {row[key]: row for row in db.query(f"SELECT * FROM {table}")}
    db.table(table).upsert_all([row for row in rows if known.get(row[key]) != row], pk=key)


def _insert_referenced_rows(db: Database, entries: Iterable[Entry]) -> None:
    """Add the versions, episodes and areas that these entries refer to, where they are not there yet."""
    versions = {version for entry in entries for version in (entry.version, *entry.possible_versions) if version}
    episodes = {mention.episode for entry in entries for mention in entry.mentions}
    areas = {entry.area for entry in entries if entry.area}
    db.table("versions").insert_all(
        [{"version": version.number, "major": version.major, "minor": version.minor} for version in versions],
        ignore=True,
    )
    db.table("episodes").insert_all([{"number": number} for number in episodes], ignore=True)
    db.table("areas").insert_all(
        [{"name": name, "also": "[]", "position": LAST_POSITION} for name in areas], ignore=True
    )


def fill_in_episode(db: Database, row: Mapping[str, Any]) -> None:
    """Add an episode, or fill in what is not known of one that is there. What someone wrote is not touched."""
    db.execute(
        """
        INSERT INTO episodes (number, url, published, hosts, versions)
        VALUES (:number, :url, :published, :hosts, :versions) ON CONFLICT (number) DO UPDATE SET
            url = coalesce(url, excluded.url),
            published = coalesce(published, excluded.published),
            hosts = CASE WHEN coalesce(hosts, '[]') = '[]' THEN excluded.hosts ELSE hosts END,
            versions = CASE WHEN coalesce(versions, '[]') = '[]' THEN excluded.versions ELSE versions END
        WHERE url IS NULL OR published IS NULL OR coalesce(hosts, '[]') = '[]' OR coalesce(versions, '[]') = '[]'
        """,
        dict(row),
    )


def _delete_unused_areas(db: Database, names: list[str]) -> None:
    """Delete the areas that are neither among these nor the area of an entry."""
    db.execute(
        "DELETE FROM areas WHERE name NOT IN"
        " (SELECT value FROM json_each(?) UNION SELECT area FROM entries WHERE area IS NOT NULL)",
        [json.dumps(names)],
    )
