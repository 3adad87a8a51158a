"""Importing from an address that someone gives in Slack: looked at first, then taken in as it was looked at. Public
addresses only.
"""

import hashlib
from datetime import datetime
from typing import NamedTuple

from bot.catalog.repository import Catalog
from bot.errors import SourceError
from bot.ingest.fetch import Fetcher, checked
from bot.ingest.load import readings_of
from bot.ingest.report import IntakeReport
from bot.ingest.service import take_in


class Look(NamedTuple):
    """What an import would do. `seen` stands for what was read: `take` wants it back, so that what is confirmed is what
    was shown.
    """

    report: IntakeReport
    seen: str


def look(catalogue: Catalog, url: str, now: datetime, fetcher: Fetcher | None = None) -> Look:
    """A dry run of an address. Raises SourceError where it is no public web address or cannot be read."""
    return _import(catalogue, url, now, None, fetcher)


def take(catalogue: Catalog, url: str, seen: str, now: datetime, fetcher: Fetcher | None = None) -> IntakeReport:
    """Take in what `look` showed. Raises SourceError also when the page says something else by now; nothing is written
    then.
    """
    return _import(catalogue, url, now, seen, fetcher).report


def _import(catalogue: Catalog, url: str, now: datetime, seen: str | None, fetcher: Fetcher | None) -> Look:
    readings = list(readings_of(checked(url), fetcher or Fetcher(public_only=True)))
    failed = [problem.why for reading in readings for problem in reading.problems if problem.place == 0]
    if failed and not any(reading.records for reading in readings):
        raise SourceError("; ".join(dict.fromkeys(failed))[:500])
    is_now = hashlib.sha256(repr(readings).encode("utf-8", "replace")).hexdigest()[:16]
    if seen not in (None, is_now):
        raise SourceError(f"{url} says something else than when you looked. Nothing was imported; have another look.")
    return Look(take_in(catalogue, readings, now, dry_run=seen is None), is_now)
