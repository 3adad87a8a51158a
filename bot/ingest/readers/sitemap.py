"""Sitemaps: the pages of a site with the dates of their last change (https://www.sitemaps.org/protocol.html).

read_sitemap(b"<urlset><url><loc>https://example.com/ep-22</loc><lastmod>2026-06-09</lastmod></url></urlset>", …)
-> Sitemap(pages=(FeedItem("https://example.com/ep-22", …, published="2026-06-09"),), sitemaps=())
"""

import html
import re
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.ingest.readers.feed import FeedItem
from bot.ingest.readers.prolog import end_of_prolog
from bot.ingest.readers.text import decode, to_utf8

MAX_PAGES = 50_000  # the protocol's own limit
MAX_SITEMAPS = 10  # of an index, the last ones: sites add new ones at the end
_ROOT = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_PART = re.compile(r"<(?:\w+:)?(?:(loc)|(lastmod))\s*>([^<]{1,2000})<|</(?:\w+:)?(url|sitemap)\s*>", re.IGNORECASE)


class Sitemap(NamedTuple):
    """What a sitemap names."""

    pages: tuple[FeedItem, ...] = ()
    sitemaps: tuple[str, ...] = ()


def looks_like_sitemap(data: bytes) -> bool:
    """Whether a document is a sitemap or an index of them."""
    text = to_utf8(data[:20_000]) if b"\0" in data[:4] else data  # however long its prolog is, unless it is in UTF-16
    return _ROOT.match(text, end_of_prolog(text)) is not None


def read_sitemap(data: bytes, source: str) -> Sitemap:
    """The pages and sitemaps that a sitemap names. Never raises; what is no sitemap has none."""
    pages: list[FeedItem] = []
    sitemaps: list[str] = []
    location = changed = ""
    for part in _PART.finditer(decode(data)):
        if part[1]:
            location = html.unescape(part[3].strip())
        elif part[2]:
            changed = part[3].strip()[:10]
        elif location:
            if part[4].lower() == "sitemap":
                sitemaps.append(location)
            elif len(pages) < MAX_PAGES:
                title = re.sub(r"[-_/.]+", " ", urlsplit(location).path[-200:]).strip()
                pages.append(FeedItem(location, title, "", changed or None, updated=changed))
            location = changed = ""
    return Sitemap(tuple(pages), tuple(sitemaps[-MAX_SITEMAPS:]))
