"""The cards that links unfurl to: an episode, a change, a version. Pure."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.catalog.models import Entry, Episode, Version
from bot.slack.views.as_json import as_json
from bot.slack.views.blocks import Episodes, context, entry_card, entry_line, escape, escape_within, pluralize, section
from bot.slack.views.limits import truncate

MAX_LINES = 5
Attachment = dict[str, Any]


def episode_card(episode: Episode, entries: Sequence[Entry], episodes: Episodes) -> Attachment:
    """What an episode talks about: how many changes of which versions, and those that matter first."""
    title = f"*By the [run]Book, episode {episode.number}*"
    blocks: list[Block] = [section(f"{title}\n{escape(episode_summary(episode, entries))}")]
    first = sorted(entries, key=lambda entry: not (entry.highlighted or entry.caution))
    return _attachment([*blocks, *_lines(first, episodes)])


def episode_summary(episode: Episode, entries: Sequence[Entry]) -> str:
    """`v2.206 · 12 changes · 3 highlights`. Not escaped."""
    versions = " and ".join(str(v) for v in episode.versions)
    highlights = sum(entry.highlighted for entry in entries)
    parts = [
        versions,
        pluralize(len(entries), "change"),
        pluralize(highlights, "highlight") if highlights else "",
        episode.published or "",
    ]
    return " · ".join(part for part in parts if part)


def change_card(entry: Entry, episodes: Episodes) -> Attachment:
    """One change."""
    return _attachment(entry_card(entry, episodes, 1_500))


def version_card(version: Version, entries: Sequence[Entry], episodes: Episodes) -> Attachment:
    """A version at a glance."""
    highlights = sum(entry.highlighted for entry in entries)
    blocks: list[Block] = [
        section(f"*HaloPSA {version}*\n{pluralize(len(entries), 'change')} · {pluralize(highlights, 'highlight')}")
    ]
    first = sorted(entries, key=lambda entry: not (entry.highlighted or entry.caution))
    return _attachment([*blocks, *_lines(first, episodes)])


def _lines(entries: Sequence[Entry], episodes: Episodes) -> list[Block]:
    if not entries:
        return []
    more = [context(f"and {len(entries) - MAX_LINES:,} more")] if len(entries) > MAX_LINES else []
    return [section("\n".join(truncate_line(entry_line(entry, episodes)) for entry in entries[:MAX_LINES])), *more]


def truncate_line(text: str) -> str:
    """A line that leaves room for four others in one section; one that does not fit loses its tail, whole."""
    return text if len(text) < 590 else escape_within(truncate(text.split(" · ")[0], 300), 580)


def _attachment(blocks: Sequence[Block]) -> Attachment:
    return {"blocks": as_json(blocks)}
