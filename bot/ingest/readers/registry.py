"""One document of any kind into a reading: which reader it is for is told by its name, its type and its first bytes."""

import re
from typing import Literal

from bot.errors import SourceError
from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.html import looks_like_html
from bot.ingest.readers.page import read_page
from bot.ingest.readers.table.columns import columns_of
from bot.ingest.readers.table.reader import read_table
from bot.ingest.readers.text import decode

Kind = Literal["post", "feed", "csv", "tsv", "json", "jsonl", "xlsx", "unreadable"]
SUFFIXES: dict[str, Kind] = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".json": "json", ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xml": "feed", ".rss": "feed", ".atom": "feed", ".html": "post", ".htm": "post", ".txt": "post", ".md": "post",
    ".text": "post",
}  # fmt: skip
_FEED = re.compile(
    rb"^\s*(?:<\?xml[^>]*>)?(?:\s|<!--.{0,5000}?-->|<\?xml-stylesheet[^>]*>|<!DOCTYPE[^>\[]*(?:\[.{0,20000}?\])?>)*<(?:rss|feed|rdf:RDF)\b",
    re.IGNORECASE | re.DOTALL,
)
_BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
    b"\x7fELF",
    b"SQLite format 3",
)


def kind_of(data: bytes, name: str = "", content_type: str = "") -> Kind:
    """Which reader a document is for."""
    start = data[:50_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    if data.startswith(_BINARY):
        return "unreadable"
    if _FEED.match(start):
        return "feed"
    if start[:1] in (b"{", b"["):
        return _json_kind(start, data, suffix)
    if suffix in SUFFIXES and SUFFIXES[suffix] not in ("xlsx", "feed"):
        return SUFFIXES[suffix]
    if "csv" in content_type:
        return "csv"
    if "tab-separated" in content_type:
        return "tsv"
    if looks_like_html(data):
        return "post"
    return "csv" if _has_header(start) else "post"


def _json_kind(start: bytes, data: bytes, suffix: str) -> Kind:
    if b"jsonfeed.org/version" in start[:2_000]:
        return "feed"
    if suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    first, _, rest = data.strip().partition(b"\n")
    several = first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{")
    return "jsonl" if several and suffix != ".json" else "json"


def _has_header(start: bytes) -> bool:
    """Whether a text without a telling name is a table: its first line names columns that we know."""
    first = decode(start[:5_000]).splitlines()[:1]
    return (
        any(len(found := columns_of(first[0].split(mark))) >= 2 and "title" in found for mark in ",;\t")
        if first
        else False
    )


def read_document(
    data: bytes, source: str, name: str = "", content_type: str = "", charset: str | None = None
) -> ParsedDocument:
    """The changes in any document but a feed's further pages. Raises SourceError, with what is wrong in a sentence."""
    kind = kind_of(data, name or source, content_type)
    if kind == "unreadable":
        raise SourceError(f"{source}: not a text, a page or a table. Save it as text, HTML, CSV or XLSX.")
    if not data.strip():
        return ParsedDocument(source, problems=(ReadProblem(0, "", "empty"),))
    if kind == "feed":
        from bot.ingest.readers.feed import read_feed_alone

        return read_feed_alone(data, source)
    if kind == "post":
        return read_page(data, source, charset)
    return read_table(data, source, kind)
