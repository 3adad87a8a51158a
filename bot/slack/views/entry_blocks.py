"""An entry as blocks: the card, the row and the line that every message shows it as."""

from collections.abc import Sequence

from bot.catalog.models import Entry, Mention
from bot.conversation.entry_text import Episodes, entry_subtitle, impact_label, mention_label
from bot.slack.views.action_ids import DETAILS, EPISODE_LINK
from bot.slack.views.blocks import Block, Element, button, button_row, context, element, option, plain_text, section
from bot.slack.views.limits import (
    MAX_ACTION_ID,
    MAX_BUTTON,
    MAX_OPTION,
    MAX_OPTION_VALUE,
    MAX_OPTIONS,
    MAX_SECTION,
    MAX_TITLE,
    truncate,
)
from bot.slack.views.mrkdwn import bold, escape, escape_within, link, safe_url

MAX_EPISODE_BUTTONS = 5
MAX_TEXT_IN_SHORT = 240  # characters


def entry_card(
    entry: Entry, episodes: Episodes, max_text: int = MAX_SECTION, with_details: bool = False
) -> list[Block]:
    """The whole entry: title, what it does, what to test first, its names, and buttons to the minutes of its episodes.

    `max_text`: characters of its summary or answer. `with_details`: add the button that opens the entry modal.
    """
    blocks = [entry_title(entry)]
    if text := entry.answer or entry.summary:
        blocks.append(section(escape_within(text, max_text)))
    if entry.caution:
        blocks.append(caution(entry.caution, max_text // 2))
    if entry.names:
        blocks.append(names_line(entry, max_text // 4))
    links = (episode_button(mention, episodes) for mention in entry.mentions[:MAX_EPISODE_BUTTONS])
    buttons = [link for link in links if link]
    return blocks + button_row(*buttons, *([details_button(entry)] if with_details else []))


def entry_in_short(entry: Entry, episodes: Episodes) -> list[Block]:
    """One result that may not be the one: title and subtitle with the button "Details", and how its text begins."""
    text = truncate(entry.answer or entry.summary, MAX_TEXT_IN_SHORT)
    return [entry_result(entry, episodes), *([context(escape(text))] if text else [])]


def entry_title(entry: Entry) -> Block:
    """Title and subtitle, what it does to those who upgrade, and whether it is a highlight."""
    subtitle = " · ".join(part for part in (entry_subtitle(entry), impact_label(entry)) if part)
    return section(_title_and(entry, escape_within(subtitle, MAX_TITLE) + highlight(entry, "  ·  ")))


def caution(text: str, limit: int) -> Block:
    """What to test before the change is switched on."""
    return section(f":warning: *Test first:* {escape_within(text, limit)}")


def names_line(entry: Entry, limit: int) -> Block:
    """The exact names of its settings and screens."""
    return context("Names: " + escape_within(" · ".join(entry.names), limit))


def entry_result(entry: Entry, episodes: Episodes) -> Block:
    """One of several results: title and subtitle, the first minute as a link, and the button "Details"."""
    parts = (escape_within(entry_subtitle(entry), MAX_TITLE), mention_link(entry, episodes))
    return section(_title_and(entry, " · ".join(part for part in parts if part)), details_button(entry))


def entry_line(entry: Entry, episodes: Episodes) -> str:
    """One line of a list, as mrkdwn: title, number, and the first minute as a link."""
    parts = [escape_within(entry.title, MAX_TITLE)]
    if entry.numbered:
        parts.append(f"#{entry.key}")
    parts += [entry_mention_link(entry, episodes)] if entry.mentions else []
    tags = highlight(entry, " · ") + (" · :warning: test first" if entry.caution else "")
    return f"• {' · '.join(parts)}{tags}"


def entry_mention_link(entry: Entry, episodes: Episodes) -> str:
    """`6:08` as a link to the first episode that has it, as mrkdwn; empty where none has."""
    if not entry.mentions:
        return ""
    mention = entry.mentions[0]
    return link(_page(mention, episodes), mention.at or f"episode {mention.episode}")


def mention_link(entry: Entry, episodes: Episodes) -> str:
    """`Watch 6:08` as a link to the first episode that has it, as mrkdwn; empty where none has."""
    return mention_text(entry.mentions[0], episodes) if entry.mentions else ""


def mention_text(mention: Mention, episodes: Episodes) -> str:
    """`Watch 6:08` as a link to the episode's page, as mrkdwn; the words alone where the page is not known."""
    return link(_page(mention, episodes), mention_label(mention))


def episode_button(mention: Mention, episodes: Episodes) -> Element | None:
    """A button to the episode's page, labelled with the minute; None where the page is not known."""
    url = _page(mention, episodes)
    if not url:
        return None
    label = mention_label(mention) + (f" (episode {mention.episode})" if mention.at else "")
    return button(truncate(label, MAX_BUTTON), f"{EPISODE_LINK}:{mention.episode}:{mention.at or ''}", url=url)


def details_button(entry: Entry) -> Element:
    """The button that opens the entry modal."""
    return button("Details", truncate(f"{DETAILS}:{entry.key}", MAX_ACTION_ID), entry.key)


def details_menus(entries: Sequence[Entry]) -> list[Block]:
    """A row of menus with the titles of these entries: the one that is chosen opens the entry modal. No block where
    there are none.
    """
    by_key = {entry.key: entry for entry in entries if len(entry.key) <= MAX_OPTION_VALUE}
    options = [option(truncate(entry.title or key, MAX_OPTION), key, emoji=False) for key, entry in by_key.items()]
    menus = [
        element(
            "static_select",
            f"{DETAILS}:menu{start}",
            options=options[start : start + MAX_OPTIONS],
            placeholder=plain_text("Details of …" if start == 0 else f"… from the {start + 1}st on"),
        )
        for start in range(0, len(options), MAX_OPTIONS)
    ]
    return button_row(*menus)


def highlight(entry: Entry, separator: str) -> str:
    """`*Highlight*` after a separator, or nothing."""
    return f"{separator}*Highlight*" if entry.highlighted else ""


def _title_and(entry: Entry, subtitle: str) -> str:
    return f"{bold(entry.title)}\n{subtitle}"


def _page(mention: Mention, episodes: Episodes) -> str | None:
    episode = episodes.get(mention.episode)
    return safe_url(episode.url) if episode else None
