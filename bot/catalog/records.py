"""What a catalogue has besides the seeds, as records: imported entries with where they come from, the review queue,
imports that can be undone.

The workspace database keeps these records, so that any number of catalogues can be made equal, and one that was deleted
can be made again. Applying a record twice changes nothing. A seed with the same key wins over an imported entry.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import groupby
from typing import Any, Protocol

from sqlite_utils import Database

from bot.catalog.entry_codec import entry_from_json, entry_to_json
from bot.catalog.indexing import refresh_index
from bot.catalog.models import CatalogPosition, CatalogRecord, Entry
from bot.catalog.provenance import PROVENANCE, SourceLine, mentions_of_lines, merge_mentions
from bot.catalog.repository import Catalog, fill_in_episode
from bot.errors import CatalogueError

_POSITION = "workspace_position"  # in `meta`
_REVIEW_COLUMNS = (
    "id", "hash", "text", "record", "candidates", "reason", "source", "line_number", "import_id", "state", "key",
    "decided_by_import",
)  # fmt: skip
ReviewRows = dict[str, tuple[Any, ...]]  # of the review queue, by hash


class CatalogBehindError(CatalogueError):
    """Another process changed what is kept, since this catalogue was brought up to date: do it again."""

    for_people = ""


class ChangeRecorder(Protocol):
    """Keeps what an import changes outside of the catalogue."""

    def catch_up(self, catalog: Catalog) -> int:
        """Bring what others recorded into the catalogue. Returns how many records that were."""

    def record(self, catalog: Catalog, records: list[CatalogRecord]) -> None:
        """Keep these records, before the catalogue's transaction ends. Raises CatalogBehindError."""


def read_position(db: Database) -> CatalogPosition | None:
    """What the catalogue was brought up to; None for one that was never."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", [_POSITION]).fetchone()
    if row is None:
        return None
    workspace, _, change = row[0].partition(":")
    return CatalogPosition(workspace, int(change))


def delete_position(db: Database) -> None:
    """Forget what the catalogue is up to."""
    db.execute("DELETE FROM meta WHERE name = ?", [_POSITION])


def write_position(db: Database, position: CatalogPosition) -> None:
    """Note what the catalogue is up to."""
    row = {"name": _POSITION, "value": f"{position.workspace}:{position.change}"}
    db.table("meta").upsert(row, pk="name")


# -- reading ----------------------------------------------------------------------------------------------------------


def review_rows(db: Database) -> ReviewRows:
    """The whole review queue, to see later what of it changed."""
    columns = ", ".join(_REVIEW_COLUMNS)
    return {row[1]: tuple(row) for row in db.execute(f"SELECT {columns} FROM review_queue")}


def changed_review(before: ReviewRows, after: ReviewRows) -> list[CatalogRecord]:
    """What is different in the review queue now."""
    changed = [
        CatalogRecord("review", hashed, _json(row)) for hashed, row in after.items() if before.get(hashed) != row
    ]
    return changed + [CatalogRecord("review", hashed, None) for hashed in before if hashed not in after]


def entry_records(catalog: Catalog, db: Database, keys: Collection[str]) -> list[CatalogRecord]:
    """These entries as they are now. Of a seed only what sources say of it; an entry that is not there was removed, and
    what sources say of its number is kept.
    """
    entries = {entry.key: entry for entry in catalog.entries(keys)}
    rows: dict[str, dict[str, list[dict[str, Any]]]] = {table: {} for table in PROVENANCE}
    for table, rows_by_key in rows.items():
        for row in db.query(f"SELECT * FROM {table} WHERE key IN (SELECT value FROM json_each(?))", [_json([*keys])]):
            rows_by_key.setdefault(row["key"], []).append(row)
    return [
        _entry_record(key, entries.get(key), {table: rows[table].get(key, []) for table in rows})
        for key in dict.fromkeys(keys)
    ]


def _entry_record(key: str, entry: Entry | None, rows: dict[str, list[dict[str, Any]]]) -> CatalogRecord:
    if entry is None:
        return CatalogRecord("entry", key, _json(rows)).withdrawn()
    value = _json({"entry": None if entry.source == "seeds" else entry_to_json(entry), **rows})
    return CatalogRecord("entry", key, value)


def episode_records(db: Database, numbers: Iterable[int]) -> list[CatalogRecord]:
    """These episodes as they are now."""
    found = db.query("SELECT * FROM episodes WHERE number IN (SELECT value FROM json_each(?))", [_json([*numbers])])
    return [CatalogRecord("episode", str(row["number"]), _json(row)) for row in found]


def import_records(db: Database, ids: Iterable[int]) -> list[CatalogRecord]:
    """These imports with what undoing them needs; one that can't be undone any more was removed."""
    records = []
    for import_id in ids:
        rows = list(db.query("SELECT * FROM imports WHERE id = ?", [import_id]))
        snapshots = list(db.query("SELECT * FROM import_snapshots WHERE import_id = ?", [import_id]))
        can_be_undone = bool(rows) and not rows[0]["undone"]
        value = _json({"import": rows[0], "snapshots": snapshots}) if can_be_undone else None
        records.append(CatalogRecord("import", str(import_id), value))
    return records


def all_records(catalog: Catalog, db: Database) -> list[CatalogRecord]:
    """Everything that a catalogue has besides the seeds: to keep what was imported before anything was recorded."""
    keys = [row[0] for row in db.execute(
        "SELECT key FROM entries WHERE source <> 'seeds' UNION SELECT key FROM source_lines"
        " UNION SELECT key FROM field_sources ORDER BY key"
    )]  # fmt: skip
    numbers = [row[0] for row in db.execute("SELECT number FROM episodes")]
    ids = [row[0] for row in db.execute("SELECT id FROM imports WHERE NOT undone ORDER BY id")]
    return [
        *episode_records(db, numbers),
        *(record for record in entry_records(catalog, db, keys) if record.value is not None),
        *changed_review({}, review_rows(db)),
        *import_records(db, ids),
    ]


def _json(value: object) -> str:
    return json.dumps(value)  # in ASCII, so that any text fits into any database


# -- applying ---------------------------------------------------------------------------------------------------------


def apply_records(catalog: Catalog, db: Database, records: Iterable[CatalogRecord]) -> int:
    """Bring records into the catalogue, in the caller's transaction. Returns how many there were."""
    count = 0
    for kind, group in groupby(records, key=lambda record: record.kind):
        batch = list(group)
        count += len(batch)
        _APPLY[kind](catalog, db, batch)
    refresh_index(db)
    return count


def _apply_episodes(_: Catalog, db: Database, records: list[CatalogRecord]) -> None:
    for record in records:
        if record.value:
            fill_in_episode(db, json.loads(record.value))


def _apply_entries(catalog: Catalog, db: Database, records: list[CatalogRecord]) -> None:
    keys = [record.id for record in records]
    seeds = {entry.key: entry for entry in catalog.entries(keys) if entry.source == "seeds"}
    upserts: list[Entry] = []
    for record in records:
        for table in PROVENANCE:
            db.execute(f"DELETE FROM {table} WHERE key = ?", [record.id])
        if record.is_withdrawn and record.id not in seeds:
            catalog.delete_within(db, record.id)
        if record.value is None:
            continue
        value = json.loads(record.value)
        for table in PROVENANCE:
            db.table(table).insert_all(value.get(table, ()), ignore=True)
        if record.id in seeds:
            upserts += _with_mentions(seeds[record.id], value.get("source_lines", ()))
        elif value.get("entry"):
            upserts.append(entry_from_json(value["entry"]))
    catalog.upsert_within(db, upserts)


def _with_mentions(seed: Entry, rows: Iterable[dict[str, Any]]) -> list[Entry]:
    """A seed with the mentions that sources give it, if they give it any."""
    lines = [SourceLine(*(row[name] for name in SourceLine._fields)) for row in rows]
    mentions = merge_mentions(seed.mentions, mentions_of_lines(lines))
    return [] if mentions == seed.mentions else [replace(seed, mentions=mentions)]


def _apply_review(_: Catalog, db: Database, records: list[CatalogRecord]) -> None:
    for record in records:
        db.execute("DELETE FROM review_queue WHERE hash = ?", [record.id])
        if record.value:
            row = json.loads(record.value)
            if db.execute("SELECT 1 FROM review_queue WHERE id = ?", [row[0]]).fetchone():
                row[0] = None  # another line has its number here
            marks = ", ".join("?" * len(row))
            db.execute(f"INSERT INTO review_queue ({', '.join(_REVIEW_COLUMNS)}) VALUES ({marks})", row)


def _apply_imports(_: Catalog, db: Database, records: list[CatalogRecord]) -> None:
    for record in records:
        db.execute("DELETE FROM import_snapshots WHERE import_id = ?", [int(record.id)])
        if record.value is None:
            db.execute("UPDATE imports SET undone = 1 WHERE id = ?", [int(record.id)])
            continue
        value = json.loads(record.value)
        db.table("imports").upsert(value["import"], pk="id")
        db.table("import_snapshots").insert_all(value["snapshots"], pk=("import_id", "key"), replace=True)


_APPLY = {
    "episode": _apply_episodes,
    "entry": _apply_entries,
    "review": _apply_review,
    "import": _apply_imports,
}
