"""Finds digests that are overdue: due, not posted, and for no reason that excuses it. The operator is told of them."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from bot.digests.builder import DigestBuilder
from bot.digests.calendar import latest_slot
from bot.problems import Problem
from bot.storage.models import DIGEST_STREAM, PAUSED_BY_SLACK, Subscription, utc_datetime
from bot.storage.outbox_figures import OutboxFigures

# A run looks every half minute, a lost reply is looked for after half a minute, and a 429 is waited for two minutes at
# most: in this time each of them has happened several times.
OVERDUE_SECONDS = 900.0
SEEN_SECONDS = 300.0  # for which this process has seen it: a bot that was off for a week begins with what is late
FORGET_SECONDS = 120.0  # what is being tried just now is not due for a moment
REFUSED_SECONDS = 2 * 3600.0  # what Slack refuses is tried again every hour; its owner is told at once


class OverdueDigest(NamedTuple):
    """A channel's digest that should be out."""

    team: str
    channel: str
    since: float  # seconds since 1970

    @property
    def problem(self) -> Problem:
        since = f"{utc_datetime(self.since):%d %B %H:%M} UTC"
        return Problem(
            f"digest {self.team} {self.channel}",
            f"The digest of {self.channel} ({self.team}) is due since {since} and not out. `halobot deliveries "
            f"--channel {self.channel}` says what was tried.",
            "A digest is due and not out. `halobot deliveries` says more to whoever runs me.",
        )


class _DueDigest(NamedTuple):
    subscription: Subscription
    slot_at: float | None  # None: it comes as soon as something arrives

    @property
    def key(self) -> tuple[int, float]:
        """What tells this time from the next one."""
        row = self.subscription
        return row.id, float(row.cursor) if self.slot_at is None else row.last_slot_at


class OverdueDigests:
    """Looks for them. `posts_per_minute` is how many messages the bot may post: where many digests are due at one hour,
    the last ones come later.
    """

    def __init__(self, builder: DigestBuilder, figures: OutboxFigures, posts_per_minute: int = 300) -> None:
        self._builder, self._figures, self._seconds_each = builder, figures, 60.0 / posts_per_minute
        self._seen: dict[tuple[int, float], tuple[float, float]] = {}  # what is due: when it was seen first and last
        self._found: dict[tuple[str, str], float] = {}  # by the last look

    def find(self, now: float, teams: Collection[str] | None = None) -> list[OverdueDigest]:
        """All that are overdue, of these teams or of all; one a channel, the longest first."""
        due = list(self._due(now, teams))
        self._note_seen(due, now)
        patience = OVERDUE_SECONDS + self._seconds_each * len(due)
        found: dict[tuple[str, str], float] = {}
        for one in due:
            since = self._late_since(one, patience, now)
            if since is not None:
                place = (one.subscription.team, one.subscription.channel)
                found[place] = min(since, found.get(place, since))
        for team, channel, claimed_at in self._figures.sending(DIGEST_STREAM, teams):
            place = (team, channel)
            since = min(claimed_at, self._found.get(place, claimed_at))
            if now - since >= patience and not self._is_paused(*place):
                found[place] = min(since, found.get(place, since))
        self._found = found
        by_age = sorted(found.items(), key=lambda item: (item[1], item[0]))
        return [OverdueDigest(team, channel, since) for (team, channel), since in by_age]

    def _due(self, now: float, teams: Collection[str] | None) -> Iterator[_DueDigest]:
        latest_seq = self._builder.arrivals.latest_seq()
        for subscription in self._builder.subscriptions.active():
            if subscription.paused_by == PAUSED_BY_SLACK or (teams is not None and subscription.team not in teams):
                continue
            try:
                due = self._builder.due(subscription, latest_seq, now)
                slot = latest_slot(subscription.schedule, utc_datetime(now)) if due else None
            except ValueError:  # a time zone that cannot be read; the run logs it
                continue
            if due is not None:
                yield _DueDigest(subscription, slot.at.timestamp() if slot else None)

    def _note_seen(self, due: Collection[_DueDigest], now: float) -> None:
        for one in due:
            first, _ = self._seen.get(one.key, (now, now))
            self._seen[one.key] = (first, now)
        self._seen = {key: times for key, times in self._seen.items() if now - times[1] <= FORGET_SECONDS}

    def _late_since(self, due: _DueDigest, patience: float, now: float) -> float | None:
        """Since when it should be out; None where it is not late, or waits for what has an end and is told to others:
        for changes that are not at hand, or until it may be tried again.
        """
        team, channel = due.subscription.team, due.subscription.channel
        first_seen, _ = self._seen[due.key]
        since = first_seen if due.slot_at is None else due.slot_at
        if now - first_seen < SEEN_SECONDS or now - since < patience or (team, channel) in self._builder.waiting:
            return None
        is_resting = self._builder.outbox.next_edition_number(team, channel, DIGEST_STREAM, now) is None
        return None if is_resting and now - since < REFUSED_SECONDS else since

    def _is_paused(self, team: str, channel: str) -> bool:
        rows = self._builder.subscriptions.of_channel(team, channel)
        return bool(rows) and all(row.paused_by is not None for row in rows)
