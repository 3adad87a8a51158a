"""The buttons under a digest and the modals that they open."""

from typing import Any

from slack_bolt import Args

from bot.digests.rights import Actor, named_admins
from bot.digests.service import DigestService
from bot.errors import HalobotError
from bot.slack import digest_card_replies, digest_proposals, digest_replies
from bot.slack.actors import TRIGGER_TIMEOUT, read_actor
from bot.slack.api_errors import SLACK_ERRORS
from bot.slack.debounce import TypingDebounce
from bot.slack.delivery import action_value, notify_user, open_modal, update_modal
from bot.slack.error_boundary import Services
from bot.slack.handlers import home, watches
from bot.slack.job_intake import hand_over_window, keep_window, show_result
from bot.slack.jobs import current_run
from bot.slack.views import subscription_modal as views
from bot.slack.views.digest_cards import CardRef, WindowRef, card_message, decode_window_ref
from bot.slack.views.watches import watch_modal

DIGEST_TITLE = "HaloPSA digest"
WATCH_TITLE = "Watch a topic"
_typing = TypingDebounce()  # in the windows of this process


def digest_service(services: Services) -> DigestService:
    """Raises HalobotError where the bot runs without digests."""
    if services.digests is None:
        raise HalobotError("This bot runs without digests.")
    return services.digests


def on_area(args: Args, services: Services) -> None:
    """ "Show billing (12)": only for the person who clicked."""
    args.ack()
    actor = Actor(args.context.team_id or "", args.context.channel_id or "", args.context.user_id or "")
    notify_user(args, digest_replies.show_areas(digest_service(services), actor, action_value(args)))


def on_stop(args: Args, services: Services) -> None:
    """ "Stop" under a digest: the cards of the channel's digests, each with Remove."""
    args.ack()
    actor = Actor(args.context.team_id or "", args.context.channel_id or "", args.context.user_id or "")
    service = digest_service(services)
    rows = service.of_channel(actor)
    shown = digest_card_replies.which_to_remove(rows) if rows else digest_card_replies.no_digest(service, actor)
    notify_user(args, shown)


def on_manage(args: Args, services: Services) -> None:
    """ "Edit, pause or remove" under a digest: the cards of the channel's digests."""
    args.ack()
    actor = Actor(args.context.team_id or "", args.context.channel_id or "", args.context.user_id or "")
    notify_user(args, digest_card_replies.manage(digest_service(services), actor))


def on_change(args: Args, services: Services) -> None:
    """ "Change what comes", or a button that sets a digest up: the window. Where there are several digests, their
    cards.
    """
    args.ack()
    open_subscription_modal(args, services, may_edit=True)


def open_subscription_modal(args: Args, services: Services, channel: str = "", may_edit: bool = False) -> None:
    """The modal that sets up a digest. Opened before anything else, for its trigger lasts three seconds.

    `may_edit`: where the channel has a digest, the modal changes that one.
    """
    service, actor = digest_service(services), read_actor(args, TRIGGER_TIMEOUT)
    existing = service.of_channel(actor) if may_edit else []
    if len(existing) > 1:
        notify_user(args, digest_card_replies.already_there(existing))
        return
    is_on_home = is_over_home(args)
    view = digest_replies.new_modal(service, actor, channel, is_on_home)
    if existing:
        view = digest_replies.edit_modal(service, existing[0].subscription, is_on_home)
    open_modal(args, view, views.modal_expired_message())


def on_form_changed(args: Args, services: Services) -> None:
    """Something in the window was filled in: what it says in words is brought up to date, once the typing rests."""
    args.ack()
    view, action = args.body["view"], args.action or {}
    is_typed = action.get("type") == "plain_text_input"
    if not _typing.is_over(str(view["id"]), float(action.get("action_ts") or 0), is_typed):
        return
    opened_for = read_window_ref(args)
    update_modal(args, views.summarised_modal(view, _summary(args, services, opened_for), opened_for))


def add_in_window(args: Args, services: Services, channel: str) -> None:
    """ "Add another", pressed in the window: what is filled in becomes one more digest of the channel."""
    opened_for = WindowRef(adds_to=channel, is_on_home=is_over_home(args))
    update_modal(args, views.summarised_modal(args.body["view"], _summary(args, services, opened_for), opened_for))


def read_window_ref(args: Args) -> WindowRef:
    """What the window was opened for in which something happens."""
    return decode_window_ref(str(args.body.get("view", {}).get("private_metadata") or ""))


def is_over_home(args: Args) -> bool:
    """Whether something happens on Home, or in a window that was opened there."""
    return args.body.get("view", {}).get("type") == "home" or read_window_ref(args).is_on_home


def _summary(args: Args, services: Services, opened_for: WindowRef) -> views.WindowSummary:
    actor = Actor(args.context.team_id or "", "", args.context.user_id or "")
    values = views.modal_values(args.body["view"]["state"]["values"])
    return digest_replies.window_summary(digest_service(services), actor, values, opened_for)


def _form_questions(args: Args, services: Services, values: dict[str, Any]) -> dict[str, str]:
    """The questions that a window's words raise; asked later, where the team's catalogue is still to be made."""
    team = args.context.team_id or ""
    if not services.is_ready(team):
        return {}
    return digest_replies.form_questions(digest_service(services), team, values)


def on_subscription_submitted(args: Args, services: Services) -> None:
    """The modal was filled in: the confirmation takes its place, or questions stand under its inputs."""
    service, view = digest_service(services), args.body["view"]
    values = views.modal_values(view["state"]["values"])
    if not current_run(args.context):
        if errors := _form_questions(args, services, values):
            args.ack(response_action="errors", errors=errors)
        else:
            hand_over_window(args, services.jobs, DIGEST_TITLE)
        return
    opened_for = read_window_ref(args)
    submitted = digest_proposals.submit_subscription(service, read_actor(args), values, opened_for)
    if submitted.message is None:
        _keep_window(args, services, submitted, opened_for)
        return
    show_result(args, DIGEST_TITLE, submitted.message)
    if opened_for.is_on_home:
        home.publish_home(args, services)


def _keep_window(
    args: Args, services: Services, submitted: digest_proposals.SubmittedWindow, opened_for: WindowRef
) -> None:
    """What was filled in stays in the window, which says why it was not taken."""
    if submitted.changed:
        card = digest_replies.digest_card(submitted.changed)
        opened_for = opened_for._replace(card=CardRef(card.id, card.mark))
        otherwise = card_message(digest_card_replies.CHANGED_SINCE, [card])
        summary = _summary(args, services, opened_for)._replace(notice=views.changed_meanwhile_text(card))
    else:
        questions = tuple(submitted.errors.values())
        otherwise = views.clarification_message(questions)
        summary = _summary(args, services, opened_for)._replace(questions=questions)
    keep_window(args, views.summarised_modal(args.body["view"], summary, opened_for), otherwise, submitted.errors)


def on_watch_topic(args: Args, services: Services) -> None:
    """ "Watch a topic": a modal asks which."""
    args.ack()
    open_modal(args, watch_modal(), views.watch_modal_expired_message())


def on_watch_submitted(args: Args, services: Services) -> None:
    """A topic was given: it becomes a watch."""
    if not current_run(args.context):
        hand_over_window(args, services.jobs, WATCH_TITLE)
        return
    topic = str(views.modal_values(args.body["view"]["state"]["values"])[views.TOPIC])
    show_result(args, WATCH_TITLE, views.plain_message(watches.add_watch_text(args, topic, services)))


def on_ask_admin(args: Args, services: Services) -> None:
    """ "Ask an admin": the first person whom HALO_ADMINS names, or one of the workspace's admins."""
    args.ack()
    admin = next(iter(named_admins(services.admins, args.context.team_id or "")), None) or _find_workspace_admin(args)
    reply = digest_replies.request_admin(digest_service(services), read_actor(args), action_value(args), admin)
    notify_user(args, reply)


def _find_workspace_admin(args: Args) -> str | None:
    try:
        people: list[dict[str, Any]] = args.client.users_list(limit=1_000).get("members") or []
    except SLACK_ERRORS:
        return None
    admins = (
        str(person["id"])
        for person in people
        if person.get("is_admin") and not person.get("is_bot") and not person.get("deleted")
    )
    return next(admins, None)
