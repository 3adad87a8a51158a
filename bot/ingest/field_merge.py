"""Conflict resolution: the fields of one numbered entry when several sources, or a source and the catalogue, disagree.
Pure.

A field that a person changed by hand stays. Of the sources' values, the one with the highest priority wins, then the
fullest; but a source may correct what it said itself. The order in which sources are imported makes no difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from bot.catalog.models import Entry
from bot.catalog.provenance import FieldSource, hash_value, merge_mentions
from bot.ingest.areas import AreaClassifier
from bot.ingest.impact import guess_impact
from bot.ingest.models import Priority, Record, SourcedRecord
from bot.ingest.readers.prose import end_with_period, find_names
from bot.ingest.wording import long_title, say_once, short_title
from bot.text import line_hash

MERGED_FIELDS = ("title", "summary", "caution", "area", "highlighted", "version", "possible_versions", "names")
SOURCED_FIELDS = (*MERGED_FIELDS, "impact")  # those of which we note who wrote them
MAX_SUMMARY_LENGTH = 1_200
_OF_FEW_VALUES = frozenset({"area", "highlighted", "version", "impact"})  # thousands of entries have the same ones
_sourced_values = attrgetter(*SOURCED_FIELDS)
_EMPTY: tuple[Any, ...] = (None, "", ())

FieldSources = Mapping[tuple[str, str], FieldSource]  # by key and name of the field


class SourcedValue(NamedTuple):
    """A value for a field, with the record and the source that it comes from."""

    source: str
    record: Record
    value: Any


@dataclass(slots=True)
class MergedEntry:
    """The entry as it will be, and where the values come from that were written into it, by the name of the field."""

    entry: Entry
    sources: dict[str, FieldSource] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def sources_of_fields(entry: Entry, source: str, record: Record) -> dict[str, FieldSource]:
    """Where the fields of an entry come from that was made of one record, without those that have no value."""
    sources: dict[str, FieldSource] = {}
    key, line_number, priority = entry.key, record.line_number, record.priority
    guessed = ("impact", "") if record.area else ("impact", "area")
    for name, value in zip(SOURCED_FIELDS, _sourced_values(entry), strict=True):
        if value:  # no call of `_field_source`: thousands of rows in one import
            hashed = _hash_of_few(name, value) if name in _OF_FEW_VALUES else hash_value(value)
            of_field = Priority.TEASER if name in guessed else priority  # as `field_priority` says
            sources[name] = FieldSource(key, name, source, line_number, of_field, hashed)
    return sources


def _field_source(key: str, name: str, offer: SourcedValue) -> FieldSource:
    """The provenance of a field, with the hash of the value that was written."""
    source, record, value = offer
    return FieldSource(key, name, source, record.line_number, field_priority(name, record), hash_value(value))


@lru_cache(maxsize=1_000)
def _hash_of_few(name: str, value: Any) -> str:
    """By its name, too, as a number and a truth that are equal have not the same hash."""
    return hash_value(value)


def field_priority(name: str, record: Record) -> Priority:
    """The priority of a record's value for a field. An impact and a classified area are guesses, whatever record they
    come from.
    """
    is_guess = name == "impact" or (name == "area" and not record.area)
    return Priority.TEASER if is_guess else record.priority


def entry_from_record(key: str, source: str, record: Record, areas: AreaClassifier) -> Entry:
    """A new entry with the fields of one record."""
    summary = summary_from_record(record)
    version = record.version or (record.possible_versions[0] if len(record.possible_versions) == 1 else None)
    impact = guess_impact(record.title, summary)
    return Entry(
        key=key,
        kind="feature",
        title=short_title(record.title),
        summary=summary,
        version=version,
        possible_versions=() if version else record.possible_versions,
        area=record.area or areas.classify(record.title, summary),
        highlighted=record.highlighted,
        caution=record.caution,
        mentions=(record.mention,) if record.mention else (),
        names=find_names(record.title, summary),
        line_hash=line_hash(record.lines[0]) if record.number is None and record.lines else None,
        source=source,
        impact=impact,
        impact_guessed=impact != "unclear",
    )


def summary_from_record(record: Record) -> str:
    """A record's summary and notes as one text of at most MAX_SUMMARY_LENGTH characters, without what its title or its
    caution says.
    """
    text = " ".join([end_with_period(part) for part in (record.summary, *record.notes) if part])
    return say_once(text, record.title, record.caution or "")[:MAX_SUMMARY_LENGTH]


def merge_fields(
    number: str, old: Entry | None, group: Sequence[SourcedRecord], field_sources: FieldSources, areas: AreaClassifier
) -> MergedEntry:
    """The entry of a numbered change: its records from all sources of an import, merged into what the catalogue has.

    A seed keeps all its fields and only gains mentions, because a person wrote it.
    """
    mentions = [record.mention for _, record in group if record.mention]
    if old is not None and old.source == "seeds":
        return MergedEntry(replace(old, mentions=merge_mentions(old.mentions, mentions)))
    if old is None and len(group) == 1:  # nothing to resolve, as for the thousands of rows of one table
        source, record = group[0]
        entry = entry_from_record(number, source, record, areas)
        return MergedEntry(entry, sources_of_fields(entry, source, record))
    merged = MergedEntry(old or Entry(number, "feature", "", source=group[0].source))
    for name in MERGED_FIELDS:
        offers = _collect_offers(name, group, areas)
        if offers:
            _resolve(merged, name, old, offers, field_sources.get((number, name)))
    merged.entry = replace(merged.entry, mentions=merge_mentions(merged.entry.mentions, mentions))
    _guess_impact(merged, group, field_sources.get((number, "impact")))
    return merged


def _guess_impact(merged: MergedEntry, group: Sequence[SourcedRecord], written: FieldSource | None) -> None:
    """Guess the impact from the merged text, unless a person wrote one. `written` is the provenance of what is there.

    A guess that a person corrected, or marked as none, counts as theirs.
    """
    entry = merged.entry
    is_corrected = written is not None and written.value_hash != hash_value(entry.impact)
    if is_corrected or (entry.impact != "unclear" and not entry.impact_guessed):
        merged.entry = replace(entry, impact_guessed=False)
        return
    announced = next((r.title for _, r in group if short_title(r.title) == entry.title), long_title(entry.title))
    impact = guess_impact(announced, entry.summary)
    if impact != entry.impact:
        merged.entry = replace(entry, impact=impact, impact_guessed=impact != "unclear")
        merged.sources["impact"] = _field_source(entry.key, "impact", SourcedValue(*group[0], impact))


def changed_fields(old: Entry, new: Entry) -> str:
    """The names of the fields that differ, as text: `title, possible versions`."""
    return ", ".join(
        name.replace("_", " ") for name in (*SOURCED_FIELDS, "mentions") if getattr(old, name) != getattr(new, name)
    )


def _collect_offers(name: str, group: Sequence[SourcedRecord], areas: AreaClassifier) -> list[SourcedValue]:
    """The values that the records give for a field, without the empty ones."""
    offers = [SourcedValue(source, record, _field_value(name, record, group, areas)) for source, record in group]
    offers = [offer for offer in offers if offer.value not in _EMPTY]
    if name == "highlighted":  # one document's highlight counts, though others list the change without it
        return [offer for offer in offers if offer.value] or offers[:1]
    return offers


def _resolve(
    merged: MergedEntry, name: str, old: Entry | None, offers: list[SourcedValue], written: FieldSource | None
) -> None:
    """Write the best of these values into the entry, unless what the catalogue has is to stay.

    `written` is the provenance of the catalogue's value.
    """
    number = merged.entry.key
    best = max(offers, key=lambda offer: (field_priority(name, offer.record), _fullness(name, offer.value)))
    if name == "version" and len({offer.value for offer in offers}) > 1:
        versions = " and ".join(sorted({str(offer.value) for offer in offers}))
        merged.remarks.append(f"#{number}: the sources say {versions}; {best.value} is kept.")
    current = getattr(old, name) if old else None
    if current not in (*_EMPTY, False) and (written is None or written.value_hash != hash_value(current)):
        return  # a person changed it by hand
    if current not in _EMPTY and written is not None:
        wins = _wins(name, best, offers, current, written)
        if name == "version" and best.value != current:
            kept = best.value if wins else current
            merged.remarks.append(
                f"#{number}: {best.source} says {best.value}, {written.source} said {current}; {kept} is kept."
            )
        if best.value == current or not wins:
            return
    if best.value == getattr(merged.entry, name):
        return
    if name == "possible_versions" and merged.entry.version is not None:
        return
    if name == "version" and merged.entry.possible_versions:
        merged.entry = replace(merged.entry, possible_versions=())
    merged.entry = replace(merged.entry, **{name: best.value})
    merged.sources[name] = _field_source(number, name, best)


def _wins(name: str, best: SourcedValue, offers: list[SourcedValue], current: Any, written: FieldSource) -> bool:
    """Whether a value replaces the one that a source wrote earlier: by priority and fullness, or as the correction of
    that same source.
    """
    priority = field_priority(name, best.record)
    corrects = priority >= written.priority and any(offer.source == written.source for offer in offers)
    if name == "highlighted":
        is_highlighted = any(offer.value for offer in offers)
        return (is_highlighted and not current) or (corrects and not is_highlighted)
    return corrects or (priority, _fullness(name, best.value)) > (written.priority, _fullness(name, current))


def _fullness(name: str, value: Any) -> Any:
    """What decides between two values of the same priority: the longer text; the earlier version, because a change is
    in all versions after the one it came with.
    """
    if name == "version":
        return (-value.major, -value.minor)
    return (len(value), value) if isinstance(value, (str, tuple)) else value


def _field_value(name: str, record: Record, group: Sequence[SourcedRecord], areas: AreaClassifier) -> Any:
    """A record's value for a field. Summaries and cautions of the other records of the group are added, because a post
    describes a highlight in one place and lists its number in another.
    """
    if name == "summary":
        return _combined_summary(record, group)
    if name == "area":
        return record.area or areas.classify(record.title, _combined_summary(record, group))
    if name == "caution":
        return say_once(" ".join(other.caution for _, other in group if other.caution)) or None
    if name == "names":
        return find_names(record.title, _combined_summary(record, group))
    if name == "possible_versions" and (record.version or any(other.version for _, other in group)):
        return ()
    return short_title(record.title) if name == "title" else getattr(record, name)


def _combined_summary(record: Record, group: Sequence[SourcedRecord]) -> str:
    summaries = [summary_from_record(record)]
    if record.priority == Priority.FULL:
        others = (other for _, other in group if other is not record and other.priority >= Priority.BLURB)
        summaries += map(summary_from_record, others)
    cautions = (other.caution or "" for _, other in group)
    return say_once(" ".join(filter(None, summaries)), record.title, *cautions)[:MAX_SUMMARY_LENGTH]
