"""What people say to digests: text and ids in, a Message out; what it changes goes through the workspace's modules.

Each function is one verb. Who may change digests is asked first (HALO_ADMINS); looking is for everyone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from bot.digest.calendar import upcoming
from bot.digest.compose import PREVIEWED
from bot.digest.models import ArrivalKind, Filter, Line, Schedule
from bot.digest.schedule_text import Typed, understand_subscription
from bot.digest.scheduler import Digests
from bot.digest.wording import filter_words, moment_words, schedule_words
from bot.digest.zones import UnclearZone, is_zone, take_zone
from bot.messages import subscribing as say
from bot.messages.digest import OTHER, area_message
from bot.messages.parts import Message
from bot.workspace.ledger import DIGEST, Notice
from bot.workspace.subscriptions import SLACK, Draft, Subscription

ADMINS = "ADMINS"


@dataclass(frozen=True)
class Asker:
    """Who says it, where. `zone` is the person's own; `admin`, whether they administer the Slack workspace."""

    team: str
    channel: str
    user: str
    zone: str = "UTC"
    admin: bool = False


def may(asker: Asker, admins: tuple[str, ...]) -> bool:
    """Whether this person may change digests. `admins` is HALO_ADMINS; empty: everyone may."""
    return not admins or asker.user in admins or (ADMINS in admins and asker.admin)


def subscribe(digests: Digests, asker: Asker, admins: tuple[str, ...], text: str) -> Message:
    """`subscribe billing -jira mondays 9am london`: sets it up, or asks what is not clear, and then stores nothing."""
    if not may(asker, admins):
        return say.ask_an_admin(f"subscribe {text}")
    typed = understand(digests, asker, text)
    if typed.unclear:
        return say.questions(typed.unclear)
    return _store(digests, asker, typed, typed.channel or asker.channel)


def understand(digests: Digests, asker: Asker, text: str) -> Typed:
    """A typed subscription, with what is not said taken as this person would mean it."""
    default = Schedule(zone=asker.zone if is_zone(asker.zone) else "UTC")
    today = datetime.fromtimestamp(digests.publisher.now(), UTC).date()
    return understand_subscription(text, default, digests.desk.catalogue.areas(), digests.knows, today)


def submit_window(
    digests: Digests, asker: Asker, admins: tuple[str, ...], values: dict[str, Any], changes: int | None = None
) -> tuple[Message | None, dict[str, str]]:
    """What was filled into the window: what is said to it, or under which inputs which question stands. `changes`: the subscription
    that it was opened for."""
    if not may(asker, admins):
        return say.ask_an_admin("subscribe"), {}
    words = str(values.get(say.WORDS) or "")
    typed = understand(digests, asker, words or "everything")
    errors = {say.WORDS: typed.unclear[0][:150]} if typed.unclear else {}
    try:
        _, zone, _ = take_zone(str(values[say.ZONE]).lower())
        zone = zone or (str(values[say.ZONE]) if is_zone(str(values[say.ZONE])) else None)
        errors |= {} if zone else {say.ZONE: "Which city's time do you mean? For example London or New York."}
    except UnclearZone as question:
        zone, errors = None, errors | {say.ZONE: str(question)[:150]}
    if errors or zone is None:
        return None, errors
    found = typed.filter
    areas = tuple(dict.fromkeys((*values.get(say.AREAS, ()), *found.areas)))
    wanted = Filter(areas, found.words, found.without_areas, found.without_words, found.highlights or values[say.ONLY] == "highlights", found.versions)
    weekday, cadence = (int(values[say.WEEKDAY]),), values[say.CADENCE]
    start = datetime.fromtimestamp(digests.publisher.now(), UTC).date() if cadence == "fortnightly" else None
    schedule = Schedule(cadence, weekday, time.fromisoformat(values[say.AT]), zone, nth=1 if cadence == "monthly" else None, start=start)
    channel = str(values[say.CHANNEL])
    known = digests.desk.subscriptions.get(asker.team, changes) if changes else None
    if known is not None and known.channel == channel:
        draft, now = Draft(wanted, schedule), digests.publisher.now()
        changed = digests.desk.subscriptions.change(known, draft, asker.user, now, f"{filter_words(wanted)}; {schedule_words(schedule)}")
        if changed is not None:
            return say.subscribed(_shown(digests, changed), False, typed.notes, "What it has shown already stays shown."), {}
    return _store(digests, asker, Typed(wanted, schedule, from_version=typed.from_version), channel), {}


def _store(digests: Digests, asker: Asker, typed: Typed, channel: str) -> Message:
    digests.sync()  # what is known today is no news
    draft = Draft(typed.filter, typed.schedule, typed.from_version, typed.even_empty)
    in_words = f"{filter_words(typed.filter)}; {schedule_words(typed.schedule)}"
    latest = digests.desk.arrivals.latest()
    stored, new = digests.desk.subscriptions.put(asker.team, channel, draft, asker.user, latest, digests.publisher.now(), in_words)
    begins = f"It begins with what is known from {typed.from_version} on." if typed.from_version else "It begins with what arrives from now on."
    if typed.even_empty:
        begins += " When there is nothing new, it says so."
    return say.subscribed(_shown(digests, stored), new, typed.notes, begins)


def unsubscribe(digests: Digests, asker: Asker, admins: tuple[str, ...], text: str = "") -> Message:
    """`unsubscribe`: all of this channel's; `unsubscribe billing`: the one with that filter."""
    if not may(asker, admins):
        return say.ask_an_admin(f"unsubscribe {text}")
    desk, only = digests.desk, None
    if text.strip():
        typed = understand(digests, asker, text)
        mine = desk.subscriptions.of_channel(asker.team, asker.channel)
        same = [one for one in mine if set(one.filter.areas) == set(typed.filter.areas) and set(one.filter.words) == set(typed.filter.words)]
        if typed.unclear or len(same) != 1:
            return say.said("I find no single digest here with that filter. `subscriptions` lists them; `unsubscribe` alone ends all in this channel.")
        only = same[0].id
    ended = desk.subscriptions.remove(asker.team, asker.channel, asker.user, digests.publisher.now(), only)
    return say.said("Nobody gets that digest here any more." if ended else "This channel has no digest.")


def pause(digests: Digests, asker: Asker, admins: tuple[str, ...]) -> Message:
    """`pause`: nothing until `resume`."""
    if not may(asker, admins):
        return say.ask_an_admin("pause")
    paused = digests.desk.subscriptions.pause(asker.team, asker.channel, asker.user, digests.publisher.now())
    return say.said("Paused. `resume` goes on, with everything that arrives in the meantime." if paused else "There is no digest here that runs.")


def resume(digests: Digests, asker: Asker, admins: tuple[str, ...]) -> Message:
    """`resume`: from the next slot on."""
    if not may(asker, admins):
        return say.ask_an_admin("resume")
    resumed = digests.desk.subscriptions.resume(asker.team, asker.channel, asker.user, digests.publisher.now())
    if not resumed:
        return say.said("There is no digest here that is paused.")
    return say.said(f"It goes on. {_shown(digests, digests.desk.subscriptions.of_channel(asker.team, asker.channel)[0]).following}")


def subscriptions(digests: Digests, asker: Asker) -> Message:
    """`subscriptions`: this channel's first, then the workspace's."""
    mine = digests.desk.subscriptions.of_team(asker.team)
    here = [_shown(digests, one) for one in mine if one.channel == asker.channel]
    return say.subscription_list(here, [_shown(digests, one) for one in mine if one.channel != asker.channel])


def preview(digests: Digests, asker: Asker) -> Message:
    """`digest preview`: what the next one here would be, for this person only."""
    digests.sync()
    parts = digests.desk.preview(asker.team, asker.channel)
    if parts is None:
        return say.said("This channel has no digest. `subscribe mondays 9am` sets one up.")
    return say.preview_message(parts) if parts else say.said("Nothing is new since the last one.")


def post_now(digests: Digests, asker: Asker, admins: tuple[str, ...]) -> Message:
    """`digest now`: posts it, and says so to the one who asked. Takes as long as posting takes."""
    if not may(asker, admins):
        return say.ask_an_admin("digest now")
    if not digests.desk.subscriptions.of_channel(asker.team, asker.channel):
        return say.said("This channel has no digest. `subscribe mondays 9am` sets one up.")
    row = digests.post_now(asker.team, asker.channel)
    if row is None:
        return say.said("Nothing is new since the last one.")
    if row.state == "sent":
        return say.said("Posted.")
    return say.said(f"It is not out yet ({row.reason or 'Slack did not answer'}); I look after it. `digest status` shows how it goes.")


def area(digests: Digests, asker: Asker, value: str) -> Message:
    """The button "Show billing (12)" under an edition: its entries of that area, for this person only."""
    number, _, names = value.partition("|")
    lines = _lines_of(digests, asker, int(number)) if number.isdecimal() else None
    if lines is None:
        return say.said("I no longer have that edition.")
    wanted = names.split("|")
    return area_message(wanted, [line for line in lines if (line.entry.area or OTHER) in wanted], digests.desk.catalogue.episodes())


def _lines_of(digests: Digests, asker: Asker, number: int) -> Sequence[Line] | None:
    """What an edition announced, or the one that is still to come would; None when there is no such edition any more."""
    if number == PREVIEWED:
        edition = digests.desk.next_edition(asker.team, asker.channel)
        return edition.lines if edition else None
    found = next((row for row in digests.desk.ledger.rows(asker.team, asker.channel, DIGEST, 200) if row.edition == number), None)
    if found is None:
        return None
    kinds: dict[str, ArrivalKind] = {}
    for _, key, kind in found.entries:
        kinds[key] = "new" if "new" in (kind, kinds.get(key)) else kind
    return [Line(0, kinds[entry.key], entry) for entry in digests.desk.catalogue.entries(kinds)]


def ask_admin(digests: Digests, asker: Asker, what: str, admin: str | None) -> Message:
    """The button "Ask an admin": one is told, once for each thing asked."""
    if admin is None:
        return say.said("I do not know who may. Ask whoever runs Halobot here.")
    digests.desk.ledger.tell(asker.team, Notice(admin, f"asked {asker.user} {asker.channel} {what}"[:100], say.asked_for(asker.user, asker.channel, what)))
    return say.said("I have asked one of them.")


def status(digests: Digests, team: str) -> list[str]:
    """The digests' part of `status`: the last and the next one, and what failed, in words."""
    ledger, mine, zone = digests.desk.ledger, digests.desk.subscriptions.of_team(team), "UTC"
    if not mine:
        return ["No channel has a digest yet."]
    rows = ledger.rows(team, stream=DIGEST, most=200)
    sent = next((row for row in rows if row.state == "sent"), None)
    said = [f"Last digest: {moment_words(_moment(sent.finished_at or 0), zone)} UTC, in <#{sent.channel}>." if sent else "No digest was posted yet."]
    slots = [(slot.at, one) for one in mine if one.paused_by is None and (slot := _next(digests, one))]
    if slots:
        at, one = min(slots, key=lambda pair: pair[0])
        said.append(f"Next digest: {moment_words(at, one.schedule.zone)} ({one.schedule.zone}), in <#{one.channel}>.")
    said += [f"Edition {row.edition} in <#{row.channel}> failed: {row.reason}." for row in rows if row.state == "failed"][:5]
    said += [f"The digest in <#{row.channel}> is being posted." for row in rows if row.state == "sending"][:5]
    return said + [f"The digest in <#{one.channel}> is paused: Slack says {one.paused_why}." for one in mine if one.paused_by == SLACK][:5]


def _shown(digests: Digests, one: Subscription) -> say.Shown:
    if one.paused_by is not None:
        following = f"Paused: Slack says {one.paused_why}." if one.paused_by == SLACK else "Paused."
    else:
        slot = _next(digests, one)
        following = f"The next one comes on {moment_words(slot.at, one.schedule.zone)}, if there is something new." if slot else ""
    return say.Shown(one.channel, filter_words(one.filter), schedule_words(one.schedule), following, one.created_by)


def _next(digests: Digests, one: Subscription) -> Any:
    return upcoming(one.schedule, _moment(one.last_at), _moment(digests.publisher.now()), one.last_day)


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
