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
from bot.catalog.rows import seconds


class FieldSource(NamedTuple):
    """Who wrote a field last. `written` is the mark of the value that was written: when it differs now, a person
    changed it since.
    """

    key: str
    field: str
    source: str
    place: int
    worth: int
    written: str


class Said(NamedTuple):
    """A line of a source that stands for an entry."""

    hash: str
    key: str
    text: str
    episode: int | None
    at: str | None
    inferred: bool
    source: str
    place: int


_SAID = "hash, key, text, episode, at, inferred, source, place"
_FIELDS = "key, field, source, place, worth, written"


def mark(value: object) -> str:
    """A short mark of a field's value, to see later whether it is still the same."""
    return f"{zlib.crc32(repr(value).encode('utf-8', 'replace')):08x}"


def merged_mentions(mentions: tuple[Mention, ...], more: Iterable[Mention]) -> tuple[Mention, ...]:
    """Every mention once; one without a minute is dropped where the same episode has one with. As they were when there
    is nothing new.
    """
    found = {*mentions, *more}
    timed = {mention.episode for mention in found if mention.at}
    kept = {mention for mention in found if mention.at or mention.episode not in timed}
    return mentions if kept == set(mentions) else tuple(sorted(kept, key=lambda m: (m.episode, seconds(m.at))))


def with_said_mentions(db: Database, entries: Iterable[Entry]) -> list[Entry]:
    """The entries with the mentions that sources gave them too, so that loading a seed again loses none."""
    said: dict[str, list[Mention]] = {}
    for key, episode, at in db.execute(
        "SELECT DISTINCT key, episode, at FROM said WHERE episode IS NOT NULL AND NOT inferred"
    ):
        said.setdefault(key, []).append(Mention(episode, at))
    return [replace(e, mentions=merged_mentions(e.mentions, said[e.key])) if e.key in said else e for e in entries]


def said_with(db: Database, hashes: Collection[str]) -> list[Said]:
    """What is known of these lines. A seed's own line hash counts as said by it."""
    given = [json.dumps(list(hashes))]
    rows = db.execute(
        "SELECT s.hash, s.key, s.text, s.episode, s.at, s.inferred, s.source, s.place FROM said s JOIN entries e ON e.key = s.key"
        " WHERE s.hash IN (SELECT value FROM json_each(?)) ORDER BY s.rowid",
        given,
    )
    found = [_said(row) for row in rows]
    seeds = db.execute(
        "SELECT line_hash, key, title, source FROM entries WHERE line_hash IN (SELECT value FROM json_each(?))", given
    )
    have = {(said.hash, said.key) for said in found}
    return found + [
        Said(row[0], row[1], row[2], None, None, False, row[3], 0) for row in seeds if (row[0], row[1]) not in have
    ]


def said_of(db: Database, keys: Collection[str]) -> list[Said]:
    """Every line that stands for these entries."""
    rows = db.execute(
        f"SELECT {_SAID} FROM said WHERE key IN (SELECT value FROM json_each(?))", [json.dumps(list(keys))]
    )
    return [_said(row) for row in rows]


def _said(row: tuple[Any, ...]) -> Said:
    return Said(row[0], row[1], row[2], row[3], row[4], bool(row[5]), row[6], row[7])


def field_sources(db: Database, keys: Collection[str]) -> dict[tuple[str, str], FieldSource]:
    """Where the fields of these entries came from, by key and field. Entries written by hand have none."""
    rows = db.execute(
        f"SELECT {_FIELDS} FROM field_sources WHERE key IN (SELECT value FROM json_each(?))", [json.dumps(list(keys))]
    )
    return {(row[0], row[1]): FieldSource(*row) for row in rows}


def write_said(db: Database, said: Iterable[Said], intake: int) -> None:
    """Note lines as standing for entries; a line that is known for the same entry stays as it was."""
    db.conn.executemany(
        f"INSERT OR IGNORE INTO said ({_SAID}, intake) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*one, intake) for one in said),
    )


def write_field_sources(db: Database, sources: Iterable[FieldSource], intake: int) -> None:
    """Note where fields came from."""
    db.conn.executemany(
        f"INSERT OR REPLACE INTO field_sources ({_FIELDS}, intake) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((*one, intake) for one in sources),
    )


def forget(db: Database, key: str) -> None:
    """Drop what is known of an entry's fields and lines."""
    for table in ("field_sources", "said"):
        db.execute(f"DELETE FROM {table} WHERE key = ?", [key])
