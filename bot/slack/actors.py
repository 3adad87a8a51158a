"""Who asks for something: their rights and their time zone, as Slack says them."""

import logging
from collections.abc import Sequence
from copy import copy
from typing import Any

from slack_bolt import Args

from bot.digests.rights import ADMINS, Actor, is_allowed
from bot.slack.api_errors import SLACK_ERRORS
from bot.slack.error_boundary import Services

log = logging.getLogger(__name__)
TRIGGER_TIMEOUT = 1  # second for users.info, where Slack waits three for the modal


def read_actor(args: Args, timeout: int = 10) -> Actor:
    """Who asks, with their time zone and whether they administer the workspace. UTC and no, where Slack doesn't say so
    within `timeout` seconds or the scope users:read is missing.
    """
    user = args.context.user_id or ""
    person: dict[str, Any] = {}
    client = copy(args.client)
    client.timeout, client.retry_handlers = timeout, []
    try:
        person = client.users_info(user=user).get("user") or {}
    except SLACK_ERRORS:
        log.info("zone and rights of the person are not known")
    is_admin = bool(person.get("is_admin") or person.get("is_owner"))
    zone = str(person.get("tz") or "UTC")
    return Actor(args.context.team_id or "", args.context.channel_id or "", user, zone, is_admin)


def read_reader(args: Args, services: Services) -> Actor:
    """Who asks, for what everybody may do. Slack is asked only where HALO_ADMINS leaves it to Slack who administers."""
    if ADMINS in services.admins:
        return read_actor(args, TRIGGER_TIMEOUT)
    return Actor(args.context.team_id or "", args.context.channel_id or "", args.context.user_id or "")


def admin_refusal(args: Args, admins: Sequence[str], none_named: str, is_another: str) -> str:
    """Why this person may not do what only the people of HALO_ADMINS may: one of the two sentences, for where nobody is
    named and for who is not among them; empty when they may.
    """
    if not admins:
        return none_named
    return "" if is_allowed(read_actor(args), admins) else is_another
