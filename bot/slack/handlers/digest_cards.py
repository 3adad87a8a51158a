"""The buttons of a digest's card. Every click looks the digest up again and asks who may; its result is said where it
was clicked: in the message, the window or Home.
"""

from collections.abc import Callable

from slack_bolt import Args

from bot.digests.rights import Actor, NotInChannel
from bot.digests.service import DigestService
from bot.slack import digest_card_replies as replies
from bot.slack import digest_proposals, digest_replies
from bot.slack.actors import TRIGGER_TIMEOUT, read_actor, read_reader
from bot.slack.delivery import action_id, action_value, is_private, notify_user, open_modal, update_modal
from bot.slack.error_boundary import Services
from bot.slack.handlers import home
from bot.slack.handlers.digests import (
    DIGEST_TITLE,
    add_in_window,
    digest_service,
    is_over_home,
    open_subscription_modal,
)
from bot.slack.views import subscription_modal
from bot.slack.views.blocks import Message
from bot.slack.views.digest_cards import (
    CardRef,
    PauseRef,
    WindowRef,
    card_message,
    decode_card_ref,
    decode_pause,
    decode_pause_day,
    undo_button,
)
from bot.slack.views.digest_proposals import ProposalRef, decode_proposal
from bot.slack.views.digests import without_channel_buttons

Change = Callable[[DigestService, Actor, CardRef], replies.CardChange]
Confirm = Callable[[DigestService, Actor, ProposalRef], replies.CardChange]


def on_pause(args: Args, services: Services) -> None:
    """ "Pause"."""
    _change(args, services, replies.pause_card)


def on_pause_for(args: Args, services: Services) -> None:
    """The menu of a paused card: for how long it waits."""
    args.ack()
    _pause_until(args, services, decode_pause(action_value(args)))


def on_pause_until(args: Args, services: Services) -> None:
    """The calendar of a paused card: until which day it waits."""
    args.ack()
    _pause_until(args, services, decode_pause_day(action_id(args), action_value(args)))


def _pause_until(args: Args, services: Services, pause: PauseRef) -> None:
    change = replies.pause_card_until(digest_service(services), read_actor(args), pause)
    _show(args, services, change, pause.card)


def on_resume(args: Args, services: Services) -> None:
    """ "Resume"."""
    _change(args, services, replies.resume_card)


def on_remove(args: Args, services: Services) -> None:
    """ "Remove", after Slack asked for confirmation."""
    _change(args, services, replies.remove_card)


def on_undo(args: Args, services: Services) -> None:
    """ "Undo", after a digest was removed."""
    _change(args, services, replies.undo_card)


def on_confirm_change(args: Args, services: Services) -> None:
    """ "Change it", under what somebody said in words."""
    _confirm(args, services, digest_proposals.confirm_change)


def on_confirm_add(args: Args, services: Services) -> None:
    """ "Add another", or "Set it up", under the same."""
    _confirm(args, services, digest_proposals.confirm_add)


def on_confirm_pause(args: Args, services: Services) -> None:
    """ "Pause it", under a pause with an end."""
    _confirm(args, services, digest_proposals.confirm_pause)


def on_edit(args: Args, services: Services) -> None:
    """ "Edit": the window with what the digest is now."""
    args.ack()
    service, ref = digest_service(services), decode_card_ref(action_value(args))
    actor = Actor(args.context.team_id or "", args.context.channel_id or "", args.context.user_id or "")
    scheduled = service.find(actor.team, ref.id)
    if scheduled is None:
        _show(args, services, replies.CardChange(replies.GONE), ref)
        return
    try:
        service.require_sight(actor, scheduled.subscription)
    except NotInChannel as refusal:
        _show(args, services, replies.CardChange(str(refusal)), ref)
        return
    view = digest_replies.edit_modal(service, scheduled.subscription, is_over_home(args))
    open_modal(args, view, subscription_modal.modal_expired_message())


def on_add(args: Args, services: Services) -> None:
    """ "Add another": the window for one more digest of the channel."""
    args.ack()
    if args.body.get("view", {}).get("callback_id") == subscription_modal.SUBSCRIBE_VIEW:
        add_in_window(args, services, action_value(args))
    else:
        open_subscription_modal(args, services, action_value(args))


def on_page(args: Args, services: Services) -> None:
    """ "Previous" and "Next" under the list of all digests."""
    args.ack()
    actor, offset = read_reader(args, services), action_value(args)
    listed = replies.list_digests(
        digest_service(services), actor, offset=int(offset) if offset.isdecimal() and len(offset) < 6 else 0
    )
    notify_user(args, listed, replace=is_private(args))


def on_preview(args: Args, services: Services) -> None:
    """ "Preview": for this person alone; in a window where it was clicked in one or on Home."""
    args.ack()
    ref = decode_card_ref(action_value(args))
    message = replies.preview_card(digest_service(services), read_actor(args, TRIGGER_TIMEOUT), ref)
    if args.body.get("view"):
        shown, opened_for = without_channel_buttons(message), WindowRef(is_on_home=is_over_home(args))
        open_modal(args, subscription_modal.confirmation_modal("Preview", shown, opened_for), message)
    else:
        notify_user(args, message)


def _change(args: Args, services: Services, change: Change) -> None:
    args.ack()
    ref = decode_card_ref(action_value(args))
    _show(args, services, change(digest_service(services), read_actor(args), ref), ref)


def _confirm(args: Args, services: Services, confirm: Confirm) -> None:
    args.ack()
    ref = decode_proposal(action_value(args))
    _show(args, services, confirm(digest_service(services), read_actor(args), ref), digest_proposals.card_ref(ref))


def _show(args: Args, services: Services, change: replies.CardChange, ref: CardRef) -> None:
    """Say what a click did, in place of what was clicked where only this person sees that."""
    place, opened_for = args.body.get("view", {}).get("type", ""), WindowRef(is_on_home=is_over_home(args))
    shown = _message(change)
    if place == "home" and change.message is None:
        home.publish_home(args, services, note=change.note, undo_id=change.undo_id)
    elif place == "home":
        open_modal(args, subscription_modal.confirmation_modal(DIGEST_TITLE, shown, opened_for), shown)
    elif place:
        if not update_modal(args, subscription_modal.confirmation_modal(DIGEST_TITLE, shown, opened_for)):
            notify_user(args, shown)
        if opened_for.is_on_home:
            home.publish_home(args, services)
    elif ref.in_list and change.message is None:
        service, reader = digest_service(services), read_reader(args, services)
        listed = replies.list_digests(service, reader, change.note, change.undo_id, ref.offset)
        notify_user(args, listed, replace=is_private(args))
    else:
        notify_user(args, shown, replace=is_private(args) and (change.is_done or change.message is None))


def _message(change: replies.CardChange) -> Message:
    if change.message is not None:
        return change.message
    undo = [undo_button(CardRef(change.undo_id))] if change.undo_id else []
    return card_message(change.note, [change.card] if change.card else [], undo)
