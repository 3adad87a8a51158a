"""Feeds: one that is no feed any more, one with very many posts, and one whose links are relative."""

from datetime import timedelta
from html import escape

import pytest

from bot.ingest.load import load_source
from bot.ingest.poller import SourcePoller, source_statuses
from bot.ingest.schedule import WatchedSource
from bot.ingest.service import import_documents
from tests.ingest.servers import Reply

XML, HTML, JSON = ({"Content-Type": kind} for kind in ("application/rss+xml", "text/html", "application/json"))
ROW = "<h3>Full Feature List</h3><p>Quotes can be copied | v2.270 #1200001 | 4:40</p>"
THINGS = (
    *("invoice", "quote", "ticket", "asset", "contract", "portal", "mail", "phone", "calendar", "stock"),
    *("order", "project", "rate", "tax", "report", "mailbox", "agent", "client", "site", "user"),
)


def item(number: int, link: str, description: str) -> str:
    """A post in a feed."""
    title = f"<title>By the [run]Book: Episode {number}</title>"
    return f"<item>{title}<link>{link}</link><description>{escape(description)}</description></item>"


def feed(*items: str) -> str:
    """A feed with these posts."""
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(
            "<!doctype html><html><body><h1>Sign in to continue</h1></body></html>",
            HTML,
            id="sign-in page",
        ),
        pytest.param(
            "<!doctype html><html><body><p>We will be back soon.</p></body></html>",
            HTML,
            id="maintenance page",
        ),
        pytest.param('{"error":"unauthorized"}', JSON, id="JSON error"),
    ],
)
def test_a_feed_that_is_none_any_more_fails(
    site, empty, states, fetcher, now, body: str, headers: dict[str, str]
) -> None:
    """A watched feed that answers with something else counts as failing, and the operator is told."""
    told: list[str] = []
    watch = SourcePoller(
        empty, states, (WatchedSource(f"{site.url}/feed", timedelta(hours=1)),), fetcher, notify_operator=told.append
    )
    site.pages["/feed"] = Reply(200, feed(item(21, "https://e.example/1", ROW)), XML)
    watch.poll_due(now)
    site.pages["/feed"] = Reply(200, body, headers)
    watch.poll_due(now + timedelta(hours=1))
    (status,) = source_statuses(watch.sources, states, now)
    assert (status.failures, len(told)) == (1, 1)


def one_change(number: int) -> str:
    """A post's list of one change; no two are alike."""
    said = f"The {THINGS[number % 20]} list {number} sorted by {THINGS[number // 20]} {number}"
    return f"<h3>Full Feature List</h3><p>{said} | v2.270 #{1200000 + number} | 4:40</p>"


def test_no_post_of_a_long_feed_is_dropped_without_a_word(imported) -> None:
    """Of a feed with 230 posts the last one is read too, or something is said about those that were left out."""
    posts = [item(number, f"https://e.example/{number}", one_change(number)) for number in range(1, 231)]
    found, report = imported(feed(*posts), "feed.xml")
    assert "1200230" in found or report.count("refused") or report.remarks


@pytest.mark.parametrize("link", ["{site}/posts/21", "/posts/21"], ids=["whole", "relative"])
def test_a_relative_link_is_on_the_feeds_own_site(site, empty, fetcher, now, link: str) -> None:
    """A post whose link is relative to the feed's address is read from the feed's own site."""
    site.pages["/feed.xml"] = Reply(200, feed(item(21, link.format(site=site.url), "Episode 21. Read more")), XML)
    site.pages["/posts/21"] = Reply(
        200, f"<!doctype html><html><body><h1>By the [run]Book: Episode 21</h1>{ROW}</body></html>", HTML
    )
    import_documents(empty, list(load_source(f"{site.url}/feed.xml", fetcher)), now)
    assert [entry.key for entry in empty.entries()] == ["1200001"]
