"""Builds a channel's next edition and a person's next watch message from what arrived. Posts nothing."""

import logging
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, Protocol

from bot.catalog.models import Episode, Filters, Version
from bot.catalog.repository import Catalog
from bot.digests.calendar import due_slot, next_slot
from bot.digests.entry_supply import EntrySupply, WaitingEdition
from bot.digests.formatting import format_schedule
from bot.digests.models import Edition, PlannedDigest, PlannedWatchMessage, ScheduledSubscription
from bot.digests.selection import IndexedEntry, index_entry, may_be_news, select_entries
from bot.digests.watch_subjects import WatchSubject, arrived_for, read_subject
from bot.storage.arrivals import Arrivals
from bot.storage.models import (
    DIGEST_STREAM,
    PAUSED_BY_SLACK,
    Announced,
    Arrival,
    CursorAdvance,
    KeyHistory,
    Slot,
    Subscription,
    Watch,
    utc_datetime,
)
from bot.storage.outbox import Outbox
from bot.storage.subscriptions import Subscriptions
from bot.storage.watches import Watches

log = logging.getLogger(__name__)
REFUSED_CHANNEL_RETRY_SECONDS = 24 * 3600.0  # for a schedule without slots, in a channel that Slack refused
MAX_WAIT_SECONDS = 24 * 3600.0  # for entries that are not in the catalogue; then the others are posted without them
MIN_WAIT_SECONDS = 900.0  # from when this process noticed: a bot that was off for days first brings them back
WATCH_STREAM = "watches"  # of a person; numbered as one, so that several processes tell the same thing once
NEWS = ("new", "back")  # kinds of arrivals that are news to those who were not told of the entry
_NUMBER = re.compile(r"\d{5,9}")
Due = Slot | Literal["arrival"]


class NewArrivals(NamedTuple):
    """The arrivals after `after_seq` up to `until_seq`, with the catalogue's entries by key: read once for many
    channels.
    """

    after_seq: int
    until_seq: int
    arrivals: tuple[Arrival, ...]
    entries: Mapping[str, IndexedEntry]
    episodes: Mapping[int, Episode]
    missing: frozenset[str] = frozenset()  # keys of entries that should be in the catalogue and are not
    histories: Mapping[str, KeyHistory] = {}  # of the entries that were corrected, got known or are there again

    def of_watch(self, watch: Watch) -> "NewArrivals":
        """Without what is there again and was there when the watch began: whoever asked has missed nothing of it."""
        return self._replace(
            arrivals=tuple(
                arrival
                for arrival in self.arrivals
                if arrival.kind != "back" or not self.histories[arrival.key].was_there_at(watch.created_at)
            )
        )


class DigestMaterial(Protocol):
    """What a team with changes of its own sees instead of what everybody does: the first three as in `DigestBuilder`,
    the others as in `EntrySupply`.
    """

    @property
    def catalog(self) -> Catalog: ...
    @property
    def arrivals(self) -> Arrivals: ...
    @property
    def matching_keys(self) -> Callable[[str, Collection[str]], Sequence[str]]: ...
    def expected(self, keys: Collection[str]) -> Collection[str]: ...
    def restore(self, keys: Collection[str]) -> object: ...
    def require_current(self) -> object: ...


def no_view(team: str) -> None:
    """Where all teams share one catalogue."""


@dataclass(frozen=True)
class DigestBuilder:
    """Builds editions and watch messages from these stores.

    `matching_keys(question, keys)` returns those of the keys whose entries answer the question well, best first.
    `view_of(team)` is what that team sees; None where it has nothing of its own.
    """

    catalog: Catalog
    arrivals: Arrivals
    subscriptions: Subscriptions
    outbox: Outbox
    watches: Watches
    matching_keys: Callable[[str, Collection[str]], Sequence[str]]
    supply: EntrySupply | None = None
    waiting: dict[tuple[str, str], WaitingEdition] = field(default_factory=dict)  # by team and channel
    view_of: Callable[[str], DigestMaterial | None] = no_view

    def of_team(self, team: str) -> "DigestBuilder":
        """The builder of a team's editions and watch messages. Raises HalobotError where its catalogue cannot be
        had.
        """
        view = self.view_of(team)
        if view is None:
            return self
        supply = EntrySupply(view.catalog, view.expected, view.restore, require_current=view.require_current)
        own: dict[str, Any] = {"catalog": view.catalog, "arrivals": view.arrivals, "matching_keys": view.matching_keys}
        return replace(self, **own, supply=supply, view_of=no_view)

    def new_arrivals(self, after_seq: int) -> NewArrivals:
        """Everything that arrived after this seq. Raises HalobotError where this process's catalogue is behind, because
        it would announce an entry as it was before.
        """
        until_seq = self.arrivals.latest_seq()  # read first: what arrives meanwhile belongs to the next edition
        arrivals = tuple(self.arrivals.between(after_seq, until_seq, include_silent=True))
        supply = self.supply or EntrySupply(self.catalog)
        supply.require_current()  # with all that was recorded of these arrivals
        entries, missing = supply.find({arrival.key for arrival in arrivals})
        indexed = {entry.key: index_entry(entry) for entry in entries}
        histories = self.arrivals.histories(one.key for one in arrivals if one.kind in ("updated", "known", "back"))
        return NewArrivals(after_seq, until_seq, arrivals, indexed, self.catalog.episodes(), missing, histories)

    def due(self, subscription: Subscription, latest_seq: int, now: float) -> Due | None:
        """What a subscription is due for: a slot, or "arrival" when it posts as soon as something arrives. None when it
        isn't due. Raises ValueError where its time zone cannot be read.
        """
        if subscription.is_paused:
            return None
        since_last = now - subscription.last_slot_at
        if subscription.schedule.cadence == "on arrival":
            is_refused = subscription.paused_by == PAUSED_BY_SLACK and since_last < REFUSED_CHANNEL_RETRY_SECONDS
            return "arrival" if subscription.cursor < latest_seq and not is_refused else None
        last_slot = utc_datetime(subscription.last_slot_at)
        return due_slot(subscription.schedule, last_slot, utc_datetime(now), subscription.last_slot_day)

    def build_digest(
        self, team: str, channel: str, news: NewArrivals, now: float, on_request: bool = False
    ) -> PlannedDigest | None:
        """A channel's next edition from its subscriptions that are due, or with `on_request` from all of them.

        Returns None when there is nothing to post. The slots that had nothing are then done with; while entries are
        waited for, they are not.
        """
        # Before anything else: see there. Who asks for it now does not wait until it may be tried again.
        number = self.outbox.next_edition_number(team, channel, DIGEST_STREAM, None if on_request else now)
        if number is None:
            return None
        subscriptions = self.subscriptions.of_channel(team, channel)
        due = {row.id: "arrival" if on_request else self.due(row, news.until_seq, now) for row in subscriptions}
        chosen = [row for row in subscriptions if due[row.id] is not None]
        if not chosen:
            return None
        first_cursor = min(row.cursor for row in chosen)
        if first_cursor < news.after_seq:
            news = self.new_arrivals(first_cursor)
        announced = self._announced(team, channel, chosen, news)
        if announced.is_sending:  # another process was quicker; what it announces may become news again
            return None
        missing = _missing_arrivals(chosen, news, announced)
        if self._waits(team, channel, missing, chosen, now):
            return None
        # Nothing from the first missing one on is done with; what is posted of it now, the outbox knows.
        until_seq = min((arrival.seq for arrival in missing), default=news.until_seq + 1) - 1
        edition, arrivals = _select_edition(chosen, news, number, announced)
        advances = tuple(_cursor_advance(row, until_seq, due[row.id]) for row in chosen)
        if not on_request and _waits_for_something_new(edition, chosen, due):
            return None
        is_posted_empty = any(row.post_when_empty and isinstance(due[row.id], Slot) for row in chosen)
        if not edition.items and not is_posted_empty:
            if not on_request:
                self.subscriptions.mark_processed(advances)
            return None
        notify_users = tuple(dict.fromkeys(row.created_by for row in subscriptions if row.created_by))
        upcoming = tuple(_scheduled_after(row, now) for row in subscriptions) if edition.is_first else ()
        return PlannedDigest(team, channel, number, edition, news.episodes, arrivals, notify_users, advances, upcoming)

    def missing_keys(self) -> frozenset[str]:
        """The entries that digests are still to tell, and that should be in the catalogue and are not."""
        cursors = [row.cursor for row in self.subscriptions.active()]
        return self.new_arrivals(min(cursors)).missing if cursors else frozenset()

    def forget_waiting_except(self, due: Collection[tuple[str, str]]) -> None:
        """Only these channels can be waiting still: for the others, another process posted or the digest was ended."""
        for team_and_channel in set(self.waiting) - set(due):
            self.waiting.pop(team_and_channel, None)

    def _announced(self, team: str, channel: str, chosen: Sequence[Subscription], news: NewArrivals) -> Announced:
        """What this channel was told of the news; where some of it is about what arrived before, of everything."""
        first = -1 if news.histories else min(row.cursor for row in chosen)
        return self.outbox.announced(team, channel, [DIGEST_STREAM], first)

    def _waits(
        self, team: str, channel: str, missing: Sequence[Arrival], chosen: Sequence[Subscription], now: float
    ) -> bool:
        """Whether an edition waits for entries that are not at hand: for a day from its slot, a while from when this
        process noticed; then the others are posted.
        """
        known = self.waiting.pop((team, channel), None)
        if not missing:
            return False
        keys = tuple(dict.fromkeys(arrival.key for arrival in missing))
        since = min([now, *([known.since] if known else []), *_missed_slots(chosen)])
        noticed = min(now, known.noticed if known else now)
        edition = self.waiting[team, channel] = WaitingEdition(team, channel, keys, since, noticed)
        if known is None or known.keys != keys:
            log.warning("%s", edition)
        return now - since < MAX_WAIT_SECONDS or now - noticed < MIN_WAIT_SECONDS

    def select_edition(
        self, team: str, channel: str, chosen: Sequence[Subscription], news: NewArrivals, number: int
    ) -> Edition:
        """The edition that these subscriptions of a channel would make of the news, as a preview."""
        return _select_edition(chosen, news, number, self._announced(team, channel, chosen, news))[0]

    def preview_edition(self, team: str, channel: str) -> Edition | None:
        """What a channel's next digest would be now, whenever it is due; None without subscriptions."""
        subscriptions = self.subscriptions.of_channel(team, channel)
        if not subscriptions:
            return None
        number = self.outbox.next_edition_number(team, channel, DIGEST_STREAM) or 2
        news = self.new_arrivals(min(row.cursor for row in subscriptions))
        return self.select_edition(team, channel, subscriptions, news, number)

    def build_watch_message(self, team: str, user: str, news: NewArrivals, now: float) -> PlannedWatchMessage | None:
        """One message with what answers a person's watches and was not announced yet: what is new, and corrections of
        an entry whose number is watched.

        Returns None when there is nothing. The watches are then done with these arrivals.
        """
        number = self.outbox.next_edition_number(team, user, WATCH_STREAM, now)
        if number is None:
            return None
        told: Announced | None = None
        areas = self.catalog.areas()
        answered, found = list[tuple[int, int, int]](), dict[tuple[str, str], int]()
        watches = self.watches.of_person(team, user)
        for watch in watches:
            news_of_watch = news.of_watch(watch)
            arrived, until_seq = _arrived_for(watch, news_of_watch)
            subject = read_subject(watch.question, areas)
            if told is None and (arrived or subject):
                streams = [WATCH_STREAM, *(f"watch {one.id}" for one in watches)]  # they had streams of their own once
                told = self.outbox.announced(team, user, streams)
                if told.is_sending:  # another process was quicker; what it announces may become news again
                    return None
            told_keys = told.keys if told else frozenset[str]()
            keys = self._answering(watch.question, arrived, told_keys)
            of_subject = self._of_subject(subject, watch.cursor, news_of_watch, told_keys) if subject else {}
            if keys or of_subject:
                answered.append((watch.id, watch.cursor, until_seq))
                found |= {(key, "new"): seq for key, seq in of_subject.items()}
                found |= {(key, _kind_told(arrived[key])): arrived[key].seq for key in keys}
            elif watch.cursor < until_seq:
                self.watches.mark_processed(watch.id, until_seq)
        if not answered:
            return None
        ids = [watch_id for watch_id, _, _ in answered]
        return PlannedWatchMessage(
            team,
            user,
            WATCH_STREAM,
            number,
            tuple(watch for watch in watches if watch.id in ids),
            entries=tuple(news.entries[key].entry for key in dict.fromkeys(key for key, _ in found)),
            episodes=news.episodes,
            announced=tuple((seq, key, kind) for (key, kind), seq in found.items()),
            watch_advances=tuple(answered),
        )

    def _of_subject(
        self, subject: WatchSubject, cursor: int, news: NewArrivals, told: Collection[str]
    ) -> dict[str, int]:
        """What of an area or a version arrived: the keys with their seqs, in reading order."""

        def keys_of_version(version: Version) -> list[str]:
            return self.catalog.keys_matching(Filters(versions=(version,)))

        return arrived_for(subject, cursor, news.arrivals, news.entries, news.histories, told, keys_of_version)

    def _answering(self, question: str, arrived: Mapping[str, Arrival], told: Collection[str]) -> list[str]:
        """What of this answers a watch, best first."""
        new = [key for key, arrival in arrived.items() if arrival.kind in NEWS and key not in told]
        matching = self.matching_keys(question, new) if new else []
        return [*matching, *(key for key, arrival in arrived.items() if arrival.kind == "updated")]


def _arrived_for(watch: Watch, news: NewArrivals) -> tuple[dict[str, Arrival], int]:
    """What a watch has to look at, by key, and up to which seq it is done then. What is missing is looked at later."""
    numbers = set(_NUMBER.findall(watch.question))
    arrived = dict[str, Arrival]()
    for arrival in news.arrivals:
        is_watched = arrival.kind in NEWS or (arrival.kind == "updated" and arrival.key in numbers)
        if arrival.seq > watch.cursor and is_watched and arrival.key in news.entries:
            arrived.setdefault(arrival.key, arrival)
    unseen = (a.seq for a in news.arrivals if a.seq > watch.cursor and a.kind in NEWS and a.key in news.missing)
    return arrived, min(unseen, default=news.until_seq + 1) - 1


def _kind_told(arrival: Arrival) -> str:
    return "new" if arrival.kind in NEWS else arrival.kind


def _missing_arrivals(chosen: Sequence[Subscription], news: NewArrivals, announced: Announced) -> list[Arrival]:
    """What these subscriptions may be waiting for: whether they want it, only the entry could tell."""
    return [
        arrival
        for arrival in news.arrivals
        if arrival.key in news.missing
        and arrival.seq not in announced.seqs
        and any(may_be_news(row.selection_cursor, arrival) for row in chosen)
    ]


def _select_edition(
    chosen: Sequence[Subscription], news: NewArrivals, number: int, announced: Announced
) -> tuple[Edition, tuple[tuple[int, str, str], ...]]:
    """The edition that these subscriptions of a channel make of the news, and the arrivals that it announces."""
    cursors = [row.selection_cursor for row in chosen]
    told = announced.keys if news.histories else frozenset[str]()
    selection = select_entries(news.arrivals, news.entries, cursors, announced.seqs, news.histories, told)
    edition = Edition(
        selection.items,
        is_first=number == 1,
        set_up_by=chosen[0].created_by,
        schedule="; ".join(dict.fromkeys(format_schedule(row.schedule) for row in chosen)),
        since=utc_datetime(min(row.last_slot_at for row in chosen)),
    )
    return edition, tuple((arrival.seq, arrival.key, kind) for arrival, kind in selection.arrivals)


def _waits_for_something_new(edition: Edition, chosen: Sequence[Subscription], due: Mapping[int, Due | None]) -> bool:
    """Whether it holds corrections only, and nothing but arrivals set it off: then they wait for something new."""
    is_on_arrival = any(row.schedule.cadence == "on arrival" for row in chosen)
    has_slot = any(due[row.id] != "arrival" for row in chosen)
    return is_on_arrival and not has_slot and bool(edition.items) and not edition.new


def _scheduled_after(subscription: Subscription, now: float) -> ScheduledSubscription:
    """A subscription and the slot that follows what is posted now."""
    following = None if subscription.is_paused else next_slot(subscription.schedule, utc_datetime(now))
    return ScheduledSubscription(subscription, following)


def _missed_slots(chosen: Sequence[Subscription]) -> list[float]:
    """The first slots that these subscriptions still wait for."""
    slots = (next_slot(row.schedule, utc_datetime(row.last_slot_at)) for row in chosen)
    return [slot.at.timestamp() for slot in slots if slot is not None]


def _cursor_advance(subscription: Subscription, until_seq: int, due: Due | None) -> CursorAdvance:
    return CursorAdvance(
        subscription.id,
        max(subscription.cursor, until_seq),
        subscription.cursor,
        due if isinstance(due, Slot) else None,
        subscription.last_slot_at,
        subscription.last_slot_day.isoformat() if subscription.last_slot_day else None,
    )
