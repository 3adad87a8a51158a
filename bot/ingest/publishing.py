"""Publishing: what a team has of its own becomes everybody's, when an operator says so.

It is one import into the shared catalogue, which `halobot undo` takes back. Then the team has it no longer of its own;
where the process ends in between, the team has the same twice, which nobody sees, and publishing again mends it.
"""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bot.catalog import imports
from bot.catalog.entry_codec import episode_from_row
from bot.catalog.imports import ImportBatch
from bot.catalog.models import CatalogRecord, Entry
from bot.catalog.own_entries import is_removal
from bot.catalog.provenance import FieldSource, SourceLine
from bot.catalog.repository import Catalog
from bot.errors import SourceError
from bot.ingest.team_catalogs import MAX_ATTEMPTS, TeamCatalogs
from bot.storage.stores import Stores


class OwnContents(NamedTuple):
    """What a team has of its own."""

    team: str
    entries: tuple[Entry, ...]  # as the team sees them
    removed: tuple[str, ...]  # keys that it made a part of another entry
    phrasings: tuple[tuple[str, str], ...]  # what it accepted: a key and the text
    records: tuple[CatalogRecord, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The entries that any of it is about."""
        return frozenset((*(e.key for e in self.entries), *self.removed, *(key for key, _ in self.phrasings)))


def read_own(catalogs: TeamCatalogs, stores: Stores, team: str) -> OwnContents:
    """What a team has of its own now. Raises SourceError for what is no team's id, CatalogueError or WorkspaceError."""
    _, records = stores.own_records.of_team(team)
    accepted = stores.proposals.of_team(team).find(states=("accepted",))
    phrasings = tuple((proposal.key, proposal.text) for proposal in accepted)
    if not records and not accepted:
        return OwnContents(team, (), (), (), ())
    own = [record for record in records if record.kind == "entry"]
    removed = tuple(record.id for record in own if is_removal(record))
    entries = catalogs.current(team).catalog.entries([record.id for record in own if record.id not in removed])
    return OwnContents(team, tuple(entries), removed, phrasings, tuple(records))


def publish(
    catalogs: TeamCatalogs, stores: Stores, shared: Catalog, team: str, keys: Collection[str], now: datetime
) -> frozenset[str]:
    """Make what a team has of its own everybody's: of these entries, or without keys all. Returns the keys.

    Raises SourceError for a key of which the team has nothing, and as `read_own`.
    """
    for _ in range(MAX_ATTEMPTS):
        change = stores.own_records.change_of(team)
        own = read_own(catalogs, stores, team)
        if unknown := sorted(set(keys) - own.keys):
            raise SourceError(f"{team} has nothing of its own for {', '.join(unknown)}; nothing was published.")
        chosen = frozenset(keys) or own.keys
        imports.again_when_behind(lambda own=own, chosen=chosen: _write(shared, own, chosen, now))  # type: ignore[misc]
        if stores.own_records.record(team, _given_up(own.records, chosen), change) is not None:
            stores.proposals.of_team(team).publish(sorted(chosen), now.timestamp())
            return chosen
    raise SourceError(f"{team} imports just now, so not all was published. Try again.")


def _write(shared: Catalog, own: OwnContents, keys: Collection[str], now: datetime) -> None:
    with imports.import_transaction(shared):
        there = {entry.key: entry for entry in shared.entries(keys)}
        batch = ImportBatch()
        batch.upserts = [e for e in own.entries if e.key in keys and there.get(e.key) != e]
        batch.deletes = [key for key in own.removed if key in keys and key in there and there[key].source != "seeds"]
        for record in own.records:
            if record.kind == "entry" and record.id in keys and not is_removal(record):
                value = json.loads(str(record.value))
                batch.source_lines += [SourceLine(*_values(row, SourceLine._fields)) for row in value["source_lines"]]
                batch.field_sources += [
                    FieldSource(*_values(row, FieldSource._fields)) for row in value["field_sources"]
                ]
            elif record.kind == "episode":
                batch.episodes.append(episode_from_row(json.loads(str(record.value))))
        counts = {"published": len(batch.upserts)}
        imports.write_import(shared, batch, [f"{own.team}, published"], counts, now.isoformat(timespec="seconds"))


def _values(row: dict[str, Any], names: Sequence[str]) -> list[Any]:
    return [row[name] for name in names]


def _given_up(records: Sequence[CatalogRecord], keys: Collection[str]) -> list[CatalogRecord]:
    """The team's records without these entries. What it can undo is what is its own still."""
    given_up = [record._replace(value=None) for record in records if record.kind == "entry" and record.id in keys]
    for record in records:
        if record.kind == "import":
            value = json.loads(str(record.value))
            kept = [snapshot for snapshot in value["snapshots"] if snapshot["key"] not in keys]
            if len(kept) < len(value["snapshots"]):
                text = json.dumps({**value, "snapshots": kept}) if kept else None
                given_up.append(record._replace(value=text))
    return given_up
