"""The window with all of one entry: what it does, what to test, its names, every mention with its minute, what is
related. Pure.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from slack_sdk.models.blocks import Block, ButtonElement, ContextBlock, DividerBlock, MarkdownTextObject
from slack_sdk.models.views import View

from bot.catalog.models import Entry, Mention
from bot.slack.views.action_ids import ENTRY_MODAL, SHARE_ENTRY
from bot.slack.views.as_json import as_json
from bot.slack.views.blocks import (
    MAX_TITLE,
    Episodes,
    bold,
    button_row,
    context,
    entry_result,
    entry_subtitle,
    escape,
    escape_within,
    mention_label,
    section,
)
from bot.slack.views.limits import MAX_METADATA, MAX_SECTION, MAX_VIEW_BLOCKS, MAX_VIEW_TITLE, pack_lines, truncate

ViewJson = dict[str, Any]
BANNER = "note"


class ShareTarget(NamedTuple):
    """Where a window was opened from, so that an entry can be shared there."""

    channel: str = ""
    thread: str = ""  # the thread to answer in; empty: the channel itself
    url: str = ""  # a response_url: lets us post where the bot is no member, for half an hour

    def to_metadata(self, **more: str) -> str:
        """As a window's private_metadata carries it; without the response_url when that is too long."""
        for url in (self.url, ""):
            text = json.dumps({"channel": self.channel, "thread": self.thread, "url": url, **more})
            if len(text) <= MAX_METADATA:
                return text
        return ""


def read_share_target(metadata: str) -> ShareTarget:
    """The origin that `metadata` wrote; an empty one for anything else."""
    found = read_metadata(metadata)
    return ShareTarget(*(str(found.get(name) or "") for name in ShareTarget._fields))


def read_metadata(metadata: str) -> dict[str, Any]:
    """A window's private_metadata, or nothing when there is none that we wrote."""
    try:
        found = json.loads(metadata or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def entry_view(entry: Entry, episodes: Episodes, related: Sequence[Entry], target: ShareTarget) -> ViewJson:
    """All of an entry."""
    title = (
        f"Change #{entry.key}" if entry.numbered else {"faq": "Question", "guide": "Guide"}.get(entry.kind, "Change")
    )
    blocks: list[Block] = [
        section(
            f"{bold(entry.title)}\n{escape_within(entry_subtitle(entry), MAX_TITLE)}{'  ·  *Highlight*' if entry.highlighted else ''}"
        )
    ]
    blocks += [section(escape_within(text, MAX_SECTION)) for text in (entry.summary, entry.answer or "") if text]
    if entry.caution:
        blocks.append(section(f":warning: *Test first:* {escape_within(entry.caution, MAX_SECTION - 50)}"))
    if entry.names:
        blocks.append(context("Names: " + escape_within(" · ".join(entry.names), 2_000)))
    blocks += [
        section(part) for part in pack_lines([f"• {_mention(mention, episodes)}" for mention in entry.mentions])
    ][:5]
    if target.channel:
        where_to = "thread" if target.thread else "channel"
        blocks += button_row(
            ButtonElement(text=f"Share to the {where_to}", action_id=SHARE_ENTRY, value=truncate(entry.key, 2_000))
        )
    if related:
        blocks += [DividerBlock(), section("*Related*"), *(entry_result(other, episodes) for other in related)]
    return modal(ENTRY_MODAL, title, blocks, target.to_metadata())


def modal(callback_id: str, title: str, blocks: Sequence[Block], metadata: str = "") -> ViewJson:
    """A window, as Slack takes it."""
    made: ViewJson = as_json(
        View(
            type="modal",
            callback_id=callback_id,
            title=truncate(title, MAX_VIEW_TITLE),
            close="Close",
            blocks=list(blocks),
            private_metadata=metadata,
        )
    )
    return made


def with_banner(shown: ViewJson, text: str) -> ViewJson:
    """A window as Slack says it is shown, with a line at its top of what a button in it just did (in place of an
    earlier such line).
    """
    said = ContextBlock(block_id=BANNER, elements=[MarkdownTextObject(text=escape_within(text, 1_000))]).to_dict()
    kept = {
        name: shown[name] for name in ("type", "callback_id", "title", "close", "private_metadata") if shown.get(name)
    }
    return {
        **kept,
        "blocks": [said, *(block for block in shown["blocks"] if block.get("block_id") != BANNER)][:MAX_VIEW_BLOCKS],
    }


def _mention(mention: Mention, episodes: Episodes) -> str:
    episode = episodes.get(mention.episode)
    label = escape(mention_label(mention))
    words = [f"<{episode.url}|{label}>" if episode and episode.url else label]
    words += [f"episode {mention.episode}"] if mention.at else []
    words += [escape(f"with {' and '.join(episode.hosts)}")] if episode and episode.hosts else []
    words += [escape(episode.published)] if episode and episode.published else []
    return " · ".join(words)
