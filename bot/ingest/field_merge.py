"""The fields of one entry out of what several sources say: a fuller text wins over a teaser, and what a person wrote
over both. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.catalog.models import Entry
from bot.catalog.provenance import FieldSource, hash_value, merge_mentions
from bot.ingest.areas import AreaClassifier
from bot.ingest.models import Priority, Record
from bot.ingest.readers.prose import closed, names_in
from bot.text import line_hash

if TYPE_CHECKING:
    from bot.ingest.merge import MergeContext, Placed

MERGED_FIELDS = ("title", "summary", "caution", "area", "highlighted", "version", "possible_versions", "names")
MAX_SUMMARY_LENGTH = 1_200


@dataclass(slots=True)
class MergedEntry:
    """The entry as it will be, and which record wrote which of its fields."""

    entry: Entry
    winners: dict[str, tuple[str, Record, Any]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def field_source(key: str, name: str, source: str, record: Record, value: Any) -> FieldSource:
    """Where a field came from, with the mark of what was written."""
    return FieldSource(key, name, source, record.line_number, field_priority(name, record), hash_value(value))


def field_priority(name: str, record: Record) -> int:
    """How much a record's word on a field is worth: a proposed area is a guess, whoever made the rest."""
    return Priority.TEASER if name == "area" and not record.area else record.priority


def entry_from_record(
    key: str, source: str, record: Record, areas: AreaClassifier, summary: str | None = None
) -> Entry:
    """A new entry out of one record."""
    text = summary_from_record(record) if summary is None else summary
    version = record.version or (record.possible_versions[0] if len(record.possible_versions) == 1 else None)
    return Entry(
        key=key, kind="feature", title=record.title, summary=text, version=version,
        possible_versions=() if version else record.possible_versions,
        area=areas.find_by_name(record.area) or areas.classify(record.title, text), highlighted=record.highlighted,
        caution=record.caution,
        mentions=(record.mention,) if record.mention else (), names=names_in(record.title, text),
        line_hash=line_hash(record.lines[0]) if record.number is None and record.lines else None, source=source,
    )  # fmt: skip


def summary_from_record(record: Record) -> str:
    """A record's summary and its notes as one text."""
    return " ".join(closed(part) for part in (record.summary, *record.notes) if part)[:MAX_SUMMARY_LENGTH]


def merge_fields(number: str, old: Entry | None, group: list["Placed"], known: "MergeContext") -> MergedEntry:
    """One numbered change out of all that is said of it at once, on top of what was known."""
    mentions = [record.mention for _, record in group if record.mention]
    if old is not None and old.source == "seeds":
        return MergedEntry(replace(old, mentions=merge_mentions(old.mentions, mentions)))
    if old is None and len(group) == 1:  # nothing to weigh: thousands of such come in one table
        source, record = group[0]
        entry = entry_from_record(number, source, record, known.areas)
        return MergedEntry(
            entry, {name: (source, record, value) for name in MERGED_FIELDS if (value := getattr(entry, name))}
        )
    merged = MergedEntry(old or Entry(number, "feature", "", source=group[0][0]))
    for name in MERGED_FIELDS:
        _settle(merged, name, old, group, known)
    merged.entry = replace(merged.entry, mentions=merge_mentions(merged.entry.mentions, mentions))
    return merged


def _settle(merged: MergedEntry, name: str, old: Entry | None, group: list["Placed"], known: "MergeContext") -> None:
    """Choose one field. The order in which sources come makes no difference, but a source may correct itself."""
    number = merged.entry.key
    offers = [
        (source, record, value)
        for source, record in group
        if (value := _value(name, record, group, known.areas)) not in (None, "", ())
    ]
    if name == "highlighted":
        offers = [offer for offer in offers if offer[2]] or offers[:1]
    if not offers:
        return
    best = max(offers, key=lambda offer: (field_priority(name, offer[1]), _fullness(name, offer[2])))
    if name == "version" and len({offer[2] for offer in offers}) > 1:
        merged.remarks.append(
            f"#{number}: the sources say {' and '.join(sorted({str(o[2]) for o in offers}))}; {best[2]} is kept."
        )
    now = getattr(old, name) if old else None
    before = known.field_sources.get((number, name))
    if now not in (None, "", (), False) and (before is None or before.value_hash != hash_value(now)):
        return  # someone wrote this by hand
    if now not in (None, "", ()) and before is not None:
        corrects = (
            any(offer[0] == before.source for offer in offers) and field_priority(name, best[1]) >= before.priority
        )
        wins = (field_priority(name, best[1]), _fullness(name, best[2])) > (before.priority, _fullness(name, now))
        if name == "highlighted":
            wins, corrects = bool(best[2]) and not now, corrects and not any(offer[2] for offer in offers)
        if name == "version" and best[2] != now:
            merged.remarks.append(
                f"#{number}: {best[0]} says {best[2]}, {before.source} said {now}; {best[2] if corrects or wins else now} is kept."
            )
        if best[2] == now or not (corrects or wins):
            return
    if best[2] == getattr(merged.entry, name) or (name == "possible_versions" and merged.entry.version is not None):
        return
    if name == "version" and merged.entry.possible_versions:
        merged.entry = replace(merged.entry, possible_versions=())
    merged.entry = replace(merged.entry, **{name: best[2]})
    merged.winners[name] = best


def _fullness(name: str, value: Any) -> Any:
    """What decides between two of the same worth: the longer text; the earlier version, for that is where it shipped
    first.
    """
    if name == "version":
        return (-value.major, -value.minor)
    return (len(value), value) if isinstance(value, (str, tuple)) else value


def _value(name: str, record: Record, group: list["Placed"], areas: AreaClassifier) -> Any:
    """What a record says of a field, with what the same document says elsewhere: a highlight's paragraph belongs to the
    change in its list.
    """
    if name == "summary":
        return _summary(record, group)
    if name == "area":
        return areas.find_by_name(record.area) or areas.classify(record.title, _summary(record, group))
    if name == "caution":
        return " ".join(_once(r.caution for _, r in group if r.caution)) or None
    if name == "names":
        return names_in(record.title, _summary(record, group))
    if name == "possible_versions" and (record.version or any(r.version for _, r in group)):
        return ()
    return getattr(record, name)


def _summary(record: Record, group: list["Placed"]) -> str:
    parts = (
        [
            summary_from_record(record),
            *(
                summary_from_record(other)
                for _, other in group
                if other is not record and other.priority >= record.priority - 1
            ),
        ]
        if record.priority == Priority.FULL
        else [summary_from_record(record)]
    )
    return " ".join(_once(part for part in parts if part))[:MAX_SUMMARY_LENGTH]


def _once(texts: Iterable[str]) -> list[str]:
    """The texts in order, without those that stand in another one already."""
    kept: list[str] = []
    for text in texts:
        if not any(text in other for other in kept):
            kept = [other for other in kept if other not in text] + [text]
    return kept


def changed_fields(old: Entry, new: Entry) -> str:
    """Which fields differ, in words."""
    return ", ".join(
        name.replace("_", " ") for name in (*MERGED_FIELDS, "mentions") if getattr(old, name) != getattr(new, name)
    )
