"""Sources that name posts: a feed, a page with links to posts, a sitemap. Each post is read from its own page, for what
a feed carries of it may be cut.

    open_source(fetched, fetcher) -> PostList([FeedItem("https://example.com/22", "Episode 22", …)], …)
    read_post_item(item, …)       -> PostReading(documents=(…,), is_complete=True, …)
"""

from typing import NamedTuple

from bot.errors import SourceError
from bot.ingest.fetch import FetchedDocument, Fetcher, is_same_site
from bot.ingest.models import ParsedDocument
from bot.ingest.parsing import failed_document, parse_fetched
from bot.ingest.readers.feed import MAX_ITEMS, FeedItem, left_out_reason, read_feed_item, read_feed_items
from bot.ingest.readers.links import find_feed_links, find_post_links
from bot.ingest.readers.registry import detect_format
from bot.ingest.readers.sitemap import looks_like_sitemap, read_sitemap
from bot.ingest.reading_process import read_apart

MAX_PAGES = 50  # of one source, in one go
MAX_LISTED = 300  # posts of a list page or a sitemap, the newest


class PostList(NamedTuple):
    """The posts that a source names."""

    items: list[FeedItem]
    address: str  # of the feed or list itself
    may_be_unchanged: bool = True  # False: an unchanged source may all the same lead to new posts

    @property
    def read_items(self) -> list[FeedItem]:
        """Those that are read."""
        return self.items[:MAX_ITEMS]


class PostReading(NamedTuple):
    """What was read of a post. Not complete: it is to be read again."""

    documents: tuple[ParsedDocument, ...] = ()
    is_complete: bool = True
    page: FetchedDocument | None = None


def open_source(fetched: FetchedDocument, fetcher: Fetcher) -> PostList | ParsedDocument:
    """The posts that a fetched document names; where it names none, the document itself. Raises SourceError."""
    data, url = fetched.data or b"", fetched.url
    found = detect_format(data, url, fetched.content_type)
    if found == "feed":
        return PostList(read_apart(read_feed_items, data, url, fetched.charset), url)
    if looks_like_sitemap(data):
        return PostList(_read_sitemaps(fetched, fetcher), url, may_be_unchanged=False)
    document = parse_fetched(fetched)
    if found != "page" or document.records:
        return document
    for address in read_apart(find_feed_links, data, url, fetched.charset):
        if posts := _posts_of_feed(address, url, fetcher):
            return posts
    links = read_apart(find_post_links, data, url, fetched.charset)[:MAX_LISTED]
    return PostList(links, url) if links else document


def too_many_posts(posts: PostList) -> list[ParsedDocument]:
    """A document that says so where not all posts are read, or none."""
    if len(posts.items) <= MAX_ITEMS:
        return []
    return [failed_document(posts.address, SourceError(left_out_reason(len(posts.items))))]


def _posts_of_feed(address: str, page: str, fetcher: Fetcher) -> PostList | None:
    """The posts of a feed that a page names as its own, when there is something about Halo in it."""
    if not is_same_site(page, address):
        return None
    try:
        fetched = fetcher.get(address)
        items = read_apart(read_feed_items, fetched.data or b"", fetched.url, fetched.charset)
    except SourceError:
        return None
    return PostList(items, fetched.url, may_be_unchanged=False) if any(item.is_relevant for item in items) else None


def _read_sitemaps(fetched: FetchedDocument, fetcher: Fetcher) -> list[FeedItem]:
    """The pages of a sitemap that seem to be posts; of an index, those of its sitemaps."""
    sitemap = read_apart(read_sitemap, fetched.data or b"", fetched.url)
    items = list(sitemap.pages)
    for address in sitemap.sitemaps:
        if is_same_site(fetched.url, address):
            items += read_apart(read_sitemap, fetcher.get(address).data or b"", address).pages
    relevant = [item for item in items if item.is_relevant]
    return sorted(relevant, key=lambda item: item.published or "", reverse=True)[:MAX_LISTED]


def read_post_item(item: FeedItem, source: str, fetcher: Fetcher, may_fetch: bool = True) -> PostReading:
    """A post, from its page where that can be read and has at least as much as the feed carries.

    It is complete when changes were read, and nothing says that some were cut off.
    """
    try:
        copy = read_apart(read_feed_item, item, source)
    except SourceError as error:
        copy = failed_document(item.link or source, error)
    if not item.is_relevant:
        return PostReading((copy,))
    is_whole = bool(copy.records) and not item.looks_cut
    fault = _why_not_fetched(item, source, may_fetch)
    page: FetchedDocument | None = None
    if not fault:
        try:
            page = fetcher.get(item.link)
        except SourceError as error:
            fault = str(error)
    if page is None:
        if is_whole:
            return PostReading((copy,))
        failed = failed_document(item.link or item.title, SourceError(fault))
        return PostReading((copy, failed) if copy.records else (failed,), is_complete=False)
    document = parse_fetched(page)
    if len(document.records) >= len(copy.records):
        return PostReading((document,), bool(document.records), page)
    return PostReading((document, copy), is_whole, page)


def _why_not_fetched(item: FeedItem, source: str, may_fetch: bool) -> str:
    """Why a post's page is not read; "" when it may be."""
    if not is_same_site(source, item.link):
        return f"{item.title[:80]}: its page is on another site ({item.link[:100]}); import it by its address"
    return "" if may_fetch else f"more than {MAX_PAGES} pages in one feed; the rest is read next time"
