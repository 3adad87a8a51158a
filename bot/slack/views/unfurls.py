"""The cards that links unfurl to: an episode, a change, a version."""

from collections.abc import Sequence
from typing import Any

from bot.catalog.models import Entry, Episode, Version
from bot.conversation.entry_text import Episodes, comes_first, highlight_count, pluralize
from bot.slack.views.blocks import Block, context, section
from bot.slack.views.entry_blocks import entry_card, entry_line
from bot.slack.views.mrkdwn import escape, escape_within

MAX_LINES = 5
MAX_LINE = 590  # characters
Attachment = dict[str, Any]


def episode_card(episode: Episode, entries: Sequence[Entry], episodes: Episodes) -> Attachment:
    """What an episode talks about: how many changes of which versions, and what matters first."""
    title = f"*By the [run]Book, episode {episode.number}*\n{escape(episode_summary(episode, entries))}"
    return {"blocks": [section(title), *_first_lines(entries, episodes)]}


def episode_summary(episode: Episode, entries: Sequence[Entry]) -> str:
    """`v2.206 · 12 changes · 3 highlights · 9 December 2025`. Not escaped."""
    versions = " and ".join(str(version) for version in episode.versions)
    parts = (versions, pluralize(len(entries), "change"), *highlight_count(entries), episode.published_day)
    return " · ".join(part for part in parts if part)


def change_card(entry: Entry, episodes: Episodes) -> Attachment:
    """One change."""
    return {"blocks": entry_card(entry, episodes, 1_500)}


def version_card(version: Version, entries: Sequence[Entry], episodes: Episodes) -> Attachment:
    """A version: how many changes and highlights, and what matters first."""
    counts = " · ".join([pluralize(len(entries), "change"), *highlight_count(entries)])
    return {"blocks": [section(f"*HaloPSA {version}*\n{counts}"), *_first_lines(entries, episodes)]}


def _first_lines(entries: Sequence[Entry], episodes: Episodes) -> list[Block]:
    """The first five lines, what matters first, and how many more there are."""
    if not entries:
        return []
    first = sorted(entries, key=comes_first, reverse=True)[:MAX_LINES]
    more = [context(f"and {len(entries) - MAX_LINES:,} more")] if len(entries) > MAX_LINES else []
    return [section("\n".join(_short_line(entry, episodes) for entry in first)), *more]


def _short_line(entry: Entry, episodes: Episodes) -> str:
    """A line that leaves room for four others in one section; one that is too long loses all after its title."""
    line = entry_line(entry, episodes)
    return line if len(line) < MAX_LINE else f"• {escape_within(entry.title, MAX_LINE - 10)}"
