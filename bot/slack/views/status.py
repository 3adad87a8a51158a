"""What the catalogue has, at a glance: its areas, and whether all is well. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from slack_sdk.models.blocks import Block

from bot.catalog.models import Version
from bot.slack.views.blocks import Message, context, count, escape, fit, message, section
from bot.slack.views.limits import SECTION, pack

MOST_LINES = 12
_CHANNEL = re.compile(r"&lt;#([A-Z0-9]+)&gt;")


class Area(NamedTuple):
    """An area, what people call it, and how many entries it has."""

    name: str
    also: Sequence[str]
    number: int


class Status(NamedTuple):
    """What there is to know about the bot itself."""

    release: str
    entries: int
    versions: Sequence[Version]  # oldest first
    watches: int  # of the one who asks
    digests: Sequence[str] = ()  # how this workspace's digests do, in words; a channel as <#C1>
    failing: Sequence[str] = ()  # sources that could not be read, in words


def areas_message(areas: Sequence[Area], command: str) -> Message:
    """Every area, and how to narrow a question to it."""
    lines = [f"• {fit(area.name, 200)} ({area.number:,}){_called(area)}" for area in areas]
    example = f"{command} area:billing since 2.210".strip()
    parts = pack([f"*{count(len(areas), 'area')}*", *lines], SECTION)[:4]
    blocks: list[Block] = [section(part) for part in parts]
    blocks.append(context(f"Narrow a question to one: `{escape(example)}`"))
    return message(f"{count(len(areas), 'area')}: " + ", ".join(area.name for area in areas[:5]), blocks)


def status_message(status: Status) -> Message:
    """The bot answers, and this is what it knows."""
    versions = f", {status.versions[0]} to {status.versions[-1]}" if status.versions else ""
    lines = [
        f"*Halobot {escape(status.release)} is up.*",
        f"Catalogue: {count(status.entries, 'entry')}{versions}",
        f"You watch {count(status.watches, 'question')}." if status.watches else "You watch nothing yet.",
        *(_with_channels(line) for line in status.digests[:MOST_LINES]),
        *(f":warning: {fit(line, 200)}" for line in status.failing[:MOST_LINES]),
    ]
    return message(f"Halobot is up: {count(status.entries, 'entry')}{versions}", [section("\n".join(lines))])


def _with_channels(line: str) -> str:
    return _CHANNEL.sub(r"<#\1>", fit(line, 300))


def _called(area: Area) -> str:
    return f", also {fit(', '.join(area.also[:3]), 100)}" if area.also else ""
