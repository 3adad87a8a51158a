"""The pieces that messages are put together from, so that an entry looks the same everywhere."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ContextBlock, LinkButtonElement, MarkdownTextObject, PlainTextObject, SectionBlock

from bot.catalog.models import Entry, Episode, Mention
from bot.messages.limits import BUTTON, NOTIFICATION, SECTION, cut

Message = dict[str, Any]
Episodes = Mapping[int, Episode]
WATCH = "watch_episode"  # the action of every link to an episode: Slack reports the click, and wants it acknowledged


def message(text: str, blocks: Sequence[Block]) -> Message:
    """A message as Slack takes it; `text` is what a notification shows."""
    return {"text": escape(cut(text, NOTIFICATION)), "blocks": [block.to_dict() for block in blocks]}


def escape(text: str) -> str:
    """Text that pings nobody and links nowhere (Slack: escape &, < and > only)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bold(text: str) -> str:
    """Escaped and bold; an asterisk inside would end the bold early."""
    return f"*{escape(text.replace('*', '∗'))}*"


def section(text: str, accessory: ButtonElement | LinkButtonElement | None = None) -> SectionBlock:
    """A section of mrkdwn that is already escaped."""
    return SectionBlock(text=MarkdownTextObject(text=cut(text, SECTION), verbatim=True), accessory=accessory)


def context(text: str) -> ContextBlock:
    """Small grey print, already escaped."""
    return ContextBlock(elements=[MarkdownTextObject(text=cut(text, SECTION), verbatim=True)])


def where(entry: Entry) -> str:
    """`v2.206 · #1016865 · Integrations`, with what is not known left out. Not escaped."""
    version = str(entry.version or " or ".join(map(str, entry.possible_versions)))
    kind = {"faq": "FAQ", "guide": "Guide"}.get(entry.kind, "")
    number = f"#{entry.key}" if entry.numbered else entry.key if entry.kind == "feature" else ""
    return " · ".join(part for part in (kind, version, number, entry.area or "") if part)


def minute(mention: Mention) -> str:
    """`Watch 6:08`, or the episode where the post gives no minute."""
    return f"Watch {mention.at}" if mention.at else f"Episode {mention.episode}"


def watch_button(mention: Mention, episodes: Episodes) -> LinkButtonElement | None:
    """A button to the episode's page, labelled with the minute; None when the page is not known."""
    episode = episodes.get(mention.episode)
    if episode is None or not episode.url:
        return None
    label = f"{minute(mention)} (episode {mention.episode})" if mention.at else minute(mention)
    return LinkButtonElement(text=PlainTextObject(text=cut(label, BUTTON)), url=episode.url, action_id=f"{WATCH}:{mention.episode}:{mention.at or ''}")


def card(entry: Entry, episodes: Episodes) -> list[Block]:
    """Everything about one entry."""
    blocks: list[Block] = [section(f"{bold(entry.title)}\n{escape(where(entry))}{'  ·  *Highlight*' if entry.highlighted else ''}")]
    blocks.append(section(escape(entry.answer or entry.summary)))
    if entry.caution:
        blocks.append(section(f":warning: *Test first:* {escape(entry.caution)}"))
    if entry.names:
        blocks.append(context("Names: " + escape(" · ".join(entry.names))))
    buttons = [button for mention in entry.mentions[:5] if (button := watch_button(mention, episodes))]
    if buttons:
        blocks.append(ActionsBlock(elements=buttons))
    return blocks


def row(entry: Entry, episodes: Episodes) -> Block:
    """One entry in a list: its title, where it belongs, and the button to its minute."""
    button = watch_button(entry.mentions[0], episodes) if entry.mentions else None
    return section(f"{bold(entry.title)}\n{escape(where(entry))}", button)


def line(entry: Entry, episodes: Episodes) -> str:
    """One entry in a line of text, already escaped: title, number, and the minute as a link."""
    parts = [escape(entry.title)]
    if entry.numbered:
        parts.append(f"#{entry.key}")
    if entry.mentions:
        mention, episode = entry.mentions[0], episodes.get(entry.mentions[0].episode)
        label = mention.at or f"episode {mention.episode}"
        parts.append(f"<{episode.url}|{label}>" if episode and episode.url else label)
    return "• " + " · ".join(parts) + (" · *Highlight*" if entry.highlighted else "") + (" · :warning: test first" if entry.caution else "")


def count(number: int, thing: str) -> str:
    """`1 change`, `74 changes`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
