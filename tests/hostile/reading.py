"""What is measured of one document, in the process that reads it."""

import gc
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bot.errors import SourceError
from bot.ingest.models import DocumentBuilder
from bot.ingest.readers.feed import PAGE_WANTED
from bot.ingest.readers.halo_api.client import parse_body
from bot.ingest.readers.halo_api.reader import add_notes
from bot.ingest.readers.registry import read_document
from bot.ingest.readers.sitemap import read_sitemap
from bot.ingest.worksheet import read_worksheet

MIN_SECONDS = 0.02  # shorter work is repeated: a short time says more about the clock than about the work


class Measured(NamedTuple):
    """`found`: changes, pages or phrasings that were read. `refusal`: what was said where the document was refused as
    a whole. `seconds`: of this thread's processor time. `megabytes`: the most that this process ever had.
    """

    found: int
    refusal: str
    seconds: float
    megabytes: float


def measure(format_name: str, file_name: str, data: bytes) -> Measured:
    """Read one document of a format."""
    read = _READERS.get(format_name, _read_document)
    gc.collect()
    started, rounds = time.thread_time(), 0
    while rounds == 0 or time.thread_time() - started < MIN_SECONDS:
        try:
            found, refusal = read(data, file_name)
        except SourceError as error:
            found, refusal = 0, str(error)
        rounds += 1
    seconds = (time.thread_time() - started) / rounds
    return Measured(found, refusal, seconds, _peak_megabytes())


def _peak_megabytes() -> float:
    """The most memory that this program had at once. (`getrusage` would count its parent's before it started.)"""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1_000 if found else 0.0


def _read_document(data: bytes, file_name: str) -> tuple[int, str]:
    document = read_document(data, file_name, file_name)
    # An item of a feed that has nothing but an address is no refusal.
    failures = [str(problem) for problem in document.failures if problem.reason != PAGE_WANTED]
    return len(document.records), "" if document.records else "; ".join(failures)


def _read_sitemap(data: bytes, file_name: str) -> tuple[int, str]:
    return len(read_sitemap(data, file_name).pages), ""


def _read_worksheet(data: bytes, file_name: str) -> tuple[int, str]:
    return len(read_worksheet(data, file_name).drafts), ""


def _read_answer(data: bytes, file_name: str) -> tuple[int, str]:
    """An answer of HaloPSA's own API, as it is read of each release."""
    builder = DocumentBuilder()
    value = parse_body(data)
    if value is None:
        return 0, "no JSON"
    add_notes(value, builder, 0)
    return len(builder.records), ""


_READERS: dict[str, Callable[[bytes, str], tuple[int, str]]] = {
    "sitemap": _read_sitemap,
    "worksheet": _read_worksheet,
    "worksheet as a table": _read_worksheet,
    "Halo's API": _read_answer,
}
