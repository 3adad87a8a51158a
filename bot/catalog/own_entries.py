"""What one team has of its own, laid over a copy of the catalogue that all teams share.

A record of an entry says what the team made of it, and what it was for everybody then: where that moves on, the team
keeps what it changed and gets the rest. Once everybody has an entry that only the team had, or a seed has its key, that
wins, and the team's mentions stay.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from sqlite_utils import Database

from bot.catalog.entry_codec import entry_from_json, entry_to_json
from bot.catalog.models import CatalogRecord, Entry
from bot.catalog.provenance import (
    PROVENANCE,
    FieldSource,
    SourceLine,
    hash_value,
    mentions_of_lines,
    merge_mentions,
)
from bot.catalog.records import apply_records, delete_position
from bot.catalog.repository import Catalog

# Imports and lines that wait for review are numbered from here on, so that none has the number of one of everybody's.
FIRST_OWN_NUMBER = 1_000_000
_REMOVED = '{"is_removed": true}'


def make_own(db: Database) -> None:
    """Make a copy of the shared catalogue a team's, in the caller's transaction: others' imports are not its to undo,
    and its numbers begin apart.
    """
    delete_position(db)
    db.execute("DELETE FROM imports")
    db.execute("DELETE FROM import_snapshots")
    # SQLite gives out the highest number and one.
    db.execute(
        "INSERT INTO imports (id, imported_at, sources, report, undone) VALUES (?, '', '[]', '{}', 1)",
        [FIRST_OWN_NUMBER],
    )
    db.execute(
        "INSERT INTO review_queue (id, hash, text, candidates, state) VALUES (?, '', '', '[]', 'rejected')",
        [FIRST_OWN_NUMBER],
    )


def own_records(records: Iterable[CatalogRecord], shared: Catalog) -> list[CatalogRecord]:
    """The records of a team's catalogue as they are kept for the team: of entries, what differs from everybody's."""
    records = list(records)
    for_all = {entry.key: entry for entry in shared.entries([r.id for r in records if r.kind == "entry"])}
    return [_own_entry(record, for_all.get(record.id)) if record.kind == "entry" else record for record in records]


def _own_entry(record: CatalogRecord, for_all: Entry | None) -> CatalogRecord:
    if record.value is None or (for_all and record.is_withdrawn):
        return record._replace(value=_REMOVED if for_all else None)
    value = json.loads(record.value)
    rows = {table: [row for row in value[table] if row["import_id"] > FIRST_OWN_NUMBER] for table in PROVENANCE}
    if record.is_withdrawn and not any(rows.values()):
        return record._replace(value=None)  # others said something of it
    base = entry_to_json(for_all) if for_all else None
    if base is not None and not any(rows.values()) and value["entry"] in (None, json.loads(json.dumps(base))):
        return record._replace(value=None)  # it is as everybody has it
    return record._replace(value=json.dumps({"entry": value["entry"], "base": base, **rows}))


def entry_of_record(record: CatalogRecord) -> Entry | None:
    """The entry that a team's record holds; None where it removed one, or gave a seed no more than mentions."""
    entry = json.loads(record.value).get("entry") if record.kind == "entry" and record.value else None
    return entry_from_json(entry) if entry else None


def is_removal(record: CatalogRecord) -> bool:
    """Whether a team removed an entry that everybody has: it became a part of another one."""
    return record.kind == "entry" and record.value == _REMOVED


def apply_own(catalog: Catalog, db: Database, records: Sequence[CatalogRecord]) -> None:
    """Lay what a team has of its own over a copy of the shared catalogue, in the caller's transaction."""
    own = [record for record in records if record.kind == "entry" and record.value]
    for_all = {entry.key: entry for entry in catalog.entries([record.id for record in own])}
    upserts: list[Entry] = []
    for record in own:
        shared = for_all.get(record.id)
        if is_removal(record):
            if shared and shared.source != "seeds":
                catalog.delete_within(db, record.id)
            continue
        value = json.loads(str(record.value))
        lines = [SourceLine(*(row[name] for name in SourceLine._fields)) for row in value["source_lines"]]
        merged = _merge(entry_of_record(record), value["base"], shared)
        if merged is None:  # it was given to a seed that is gone
            continue
        db.table("source_lines").insert_all(value["source_lines"], ignore=True)
        upserts.append(replace(merged, mentions=merge_mentions(merged.mentions, mentions_of_lines(lines))))
        stands = [row for row in value["field_sources"] if _is_of(row, merged)]
        db.table("field_sources").insert_all(stands, pk=("key", "field"), replace=True)
    catalog.upsert_within(db, upserts)
    apply_records(catalog, db, [record for record in records if record.kind != "entry"])


def _is_of(row: dict[str, Any], entry: Entry) -> bool:
    """Whether a row of `field_sources` is about the value that the entry has."""
    source = FieldSource(*(row[name] for name in FieldSource._fields))
    return source.value_hash == hash_value(getattr(entry, source.field))


def _merge(own: Entry | None, base_record: dict[str, Any] | None, shared: Entry | None) -> Entry | None:
    """A team's entry on top of what everybody has now. `base_record`: what everybody had when the team changed it."""
    if own is None or shared is None:
        return own or shared
    base = entry_from_json(base_record) if base_record else None
    if base is None or shared.source == "seeds":
        return replace(shared, mentions=merge_mentions(shared.mentions, own.mentions))
    names = [field.name for field in fields(Entry) if field.name != "mentions"]
    changed: dict[str, Any] = {name: getattr(own, name) for name in names if getattr(own, name) != getattr(base, name)}
    added = [mention for mention in own.mentions if mention not in base.mentions]
    return replace(shared, **changed, mentions=merge_mentions(shared.mentions, added))
