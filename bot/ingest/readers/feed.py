"""Feeds (RSS, Atom, JSON Feed) into their posts, and posts into changes. feedparser reads the XML."""

import calendar
import hashlib
import html
import io
import re
from typing import Any, NamedTuple

from bot.errors import SourceError
from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.page import read_page
from bot.ingest.readers.table.files import read_json

MOST_ITEMS = 200
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]{0,2000}(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_OURS = re.compile(
    r"\[\s*run\s*\]\s?book|\bhalo\s?(?:psa|itsm)?\b.{0,80}\bv?\d\.\d{3}\b|\bepisode\s+\d+\b", re.IGNORECASE | re.DOTALL
)


class Item(NamedTuple):
    """One post of a feed."""

    link: str
    title: str
    content: str  # HTML or text, as much of it as the feed carries
    published: str | None = None  # ISO date

    @property
    def fingerprint(self) -> str:
        """Changes when the feed says something else of this post."""
        return hashlib.sha256(
            "\0".join((self.link, self.title, self.content, self.published or "")).encode("utf-8", "replace")
        ).hexdigest()[:16]

    @property
    def ours(self) -> bool:
        """Whether its page is worth reading: it seems to be about an episode or a Halo version."""
        return _OURS.search(f"{self.title}\n{self.content[:3_000]}") is not None


def read_items(data: bytes, source: str) -> list[Item]:
    """The posts of a feed in its order. Raises SourceError when the bytes are no feed."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_items(data, source)
    import feedparser

    # A stream, for feedparser takes bytes for the name of a file. Without its DOCTYPE a feed has no entities to load or
    # to grow by.
    parsed = feedparser.parse(io.BytesIO(_DOCTYPE.sub(b"", data)), sanitize_html=False)
    entries = parsed.get("entries", [])
    if not entries and not parsed.get("version"):
        reason = str(parsed.get("bozo_exception") or "no channel in it").splitlines()[0]
        raise SourceError(f"{source}: not readable as a feed ({reason[:120]}).")
    return [_item(entry) for entry in entries[:MOST_ITEMS]]


def _item(entry: Any) -> Item:
    contents = [str(part.get("value") or "") for part in entry.get("content", [])]
    content = max([*contents, str(entry.get("summary") or "")], key=len)
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    date = f"{when[0]:04}-{when[1]:02}-{when[2]:02}" if when and calendar.timegm(when) > 0 else None
    return Item(
        str(entry.get("link") or entry.get("id") or ""), html.unescape(str(entry.get("title") or "")), content, date
    )


def _json_items(data: bytes, source: str) -> list[Item]:
    feed = read_json(data, source)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise SourceError(f"{source}: a JSON Feed without items.")
    return [
        Item(
            str(item.get("url") or item.get("external_url") or item.get("id") or ""), str(item.get("title") or ""),
            str(item.get("content_html") or item.get("content_text") or item.get("summary") or ""),
            str(item.get("date_published") or "")[:10] or None,
        )
        for item in items[:MOST_ITEMS]
        if isinstance(item, dict)
    ]  # fmt: skip


def read_item(item: Item, source: str) -> ParsedDocument:
    """The changes in what the feed itself carries of a post: its title stands above its content, as on its page."""
    title = f"<h1>{html.escape(item.title)}</h1>\n" if item.title else ""
    date = f"<p>{item.published}</p>\n" if item.published else ""
    is_html = re.search(r"<[a-zA-Z!/][^>]*>", item.content) is not None
    body = item.content if is_html else "".join(f"<p>{html.escape(line)}</p>\n" for line in item.content.splitlines())
    return read_page(
        f"<!doctype html><meta charset='utf-8'>{date}{title}{body}".encode("utf-8", "replace"), item.link or source
    )


def read_feed_alone(data: bytes, source: str) -> ParsedDocument:
    """A feed from a file: what it carries of its posts, with those named whose text stands only on their pages."""
    readings = [(item, read_item(item, source)) for item in read_items(data, source)]
    pages = [
        ReadProblem(0, item.link, "only named in the feed; import its page")
        for item, reading in readings
        if not reading.records and item.ours
    ]
    return ParsedDocument(
        source,
        tuple(record for _, reading in readings for record in reading.records),
        (*(problem for _, reading in readings for problem in reading.problems), *pages),
        tuple(dict.fromkeys(remark for _, reading in readings for remark in reading.remarks)),
        tuple(episode for _, reading in readings for episode in reading.episodes),
    )
