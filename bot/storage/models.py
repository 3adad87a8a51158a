"""The values that the workspace database stores, and that other packages work with. Nothing here reads or writes.

A field whose name ends in `_at` is a float: seconds since 1970 in UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Literal, NamedTuple

from bot.catalog.models import Version

Cadence = Literal["daily", "weekly", "fortnightly", "monthly", "on arrival"]
ArrivalKind = Literal["new", "updated"]
LAST_IN_MONTH = -1  # as `nth`: the last such weekday of a month
PAUSED_BY_SLACK = "slack"  # as `paused_by`: Slack refuses the channel
PAUSED_BY_UNINSTALL = "uninstall"  # as `paused_by`: the app is not installed in the workspace any more
DIGEST_STREAM = "digest"
UNKNOWN_DELIVERY = "?"  # in place of a message's ts: nobody can tell whether it was posted


def utc_datetime(seconds: float) -> datetime:
    """Seconds since 1970 as a datetime in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


# -- subscriptions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a channel gets its digest, by the clock of a time zone."""

    cadence: Cadence = "weekly"
    weekdays: tuple[int, ...] = (0,)  # Monday is 0; for weekly and fortnightly, and for monthly with `nth`
    time_of_day: time = time(9)
    zone: str = "UTC"  # IANA name
    day: int | None = None  # monthly: the day of the month; in a shorter month, its last day
    nth: int | None = None  # monthly: instead of `day`, the nth such weekday, 1 to 4 or LAST_IN_MONTH
    anchor_date: date | None = None  # fortnightly: any day of a week that has a digest

    def __post_init__(self) -> None:
        """Raises ValueError for a schedule that never comes."""
        if self.cadence in ("weekly", "fortnightly") and not self.weekdays:
            raise ValueError("a weekly schedule needs a weekday")
        if any(not 0 <= weekday <= 6 for weekday in self.weekdays):
            raise ValueError("a weekday is 0 (Monday) to 6 (Sunday)")
        if self.cadence == "fortnightly" and self.anchor_date is None:
            raise ValueError("every two weeks needs a week to start from")
        if self.cadence == "monthly" and self.nth is None and not 1 <= (self.day or 0) <= 31:
            raise ValueError("a monthly schedule needs a day from 1 to 31, or the nth weekday")
        if self.nth is not None and (self.nth not in (1, 2, 3, 4, LAST_IN_MONTH) or not self.weekdays):
            raise ValueError("the nth weekday of a month is 1 to 4, or the last")


class Slot(NamedTuple):
    """One time at which a schedule wants a digest. The day, on the calendar of its zone, tells slots apart."""

    day: date
    at: datetime  # in UTC


@dataclass(frozen=True, slots=True)
class SubscriptionFilter:
    """Which entries a subscription wants. Empty: all of them."""

    areas: tuple[str, ...] = ()  # an entry is wanted that is in one of these areas
    words: tuple[str, ...] = ()  # or that has one of these words
    without_areas: tuple[str, ...] = ()
    without_words: tuple[str, ...] = ()
    highlights: bool = False  # only highlighted entries, and those with a caution
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class SubscriptionCursor:
    """The filter of a subscription, and how far it has come in the arrivals (by their `seq`)."""

    filter: SubscriptionFilter
    cursor: int  # arrivals up to this one were looked at
    start_seq: int = 0  # the last arrival when it was set up; those up to it count only
    from_version: Version | None = None  # from this version on


# What came of a change. "changed" and "gone": it is not what the person had seen any more; "taken": another one of its
# channel has that filter.
ChangeOutcome = Literal["done", "already so", "changed", "gone", "taken"]


@dataclass(frozen=True)
class Subscription:
    """A channel's subscription as it is stored."""

    id: int
    team: str
    channel: str
    filter: SubscriptionFilter
    schedule: Schedule
    post_when_empty: bool
    created_by: str
    created_at: float
    cursor: int
    start_seq: int
    from_version: Version | None
    last_slot_at: float  # its last slot, or when the schedule was set
    last_slot_day: date | None
    paused_by: str | None  # a person's id, or PAUSED_BY_SLACK
    pause_reason: str | None
    paused_until: float | None = None  # when it goes on by itself; None: when somebody resumes it

    @property
    def contents(self) -> tuple[str, SubscriptionFilter, Schedule, bool]:
        """What a person knows it by: where it comes, what it contains and when it comes."""
        return self.channel, self.filter, self.schedule, self.post_when_empty

    @property
    def selection_cursor(self) -> SubscriptionCursor:
        return SubscriptionCursor(self.filter, self.cursor, self.start_seq, self.from_version)

    @property
    def is_paused(self) -> bool:
        """Whether a person paused it. Where Slack refuses, its slots are still tried: so it resumes by itself."""
        return self.paused_by is not None and self.paused_by != PAUSED_BY_SLACK


@dataclass(frozen=True)
class SubscriptionDraft:
    """What someone wants to subscribe to."""

    filter: SubscriptionFilter
    schedule: Schedule
    from_version: Version | None = None
    post_when_empty: bool = False


@dataclass(frozen=True)
class CursorAdvance:
    """A subscription's step forward: the arrivals looked at, the slot they were looked at for, and what was before."""

    subscription_id: int
    new_cursor: int
    previous_cursor: int
    slot: Slot | None = None  # None: posted on request or on arrival, which leaves the schedule alone
    previous_slot_at: float = 0.0
    previous_slot_day: str | None = None

    def to_json(self) -> list[Any]:
        """For the outbox, to be read by `from_json`."""
        slot = [self.slot.day.isoformat(), self.slot.at.timestamp()] if self.slot else None
        step = [self.subscription_id, self.new_cursor, self.previous_cursor]
        return [*step, slot, self.previous_slot_at, self.previous_slot_day]

    @classmethod
    def from_json(cls, record: list[Any]) -> "CursorAdvance":
        """What `to_json` made."""
        subscription_id, new_cursor, previous_cursor, slot, previous_at, previous_day = record
        read_slot = Slot(date.fromisoformat(slot[0]), utc_datetime(slot[1])) if slot else None
        return cls(subscription_id, new_cursor, previous_cursor, read_slot, previous_at, previous_day)


# -- arrivals, watches and sources ------------------------------------------------------------------------------------


class Arrival(NamedTuple):
    """When this installation first saw an entry, or a new text of one. `seq` only grows.

    The kind "silent": the entry came with a source's first reading. It is no news, and is posted only where a
    subscription wants everything from a version on. "known": the text stayed the same, but a fact that filters ask for
    became known. "back": an entry that was taken back is there again, and those who were not told of it before are
    told now.
    """

    seq: int
    key: str
    kind: ArrivalKind | Literal["silent", "known", "back"]


class EntryFacts(NamedTuple):
    """What filters ask of an entry beside its text."""

    is_highlighted: bool
    has_caution: bool
    area: str | None
    versions: tuple[Version, ...]  # its version, or those that it may belong to


class Presence(NamedTuple):
    """Whether an entry is in the catalogue from an arrival on."""

    seq: int
    seen_at: float
    is_there: bool


class KeyHistory(NamedTuple):
    """What was seen of an entry, and when."""

    first_seq: int
    first_kind: str
    facts: tuple[tuple[int, EntryFacts], ...]  # the seq of an arrival, and the facts from then on; in order
    presence: tuple[Presence, ...] = ()  # of each arrival, in order

    def was_there(self, seq: int) -> bool:
        """Whether the entry was in the catalogue after the arrival with this seq."""
        return next((seen.is_there for seen in reversed(self.presence) if seen.seq <= seq), False)

    def was_there_at(self, moment: float) -> bool:
        """Whether the entry was in the catalogue at this moment, in seconds since 1970."""
        return next((seen.is_there for seen in reversed(self.presence) if seen.seen_at <= moment), False)

    def facts_before(self, seq: int) -> EntryFacts | None:
        """The facts before this arrival; None where nobody knows them."""
        return next((facts for known_at, facts in reversed(self.facts) if known_at < seq), None)


@dataclass(frozen=True)
class Watch:
    """A person's saved question."""

    id: int
    team: str
    user: str
    question: str
    created_at: float
    cursor: int  # arrivals up to this one were looked at


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of a source between readings, across restarts."""

    name: str
    etag: str | None = None
    last_modified: str | None = None
    fingerprint: str | None = None  # of files, and of a feed's posts, as they were read
    last_try: datetime | None = None
    last_success: datetime | None = None  # when all of it was read
    error: str | None = None
    failures: int = 0  # since the last success
    notified: datetime | None = None  # when the operator was last told
    first_read: datetime | None = None  # when anything of it was read for the first time
    catalog_id: str | None = None  # what it was read into: of a new catalogue, nothing is known to be unchanged
    format: str | None = None  # what it was when it was last read: "posts" of a feed or list, or a document's format
    content_hash: str | None = None  # of a post's page: some servers say nothing by which a change is known
    part_of: str | None = None  # the source that a post belongs to
    last_news: datetime | None = None  # when it last brought something
    told_quiet: datetime | None = None  # when the operator was told that it brings nothing any more


class ForgottenCounts(NamedTuple):
    """What was erased of a person, and what goes on without their name."""

    watches: int
    conversations: int  # last answers, in direct messages
    messages: int  # records of direct messages that were sent unasked
    events: int  # of the audit log
    digests: int  # which they had set up


# -- proposals --------------------------------------------------------------------------------------------------------

ProposalField = Literal["phrasing", "area", "impact", "summary"]
ProposalOrigin = Literal["person", "llm", "question"]  # whose words these are; "question": one that an answer helped
ProposalState = Literal["open", "accepted", "dismissed"]


class ProposalDraft(NamedTuple):
    """What is proposed for an entry: one phrasing, or another field of its description."""

    key: str
    field: ProposalField
    text: str
    origin: ProposalOrigin
    author: str = ""  # who wrote it, as far as it is said: a name, a model


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as it is stored."""

    id: int
    key: str
    field: ProposalField
    text: str
    origin: ProposalOrigin
    author: str
    state: ProposalState
    proposed_at: float


# -- the outbox -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OutboxRow:
    """One row of the outbox: an edition of a digest, a watch's message, or a notice."""

    id: int
    team: str
    channel: str  # or a person's id, for a direct message
    stream: str  # what the editions are numbered in: DIGEST_STREAM, "watches", "notice …"
    edition: int
    state: str  # planned, sending, sent, failed
    nonce: str | None  # part of each message's metadata, by which a lost one is found
    owner: str | None
    lease_until: float | None  # seconds since 1970, like all times here
    claimed_at: float | None
    entries: list[list[Any]]  # [seq, key, "new" or "updated"]
    cursor_moves: dict[str, Any] | None  # what the claim moved forward, to move it back when nothing was posted
    parts: list[dict[str, Any]] | None  # the messages; None once all of them are posted
    part_count: int
    attempted_part: int | None  # the index of the part that may have been posted last
    posted_ts: list[str]  # the ts of each part that was posted, or UNKNOWN_DELIVERY
    conversation_id: str | None  # where Slack put them
    notify_users: list[str]  # who is told when it fails
    reason: str | None
    finished_at: float | None
    held_since: float | None = None  # when it was claimed, by the clock of the leases

    @property
    def entry_keys(self) -> list[str]:
        """The entries it announces."""
        return [key for _, key, _ in self.entries]


class Announced(NamedTuple):
    """Arrivals by seq and entries by key. `is_sending`: one of the editions is being sent; what it announces may be
    given back at any moment, and is news again then.
    """

    seqs: frozenset[int]
    keys: frozenset[str]
    is_sending: bool


@dataclass(frozen=True)
class DeliveryRequest:
    """What a claim freezes, and the cursors that it moves forward in the same transaction."""

    team: str
    channel: str
    stream: str
    edition: int
    entries: Sequence[tuple[int, str, str]]
    parts: Sequence[dict[str, Any]]
    notify_users: Sequence[str] = ()
    cursor_advances: Sequence[CursorAdvance] = ()
    watch_advances: Sequence[tuple[int, int, int]] = ()  # of each watch its id, its cursor before, and after


@dataclass(frozen=True)
class Notice:
    """A message to one person that is sent once; `dedup_key` tells it from all others."""

    user: str
    dedup_key: str
    message: dict[str, Any]


@dataclass(frozen=True)
class ChannelPause:
    """Why Slack refuses a channel, and the message to whoever set its digests up, who is told once."""

    reason: str
    message: dict[str, Any]
