"""Imports: what was brought in at once is written in one transaction, and can be undone as one. Tables `imports` and
`import_snapshots`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from sqlite_utils import Database

from bot.catalog import provenance, review
from bot.catalog.bulk import insert_rows
from bot.catalog.entry_codec import entry_from_json, entry_to_json, episode_to_row
from bot.catalog.indexing import refresh_index
from bot.catalog.models import Entry, Episode, Mention
from bot.catalog.provenance import PROVENANCE, FieldSource, SourceLine
from bot.catalog.records import (
    CatalogBehindError,
    ReviewRows,
    changed_review,
    entry_records,
    episode_records,
    import_records,
    review_rows,
)
from bot.catalog.repository import Catalog, fill_in_episode

_Result = TypeVar("_Result")
MAX_UNDOABLE_IMPORTS = 20
MAX_ATTEMPTS = 5  # of an import, while other processes import too
# The fields that show whether somebody else wrote an entry after an import.
_COMPARED_FIELDS = ("title", "summary", "area", "caution", "highlighted", "version", "impact")


@dataclass(slots=True)
class ImportBatch:
    """Everything that one import writes."""

    upserts: list[Entry] = field(default_factory=list)
    deletes: list[str] = field(default_factory=list)
    source_lines: list[SourceLine] = field(default_factory=list)
    field_sources: list[FieldSource] = field(default_factory=list)
    review_candidates: list[review.ReviewCandidate] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    decision: review.ReviewDecision | None = None  # set when the import is a person's decision on a queued line

    def __bool__(self) -> bool:
        return bool(
            self.upserts
            or self.deletes
            or self.source_lines
            or self.field_sources
            or self.review_candidates
            or self.decision
        )

    def touched_keys(self) -> list[str]:
        """The entries that it changes, or of which it says where they come from."""
        keys = dict.fromkeys([*(entry.key for entry in self.upserts), *self.deletes])
        keys.update(dict.fromkeys(line.key for line in self.source_lines))
        keys.update(dict.fromkeys(source.key for source in self.field_sources))
        return list(keys)


class UndoResult(NamedTuple):
    """What undoing an import did, in keys of entries."""

    imported_at: str
    sources: tuple[str, ...]
    removed: tuple[str, ...]
    restored: tuple[str, ...]
    kept: tuple[str, ...]  # changed since, by the seeds or by a person, so left alone


@contextmanager
def import_transaction(catalog: Catalog) -> Iterator[Database]:
    """A transaction that sees what other processes have imported into their catalogues, and in which nobody else
    writes. Raises CatalogBehindError when one of them was quicker after all: see `again_when_behind`.
    """
    with catalog.write_transaction() as db:
        if catalog.recorder is not None:
            catalog.recorder.catch_up(catalog)
        yield db


def again_when_behind(work: Callable[[], _Result]) -> _Result:
    """Do work that ends with an import; again, when another process imported into its catalogue meanwhile."""
    for _ in range(MAX_ATTEMPTS):
        try:
            return work()
        except CatalogBehindError:
            continue
    return work()


def write_import(
    catalog: Catalog, batch: ImportBatch, sources: Sequence[str], report: dict[str, Any], at: str
) -> int | None:
    """Write a batch, all or nothing. Returns the import's number, or None when there was nothing to write.

    `report` is stored as it is; `at` is the time as ISO 8601. Raises CatalogueError when the file can't be written.
    """
    if not batch:
        return None
    with catalog.write_transaction() as db:
        queue = review_rows(db)
        row = {"imported_at": at, "sources": json.dumps(sources), "report": json.dumps(report), "undone": 0}
        import_id = int(db.table("imports").insert(row, pk="id").last_pk or 0)
        touched = batch.touched_keys()
        _save_snapshots(db, catalog, import_id, touched)
        for key in batch.deletes:
            catalog.delete_within(db, key)
        provenance.delete_orphans(db, [entry.key for entry in batch.upserts])
        for episode in batch.episodes:
            fill_in_episode(db, episode_to_row(episode))
        catalog.upsert_within(db, batch.upserts)
        provenance.write_source_lines(db, batch.source_lines, import_id)
        provenance.write_field_sources(db, batch.field_sources, import_id)
        review.add_candidates(db, batch.review_candidates, import_id)
        if batch.decision:
            review.record_decision(db, batch.decision, import_id)
        review.close_resolved(db)
        refresh_index(db)
        _drop_oldest_snapshots(db, import_id)
        _record(catalog, db, touched, [import_id, import_id - MAX_UNDOABLE_IMPORTS], queue, batch.episodes)
    return import_id


def _record(
    catalog: Catalog,
    db: Database,
    keys: Iterable[str],
    import_ids: Iterable[int],
    queue: ReviewRows,
    episodes: Iterable[Episode] = (),
) -> None:
    """Hand what was changed to whoever keeps it outside of the catalogue. `queue` is the review queue as it was."""
    if catalog.recorder is None:
        return
    records = [
        *episode_records(db, [episode.number for episode in episodes]),
        *entry_records(catalog, db, list(keys)),
        *changed_review(queue, review_rows(db)),
        *import_records(db, import_ids),
    ]
    catalog.recorder.record(catalog, records)


def undo_last_import(catalog: Catalog) -> UndoResult | None:
    """Undo the last import that was not undone yet, all or nothing. None when there is none, or none that can be."""
    return again_when_behind(lambda: _undo_last_import(catalog))


def _undo_last_import(catalog: Catalog) -> UndoResult | None:
    with import_transaction(catalog) as db:
        queue = review_rows(db)
        row = db.execute(
            "SELECT id, imported_at, sources FROM imports WHERE NOT undone ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        import_id, imported_at, sources = row
        snapshots = list(db.query("SELECT * FROM import_snapshots WHERE import_id = ?", [import_id]))
        keys = [snapshot["key"] for snapshot in snapshots]
        current = {entry.key: entry for entry in catalog.entries(keys)}
        field_sources = provenance.field_sources_of(db, keys)
        removed, kept, restored = [], [], []
        given = provenance.mentions_of_import(db, import_id)
        db.execute("DELETE FROM source_lines WHERE import_id = ?", [import_id])
        for snapshot in snapshots:
            key = snapshot["key"]
            old, new = _entry_from_snapshot(snapshot["entry"]), current.get(key)
            if _changed_by_others_since(new, old, field_sources):
                kept.append(key)
                if new is not None and new.source == "seeds":  # whose fields no import wrote
                    db.execute("DELETE FROM field_sources WHERE key = ? AND import_id = ?", [key, import_id])
                continue
            if old == new:  # of which the import only said where it comes from
                pass
            elif old is not None and new is not None and old.source == new.source == "seeds":
                restored.append(_seed_without_mentions(new, old, given.get(key, set())))
            elif old is not None:
                restored.append(old)
            elif new is not None:  # what earlier imports said of its number stays
                catalog.withdraw_within(db, key)
                removed.append(key)
            db.execute("DELETE FROM field_sources WHERE key = ?", [key])
            for table in PROVENANCE:
                db.table(table).insert_all(json.loads(snapshot[table]), ignore=True)
        catalog.upsert_within(db, restored)
        review.revert_import(db, import_id)
        db.execute("UPDATE imports SET undone = 1 WHERE id = ?", [import_id])
        refresh_index(db)
        _record(catalog, db, keys, [import_id], queue)
    restored_keys = tuple(entry.key for entry in restored)
    return UndoResult(imported_at, tuple(json.loads(sources)), tuple(removed), restored_keys, tuple(kept))


def _seed_without_mentions(new: Entry, old: Entry, given: set[Mention]) -> Entry:
    """A seed as it is now without the mentions that an import gave it, which is all that an import gives a seed: its
    other fields may be those of newer seeds. `old`: before the import.
    """
    taken = {mention for mention in new.mentions if mention in given and mention not in old.mentions}
    episodes = {mention.episode for mention in taken}
    kept = tuple(mention for mention in new.mentions if mention not in taken)
    replaced = [mention for mention in old.mentions if mention.episode in episodes]  # one without its minute
    return replace(new, mentions=provenance.merge_mentions(kept, replaced))


def _changed_by_others_since(
    new: Entry | None, old: Entry | None, field_sources: dict[tuple[str, str], FieldSource]
) -> bool:
    """Whether the seeds, or a person by hand, wrote an entry after the import, or the seeds took it out. `new`: as it
    is now; `old`: before the import.
    """
    if new == old:
        return False
    if new is None:
        return old is not None and old.source == "seeds"
    if new.source == "seeds":
        return old is None or old.source != "seeds"
    return any(
        (source := field_sources.get((new.key, name))) is not None
        and source.value_hash != provenance.hash_value(getattr(new, name))
        for name in _COMPARED_FIELDS
    )


def _save_snapshots(db: Database, catalog: Catalog, import_id: int, keys: list[str]) -> None:
    """Store what the entries are, and where they come from, before that changes: null for an entry that is new."""
    old = {entry.key: entry for entry in catalog.entries(keys)} if keys else {}
    rows_of: dict[str, dict[str, list[dict[str, Any]]]] = {table: {} for table in PROVENANCE}
    for table, rows_by_key in rows_of.items() if old else ():
        query = f"SELECT * FROM {table} WHERE key IN (SELECT value FROM json_each(?))"
        for row in db.query(query, [json.dumps(list(old))]):
            rows_by_key.setdefault(row["key"], []).append(row)
    new = (None, *("[]" for _ in PROVENANCE))
    insert_rows(
        db,
        "INSERT OR REPLACE INTO import_snapshots (import_id, key, entry, field_sources, source_lines)",
        (
            (
                import_id,
                key,
                json.dumps(entry_to_json(old[key])),
                *(json.dumps(rows_of[table].get(key, [])) for table in PROVENANCE),
            )
            if key in old
            else (import_id, key, *new)
            for key in keys
        ),
    )


def _entry_from_snapshot(text: str | None) -> Entry | None:
    return entry_from_json(json.loads(text)) if text is not None else None


def _drop_oldest_snapshots(db: Database, import_id: int) -> None:
    oldest = import_id - MAX_UNDOABLE_IMPORTS
    db.execute("DELETE FROM import_snapshots WHERE import_id <= ?", [oldest])
    db.execute("UPDATE imports SET undone = 1 WHERE id <= ?", [oldest])
