"""Sentences that would change a digest: what they mean is proposed in words, and a button confirms exactly that.

Nothing is changed by typing. What changed since it was proposed is shown anew instead.
"""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from bot.digests.changes import DigestChange, decode_draft, draft_of, encode_draft, words_of_new
from bot.digests.formatting import channel_mark, format_day, format_moment, subscription_mark
from bot.digests.models import ScheduledSubscription
from bot.digests.pause_parser import UNTIL_WHEN
from bot.digests.results import AlreadySubscribed, NeedsClarification, SavedSubscription
from bot.digests.rights import Actor, AdminRequired, NotInChannel
from bot.digests.service import DigestService
from bot.slack.digest_card_replies import GONE, PAUSED_ALREADY, CardChange, as_it_is, cards_of, change_shown_digest
from bot.slack.digest_replies import digest_card, format_proposal, saved_message
from bot.slack.subscription_form import MAX_ERROR, read_form, typed_command
from bot.slack.views import subscription_modal as modal
from bot.slack.views.blocks import Message, with_prefix
from bot.slack.views.digest_cards import NOTHING_PARTICULAR, CardRef, WindowRef, card_message, undo_button
from bot.slack.views.digest_proposals import (
    ProposalRef,
    ProposedChange,
    ProposedDigest,
    another_message,
    change_message,
    move_message,
    pause_message,
    set_up_message,
    watch_instead_message,
    with_card,
    with_search_offer,
)
from bot.slack.views.subscription_modal import admin_required_message, clarification_message, plain_message
from bot.storage.models import ChangeOutcome, Subscription, SubscriptionDraft

MOVED_TO = re.compile(r"to <#(?P<channel>[CGD][A-Z0-9]+)>")  # after `change digest`
CHANGED = "Changed. This is what it is now:"
STAYS = "This one still comes as well. Press Remove to end it:"
SET_UP_ALREADY = "It is set up already, so nothing was added. This is it:"
NOT_ADDED = "Nothing is set up yet, for somebody was quicker. This is what there is now:"
PAUSE_IS_OVER = "That day is over, or too far away, so nothing was paused. Please say it again."
PAUSED_FOR_NOW = "Paused. It goes on by itself, with everything that arrives in the meantime."
UNREADABLE = "I cannot read that button any more, so nothing was done. Please say it again."


def subscribe(service: DigestService, actor: Actor, text: str) -> Message:
    """`subscribe billing -jira mondays 9am london`: set up where there is no digest yet, else proposed."""
    try:
        result = service.subscribe(actor, text)
    except AdminRequired as refusal:
        return admin_required_message(refusal.request)
    except NotInChannel as refusal:
        return plain_message(str(refusal))
    if isinstance(result, NeedsClarification):
        return clarification_message(result.questions)
    return already_subscribed(result) if isinstance(result, AlreadySubscribed) else saved_message(service, result)


class SubmittedWindow(NamedTuple):
    """What came of a window that was sent: a message takes its place, or it stays, with a question under each input
    that needs one, or because its digest is another one by now.
    """

    message: Message | None = None
    errors: Mapping[str, str] = {}
    changed: ScheduledSubscription | None = None


def submit_subscription(
    service: DigestService, actor: Actor, values: dict[str, Any], opened_for: WindowRef = NOTHING_PARTICULAR
) -> SubmittedWindow:
    """Store what was filled in, in place of the subscription that the modal was opened for, if that is still what it
    was then. Where it was opened for none and the channel has digests, what it says is proposed.
    """
    scheduled = service.find(actor.team, opened_for.card.id) if opened_for.card.id else None
    current = scheduled.subscription if scheduled else None
    try:
        service.require_admin(actor, typed_command(values, current.schedule if current else None))
    except AdminRequired as refusal:
        return SubmittedWindow(admin_required_message(refusal.request))
    if opened_for.card.id and scheduled is None:
        return SubmittedWindow(_gone_message(service, actor, opened_for.card))
    if scheduled and subscription_mark(scheduled.subscription) != opened_for.card.mark:
        return _changed_window(service, actor, scheduled)
    parsed, errors = read_form(values, partial(service.parse, actor, limit=modal.MAX_WORDS), service.today(), current)
    if parsed is None:
        return SubmittedWindow(errors=errors)
    channel = str(values[modal.CHANNEL])
    replaced = current if current and current.channel == channel else None
    try:
        result = service.submit(actor, parsed, channel, replaced, opened_for.adds_to == channel)
    except NotInChannel as refusal:
        return SubmittedWindow(errors={modal.CHANNEL: str(refusal)[:MAX_ERROR]})
    if isinstance(result, AlreadySubscribed):
        return SubmittedWindow(already_subscribed(result))
    if isinstance(result, SavedSubscription):
        return SubmittedWindow(saved_message(service, result))
    now = service.find(actor.team, opened_for.card.id)
    if now is None:
        return SubmittedWindow(_gone_message(service, actor, opened_for.card))
    return _changed_window(service, actor, now)


def _changed_window(service: DigestService, actor: Actor, now: ScheduledSubscription) -> SubmittedWindow:
    """The window's digest is another one by now; only the refusal for who is not in its channel."""
    try:
        service.require_place(actor, now.subscription.channel)
    except NotInChannel as refusal:
        return SubmittedWindow(plain_message(str(refusal)))
    return SubmittedWindow(changed=now)


def _gone_message(service: DigestService, actor: Actor, card: CardRef) -> Message:
    undo = [undo_button(card)] if service.ended(actor.team, card.id) else []
    return card_message(GONE, [], undo)


def already_subscribed(found: AlreadySubscribed) -> Message:
    """What there is, what it could become, and the digest that could be added; each with its button."""
    options = [_option(row, change.draft, change.questions) for row, change in found.options]
    new = _new(found.channel, found.new, found.mark) if found.new else None
    return another_message(options, new, found.channel, found.notes)


def propose_new(service: DigestService, actor: Actor, text: str, whole: str) -> Message:
    """ "I want a billing digest on fridays": what would be set up, or what there is already; each with its button."""
    try:
        service.require_admin(actor, f"subscribe {text}")
    except AdminRequired as refusal:
        return admin_required_message(refusal.request)
    parsed = service.parse(actor, text)
    if parsed.clarifications:
        return with_search_offer(clarification_message(parsed.clarifications), whole)
    rows = service.of_channel(actor)
    if rows:
        options = tuple((row, service.propose(actor, row.subscription, text, replaces=True)) for row in rows)
        return with_search_offer(already_subscribed(service.already_there(actor.channel, options, parsed)), whole)
    return with_search_offer(set_up_message(_new(actor.channel, draft_of(parsed)), parsed.notes), whole)


def propose_change(
    service: DigestService, actor: Actor, rows: Sequence[ScheduledSubscription], text: str, whole: str
) -> Message | None:
    """`change the digest to fridays`, `add jira to the digest`: what each of these digests would become. Where the
    words may name something else, `whole` can be searched for instead. None where there is no digest, and no channel
    that one could be set up in.
    """
    try:
        service.require_admin(actor, f"change digest {text}")
    except AdminRequired as refusal:
        return admin_required_message(refusal.request)
    if not rows:
        words = words_of_new(text)
        parsed = service.parse(actor, words)
        if actor.is_direct or not words or parsed.clarifications:
            return None
        shown = set_up_message(_new(actor.channel, draft_of(parsed)), parsed.notes)
        return with_search_offer(shown, whole) if parsed.filter.words else shown
    if target := MOVED_TO.fullmatch(text):
        return _propose_move(service, actor, rows, target["channel"])
    changes = [(row, service.propose(actor, row.subscription, text)) for row in rows]
    is_unclear = all(
        not change.is_understood or set(change.draft.filter.words) - set(row.subscription.filter.words)
        for row, change in changes
    )
    return _changes_message(changes, search_for=whole if is_unclear else "")


def propose_if_meant(
    service: DigestService, actor: Actor, rows: Sequence[ScheduledSubscription], text: str, whole: str
) -> Message | None:
    """ "add jira", where it may be a question as well: the proposal, with a button that searches for `whole` instead.
    None where the words mean nothing for a digest.
    """
    changes = [(row, service.propose(actor, row.subscription, text)) for row in rows]
    if not any(change.is_understood for _, change in changes):
        return None
    try:
        service.require_admin(actor, f"change digest {text}")
    except AdminRequired:
        return None
    return _changes_message(changes, search_for=whole)


def _changes_message(changes: Sequence[tuple[ScheduledSubscription, DigestChange]], search_for: str) -> Message:
    notes = dict.fromkeys(note for _, change in changes for note in change.notes)
    if number := changes[0][1].number:
        return watch_instead_message(changes[0][1].questions[0], number)
    options = [_option(row, change.draft, change.questions) for row, change in changes]
    return change_message(options, tuple(notes), search_for)


def _propose_move(
    service: DigestService, actor: Actor, rows: Sequence[ScheduledSubscription], channel: str
) -> Message | None:
    """ "move the digest to #general": the same digest there, and a button that removes this one."""
    service.require_place(actor, channel)
    there = service.of_channel(actor, channel)
    mark = channel_mark(there)
    # The button carries the digest that is moved: with the new one, that one is shown to be removed.
    options = [
        (digest_card(row), _new(channel, _as_draft(row.subscription), f"{mark},{row.subscription.id}")) for row in rows
    ]
    return move_message(options, cards_of(there))


def propose_pause(
    service: DigestService, actor: Actor, rows: Sequence[ScheduledSubscription], text: str, whole: str
) -> Message:
    """`pause for 2 weeks`: until when these digests would wait, each with a button. Where the words name no end,
    `whole` can be searched for instead.
    """
    try:
        service.require_admin(actor, f"pause {text}")
    except AdminRequired as refusal:
        return admin_required_message(refusal.request)
    options = [_pause_option(service, row, text) for row in rows]
    shown = pause_message(options)
    is_unclear = whole and all(UNTIL_WHEN in option.questions for option in options)
    return with_search_offer(shown, whole) if is_unclear else shown


def _pause_option(service: DigestService, row: ScheduledSubscription, text: str) -> ProposedChange:
    card, end = digest_card(row), service.pause_end(row, text)
    if end.at is None:
        return ProposedChange(card, "", questions=[end.question])
    following = service.next_after(row.subscription, end.at)
    if following and row.next_slot and following.at <= row.next_slot.at and not row.subscription.is_paused:
        comes = format_moment(following.at, row.subscription.schedule.zone)
        ask = f"None comes before that day anyway: the next one is on {comes}. {UNTIL_WHEN}"
        return ProposedChange(card, "", questions=[ask])
    zone = row.subscription.schedule.zone
    comes = f" The next one comes on {format_moment(following.at, zone)} then." if following else ""
    until = f"Pause it until {format_day(end.at, zone, service.today())}"
    ask = f"It is paused already. {until} instead?" if row.subscription.is_paused else f"{until}?"
    ask += f"{comes} Nothing that arrives in the meantime is lost."
    return ProposedChange(card, ask, str(int(end.at.timestamp())))


# -- the buttons ------------------------------------------------------------------------------------------------------


def confirm_change(service: DigestService, actor: Actor, ref: ProposalRef) -> CardChange:
    """ "Change it": make of the digest what was proposed, if it is still what it was then."""
    draft = decode_draft(ref.payload)
    if draft is None:
        return CardChange(UNREADABLE)

    def change(seen: Subscription) -> ChangeOutcome:
        changed = service.change(actor, seen, draft)
        return "done" if isinstance(changed, ScheduledSubscription) else changed

    return change_shown_digest(service, actor, card_ref(ref), change, lambda _: CHANGED)


def confirm_add(service: DigestService, actor: Actor, ref: ProposalRef) -> CardChange:
    """ "Set it up" and "Add another": the digest that was proposed, where the channel's digests are those of then."""
    draft = decode_draft(ref.payload)
    if draft is None:
        return CardChange(UNREADABLE)
    try:
        mark, _, moved = ref.mark.partition(",")
        added = service.add(actor, ref.target, draft, mark)
    except AdminRequired as refusal:
        return CardChange("", message=admin_required_message(refusal.request))
    except NotInChannel as refusal:
        return CardChange(str(refusal))
    if isinstance(added, SavedSubscription):
        there = service.find(actor.team, int(moved)) if _is_id(moved) else None
        shown = saved_message(service, added)
        return CardChange("", message=with_card(shown, STAYS, digest_card(there)) if there else shown, is_done=True)
    same = next((row for row, change in added.options if change.questions), None)
    if same:
        return CardChange(SET_UP_ALREADY, digest_card(same))
    return CardChange("", message=with_prefix(NOT_ADDED, already_subscribed(added)), is_done=True)


def confirm_pause(service: DigestService, actor: Actor, ref: ProposalRef) -> CardChange:
    """ "Pause it": until the day that was proposed, if that is still to come."""
    scheduled = service.find(actor.team, card_ref(ref).id)
    until = int(ref.payload) if _is_id(ref.payload) else 0
    if scheduled is not None and subscription_mark(scheduled.subscription) == ref.mark:
        if not service.is_future(until):
            return as_it_is(service, actor, scheduled, PAUSE_IS_OVER)
        if scheduled.subscription.is_paused and scheduled.subscription.paused_by != actor.user:
            return as_it_is(service, actor, scheduled, PAUSED_ALREADY)
    return change_shown_digest(
        service, actor, card_ref(ref), lambda seen: service.pause(actor, seen, float(until)), lambda _: PAUSED_FOR_NOW
    )


def card_ref(ref: ProposalRef) -> CardRef:
    """The card that a proposal is about."""
    return CardRef(int(ref.target) if _is_id(ref.target) else 0, ref.mark)


def _option(row: ScheduledSubscription, draft: SubscriptionDraft, questions: Sequence[str]) -> ProposedChange:
    card = digest_card(row)
    if questions:
        return ProposedChange(card, "", questions=questions)
    return ProposedChange(card, format_proposal(draft), encode_draft(draft))


def _as_draft(row: Subscription) -> SubscriptionDraft:
    return SubscriptionDraft(row.filter, row.schedule, None, row.post_when_empty)


def _new(channel: str, draft: SubscriptionDraft, mark: str = "") -> ProposedDigest:
    return ProposedDigest(channel, format_proposal(draft), encode_draft(draft), mark)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18
