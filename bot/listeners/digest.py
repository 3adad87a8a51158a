"""The digest's own buttons and windows. What they do is in `bot.digest.verbs`; here is only who asked, and how they are told."""

from typing import Any

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.digest import verbs
from bot.digest.scheduler import Digests
from bot.digest.verbs import Asker
from bot.errors import HalobotError
from bot.listeners.delivery import open_window, tell, value_of
from bot.listeners.guard import Services
from bot.messages import subscribing as say


def digests_of(services: Services) -> Digests:
    """Raises HalobotError where the bot runs without them."""
    if services.digests is None:
        raise HalobotError("This bot runs without digests.")
    return services.digests


def asker(args: Args) -> Asker:
    """Who asks, with their zone and whether they administer the workspace; UTC and no where Slack does not say (scope users:read)."""
    user = args.context.user_id or ""
    person: dict[str, Any] = {}
    try:
        person = args.client.users_info(user=user).get("user") or {}
    except (SlackApiError, OSError):
        args.logger.info("zone and rights of the person are not known")
    admin = bool(person.get("is_admin") or person.get("is_owner"))
    return Asker(args.context.team_id or "", args.context.channel_id or "", user, str(person.get("tz") or "UTC"), admin)


def on_area(args: Args, services: Services) -> None:
    """ "Show billing (12)": only for the one who clicked."""
    args.ack()
    who = Asker(args.context.team_id or "", args.context.channel_id or "", args.context.user_id or "")
    tell(args, verbs.area(digests_of(services), who, value_of(args)))


def on_stop(args: Args, services: Services) -> None:
    """ "Stop", after Slack asked whether they mean it."""
    args.ack()
    tell(args, verbs.unsubscribe(digests_of(services), asker(args), services.admins))


def on_change(args: Args, services: Services) -> None:
    """ "Change what comes": the window, with what is set up here already. Opened first thing, for its trigger lasts three seconds."""
    args.ack()
    open_subscribe_window(args, services)


def open_subscribe_window(args: Args, services: Services) -> None:
    """The window of `/halo subscribe`."""
    digests, who = digests_of(services), asker(args)
    mine = digests.desk.subscriptions.of_channel(who.team, who.channel)
    known = (mine[0].schedule, mine[0].filter, mine[0].id) if mine else ()
    zone = mine[0].schedule.zone if mine else who.zone
    view = say.subscribe_view(who.channel, zone, list(digests.desk.catalogue.areas()), *known)
    open_window(args, view, say.window_late())


def on_subscribe_window(args: Args, services: Services) -> None:
    """The window was filled in: what was understood takes its place, or the questions stand under its inputs."""
    view = args.body["view"]
    values, changes = say.window_values(view["state"]["values"]), str(view.get("private_metadata") or "")
    message, errors = verbs.submit_window(digests_of(services), asker(args), services.admins, values, int(changes) if changes.isdigit() else None)
    if message is None:
        args.ack(response_action="errors", errors=errors)
    else:
        args.ack(response_action="update", view=say.told_view("HaloPSA digest", message))


def on_watch_topic(args: Args, services: Services) -> None:
    """ "Watch a topic": asks which."""
    args.ack()
    open_window(args, say.watch_view(), say.watch_late())


def on_watch_window(args: Args, services: Services) -> None:
    """A topic was given: it is watched."""
    digests, topic = digests_of(services), str(say.window_values(args.body["view"]["state"]["values"])[say.TOPIC])
    latest = digests.desk.arrivals.latest()
    watch = digests.desk.watches.add(args.context.team_id or "", args.context.user_id or "", topic, latest, services.now())
    text = f"I tell you directly when something new answers “{watch.question}”." if watch else "You watch as much as one can; stop a watch first."
    args.ack(response_action="update", view=say.told_view("Watch a topic", say.said(text)))


def on_ask_admin(args: Args, services: Services) -> None:
    """ "Ask an admin": the first who is named in HALO_ADMINS, or one of the workspace's."""
    args.ack()
    admin = next((name for name in services.admins if name != verbs.ADMINS), None) or _an_admin(args)
    tell(args, verbs.ask_admin(digests_of(services), asker(args), value_of(args), admin))


def _an_admin(args: Args) -> str | None:
    try:
        people: list[dict[str, Any]] = args.client.users_list(limit=1_000).get("members") or []
    except (SlackApiError, OSError):
        return None
    return next((str(person["id"]) for person in people if person.get("is_admin") and not person.get("is_bot") and not person.get("deleted")), None)
