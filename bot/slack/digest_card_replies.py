"""What is said to a person who looks at digests and changes them one by one: typed, or by the buttons of a card.

Nothing is removed by typing: the card's button does that, after Slack has asked. A digest that has changed since its
card was shown is shown anew instead.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.conversation.entry_text import pluralize
from bot.digests.formatting import subscription_mark
from bot.digests.models import PREVIEW_NUMBER, ScheduledSubscription
from bot.digests.rights import Actor, AdminRequired, NotInChannel, ReadableDigests
from bot.digests.service import DigestService
from bot.slack.digest_replies import digest_card, sample_message
from bot.slack.views.blocks import Message, text_message
from bot.slack.views.digest_cards import (
    CardRef,
    DigestCard,
    DigestList,
    PauseRef,
    already_there_message,
    card_list_message,
    card_message,
    no_digest_message,
    removed_blocks,
    removed_message,
    removed_notice,
    restored_notice,
)
from bot.slack.views.digests import digest_parts, without_channel_buttons
from bot.slack.views.limits import truncate
from bot.slack.views.subscription_modal import admin_required_message, preview_message
from bot.storage.filters import is_same_filter
from bot.storage.models import ChangeOutcome, Subscription

GONE = "That digest was removed already; nothing has changed now."
CHANGED_SINCE = "This digest has changed since you looked at it, so nothing was done. This is what it is now:"
NO_UNDO = "That cannot be undone any more: a removed digest can be brought back for a day."
BACK_ALREADY = "It is back already:"
SAME_IS_THERE = "It was not brought back, for there is a digest with the same content by now:"
TAKEN = "Another digest of <#{}> has that content already, so nothing was changed. This is the one that you meant:"
ALREADY_SO = "That is so already."
PAUSED_ALREADY = "It is paused already, so nothing was done. Until when can be changed on its card:"
PAUSED_MEANWHILE = "Somebody paused or resumed it at the same moment, so nothing was done. This is how it is now:"
NOT_REMOVED = "Nothing is removed yet. Press Remove on the card to end this digest:"
WHICH_TO_REMOVE = "Nothing is removed yet. Which of these digests? Press Remove on its card:"
NOT_CHANGED = "Nothing is changed yet. Press Edit on the card, and the window shows what this digest is:"
WHICH_TO_CHANGE = "Nothing is changed yet. Which of these digests? Press Edit on its card:"
REMOVED = "Removed: <#{}> no longer gets that digest."
PAUSED = "Paused until somebody presses Resume; nothing that arrives is lost. Or choose below until when:"
NO_DIGEST = "This channel has no digest. `subscribe mondays 9am` sets one up."
WHICH_TO_PREVIEW = "Which of these digests? Press Preview on its card; only you see it:"
NO_DIGEST_DIRECTLY = (
    "You have set up no digest. A digest belongs to a channel: type this there, or name the channel here, as in "
    "`subscribe #general billing mondays 9am`."
)
HIDDEN = "{} {} in direct messages, or in private channels that you are not in."
UNKNOWN = "{} {} not shown, for I cannot see who is in that channel. `subscriptions`, typed there, shows what it has."
BRING_BACK = "This was removed in the last day. Press Undo to bring it back as it was:"
NOTHING_REMOVED = "No digest was removed {} in the last day."
CHANGE_BACK = "What was changed, you change back by Edit:"
# For a verb that is typed: the only digest here cannot be so, one can, several can.
TO_PRESS = {
    "pause": (
        "There is nothing to pause, for this is paused already:",
        "Nothing is paused yet. Press Pause on the card and this digest waits; nothing that arrives is lost:",
        "Nothing is paused yet. Which of these {} digests do you mean? Press Pause on its card:",
    ),
    "resume": (
        "There is nothing to resume, for this is not paused:",
        "It is still paused. Press Resume on the card and this digest goes on, with all that arrived meanwhile:",
        "These {} digests are still paused. Which one goes on? Press Resume on its card:",
    ),
}

NONE_TO_PRESS = {  # of several
    "pause": "There is nothing to pause, for all of these are paused already:",
    "resume": "There is nothing to resume, for none of these is paused:",
}


class CardChange(NamedTuple):
    """What a button of a card did."""

    note: str  # in a sentence, not escaped
    card: DigestCard | None = None  # as it is now; None when it is gone
    undo_id: int = 0  # the digest that can be brought back
    message: Message | None = None  # in place of both: what has to be asked first, or with `is_done` what was done
    is_done: bool = False


# -- typed ------------------------------------------------------------------------------------------------------------


def unsubscribe(service: DigestService, actor: Actor, rows: Sequence[ScheduledSubscription], request: str) -> Message:
    """`unsubscribe`: the cards of these digests, each with Remove; to who may not, an admin is offered to be asked for
    this request.
    """
    try:
        service.require_admin(actor, request)
    except AdminRequired as refusal:
        return admin_required_message(refusal.request)
    return which_to_remove(rows)


def which_to_remove(rows: Sequence[ScheduledSubscription]) -> Message:
    """The cards of these digests, each with Remove."""
    return card_message(NOT_REMOVED if len(rows) == 1 else WHICH_TO_REMOVE, cards_of(rows))


def which_to_change(rows: Sequence[ScheduledSubscription]) -> Message:
    """`change digest`: the cards of these digests, each with Edit."""
    return card_message(NOT_CHANGED if len(rows) == 1 else WHICH_TO_CHANGE, cards_of(rows))


def which_to_preview(rows: Sequence[ScheduledSubscription]) -> Message:
    """`digest preview` of several: their cards, each with Preview."""
    return card_message(WHICH_TO_PREVIEW, cards_of(rows))


def not_called_so(name: str, rows: Sequence[ScheduledSubscription]) -> Message:
    """None of these digests is called so: what there is."""
    channels = {row.subscription.channel for row in rows}
    where = f"<#{min(channels)}> has" if len(channels) == 1 else "You have set up"
    return card_message(f"{where} no “{truncate(name, 80)}” digest. This is what there is:", cards_of(rows))


def manage(service: DigestService, actor: Actor, is_named: bool = False) -> Message:
    """The button under a post: the cards of this channel's digests, or with `is_named` of one that was named."""
    existing = service.of_channel(actor)
    if not existing:
        return no_digest(service, actor, is_named)
    what = "digest" if len(existing) == 1 else "digests"
    return card_message(f"The {what} of <#{actor.channel}>:", cards_of(existing))


def already_there(existing: Sequence[ScheduledSubscription]) -> Message:
    """`subscribe` alone where there are digests: their cards, and a button for another one."""
    return already_there_message(cards_of(existing))


def pause(service: DigestService, actor: Actor, rows: Sequence[ScheduledSubscription]) -> Message:
    """`pause`: the cards of these digests that run, each with Pause."""
    return _cards_to_press(service, actor, "pause", rows, lambda row: not row.subscription.is_paused)


def resume(service: DigestService, actor: Actor, rows: Sequence[ScheduledSubscription]) -> Message:
    """`resume`: the cards of those that are paused, each with Resume."""
    return _cards_to_press(service, actor, "resume", rows, lambda row: row.subscription.paused_by is not None)


def no_digest(service: DigestService, actor: Actor, is_named: bool = False) -> Message:
    """Nothing is here: how one is set up, and what was removed in the last day. `is_named`: the channel was."""
    text = NO_DIGEST_DIRECTLY if actor.is_direct else "" if is_named else NO_DIGEST
    return no_digest_message(text, actor.channel, _ended_cards(service, actor))


def undo(service: DigestService, actor: Actor) -> Message:
    """`undo`: what was removed in the last day, each with a button that brings it back; else that nothing was."""
    ended = _ended_cards(service, actor)
    rows = service.candidates(actor)
    where = "of those that you set up" if actor.is_direct else f"from <#{actor.channel}>"
    if ended:
        return removed_message(BRING_BACK, ended)
    none = f"{NOTHING_REMOVED.format(where)} {CHANGE_BACK}" if rows else NOTHING_REMOVED.format(where)
    return card_message(none, cards_of(rows))


def with_removed(shown: Message, service: DigestService, actor: Actor) -> Message:
    """A message, and below it what was removed in the last day, each with Undo."""
    ended = _ended_cards(service, actor)
    return {**shown, "blocks": [*shown["blocks"], *removed_blocks(ended)]} if ended else shown


def list_digests(service: DigestService, actor: Actor, note: str = "", undo_id: int = 0, offset: int = 0) -> Message:
    """`subscriptions`: a page of them, this channel's first, then the workspace's, and what was removed from this
    channel in the last day; above them, what a click just did.
    """
    rows, split = service.readable(actor)
    here = [digest_card(row) for row in rows if row.subscription.channel == actor.channel]
    elsewhere = [digest_card(row) for row in rows if row.subscription.channel != actor.channel]
    removed = [card for card in _ended_cards(service, actor) if card.id != undo_id]
    listed = DigestList(here, elsewhere, removed, offset, unshown_lines(service, actor, split), actor.is_direct)
    return card_list_message(listed, note, CardRef(undo_id, in_list=True, offset=offset) if undo_id else None)


def unshown_lines(service: DigestService, actor: Actor, split: ReadableDigests) -> list[str]:
    """What is said of digests that are not shown: to who may change digests, how many others may read; to everybody,
    how many there are of which nobody knows that.
    """
    lines = []
    if split.hidden_count and service.is_admin(actor):
        lines.append(HIDDEN.format(pluralize(split.hidden_count, "more digest"), _is(split.hidden_count)))
    if split.unknown_count:
        lines.append(UNKNOWN.format(pluralize(split.unknown_count, "more digest"), _is(split.unknown_count)))
    return lines


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _cards_to_press(
    service: DigestService,
    actor: Actor,
    verb: str,
    rows: Sequence[ScheduledSubscription],
    can_be: Callable[[ScheduledSubscription], bool],
) -> Message:
    """The cards whose button does what was typed; where there is none to press, all of them, and why."""
    try:
        service.require_admin(actor, verb)
    except AdminRequired as refusal:
        return admin_required_message(refusal.request)
    candidates = [row for row in rows if can_be(row)]
    none, one, several = TO_PRESS[verb]
    if not candidates:
        return card_message(none if len(rows) == 1 else NONE_TO_PRESS[verb], cards_of(rows))
    return card_message(one if len(candidates) == 1 else several.format(len(candidates)), cards_of(candidates))


def _ended_cards(service: DigestService, actor: Actor) -> list[DigestCard]:
    return [ended_card(row) for row in service.ended_here(actor)]


# -- the buttons of a card --------------------------------------------------------------------------------------------


def pause_card(service: DigestService, actor: Actor, ref: CardRef) -> CardChange:
    """Pause. One that somebody has paused meanwhile keeps the end that they chose."""
    scheduled = service.find(actor.team, ref.id)
    if scheduled is not None and scheduled.subscription.is_paused:
        return as_it_is(service, actor, scheduled, PAUSED_ALREADY)
    return change_shown_digest(service, actor, ref, lambda seen: service.pause(actor, seen), lambda _: PAUSED)


def pause_card_until(service: DigestService, actor: Actor, pause: PauseRef) -> CardChange:
    """What was chosen on a paused card: how long it waits."""
    scheduled = service.find(actor.team, pause.card.id)
    if scheduled is None:
        return CardChange(GONE)
    end = service.pause_end(scheduled, pause.until)
    if end.question:
        return as_it_is(service, actor, scheduled, end.question)
    until = end.at.timestamp() if end.at else None
    return change_shown_digest(
        service, actor, pause.card, lambda seen: service.pause(actor, seen, until), lambda now: now.next_text
    )


def resume_card(service: DigestService, actor: Actor, ref: CardRef) -> CardChange:
    """Resume."""
    return change_shown_digest(
        service, actor, ref, lambda seen: service.resume(actor, seen), lambda now: f"It goes on. {now.next_text}"
    )


def remove_card(service: DigestService, actor: Actor, ref: CardRef) -> CardChange:
    """Remove, after Slack asked: the digest that the card showed, and no other."""

    def remove(seen: Subscription) -> ChangeOutcome:
        return service.remove(actor, seen, removed_notice(ended_card(seen), actor.user))

    return change_shown_digest(service, actor, ref, remove, lambda _: "")


def change_shown_digest(
    service: DigestService,
    actor: Actor,
    ref: CardRef,
    change: Callable[[Subscription], ChangeOutcome],
    done: Callable[[DigestCard], str],
) -> CardChange:
    """Change a digest that is still what its card showed. `done` says what that did, of the card as it is then."""
    before = service.find(actor.team, ref.id)
    if before is None:
        return CardChange(GONE)
    if subscription_mark(before.subscription) != ref.mark:
        return as_it_is(service, actor, before, CHANGED_SINCE)
    try:
        outcome = change(before.subscription)
    except AdminRequired as refusal:
        return CardChange("", message=admin_required_message(refusal.request))
    except NotInChannel as refusal:
        return CardChange(str(refusal))
    now = service.find(actor.team, ref.id)
    if now is None:
        return _removed(ended_card(before.subscription)) if outcome == "done" else CardChange(GONE)
    card = digest_card(now)
    if outcome == "changed":
        return CardChange(CHANGED_SINCE if card.mark != ref.mark else PAUSED_MEANWHILE, card)
    if outcome == "taken":
        return CardChange(TAKEN.format(card.channel), card)
    return CardChange(done(card).strip() if outcome == "done" else ALREADY_SO, card)


def as_it_is(service: DigestService, actor: Actor, row: ScheduledSubscription, note: str) -> CardChange:
    """Nothing is done: a sentence that says why, and the card as it is now; only the refusal for who is not in its
    channel.
    """
    try:
        service.require_place(actor, row.subscription.channel)
    except NotInChannel as refusal:
        return CardChange(str(refusal))
    return CardChange(note, digest_card(row))


def _removed(card: DigestCard) -> CardChange:
    what = f"{card.filter_text}, {card.schedule_text}"
    note = f"{REMOVED.format(card.channel)} It was {what}. For a day, Undo brings it back."
    return CardChange(note, undo_id=card.id)


def undo_card(service: DigestService, actor: Actor, ref: CardRef) -> CardChange:
    """Undo: the removed digest is there again, with all that arrived in the meantime."""
    ended, there = service.ended(actor.team, ref.id), service.find(actor.team, ref.id)
    if there is not None:
        return as_it_is(service, actor, there, BACK_ALREADY)
    if ended is None:
        return CardChange(NO_UNDO)
    try:
        restored = service.restore(actor, ended, restored_notice(ended_card(ended), actor.user))
    except AdminRequired as refusal:
        return CardChange("", message=admin_required_message(refusal.request))
    except NotInChannel as refusal:
        return CardChange(str(refusal))
    if restored == "gone":
        there = service.find(actor.team, ref.id)
        return CardChange(BACK_ALREADY, digest_card(there)) if there else CardChange(NO_UNDO)
    rows = service.of_channel(actor, ended.channel)
    if restored == "taken":
        same = next((row for row in rows if is_same_filter(row.subscription.filter, ended.filter)), None)
        return CardChange(SAME_IS_THERE, digest_card(same) if same else None)
    card = digest_card(restored)
    more = f" <#{card.channel}> has {len(rows)} digests now." if len(rows) > 1 else ""
    return CardChange(f"It is back. {card.next_text}".strip() + more, card)


def preview_card(service: DigestService, actor: Actor, ref: CardRef) -> Message:
    """Preview: what the next post of this digest would be."""
    scheduled = service.find(actor.team, ref.id)
    if scheduled is None:
        return text_message(GONE)
    try:
        edition = service.preview(actor, scheduled.subscription)
    except NotInChannel as refusal:
        return text_message(str(refusal))
    if edition is None or not edition.items:
        return sample_message(service, scheduled)
    # The buttons of a post are about all digests of the channel where they are pressed.
    parts = [
        without_channel_buttons(part) for part in digest_parts(edition, PREVIEW_NUMBER, service.episodes(actor.team))
    ]
    return preview_message(parts, scheduled.subscription.channel)


def cards_of(rows: Sequence[ScheduledSubscription]) -> list[DigestCard]:
    """The cards of these digests."""
    return [digest_card(row) for row in rows]


def ended_card(subscription: Subscription) -> DigestCard:
    """The card of a digest that does not come any more."""
    return digest_card(ScheduledSubscription(subscription, None))
