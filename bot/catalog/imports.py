"""Intakes: what was brought in at once, written in one transaction, and taken back as one. Tables `intakes` and
`before_intake`.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from sqlite_utils import Database

from bot.catalog import provenance, review
from bot.catalog.models import Entry, Episode, Mention, Version
from bot.catalog.provenance import FieldSource, Said
from bot.catalog.repository import Catalogue
from bot.catalog.search_index import refresh_index

KEPT = 20  # intakes that can be taken back, one after the other


@dataclass(slots=True)
class Changes:
    """Everything that one intake writes."""

    puts: list[Entry] = field(default_factory=list)
    deletes: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    fields: list[FieldSource] = field(default_factory=list)
    unsure: list[review.Unsure] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    verdict: review.Verdict | None = None  # what a person judged, if that is what this intake is

    def __bool__(self) -> bool:
        return bool(self.puts or self.deletes or self.said or self.fields or self.unsure or self.verdict)


class Undone(NamedTuple):
    """What taking back an intake did."""

    at: str
    sources: tuple[str, ...]
    removed: tuple[str, ...]
    restored: tuple[str, ...]
    kept: tuple[str, ...]  # changed since, by the seeds or by a person, so left alone


def write(
    catalogue: Catalogue, changes: Changes, sources: Sequence[str], report: dict[str, Any], at: str
) -> int | None:
    """Write an intake, all or nothing, and return its number; None when there was nothing to write."""
    if not changes:
        return None
    with catalogue.transaction() as db:
        intake = int(
            db.table("intakes")
            .insert({"at": at, "sources": json.dumps(sources), "report": json.dumps(report), "undone": 0}, pk="id")
            .last_pk
            or 0
        )
        _remember(
            db,
            catalogue,
            intake,
            [*(entry.key for entry in changes.puts), *changes.deletes],
            {said.key for said in changes.said},
        )
        for key in changes.deletes:
            catalogue.delete_in(db, key)
            provenance.forget(db, key)
        _put_episodes(db, changes.episodes)
        catalogue.put_in(db, changes.puts)
        provenance.write_said(db, changes.said, intake)
        provenance.write_field_sources(db, changes.fields, intake)
        review.write(db, changes.unsure, intake)
        if changes.verdict:
            review.settle(db, changes.verdict, intake)
        review.close_known(db)
        refresh_index(db)
        _forget_oldest(db, intake)
    return intake


def undo(catalogue: Catalogue) -> Undone | None:
    """Take back the last intake that still stands, all or nothing. None when there is none left."""
    with catalogue.transaction() as db:
        row = db.execute("SELECT id, at, sources FROM intakes WHERE NOT undone ORDER BY id DESC LIMIT 1").fetchone()
        if row is None:
            return None
        intake, at, sources = row
        removed, restored, kept = [], [], []
        before = list(db.query("SELECT key, entry, fields, said FROM before_intake WHERE intake = ?", [intake]))
        now = {entry.key: entry for entry in catalogue.entries(one["key"] for one in before)}
        written = provenance.field_sources(db, [one["key"] for one in before])
        puts = []
        db.execute("DELETE FROM said WHERE intake = ?", [intake])
        for one in before:
            old, new = _entry(one["entry"]), now.get(one["key"])
            if new is not None and new != old and _changed_since(new, old, written):
                kept.append(one["key"])
                continue
            db.execute("DELETE FROM field_sources WHERE key = ?", [one["key"]])
            if old is None and new is not None:
                catalogue.delete_in(db, one["key"])
                removed.append(one["key"])
            elif old is not None:
                puts.append(old)
                restored.append(one["key"])
            for table, column in (("field_sources", "fields"), ("said", "said")):
                db.table(table).insert_all(json.loads(one[column]), ignore=True)
        catalogue.put_in(db, puts)
        review.take_back(db, intake)
        db.execute("UPDATE intakes SET undone = 1 WHERE id = ?", [intake])
        refresh_index(db)
    return Undone(at, tuple(json.loads(sources)), tuple(removed), tuple(restored), tuple(kept))


def _changed_since(new: Entry, old: Entry | None, written: dict[tuple[str, str], FieldSource]) -> bool:
    """Whether someone else wrote an entry after the intake: the seeds, or a person by hand."""
    if new.source == "seeds":
        return old is None or old.source != "seeds"
    return any(
        (source := written.get((new.key, name))) is not None and source.written != provenance.mark(getattr(new, name))
        for name in ("title", "summary", "area", "caution", "highlighted", "version")
    )


def _remember(db: Database, catalogue: Catalogue, intake: int, keys: list[str], said_for: set[str]) -> None:
    """Note what the entries are before they change."""
    old = {entry.key: entry for entry in catalogue.entries(keys)} if keys else {}
    marks = [json.dumps(list(old))]
    fields: dict[str, list[dict[str, Any]]] = {}
    said: dict[str, list[dict[str, Any]]] = {}
    for table, kept in (("field_sources", fields), ("said", said)):
        for row in (
            db.query(f"SELECT * FROM {table} WHERE key IN (SELECT value FROM json_each(?))", marks) if old else ()
        ):
            kept.setdefault(row["key"], []).append(row)
    db.conn.executemany(
        "INSERT OR REPLACE INTO before_intake (intake, key, entry, fields, said) VALUES (?, ?, ?, ?, ?)",
        (
            (
                intake,
                key,
                json.dumps(asdict(old[key])) if key in old else None,
                json.dumps(fields.get(key, [])),
                json.dumps(said.get(key, [])),
            )
            for key in keys
        ),
    )


def _put_episodes(db: Database, episodes: Iterable[Episode]) -> None:
    """Add episodes, and fill in what is not known of those that are there. What someone wrote is not touched."""
    for episode in episodes:
        hosts, versions = json.dumps(episode.hosts), json.dumps([v.number for v in episode.versions])
        db.execute(
            "INSERT INTO episodes (number, url, published, hosts, versions) VALUES (?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET"
            " url = coalesce(url, excluded.url), published = coalesce(published, excluded.published),"
            " hosts = CASE WHEN coalesce(hosts, '[]') = '[]' THEN excluded.hosts ELSE hosts END,"
            " versions = CASE WHEN coalesce(versions, '[]') = '[]' THEN excluded.versions ELSE versions END"
            " WHERE url IS NULL OR published IS NULL OR coalesce(hosts, '[]') = '[]' OR coalesce(versions, '[]') = '[]'",
            [episode.number, episode.url, episode.published, hosts, versions],
        )


def _forget_oldest(db: Database, intake: int) -> None:
    db.execute("DELETE FROM before_intake WHERE intake <= ?", [intake - KEPT])
    db.execute("UPDATE intakes SET undone = 1 WHERE id <= ?", [intake - KEPT])


def _entry(text: str | None) -> Entry | None:
    if text is None:
        return None
    data: dict[str, Any] = json.loads(text)
    version, mentions, possible = data.pop("version"), data.pop("mentions"), data.pop("possible_versions")
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return Entry(
        **plain,
        version=Version(*version) if version else None,
        possible_versions=tuple(Version(*v) for v in possible),
        mentions=tuple(Mention(*m) for m in mentions),
    )
