"""The Home tab: published when somebody opens it, and again after what they change on it."""

import logging

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.digests.formatting import filter_words, schedule_words
from bot.search import lookups
from bot.slack.delivery import action_value, error_code
from bot.slack.error_boundary import Services
from bot.slack.views.home import DigestRow, HomeTab, home_view
from bot.slack.views.watches import WatchRow

log = logging.getLogger(__name__)


def on_home_opened(args: Args, services: Services) -> None:
    """Somebody looks at Home (or at Messages, which is none of this)."""
    if args.body["event"].get("tab", "home") == "home":
        publish_home(args, services)


def on_page(args: Args, services: Services) -> None:
    """Previous and Next under the watches."""
    args.ack()
    publish_home(args, services, page=int(action_value(args)))


def publish_home(args: Args, services: Services, page: int = 0, note: str = "") -> None:
    """Show the person their Home as it is now. Slack not taking it is survived: the next look makes it anew."""
    home = read_home(args.context.team_id or "", args.context.user_id or "", services)
    with services.search.snapshot() as snapshot:
        view = home_view(home._replace(page=page, banner=note), snapshot.episodes)
    try:
        args.client.views_publish(user_id=args.context.user_id or "", view=view)
    except SlackApiError as error:
        log.warning("Home was not published: %s", error_code(error))


def read_home(team: str, user: str, services: Services) -> HomeTab:
    """What is on a person's Home."""
    with services.search.snapshot() as snapshot:
        newest = snapshot.versions[-1] if snapshot.versions else None
        entries = lookups.entries_of_version(snapshot, newest) if newest else []
    memory = services.stores
    watches = [WatchRow(one.id, one.question) for one in memory.watches.of_person(team, user)]
    return HomeTab(
        newest,
        entries,
        watches,
        _digest_rows(team, services),
        memory.introductions.is_new_person(team, user, services.now()),
    )


def _digest_rows(team: str, services: Services) -> list[DigestRow]:
    mine = services.digests.desk.subscriptions.of_team(team) if services.digests else []
    return [
        DigestRow(
            one.channel,
            f"{filter_words(one.filter)}; {schedule_words(one.schedule)}{' (paused)' if one.is_paused else ''}",
        )
        for one in mine
    ]
