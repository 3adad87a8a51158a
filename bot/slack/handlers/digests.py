"""The digest's own buttons and windows. What they do is in `bot.digests.service`; here is only who asked, and how they
are told.
"""

from copy import copy
from typing import Any

from slack_bolt import Args
from slack_sdk.errors import SlackApiError

from bot.digests import service
from bot.digests.runner import DigestRunner
from bot.digests.service import Actor
from bot.errors import HalobotError
from bot.slack.delivery import action_value, notify_user, open_modal
from bot.slack.error_boundary import Services
from bot.slack.handlers import watches
from bot.slack.views import subscription_modal as say

IN_A_HURRY = 1  # second for Slack to say who somebody is, where it waits three for the window


def digests_of(services: Services) -> DigestRunner:
    """Raises HalobotError where the bot runs without them."""
    if services.digests is None:
        raise HalobotError("This bot runs without digests.")
    return services.digests


def asker(args: Args, seconds: int = 10) -> Actor:
    """Who asks, with their zone and whether they administer the workspace; UTC and no where Slack does not say so in
    these seconds,
    or at all (scope users:read)."""
    user = args.context.user_id or ""
    person: dict[str, Any] = {}
    client = copy(args.client)
    client.timeout, client.retry_handlers = seconds, []
    try:
        person = client.users_info(user=user).get("user") or {}
    except (SlackApiError, OSError):
        args.logger.info("zone and rights of the person are not known")
    admin = bool(person.get("is_admin") or person.get("is_owner"))
    return Actor(args.context.team_id or "", args.context.channel_id or "", user, str(person.get("tz") or "UTC"), admin)


def on_area(args: Args, services: Services) -> None:
    """ "Show billing (12)": only for the one who clicked."""
    args.ack()
    who = Actor(args.context.team_id or "", args.context.channel_id or "", args.context.user_id or "")
    notify_user(args, service.area(digests_of(services), who, action_value(args)))


def on_stop(args: Args, services: Services) -> None:
    """ "Stop", after Slack asked whether they mean it."""
    args.ack()
    notify_user(args, service.unsubscribe(digests_of(services), asker(args), services.admins))


def on_change(args: Args, services: Services) -> None:
    """ "Change what comes": the window, with what is set up here already. Opened first thing, for its trigger lasts
    three seconds.
    """
    args.ack()
    open_subscribe_window(args, services)


def open_subscribe_window(args: Args, services: Services) -> None:
    """The window of `/halo subscribe`."""
    digests, who = digests_of(services), asker(args, IN_A_HURRY)
    open_modal(args, service.subscribe_window(digests, who), say.modal_expired_message())


def on_subscribe_window(args: Args, services: Services) -> None:
    """The window was filled in: what was understood takes its place, or the questions stand under its inputs."""
    view = args.body["view"]
    values, changes = say.modal_values(view["state"]["values"]), str(view.get("private_metadata") or "")
    message, errors = service.submit_window(
        digests_of(services),
        asker(args, IN_A_HURRY),
        services.admins,
        values,
        int(changes) if changes.isdigit() else None,
    )
    if message is None:
        args.ack(response_action="errors", errors=errors)
    else:
        args.ack(response_action="update", view=say.confirmation_modal("HaloPSA digest", message))


def on_watch_topic(args: Args, services: Services) -> None:
    """ "Watch a topic": asks which."""
    args.ack()
    open_modal(args, say.watch_modal(), say.watch_modal_expired_message())


def on_watch_window(args: Args, services: Services) -> None:
    """A topic was given: it is watched."""
    topic = str(say.modal_values(args.body["view"]["state"]["values"])[say.TOPIC])
    args.ack(
        response_action="update",
        view=say.confirmation_modal("Watch a topic", say.said(watches.add_watch_text(args, topic, services))),
    )


def on_ask_admin(args: Args, services: Services) -> None:
    """ "Ask an admin": the first who is named in HALO_ADMINS, or one of the workspace's."""
    args.ack()
    admin = next((name for name in services.admins if name != service.ADMINS), None) or _an_admin(args)
    notify_user(args, service.ask_admin(digests_of(services), asker(args), action_value(args), admin))


def _an_admin(args: Args) -> str | None:
    try:
        people: list[dict[str, Any]] = args.client.users_list(limit=1_000).get("members") or []
    except (SlackApiError, OSError):
        return None
    return next(
        (
            str(person["id"])
            for person in people
            if person.get("is_admin") and not person.get("is_bot") and not person.get("deleted")
        ),
        None,
    )
