"""The bot's status, and the areas of the catalogue."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.conversation.entry_text import pluralize
from bot.slack.views.blocks import Message, context, message, section
from bot.slack.views.limits import pack_lines
from bot.slack.views.mrkdwn import channel_link, escape, escape_entities, escape_sentence, escape_within

MAX_LINES = 12  # of digests, and of sources that fail
_ESCAPED_CHANNEL = re.compile(r"&lt;#([A-Z0-9]+)&gt;")


class AreaRow(NamedTuple):
    """An area of the catalogue."""

    name: str
    aliases: Sequence[str]
    entry_count: int


class BotStatus(NamedTuple):
    """What `status` shows."""

    release: str
    known: str  # a sentence: how much the catalogue has
    watches: int  # of the person who asks
    digests: Sequence[str] = ()  # a sentence for each digest of the workspace; a channel as <#C1>
    failing: Sequence[str] = ()  # a sentence for each thing that does not work
    freshness: Sequence[str] = ()  # sentences: the newest version, and when each source was read


def areas_message(areas: Sequence[AreaRow], command: str) -> Message:
    """Every area, and how to narrow a question to it."""
    count = pluralize(len(areas), "area")
    lines = [f"• {escape_within(area.name, 200)} ({area.entry_count:,}){_aliases(area)}" for area in areas]
    example = escape_entities(f"{command} area:billing since 2.210".strip())
    blocks = [section(part) for part in pack_lines([f"*{count}*", *lines])[:4]]
    blocks.append(context(f"Narrow a question to one: `{example}`"))
    return message(f"{count}: " + ", ".join(area.name for area in areas[:5]), blocks)


def status_message(status: BotStatus) -> Message:
    """That the bot is up, or what is wrong; and what it knows."""
    state = "runs, but not all is well" if status.failing else "is up"
    lines = [
        f"*Halobot {escape(status.release)} {state}.*",
        *(f":warning: {escape_within(line, 200, escape_sentence)}" for line in status.failing[:MAX_LINES]),
        escape_within(status.known, 200),
        *(escape_within(line, 200, escape_sentence) for line in status.freshness[: MAX_LINES + 2]),
        f"You watch {pluralize(status.watches, 'question')}." if status.watches else "You watch nothing.",
        *(_with_channels(line) for line in status.digests[:MAX_LINES]),
    ]
    return message(f"Halobot {state}. {status.known}", [section("\n".join(lines))])


def _with_channels(line: str) -> str:
    """An escaped line in which channels are links again."""
    return _ESCAPED_CHANNEL.sub(lambda match: channel_link(match[1]), escape_within(line, 300, escape_sentence))


def _aliases(area: AreaRow) -> str:
    return f", also {escape_within(', '.join(area.aliases[:3]), 100)}" if area.aliases else ""
