"""What the verbs of digests return. Plain values."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from bot.digests.changes import DigestChange
from bot.digests.entry_supply import WaitingEdition
from bot.digests.models import ScheduledSubscription
from bot.digests.subscription_parser import ParsedSubscription
from bot.storage.models import PAUSED_BY_SLACK, OutboxRow, Subscription, SubscriptionDraft

PostNowOutcome = OutboxRow | Literal["no digest", "being posted", "nothing new", "waiting"]


class NeedsClarification(NamedTuple):
    """Nothing was stored: these questions have to be answered first."""

    questions: tuple[str, ...]


class AlreadySubscribed(NamedTuple):
    """Nothing was stored, for the channel has digests: what each could become, and the one that could be added."""

    channel: str
    options: tuple[tuple[ScheduledSubscription, DigestChange], ...]
    new: SubscriptionDraft | None  # None: one of them has that filter
    notes: tuple[str, ...] = ()  # how words were understood
    mark: str = ""  # of the channel's digests


class SavedSubscription(NamedTuple):
    """A subscription that was set up or changed, what was understood, and Slack's code when it can't be posted yet."""

    scheduled: ScheduledSubscription
    is_new: bool
    parsed: ParsedSubscription
    refusal: str | None
    others: int = 0  # digests that the channel had before this new one


class DigestStatus(NamedTuple):
    """How those of a workspace's digests do that a person may read."""

    has_subscriptions: bool
    last_sent: OutboxRow | None
    next: ScheduledSubscription | None
    failed: Sequence[OutboxRow]
    sending: Sequence[OutboxRow]
    refused: Sequence[Subscription]  # paused, for Slack refuses the channel
    waiting: Sequence[WaitingEdition] = ()  # for entries that are not in the catalogue
    others: int = 0  # digests that the person may not read


def digest_status(
    scheduled: Sequence[ScheduledSubscription],
    rows: Sequence[OutboxRow],
    waiting: Sequence[WaitingEdition],
    others: int,
) -> DigestStatus:
    """How these digests do. `rows`: of the outbox, the newest first."""
    upcoming = [(row.next_slot.at, row) for row in scheduled if row.next_slot]
    return DigestStatus(
        bool(scheduled),
        last_sent=next((row for row in rows if row.state == "sent"), None),
        next=min(upcoming, key=lambda pair: pair[0])[1] if upcoming else None,
        failed=[row for row in rows if row.state == "failed"],
        sending=[row for row in rows if row.state == "sending"],
        refused=[row.subscription for row in scheduled if row.subscription.paused_by == PAUSED_BY_SLACK],
        waiting=waiting,
        others=others,
    )
