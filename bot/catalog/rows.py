"""Entries and episodes as rows of the catalogue's tables, and back."""

import json
from typing import Any

from bot.catalog.models import Entry, Episode, Mention, Version


def entry_to_row(entry: Entry) -> dict[str, Any]:
    """An entry as its row in `entries`; mentions and possible versions have tables of their own."""
    return {
        "key": entry.key, "kind": entry.kind, "version": entry.version.number if entry.version else None,
        "title": entry.title,
        "summary": entry.summary, "answer": entry.answer, "area": entry.area or None,
        "highlighted": int(entry.highlighted), "caution": entry.caution,
        "names": json.dumps(entry.names, ensure_ascii=False), "also": json.dumps(entry.also, ensure_ascii=False),
        "line_hash": entry.line_hash, "source": entry.source,
    }  # fmt: skip


def entry_from_row(row: dict[str, Any], mentions: list[Mention], possible: list[Version]) -> Entry:
    """The entry that a row stands for."""
    return Entry(
        key=row["key"], kind=row["kind"], title=row["title"], summary=row["summary"],
        version=parse_stored_version(row["version"]),
        possible_versions=tuple(possible), area=row["area"], highlighted=bool(row["highlighted"]),
        caution=row["caution"], answer=row["answer"],
        mentions=tuple(mentions), names=parse_text_list(row["names"]), also=parse_text_list(row["also"]), line_hash=row["line_hash"],
        source=row["source"],
    )  # fmt: skip


def episode_from_row(row: dict[str, Any]) -> Episode:
    """The episode that a row stands for."""
    versions = tuple(version for text in parse_text_list(row["versions"]) if (version := parse_stored_version(text)))
    return Episode(row["number"], row["url"], row["published"], parse_text_list(row["hosts"]), versions)


def episode_to_row(episode: Episode) -> dict[str, Any]:
    """An episode as its row in `episodes`."""
    return {
        "number": episode.number, "url": episode.url, "published": episode.published,
        "hosts": json.dumps(episode.hosts),
        "versions": json.dumps([v.number for v in episode.versions]),
    }  # fmt: skip


def timestamp_to_seconds(at: str | None) -> int:
    """`"6:08"` -> 368; -1 where there is no minute."""
    total = 0
    for part in at.split(":") if at else ():
        total = total * 60 + int(part)
    return total if at else -1


def parse_text_list(text: str | None) -> tuple[str, ...]:
    """A list of texts, stored as JSON. What someone typed there by hand, without the brackets, counts as one phrase."""
    try:
        parsed = json.loads(text or "[]")
    except ValueError:
        parsed = text
    return tuple(map(str, parsed)) if isinstance(parsed, list) else (str(text),)


def parse_stored_version(text: str | None) -> Version | None:
    """None also for what is no version: a row changed by hand must not silence every answer that has it."""
    try:
        return Version.parse(text) if text else None
    except ValueError:
        return None
