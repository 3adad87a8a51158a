"""What everyone in a channel sees because somebody shared it, and the Work Object that goes with it. Pure."""

from typing import Any

from slack_sdk.models.metadata import EntityAttributes, EntityMetadata, EntityPayload, EntityTitle, ExternalRef

from bot.catalog.models import Entry, Episode
from bot.slack.views.blocks import Episodes, Message, context, entry_card, entry_subtitle, escape, message
from bot.slack.views.pagination import ResultsPage

CONTENT_ITEM = "slack#/entities/content_item"


def shared_card(entry: Entry, episodes: Episodes, who: str, question: str = "") -> Message:
    """One entry, and who shared it. Their words are shown only when they typed them to the bot."""
    return message(
        f"{entry.title} ({entry_subtitle(entry)})",
        [context(_shared_by(who, question)), *entry_card(entry, episodes, with_details=True)],
    )


def shared_page(page: ResultsPage, who: str, question: str) -> Message:
    """A list as somebody saw it, without its buttons."""
    more = [context(f"and {page.total - page.end:,} more")] if page.total > page.end else []
    return message(page.text, [context(_shared_by(who, question)), *page.blocks, *more])


def _shared_by(who: str, question: str) -> str:
    asked = f", who asked “{escape(question[:120])}”" if question else ""
    return f"Shared by <@{escape(who)}>{asked}"


def entry_work_object(entry: Entry, episodes: Episodes, link: str = "") -> dict[str, Any] | None:
    """An entry as a Work Object. None when it has no page that the object could stand for. `link`: the address that was
    posted.
    """
    episode = next((episodes[mention.episode] for mention in entry.mentions if mention.episode in episodes), None)
    url = link or (episode.url if episode else None)
    return (
        _content_item(f"halo-{entry.key}", entry.title, entry_subtitle(entry), entry.answer or entry.summary, url, link)
        if url
        else None
    )


def episode_work_object(episode: Episode, summary: str, link: str) -> dict[str, Any]:
    """An episode as a Work Object."""
    return _content_item(
        f"episode-{episode.number}", f"By the [run]Book, episode {episode.number}", "", summary, link, link
    )


def _content_item(key: str, title: str, under: str, text: str, url: str, link: str) -> dict[str, Any]:
    payload = EntityPayload(
        attributes=EntityAttributes(
            title=EntityTitle(text=title[:200]), display_type="HaloPSA change", product_name="Halobot"
        ),
        fields={"description": {"value": text[:500], "format": "markdown"}},
        custom_fields=[{"key": "where", "label": "Where", "value": under[:200], "type": "string"}] if under else None,
    )
    entity = EntityMetadata(
        entity_type=CONTENT_ITEM,
        entity_payload=payload,
        external_ref=ExternalRef(id=key[:255]),
        url=url,
        app_unfurl_url=link or None,
    )
    return {"entities": [entity.to_dict()]}
