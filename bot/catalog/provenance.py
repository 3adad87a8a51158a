"""Where an entry comes from: which source wrote each of its fields last (table `field_sources`), and which lines of
which source stand for it (table `source_lines`).
"""

import json
import zlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from sqlite_utils import Database

from bot.catalog.bulk import insert_rows
from bot.catalog.models import Entry, Mention, is_number


class FieldSource(NamedTuple):
    """Who wrote a field last. When `value_hash` is not that of the field's value, a person changed it since."""

    key: str
    field: str
    source: str
    line_number: int
    priority: int
    value_hash: str


class SourceLine(NamedTuple):
    """A line of a source that stands for an entry. `inferred`: found by likeness, not by its number or exact words."""

    hash: str
    key: str
    text: str
    episode: int | None
    at: str | None
    inferred: bool
    source: str
    line_number: int


PROVENANCE = ("field_sources", "source_lines")  # the tables
_SOURCE_LINE_COLUMNS = ", ".join(SourceLine._fields)
_FIELD_SOURCE_COLUMNS = ", ".join(FieldSource._fields)


def hash_value(value: object) -> str:
    """A short hash of a field's value, to see later whether it is still the same. Never change how it is computed:
    every field would seem to have been changed by a person.
    """
    return f"{zlib.crc32(repr(value).encode('utf-8', 'replace')):08x}"


def merge_mentions(mentions: tuple[Mention, ...], more: Iterable[Mention]) -> tuple[Mention, ...]:
    """All mentions, each once, by episode and time; `mentions` itself when `more` adds nothing.

    A mention without a time is dropped where the same episode has one with a time.
    """
    everything = {*mentions, *more}
    timed_episodes = {mention.episode for mention in everything if mention.at}
    kept = {mention for mention in everything if mention.at or mention.episode not in timed_episodes}
    if kept == set(mentions):
        return mentions
    return tuple(sorted(kept, key=lambda mention: (mention.episode, mention.seconds)))


def mentions_of_lines(lines: Iterable[SourceLine]) -> list[Mention]:
    """The mentions that lines give their entry: not those that were only found by likeness."""
    return [Mention(line.episode, line.at) for line in lines if line.episode is not None and not line.inferred]


def mentions_of_import(db: Database, import_id: int) -> dict[str, set[Mention]]:
    """The mentions that an import gave entries, by their keys."""
    mentions: dict[str, set[Mention]] = {}
    query = "SELECT key, episode, at FROM source_lines WHERE import_id = ? AND episode IS NOT NULL AND NOT inferred"
    for key, episode, at in db.execute(query, [import_id]):
        mentions.setdefault(key, set()).add(Mention(episode, at))
    return mentions


def with_source_mentions(db: Database, entries: Iterable[Entry]) -> list[Entry]:
    """The entries, each with the mentions that sources gave it too, so that loading the seeds again loses none. Those
    of a number wait while no seed has it, and come back with it.
    """
    mentions: dict[str, list[Mention]] = {}
    query = "SELECT DISTINCT key, episode, at FROM source_lines WHERE episode IS NOT NULL AND NOT inferred"
    for key, episode, at in db.execute(query):
        mentions.setdefault(key, []).append(Mention(episode, at))
    return [
        replace(entry, mentions=merge_mentions(entry.mentions, mentions[entry.key])) if entry.key in mentions else entry
        for entry in entries
    ]


def find_source_lines(db: Database, hashes: Collection[str]) -> list[SourceLine]:
    """The known lines with these hashes. A seed's own `line_hash` counts as a line of it."""
    query = (
        f"SELECT {', '.join(f's.{column}' for column in SourceLine._fields)} FROM source_lines s"
        " JOIN entries e ON e.key = s.key WHERE {} ORDER BY s.rowid"
    )
    hashes = frozenset(hashes)
    if db.execute("SELECT count(*) FROM source_lines").fetchone()[0] < len(hashes):  # the first import of a large table
        lines = [_source_line_from_row(row) for row in db.execute(query.format(1)) if row[0] in hashes]
    else:
        query = query.format("s.hash IN (SELECT value FROM json_each(?))")
        lines = [_source_line_from_row(row) for row in db.execute(query, [json.dumps(list(hashes))])]
    known = {(line.hash, line.key) for line in lines}
    seeds = db.execute("SELECT line_hash, key, title, source FROM entries WHERE line_hash IS NOT NULL ORDER BY id")
    return lines + [
        SourceLine(line_hash, key, title, None, None, False, source, 0)
        for line_hash, key, title, source in seeds
        if line_hash in hashes and (line_hash, key) not in known
    ]


def source_lines_of(db: Database, keys: Collection[str]) -> list[SourceLine]:
    """Every line that stands for one of these entries."""
    query = f"SELECT {_SOURCE_LINE_COLUMNS} FROM source_lines WHERE key IN (SELECT value FROM json_each(?))"
    return [_source_line_from_row(row) for row in db.execute(query, [json.dumps(list(keys))])]


def _source_line_from_row(row: tuple[Any, ...]) -> SourceLine:
    line = SourceLine(*row)
    return line._replace(inferred=bool(line.inferred))


def field_sources_of(db: Database, keys: Collection[str]) -> dict[tuple[str, str], FieldSource]:
    """Where the fields of these entries come from, by key and field. Entries written by hand have none."""
    query = f"SELECT {_FIELD_SOURCE_COLUMNS} FROM field_sources WHERE key IN (SELECT value FROM json_each(?))"
    rows = (FieldSource(*row) for row in db.execute(query, [json.dumps(list(keys))]))
    return {(row.key, row.field): row for row in rows}


def write_source_lines(db: Database, source_lines: Iterable[SourceLine], import_id: int) -> None:
    """Store lines as standing for entries; a line that is known for the same entry stays as it is."""
    _insert(db, "INSERT OR IGNORE", "source_lines", SourceLine._fields, source_lines, import_id)


def write_field_sources(db: Database, sources: Iterable[FieldSource], import_id: int) -> None:
    """Store where fields come from, in place of what was known of them."""
    _insert(db, "INSERT OR REPLACE", "field_sources", FieldSource._fields, sources, import_id)


def _insert(
    db: Database, verb: str, table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]], import_id: int
) -> None:
    insert_rows(db, f"{verb} INTO {table} ({', '.join(columns)}, import_id)", rows, last=import_id)


def delete_provenance(db: Database, key: str) -> None:
    """Delete what is known of an entry's fields and lines."""
    for table in PROVENANCE:
        db.execute(f"DELETE FROM {table} WHERE key = ?", [key])


def withdraw_provenance(db: Database, key: str) -> None:
    """Delete what is known of an entry that is gone, but for the lines of a number: they wait for it to come back."""
    if is_number(key):
        db.execute("DELETE FROM field_sources WHERE key = ?", [key])
    else:
        delete_provenance(db, key)


def delete_orphans(db: Database, keys: Collection[str]) -> None:
    """Delete what is known of these keys where no entry has them: it is of one that another program deleted, or waits
    for a seed. The lines of a number stay, for a number always means the same change.
    """
    has_no_entry = "key IN (SELECT value FROM json_each(?)) AND key NOT IN (SELECT key FROM entries)"
    db.execute(f"DELETE FROM field_sources WHERE {has_no_entry}", [json.dumps(list(keys))])
    db.execute(f"DELETE FROM source_lines WHERE {has_no_entry} AND key NOT GLOB '[0-9]*'", [json.dumps(list(keys))])
