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
from bot.slack.views.entry_text import entry_subtitle as entry_subtitle
from bot.slack.views.entry_text import mention_label as mention_label
from bot.slack.views.entry_text import pluralize as pluralize
from bot.slack.views.limits import MAX_BUTTON, MAX_NOTIFICATION, MAX_SECTION, truncate

Message = dict[str, Any]
MAX_TITLE = 400  # characters of an entry's title; the longest that Halo wrote has 85
EPISODE_LINK = (
    "watch_episode"  # the action of every link to an episode: Slack reports the click, and wants it acknowledged
)


def message(text: str, blocks: Sequence[Block]) -> Message:
    """A message as Slack takes it; `text` is what a notification shows."""
    return {"text": escape(truncate(text, MAX_NOTIFICATION)), "blocks": as_json(blocks)}


def escape(text: str) -> str:
    """Text that pings nobody and links nowhere (Slack: escape &, < and > only)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_within(text: str, limit: int) -> str:
    """Escaped text of at most `most` characters. Cut before it is escaped, so that no `&amp;` is cut in two."""
    limit = limit
    while len(escaped := escape(truncate(text, limit))) > limit:
        limit = min(limit - 1, limit * limit // len(escaped))
    return escaped


def bold(text: str) -> str:
    """Escaped and bold; an asterisk inside would end the bold early."""
    return f"*{escape_within(text.replace('*', '∗'), MAX_TITLE)}*"


def section(text: str, accessory: ButtonElement | LinkButtonElement | None = None) -> SectionBlock:
    """A section of mrkdwn that is already escaped."""
    return SectionBlock(text=MarkdownTextObject(text=truncate(text, MAX_SECTION), verbatim=True), accessory=accessory)


def context(text: str) -> ContextBlock:
    """Small grey print, already escaped."""
    return ContextBlock(elements=[MarkdownTextObject(text=truncate(text, MAX_SECTION), verbatim=True)])


def episode_button(mention: Mention, episodes: Episodes) -> LinkButtonElement | None:
    """A button to the episode's page, labelled with the minute; None when the page is not known."""
    episode = episodes.get(mention.episode)
    if episode is None or not episode.url:
        return None
    label = f"{mention_label(mention)} (episode {mention.episode})" if mention.at else mention_label(mention)
    return LinkButtonElement(
        text=PlainTextObject(text=truncate(label, MAX_BUTTON)),
        url=episode.url,
        action_id=f"{EPISODE_LINK}:{mention.episode}:{mention.at or ''}",
    )


def entry_card(
    entry: Entry, episodes: Episodes, max_text: int = MAX_SECTION, with_details: bool = False
) -> list[Block]:
    """One entry: what it is, what it does, what to test, and the way to its minutes. `most`: characters of its summary.

    With `details` it has a button to the window with all of it.
    """
    blocks: list[Block] = [
        section(
            f"{bold(entry.title)}\n{escape_within(entry_subtitle(entry), MAX_TITLE)}{'  ·  *Highlight*' if entry.highlighted else ''}"
        )
    ]
    if said := entry.answer or entry.summary:
        blocks.append(section(escape_within(said, max_text)))
    if entry.caution:
        blocks.append(section(f":warning: *Test first:* {escape_within(entry.caution, max_text // 2)}"))
    if entry.names:
        blocks.append(context("Names: " + escape_within(" · ".join(entry.names), max_text // 4)))
    buttons: list[ButtonElement] = [
        button for mention in entry.mentions[:5] if (button := episode_button(mention, episodes))
    ]
    buttons += [details_button(entry)] if with_details else []
    if buttons:
        blocks.append(ActionsBlock(elements=[*buttons]))
    return blocks


def details_button(entry: Entry) -> ButtonElement:
    """A button to the window with all of an entry."""
    return ButtonElement(text="Details", action_id=truncate(f"{DETAILS}:{entry.key}", 255), value=entry.key)


def entry_row(entry: Entry, episodes: Episodes) -> Block:
    """One entry in a list: its title, where it belongs, and the button to its minute."""
    button = episode_button(entry.mentions[0], episodes) if entry.mentions else None
    return section(f"{bold(entry.title)}\n{escape_within(entry_subtitle(entry), MAX_TITLE)}", button)


def entry_result(entry: Entry, episodes: Episodes) -> Block:
    """One entry among the results: as a row, with the minute as a link, and the button to all of it."""
    return section(
        f"{bold(entry.title)}\n{' · '.join(part for part in (escape_within(entry_subtitle(entry), MAX_TITLE), mention_link(entry, episodes)) if part)}",
        details_button(entry),
    )


def mention_link(entry: Entry, episodes: Episodes) -> str:
    """`Watch 6:08` as a link to the episode's page; the words alone where the page is not known. Already escaped."""
    if not entry.mentions:
        return ""
    episode = episodes.get(entry.mentions[0].episode)
    label = escape(mention_label(entry.mentions[0]))
    return f"<{episode.url}|{label}>" if episode and episode.url else label


def entry_line(entry: Entry, episodes: Episodes) -> str:
    """One entry in a line of text, already escaped: title, number, and the minute as a link."""
    parts = [escape_within(entry.title, MAX_TITLE)]
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


def button_row(*elements: ButtonElement) -> list[Block]:
    """A row of buttons; nothing when there are none."""
    return [ActionsBlock(elements=[*elements])] if elements else []
