"""The window with all of one entry: what it does, what to test, its names, every mention with its minute, what is
related. Pure.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from slack_sdk.models.blocks import Block, ButtonElement, ContextBlock, DividerBlock, MarkdownTextObject
from slack_sdk.models.views import View

from bot.catalog.models import Entry, Mention
from bot.slack.views.action_ids import DETAILS_VIEW, SHARE_ENTRY
from bot.slack.views.as_json import as_json
from bot.slack.views.blocks import TITLE, Episodes, bold, buttons, context, escape, fit, minute, result, section, where
from bot.slack.views.limits import METADATA, SECTION, VIEW_BLOCKS, VIEW_TITLE, cut, pack

ViewJson = dict[str, Any]
NOTE = "note"


class Origin(NamedTuple):
    """Where a window was opened from, so that an entry can be shared there."""

    channel: str = ""
    thread: str = ""  # the thread to answer in; empty: the channel itself
    url: str = ""  # a response_url: lets us post where the bot is no member, for half an hour

    def metadata(self, **more: str) -> str:
        """As a window's private_metadata carries it; without the response_url when that is too long."""
        for url in (self.url, ""):
            text = json.dumps({"channel": self.channel, "thread": self.thread, "url": url, **more})
            if len(text) <= METADATA:
                return text
        return ""


def read_origin(metadata: str) -> Origin:
    """The origin that `metadata` wrote; an empty one for anything else."""
    found = read_metadata(metadata)
    return Origin(*(str(found.get(name) or "") for name in Origin._fields))


def read_metadata(metadata: str) -> dict[str, Any]:
    """A window's private_metadata, or nothing when there is none that we wrote."""
    try:
        found = json.loads(metadata or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def details_view(entry: Entry, episodes: Episodes, related: Sequence[Entry], origin: Origin) -> ViewJson:
    """All of an entry."""
    title = (
        f"Change #{entry.key}" if entry.numbered else {"faq": "Question", "guide": "Guide"}.get(entry.kind, "Change")
    )
    blocks: list[Block] = [
        section(f"{bold(entry.title)}\n{fit(where(entry), TITLE)}{'  ·  *Highlight*' if entry.highlighted else ''}")
    ]
    blocks += [section(fit(text, SECTION)) for text in (entry.summary, entry.answer or "") if text]
    if entry.caution:
        blocks.append(section(f":warning: *Test first:* {fit(entry.caution, SECTION - 50)}"))
    if entry.names:
        blocks.append(context("Names: " + fit(" · ".join(entry.names), 2_000)))
    blocks += [section(part) for part in pack([f"• {_mention(mention, episodes)}" for mention in entry.mentions])][:5]
    if origin.channel:
        where_to = "thread" if origin.thread else "channel"
        blocks += buttons(
            ButtonElement(text=f"Share to the {where_to}", action_id=SHARE_ENTRY, value=cut(entry.key, 2_000))
        )
    if related:
        blocks += [DividerBlock(), section("*Related*"), *(result(other, episodes) for other in related)]
    return view(DETAILS_VIEW, title, blocks, origin.metadata())


def view(callback_id: str, title: str, blocks: Sequence[Block], metadata: str = "") -> ViewJson:
    """A window, as Slack takes it."""
    made: ViewJson = as_json(
        View(
            type="modal",
            callback_id=callback_id,
            title=cut(title, VIEW_TITLE),
            close="Close",
            blocks=list(blocks),
            private_metadata=metadata,
        )
    )
    return made


def noted(shown: ViewJson, text: str) -> ViewJson:
    """A window as Slack says it is shown, with a line at its top of what a button in it just did (in place of an
    earlier such line).
    """
    said = ContextBlock(block_id=NOTE, elements=[MarkdownTextObject(text=fit(text, 1_000))]).to_dict()
    kept = {
        name: shown[name] for name in ("type", "callback_id", "title", "close", "private_metadata") if shown.get(name)
    }
    return {
        **kept,
        "blocks": [said, *(block for block in shown["blocks"] if block.get("block_id") != NOTE)][:VIEW_BLOCKS],
    }


def _mention(mention: Mention, episodes: Episodes) -> str:
    episode = episodes.get(mention.episode)
    label = escape(minute(mention))
    words = [f"<{episode.url}|{label}>" if episode and episode.url else label]
    words += [f"episode {mention.episode}"] if mention.at else []
    words += [escape(f"with {' and '.join(episode.hosts)}")] if episode and episode.hosts else []
    words += [escape(episode.published)] if episode and episode.published else []
    return " · ".join(words)
