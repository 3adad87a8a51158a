"""The Home tab: search, the newest version at a glance, my watches, this workspace's digests, how to get help. Pure."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, HeaderBlock
from slack_sdk.models.views import View

from bot.catalog.models import Entry, Version
from bot.slack.views.action_ids import HOME_NEXT, HOME_PREVIOUS, OPEN_SEARCH, TRY_EXAMPLE
from bot.slack.views.as_json import as_json
from bot.slack.views.blocks import Episodes, button_row, context, entry_line, escape, escape_within, pluralize, section
from bot.slack.views.limits import MAX_HEADER, MAX_VIEW_BLOCKS, truncate
from bot.slack.views.watches import WatchRow, watch_rows

MAX_HIGHLIGHTS, MAX_WATCHES, MAX_DIGESTS = 5, 10, 10
EXAMPLE_QUESTIONS = ("jira default status", "portal stuff since 2.210", "latest")


class DigestRow(NamedTuple):
    """One channel's digest, in words."""

    channel: str
    description: str  # its filter and schedule


class HomeTab(NamedTuple):
    """What one person's Home shows."""

    newest: Version | None = None
    entries: Sequence[Entry] = ()  # of the newest version
    watches: Sequence[WatchRow] = ()
    digests: Sequence[DigestRow] = ()
    is_new: bool = False  # the person is new here
    page: int = 0  # of the watches
    banner: str = ""  # what a button on it just did


def home_view(home: HomeTab, episodes: Episodes, command: str = "/halo") -> dict[str, Any]:
    """The whole tab."""
    blocks: list[Block] = [HeaderBlock(text="What changed in HaloPSA?")]
    blocks += [context(escape(home.banner))] if home.banner else []
    blocks += button_row(ButtonElement(text="Search Halo changes", action_id=OPEN_SEARCH, value="", style="primary"))
    blocks += _example_buttons() if home.is_new else []
    blocks += [*_newest_version(home, episodes), *_watches(home, command), *_digests(home)]
    help_text = (
        f"`{escape(command)} help` lists all I understand. In a channel, mention me; in a direct message, just ask."
    )
    blocks += [DividerBlock(), section(f"*Help*\n{help_text}")]
    made: dict[str, Any] = as_json(View(type="home", blocks=blocks[:MAX_VIEW_BLOCKS]))
    return made


def _example_buttons() -> list[Block]:
    row = [
        ButtonElement(text=truncate(text, 75), action_id=f"{TRY_EXAMPLE}:{place}", value=text)
        for place, text in enumerate(EXAMPLE_QUESTIONS)
    ]
    return [DividerBlock(), section("*Three things to try*\nPress one; only you see the answer."), *button_row(*row)]


def _newest_version(home: HomeTab, episodes: Episodes) -> list[Block]:
    if home.newest is None:
        return [
            DividerBlock(),
            section("The catalogue is empty. Whoever runs Halobot can fill it; `halobot doctor` says how."),
        ]
    first = [entry for entry in home.entries if entry.highlighted or entry.caution][:MAX_HIGHLIGHTS]
    highlights = sum(entry.highlighted for entry in home.entries)
    blocks: list[Block] = [
        DividerBlock(),
        HeaderBlock(text=truncate(f"Newest: {home.newest}", MAX_HEADER)),
        section(f"{pluralize(len(home.entries), 'change')}, {pluralize(highlights, 'highlight')}"),
    ]
    blocks += [section(entry_line(entry, episodes)) for entry in first]
    return blocks + button_row(
        ButtonElement(
            text=truncate(f"All of {home.newest}", 75), action_id=f"{TRY_EXAMPLE}:newest", value=str(home.newest)
        )
    )


def _watches(home: HomeTab, command: str) -> list[Block]:
    blocks: list[Block] = [DividerBlock(), HeaderBlock(text="My watches")]
    if not home.watches:
        example = f"{command} watch quickbooks payments".strip()
        return [
            *blocks,
            section(f"None yet. `{escape(example)}` sends you a direct message when something new answers it."),
        ]
    page = max(0, min(home.page, (len(home.watches) - 1) // MAX_WATCHES))
    start = page * MAX_WATCHES
    shown = home.watches[start : start + MAX_WATCHES]
    row = [ButtonElement(text="Previous", action_id=HOME_PREVIOUS, value=str(page - 1))] if page else []
    row += (
        [ButtonElement(text="Next", action_id=HOME_NEXT, value=str(page + 1))]
        if start + MAX_WATCHES < len(home.watches)
        else []
    )
    counted = [context(f"{start + 1} to {start + len(shown)} of {len(home.watches)}")] if row else []
    return [*blocks, *watch_rows(shown), *counted, *button_row(*row)]


def _digests(home: HomeTab) -> list[Block]:
    if not home.digests:
        return []
    lines = [
        f"• <#{escape(digest.channel)}>: {escape_within(digest.description, 200)}"
        for digest in home.digests[:MAX_DIGESTS]
    ]
    lines += [f"and {len(home.digests) - MAX_DIGESTS} more"] if len(home.digests) > MAX_DIGESTS else []
    return [DividerBlock(), HeaderBlock(text="Digests in this workspace"), section("\n".join(lines))]
