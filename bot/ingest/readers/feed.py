"""Feeds (RSS, Atom, JSON Feed) into their posts, and what they carry of a post into changes. feedparser reads the XML.

    <item><title>By the [run]Book: Episode 22</title>
      <link>https://example.com/22</link>                  -> FeedItem("https://example.com/22", "By the …", "<p>…")
      <content:encoded>&lt;p&gt;…</content:encoded></item>

A feed often carries only the beginning of a post; `bot.ingest.load` then fetches the page that the item links to.
"""

import calendar
import hashlib
import html
import io
import re
from typing import Any, NamedTuple

from bot.errors import SourceError
from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.page import read_page
from bot.ingest.readers.prolog import end_of_prolog
from bot.ingest.readers.table.json_records import read_json

MAX_ITEMS = 200
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
# Halo and one of its versions (of three digits), or an episode.
_RELEVANT = re.compile(
    r"\[\s*run\s*\]\s?book|\bhalo\s?(?:psa|itsm)?\b.{0,80}\bv?\d\.\d{3}\b|\bepisode\s+\d+\b", re.IGNORECASE | re.DOTALL
)


class FeedItem(NamedTuple):
    """One post of a feed."""

    link: str
    title: str
    content: str  # HTML or text, as much of it as the feed carries
    published: str | None = None  # ISO date

    @property
    def fingerprint(self) -> str:
        """A hash of all that the feed says about this post."""
        text = "\0".join((self.link, self.title, self.content, self.published or ""))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def is_relevant(self) -> bool:
        """Whether its page is worth reading: it seems to be about an episode or a Halo version."""
        return _RELEVANT.search(f"{self.title}\n{self.content[:3_000]}") is not None


def looks_like_feed(start: bytes) -> bool:
    """Whether a document that starts with these bytes is a feed."""
    if start[:1] in (b"{", b"["):
        return b"jsonfeed.org/version" in start[:2_000]
    return _ROOT.match(start, end_of_prolog(start)) is not None


def read_feed(data: bytes, source: str) -> ParsedDocument:
    """The changes that a feed carries by itself; posts whose text stands only on their pages are named as problems.

    Raises SourceError when the bytes are no feed.
    """
    documents = [(item, read_feed_item(item, source)) for item in read_feed_items(data, source)]
    pages = [
        ReadProblem(0, item.link, "only named in the feed; import its page")
        for item, document in documents
        if not document.records and item.is_relevant
    ]
    return ParsedDocument(
        source,
        tuple(record for _, document in documents for record in document.records),
        (*(problem for _, document in documents for problem in document.problems), *pages),
        tuple(dict.fromkeys(remark for _, document in documents for remark in document.remarks)),
        tuple(episode for _, document in documents for episode in document.episodes),
    )


def read_feed_items(data: bytes, source: str) -> list[FeedItem]:
    """The first 200 posts of a feed in its order. Raises SourceError when the bytes are no feed."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _read_json_items(data, source)
    import feedparser

    # A stream, for feedparser takes bytes for the name of a file. Without its document type a feed has no entities to
    # load or to grow by.
    parsed = feedparser.parse(io.BytesIO(_without_document_type(data)), sanitize_html=False)
    entries = parsed.get("entries", [])
    if not entries and not parsed.get("version"):
        reason = str(parsed.get("bozo_exception") or "no channel in it").splitlines()[0]
        raise SourceError(f"{source}: not readable as a feed ({reason[:120]}).")
    return [_item_from_entry(entry) for entry in entries[:MAX_ITEMS]]


def read_feed_item(item: FeedItem, source: str) -> ParsedDocument:
    """The changes in what the feed itself carries of a post: its title stands above its content, as on its page."""
    title = f"<h1>{html.escape(item.title)}</h1>\n" if item.title else ""
    date = f"<p>{item.published}</p>\n" if item.published else ""
    is_html = re.search(r"<[a-zA-Z!/][^>]*>", item.content) is not None
    body = item.content if is_html else "".join(f"<p>{html.escape(line)}</p>\n" for line in item.content.splitlines())
    page = f"<!doctype html><meta charset='utf-8'>{date}{title}{body}"
    return read_page(page.encode("utf-8", "replace"), item.link or source)


def _without_document_type(data: bytes) -> bytes:
    """A feed with only its XML declaration in front of its root element."""
    start = end_of_prolog(data)
    declaration = data[: data.find(b"?>", 0, 1_000) + 2] if data.lstrip()[:5] == b"<?xml" else b""
    return declaration + data[start:]


def _item_from_entry(entry: Any) -> FeedItem:
    """A post from feedparser's entry: the longest of its texts, and when it was published or else updated."""
    contents = [str(part.get("value") or "") for part in entry.get("content", [])]
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return FeedItem(
        link=str(entry.get("link") or entry.get("id") or ""),
        title=html.unescape(str(entry.get("title") or "")),
        content=max([*contents, str(entry.get("summary") or "")], key=len),
        published=f"{when[0]:04}-{when[1]:02}-{when[2]:02}" if when and calendar.timegm(when) > 0 else None,
    )


def _read_json_items(data: bytes, source: str) -> list[FeedItem]:
    feed = read_json(data, source)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise SourceError(f"{source}: a JSON Feed without items.")
    return [
        FeedItem(
            link=str(item.get("url") or item.get("external_url") or item.get("id") or ""),
            title=str(item.get("title") or ""),
            content=str(item.get("content_html") or item.get("content_text") or item.get("summary") or ""),
            published=str(item.get("date_published") or "")[:10] or None,
        )
        for item in items[:MAX_ITEMS]
        if isinstance(item, dict)
    ]
