"""Areas, impacts and summaries that were accepted in review, brought into imported entries.

They fill in what a source left open or a rule guessed; never over what a person wrote (seeds, a change by hand) or what
a source says itself. `field_sources` says where each comes from, so that what is no longer accepted goes again, and a
later source that says more wins.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.catalog.indexing import refresh_index
from bot.catalog.models import Entry
from bot.catalog.provenance import FieldSource, field_sources_of, hash_value, write_field_sources
from bot.catalog.repository import Catalog
from bot.ingest.areas import AreaClassifier
from bot.ingest.impact import guess_impact
from bot.ingest.models import Priority
from bot.ingest.wording import long_title
from bot.storage.models import Proposal, ProposalDraft, ProposalOrigin

SEED_STAYS = "the seeds say it, and a person wrote them: change the seed"
SOURCE_STAYS = "the source says it already"
# As the source of a field.
SOURCES: dict[ProposalOrigin, str] = {"person": "review", "llm": "llm", "question": "review"}
DESCRIBED_FIELDS = ("area", "impact", "summary")


def wanted_field(draft: ProposalDraft, entry: Entry) -> tuple[ProposalDraft | None, str]:
    """A draft for an entry's field, and why it may not be; None where the entry says the same."""
    current = getattr(entry, draft.field) or ""
    if current == draft.text:
        return None, ""
    if entry.source == "seeds":
        return draft, SEED_STAYS
    if draft.field == "summary" and current:
        return draft, SOURCE_STAYS
    return draft, ""


def apply_fields(
    catalog: Catalog, accepted: Iterable[Proposal], before_write: Callable[[Sequence[Entry]], None] | None = None
) -> int:
    """Bring imported entries to the accepted areas, impacts and summaries. Returns how many entries changed.

    `before_write` gets the entries before they are written: what changes is no news.
    """
    wanted = {(proposal.key, proposal.field): proposal for proposal in accepted}
    with catalog.write_transaction() as db:
        marked = db.execute(
            "SELECT DISTINCT key FROM field_sources WHERE source IN ('review', 'llm')"
        ).fetchall()  # what was brought in before
        keys = {key for key, _ in wanted} | {row[0] for row in marked}
        if not keys:
            return 0
        written = field_sources_of(db, keys)
        areas = AreaClassifier(catalog.areas(), catalog.described_changes())
        changed: list[Entry] = []
        sources: list[FieldSource] = []
        for entry in catalog.entries(keys):
            described, its_sources = _described(entry, wanted, written, areas)
            sources += its_sources
            if described != entry:
                changed.append(described)
        if changed and before_write:
            before_write(changed)
        catalog.upsert_within(db, changed)
        write_field_sources(db, sources, import_id=0)
        refresh_index(db)
    return len(changed)


def _described(
    entry: Entry,
    wanted: dict[tuple[str, Any], Proposal],
    written: dict[tuple[str, str], FieldSource],
    areas: AreaClassifier,
) -> tuple[Entry, list[FieldSource]]:
    """An entry with its accepted fields, without those that are accepted no longer, and who wrote what changed."""
    sources = []
    for field in DESCRIBED_FIELDS if entry.source != "seeds" else ():
        proposal, source = wanted.get((entry.key, field)), written.get((entry.key, field))
        is_ours = source is not None and source.source in SOURCES.values()
        if source is not None and source.value_hash != hash_value(getattr(entry, field)):
            continue  # a person changed it by hand since
        if proposal is not None and (is_ours or _is_open(entry, field, source)):
            value, by, priority = proposal.text, SOURCES[proposal.origin], Priority.BLURB
        elif proposal is None and is_ours:
            value, by, priority = _guess(entry, field, areas), entry.source, Priority.TEASER
        else:
            continue
        if (source is None or source.source != by) or value != getattr(entry, field):
            sources.append(FieldSource(entry.key, field, by, 0, priority, hash_value(value)))
        values: dict[str, Any] = {field: value}
        entry = replace(entry, **values)
        if field == "impact":
            entry = replace(entry, impact_guessed=by == "llm" or (proposal is None and value != "unclear"))
    return entry, sources


def _is_open(entry: Entry, field: str, source: FieldSource | None) -> bool:
    """Whether nobody has said it yet: the field is empty, or a rule guessed it."""
    if field == "impact":
        return entry.impact == "unclear" or entry.impact_guessed
    if field == "area":
        return not entry.area or (source is not None and source.priority <= Priority.TEASER)
    return not entry.summary


def _guess(entry: Entry, field: str, areas: AreaClassifier) -> Any:
    """What a field is when nobody says it: as an import would guess."""
    if field == "area":
        return areas.classify(entry.title, entry.summary)
    return guess_impact(long_title(entry.title), entry.summary) if field == "impact" else ""
