"""Merges documents into what the catalogue knows, and gives what has to be written. Pure: what the catalogue knows is
handed in as a `MergeContext`.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace

from bot.catalog.imports import ImportBatch
from bot.catalog.models import Entry, Version
from bot.catalog.provenance import FieldSource, SourceLine, merge_mentions
from bot.catalog.review import ReviewCandidate
from bot.ingest import field_merge
from bot.ingest.areas import AreaClassifier
from bot.ingest.matching import BlockingIndex, MatchScore, best_matches, score_match
from bot.ingest.models import ParsedDocument, Priority, Record, SourcedRecord
from bot.ingest.report import ImportOutcome, ImportReport, OutcomeKind
from bot.ingest.versions import restore_version
from bot.text import line_hash

Candidates = Sequence[tuple[str, int]]  # keys of entries, each with its match score
MAX_COMPARISONS = 300_000  # of one import's lines without a number with known changes; some seconds, ten long posts


@dataclass(slots=True)
class MergeContext:
    """What the catalogue knows about the records of an import."""

    # Entries with the records' numbers or lines, and those that a record without a number may be the same as.
    entries: dict[str, Entry] = field(default_factory=dict)
    lines_by_hash: dict[str, list[SourceLine]] = field(default_factory=dict)
    source_texts: dict[str, list[str]] = field(default_factory=dict)  # the sources' texts of an entry, by its key
    field_sources: dict[tuple[str, str], FieldSource] = field(default_factory=dict)
    review_states: dict[str, str] = field(default_factory=dict)  # of lines that were queued before, by hash
    keys: frozenset[str] = frozenset()
    versions: tuple[Version, ...] = ()
    areas: AreaClassifier = field(default_factory=lambda: AreaClassifier({}))


def merge_documents(documents: Iterable[ParsedDocument], context: MergeContext) -> tuple[ImportBatch, ImportReport]:
    """What these documents change in the catalogue, and the report of it.

    Records with a number are merged first, so that those without one can be matched to them in any order of documents.
    """
    return _Merger(list(documents), context).run()


class _Merger:
    def __init__(self, documents: list[ParsedDocument], context: MergeContext) -> None:
        self.documents, self.context = documents, context
        self.batch, self.report = ImportBatch(), ImportReport()
        self.entries = dict(context.entries)  # as they will be
        self.saved: dict[str, Entry] = {}
        self.source_lines: dict[tuple[str, str], SourceLine] = {}
        self.field_sources: dict[str, dict[str, FieldSource]] = {}  # by key and name of the field
        self.source_texts = {key: list(texts) for key, texts in context.source_texts.items()}
        self.lines_by_hash = {hashed: list(lines) for hashed, lines in context.lines_by_hash.items()}
        self.keys = set(context.keys)
        self.versions = {record.version for document in documents for record in document.records if record.version}
        self.restored: dict[Version, Version] = {}  # as sources write them, and as they are meant
        self.index = BlockingIndex(self.entries.values())
        # Not in `index`, `lines_by_hash` and `source_texts` yet, in which only records without a number are looked up.
        self.new_entries: list[Entry] = []
        self.new_lines: list[SourceLine] = []
        self.comparisons = 0

    def run(self) -> tuple[ImportBatch, ImportReport]:
        origins = [
            SourcedRecord(document.source, self._restore_version(self._name_area(record)))
            for document in self.documents
            for record in document.records
        ]
        numbered: dict[str, list[SourcedRecord]] = {}
        for origin in origins:
            if origin.record.number:
                numbered.setdefault(origin.record.number, []).append(origin)
        for number, group in numbered.items():
            self._merge_numbered(number, group)
        for origin in sorted((origin for origin in origins if not origin.record.number), key=_position):
            self._index_what_is_new()
            self._merge_unnumbered(origin)
        for document in self.documents:
            self.report.add_document(document)
            self.batch.episodes.extend(document.episodes)
        self._collect_changes()
        return self.batch, self.report

    def _collect_changes(self) -> None:
        known = self.context.entries
        changed = {key: entry for key, entry in self.saved.items() if key not in known or known[key] != entry}
        self.batch.upserts = list(changed.values())
        self.batch.source_lines = list(self.source_lines.values())
        self.batch.field_sources = [source for sources in self.field_sources.values() for source in sources.values()]
        self.report.new = tuple(key for key in changed if key not in known)
        self.report.updated = tuple(key for key in changed if key in known)
        self.report.removed = tuple(self.batch.deletes)
        without_area = [key for key in self.report.new if changed[key].area is None]
        if without_area and self.context.areas.names:
            count = "1 new change has" if len(without_area) == 1 else f"{len(without_area)} new changes have"
            self.report.add_remark(f"{count} no area that stands out: `halobot phrasings export` asks for it.")

    def _name_area(self, record: Record) -> Record:
        """The record with its area as the catalogue calls it, and without one that the catalogue does not know."""
        if record.area is None:
            return record
        area = self.context.areas.find_by_name(record.area)
        return record if record.area == area else replace(record, area=area)

    def _restore_version(self, record: Record) -> Record:
        """The record with the last zero of its version restored where it was lost."""
        if record.version is None:
            return record
        if record.version not in self.restored:
            meant, remark = restore_version(record.version, self.versions, self.context.versions)
            self.restored[record.version] = meant
            if remark:
                self.report.add_remark(remark)
        version = self.restored[record.version]
        return record if version == record.version else replace(record, version=version)

    # -- records with a number ----------------------------------------------------------------------------------------

    def _merge_numbered(self, number: str, group: list[SourcedRecord]) -> None:
        old = self.entries.get(number)
        merged = field_merge.merge_fields(number, old, group, self.context.field_sources, self.context.areas)
        for remark in merged.remarks:
            self.report.add_remark(remark)
        entry = self._absorb_unnumbered(number, merged.entry, group)
        new_lines = [self._link_line(number, origin, line) for origin in group for line in origin.record.lines]
        self._save(entry)
        self.field_sources[number] = merged.sources
        if old is None:
            self._report("new", number, entry.title, "", group[0])
        elif entry != old:
            self._report("changed", number, entry.title, field_merge.changed_fields(old, entry), group[0])
        elif any(new_lines):
            self._report("merged", number, entry.title, "the same change, in other words", group[0])
        else:
            self.report.unchanged += 1

    def _absorb_unnumbered(self, number: str, entry: Entry, group: list[SourcedRecord]) -> Entry:
        """Merge entries that a source described without this number into the numbered entry. Uncertain ones, and seeds,
        which a person wrote, go to the review queue.
        """
        if not self.index.has_unnumbered:
            return entry
        same, possible = self._find_unnumbered(entry, group)
        for key in sorted(same):
            other = self.entries[key]
            if other.source == "seeds":
                possible[key] = 100
                continue
            entry = replace(entry, mentions=merge_mentions(entry.mentions, other.mentions))
            self._remove(other, into=number)
            self._report("merged", number, other.title, f"{key} was this change without its number", group[0])
        for key, score in possible.items():
            other = self.entries[key]
            if other.source != "seeds":
                origin = SourcedRecord(group[0].source, Record(None, other.title, line_number=_line_number(group[0])))
                self._queue_review(other.title, origin, [(number, score)], f"{key} may be {number}")
            elif number not in self.context.entries:
                line = group[0].record.lines[0]
                self._queue_review(line, group[0], [(key, score)], f"{number} may be {key}, which was written by hand")
        return entry

    def _find_unnumbered(self, entry: Entry, group: list[SourcedRecord]) -> tuple[set[str], dict[str, int]]:
        """The unnumbered entries that are certainly this one (the same line, or a certain match), and the scores of
        those that may be.
        """
        hashes = {line_hash(line) for _, record in group for line in record.lines}
        same = {
            line.key
            for hashed in hashes
            for line in self.lines_by_hash.get(hashed, ())
            if self._is_unnumbered(line.key)
        }
        possible: dict[str, int] = {}
        for key in self.index.unnumbered_candidates(entry) - same:
            if key in self.entries and (match := score_match(self.entries[key].title, [entry.title, entry.summary])):
                if match.certain:
                    same.add(key)
                else:
                    possible[key] = match.score
        return same, possible

    def _is_unnumbered(self, key: str) -> bool:
        entry = self.entries.get(key)
        return entry is not None and entry.kind == "feature" and not entry.numbered

    def _remove(self, entry: Entry, into: str) -> None:
        """Delete an entry that became part of another; its lines are linked to that one."""
        self.entries.pop(entry.key)
        self.saved.pop(entry.key, None)
        if entry.key in self.context.entries:
            self.batch.deletes.append(entry.key)
        lines = [line for group in self.lines_by_hash.values() for line in group if line.key == entry.key]
        linked = {line.hash for line in lines}
        texts = {line_hash(text): text for text in (entry.title, *self.source_texts.pop(entry.key, []))}
        lines += [
            SourceLine(hashed, entry.key, text, None, None, False, entry.source, 0)
            for hashed, text in texts.items()
            if hashed not in linked
        ]
        for line in lines:
            self.source_lines.pop((line.hash, line.key), None)
            self._record_line(line._replace(key=into))

    # -- records without a number -------------------------------------------------------------------------------------

    def _merge_unnumbered(self, origin: SourcedRecord) -> None:
        record = origin.record
        line = record.lines[0]
        hashed = line_hash(line)
        if linked := [known for known in self.lines_by_hash.get(hashed, ()) if known.key in self.entries]:
            self._merge_known_line(linked[0], origin)
            return
        state = self.context.review_states.get(hashed)
        if state == "open":
            self.report.unchanged += 1
            return
        if self.comparisons > MAX_COMPARISONS:
            reason = "too many lines without a number in one import; split the document and import its parts"
            self._report("refused", "", record.title, reason, origin)
            return
        matches = self._find_matches(origin) if state != "rejected" else []
        if _has_clear_winner(matches):
            key, match = matches[0]
            self._record_line(_source_line(hashed, key, origin, line, inferred=True))
            reason = f"the same as “{self.entries[key].title[:70]}” ({match.score} of 100 alike)"
            self._report("merged", key, record.title, reason, origin)
        elif matches:
            scores = [(key, match.score) for key, match in matches]
            self._queue_review(line, origin, scores, "like, but not surely the same as, what is known")
        elif record.priority == Priority.TEASER:
            self._queue_review(line, origin, [], "a summary whose title was lost on this page")
        else:
            self._add_unnumbered(origin)

    def _find_matches(self, origin: SourcedRecord) -> list[tuple[str, MatchScore]]:
        candidates = self.index.candidates(self._entry_from_record("", origin))
        texts = [(key, self._texts(key)) for key in sorted(candidates) if key in self.entries]
        self.comparisons += len(texts)
        return best_matches(origin.record.title, texts)

    def _merge_known_line(self, line: SourceLine, origin: SourcedRecord) -> None:
        """A line that was imported before: only a mention in another episode is new."""
        entry, mention = self.entries[line.key], origin.record.mention
        mentions = entry.mentions
        if mention and not line.inferred:
            mentions = merge_mentions(mentions, [mention])
        if mentions != entry.mentions:
            self._save(replace(entry, mentions=mentions))
            self._report("changed", entry.key, entry.title, "mentions", origin)
        elif line.source in (origin.source, "seeds") or line.episode == (mention.episode if mention else None):
            self.report.unchanged += 1
        else:
            self._report("merged", entry.key, origin.record.title, "the same words", origin)

    def _add_unnumbered(self, origin: SourcedRecord) -> None:
        key = self._free_key(origin.record)
        if key is None:
            reason = "neither a number nor a version or an episode to name it by"
            self._report("refused", "", origin.record.title, reason, origin)
            return
        entry = self._entry_from_record(key, origin)
        self._save(entry)
        for line in origin.record.lines:
            self._link_line(key, origin, line)
        self.field_sources.setdefault(key, {}).update(field_merge.sources_of_fields(entry, *origin))
        self._report("new", key, entry.title, "", origin)

    def _free_key(self, record: Record) -> str | None:
        """`ep15-07`: the 7th change without a number of episode 15, or the next key that is free; `noid-1a2b3c4d` where
        only the version is known. None when nothing tells it apart.
        """
        if record.mention is None:
            return f"noid-{line_hash(record.title)[:8]}" if record.version or record.possible_versions else None
        for index in range(record.index_in_episode or 1, 1_000):
            key = f"ep{record.mention.episode:02}-{index:02}"
            if key not in self.keys:
                self.keys.add(key)
                return key
        return None

    def _entry_from_record(self, key: str, origin: SourcedRecord) -> Entry:
        return field_merge.entry_from_record(key, origin.source, origin.record, self.context.areas)

    # -- both ---------------------------------------------------------------------------------------------------------

    def _queue_review(self, line: str, origin: SourcedRecord, candidates: Candidates, reason: str) -> None:
        """Put a line into the review queue, unless it was there before."""
        hashed = line_hash(line)
        if hashed in self.context.review_states:
            return
        record_json = json.dumps(asdict(origin.record))
        self.batch.review_candidates.append(
            ReviewCandidate(hashed, line, record_json, tuple(candidates), reason, origin.source, _line_number(origin))
        )
        scores = ", ".join(f"{key} ({score})" for key, score in candidates)
        key = candidates[0][0] if candidates else ""
        self._report("unsure", key, origin.record.title, f"{reason}: {scores}" if scores else reason, origin)

    def _report(self, kind: OutcomeKind, key: str, title: str, reason: str, origin: SourcedRecord) -> None:
        self.report.add(ImportOutcome(kind, key, title, reason, origin.source, _line_number(origin)))

    def _save(self, entry: Entry) -> None:
        self.entries[entry.key] = self.saved[entry.key] = entry
        self.new_entries.append(entry)

    def _texts(self, key: str) -> list[str]:
        entry = self.entries[key]
        return [entry.title, entry.summary[:300], *self.source_texts.get(key, ())]

    def _link_line(self, key: str, origin: SourcedRecord, line: str) -> bool:
        """Link a line to an entry. Returns whether the link is new."""
        hashed = line_hash(line)
        known = self.lines_by_hash.get(hashed)
        if (hashed, key) in self.source_lines or (known and any(link.key == key for link in known)):
            return False
        self._record_line(_source_line(hashed, key, origin, line))
        return True

    def _record_line(self, line: SourceLine) -> None:
        self.source_lines[line.hash, line.key] = line
        self.new_lines.append(line)

    def _index_what_is_new(self) -> None:
        for entry in self.new_entries:
            self.index.add(entry)
        for line in self.new_lines:
            self.lines_by_hash.setdefault(line.hash, []).append(line)
            self.source_texts.setdefault(line.key, []).append(line.text)
        self.new_entries, self.new_lines = [], []


def _position(origin: SourcedRecord) -> tuple[int, int, int]:
    """The order of records without a number: by episode, so that their keys do not depend on the order of documents."""
    mention = origin.record.mention
    return (mention.episode if mention else 0, origin.record.index_in_episode, origin.record.line_number)


def _has_clear_winner(matches: list[tuple[str, MatchScore]]) -> bool:
    """Whether the first match is certain, and better than the second."""
    if not matches or not matches[0][1].certain:
        return False
    return len(matches) == 1 or not matches[1][1].certain or matches[0][1].score > matches[1][1].score


def _line_number(origin: SourcedRecord) -> int:
    return origin.record.line_number


def _source_line(hashed: str, key: str, origin: SourcedRecord, line: str, inferred: bool = False) -> SourceLine:
    """The link of a line to an entry, with the mention of its record."""
    source, record = origin
    episode, at = record.mention or (None, None)
    return SourceLine(hashed, key, line, episode, at, inferred, source, record.line_number)
