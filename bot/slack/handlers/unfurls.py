"""Links to an episode, a change or a version unfurl to cards; where Slack lacks the scope for that, nothing happens."""

import logging
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.catalog.models import Entry, Episode
from bot.search import lookups
from bot.search.snapshot import SearchSnapshot
from bot.slack.api_errors import ApiFailure, ErrorMeaning, classify_error
from bot.slack.error_boundary import Services
from bot.slack.handlers.messages import is_recent
from bot.slack.views.sharing import entry_work_object, episode_work_object
from bot.slack.views.unfurls import change_card, episode_card, episode_summary, version_card

log = logging.getLogger(__name__)
MAX_CARDS = 5  # cards under one message
UnfurlCard = tuple[dict[str, Any], dict[str, Any] | None]  # blocks, and the Work Object


def on_link_shared(args: Args, services: Services) -> None:
    """Unfurl the links of a message that are about something in the catalogue."""
    event = args.body["event"]
    with services.search_of(args.context.team_id).snapshot() as snapshot:
        urls = [link["url"] for link in event.get("links", ())]
        links = [url for url in urls if is_unfurled_domain(url, services.unfurl_domains, snapshot)]
        cards = {url: card for url in links[:MAX_CARDS] if (card := build_card(url, snapshot))}
    if cards and is_recent(args, services):
        _unfurl(args, cards)


def is_unfurled_domain(url: str, domains: Collection[str] | None, snapshot: SearchSnapshot) -> bool:
    """Whether a link is of HALO_UNFURL_DOMAINS or, where that is not set, of the domains of the episodes' pages."""
    if domains is None:
        domains = tuple({host_name(episode.url) for episode in snapshot.episodes.values() if episode.url})
    host = host_name(url)
    return any(host == domain or host.endswith(f".{domain}") for domain in domains if domain)


def host_name(url: str) -> str:
    """The host of an address without `www.`; empty when it is no address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def build_card(url: str, snapshot: SearchSnapshot) -> UnfurlCard | None:
    """The card of the episode, change or version that a link is about; None for anything else."""
    about, episodes = lookups.find_by_url(snapshot, url), snapshot.episodes
    if isinstance(about, Episode):
        entries = lookups.entries_of_episode(snapshot, about.number)
        return episode_card(about, entries, episodes), episode_work_object(about, episode_summary(about, entries), url)
    if isinstance(about, Entry):
        return change_card(about, episodes), entry_work_object(about, episodes, url)
    return (version_card(about, lookups.entries_of_version(snapshot, about), episodes), None) if about else None


def _unfurl(args: Args, cards: dict[str, UnfurlCard]) -> None:
    """With Work Objects; where Slack refuses those, with plain cards."""
    event = args.body["event"]
    where: dict[str, Any] = {name: event[name] for name in ("unfurl_id", "source") if event.get(name)}
    where = where if len(where) == 2 else {"channel": event["channel"], "ts": event["message_ts"]}
    entities = [entity for _, work in cards.values() if work for entity in work["entities"]]
    unfurls = {url: blocks for url, (blocks, _) in cards.items()}
    try:
        args.client.chat_unfurl(**where, unfurls=unfurls, metadata={"entities": entities} if entities else None)
    except SlackApiError as error:
        _unfurl_without_work_objects(args, where, unfurls, classify_error(error))


def _unfurl_without_work_objects(
    args: Args, where: dict[str, Any], unfurls: dict[str, Any], failure: ApiFailure
) -> None:
    if failure.meaning is ErrorMeaning.METADATA_REFUSED:
        args.client.chat_unfurl(**where, unfurls=unfurls)
    else:
        log.info("a link was not unfurled: %s", failure.code)


def on_link_clicked(args: Args, services: Services) -> None:
    """A click on "Watch 6:08": Slack opens the link itself, and wants the click acknowledged."""
    args.ack()
