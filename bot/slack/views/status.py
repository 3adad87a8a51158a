"""What the catalogue has, at a glance: its areas, and whether all is well. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from slack_sdk.models.blocks import Block

from bot.catalog.models import Version
from bot.slack.views.blocks import Message, context, escape, escape_within, message, pluralize, section
from bot.slack.views.limits import MAX_SECTION, pack_lines

MAX_LINES = 12
_CHANNEL = re.compile(r"&lt;#([A-Z0-9]+)&gt;")


class AreaRow(NamedTuple):
    """An area, what people call it, and how many entries it has."""

    name: str
    aliases: Sequence[str]
    entry_count: int


class BotStatus(NamedTuple):
    """What there is to know about the bot itself."""

    release: str
    entries: int
    versions: Sequence[Version]  # oldest first
    watches: int  # of the one who asks
    digests: Sequence[str] = ()  # how this workspace's digests do, in words; a channel as <#C1>
    failing: Sequence[str] = ()  # sources that could not be read, in words


def areas_message(areas: Sequence[AreaRow], command: str) -> Message:
    """Every area, and how to narrow a question to it."""
    lines = [f"• {escape_within(area.name, 200)} ({area.entry_count:,}){_alias_text(area)}" for area in areas]
    example = f"{command} area:billing since 2.210".strip()
    parts = pack_lines([f"*{pluralize(len(areas), 'area')}*", *lines], MAX_SECTION)[:4]
    blocks: list[Block] = [section(part) for part in parts]
    blocks.append(context(f"Narrow a question to one: `{escape(example)}`"))
    return message(f"{pluralize(len(areas), 'area')}: " + ", ".join(area.name for area in areas[:5]), blocks)


def status_message(status: BotStatus) -> Message:
    """The bot answers, and this is what it knows."""
    versions = f", {status.versions[0]} to {status.versions[-1]}" if status.versions else ""
    lines = [
        f"*Halobot {escape(status.release)} is up.*",
        f"Catalogue: {pluralize(status.entries, 'entry')}{versions}",
        f"You watch {pluralize(status.watches, 'question')}." if status.watches else "You watch nothing yet.",
        *(_with_channels(line) for line in status.digests[:MAX_LINES]),
        *(f":warning: {escape_within(line, 200)}" for line in status.failing[:MAX_LINES]),
    ]
    return message(f"Halobot is up: {pluralize(status.entries, 'entry')}{versions}", [section("\n".join(lines))])


def _with_channels(line: str) -> str:
    return _CHANNEL.sub(r"<#\1>", escape_within(line, 300))


def _alias_text(area: AreaRow) -> str:
    return f", also {escape_within(', '.join(area.aliases[:3]), 100)}" if area.aliases else ""
