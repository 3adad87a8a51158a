"""Links to an episode, a change or a version become cards; where Slack has not granted the scope, nothing happens."""

import logging
from typing import Any
from urllib.parse import urlsplit

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.catalog.models import Entry, Episode
from bot.search import lookup
from bot.search.service import Ask
from bot.slack.delivery import NO_OBJECT, code_of
from bot.slack.error_boundary import Services
from bot.slack.handlers.events import is_new
from bot.slack.views.sharing import episode_object, work_object
from bot.slack.views.unfurls import change_card, episode_card, episode_summary, version_card

log = logging.getLogger(__name__)
MOST = 5  # cards under one message
Card = tuple[dict[str, Any], dict[str, Any] | None]  # blocks, and the Work Object


def on_link(args: Args, services: Services) -> None:
    """Cards for the links in a message that are about something we know."""
    event = args.body["event"]
    links = [link["url"] for link in event.get("links", ()) if is_ours(link["url"], services)]
    cards = {url: card for url in links[:MOST] if (card := card_of(url, services.ask))}
    if cards and is_new(args, services):
        _unfurl(args, cards)


def is_ours(url: str, services: Services) -> bool:
    """Whether a link belongs to a domain whose links unfurl: those of the settings, or those of the episodes' pages."""
    domains = services.unfurl_domains
    if domains is None:
        domains = tuple({host_of(episode.url) for episode in services.ask.episodes.values() if episode.url})
    host = host_of(url)
    return any(host == domain or host.endswith(f".{domain}") for domain in domains if domain)


def host_of(url: str) -> str:
    """`www.example.com` and `example.com` are one; nothing for what is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def card_of(url: str, ask: Ask) -> Card | None:
    """The card of what a link is about: an episode, a change by its number, a version; None for anything else."""
    about, episodes = lookup.about(ask, url), ask.episodes
    if isinstance(about, Episode):
        entries = lookup.of_episode(ask, about.number)
        return episode_card(about, entries, episodes), episode_object(about, episode_summary(about, entries), url)
    if isinstance(about, Entry):
        return change_card(about, episodes), work_object(about, episodes, url)
    return (version_card(about, lookup.of_version(ask, about), episodes), None) if about else None


def _unfurl(args: Args, cards: dict[str, Card]) -> None:
    """With Work Objects where Slack takes them, else with the plain cards."""
    event = args.body["event"]
    where: dict[str, Any] = {name: event[name] for name in ("unfurl_id", "source") if event.get(name)}
    where = where if len(where) == 2 else {"channel": event["channel"], "ts": event["message_ts"]}
    entities = [entity for _, work in cards.values() if work for entity in work["entities"]]
    unfurls = {url: blocks for url, (blocks, _) in cards.items()}
    try:
        args.client.chat_unfurl(**where, unfurls=unfurls, metadata={"entities": entities} if entities else None)
    except SlackApiError as error:
        _without_objects(args, where, unfurls, code_of(error))


def _without_objects(args: Args, where: dict[str, Any], unfurls: dict[str, Any], code: str) -> None:
    if code in NO_OBJECT:
        args.client.chat_unfurl(**where, unfurls=unfurls)
    else:
        log.info("a link was not unfurled: %s", code)
