"""The Home tab: search, the newest version at a glance, my watches, this workspace's digests, how to get help. Pure."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock, HeaderBlock
from slack_sdk.models.views import View

from bot.catalog.models import Entry, Version
from bot.slack.views.action_ids import HOME_NEXT, HOME_PREVIOUS, OPEN_WINDOW, TRY
from bot.slack.views.as_json import as_json
from bot.slack.views.blocks import Episodes, buttons, context, count, escape, fit, line, section
from bot.slack.views.limits import HEADER, VIEW_BLOCKS, cut
from bot.slack.views.watches import Watched, watch_rows

HIGHLIGHTS, WATCHES, DIGESTS = 5, 10, 10
TRIES = ("jira default status", "portal stuff since 2.210", "latest")


class Digest(NamedTuple):
    """One channel's digest, in words."""

    channel: str
    words: str  # its filter and schedule


class Home(NamedTuple):
    """What one person's Home shows."""

    newest: Version | None = None
    entries: Sequence[Entry] = ()  # of the newest version
    watches: Sequence[Watched] = ()
    digests: Sequence[Digest] = ()
    is_new: bool = False  # the person is new here
    page: int = 0  # of the watches
    note: str = ""  # what a button on it just did


def home_view(home: Home, episodes: Episodes, command: str = "/halo") -> dict[str, Any]:
    """The whole tab."""
    blocks: list[Block] = [HeaderBlock(text="What changed in HaloPSA?")]
    blocks += [context(escape(home.note))] if home.note else []
    blocks += buttons(ButtonElement(text="Search Halo changes", action_id=OPEN_WINDOW, value="", style="primary"))
    blocks += _three_things() if home.is_new else []
    blocks += [*_newest(home, episodes), *_watches(home, command), *_digests(home)]
    help_text = (
        f"`{escape(command)} help` lists all I understand. In a channel, mention me; in a direct message, just ask."
    )
    blocks += [DividerBlock(), section(f"*Help*\n{help_text}")]
    made: dict[str, Any] = as_json(View(type="home", blocks=blocks[:VIEW_BLOCKS]))
    return made


def _three_things() -> list[Block]:
    row = [
        ButtonElement(text=cut(text, 75), action_id=f"{TRY}:{place}", value=text) for place, text in enumerate(TRIES)
    ]
    return [DividerBlock(), section("*Three things to try*\nPress one; only you see the answer."), *buttons(*row)]


def _newest(home: Home, episodes: Episodes) -> list[Block]:
    if home.newest is None:
        return [
            DividerBlock(),
            section("The catalogue is empty. Whoever runs Halobot can fill it; `halobot doctor` says how."),
        ]
    first = [entry for entry in home.entries if entry.highlighted or entry.caution][:HIGHLIGHTS]
    highlights = sum(entry.highlighted for entry in home.entries)
    blocks: list[Block] = [
        DividerBlock(),
        HeaderBlock(text=cut(f"Newest: {home.newest}", HEADER)),
        section(f"{count(len(home.entries), 'change')}, {count(highlights, 'highlight')}"),
    ]
    blocks += [section(line(entry, episodes)) for entry in first]
    return blocks + buttons(
        ButtonElement(text=cut(f"All of {home.newest}", 75), action_id=f"{TRY}:newest", value=str(home.newest))
    )


def _watches(home: Home, command: str) -> list[Block]:
    blocks: list[Block] = [DividerBlock(), HeaderBlock(text="My watches")]
    if not home.watches:
        example = f"{command} watch quickbooks payments".strip()
        return [
            *blocks,
            section(f"None yet. `{escape(example)}` sends you a direct message when something new answers it."),
        ]
    page = max(0, min(home.page, (len(home.watches) - 1) // WATCHES))
    start = page * WATCHES
    shown = home.watches[start : start + WATCHES]
    row = [ButtonElement(text="Previous", action_id=HOME_PREVIOUS, value=str(page - 1))] if page else []
    row += (
        [ButtonElement(text="Next", action_id=HOME_NEXT, value=str(page + 1))]
        if start + WATCHES < len(home.watches)
        else []
    )
    counted = [context(f"{start + 1} to {start + len(shown)} of {len(home.watches)}")] if row else []
    return [*blocks, *watch_rows(shown), *counted, *buttons(*row)]


def _digests(home: Home) -> list[Block]:
    if not home.digests:
        return []
    lines = [f"• <#{escape(digest.channel)}>: {fit(digest.words, 200)}" for digest in home.digests[:DIGESTS]]
    lines += [f"and {len(home.digests) - DIGESTS} more"] if len(home.digests) > DIGESTS else []
    return [DividerBlock(), HeaderBlock(text="Digests in this workspace"), section("\n".join(lines))]
