"""From what arrived and what a channel asked for to its next edition: reads the catalogue and the workspace, posts
nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from bot.catalog.models import Episode
from bot.catalog.repository import Catalog
from bot.digests.calendar import due_slot
from bot.digests.formatting import format_schedule
from bot.digests.models import Edition
from bot.digests.selection import IndexedEntry, index_entry, select_entries
from bot.slack.views.blocks import Message
from bot.slack.views.digests import digest_parts, digest_post, digest_thread
from bot.slack.views.notices import watch_message
from bot.storage.arrivals import Arrivals
from bot.storage.models import (
    DIGEST_STREAM,
    PAUSED_BY_SLACK,
    Arrival,
    CursorAdvance,
    DeliveryRequest,
    Slot,
    Subscription,
    Watch,
)
from bot.storage.outbox import Outbox
from bot.storage.subscriptions import Subscriptions
from bot.storage.watches import Watches

REFUSED_CHANNEL_RETRY_SECONDS = (
    24 * 3600.0
)  # seconds after which a schedule without slots is tried in a channel that refused
KEPT_THREADS = 32
PREVIEW_NUMBER = 0  # in place of an edition's number: the one that is still to come
Due = Slot | Literal["arrival"]


@dataclass(frozen=True)
class NewArrivals:
    """What arrived after `floor` up to `until`, with the entries as the catalogue has them: read once for many
    channels.
    """

    after_seq: int
    until_seq: int
    arrivals: tuple[Arrival, ...]
    entries: Mapping[str, IndexedEntry]
    episodes: Mapping[int, Episode]
    threads: dict[tuple[tuple[int, str], ...], list[Message]] = field(default_factory=dict, compare=False)

    def thread(self, edition: Edition) -> list[Message]:
        """An edition's thread, made once for all channels that are told the same. The few made last are kept."""
        key = tuple((line.seq, line.kind) for line in edition.items)
        made = self.threads.get(key)
        if made is None:
            made = self.threads[key] = digest_thread(edition, self.episodes)
            while len(self.threads) > KEPT_THREADS:
                self.threads.pop(next(iter(self.threads)), None)
        return made


@dataclass(frozen=True)
class DigestBuilder:
    """Where editions are put together. `matching_keys`: a question and keys in, the keys of those that answer it well out,
    best first.
    """

    catalog: Catalog
    arrivals: Arrivals
    subscriptions: Subscriptions
    outbox: Outbox
    watches: Watches
    matching_keys: Callable[[str, Collection[str]], Sequence[str]]

    def new_arrivals(self, floor: int) -> NewArrivals:
        """Everything that arrived after `floor`. The number it goes up to is read first: what arrives meanwhile is the
        next one's.
        """
        until = self.arrivals.latest_seq()
        found = tuple(self.arrivals.between(floor, until, include_silent=True))
        entries = self.catalog.entries({arrival.key for arrival in found})
        return NewArrivals(
            floor, until, found, {entry.key: index_entry(entry) for entry in entries}, self.catalog.episodes()
        )

    def due(self, subscription: Subscription, latest: int, now: float) -> Due | None:
        """What a subscription is due for: a slot, or looking at what arrived. Raises ValueError for a zone that is no
        more.
        """
        if subscription.is_paused:
            return None
        if subscription.schedule.cadence == "on arrival":
            refused = (
                subscription.paused_by == PAUSED_BY_SLACK
                and now - subscription.last_slot_at < REFUSED_CHANNEL_RETRY_SECONDS
            )
            return "arrival" if subscription.cursor < latest and not refused else None
        return due_slot(
            subscription.schedule, _moment(subscription.last_slot_at), _moment(now), subscription.last_slot_day
        )

    def build_digest(
        self, team: str, channel: str, news: NewArrivals, now: float, on_request: bool = False
    ) -> DeliveryRequest | None:
        """A channel's next edition as it is due now (or, `on_request`, whether it is due or not). None when there is
        nothing to post; then the slots that held nothing are done with.
        """
        number = self.outbox.next_edition_number(team, channel, DIGEST_STREAM)  # first of all: see there
        if number is None:
            return None
        mine = self.subscriptions.of_channel(team, channel)
        due = {one.id: "arrival" if on_request else self.due(one, news.until_seq, now) for one in mine}
        chosen = [one for one in mine if due[one.id] is not None]
        if not chosen:
            return None
        if min(one.cursor for one in chosen) < news.after_seq:
            news = self.new_arrivals(min(one.cursor for one in chosen))
        edition, told = self.edition(team, channel, chosen, news, number)
        reached = [_reached(one, news.until_seq, due[one.id]) for one in chosen]
        waiting = (
            any(one.schedule.cadence == "on arrival" for one in chosen)
            and all(due[one.id] == "arrival" for one in chosen)
            and not on_request
        )
        if waiting and edition.items and not edition.new:
            return None  # a correction waits for something new to go with
        says_so = any(one.post_when_empty and isinstance(due[one.id], Slot) for one in chosen)
        if not edition.items and not says_so:
            if not on_request:
                self.subscriptions.mark_processed(reached)
            return None
        owners = tuple(dict.fromkeys(one.created_by for one in mine))
        return DeliveryRequest(
            team,
            channel,
            DIGEST_STREAM,
            number,
            told,
            [digest_post(edition, number, news.episodes), *news.thread(edition)],
            owners,
            reached,
        )

    def edition(
        self, team: str, channel: str, chosen: list[Subscription], news: NewArrivals, number: int
    ) -> tuple[Edition, list[tuple[int, str, str]]]:
        """What these subscriptions of a channel would say of the news, and the arrivals that it tells."""
        announced = self.outbox.announced_seqs(team, channel, DIGEST_STREAM, min(one.cursor for one in chosen))
        sifted = select_entries(news.arrivals, news.entries, [one.selection_cursor for one in chosen], announced)
        since = datetime.fromtimestamp(min(one.last_slot_at for one in chosen), UTC)
        edition = Edition(
            sifted.items,
            number == 1,
            chosen[0].created_by,
            "; ".join(dict.fromkeys(format_schedule(one.schedule) for one in chosen)),
            since,
        )
        return edition, [
            (arrival.seq, arrival.key, "updated" if arrival.kind == "updated" else "new") for arrival in sifted.arrivals
        ]

    def preview(self, team: str, channel: str) -> list[Message] | None:
        """The parts of what a channel's next digest would be now; None without subscriptions, nothing in the list when
        there is nothing new.
        """
        edition = self.preview_edition(team, channel)
        if edition is None:
            return None
        return digest_parts(edition, PREVIEW_NUMBER, self.catalog.episodes()) if edition.items else []

    def preview_edition(self, team: str, channel: str) -> Edition | None:
        """What a channel's next digest would be now, whenever it is due; None without subscriptions."""
        mine = self.subscriptions.of_channel(team, channel)
        if not mine:
            return None
        number = self.outbox.next_edition_number(team, channel, DIGEST_STREAM) or 2
        return self.edition(team, channel, mine, self.new_arrivals(min(one.cursor for one in mine)), number)[0]

    def build_watch_message(self, watch: Watch, news: NewArrivals) -> DeliveryRequest | None:
        """One message with the new entries that answer a watch and that it was not told of. None when there are none,
        and then the news is done with.
        """
        stream = f"watch {watch.id}"
        number = self.outbox.next_edition_number(watch.team, watch.user, stream)
        current = self.watches.get(watch.team, watch.id)
        if number is None or current is None:
            return None
        new = {
            arrival.key: arrival
            for arrival in news.arrivals
            if arrival.seq > current.cursor and arrival.kind == "new" and arrival.key in news.entries
        }
        answers = self.matching_keys(watch.question, new) if new else []
        told = self.outbox.announced_keys(watch.team, watch.user, stream) if answers else set()
        keys = [key for key in answers if key not in told]
        if not keys:
            self.watches.mark_processed(watch.id, news.until_seq)
            return None
        message = watch_message(watch.question, watch.id, [news.entries[key].entry for key in keys], news.episodes)
        entries = [(new[key].seq, key, "new") for key in keys]
        return DeliveryRequest(
            watch.team,
            watch.user,
            stream,
            number,
            entries,
            [message],
            (watch.user,),
            (),
            (watch.id, current.cursor, news.until_seq),
        )


def _reached(one: Subscription, until: int, due: Due | None) -> CursorAdvance:
    slot = due if isinstance(due, Slot) else None
    return CursorAdvance(
        one.id,
        max(one.cursor, until),
        one.cursor,
        slot,
        one.last_slot_at,
        one.last_slot_day.isoformat() if one.last_slot_day else None,
    )


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
