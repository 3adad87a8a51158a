"""The links of a page: the feeds that it names as its own, and the posts that it leads to.

find_post_links(b'<a href="/ep-22">By the [run]Book: Episode 22</a>', "https://example.com/blog")
-> [FeedItem("https://example.com/ep-22", "By the [run]Book: Episode 22", "")]
"""

from urllib.parse import urljoin, urlsplit

from bot.ingest.readers.feed import FeedItem
from bot.ingest.readers.html import parse_html
from bot.ingest.readers.text import clean_line, decode

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "text/xml")
MAX_FEEDS = 3
MAX_LINKS = 5_000  # of one page
MAX_TITLE = 200


def find_feed_links(data: bytes, url: str, charset: str | None = None) -> list[str]:
    """The addresses of the feeds that a page names (`rel=alternate`), without those of its comments."""
    found = []
    for node in parse_html(decode(data, charset)).css('link[rel~="alternate"]')[:50]:
        kind, address = (node.attributes.get("type") or "").lower(), node.attributes.get("href") or ""
        if kind in _FEED_TYPES and address and "comment" not in f"{address} {node.attributes.get('title')}".lower():
            found.append(_join(url, address))
    return [address for address in dict.fromkeys(found) if address][:MAX_FEEDS]


def find_post_links(data: bytes, url: str, charset: str | None = None) -> list[FeedItem]:
    """The links of a page that lead to a post about an episode or a Halo version on the same site, in its order.

    A link without words of its own ("Read more", a picture) has those of the link to the same post that has most.
    """
    titles: dict[str, str] = {}
    for node in parse_html(decode(data, charset)).css("a[href]")[:MAX_LINKS]:
        address = _join(url, node.attributes.get("href") or "")
        if not address or address == url.split("#")[0] or urlsplit(address).netloc != urlsplit(url).netloc:
            continue
        title = clean_line((node.text(deep=True, separator=" ") or "")[: 2 * MAX_TITLE])[:MAX_TITLE]
        if len(title) > len(titles.setdefault(address, "")):
            titles[address] = title
    items = [FeedItem(address, title, "") for address, title in titles.items()]
    return [item for item in items if item.is_relevant]


def _join(base: str, address: str) -> str:
    """A link's whole address without its fragment; "" when it is none of the web."""
    try:
        whole = urljoin(base, address.strip()).split("#")[0]
        return whole if urlsplit(whole).scheme in ("http", "https") and len(whole) <= 2_000 else ""
    except ValueError:
        return ""
