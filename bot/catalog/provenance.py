"""Where each field of an entry came from, and which lines of which source stand for it: the tables `field_sources` and
`said`.
"""

import json
import zlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from sqlite_utils import Database

from bot.catalog.models import Entry, Mention
from bot.catalog.rows import timestamp_to_seconds


class FieldSource(NamedTuple):
    """Who wrote a field last. `written` is the mark of the value that was written: when it differs now, a person
    changed it since.
    """

    key: str
    field: str
    source: str
    line_number: int
    priority: int
    value_hash: str


class SourceLine(NamedTuple):
    """A line of a source that stands for an entry."""

    hash: str
    key: str
    text: str
    episode: int | None
    at: str | None
    inferred: bool
    source: str
    line_number: int


_SOURCE_LINE_COLUMNS = "hash, key, text, episode, at, inferred, source, place"
_FIELD_SOURCE_COLUMNS = "key, field, source, place, worth, written"


def hash_value(value: object) -> str:
    """A short mark of a field's value, to see later whether it is still the same."""
    return f"{zlib.crc32(repr(value).encode('utf-8', 'replace')):08x}"


def merge_mentions(mentions: tuple[Mention, ...], more: Iterable[Mention]) -> tuple[Mention, ...]:
    """Every mention once; one without a minute is dropped where the same episode has one with. As they were when there
    is nothing new.
    """
    everything = {*mentions, *more}
    timed = {mention.episode for mention in everything if mention.at}
    kept = {mention for mention in everything if mention.at or mention.episode not in timed}
    return (
        mentions
        if kept == set(mentions)
        else tuple(sorted(kept, key=lambda m: (m.episode, timestamp_to_seconds(m.at))))
    )


def with_source_mentions(db: Database, entries: Iterable[Entry]) -> list[Entry]:
    """The entries with the mentions that sources gave them too, so that loading a seed again loses none."""
    said: dict[str, list[Mention]] = {}
    for key, episode, at in db.execute(
        "SELECT DISTINCT key, episode, at FROM said WHERE episode IS NOT NULL AND NOT inferred"
    ):
        said.setdefault(key, []).append(Mention(episode, at))
    return [replace(e, mentions=merge_mentions(e.mentions, said[e.key])) if e.key in said else e for e in entries]


def find_source_lines(db: Database, hashes: Collection[str]) -> list[SourceLine]:
    """What is known of these lines. A seed's own line hash counts as said by it."""
    given = [json.dumps(list(hashes))]
    rows = db.execute(
        "SELECT s.hash, s.key, s.text, s.episode, s.at, s.inferred, s.source, s.place FROM said s JOIN entries e ON e.key = s.key"
        " WHERE s.hash IN (SELECT value FROM json_each(?)) ORDER BY s.rowid",
        given,
    )
    found = [_source_line_from_row(row) for row in rows]
    seeds = db.execute(
        "SELECT line_hash, key, title, source FROM entries WHERE line_hash IN (SELECT value FROM json_each(?))", given
    )
    have = {(said.hash, said.key) for said in found}
    return found + [
        SourceLine(row[0], row[1], row[2], None, None, False, row[3], 0)
        for row in seeds
        if (row[0], row[1]) not in have
    ]


def source_lines_of(db: Database, keys: Collection[str]) -> list[SourceLine]:
    """Every line that stands for these entries."""
    rows = db.execute(
        f"SELECT {_SOURCE_LINE_COLUMNS} FROM said WHERE key IN (SELECT value FROM json_each(?))",
        [json.dumps(list(keys))],
    )
    return [_source_line_from_row(row) for row in rows]


def _source_line_from_row(row: tuple[Any, ...]) -> SourceLine:
    return SourceLine(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6], row[7])


def field_sources_of(db: Database, keys: Collection[str]) -> dict[tuple[str, str], FieldSource]:
    """Where the fields of these entries came from, by key and field. Entries written by hand have none."""
    rows = db.execute(
        f"SELECT {_FIELD_SOURCE_COLUMNS} FROM field_sources WHERE key IN (SELECT value FROM json_each(?))",
        [json.dumps(list(keys))],
    )
    return {(row[0], row[1]): FieldSource(*row) for row in rows}


def write_source_lines(db: Database, source_lines: Iterable[SourceLine], import_id: int) -> None:
    """Note lines as standing for entries; a line that is known for the same entry stays as it was."""
    db.conn.executemany(
        f"INSERT OR IGNORE INTO said ({_SOURCE_LINE_COLUMNS}, intake) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*one, import_id) for one in source_lines),
    )


def write_field_sources(db: Database, sources: Iterable[FieldSource], import_id: int) -> None:
    """Note where fields came from."""
    db.conn.executemany(
        f"INSERT OR REPLACE INTO field_sources ({_FIELD_SOURCE_COLUMNS}, intake) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((*one, import_id) for one in sources),
    )


def delete_provenance(db: Database, key: str) -> None:
    """Drop what is known of an entry's fields and lines."""
    for table in ("field_sources", "said"):
        db.execute(f"DELETE FROM {table} WHERE key = ?", [key])
