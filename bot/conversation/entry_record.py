"""The fields of an entry as JSON has them; bot/ingest/readers/own_record.py reads most of them back."""

from typing import Any

from bot.catalog.models import Entry
from bot.conversation.entry_text import Episodes
from bot.text import without_control


def record_of(entry: Entry, episodes: Episodes) -> dict[str, Any]:
    """The fields that are not empty, without characters that XML may not have."""
    pages = {number: episode.url for number, episode in episodes.items()}
    fields: dict[str, Any] = {
        "key": entry.key,
        "kind": entry.kind,
        "title": entry.title,
        "summary": entry.summary,
        "answer": entry.answer,
        "caution": entry.caution,
        "version": entry.version and entry.version.number,
        "possible_versions": [version.number for version in entry.possible_versions],
        "area": entry.area,
        "impact": entry.impact if entry.kind == "feature" else None,
        "highlighted": entry.highlighted,
        "names": [without_control(name) for name in entry.names],
        "mentions": [{"episode": one.episode, "at": one.at, "url": pages.get(one.episode)} for one in entry.mentions],
    }
    kept = {name: without_control(value) if isinstance(value, str) else value for name, value in fields.items()}
    return {name: value for name, value in kept.items() if value}
