"""What everyone in a channel sees because somebody shared it, and the Work Object that goes with it.

https://docs.slack.dev/messaging/work-objects
"""

from collections.abc import Callable
from typing import Any

from bot.catalog.models import Entry, Episode
from bot.conversation.entry_text import Episodes, entry_subtitle
from bot.slack.views.blocks import Message, context, message
from bot.slack.views.entry_blocks import entry_card
from bot.slack.views.mrkdwn import escape, person_link, safe_url
from bot.slack.views.pagination import ResultsPage

WorkObject = dict[str, Any]  # message metadata: {"entities": […]}
MAX_SHARED_MESSAGES = 20  # of a list, in its thread
CONTENT_ITEM = "slack#/entities/content_item"

NOWHERE_TO_SHARE = (
    "There is nobody to share it with here. In a channel, ask with `/halo` and press Share, or mention me there."
)
PRESS_SHARE = "Only you see what I answer to `/halo`. Press Share under the answer, and everyone here sees it."
SHARED_PARTLY = "Not all of it could be posted. Invite me to the channel with `/invite @halo`, and share it again."
SHARE_FAILED = "I could not share it there. Ask again with `/halo` in the channel, then press Share."


def shared_text(thread: str) -> str:
    """It is posted: in the thread where there is one, else in the channel."""
    return "Shared in the thread." if thread else "Shared to the channel."


def shared_card(entry: Entry, episodes: Episodes, who: str, question: str = "") -> Message:
    """One entry, and who shared it. `question`: only what the person typed to the bot, never a message's words."""
    blocks = [context(_shared_by(who, question)), *entry_card(entry, episodes, with_details=True)]
    return message(f"{entry.title} ({entry_subtitle(entry)})", blocks)


def shared_list(page_at: Callable[[int, bool], ResultsPage], who: str, question: str) -> list[Message]:
    """A whole list for a channel: its first screen, and what belongs into that message's thread.

    `page_at(offset, is_public)` makes a page; a public one is shorter.
    """
    page = page_at(0, True)
    more = [context("The rest is in the thread.")] if page.next else []
    messages = [message(page.text, [context(_shared_by(who, question)), *page.blocks, *more])]
    while page.next and len(messages) < MAX_SHARED_MESSAGES:
        page = page_at(page.next, False)
        is_cut = page.next and len(messages) == MAX_SHARED_MESSAGES - 1
        end = (
            [context(f"and {page.total - page.end:,} more; ask me for a narrower list to see them.")] if is_cut else []
        )
        messages.append(message(f"{page.start + 1} to {page.end} of {page.total:,}", [*page.blocks, *end]))
    return messages


def shared_page(page: ResultsPage, who: str, question: str) -> Message:
    """A page of results as the person saw it, without its buttons."""
    more = [context(f"and {page.total - page.end:,} more")] if page.total > page.end else []
    return message(page.text, [context(_shared_by(who, question)), *page.blocks, *more])


def entry_work_object(entry: Entry, episodes: Episodes, link: str = "") -> WorkObject | None:
    """The message metadata that makes a Work Object of an entry; None where it has no page to stand for.

    `link`: the address that was posted, where it is an unfurl; otherwise the page of its first episode.
    """
    episode = next((episodes[mention.episode] for mention in entry.mentions if mention.episode in episodes), None)
    url = link or safe_url(episode.url if episode else None)
    if not url:
        return None
    return _content_item(
        f"halo-{entry.key}", entry.title, entry_subtitle(entry), entry.answer or entry.summary, url, link
    )


def episode_work_object(episode: Episode, summary: str, link: str) -> WorkObject:
    """The message metadata that makes a Work Object of an episode."""
    title = f"By the [run]Book, episode {episode.number}"
    return _content_item(f"episode-{episode.number}", title, "", summary, link, link)


def _content_item(key: str, title: str, where: str, text: str, url: str, link: str) -> WorkObject:
    attributes = {"title": {"text": title[:200]}, "display_type": "HaloPSA change", "product_name": "Halobot"}
    payload: dict[str, Any] = {"attributes": attributes}
    payload["fields"] = {"description": {"value": text[:500]}}  # without a format it is plain text
    if where:
        payload["custom_fields"] = [{"key": "where", "label": "Where", "value": where[:200], "type": "string"}]
    entity: dict[str, Any] = {
        "entity_type": CONTENT_ITEM,
        "entity_payload": payload,
        "external_ref": {"id": key[:255]},
        "url": url,
    }
    if link:
        entity["app_unfurl_url"] = link
    return {"entities": [entity]}


def _shared_by(who: str, question: str) -> str:
    asked = f", who asked “{escape(question[:120])}”" if question else ""
    return f"Shared by {person_link(who)}{asked}"
