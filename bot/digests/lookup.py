"""What there is of digests, and who may read it. Nothing here changes anything."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.digests.calendar import next_due_slot, next_slot
from bot.digests.models import ScheduledSubscription
from bot.digests.rights import Actor, DigestRights, ReadableDigests
from bot.storage.models import Slot, Subscription, utc_datetime
from bot.storage.subscriptions import Subscriptions


class DigestLookup:
    """The workspace's digests as people ask for them, each with its next slot."""

    def __init__(self, subscriptions: Subscriptions, rights: DigestRights, now: Callable[[], float]) -> None:
        self._subscriptions, self._rights, self._now = subscriptions, rights, now

    def of_channel(self, actor: Actor, channel: str = "") -> list[ScheduledSubscription]:
        """The subscriptions of this channel, or of another one, oldest first."""
        return [self._scheduled(row) for row in self._subscriptions.of_channel(actor.team, channel or actor.channel)]

    def candidates(self, actor: Actor) -> list[ScheduledSubscription]:
        """The digests that a person means who names none: this channel's; in a direct message those they set up."""
        rows = self.of_channel(actor)
        if not actor.is_direct:
            return rows
        own = [row for row in self._subscriptions.of_team(actor.team) if row.created_by == actor.user]
        split = self._rights.split_readable(actor, [row for row in own if row.channel != actor.channel])
        return [*rows, *map(self._scheduled, split.readable)]

    def find(self, team: str, subscription_id: int) -> ScheduledSubscription | None:
        """One subscription with its next slot, or None when it is gone."""
        row = self._subscriptions.get(team, subscription_id)
        return self._scheduled(row) if row else None

    def subscription(self, team: str, subscription_id: int) -> Subscription | None:
        """One subscription, or None when it is gone."""
        return self._subscriptions.get(team, subscription_id)

    def subscriptions(self, team: str) -> list[ScheduledSubscription]:
        """All subscriptions of a workspace."""
        return [self._scheduled(row) for row in self._subscriptions.of_team(team)]

    def readable(self, actor: Actor) -> tuple[list[ScheduledSubscription], ReadableDigests]:
        """The workspace's subscriptions that a person may read, and how many others there are."""
        split = self._rights.split_readable(actor, self._subscriptions.of_team(actor.team))
        return [self._scheduled(row) for row in split.readable], split

    def ended(self, team: str, subscription_id: int) -> Subscription | None:
        """A subscription that was removed less than a day ago."""
        return self._subscriptions.ended(team, subscription_id, self._now())

    def ended_here(self, actor: Actor) -> list[Subscription]:
        """What was removed from this channel less than a day ago, the last one first; in a direct message, of what the
        person had set up.
        """
        ended = self._subscriptions.ended_of_team(actor.team, self._now())
        own = [
            row for row in ended if row.channel == actor.channel or (actor.is_direct and row.created_by == actor.user)
        ]
        return list(self._rights.split_readable(actor, own).readable)

    def next_after(self, subscription: Subscription, moment: datetime) -> Slot | None:
        """The first slot that is not before this moment."""
        return next_slot(subscription.schedule, moment - timedelta(seconds=1))

    def _scheduled(self, subscription: Subscription) -> ScheduledSubscription:
        if subscription.paused_by is not None and subscription.paused_until is None:
            return ScheduledSubscription(subscription, None)
        if subscription.paused_until is not None:
            end = utc_datetime(subscription.paused_until)
            return ScheduledSubscription(subscription, self.next_after(subscription, end))
        last_slot, now = utc_datetime(subscription.last_slot_at), utc_datetime(self._now())
        slot = next_due_slot(subscription.schedule, last_slot, now, subscription.last_slot_day)
        return ScheduledSubscription(subscription, slot)
