"""Importing from an address that someone gives in Slack: looked at first, then taken in as it was looked at. Public
addresses only.
"""

import hashlib
from datetime import datetime
from typing import NamedTuple

from bot.catalog.repository import Catalog
from bot.errors import SourceError
from bot.ingest.fetch import Fetcher, validate_url
from bot.ingest.load import load_source
from bot.ingest.report import ImportReport
from bot.ingest.service import import_documents


class ImportPreview(NamedTuple):
    """What an import would do. `seen` stands for what was read: `take` wants it back, so that what is confirmed is what
    was shown.
    """

    report: ImportReport
    content_hash: str


def preview_url(catalogue: Catalog, url: str, now: datetime, fetcher: Fetcher | None = None) -> ImportPreview:
    """A dry run of an address. Raises SourceError where it is no public web address or cannot be read."""
    return _import(catalogue, url, now, None, fetcher)


def import_url(
    catalogue: Catalog, url: str, content_hash: str, now: datetime, fetcher: Fetcher | None = None
) -> ImportReport:
    """Take in what `look` showed. Raises SourceError also when the page says something else by now; nothing is written
    then.
    """
    return _import(catalogue, url, now, content_hash, fetcher).report


def _import(catalogue: Catalog, url: str, now: datetime, seen: str | None, fetcher: Fetcher | None) -> ImportPreview:
    readings = list(load_source(validate_url(url), fetcher or Fetcher(public_only=True)))
    failed = [problem.reason for reading in readings for problem in reading.problems if problem.line_number == 0]
    if failed and not any(reading.records for reading in readings):
        raise SourceError("; ".join(dict.fromkeys(failed))[:500])
    is_now = hashlib.sha256(repr(readings).encode("utf-8", "replace")).hexdigest()[:16]
    if seen not in (None, is_now):
        raise SourceError(f"{url} says something else than when you looked. Nothing was imported; have another look.")
    return ImportPreview(import_documents(catalogue, readings, now, dry_run=seen is None), is_now)
