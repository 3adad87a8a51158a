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
import json
import re
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urljoin

from bot.errors import SourceError
from bot.ingest.models import ParsedDocument, ReadProblem
from bot.ingest.readers.html_elements import KNOWN_ELEMENTS, VOID_ELEMENTS
from bot.ingest.readers.marks import GENERAL_CAUTION, Marks, read_tags
from bot.ingest.readers.own_record import read_own_record
from bot.ingest.readers.page import read_page
from bot.ingest.readers.post.headings import find_versions
from bot.ingest.readers.post.row import parse_row
from bot.ingest.readers.prolog import end_of_prolog
from bot.ingest.readers.table.json_records import read_json
from bot.ingest.readers.text import to_utf8

PAGE_WANTED = "only named in the feed; import its page"
MAX_ITEMS = 2_000  # posts that are read of one feed, the newest
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
# How the beginning of a post ends where a feed carries no more of it: "…", "[...]", "Read more".
_CUT_END = re.compile(
    r"(?:\.\.\.|…|\[\s*(?:\.\.\.|…)\s*\])\W*$"
    r"|\b(?:read|see|view|learn) (?:more|on|the (?:full|whole|rest)\b.{0,40})\W*$|\bcontinue reading\b.{0,80}$"
    r"|\bthe post\b.{0,200}\bappeared first on\b.{0,80}$",
    re.IGNORECASE | re.DOTALL,
)
_EPISODE = re.compile(r"\bepisode\s+(\d{1,4})\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])")
# Halo and one of its versions (of three digits), or an episode; in an address "episode-22", "halopsa-2-218".
_RELEVANT = re.compile(
    r"\[\s*run\s*\]\s?book|\bhalo\s?(?:psa|itsm)?\b.{0,80}\bv?\d\.\d{3}\b|\bepisode\s+\d+\b", re.IGNORECASE | re.DOTALL
)
_RELEVANT_ADDRESS = re.compile(
    r"\brun-?book\b|\bepisode[-_]?\d{1,3}\b|\bhalo(?:psa|itsm)?\b.{0,60}\bv?\d[-._]\d{3}\b", re.IGNORECASE
)


class FeedItem(NamedTuple):
    """One post of a feed."""

    link: str
    title: str
    content: str  # HTML or text, as much of it as the feed carries
    published: str | None = None  # ISO date
    is_html: bool | None = None  # the content, where the feed says so
    updated: str = ""  # when the feed says that it was changed last
    categories: str = ""  # a line for each
    record: str = ""  # JSON: the fields of a change, where the feed is another Halobot's

    @property
    def fingerprint(self) -> str:
        """A hash of all that the feed says about this post."""
        parts = (self.link, self.title, self.content, self.published or "", self.updated)
        said = (self.record, *self.categories.splitlines()) if self.marks != Marks("") else (self.record,)
        text = "\0".join((*parts, *filter(None, said)))
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def marks(self) -> Marks:
        """What its categories say about the change that it is about: that it is a highlight, or to be tested first."""
        return read_tags(self.categories.splitlines())._replace(title="")

    @property
    def is_relevant(self) -> bool:
        """Whether its page is worth reading: it seems to be about an episode or a Halo version."""
        if self.record:
            return False  # the feed has all of it
        text = f"{self.title[:300]}\n{self.content[:3_000]}"
        return _RELEVANT.search(text) is not None or _RELEVANT_ADDRESS.search(self.link[:500]) is not None

    @property
    def looks_cut(self) -> bool:
        """Whether its content ends as the mere beginning of a post does."""
        return _CUT_END.search(re.sub(r"<[^<>]{0,500}>", "", self.content[-2_000:]).strip()[-300:]) is not None


def looks_like_feed(data: bytes) -> bool:
    """Whether a document is a feed."""
    start = to_utf8(data[:100_000])
    if start.lstrip()[:1] in (b"{", b"["):
        return b"jsonfeed.org/version" in start[:2_000]
    text = start if b"\0" in data[:4] else data  # however long its prolog is, unless it is in UTF-16
    return _ROOT.match(text, end_of_prolog(text)) is not None


def read_feed(data: bytes, source: str, charset: str | None = None) -> ParsedDocument:
    """The changes that a feed carries by itself; posts whose text stands only on their pages are named as problems.

    Raises SourceError when the bytes are no feed.
    """
    items = read_feed_items(data, source, charset)
    documents = [(item, read_feed_item(item, source)) for item in items[:MAX_ITEMS]]
    problems = [problem for _, document in documents for problem in document.problems]
    for item, document in documents:
        if item.is_relevant and not document.records:
            problems.append(ReadProblem(0, item.link, PAGE_WANTED))
        elif item.is_relevant and item.looks_cut:
            problems.append(ReadProblem(0, item.link, "the feed has only the beginning of it; import its page"))
    if len(items) > MAX_ITEMS:
        problems.append(ReadProblem(0, "", left_out_reason(len(items))))
    return ParsedDocument(
        source,
        tuple(record for _, document in documents for record in document.records),
        tuple(problems),
        tuple(dict.fromkeys(remark for _, document in documents for remark in document.remarks)),
        tuple(episode for _, document in documents for episode in document.episodes),
    )


def left_out_reason(count: int) -> str:
    """Why not all posts of a feed were read."""
    return f"of its {count:,} posts only the newest {MAX_ITEMS:,} were read; import the pages of older ones"


def read_feed_items(data: bytes, source: str, charset: str | None = None) -> list[FeedItem]:
    """The posts of a feed, the newest first, with links that are relative to the feed's address (`source`) made whole.

    Raises SourceError when the bytes are no feed.
    """
    items = _newest_first(_read_items(to_utf8(data, charset), source))
    return [item._replace(link=_whole_address(source, item.link)) for item in items]


def _newest_first(items: list[FeedItem]) -> list[FeedItem]:
    """By their dates. Where they have none, a feed whose episodes go up begins with its oldest."""
    if any(item.published for item in items):
        return sorted(items, key=lambda item: item.published or "", reverse=True)
    numbers = [int(found[1]) for item in items if (found := _EPISODE.search(item.title[:300]))]
    return items[::-1] if len(numbers) > 1 and numbers == sorted(numbers) else items


def _whole_address(base: str, link: str) -> str:
    """A link as an address of its own, where the base is a web address."""
    if not link or not base.lower().startswith(("http://", "https://")):
        return link
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def _read_items(data: bytes, source: str) -> list[FeedItem]:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _read_json_items(data, source)
    import feedparser

    # A stream, for feedparser takes bytes for the name of a file. Without its document type a feed has no entities to
    # load or to grow by; it is UTF-8 by now, whatever its declaration says.
    parsed = feedparser.parse(io.BytesIO(data[end_of_prolog(data) :]), sanitize_html=False, resolve_relative_uris=False)
    entries = parsed.get("entries", [])
    if not entries and not parsed.get("version"):
        reason = str(parsed.get("bozo_exception") or "no channel in it").splitlines()[0]
        raise SourceError(f"{source}: not readable as a feed ({reason[:120]}).")
    return [_item_from_entry(entry) for entry in entries]


def read_feed_item(item: FeedItem, source: str) -> ParsedDocument:
    """The changes in what the feed itself carries of a post: its title stands above its content, as on its page."""
    if item.record and (own := read_own_record(item.record, item.link or source)):
        return own
    heading = _heading_of(item)
    title = f"<h1>{html.escape(heading)}</h1>\n" if heading else ""
    date = f"<p>{item.published}</p>\n" if item.published else ""
    is_html = has_markup(item.content) if item.is_html is None else item.is_html
    if is_html:
        page = f"<!doctype html><meta charset='utf-8'>{date}{title}{item.content}"
    else:
        content = item.content if item.is_html is False else html.unescape(item.content)
        page = f"{item.published or ''}\n## {heading}\n{content}\n"
    document = read_page(page.encode("utf-8", "replace"), item.link or source, is_html=is_html)
    return _add_marks(document, item)


def _add_marks(document: ParsedDocument, item: FeedItem) -> ParsedDocument:
    """A post's document with what its categories say of the one change that its title names; those of a post about many
    changes are not about each of them.
    """
    marks, row = item.marks, parse_row(item.title[:500])
    if row is None or not (marks.highlighted or marks.caution):
        return document
    records = tuple(
        replace(
            record,
            highlighted=record.highlighted or marks.highlighted,
            caution=record.caution or (GENERAL_CAUTION if marks.caution else None),
        )
        if record.number == row.number
        else record
        for record in document.records
    )
    return replace(document, records=records)


def _heading_of(item: FeedItem) -> str:
    """A post's title. Where it is a change's own, with its number, the one version that the post names is added."""
    row = parse_row(item.title[:500])
    if row is None or row.version:
        return item.title
    named = set(find_versions(f"{item.content[:3_000]}\n{item.categories}"))
    return f"{item.title} | {named.pop()}" if len(named) == 1 else item.title


def has_markup(content: str) -> bool:
    """Whether a feed's text is HTML: it has an element that ends, or one that says of itself what it is (`<br/>`,
    `<p class="…">`). `Use <ClientName> in subjects` has none, and neither has a text that speaks of `<br>`.
    """
    names = {(slash, name.lower()) for slash, name in _ELEMENT.findall(content)}
    known = {name for slash, name in names if not slash and name in KNOWN_ELEMENTS}
    if any(("/", name) in names for name in known):
        return True
    if known & VOID_ELEMENTS and "\n" not in content.strip():
        return True
    return re.search(r"<(?:br|hr|img)\s*/>|<(?:p|div|a|img|span|h[1-6]|li)\s[a-z-]{2,20}=[\"']", content) is not None


def _item_from_entry(entry: Any) -> FeedItem:
    """A post from feedparser's entry: the longest of its texts, and when it was published or else updated."""
    parts = [*entry.get("content", []), entry.get("summary_detail") or {"value": entry.get("summary")}]
    longest = max(parts, key=lambda part: len(str(part.get("value") or "")))
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    return FeedItem(
        link=str(entry.get("link") or entry.get("id") or ""),
        title=html.unescape(str(entry.get("title") or "")),
        content=str(longest.get("value") or ""),
        is_html=False if longest.get("type") == "text/plain" else None,
        record=str(entry.get("halobot_record") or ""),
        updated=str(dict.get(entry, "updated") or ""),  # its own `get` falls back on when it was published
        categories="\n".join(str(tag.get("term") or "")[:200] for tag in entry.get("tags", [])[:20]),
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
            is_html=None if item.get("content_html") else False,
            record=json.dumps(own) if (own := item.get("_halobot")) else "",
            updated=str(item.get("date_modified") or ""),
            categories="\n".join(str(tag)[:200] for tag in (item.get("tags") or ())[:20]),
        )
        for item in items
        if isinstance(item, dict)
    ]
