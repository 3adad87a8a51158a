"""The Home tab: search, the newest version, the person's watches, the workspace's digests, and how to get help."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.catalog.models import Entry, Version
from bot.conversation.entry_text import Episodes, comes_first, highlight_count, pluralize
from bot.slack.views.action_ids import HOME_NEXT, HOME_PREVIOUS, OPEN_SEARCH, TRY_EXAMPLE
from bot.slack.views.answers import freshness_line
from bot.slack.views.blocks import Block, View, button, button_row, context, divider, header, section
from bot.slack.views.digest_cards import CardRef, DigestCard, card_blocks, undo_button, unshown_blocks
from bot.slack.views.entry_blocks import details_button, entry_line
from bot.slack.views.limits import MAX_BUTTON, MAX_HEADER, MAX_VIEW_BLOCKS, truncate
from bot.slack.views.mrkdwn import note_text
from bot.slack.views.watches import WatchRow, watch_rows

MAX_HIGHLIGHTS, MAX_WATCHES, MAX_DIGESTS = 5, 10, 10
EXAMPLE_QUESTIONS = ("jira default status", "portal stuff since 2.210", "latest")


class HomeTab(NamedTuple):
    """What one person's Home tab shows."""

    newest: Version | None = None
    entries: Sequence[Entry] = ()  # of the newest version
    watches: Sequence[WatchRow] = ()
    digests: Sequence[DigestCard] = ()
    is_new: bool = False  # the person opens it for the first time
    page: int = 0  # of the watches
    banner: str = ""  # what a click on it just did
    is_open_to_all: bool = False  # everybody may change digests
    undo_id: int = 0  # the digest that this click removed
    unshown: Sequence[str] = ()  # sentences about digests that this person may not read
    freshness: Sequence[str] = ()  # sentences: the newest version, and when each source was read


def home_view(home: HomeTab, episodes: Episodes) -> View:
    """The whole tab."""
    blocks = [header("What changed in HaloPSA?")]
    blocks += [context(note_text(home.banner))] if home.banner else []
    blocks += button_row(undo_button(CardRef(home.undo_id))) if home.undo_id else []
    blocks += button_row(button("Search Halo changes", OPEN_SEARCH, style="primary"))
    blocks += _examples() if home.is_new else []
    blocks += [*_newest_version(home, episodes), *_watches(home), *_digests(home), divider()]
    ways = "`/halo help` shows all I understand. In a channel, mention me; in a direct message, just ask."
    if not home.digests:
        ways += " `/halo subscribe` in a channel sets up a digest: one post a week with what is new."
    blocks.append(section(f"*Help*\n{ways}"))
    return {"type": "home", "blocks": blocks[:MAX_VIEW_BLOCKS]}


def _examples() -> list[Block]:
    buttons = [
        button(truncate(question, MAX_BUTTON), f"{TRY_EXAMPLE}:{position}", question)
        for position, question in enumerate(EXAMPLE_QUESTIONS)
    ]
    text = "*Three things to try*\nPress one; only you see the answer."
    return [divider(), section(text), *button_row(*buttons)]


def _newest_version(home: HomeTab, episodes: Episodes) -> list[Block]:
    if home.newest is None:
        text = "The catalogue is empty. Whoever runs Halobot can fill it; `halobot doctor` says how."
        return [divider(), section(text)]
    first = [entry for entry in home.entries if comes_first(entry)][:MAX_HIGHLIGHTS]
    show_all = button(truncate(f"All of {home.newest}", MAX_BUTTON), f"{TRY_EXAMPLE}:newest", str(home.newest))
    return [
        divider(),
        header(truncate(f"Newest: {home.newest}", MAX_HEADER)),
        section(", ".join([pluralize(len(home.entries), "change"), *highlight_count(home.entries)])),
        *(section(entry_line(entry, episodes), details_button(entry)) for entry in first),
        *([freshness_line(home.freshness)] if home.freshness else []),
        *button_row(show_all),
    ]


def _watches(home: HomeTab) -> list[Block]:
    heading = [divider(), header("My watches")]
    if not home.watches:
        example = "`/halo watch quickbooks payments`"
        return [*heading, section(f"None yet. {example} sends you a direct message when something new answers it.")]
    page = max(0, min(home.page, (len(home.watches) - 1) // MAX_WATCHES))
    start = page * MAX_WATCHES
    shown = home.watches[start : start + MAX_WATCHES]
    has_next = start + MAX_WATCHES < len(home.watches)
    buttons = [button("Previous", HOME_PREVIOUS, str(page - 1))] if page else []
    buttons += [button("Next", HOME_NEXT, str(page + 1))] if has_next else []
    position = [context(f"{start + 1} to {start + len(shown)} of {len(home.watches)}")] if buttons else []
    return [*heading, *watch_rows(shown), *position, *button_row(*buttons)]


def _digests(home: HomeTab) -> list[Block]:
    if not home.digests and not home.unshown:
        return []
    more = len(home.digests) - MAX_DIGESTS
    cards = [block for card in home.digests[:MAX_DIGESTS] for block in card_blocks(card, in_list=True)]
    cards += [context(f"and {more} more; `/halo subscriptions` lists all of them")] if more > 0 else []
    note = [context("Everybody in this workspace may change digests: `HALO_ADMINS` is empty.")]
    cards += [*unshown_blocks(home.unshown), *(note if home.is_open_to_all else [])]
    return [divider(), header("Digests in this workspace"), *cards]
