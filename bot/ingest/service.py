"""Bringing readings into the catalogue: merged with what is known, written all or nothing, and taken back again.

What follows an intake (arrivals, digests, watches) needs no word from here: it looks whether the catalogue moved
(`digest.scheduler`).
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.catalog import imports, provenance, review
from bot.catalog.imports import ImportBatch, UndoResult
from bot.catalog.models import Entry, Filters, Mention, Version
from bot.catalog.provenance import SourceLine, merge_mentions
from bot.catalog.repository import Catalog
from bot.catalog.review import ReviewItem
from bot.errors import SourceError
from bot.ingest.areas import AreaClassifier
from bot.ingest.merge import MergeContext, merge_documents
from bot.ingest.models import ParsedDocument, Priority, Record
from bot.ingest.report import ImportOutcome, ImportReport
from bot.text import line_hash


def import_documents(
    catalogue: Catalog,
    documents: Sequence[ParsedDocument],
    now: datetime,
    dry_run: bool = False,
    before_write: Callable[[Sequence[Entry]], None] | None = None,
) -> ImportReport:
    """Merge these readings into the catalogue. With `dry_run` only say what would happen.

    Looking at what is known and writing is one transaction: of two intakes at once, the second sees what the first
    wrote. `before` is shown the entries just before they are written: whoever looks for news in the catalogue may do so
    a moment later. Raises CatalogueError when it cannot be written; the catalogue is then as it was.
    """
    if dry_run:
        return merge_documents(documents, _known(catalogue, documents))[1]
    with catalogue.write_transaction():
        changes, report = merge_documents(documents, _known(catalogue, documents))
        if before_write and changes.upserts:
            before_write(changes.upserts)
        report.import_id = imports.write_import(
            catalogue, changes, report.sources, report.counts(), now.isoformat(timespec="seconds")
        )
    return report


def undo(catalogue: Catalog) -> UndoResult | None:
    """Take back the last intake; None when there is none to take back."""
    return imports.undo_last_import(catalogue)


def _known(catalogue: Catalog, readings: Iterable[ParsedDocument]) -> MergeContext:
    records = [record for reading in readings for record in reading.records]
    hashes = {line_hash(line) for record in records for line in record.lines}
    numbers = {record.number for record in records if record.number}
    db = catalogue.db
    said: dict[str, list[SourceLine]] = {}
    for one in provenance.find_source_lines(db, hashes):
        said.setdefault(one.hash, []).append(one)
    keys = catalogue.keys()
    unnumbered = [key for key in keys if not key.isdigit()]
    wanted = {*numbers, *unnumbered, *(one.key for group in said.values() for one in group)}
    if any(record.number is None for record in records):
        wanted |= _possible_matches(catalogue, records)
    entries = {entry.key: entry for entry in catalogue.entries(wanted)}
    texts: dict[str, list[str]] = {}
    for one in provenance.source_lines_of(db, set(entries)):
        texts.setdefault(one.key, []).append(one.text)
    sources, judged = provenance.field_sources_of(db, numbers), review.review_states(db, hashes)
    return MergeContext(
        entries, said, texts, sources, judged, keys, tuple(catalogue.versions()), AreaClassifier(catalogue.areas())
    )


def _possible_matches(catalogue: Catalog, records: Iterable[Record]) -> set[str]:
    """Keys of what a change without a number could be: of its versions, or of its episode."""
    described = [record for record in records if record.number is None]
    versions = {v for record in described for v in (record.version, *record.possible_versions) if v}
    episodes = {record.mention.episode for record in described if record.mention}
    found = set(catalogue.keys_matching(Filters(versions=tuple(versions)))) if versions else set()
    for episode in episodes:
        found |= set(catalogue.keys_matching(Filters(episode=episode)))
    return found


# -- what a person judges
# -------------------------------------------------------------------------------------------------


def waiting(catalogue: Catalog) -> list[ReviewItem]:
    """The lines that wait for a person, oldest first."""
    return review.open_items(catalogue.db)


def accept_review_item(catalogue: Catalog, number: int, now: datetime, key: str | None = None) -> ImportReport:
    """A person says that a waiting line is the change `key` (by default the likeliest). Raises SourceError when that
    cannot be.
    """
    with catalogue.write_transaction():
        one = _waiting(catalogue, number)
        target = key or (one.candidates[0][0] if one.candidates else None)
        if target is None:
            raise SourceError(
                f"Nothing is like review {number} enough to be proposed. Name the change: halobot sources review accept {number} --as 1016865"
            )
        found = {entry.key: entry for entry in catalogue.entries([target])}
        if target not in found:
            raise SourceError(f"There is no entry {target}. `halobot ask {target}` shows the nearest.")
        entry, record = found[target], record_from_json(one.record_json)
        own = [
            e
            for e in catalogue.entries(said.key for said in provenance.find_source_lines(catalogue.db, [one.hash]))
            if e.key != target and e.source != "seeds"
        ]
        mentions = [
            *([record.mention] if record.mention else []),
            *(mention for other in own for mention in other.mentions),
        ]
        merged = replace(entry, mentions=merge_mentions(entry.mentions, mentions))
        at = (record.mention.episode, record.mention.at) if record.mention else (None, None)
        lines = {line_hash(line): line for line in (one.text, *record.lines)}
        said = [
            SourceLine(hashed, target, line, at[0], at[1], False, one.source, one.line_number)
            for hashed, line in lines.items()
        ]
        changes = ImportBatch([merged] if merged != entry else [], [e.key for e in own if not e.numbered], said)
        report = ImportReport(
            (),
            (target,) if merged != entry else (),
            tuple(changes.deletes),
            [ImportOutcome("merged", target, one.text, "accepted", one.source, one.line_number)],
        )
        return _judged(catalogue, number, "accepted", target, changes, report, now)


def reject_review_item(catalogue: Catalog, number: int, now: datetime) -> ImportReport:
    """A person says that a waiting line is no change that is known: it becomes an entry of its own. Raises SourceError
    when no such line waits.
    """
    with catalogue.write_transaction():
        one = _waiting(catalogue, number)
        record = record_from_json(one.record_json)
        settled = review.review_states(catalogue.db, [one.hash]) if record.lines else {}
        if settled and not provenance.find_source_lines(catalogue.db, [one.hash]):
            reading = ParsedDocument(one.source, (record,))
            known = replace(_known(catalogue, [reading]), review_states={one.hash: "rejected"})
            if record.number:
                known = replace(
                    known, entries={key: e for key, e in known.entries.items() if key.isdigit()}
                )  # it was told apart from the others
            changes, report = merge_documents([reading], known)
        else:
            changes, report = ImportBatch(), ImportReport()
        return _judged(catalogue, number, "rejected", report.new[0] if report.new else "", changes, report, now)


def _judged(
    catalogue: Catalog, number: int, state: str, key: str, changes: ImportBatch, report: ImportReport, now: datetime
) -> ImportReport:
    changes.decision = review.ReviewDecision(number, state, key)
    report.import_id = imports.write_import(
        catalogue, changes, [f"review {number}"], report.counts(), now.isoformat(timespec="seconds")
    )
    return report


def _waiting(catalogue: Catalog, number: int) -> review.ReviewCandidate:
    one = review.find_open_item(catalogue.db, number)
    if one is None:
        raise SourceError(f"Nothing waits under number {number}. `halobot sources review` lists what does.")
    return one.candidate


def record_from_json(text: str) -> Record:
    """A record as the review queue stores it: the JSON of its fields."""
    data = json.loads(text)
    version, mention = data.pop("version"), data.pop("mention")
    possible = tuple(Version(*v) for v in data.pop("possible_versions"))
    priority = Priority(data.pop("priority"))
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Record(
        **plain,
        version=Version(*version) if version else None,
        possible_versions=possible,
        mention=Mention(*mention) if mention else None,
        priority=priority,
    )
