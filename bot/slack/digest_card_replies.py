"""What is said to a person who looks at digests and changes them one by one: typed, or by the buttons of a card.

Nothing is removed by typing: the card's button does that, after Slack has asked. A digest that has changed since its
card was shown is shown anew instead.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.digests.formatting import subscription_mark
from bot.digests.models import PREVIEW_NUMBER, ScheduledSubscription
from bot.digests.rights import Actor, AdminRequired, NotInChannel
from bot.digests.service import DigestService
from bot.slack.digest_replies import NO_DIGEST, digest_card, sample_message
from bot.slack.views.blocks import Message, text_message
from bot.slack.views.digest_cards import (
    CardRef,
    DigestCard,
    PauseRef,
    already_there_message,
    card_list_message,
    card_message,
    removed_notice,
    restored_notice,
)
from bot.slack.views.digests import digest_parts
from bot.slack.views.subscription_modal import admin_required_message, preview_message
from bot.storage.models import Subscription

GONE = "That digest was removed already; nothing has changed now."
CHANGED_SINCE = "This digest has changed since you looked at it, so nothing was done. This is what it is now:"
NO_UNDO = "That cannot be undone any more: it was long ago, it is back already, or there is such a digest now."
NOT_REMOVED = "Nothing is removed yet. Press Remove on the card to end this digest:"
WHICH_TO_REMOVE = "Nothing is removed yet. Which of these digests? Press Remove on its card:"
NOT_CHANGED = "Nothing is changed yet. Press Edit on the card, and the window shows what this digest is:"
WHICH_TO_CHANGE = "Nothing is changed yet. Which of these digests? Press Edit on its card:"
REMOVED = "Removed: this channel no longer gets that digest."
PAUSED = (
    "Paused until somebody presses Resume or types `resume`; nothing that arrives is lost. Or choose below until when:"
)
THIS_DIGEST, THESE_DIGESTS = "This channel's digest:", "This channel's digests:"
# For a verb that is typed: no digest here can be so, one can, several can.
TO_PRESS = {
    "pause": (
        "Nothing that runs is here to be paused:",
        "Nothing is paused yet. Press Pause on the card and this digest waits; nothing that arrives is lost:",
        "There are {} digests here, and nothing is paused yet. Which one? Press Pause on its card:",
    ),
    "resume": (
        "Nothing here is paused:",
        "It is paused still. Press Resume on the card and this digest goes on, with all that arrived meanwhile:",
        "There are {} digests here that are paused. Which one goes on? Press Resume on its card:",
    ),
}


class CardChange(NamedTuple):
    """What a button of a card did."""

    note: str  # in a sentence, not escaped
    card: DigestCard | None = None  # as it is now; None when it is gone
    undo_id: int = 0  # the digest that can be brought back
    message: Message | None = None  # in place of both: what has to be asked first, or with `is_done` what was done
    is_done: bool = False


# -- typed ------------------------------------------------------------------------------------------------------------


def unsubscribe(service: DigestService, actor: Actor, text: str = "") -> Message:
    """`unsubscribe`: the cards of this channel's digests, or of those that `text` names, each with Remove."""
    found = service.find_matching(actor, text) if text.strip() else service.of_channel(actor)
    if not found:
        return text_message(NO_DIGEST)
    return card_message(NOT_REMOVED if len(found) == 1 else WHICH_TO_REMOVE, _cards(found))


def which_to_change(existing: Sequence[ScheduledSubscription]) -> Message:
    """`change digest`: the cards of this channel's digests."""
    if not existing:
        return text_message(NO_DIGEST)
    return card_message(NOT_CHANGED if len(existing) == 1 else WHICH_TO_CHANGE, _cards(existing))


def manage(service: DigestService, actor: Actor) -> Message:
    """The button under a post: the cards of this channel's digests."""
    existing = service.of_channel(actor)
    if not existing:
        return text_message(NO_DIGEST)
    return card_message(THIS_DIGEST if len(existing) == 1 else THESE_DIGESTS, _cards(existing))


def already_there(existing: Sequence[ScheduledSubscription]) -> Message:
    """`subscribe` alone where there are digests: their cards, and a button for another one."""
    return already_there_message(_cards(existing))


def pause(service: DigestService, actor: Actor) -> Message | None:
    """`pause`: the cards of this channel's digests that run, each with Pause. None where there is no digest."""
    return _cards_to_press(service, actor, "pause", lambda row: not row.subscription.is_paused)


def resume(service: DigestService, actor: Actor) -> Message | None:
    """`resume`: the cards of those that are paused, each with Resume. None where there is no digest."""
    return _cards_to_press(service, actor, "resume", lambda row: row.subscription.paused_by is not None)


def list_digests(service: DigestService, actor: Actor, note: str = "", undo_id: int = 0) -> Message:
    """`subscriptions`: this channel's first, then the workspace's; above them, what a click just did."""
    here, elsewhere = list[DigestCard](), list[DigestCard]()
    for scheduled in service.subscriptions(actor.team):
        (here if scheduled.subscription.channel == actor.channel else elsewhere).append(digest_card(scheduled))
    return card_list_message(here, elsewhere, note, CardRef(undo_id, in_list=True) if undo_id else None)


def _cards_to_press(
    service: DigestService, actor: Actor, verb: str, can_be: Callable[[ScheduledSubscription], bool]
) -> Message | None:
    """The cards whose button does what was typed; where there is none to press, all of them, and why."""
    try:
        service.require_admin(actor, verb)
    except AdminRequired as refusal:
        return admin_required_message(refusal.request)
    rows = service.of_channel(actor)
    candidates = [row for row in rows if can_be(row)]
    none, one, several = TO_PRESS[verb]
    if not candidates:
        return card_message(none, _cards(rows)) if rows else None
    return card_message(one if len(candidates) == 1 else several.format(len(candidates)), _cards(candidates))


# -- the buttons of a card --------------------------------------------------------------------------------------------


def pause_card(service: DigestService, actor: Actor, ref: CardRef) -> CardChange:
    """Pause."""
    return _change_card(service, actor, ref, service.pause, lambda _: PAUSED)


def pause_card_until(service: DigestService, actor: Actor, pause: PauseRef) -> CardChange:
    """What was chosen on a paused card: how long it waits."""
    scheduled = service.find(actor.team, pause.card.id)
    if scheduled is None:
        return CardChange(GONE)
    end = service.pause_end(scheduled, pause.until)
    if end.question:
        return CardChange(end.question, digest_card(scheduled))
    until = end.at.timestamp() if end.at else None

    def pause_until(actor: Actor, subscription: Subscription) -> bool:
        return service.pause(actor, subscription, until)

    return _change_card(service, actor, pause.card, pause_until, lambda now: digest_card(now).next_text)


def resume_card(service: DigestService, actor: Actor, ref: CardRef) -> CardChange:
    """Resume."""
    return _change_card(service, actor, ref, service.resume, _goes_on)


def remove_card(service: DigestService, actor: Actor, ref: CardRef) -> CardChange:
    """Remove, after Slack asked: the digest that the card showed, and no other."""
    scheduled = service.find(actor.team, ref.id)
    if scheduled is None:
        return CardChange(GONE)
    subscription, card = scheduled.subscription, digest_card(scheduled)
    if subscription_mark(subscription) != ref.mark:
        return CardChange(CHANGED_SINCE, card)
    try:
        is_removed = service.remove(actor, subscription, removed_notice(card, actor.user))
    except AdminRequired as refusal:
        return CardChange("", message=admin_required_message(refusal.request))
    except NotInChannel as refusal:
        return CardChange(str(refusal), card)
    if not is_removed:
        return CardChange(GONE)
    note = f"{REMOVED} It was {card.filter_text}, {card.schedule_text}. For a day, Undo brings it back."
    return CardChange(note, undo_id=ref.id)


def undo_card(service: DigestService, actor: Actor, ref: CardRef) -> CardChange:
    """Undo: the removed digest is there again, with all that arrived in the meantime."""
    ended = service.ended(actor.team, ref.id)
    if ended is None:
        return CardChange(NO_UNDO)
    card = digest_card(ScheduledSubscription(ended, None))
    try:
        restored = service.restore(actor, ended, restored_notice(card, actor.user))
    except AdminRequired as refusal:
        return CardChange("", message=admin_required_message(refusal.request))
    except NotInChannel as refusal:
        return CardChange(str(refusal))
    if restored is None:
        return CardChange(NO_UNDO)
    return CardChange(f"It is back. {digest_card(restored).next_text}".strip(), digest_card(restored))


def preview_card(service: DigestService, actor: Actor, ref: CardRef) -> Message:
    """Preview: what the next post of this digest would be."""
    scheduled = service.find(actor.team, ref.id)
    if scheduled is None:
        return text_message(GONE)
    edition = service.preview(actor, scheduled.subscription)
    if edition is None or not edition.items:
        return sample_message(service, scheduled)
    return preview_message(digest_parts(edition, PREVIEW_NUMBER, service.episodes()))


def _change_card(
    service: DigestService,
    actor: Actor,
    ref: CardRef,
    change: Callable[..., bool],
    done: Callable[[ScheduledSubscription], str],
) -> CardChange:
    before = service.find(actor.team, ref.id)
    if before is None:
        return CardChange(GONE)
    if subscription_mark(before.subscription) != ref.mark:
        return CardChange(CHANGED_SINCE, digest_card(before))
    try:
        changed = change(actor, before.subscription)
    except AdminRequired as refusal:
        return CardChange("", message=admin_required_message(refusal.request))
    except NotInChannel as refusal:
        return CardChange(str(refusal), digest_card(before))
    now = service.find(actor.team, ref.id)
    if now is None:
        return CardChange(GONE)
    return CardChange(done(now) if changed else "That is so already.", digest_card(now))


def _goes_on(scheduled: ScheduledSubscription) -> str:
    return f"It goes on. {digest_card(scheduled).next_text}".strip()


def _cards(rows: Sequence[ScheduledSubscription]) -> list[DigestCard]:
    return [digest_card(row) for row in rows]
