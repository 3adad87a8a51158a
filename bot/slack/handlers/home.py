"""The Home tab: published when somebody opens it, and again after what they change on it."""

import logging

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.digests.formatting import filter_words, schedule_words
from bot.search import lookup
from bot.slack.delivery import code_of, value_of
from bot.slack.error_boundary import Services
from bot.slack.views.home import Digest, Home, home_view
from bot.slack.views.watches import Watched

log = logging.getLogger(__name__)


def on_home_opened(args: Args, services: Services) -> None:
    """Somebody looks at Home (or at Messages, which is none of this)."""
    if args.body["event"].get("tab", "home") == "home":
        publish(args, services)


def on_page(args: Args, services: Services) -> None:
    """Previous and Next under the watches."""
    args.ack()
    publish(args, services, page=int(value_of(args)))


def publish(args: Args, services: Services, page: int = 0, note: str = "") -> None:
    """Show the person their Home as it is now. Slack not taking it is survived: the next look makes it anew."""
    home = home_of(args.context.team_id or "", args.context.user_id or "", services)
    view = home_view(home._replace(page=page, note=note), services.ask.episodes)
    try:
        args.client.views_publish(user_id=args.context.user_id or "", view=view)
    except SlackApiError as error:
        log.warning("Home was not published: %s", code_of(error))


def home_of(team: str, user: str, services: Services) -> Home:
    """What is on a person's Home."""
    versions, memory = services.ask.lexicon.versions, services.memory
    newest = versions[-1] if versions else None
    entries = lookup.of_version(services.ask, newest) if newest else []
    watches = [Watched(one.id, one.question) for one in memory.watches.of_person(team, user)]
    return Home(newest, entries, watches, _digests(team, services), memory.meetings.is_new(team, user, services.now()))


def _digests(team: str, services: Services) -> list[Digest]:
    mine = services.digests.desk.subscriptions.of_team(team) if services.digests else []
    return [
        Digest(
            one.channel,
            f"{filter_words(one.filter)}; {schedule_words(one.schedule)}{' (paused)' if one.paused else ''}",
        )
        for one in mine
    ]
