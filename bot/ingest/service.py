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
from bot.catalog.imports import Changes, Undone
from bot.catalog.models import Entry, Filters, Mention, Version
from bot.catalog.provenance import Said, merged_mentions
from bot.catalog.repository import Catalogue
from bot.catalog.review import Waiting
from bot.errors import SourceError
from bot.ingest.areas import Areas
from bot.ingest.merge import Known, merge
from bot.ingest.models import Reading, Record
from bot.ingest.report import IntakeReport, Outcome
from bot.text import line_hash


def take_in(
    catalogue: Catalogue,
    readings: Sequence[Reading],
    now: datetime,
    dry_run: bool = False,
    before: Callable[[Sequence[Entry]], None] | None = None,
) -> IntakeReport:
    """Merge these readings into the catalogue. With `dry_run` only say what would happen.

    Looking at what is known and writing is one transaction: of two intakes at once, the second sees what the first
    wrote.
    `before` is shown the entries just before they are written: whoever looks for news in the catalogue may do so a
    moment later.
    Raises CatalogueError when it cannot be written; the catalogue is then as it was.
    """
    if dry_run:
        return merge(readings, _known(catalogue, readings))[1]
    with catalogue.transaction():
        changes, report = merge(readings, _known(catalogue, readings))
        if before and changes.puts:
            before(changes.puts)
        report.number = imports.write(
            catalogue, changes, report.sources, report.counts(), now.isoformat(timespec="seconds")
        )
    return report


def undo(catalogue: Catalogue) -> Undone | None:
    """Take back the last intake; None when there is none to take back."""
    return imports.undo(catalogue)


def _known(catalogue: Catalogue, readings: Iterable[Reading]) -> Known:
    records = [record for reading in readings for record in reading.records]
    hashes = {line_hash(line) for record in records for line in record.lines}
    numbers = {record.number for record in records if record.number}
    db = catalogue.db
    said: dict[str, list[Said]] = {}
    for one in provenance.said_with(db, hashes):
        said.setdefault(one.hash, []).append(one)
    keys = catalogue.keys()
    unnumbered = [key for key in keys if not key.isdigit()]
    wanted = {*numbers, *unnumbered, *(one.key for group in said.values() for one in group)}
    if any(record.number is None for record in records):
        wanted |= _possible_matches(catalogue, records)
    entries = {entry.key: entry for entry in catalogue.entries(wanted)}
    texts: dict[str, list[str]] = {}
    for one in provenance.said_of(db, set(entries)):
        texts.setdefault(one.key, []).append(one.text)
    sources, judged = provenance.field_sources(db, numbers), review.judged(db, hashes)
    return Known(entries, said, texts, sources, judged, keys, tuple(catalogue.versions()), Areas(catalogue.areas()))


def _possible_matches(catalogue: Catalogue, records: Iterable[Record]) -> set[str]:
    """Keys of what a change without a number could be: of its versions, or of its episode."""
    described = [record for record in records if record.number is None]
    versions = {v for record in described for v in (record.version, *record.possible_versions) if v}
    episodes = {record.mention.episode for record in described if record.mention}
    found = set(catalogue.matching(Filters(versions=tuple(versions)))) if versions else set()
    for episode in episodes:
        found |= set(catalogue.matching(Filters(episode=episode)))
    return found


# -- what a person judges
# -------------------------------------------------------------------------------------------------


def waiting(catalogue: Catalogue) -> list[Waiting]:
    """The lines that wait for a person, oldest first."""
    return review.waiting(catalogue.db)


def accept(catalogue: Catalogue, number: int, now: datetime, key: str | None = None) -> IntakeReport:
    """A person says that a waiting line is the change `key` (by default the likeliest). Raises SourceError when that
    cannot be.
    """
    with catalogue.transaction():
        one = _waiting(catalogue, number)
        target = key or (one.candidates[0][0] if one.candidates else None)
        if target is None:
            raise SourceError(
                f"Nothing is like review {number} enough to be proposed. Name the change: halobot sources review accept {number} --as 1016865"
            )
        found = {entry.key: entry for entry in catalogue.entries([target])}
        if target not in found:
            raise SourceError(f"There is no entry {target}. `halobot ask {target}` shows the nearest.")
        entry, record = found[target], read_record(one.record)
        own = [
            e
            for e in catalogue.entries(said.key for said in provenance.said_with(catalogue.db, [one.hash]))
            if e.key != target and e.source != "seeds"
        ]
        mentions = [
            *([record.mention] if record.mention else []),
            *(mention for other in own for mention in other.mentions),
        ]
        merged = replace(entry, mentions=merged_mentions(entry.mentions, mentions))
        at = (record.mention.episode, record.mention.at) if record.mention else (None, None)
        lines = {line_hash(line): line for line in (one.text, *record.lines)}
        said = [
            Said(hashed, target, line, at[0], at[1], False, one.source, one.place) for hashed, line in lines.items()
        ]
        changes = Changes([merged] if merged != entry else [], [e.key for e in own if not e.numbered], said)
        report = IntakeReport(
            (),
            (target,) if merged != entry else (),
            tuple(changes.deletes),
            [Outcome("merged", target, one.text, "accepted", one.source, one.place)],
        )
        return _judged(catalogue, number, "accepted", target, changes, report, now)


def reject(catalogue: Catalogue, number: int, now: datetime) -> IntakeReport:
    """A person says that a waiting line is no change that is known: it becomes an entry of its own. Raises SourceError
    when no such line waits.
    """
    with catalogue.transaction():
        one = _waiting(catalogue, number)
        record = read_record(one.record)
        settled = review.judged(catalogue.db, [one.hash]) if record.lines else {}
        if settled and not provenance.said_with(catalogue.db, [one.hash]):
            reading = Reading(one.source, (record,))
            known = replace(_known(catalogue, [reading]), judged={one.hash: "rejected"})
            if record.number:
                known = replace(
                    known, entries={key: e for key, e in known.entries.items() if key.isdigit()}
                )  # it was told apart from the others
            changes, report = merge([reading], known)
        else:
            changes, report = Changes(), IntakeReport()
        return _judged(catalogue, number, "rejected", report.new[0] if report.new else "", changes, report, now)


def _judged(
    catalogue: Catalogue, number: int, state: str, key: str, changes: Changes, report: IntakeReport, now: datetime
) -> IntakeReport:
    changes.verdict = review.Verdict(number, state, key)
    report.number = imports.write(
        catalogue, changes, [f"review {number}"], report.counts(), now.isoformat(timespec="seconds")
    )
    return report


def _waiting(catalogue: Catalogue, number: int) -> review.Unsure:
    one = review.find(catalogue.db, number)
    if one is None:
        raise SourceError(f"Nothing waits under number {number}. `halobot sources review` lists what does.")
    return one.unsure


def read_record(text: str) -> Record:
    """A record as the review queue keeps it."""
    data = json.loads(text)
    version, mention = data.pop("version"), data.pop("mention")
    possible = tuple(Version(*v) for v in data.pop("possible_versions"))
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Record(
        **plain,
        version=Version(*version) if version else None,
        possible_versions=possible,
        mention=Mention(*mention) if mention else None,
    )
