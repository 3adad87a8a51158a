"""Intakes: what was brought in at once, written in one transaction, and taken back as one. Tables `intakes` and
`before_intake`.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from sqlite_utils import Database

from bot.catalog import provenance, review
from bot.catalog.models import Entry, Episode, Mention, Version
from bot.catalog.provenance import FieldSource, SourceLine
from bot.catalog.repository import Catalog
from bot.catalog.search_index import refresh_index

MAX_UNDOABLE_IMPORTS = 20  # intakes that can be taken back, one after the other


@dataclass(slots=True)
class ImportBatch:
    """Everything that one intake writes."""

    upserts: list[Entry] = field(default_factory=list)
    deletes: list[str] = field(default_factory=list)
    source_lines: list[SourceLine] = field(default_factory=list)
    field_sources: list[FieldSource] = field(default_factory=list)
    review_candidates: list[review.ReviewCandidate] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    decision: review.ReviewDecision | None = None  # what a person judged, if that is what this intake is

    def __bool__(self) -> bool:
        return bool(
            self.upserts
            or self.deletes
            or self.source_lines
            or self.field_sources
            or self.review_candidates
            or self.decision
        )


class UndoResult(NamedTuple):
    """What taking back an intake did."""

    imported_at: str
    sources: tuple[str, ...]
    removed: tuple[str, ...]
    restored: tuple[str, ...]
    kept: tuple[str, ...]  # changed since, by the seeds or by a person, so left alone


def write_import(
    catalogue: Catalog, batch: ImportBatch, sources: Sequence[str], report: dict[str, Any], at: str
) -> int | None:
    """Write an intake, all or nothing, and return its number; None when there was nothing to write."""
    if not batch:
        return None
    with catalogue.write_transaction() as db:
        import_id = int(
            db.table("intakes")
            .insert({"at": at, "sources": json.dumps(sources), "report": json.dumps(report), "undone": 0}, pk="id")
            .last_pk
            or 0
        )
        _save_snapshots(
            db,
            catalogue,
            import_id,
            [*(entry.key for entry in batch.upserts), *batch.deletes],
            {said.key for said in batch.source_lines},
        )
        for key in batch.deletes:
            catalogue.delete_within(db, key)
            provenance.delete_provenance(db, key)
        _upsert_episodes(db, batch.episodes)
        catalogue.upsert_within(db, batch.upserts)
        provenance.write_source_lines(db, batch.source_lines, import_id)
        provenance.write_field_sources(db, batch.field_sources, import_id)
        review.add_candidates(db, batch.review_candidates, import_id)
        if batch.decision:
            review.record_decision(db, batch.decision, import_id)
        review.close_resolved(db)
        refresh_index(db)
        _drop_oldest_snapshots(db, import_id)
    return import_id


def undo_last_import(catalogue: Catalog) -> UndoResult | None:
    """Take back the last intake that still stands, all or nothing. None when there is none left."""
    with catalogue.write_transaction() as db:
        row = db.execute("SELECT id, at, sources FROM intakes WHERE NOT undone ORDER BY id DESC LIMIT 1").fetchone()
        if row is None:
            return None
        import_id, at, sources = row
        removed, restored, kept = [], [], []
        before = list(db.query("SELECT key, entry, fields, said FROM before_intake WHERE intake = ?", [import_id]))
        current = {entry.key: entry for entry in catalogue.entries(one["key"] for one in before)}
        field_sources = provenance.field_sources_of(db, [one["key"] for one in before])
        upserts = []
        db.execute("DELETE FROM said WHERE intake = ?", [import_id])
        for one in before:
            old, new = _entry_from_snapshot(one["entry"]), current.get(one["key"])
            if new is not None and new != old and _changed_by_others_since(new, old, field_sources):
                kept.append(one["key"])
                continue
            db.execute("DELETE FROM field_sources WHERE key = ?", [one["key"]])
            if old is None and new is not None:
                catalogue.delete_within(db, one["key"])
                removed.append(one["key"])
            elif old is not None:
                upserts.append(old)
                restored.append(one["key"])
            for table, column in (("field_sources", "fields"), ("said", "said")):
                db.table(table).insert_all(json.loads(one[column]), ignore=True)
        catalogue.upsert_within(db, upserts)
        review.revert_import(db, import_id)
        db.execute("UPDATE intakes SET undone = 1 WHERE id = ?", [import_id])
        refresh_index(db)
    return UndoResult(at, tuple(json.loads(sources)), tuple(removed), tuple(restored), tuple(kept))


def _changed_by_others_since(new: Entry, old: Entry | None, field_sources: dict[tuple[str, str], FieldSource]) -> bool:
    """Whether someone else wrote an entry after the intake: the seeds, or a person by hand."""
    if new.source == "seeds":
        return old is None or old.source != "seeds"
    return any(
        (source := field_sources.get((new.key, name))) is not None
        and source.value_hash != provenance.hash_value(getattr(new, name))
        for name in ("title", "summary", "area", "caution", "highlighted", "version")
    )


def _save_snapshots(
    db: Database, catalogue: Catalog, import_id: int, keys: list[str], source_line_keys: set[str]
) -> None:
    """Note what the entries are before they change."""
    old = {entry.key: entry for entry in catalogue.entries(keys)} if keys else {}
    marks = [json.dumps(list(old))]
    fields: dict[str, list[dict[str, Any]]] = {}
    said: dict[str, list[dict[str, Any]]] = {}
    for table, kept in (("field_sources", fields), ("said", said)):
        for row in (
            db.query(f"SELECT * FROM {table} WHERE key IN (SELECT value FROM json_each(?))", marks) if old else ()
        ):
            kept.setdefault(row["key"], []).append(row)
    db.conn.executemany(
        "INSERT OR REPLACE INTO before_intake (intake, key, entry, fields, said) VALUES (?, ?, ?, ?, ?)",
        (
            (
                import_id,
                key,
                json.dumps(asdict(old[key])) if key in old else None,
                json.dumps(fields.get(key, [])),
                json.dumps(said.get(key, [])),
            )
            for key in keys
        ),
    )


def _upsert_episodes(db: Database, episodes: Iterable[Episode]) -> None:
    """Add episodes, and fill in what is not known of those that are there. What someone wrote is not touched."""
    for episode in episodes:
        hosts, versions = json.dumps(episode.hosts), json.dumps([v.number for v in episode.versions])
        db.execute(
            "INSERT INTO episodes (number, url, published, hosts, versions) VALUES (?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET"
            " url = coalesce(url, excluded.url), published = coalesce(published, excluded.published),"
            " hosts = CASE WHEN coalesce(hosts, '[]') = '[]' THEN excluded.hosts ELSE hosts END,"
            " versions = CASE WHEN coalesce(versions, '[]') = '[]' THEN excluded.versions ELSE versions END"
            " WHERE url IS NULL OR published IS NULL OR coalesce(hosts, '[]') = '[]' OR coalesce(versions, '[]') = '[]'",
            [episode.number, episode.url, episode.published, hosts, versions],
        )


def _drop_oldest_snapshots(db: Database, import_id: int) -> None:
    db.execute("DELETE FROM before_intake WHERE intake <= ?", [import_id - MAX_UNDOABLE_IMPORTS])
    db.execute("UPDATE intakes SET undone = 1 WHERE id <= ?", [import_id - MAX_UNDOABLE_IMPORTS])


def _entry_from_snapshot(text: str | None) -> Entry | None:
    if text is None:
        return None
    data: dict[str, Any] = json.loads(text)
    version, mentions, possible = data.pop("version"), data.pop("mentions"), data.pop("possible_versions")
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Entry(
        **plain,
        version=Version(*version) if version else None,
        possible_versions=tuple(Version(*v) for v in possible),
        mentions=tuple(Mention(*m) for m in mentions),
    )
