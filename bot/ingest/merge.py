"""Records and what is known already, into what has to be written. Pure: the catalogue is handed in as `Known`."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace

from bot.catalog.imports import ImportBatch
from bot.catalog.models import Entry, Mention, Version
from bot.catalog.provenance import FieldSource, SourceLine, merge_mentions
from bot.catalog.review import ReviewCandidate
from bot.ingest import field_merge, matching, versions
from bot.ingest.areas import AreaClassifier
from bot.ingest.models import ParsedDocument, Priority, Record
from bot.ingest.near import BlockingIndex
from bot.ingest.report import ImportOutcome, ImportReport
from bot.text import line_hash

Placed = tuple[str, Record]  # a record and the name of its source


@dataclass(slots=True)
class MergeContext:
    """What the catalogue knows of the records at hand."""

    entries: dict[str, Entry] = field(
        default_factory=dict
    )  # with these numbers, standing for these lines, or of the same versions and episodes
    lines_by_hash: dict[str, list[SourceLine]] = field(default_factory=dict)  # by line hash
    source_texts: dict[str, list[str]] = field(default_factory=dict)  # what sources said of an entry, by key
    field_sources: dict[tuple[str, str], FieldSource] = field(default_factory=dict)
    review_states: dict[str, str] = field(default_factory=dict)  # lines that were put up for review before
    keys: frozenset[str] = frozenset()
    versions: tuple[Version, ...] = ()
    areas: AreaClassifier = field(default_factory=lambda: AreaClassifier({}))


def merge_documents(readings: Iterable[ParsedDocument], known: MergeContext) -> tuple[ImportBatch, ImportReport]:
    """What these readings change. Numbered records first, so that lines without a number can be matched to them in any
    order of documents.
    """
    return _Merge(list(readings), known).run()


class _Merge:
    def __init__(self, readings: list[ParsedDocument], known: MergeContext) -> None:
        self.readings, self.known = readings, known
        self.changes, self.report = ImportBatch(), ImportReport()
        self.entries = dict(known.entries)  # as they will be
        self.touched: dict[str, Entry] = {}
        self.said: dict[tuple[str, str], SourceLine] = {}
        self.fields: dict[tuple[str, str], FieldSource] = {}
        self.texts = {key: list(texts) for key, texts in known.source_texts.items()}
        self.by_hash = {one: list(said) for one, said in known.lines_by_hash.items()}
        self.keys = set(known.keys)
        self.written = {r.version for reading in readings for r in reading.records if r.version}
        self.near = BlockingIndex(self.entries.values())

    def run(self) -> tuple[ImportBatch, ImportReport]:
        placed = [(reading.source, self._restored(record)) for reading in self.readings for record in reading.records]
        numbered: dict[str, list[Placed]] = {}
        for one in placed:
            if one[1].number:
                numbered.setdefault(one[1].number, []).append(one)
        for number, group in numbered.items():
            self._numbered(number, group)
        described = [one for one in placed if not one[1].number]
        for source, record in sorted(
            described,
            key=lambda one: (
                one[1].mention.episode if one[1].mention else 0,
                one[1].index_in_episode,
                one[1].line_number,
            ),
        ):
            self._described(source, record)
        for reading in self.readings:
            self.report.add_document(reading)
            self.changes.episodes.extend(reading.episodes)
        changed = {key: entry for key, entry in self.touched.items() if self.known.entries.get(key) != entry}
        self.changes.upserts = list(changed.values())
        self.changes.source_lines, self.changes.field_sources = list(self.said.values()), list(self.fields.values())
        self.report.new = tuple(key for key in changed if key not in self.known.entries)
        self.report.updated = tuple(key for key in changed if key in self.known.entries)
        self.report.removed = tuple(self.changes.deletes)
        return self.changes, self.report

    def _restored(self, record: Record) -> Record:
        """The record with a version whose last zero was lost put right by what the catalogue knows."""
        if record.version is None:
            return record
        version, said = versions.restore_version(record.version, self.written, self.known.versions)
        if said:
            self.report.add_remark(said)
        return record if version == record.version else replace(record, version=version)

    # -- with a number ------------------------------------------------------------------------------------------------

    def _numbered(self, number: str, group: list[Placed]) -> None:
        old = self.entries.get(number)
        result = field_merge.merge_fields(number, old, group, self.known)
        for remark in result.remarks:
            self.report.add_remark(remark)
        entry = self._absorb(number, result.entry, group)
        lines = [(source, record, line) for source, record in group for line in record.lines]
        fresh = [self._say(number, source, record, line) for source, record, line in lines]
        self._keep(entry)
        for name, (source, record, value) in result.winners.items():
            self.fields[number, name] = field_merge.field_source(number, name, source, record, value)
        source, record = group[0]
        if old is None:
            self.report.add(ImportOutcome("new", number, entry.title, "", source, record.line_number))
        elif entry != old:
            self.report.add(
                ImportOutcome(
                    "changed", number, entry.title, field_merge.changed_fields(old, entry), source, record.line_number
                )
            )
        elif any(fresh):
            self.report.add(
                ImportOutcome(
                    "merged", number, entry.title, "the same change, in other words", source, record.line_number
                )
            )
        else:
            self.report.unchanged += 1

    def _absorb(self, number: str, entry: Entry, group: list[Placed]) -> Entry:
        """What was known without its number, and came from a source, becomes part of the numbered change; what a person
        wrote is put to a person.
        """
        if not self.near.has_unnumbered:
            return entry
        hashes = {line_hash(line) for _, record in group for line in record.lines}
        same = {said.key for one in hashes for said in self.by_hash.get(one, ()) if self._unnumbered(said.key)}
        doubtful: dict[str, int] = {}
        for key in self.near.unnumbered_candidates(entry) - same:
            if key not in self.entries:
                continue
            like = matching.score_match(self.entries[key].title, [entry.title, entry.summary])
            if like and like.certain:
                same.add(key)
            elif like:
                doubtful[key] = like.score
        for key in sorted(same):
            other = self.entries[key]
            if other.source == "seeds":
                doubtful[key] = 100
                continue
            entry = replace(entry, mentions=merge_mentions(entry.mentions, other.mentions))
            self._remove(other, number)
            self.report.add(
                ImportOutcome(
                    "merged", number, other.title, f"{key} was this change without its number", *self._where(group)
                )
            )
        for key, score in doubtful.items():
            other = self.entries[key]
            if other.source != "seeds":
                self._doubt(
                    other.title,
                    Record(None, other.title),
                    [(number, score)],
                    f"{key} may be {number}",
                    *self._where(group),
                )
            elif number not in self.known.entries:
                self._doubt(
                    group[0][1].lines[0],
                    group[0][1],
                    [(key, score)],
                    f"{number} may be {key}, which was written by hand",
                    *self._where(group),
                )
        return entry

    def _unnumbered(self, key: str) -> bool:
        entry = self.entries.get(key)
        return entry is not None and entry.kind == "feature" and not entry.numbered

    def _remove(self, entry: Entry, into: str) -> None:
        """An entry goes into another: its lines, known or new, stand for that one now."""
        self.entries.pop(entry.key)
        self.touched.pop(entry.key, None)
        if entry.key in self.known.entries:
            self.changes.deletes.append(entry.key)
        moved = [said for group in self.by_hash.values() for said in group if said.key == entry.key]
        texts = {line_hash(text): text for text in (entry.title, *self.texts.pop(entry.key, []))}
        known = {said.hash for said in moved}
        moved += [
            SourceLine(one, entry.key, text, None, None, False, entry.source, 0)
            for one, text in texts.items()
            if one not in known
        ]
        for said in moved:
            self.said.pop((said.hash, said.key), None)
            self._note(said._replace(key=into))

    # -- without one --------------------------------------------------------------------------------------------------

    def _described(self, source: str, record: Record) -> None:
        line = record.lines[0]
        hashed = line_hash(line)
        known = [said for said in self.by_hash.get(hashed, ()) if said.key in self.entries]
        if known:
            self._again(known[0], source, record)
            return
        state = self.known.review_states.get(hashed)
        if state == "open":
            self.report.unchanged += 1
            return
        candidates = [
            (key, self._texts(key))
            for key in sorted(self.near.candidates(self._as_entry("", source, record)))
            if key in self.entries
        ]
        found = matching.best_matches(record.title, candidates) if state != "rejected" else []
        if (
            found
            and found[0][1].certain
            and (len(found) == 1 or not found[1][1].certain or found[0][1].score > found[1][1].score)
        ):
            key, like = found[0]
            self._note(SourceLine(hashed, key, line, *self._at(record), True, source, record.line_number))
            self.report.add(
                ImportOutcome(
                    "merged",
                    key,
                    record.title,
                    f"the same as “{self.entries[key].title[:70]}” ({like.score} of 100 alike)",
                    source,
                    record.line_number,
                )
            )
        elif found:
            self._doubt(
                line,
                record,
                [(key, like.score) for key, like in found],
                "like, but not surely the same as, what is known",
                source,
                record.line_number,
            )
        elif record.priority == Priority.TEASER:
            self._doubt(line, record, [], "a summary whose title was lost on this page", source, record.line_number)
        else:
            self._new(source, record)

    def _again(self, said: SourceLine, source: str, record: Record) -> None:
        """A line whose words are known: another episode's mention is kept, anything else is nothing new."""
        entry = self.entries[said.key]
        mentions = (
            merge_mentions(entry.mentions, [record.mention]) if record.mention and not said.inferred else entry.mentions
        )
        if mentions != entry.mentions:
            self._keep(replace(entry, mentions=mentions))
            self.report.add(ImportOutcome("changed", entry.key, entry.title, "mentions", source, record.line_number))
        elif said.source in (source, "seeds") or said.episode == (record.mention.episode if record.mention else None):
            self.report.unchanged += 1
        else:
            self.report.add(
                ImportOutcome("merged", entry.key, record.title, "the same words", source, record.line_number)
            )

    def _new(self, source: str, record: Record) -> None:
        key = self._free_key(record)
        if key is None:
            self.report.add(
                ImportOutcome(
                    "refused",
                    "",
                    record.title,
                    "neither a number nor an episode to name it by",
                    source,
                    record.line_number,
                )
            )
            return
        entry = self._as_entry(key, source, record)
        self._keep(entry)
        for line in record.lines:
            self._say(key, source, record, line)
        for name in field_merge.MERGED_FIELDS:
            if getattr(entry, name):
                self.fields[key, name] = field_merge.field_source(key, name, source, record, getattr(entry, name))
        self.report.add(ImportOutcome("new", key, entry.title, "", source, record.line_number))

    def _free_key(self, record: Record) -> str | None:
        """`ep15-07`: the 7th description-only line of episode 15. Where that is another line's already, the next that
        is free.
        """
        if record.mention is None:
            return f"noid-{line_hash(record.title)[:8]}" if record.version or record.possible_versions else None
        for nth in range(record.index_in_episode or 1, 1_000):
            key = f"ep{record.mention.episode:02}-{nth:02}"
            if key not in self.keys:
                self.keys.add(key)
                return key
        return None

    def _as_entry(self, key: str, source: str, record: Record) -> Entry:
        return field_merge.entry_from_record(key, source, record, self.known.areas)

    # -- both ---------------------------------------------------------------------------------------------------------

    def _doubt(
        self, line: str, record: Record, candidates: list[tuple[str, int]], why: str, source: str, place: int
    ) -> None:
        hashed = line_hash(line)
        if hashed in self.known.review_states:
            return
        self.changes.review_candidates.append(
            ReviewCandidate(hashed, line, json.dumps(asdict(record)), tuple(candidates), why, source, place)
        )
        what = ", ".join(f"{key} ({score})" for key, score in candidates)
        self.report.add(
            ImportOutcome(
                "unsure",
                candidates[0][0] if candidates else "",
                record.title,
                f"{why}{': ' + what if what else ''}",
                source,
                place,
            )
        )

    def _keep(self, entry: Entry) -> None:
        self.entries[entry.key] = self.touched[entry.key] = entry
        self.near.add(entry)

    def _texts(self, key: str) -> list[str]:
        entry = self.entries[key]
        return [entry.title, entry.summary[:300], *self.texts.get(key, ())]

    def _say(self, key: str, source: str, record: Record, line: str) -> bool:
        """Note that a line stands for an entry. Returns whether that is news."""
        hashed = line_hash(line)
        if any(said.key == key for said in self.by_hash.get(hashed, ())):
            return False
        self._note(SourceLine(hashed, key, line, *self._at(record), False, source, record.line_number))
        return True

    def _note(self, said: SourceLine) -> None:
        self.said[said.hash, said.key] = said
        self.by_hash.setdefault(said.hash, []).append(said)
        self.texts.setdefault(said.key, []).append(said.text)

    @staticmethod
    def _at(record: Record) -> tuple[int | None, str | None]:
        mention: Mention | None = record.mention
        return (mention.episode, mention.at) if mention else (None, None)

    @staticmethod
    def _where(group: list[Placed]) -> tuple[str, int]:
        return group[0][0], group[0][1].line_number
