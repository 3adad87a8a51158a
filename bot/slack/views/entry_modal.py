"""The modal with all of one entry: what it does, what to test, its names, every mention, and what is related."""

from collections.abc import Sequence

from bot.catalog.models import Entry, Mention
from bot.conversation.entry_text import Episodes
from bot.slack.views.action_ids import ENTRY_MODAL, SHARE_ENTRY
from bot.slack.views.blocks import View, button, button_row, context, divider, modal, section
from bot.slack.views.context import ShareTarget
from bot.slack.views.entry_blocks import caution, entry_result, entry_title, mention_text, names_line
from bot.slack.views.limits import MAX_BUTTON_VALUE, MAX_SECTION, pack_lines, truncate
from bot.slack.views.mrkdwn import escape, escape_within, link

MAX_MENTION_SECTIONS = 5


def entry_view(
    entry: Entry, episodes: Episodes, related: Sequence[Entry], target: ShareTarget, page_url: str = ""
) -> View:
    """The modal; with a button to share the entry where it was opened in a channel, and a link to its page."""
    title = (
        f"Change #{entry.key}" if entry.numbered else {"faq": "Question", "guide": "Guide"}.get(entry.kind, "Change")
    )
    blocks = [entry_title(entry)]
    blocks += [section(escape_within(text, MAX_SECTION)) for text in (entry.summary, entry.answer) if text]
    blocks += [caution(entry.caution, MAX_SECTION - 50)] if entry.caution else []
    blocks += [names_line(entry, 2_000)] if entry.names else []
    mentions = [f"• {_mention_line(mention, episodes)}" for mention in entry.mentions]
    blocks += [section(part) for part in pack_lines(mentions)[:MAX_MENTION_SECTIONS]]
    blocks += [context(link(page_url, "Open as a page that everyone can read"))] if page_url else []
    if target.channel:
        label = f"Share to the {'thread' if target.thread else 'channel'}"
        blocks += button_row(button(label, SHARE_ENTRY, truncate(entry.key, MAX_BUTTON_VALUE)))
    if related:
        blocks += [divider(), section("*Related*"), *(entry_result(other, episodes) for other in related)]
    return modal(ENTRY_MODAL, title, blocks, target.to_metadata())


def _mention_line(mention: Mention, episodes: Episodes) -> str:
    """`Watch 6:08 · episode 13 · with Mendy and Robbie · 9 December 2025`, as mrkdwn."""
    episode = episodes.get(mention.episode)
    parts = [mention_text(mention, episodes)]
    parts += [f"episode {mention.episode}"] if mention.at else []
    parts += [escape(f"with {' and '.join(episode.hosts)}")] if episode and episode.hosts else []
    parts += [escape(episode.published_day)] if episode and episode.published else []
    return " · ".join(parts)
