"""Runs a verb of `DigestService` and renders its result: the same for a typed command, a button and the modal."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from bot.catalog.models import Version
from bot.digests.changes import draft_of, encode_draft
from bot.digests.formatting import (
    format_day,
    format_filter,
    format_moment,
    format_schedule,
    format_zone,
    join_words,
    subscription_mark,
)
from bot.digests.models import PREVIEW_NUMBER, ScheduledSubscription
from bot.digests.results import SavedSubscription
from bot.digests.rights import Actor, AdminRequired, split_request
from bot.digests.service import DigestService
from bot.slack.subscription_form import (
    format_unlisted_days,
    keywords_field_text,
    leave_out_field_text,
    read_form,
    zone_field_text,
)
from bot.slack.views import subscription_modal as views
from bot.slack.views.blocks import Element, Message, View
from bot.slack.views.digest_cards import CardRef, DigestCard, WindowRef
from bot.slack.views.digest_proposals import ProposalRef, change_button
from bot.slack.views.digests import area_message, digest_parts, without_channel_buttons
from bot.slack.views.notices import reason_text
from bot.slack.views.subscription_modal import WindowSummary, plain_message
from bot.storage.models import PAUSED_BY_SLACK, Subscription, SubscriptionDraft, utc_datetime

NO_DIGEST_ANYWHERE = "No channel has a digest."
NONE_READABLE = "No channel that you can see has a digest."
SLACK_REFUSES = "Slack refuses it"
MAX_STATUS_LINES = 5  # of each kind


def preview(service: DigestService, actor: Actor, is_named: bool = False) -> Message:
    """`digest preview`. `is_named`: of another channel than where it is asked for; the buttons would be about that."""
    edition = service.preview(actor)
    if edition is None:
        return plain_message(_no_digest(actor))
    if not edition.items:
        return sample_message(service, service.of_channel(actor)[0])
    parts = digest_parts(edition, PREVIEW_NUMBER, service.episodes(actor.team))
    shown = [without_channel_buttons(part) for part in parts] if is_named else parts
    return views.preview_message(shown, actor.channel)


def sample_message(service: DigestService, scheduled: ScheduledSubscription) -> Message:
    """Where nothing is new: what a digest would have said of the newest version, and the offer to begin with that."""
    card, sample = digest_card(scheduled), service.sample(scheduled.subscription)
    if sample is None:
        return plain_message(f"Nothing is new for it yet, and the last versions had nothing either. {card.next_text}")
    parts = digest_parts(sample.edition, PREVIEW_NUMBER, service.episodes(scheduled.subscription.team))
    return views.sample_message(parts, str(sample.version), card, start_button(service, scheduled.subscription))


def start_button(service: DigestService, subscription: Subscription) -> Element | None:
    """Begins a digest with what is new in the newest version that is known; none where its channel had one already, or
    where that version has nothing for it.
    """
    versions = service.versions(subscription.team) if service.is_before_first(subscription) else []
    sample = service.sample(subscription) if versions else None
    if sample is None or sample.version != versions[-1] or subscription.from_version is not None:
        return None
    draft = SubscriptionDraft(subscription.filter, subscription.schedule, sample.version, subscription.post_when_empty)
    ref = ProposalRef(str(subscription.id), subscription_mark(subscription), encode_draft(draft))
    return change_button(f"Start with what is new in {sample.version}", ref)


def post_now(service: DigestService, actor: Actor) -> Message:
    """`digest now`."""
    try:
        outcome = service.post_now(actor)
    except AdminRequired as refusal:
        return views.admin_required_message(refusal.request)
    where = f"<#{actor.channel}>"
    match outcome:
        case "no digest":
            return plain_message(_no_digest(actor))
        case "nothing new":
            return plain_message("Nothing is new since the last one, so nothing was posted.")
        case "waiting":
            return plain_message(
                f"The digest of {where} waits: some of what arrived is not in my catalogue just now. Nothing is lost; "
                "it comes as soon as that is there again. `halobot doctor` says more to whoever runs me."
            )
        case "being posted":
            return plain_message(
                f"The digest of {where} is being posted just now; I look after it until it is out. `status` shows how "
                "it goes."
            )
    if outcome.state == "sent":
        return plain_message("Posted.")
    reason = reason_text(outcome.reason or "Slack did not answer")
    return plain_message(f"It is not out yet: {reason}. I look after it; `status` shows how it goes.")


def _no_digest(actor: Actor) -> str:
    return f"<#{actor.channel}> has no digest."


def show_areas(service: DigestService, actor: Actor, button_value: str) -> Message:
    """The button "Show billing (12)" under an edition: `<edition's number>|<area>|<area>…`."""
    number, _, names = button_value.partition("|")
    items = service.edition_items(actor, int(number)) if number.isdecimal() else None
    if items is None:
        return plain_message("I no longer have that edition.")
    areas = names.split("|")
    chosen = [item for item in items if item.area in areas]
    return area_message(areas, chosen, service.episodes(actor.team))


def request_admin(service: DigestService, actor: Actor, request: str, admin: str | None) -> Message:
    """The button "Ask an admin". `admin`: whom to ask; None when nobody is known."""
    if admin is None:
        return plain_message("I do not know who may. Ask whoever runs Halobot here.")
    channel, command = split_request(request, actor.channel)
    message = views.admin_request_message(actor.user, channel, command)
    if service.request_change(actor, request, admin, message):
        return plain_message("I have asked one of them.")
    return plain_message("I have asked one of them already today. Tomorrow I can ask again.")


def status_lines(service: DigestService, actor: Actor) -> list[str]:
    """The digests' part of `status`, of the channels that this person may read, as `<#C1>`."""
    status = service.status(actor)
    lines = []
    if not status.has_subscriptions:
        lines = [NONE_READABLE if status.others else NO_DIGEST_ANYWHERE]
    if sent := status.last_sent:
        there = service.of_channel(actor, sent.channel)
        zone = there[0].subscription.schedule.zone if there else "UTC"
        posted_at = format_moment(utc_datetime(sent.finished_at or 0), zone)
        lines.append(f"Last digest: {posted_at} ({format_zone(zone)}), in <#{sent.channel}>.")
    elif status.has_subscriptions:
        lines.append("No digest was posted yet.")
    if status.next and status.next.next_slot:
        subscription, zone = status.next.subscription, status.next.subscription.schedule.zone
        lines.append(
            f"Next digest: {format_moment(status.next.next_slot.at, zone)} ({format_zone(zone)}), in "
            f"<#{subscription.channel}>."
        )
    for row in status.failed[:MAX_STATUS_LINES]:
        reason = reason_text(row.reason or "no reason is known")
        lines.append(f"Edition {row.edition} in <#{row.channel}> failed: {reason}.")
    lines += [f"The digest in <#{row.channel}> is being posted." for row in status.sending[:MAX_STATUS_LINES]]
    for waiting in status.waiting[:MAX_STATUS_LINES]:
        count = "1 change" if len(waiting.keys) == 1 else f"{len(waiting.keys)} changes"
        lines.append(
            f"The digest in <#{waiting.channel}> waits: {count} not in my catalogue. `halobot doctor` says more."
        )
    for refused in status.refused[:MAX_STATUS_LINES]:
        reason = reason_text(refused.pause_reason or SLACK_REFUSES)
        lines.append(f"The digest in <#{refused.channel}> is paused: {reason}.")
    return lines


# -- the modal --------------------------------------------------------------------------------------------------------


def new_modal(service: DigestService, actor: Actor, channel: str, is_on_home: bool) -> View:
    """The modal that sets a digest up in this channel, or adds one to the channel that is named."""
    form = views.DigestForm(
        channel or actor.channel,
        zone_field_text(actor.zone),
        list(service.areas()),
        versions=service.versions(actor.team),
        opened_for=WindowRef(adds_to=channel, is_on_home=is_on_home),
    )
    return _with_summary(service, actor, form)


def edit_modal(service: DigestService, current: Subscription, is_on_home: bool = False) -> View:
    """The modal that changes a digest, filled with what it is; it changes nothing that is another one by then."""
    form = views.DigestForm(
        current.channel,
        zone_field_text(current.schedule.zone),
        list(service.areas()),
        current.schedule,
        current.filter,
        keywords_field_text(current.filter),
        leave_out_field_text(current.filter),
        format_unlisted_days(current.schedule),
        service.versions(current.team),
        current.post_when_empty,
        WindowRef(CardRef(current.id, subscription_mark(current)), is_on_home=is_on_home),
    )
    return _with_summary(service, Actor(current.team, current.channel, ""), form)


def _with_summary(service: DigestService, actor: Actor, form: views.DigestForm) -> View:
    """The modal with what it says in words; the channel of a direct message is none."""
    channel = form.channel if form.channel.startswith(("C", "G")) else ""
    values = {**views.initial_values(form), views.CHANNEL: channel}
    return views.subscribe_modal(form, window_summary(service, actor, values, form.opened_for))


def window_summary(
    service: DigestService, actor: Actor, values: dict[str, Any], opened_for: WindowRef
) -> WindowSummary:
    """What the window says while it is filled in: what its channel gets already, and what this would be."""
    current = service.subscription(actor.team, opened_for.card.id) if opened_for.card.id else None
    channel = str(values.get(views.CHANNEL) or "")
    is_edited = current is not None and current.channel == channel
    there = [] if is_edited or opened_for.adds_to == channel else service.of_channel(actor, channel)
    cards = tuple(digest_card(row) for row in there)
    parsed, errors = read_form(values, partial(service.parse, actor, limit=views.MAX_WORDS), service.today(), current)
    if parsed is None:
        return WindowSummary(cards, questions=tuple(errors.values()))
    zone, slot = parsed.schedule.zone, service.first_slot(parsed.schedule)
    words = format_proposal(draft_of(parsed))
    if slot:
        new = "" if parsed.post_when_empty else ", if there is something new"
        words += f". The {'next' if is_edited else 'first'} one comes on {format_moment(slot.at, zone)}{new}"
    out = service.out_already(actor.team, parsed.filter)
    words += f". {out_already_text(out).removesuffix('.')}" if out else ""
    stays = current.channel if current and not is_edited and channel else ""
    return WindowSummary(cards, f"{words}.", tuple(parsed.notes), stays=stays)


def form_questions(service: DigestService, team: str, values: dict[str, Any]) -> dict[str, str]:
    """The question under each input that needs one. It takes nothing but the team's catalogue."""
    parse = partial(service.parse, Actor(team, "", ""), limit=views.MAX_WORDS)
    return read_form(values, parse, service.today())[1]


def format_proposal(draft: SubscriptionDraft) -> str:
    """`Billing, every Friday at 09:00 (UTC), beginning with v2.216, with a line when nothing is new`."""
    begins = f", beginning with what is known from {draft.from_version} on" if draft.from_version else ""
    empty = ", with a line when nothing is new" if draft.post_when_empty else ""
    return f"{format_filter(draft.filter)}, {format_schedule(draft.schedule)}{begins}{empty}"


def out_already_text(versions: Sequence[Version]) -> str:
    """What is said where a digest is only of versions that are not the newest any more."""
    are, them = ("is", "it") if len(versions) == 1 else ("are", "them")
    named = join_words([str(version) for version in versions])
    return f"{named} {are} out already: what comes is only what is corrected of {them}, or found out later."


def saved_message(service: DigestService, saved: SavedSubscription) -> Message:
    """A subscription was set up or changed: what was understood, and what it begins with."""
    shown_stays = "What it has shown already stays shown."
    begins = "It begins with what arrives from now on." if saved.is_new else shown_stays
    if saved.parsed.from_version:
        begins = f"It begins with what is known from {saved.parsed.from_version} on."
        is_first = saved.is_new and service.is_before_first(saved.scheduled.subscription)
        begins += "" if is_first else f" {shown_stays}"
    if out := service.out_already(saved.scheduled.subscription.team, saved.parsed.filter):
        begins += f" {out_already_text(out)}"
    if saved.parsed.post_when_empty:
        begins += " When there is nothing new, it says so."
    if saved.others:
        channel = f"<#{saved.scheduled.subscription.channel}>"
        begins += f" {channel} has {saved.others + 1} digests now; `subscriptions` lists them."
    if saved.refusal:
        begins += f" But I cannot post there yet: {reason_text(saved.refusal)}."
    start = start_button(service, saved.scheduled.subscription) if saved.is_new else None
    return views.subscribed_message(digest_card(saved.scheduled), saved.is_new, saved.parsed.notes, begins, start)


def digest_card(scheduled: ScheduledSubscription) -> DigestCard:
    """A subscription in words, as its card shows it."""
    subscription = scheduled.subscription
    return DigestCard(
        subscription.id,
        subscription_mark(subscription),
        subscription.channel,
        format_filter(subscription.filter),
        format_schedule(subscription.schedule),
        _next_digest_text(scheduled),
        subscription.created_by,
        subscription.is_paused,
    )


def _next_digest_text(scheduled: ScheduledSubscription) -> str:
    """When the next one comes, or why none does; empty when it waits for arrivals."""
    subscription, slot = scheduled
    if subscription.paused_by == PAUSED_BY_SLACK:
        return f"Paused: {reason_text(subscription.pause_reason or SLACK_REFUSES)}."
    if subscription.paused_by is not None and subscription.paused_until is None:
        return "Paused."
    zone = subscription.schedule.zone
    if subscription.paused_until is not None:
        last = utc_datetime(subscription.last_slot_at).date()
        day = format_day(utc_datetime(subscription.paused_until), zone, last)
        following = f" The next one comes on {format_moment(slot.at, zone)}, if there is something new." if slot else ""
        return f"Paused until {day}; then it goes on by itself.{following}"
    if slot is None:
        return ""
    if subscription.post_when_empty:
        return f"The next one comes on {format_moment(slot.at, zone)}, even if nothing is new."
    return f"The next one comes on {format_moment(slot.at, zone)}, if there is something new."
