"""The Home tab: published when somebody opens it, and again after what they change on it."""

import logging

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.search import lookups
from bot.search.small_talk.replies import freshness_lines
from bot.search.snapshot import SearchSnapshot
from bot.slack.actors import read_reader
from bot.slack.api_errors import classify_error
from bot.slack.delivery import action_value
from bot.slack.digest_card_replies import cards_of, unshown_lines
from bot.slack.error_boundary import Services, logged_only
from bot.slack.views.digest_cards import DigestCard
from bot.slack.views.home import HomeTab, home_view
from bot.slack.views.watches import WatchRow

log = logging.getLogger(__name__)
MAX_SOURCES = 5  # that Home tells of; `status` tells of all


def on_home_opened(args: Args, services: Services) -> None:
    """A person opens Home, or the Messages tab, which needs nothing."""
    if args.body["event"].get("tab", "home") == "home":
        publish_home(args, services)


def on_page(args: Args, services: Services) -> None:
    """Previous and Next under the watches."""
    args.ack()
    publish_home(args, services, page=int(action_value(args)))


def publish_home(args: Args, services: Services, page: int = 0, note: str = "", undo_id: int = 0) -> None:
    """Show the person their Home as it is now. When Slack refuses it, the next look at it tries again."""
    team, user = args.context.team_id or "", args.context.user_id or ""
    cards, unshown = _digest_cards(args, services)  # Slack may be asked, so no snapshot is held
    with services.search_of(team).snapshot() as snapshot:
        home = read_home(team, user, snapshot, services)._replace(page=page, banner=note)
        home = home._replace(undo_id=undo_id, is_open_to_all=not services.admins, digests=cards, unshown=unshown)
        view = home_view(home, snapshot.episodes)
    try:
        args.client.views_publish(user_id=user, view=view)
    except SlackApiError as error:
        log.warning("Home was not published: %s", classify_error(error).code)


def read_home(team: str, user: str, snapshot: SearchSnapshot, services: Services) -> HomeTab:
    """What is on a person's Home."""
    newest = snapshot.versions[-1] if snapshot.versions else None
    entries = lookups.entries_of_version(snapshot, newest) if newest else []
    watches = [WatchRow(watch.id, watch.question) for watch in services.stores.watches.of_person(team, user)]
    is_new = False
    with logged_only("when a person first opened Home"):
        is_new = services.stores.introductions.is_new_person(team, user, services.now())
    freshness = freshness_lines(services.read_facts(snapshot), MAX_SOURCES)
    return HomeTab(newest, entries, watches, is_new=is_new, freshness=freshness)


def _digest_cards(args: Args, services: Services) -> tuple[list[DigestCard], list[str]]:
    """The digests that the person may read, and what is said of the others."""
    if services.digests is None:
        return [], []
    actor = read_reader(args, services)
    rows, split = services.digests.readable(actor)
    return cards_of(rows), unshown_lines(services.digests, actor, split)
