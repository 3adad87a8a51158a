"""When which source is due, and how HALO_SOURCES says it. Pure: the clock is an argument."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import SettingError
from bot.storage.models import SourceState

DEFAULT_INTERVAL = timedelta(hours=6)
MIN_INTERVAL = timedelta(minutes=1)
FIRST_RETRY_DELAY = timedelta(minutes=5)
HALO_API = "halo-api"  # the source that is Halo itself
_UNITS = {"m": "minutes", "min": "minutes", "minute": "minutes", "minutes": "minutes", "h": "hours", "hour": "hours", "hours": "hours",
          "d": "days", "day": "days", "days": "days", "w": "weeks", "week": "weeks", "weeks": "weeks"}  # fmt: skip
_EVERY = re.compile(
    r"^(?P<name>.+?)(?:\s+every\s+(?:(?P<number>\d{1,4})\s*)?(?P<unit>[a-z]+))?(?P<announce>\s+announced?)?$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """One thing that is watched."""

    name: str  # an address, a file, a folder, or "halo-api"
    interval: timedelta = DEFAULT_INTERVAL
    announce_first: bool = False  # by default a first reading is silent: it would flood


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source as it is shown."""

    name: str
    interval: str
    last_success: datetime | None
    due_at: datetime | None  # None: now
    error: str | None
    failures: int


def parse_sources(text: str) -> tuple[WatchedSource, ...]:
    """`"https://… every 6h; /srv/notes every 15m announce"` as sources. Raises SettingError that shows the part that is
    wrong.
    """
    found: dict[str, WatchedSource] = {}
    for part in re.split(r";|\n", text):
        said = part.strip()
        if not said:
            continue
        match = _EVERY.match(said)
        if match is None or re.search(r"\bevery\b", match["name"]):
            raise _malformed(said)
        every = DEFAULT_INTERVAL
        if match["unit"]:
            unit = _UNITS.get(match["unit"].lower())
            if unit is None or match["number"] == "0":
                raise _malformed(said)
            every = max(MIN_INTERVAL, timedelta(**{unit: int(match["number"] or 1)}))
        found[match["name"].strip()] = WatchedSource(match["name"].strip(), every, bool(match["announce"]))
    return tuple(found.values())


def _malformed(said: str) -> SettingError:
    return SettingError(
        f"HALO_SOURCES is malformed at “{said[:80]}”. Each source looks like: https://example.com/feed.xml every 6h (m, h, d or w)."
    )


def next_due(source: WatchedSource, state: SourceState | None) -> datetime | None:
    """When a source is to be read next; None when it never was. After failures sooner than usual, but later each
    time.
    """
    if state is None or state.last_try is None:
        return None
    if state.failures:
        wait: timedelta = min(source.interval, FIRST_RETRY_DELAY * 2 ** min(state.failures - 1, 10))
        return state.last_try + wait
    return state.last_try + source.interval


def is_due(source: WatchedSource, state: SourceState | None, now: datetime) -> bool:
    """Whether a source is to be read now."""
    due = next_due(source, state)
    return due is None or due <= now


def format_interval(every: timedelta) -> str:
    """`6h`, `15m`, `1d`: as the setting writes it."""
    minutes = int(every.total_seconds() // 60)
    for size, unit in ((7 * 24 * 60, "w"), (24 * 60, "d"), (60, "h")):
        if minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def should_notify(state: SourceState, now: datetime) -> bool:
    """Whether the operator is to be told of a failing source: once a day at most."""
    return state.failures > 0 and (state.notified is None or now - state.notified >= timedelta(days=1))
