"""The pieces that messages are put together from, so that an entry looks the same everywhere."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    LinkButtonElement,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.catalog.models import Entry, Mention
from bot.slack.views.action_ids import DETAILS
from bot.slack.views.as_json import as_json
from bot.slack.views.entry_text import Episodes as Episodes
from bot.slack.views.entry_text import count as count
from bot.slack.views.entry_text import minute as minute
from bot.slack.views.entry_text import where as where
from bot.slack.views.limits import BUTTON, NOTIFICATION, SECTION, cut

Message = dict[str, Any]
TITLE = 400  # characters of an entry's title; the longest that Halo wrote has 85
WATCH = "watch_episode"  # the action of every link to an episode: Slack reports the click, and wants it acknowledged


def message(text: str, blocks: Sequence[Block]) -> Message:
    """A message as Slack takes it; `text` is what a notification shows."""
    return {"text": escape(cut(text, NOTIFICATION)), "blocks": as_json(blocks)}


def escape(text: str) -> str:
    """Text that pings nobody and links nowhere (Slack: escape &, < and > only)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fit(text: str, most: int) -> str:
    """Escaped text of at most `most` characters. Cut before it is escaped, so that no `&amp;` is cut in two."""
    limit = most
    while len(escaped := escape(cut(text, limit))) > most:
        limit = min(limit - 1, limit * most // len(escaped))
    return escaped


def bold(text: str) -> str:
    """Escaped and bold; an asterisk inside would end the bold early."""
    return f"*{fit(text.replace('*', '∗'), TITLE)}*"


def section(text: str, accessory: ButtonElement | LinkButtonElement | None = None) -> SectionBlock:
    """A section of mrkdwn that is already escaped."""
    return SectionBlock(text=MarkdownTextObject(text=cut(text, SECTION), verbatim=True), accessory=accessory)


def context(text: str) -> ContextBlock:
    """Small grey print, already escaped."""
    return ContextBlock(elements=[MarkdownTextObject(text=cut(text, SECTION), verbatim=True)])


def watch_button(mention: Mention, episodes: Episodes) -> LinkButtonElement | None:
    """A button to the episode's page, labelled with the minute; None when the page is not known."""
    episode = episodes.get(mention.episode)
    if episode is None or not episode.url:
        return None
    label = f"{minute(mention)} (episode {mention.episode})" if mention.at else minute(mention)
    return LinkButtonElement(
        text=PlainTextObject(text=cut(label, BUTTON)),
        url=episode.url,
        action_id=f"{WATCH}:{mention.episode}:{mention.at or ''}",
    )


def card(entry: Entry, episodes: Episodes, most: int = SECTION, details: bool = False) -> list[Block]:
    """One entry: what it is, what it does, what to test, and the way to its minutes. `most`: characters of its summary.

    With `details` it has a button to the window with all of it.
    """
    blocks: list[Block] = [
        section(f"{bold(entry.title)}\n{fit(where(entry), TITLE)}{'  ·  *Highlight*' if entry.highlighted else ''}")
    ]
    if said := entry.answer or entry.summary:
        blocks.append(section(fit(said, most)))
    if entry.caution:
        blocks.append(section(f":warning: *Test first:* {fit(entry.caution, most // 2)}"))
    if entry.names:
        blocks.append(context("Names: " + fit(" · ".join(entry.names), most // 4)))
    buttons: list[ButtonElement] = [
        button for mention in entry.mentions[:5] if (button := watch_button(mention, episodes))
    ]
    buttons += [details_button(entry)] if details else []
    if buttons:
        blocks.append(ActionsBlock(elements=[*buttons]))
    return blocks


def details_button(entry: Entry) -> ButtonElement:
    """A button to the window with all of an entry."""
    return ButtonElement(text="Details", action_id=cut(f"{DETAILS}:{entry.key}", 255), value=entry.key)


def row(entry: Entry, episodes: Episodes) -> Block:
    """One entry in a list: its title, where it belongs, and the button to its minute."""
    button = watch_button(entry.mentions[0], episodes) if entry.mentions else None
    return section(f"{bold(entry.title)}\n{fit(where(entry), TITLE)}", button)


def result(entry: Entry, episodes: Episodes) -> Block:
    """One entry among the results: as a row, with the minute as a link, and the button to all of it."""
    return section(
        f"{bold(entry.title)}\n{' · '.join(part for part in (fit(where(entry), TITLE), minute_link(entry, episodes)) if part)}",
        details_button(entry),
    )


def minute_link(entry: Entry, episodes: Episodes) -> str:
    """`Watch 6:08` as a link to the episode's page; the words alone where the page is not known. Already escaped."""
    if not entry.mentions:
        return ""
    episode = episodes.get(entry.mentions[0].episode)
    label = escape(minute(entry.mentions[0]))
    return f"<{episode.url}|{label}>" if episode and episode.url else label


def line(entry: Entry, episodes: Episodes) -> str:
    """One entry in a line of text, already escaped: title, number, and the minute as a link."""
    parts = [fit(entry.title, TITLE)]
    if entry.numbered:
        parts.append(f"#{entry.key}")
    if entry.mentions:
        mention, episode = entry.mentions[0], episodes.get(entry.mentions[0].episode)
        label = mention.at or f"episode {mention.episode}"
        parts.append(f"<{episode.url}|{label}>" if episode and episode.url else label)
    return (
        "• "
        + " · ".join(parts)
        + (" · *Highlight*" if entry.highlighted else "")
        + (" · :warning: test first" if entry.caution else "")
    )


def buttons(*elements: ButtonElement) -> list[Block]:
    """A row of buttons; nothing when there are none."""
    return [ActionsBlock(elements=[*elements])] if elements else []
