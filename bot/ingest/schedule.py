"""Which sources are watched and when each is due, as HALO_SOURCES says. Pure: the clock is an argument."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from bot.errors import SettingError
from bot.problems import Problem
from bot.storage.models import SourceState

HALO_API = "halo-api"  # the name of the source that is Halo itself
DEFAULT_INTERVAL = timedelta(hours=6)
MIN_INTERVAL = timedelta(minutes=1)
MAX_CLOCK_ERROR = timedelta(minutes=5)  # further ahead than this, a time of ours was written by a wrong clock
FIRST_RETRY_DELAY = timedelta(minutes=5)
NOTIFY_INTERVAL = timedelta(days=1)
QUIET_AFTER = timedelta(days=30)
FAILING_TOO_LONG = timedelta(days=1)
_UNITS = {
    "m": "minutes", "min": "minutes", "minute": "minutes", "minutes": "minutes",
    "h": "hours", "hour": "hours", "hours": "hours",
    "d": "days", "day": "days", "days": "days",
    "w": "weeks", "week": "weeks", "weeks": "weeks",
}  # fmt: skip
_SOURCE = re.compile(
    r"^(?P<name>.+?)(?:\s+every\s+(?:(?P<number>\d{1,4})\s*)?(?P<unit>[a-z]+))?(?P<announce>\s+announced?)?$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """One source of HALO_SOURCES."""

    name: str  # an address, a file, a folder, or HALO_API
    interval: timedelta = DEFAULT_INTERVAL
    announce_first: bool = False  # by default a first reading is silent, because it would flood people


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source as it is shown."""

    name: str
    interval: str
    last_success: datetime | None
    due_at: datetime | None  # None: now
    error: str | None
    failures: int
    last_try: datetime | None = None
    last_news: datetime | None = None  # when it last brought something
    failing_for: timedelta = timedelta()  # at least


def parse_sources(text: str, path_of: Callable[[str], Path] = Path) -> tuple[WatchedSource, ...]:
    """Parse HALO_SOURCES: `"https://… every 6h; /srv/notes every 15m announce"`. Of a source that is named twice, the
    later interval counts. `path_of` gives the whole path of a file. Raises SettingError that shows the malformed part.
    """
    sources: dict[str, WatchedSource] = {}
    for part in re.split(r";|\n", text):
        if part.strip():
            source = _parse_source(part.strip())
            if not (is_address(source.name) or source.name == HALO_API):
                source = replace(source, name=str(path_of(source.name)))
            sources[source.name] = source
    return tuple(sources.values())


def _parse_source(part: str) -> WatchedSource:
    match = _SOURCE.match(part)
    if match is None or re.search(r"\bevery\b", match["name"]):
        raise _malformed(part)
    interval = DEFAULT_INTERVAL
    if match["unit"]:
        unit = _UNITS.get(match["unit"].lower())
        if unit is None or match["number"] == "0":
            raise _malformed(part)
        interval = max(MIN_INTERVAL, timedelta(**{unit: int(match["number"] or 1)}))
    return WatchedSource(match["name"].strip(), interval, bool(match["announce"]))


def _malformed(part: str) -> SettingError:
    return SettingError(
        f"HALO_SOURCES is malformed at “{part[:80]}”. "
        "Each source looks like: https://example.com/feed.xml every 6h (m, h, d or w)."
    )


def is_address(name: str) -> bool:
    """Whether a name has the form of an address, and is no file; not whether it can be read."""
    return "://" in name or name.lower().startswith(("http:", "https:"))


def why_no_source(name: str) -> str:
    """Why this part of HALO_SOURCES cannot be a source, and what to write instead; empty when it can be one."""
    shown = name[:80]
    if name == HALO_API:
        return ""
    if not is_address(name):
        if Path(name).exists():
            return ""
        base = PurePath(name).name
        if re.fullmatch(r"halo[\s_-]*(psa)?[\s_-]*api", base, re.IGNORECASE):
            return f"“{base}” is no source. Halo's own API is written {HALO_API}."
        return f"There is no file or folder {shown}. An address begins with https://, Halo's own API is {HALO_API}."
    if not re.match(r"https?://", name, re.IGNORECASE):
        return f"“{shown}” cannot be read: an address begins with https:// or http://."
    if re.search(r"\s", name):
        return f"“{shown}” has a blank in it. Write one source before each semicolon, and an interval as: every 6h."
    try:
        parts = urlsplit(name)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        named = False
    return "" if named else f"“{shown}” names no server. An address looks like https://example.com/feed.xml."


def source_label(name: str) -> str:
    """A source without what may be secret in its address: its server's name, or its file's."""
    try:
        host = urlsplit(name).hostname if is_address(name) else None
    except ValueError:
        host = None
    return host or PurePath(name).name or "a source"


def next_due(source: WatchedSource, state: SourceState | None) -> datetime | None:
    """When a source is to be read next; None when it never was. After a failure it is read sooner than its interval,
    and each time later: after 5, 10, 20 minutes, …
    """
    if state is None or state.last_try is None:
        return None
    if state.failures:
        delay: timedelta = min(source.interval, FIRST_RETRY_DELAY * 2 ** min(state.failures - 1, 10))
        return state.last_try + delay
    return state.last_try + source.interval


def is_due(source: WatchedSource, state: SourceState | None, now: datetime) -> bool:
    """Whether a source is to be read now. One that was tried in the future was so by a wrong clock."""
    due_at = next_due(source, state)
    was_wrong = state is not None and state.last_try is not None and state.last_try > now + MAX_CLOCK_ERROR
    return due_at is None or due_at <= now or was_wrong


def format_interval(interval: timedelta) -> str:
    """`6h`, `15m`, `1d`: as HALO_SOURCES writes it."""
    minutes = int(interval.total_seconds() // 60)
    for size, unit in ((7 * 24 * 60, "w"), (24 * 60, "d"), (60, "h")):
        if minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def should_notify(state: SourceState, now: datetime) -> bool:
    """Whether the operator is to hear of a failing source: once a day at most."""
    return state.failures > 0 and (state.notified is None or now - state.notified >= NOTIFY_INTERVAL)


def failing_for(interval: timedelta, failures: int, last_try: datetime | None, now: datetime) -> timedelta:
    """How long a source has been failing at least: so long it takes to be tried so many times. Zero when it is read
    well.
    """
    if not failures or last_try is None:
        return timedelta()
    *waited, last = (min(interval, FIRST_RETRY_DELAY * 2 ** min(number, 10)) for number in range(min(failures, 1_000)))
    since_last_try: timedelta = min(last, max(timedelta(), now - last_try))
    return sum(waited, since_last_try)


def failing_problems(statuses: Iterable[SourceStatus]) -> list[Problem]:
    """The sources that could not be read for a day. Whoever runs the bot was told when it began."""
    return [
        Problem(
            f"source {status.name}",
            f"The source {source_label(status.name)} has failed for {status.failing_for.days} days or more.",
            f"The source {source_label(status.name)} has failed for a day or more.",
            is_messaged=False,
        )
        for status in statuses
        if status.failing_for >= FAILING_TOO_LONG
    ]


def is_quiet(state: SourceState, now: datetime) -> bool:
    """Whether the operator is to hear, once, that a source has brought nothing for long."""
    since = state.last_news or state.first_read
    return since is not None and state.told_quiet is None and now - since >= QUIET_AFTER
