"""Imports documents into the catalogue, previews and imports web addresses, and carries out the decisions of the review
queue. Each import is one transaction, and `catalog.imports.undo_last_import` takes it back as a whole.

What follows an import (arrivals, digests, alerts) is not started here: whoever imports hands the report on.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from bot.catalog import imports, provenance, review
from bot.catalog.imports import ImportBatch
from bot.catalog.models import Entry, Filters, Mention, Version
from bot.catalog.provenance import SourceLine, merge_mentions
from bot.catalog.repository import Catalog
from bot.errors import SourceError
from bot.ingest.areas import AreaClassifier
from bot.ingest.fetch import Fetcher, validate_url
from bot.ingest.garbage_collection import paused_garbage_collection
from bot.ingest.load import load_source
from bot.ingest.merge import MergeContext, merge_documents
from bot.ingest.models import ParsedDocument, Priority, Record
from bot.ingest.report import ImportOutcome, ImportReport
from bot.text import line_hash


def import_documents(
    catalog: Catalog,
    documents: Sequence[ParsedDocument],
    now: datetime,
    dry_run: bool = False,
    before_write: Callable[[Sequence[Entry]], None] | None = None,
) -> ImportReport:
    """Merge documents into the catalogue. With `dry_run` nothing is written, and the report says what would be.

    The merge reads and writes in one transaction: of two imports at the same time, the second one sees what the first
    wrote. `before_write` gets the entries just before they are written, because other processes may see them a moment
    later. Raises CatalogueError when the catalogue cannot be written; it is unchanged then.
    """
    if dry_run:
        return merge_documents(documents, _load_context(catalog, documents))[1]

    def merge_and_write() -> ImportReport:
        with paused_garbage_collection(), imports.import_transaction(catalog):
            batch, report = merge_documents(documents, _load_context(catalog, documents))
            if before_write and batch.upserts:
                before_write(batch.upserts)
            report.import_id = _write(catalog, batch, report.sources, report, now)
        return report

    return imports.again_when_behind(merge_and_write)


def _write(
    catalog: Catalog, batch: ImportBatch, sources: Sequence[str], report: ImportReport, now: datetime
) -> int | None:
    return imports.write_import(catalog, batch, sources, report.counts(), now.isoformat(timespec="seconds"))


def _load_context(catalog: Catalog, documents: Iterable[ParsedDocument]) -> MergeContext:
    records = [record for document in documents for record in document.records]
    hashes = {line_hash(line) for record in records for line in record.lines}
    numbers = {record.number for record in records if record.number}
    lines_by_hash: dict[str, list[SourceLine]] = {}
    for line in provenance.find_source_lines(catalog.db, hashes):
        lines_by_hash.setdefault(line.hash, []).append(line)
    keys = catalog.keys()
    needed = {*numbers, *(key for key in keys if not key.isdigit())}
    needed |= {line.key for lines in lines_by_hash.values() for line in lines}
    if any(record.number is None for record in records):
        needed |= _possible_matches(catalog, records)
    entries = {entry.key: entry for entry in catalog.entries(needed & keys)}
    source_texts: dict[str, list[str]] = {}
    for line in provenance.source_lines_of(catalog.db, set(entries)):
        source_texts.setdefault(line.key, []).append(line.text)
    return MergeContext(
        entries,
        lines_by_hash,
        source_texts,
        provenance.field_sources_of(catalog.db, numbers & keys),
        review.review_states(catalog.db, hashes),
        keys,
        tuple(catalog.versions()),
        AreaClassifier(catalog.areas(), catalog.described_changes()),
    )


def _possible_matches(catalog: Catalog, records: Iterable[Record]) -> set[str]:
    """Keys of the entries that a record without a number may be the same as: those of its versions or its episode."""
    unnumbered = [record for record in records if record.number is None]
    versions = {v for record in unnumbered for v in (record.version, *record.possible_versions) if v}
    episodes = {record.mention.episode for record in unnumbered if record.mention}
    keys = set(catalog.keys_matching(Filters(versions=tuple(versions)))) if versions else set()
    for episode in episodes:
        keys |= set(catalog.keys_matching(Filters(episode=episode)))
    return keys


# -- a web address that a person gives in Slack -----------------------------------------------------------------------


class ImportPreview(NamedTuple):
    """What importing an address would do. `content_hash` identifies what was read: `import_url` compares it, so that
    only what was shown is imported.
    """

    report: ImportReport
    content_hash: str


def preview_url(catalog: Catalog, url: str, now: datetime, fetcher: Fetcher | None = None) -> ImportPreview:
    """A dry run of an address. Only public addresses are fetched. Raises SourceError for any other, and where nothing
    can be read.
    """
    documents, content_hash = _load_url(url, fetcher)
    return ImportPreview(import_documents(catalog, documents, now, dry_run=True), content_hash)


def import_url(
    catalog: Catalog, url: str, content_hash: str, now: datetime, fetcher: Fetcher | None = None
) -> ImportReport:
    """Import what `preview_url` showed. Raises SourceError as it does, and when the page has changed since; nothing is
    written then.
    """
    documents, current_hash = _load_url(url, fetcher)
    if content_hash != current_hash:
        raise SourceError(f"{url} says something else than when you looked. Nothing was imported; have another look.")
    return import_documents(catalog, documents, now)


def _load_url(url: str, fetcher: Fetcher | None) -> tuple[list[ParsedDocument], str]:
    documents = list(load_source(validate_url(url), fetcher or Fetcher(public_only=True)))
    failures = [problem.reason for document in documents for problem in document.failures]
    if failures and not any(document.records for document in documents):
        raise SourceError("; ".join(dict.fromkeys(failures))[:500])
    if not any(document.records or document.problems for document in documents):
        raise SourceError(f"{url} was read, but no line of it reads as a change. Look whether it is the right page.")
    return documents, hashlib.sha256(repr(documents).encode("utf-8", "replace")).hexdigest()[:16]


# -- decisions on the review queue ------------------------------------------------------------------------------------


def accept_review_item(catalog: Catalog, review_id: int, now: datetime, key: str | None = None) -> ImportReport:
    """Decide that a queued line is the change `key` (default: the candidate with the highest score).

    Raises SourceError when there is no such line or change.
    """
    return imports.again_when_behind(lambda: _accept(catalog, review_id, now, key))


def _accept(catalog: Catalog, review_id: int, now: datetime, key: str | None) -> ImportReport:
    with imports.import_transaction(catalog):
        item = _find_review_candidate(catalog, review_id)
        if key is None and not item.candidates:
            raise SourceError(
                f"Nothing is like review {review_id} enough to be proposed. "
                f"Name the change: halobot sources review accept {review_id} --as 1016865"
            )
        target = key or item.candidates[0][0]
        entry = next(iter(catalog.entries([target])), None)
        if entry is None:
            raise SourceError(f"There is no entry {target}. `halobot ask {target}` shows the nearest.")
        record = record_from_json(item.record_json)
        # Entries that were made of this very line become part of the change.
        linked_keys = {line.key for line in provenance.find_source_lines(catalog.db, [item.hash])} - {target}
        others = [other for other in catalog.entries(linked_keys) if other.source != "seeds"]
        mentions = [mention for other in others for mention in other.mentions]
        mentions += [record.mention] if record.mention else []
        merged = replace(entry, mentions=merge_mentions(entry.mentions, mentions))
        updated = [merged] if merged != entry else []
        deleted = [other.key for other in others if not other.numbered]
        batch = ImportBatch(updated, deleted, _source_lines(target, item, record))
        outcome = ImportOutcome("merged", target, item.text, "accepted", item.source, item.line_number)
        report = ImportReport(updated=tuple(e.key for e in updated), removed=tuple(deleted), outcomes=[outcome])
        return _write_decision(catalog, review.ReviewDecision(review_id, "accepted", target), batch, report, now)


def _source_lines(key: str, item: review.ReviewCandidate, record: Record) -> list[SourceLine]:
    """The links of a queued line, and of the other lines of its record, to an entry."""
    episode, at = (record.mention.episode, record.mention.at) if record.mention else (None, None)
    texts = {line_hash(line): line for line in (item.text, *record.lines)}
    return [
        SourceLine(hashed, key, text, episode, at, False, item.source, item.line_number)
        for hashed, text in texts.items()
    ]


def reject_review_item(catalog: Catalog, review_id: int, now: datetime) -> ImportReport:
    """Decide that a queued line is a change of its own: it becomes an entry. Raises SourceError when there is no such
    line.
    """
    return imports.again_when_behind(lambda: _reject(catalog, review_id, now))


def _reject(catalog: Catalog, review_id: int, now: datetime) -> ImportReport:
    with imports.import_transaction(catalog):
        item = _find_review_candidate(catalog, review_id)
        record = record_from_json(item.record_json)
        batch, report = ImportBatch(), ImportReport()
        # A line that is linked to an entry by now needs no entry of its own.
        if record.lines and not provenance.find_source_lines(catalog.db, [item.hash]):
            document = ParsedDocument(item.source, (record,))
            context = replace(_load_context(catalog, [document]), review_states={item.hash: "rejected"})
            if record.number:  # and is matched to no entry without a number again
                context.entries = {key: entry for key, entry in context.entries.items() if key.isdigit()}
            batch, report = merge_documents([document], context)
        key = report.new[0] if report.new else ""
        return _write_decision(catalog, review.ReviewDecision(review_id, "rejected", key), batch, report, now)


def _write_decision(
    catalog: Catalog, decision: review.ReviewDecision, batch: ImportBatch, report: ImportReport, now: datetime
) -> ImportReport:
    batch.decision = decision
    report.import_id = _write(catalog, batch, [f"review {decision.review_id}"], report, now)
    return report


def _find_review_candidate(catalog: Catalog, review_id: int) -> review.ReviewCandidate:
    item = review.find_open_item(catalog.db, review_id)
    if item is None:
        raise SourceError(f"Nothing waits under number {review_id}. `halobot sources review` lists what does.")
    return item.candidate


def record_from_json(text: str) -> Record:
    """A record as the review queue stores it: the JSON of its fields."""
    stored: dict[str, Any] = json.loads(text)
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
    } | {
        "priority": Priority(stored["priority"]),
        "version": Version(*stored["version"]) if stored["version"] else None,
        "possible_versions": tuple(Version(*version) for version in stored["possible_versions"]),
        "mention": Mention(*stored["mention"]) if stored["mention"] else None,
    }
    return Record(**fields)
