"""What people say to digests: text and ids in, a Message out; what it changes goes through the workspace's modules.

Each function is one verb. Who may change digests is asked first (HALO_ADMINS); looking is for everyone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from bot.digests.builder import PREVIEW_NUMBER
from bot.digests.calendar import next_due_slot
from bot.digests.formatting import format_filter, format_moment, format_schedule
from bot.digests.models import EditionItem
from bot.digests.runner import DigestRunner
from bot.digests.subscription_parser import ParsedSubscription, parse_subscription
from bot.digests.timezones import is_zone_name
from bot.slack.subscription_form import (
    errors_of,
    filter_of,
    format_unlisted_days,
    request_of,
    schedule_of,
    words_field_text,
    zone_field_text,
    zone_of,
)
from bot.slack.views import subscription_modal as say
from bot.slack.views.blocks import Message
from bot.slack.views.digests import OTHER, area_message
from bot.slack.views.notices import reason_text
from bot.storage.models import (
    DIGEST_STREAM,
    PAUSED_BY_SLACK,
    ArrivalKind,
    Notice,
    Schedule,
    Subscription,
    SubscriptionDraft,
)

ADMINS = "ADMINS"


@dataclass(frozen=True)
class Actor:
    """Who says it, where. `zone` is the person's own; `admin`, whether they administer the Slack workspace."""

    team: str
    channel: str
    user: str
    zone: str = "UTC"
    admin: bool = False


def may(asker: Actor, admins: tuple[str, ...]) -> bool:
    """Whether this person may change digests. `admins` is HALO_ADMINS; empty: everyone may."""
    return not admins or asker.user in admins or (ADMINS in admins and asker.admin)


def subscribe(digests: DigestRunner, asker: Actor, admins: tuple[str, ...], text: str) -> Message:
    """`subscribe billing -jira mondays 9am london`: sets it up, or asks what is not clear, and then stores nothing."""
    if not may(asker, admins):
        return say.admin_required_message(f"subscribe {text}")
    typed = understand(digests, asker, text)
    if typed.clarifications:
        return say.questions(typed.clarifications)
    return _store(digests, asker, typed, typed.channel or asker.channel)


def understand(digests: DigestRunner, asker: Actor, text: str) -> ParsedSubscription:
    """A typed subscription, with what is not said taken as this person would mean it."""
    default = Schedule(zone=asker.zone if is_zone_name(asker.zone) else "UTC")
    today = datetime.fromtimestamp(digests.publisher.now(), UTC).date()
    return parse_subscription(text, default, digests.builder.catalog.areas(), digests.knows, today)


def subscribe_window(digests: DigestRunner, asker: Actor) -> dict[str, Any]:
    """The window, with what is set up in this channel already."""
    mine, areas = (
        digests.builder.subscriptions.of_channel(asker.team, asker.channel),
        list(digests.builder.catalog.areas()),
    )
    if not mine:
        return say.subscribe_modal(asker.channel, zone_field_text(asker.zone), areas)
    one = mine[0]
    words, kept = words_field_text(one.filter, one.post_when_empty), format_unlisted_days(one.schedule)
    return say.subscribe_modal(
        asker.channel, zone_field_text(one.schedule.zone), areas, one.schedule, one.filter, one.id, words, kept
    )


def submit_window(
    digests: DigestRunner, asker: Actor, admins: tuple[str, ...], values: dict[str, Any], changes: int | None = None
) -> tuple[Message | None, dict[str, str]]:
    """What was filled into the window: what is said to it, or under which inputs which question stands. `changes`: the
    subscription that it was opened for.
    """
    known = digests.builder.subscriptions.get(asker.team, changes) if changes else None
    was = known.schedule if known else None
    if not may(asker, admins):
        return say.admin_required_message(request_of(values, was)), {}
    typed = understand(digests, asker, str(values.get(say.WORDS) or "") or "everything")
    errors = errors_of(values, typed)
    zone = None if errors else zone_of(values)
    if zone is None:
        return None, errors
    schedule = schedule_of(values, zone, was, _moment(digests.publisher.now()).date())
    typed, channel = replace(typed, filter=filter_of(values, typed), schedule=schedule), str(values[say.CHANNEL])
    return _store(digests, asker, typed, channel, known if known and known.channel == channel else None), {}


def _store(
    digests: DigestRunner, asker: Actor, typed: ParsedSubscription, channel: str, known: Subscription | None = None
) -> Message:
    """As a new subscription or, where there is one with that filter or this one is to be changed, in its place."""
    digests.record_arrivals()  # what is known today is no news
    builder, now, latest = digests.builder, digests.publisher.now(), digests.builder.arrivals.latest_seq()
    draft = SubscriptionDraft(typed.filter, typed.schedule, typed.from_version, typed.post_when_empty)
    words = f"{format_filter(typed.filter)}; {format_schedule(typed.schedule)}"
    stored, new = builder.subscriptions.update(known, draft, asker.user, latest, now, words) if known else None, False
    if stored is None:
        stored, new = builder.subscriptions.upsert(asker.team, channel, draft, asker.user, latest, now, words)
    return say.subscribed(_shown(digests, stored), new, typed.notes, _begins(digests, asker.team, channel, typed, new))


def _begins(digests: DigestRunner, team: str, channel: str, typed: ParsedSubscription, new: bool) -> str:
    begins = "It begins with what arrives from now on." if new else "What it has shown already stays shown."
    if typed.from_version:
        begins = f"It begins with what is known from {typed.from_version} on." + (
            "" if new else " What it has shown already stays shown."
        )
    if typed.post_when_empty:
        begins += " When there is nothing new, it says so."
    refusal = digests.publisher.refusal(team, channel)
    return begins + (f" But I cannot post there yet: {reason_text(refusal)}." if refusal else "")


def unsubscribe(digests: DigestRunner, asker: Actor, admins: tuple[str, ...], text: str = "") -> Message:
    """`unsubscribe`: all of this channel's; `unsubscribe billing`: the one with that filter."""
    if not may(asker, admins):
        return say.admin_required_message(f"unsubscribe {text}")
    builder, only = digests.builder, None
    if text.strip():
        same = having(digests, asker, text)
        if len(same) != 1:
            return say.said(
                "I find no single digest here with that filter. `subscriptions` lists them; `unsubscribe` alone ends all in this channel."
            )
        only = same[0].id
    ended = builder.subscriptions.remove(asker.team, asker.channel, asker.user, digests.publisher.now(), only)
    return say.said("Nobody gets that digest here any more." if ended else "This channel has no digest.")


def having(digests: DigestRunner, asker: Actor, text: str) -> list[Subscription]:
    """This channel's digests with the filter that is typed; none when it is not plain which that is."""
    typed = understand(digests, asker, text)
    mine = [] if typed.clarifications else digests.builder.subscriptions.of_channel(asker.team, asker.channel)
    return [
        one
        for one in mine
        if set(one.filter.areas) == set(typed.filter.areas) and set(one.filter.words) == set(typed.filter.words)
    ]


def pause(digests: DigestRunner, asker: Actor, admins: tuple[str, ...]) -> Message:
    """`pause`: nothing until `resume`."""
    if not may(asker, admins):
        return say.admin_required_message("pause")
    paused = digests.builder.subscriptions.pause(asker.team, asker.channel, asker.user, digests.publisher.now())
    return say.said(
        "Paused. `resume` goes on, with everything that arrives in the meantime."
        if paused
        else "There is no digest here that runs."
    )


def resume(digests: DigestRunner, asker: Actor, admins: tuple[str, ...]) -> Message:
    """`resume`: from the next slot on."""
    if not may(asker, admins):
        return say.admin_required_message("resume")
    resumed = digests.builder.subscriptions.resume(asker.team, asker.channel, asker.user, digests.publisher.now())
    if not resumed:
        return say.said("There is no digest here that is paused.")
    return say.said(
        f"It goes on. {_shown(digests, digests.builder.subscriptions.of_channel(asker.team, asker.channel)[0]).following}"
    )


def subscriptions(digests: DigestRunner, asker: Actor) -> Message:
    """`subscriptions`: this channel's first, then the workspace's."""
    mine = digests.builder.subscriptions.of_team(asker.team)
    here = [_shown(digests, one) for one in mine if one.channel == asker.channel]
    return say.subscription_list_message(here, [_shown(digests, one) for one in mine if one.channel != asker.channel])


def preview(digests: DigestRunner, asker: Actor) -> Message:
    """`digest preview`: what the next one here would be, for this person only."""
    digests.record_arrivals()
    parts = digests.builder.preview(asker.team, asker.channel)
    if parts is None:
        return say.said("This channel has no digest. `subscribe mondays 9am` sets one up.")
    return say.preview_message(parts) if parts else say.said("Nothing is new since the last one.")


def post_now(digests: DigestRunner, asker: Actor, admins: tuple[str, ...]) -> Message:
    """`digest now`: posts it, and says so to the one who asked. Takes as long as posting takes."""
    if not may(asker, admins):
        return say.admin_required_message("digest now")
    if not digests.builder.subscriptions.of_channel(asker.team, asker.channel):
        return say.said("This channel has no digest. `subscribe mondays 9am` sets one up.")
    row = digests.post_now(asker.team, asker.channel)
    if row is None and digests.builder.outbox.next_edition_number(asker.team, asker.channel, DIGEST_STREAM) is None:
        return say.said(
            "A digest is being posted here just now; I look after it until it is out. `status` shows how it goes."
        )
    if row is None:
        return say.said("Nothing is new since the last one.")
    if row.state == "sent":
        return say.said("Posted.")
    return say.said(
        f"It is not out yet: {reason_text(row.reason or 'Slack did not answer')}. I look after it; `status` shows how it goes."
    )


def area(digests: DigestRunner, asker: Actor, value: str) -> Message:
    """The button "Show billing (12)" under an edition: its entries of that area, for this person only."""
    number, _, names = value.partition("|")
    lines = _lines_of(digests, asker, int(number)) if number.isdecimal() else None
    if lines is None:
        return say.said("I no longer have that edition.")
    wanted = names.split("|")
    return area_message(
        wanted, [line for line in lines if (line.entry.area or OTHER) in wanted], digests.builder.catalog.episodes()
    )


def _lines_of(digests: DigestRunner, asker: Actor, number: int) -> Sequence[EditionItem] | None:
    """What an edition announced, or the one that is still to come would; None when there is no such edition any
    more.
    """
    if number == PREVIEW_NUMBER:
        edition = digests.builder.preview_edition(asker.team, asker.channel)
        return edition.items if edition else None
    found = next(
        (
            row
            for row in digests.builder.outbox.recent_rows(asker.team, asker.channel, DIGEST_STREAM, 200)
            if row.edition == number
        ),
        None,
    )
    if found is None:
        return None
    kinds: dict[str, ArrivalKind] = {}
    for _, key, kind in found.entries:
        kinds[key] = "new" if "new" in (kind, kinds.get(key)) else kind
    return [EditionItem(0, kinds[entry.key], entry) for entry in digests.builder.catalog.entries(kinds)]


def ask_admin(digests: DigestRunner, asker: Actor, what: str, admin: str | None) -> Message:
    """The button "Ask an admin": one is told, once a day for each thing asked."""
    if admin is None:
        return say.said("I do not know who may. Ask whoever runs Halobot here.")
    day = _moment(digests.publisher.now()).date()
    # a part of `what` could be that of another
    name = f"asked {asker.user} {asker.channel} {day} {sha256(what.encode()).hexdigest()[:16]}"
    told = digests.builder.outbox.enqueue_notice(
        asker.team, Notice(admin, name, say.admin_request_message(asker.user, asker.channel, what))
    )
    return say.said(
        "I have asked one of them." if told else "I have asked one of them already today. Tomorrow I can ask again."
    )


def status(digests: DigestRunner, team: str) -> list[str]:
    """The digests' part of `status`: the last and the next one, and what failed, in words."""
    outbox, mine, zone = digests.builder.outbox, digests.builder.subscriptions.of_team(team), "UTC"
    if not mine:
        return ["No channel has a digest yet."]
    rows = outbox.recent_rows(team, stream=DIGEST_STREAM, limit=200)
    sent = next((row for row in rows if row.state == "sent"), None)
    said = [
        f"Last digest: {format_moment(_moment(sent.finished_at or 0), zone)} UTC, in <#{sent.channel}>."
        if sent
        else "No digest was posted yet."
    ]
    slots = [(slot.at, one) for one in mine if one.paused_by is None and (slot := _next(digests, one))]
    if slots:
        at, one = min(slots, key=lambda pair: pair[0])
        said.append(f"Next digest: {format_moment(at, one.schedule.zone)} ({one.schedule.zone}), in <#{one.channel}>.")
    said += [
        f"Edition {row.edition} in <#{row.channel}> failed: {reason_text(row.reason or 'no reason is known')}."
        for row in rows
        if row.state == "failed"
    ][:5]
    said += [f"The digest in <#{row.channel}> is being posted." for row in rows if row.state == "sending"][:5]
    return (
        said
        + [
            f"The digest in <#{one.channel}> is paused: {reason_text(one.pause_reason or 'Slack refuses it')}."
            for one in mine
            if one.paused_by == PAUSED_BY_SLACK
        ][:5]
    )


def _shown(digests: DigestRunner, one: Subscription) -> say.Shown:
    if one.paused_by is not None:
        following = (
            f"Paused: {reason_text(one.pause_reason or 'Slack refuses it')}."
            if one.paused_by == PAUSED_BY_SLACK
            else "Paused."
        )
    else:
        slot = _next(digests, one)
        following = (
            f"The next one comes on {format_moment(slot.at, one.schedule.zone)}, if there is something new."
            if slot
            else ""
        )
    return say.Shown(one.channel, format_filter(one.filter), format_schedule(one.schedule), following, one.created_by)


def _next(digests: DigestRunner, one: Subscription) -> Any:
    return next_due_slot(one.schedule, _moment(one.last_slot_at), _moment(digests.publisher.now()), one.last_slot_day)


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
