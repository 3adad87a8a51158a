"""Values that the workspace database keeps and that other packages work with: what a channel subscribed to, and what
arrived. Nothing here reads or writes anything.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, NamedTuple

from bot.catalog.models import Version

Cadence = Literal["daily", "weekly", "fortnightly", "monthly", "on arrival"]
ArrivalKind = Literal["new", "updated"]
LAST_IN_MONTH = -1  # as `nth`: the last such weekday of a month


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a channel wants its digest, as its people say it: on the clock of their zone."""

    cadence: Cadence = "weekly"
    weekdays: tuple[int, ...] = (0,)  # Monday is 0; weekly and fortnightly, and with `nth` monthly
    time_of_day: time = time(9)
    zone: str = "UTC"  # IANA name
    day: int | None = None  # monthly: the day of the month; a month that is too short uses its last day
    nth: int | None = None  # monthly: the nth such weekday instead, 1 to 4 or LAST
    anchor_date: date | None = None  # fortnightly: any day of a week that has a digest

    def __post_init__(self) -> None:
        """Raises ValueError for what can never come."""
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
    """One time at which a schedule wants a digest: the day on its zone's calendar, which tells slots apart, and the
    moment.
    """

    day: date
    at: datetime  # in UTC


@dataclass(frozen=True, slots=True)
class SubscriptionFilter:
    """What a subscription wants to hear of. Empty: everything."""

    areas: tuple[str, ...] = ()  # or
    words: tuple[str, ...] = ()  # in any of these areas, or saying any of these words
    without_areas: tuple[str, ...] = ()
    without_words: tuple[str, ...] = ()
    highlights: bool = False  # only what the hosts called important or told to test first
    versions: tuple[Version, ...] = ()


class Arrival(NamedTuple):
    """When this installation first saw an entry, or a corrected text of it. `seq` only grows. A silent one came in with
    a source's
    first reading: it is no news, and only told to who asks for what is known from a version on."""

    seq: int
    key: str
    kind: ArrivalKind | Literal["silent"]


@dataclass(frozen=True, slots=True)
class SubscriptionCursor:
    """One of a channel's filters, and what its channel has seen of the arrivals."""

    filter: SubscriptionFilter
    cursor: int  # arrivals up to this one were looked at
    start_seq: int = 0  # arrivals up to this one were there when it was set up, and count only
    from_version: Version | None = None  # from this version on


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between readings, across restarts."""

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
    catalogue: str | None = None  # what it was read into: of a new catalogue, nothing is known to be unchanged
