"""Sources that stay alive: what publishers do all the time loses no episode, and what is wrong is said."""

import threading
from dataclasses import replace
from datetime import timedelta
from html import escape

import pytest

from bot.errors import SourceError
from bot.ingest import source_reader
from bot.ingest.fetch import Fetcher
from bot.ingest.load import load_source
from bot.ingest.poller import SourcePoller, source_statuses
from bot.ingest.readers.feed import read_feed, read_feed_items
from bot.ingest.schedule import QUIET_AFTER, WatchedSource
from tests.ingest.servers import Reply

DAY = timedelta(days=1)
WORDS = (
    "invoice quote ticket asset contract portal mail phone calendar stock order project rate tax report mailbox agent"
).split()


def page(number: int, *rows: str) -> str:
    """A post's page."""
    listed = "".join(f"<p>{row}</p>" for row in rows)
    return (
        f"<!doctype html><html><body><h1>By the [run]Book: Episode {number}</h1>"
        f"<p>Robbie and Connor talk about HaloPSA v2.270.</p><h3>Full Feature List</h3>{listed}</body></html>"
    )


def rows(count: int, start: int = 1_200_001) -> list[str]:
    """Changes of an episode, no two alike."""
    return [
        f"The {WORDS[n % 17]} list {n} is sorted by {WORDS[n // 17 + 3]} {n} | v2.270 #{start + n} | {n}:40"
        for n in range(count)
    ]


def rss(*items: tuple[str, str, str]) -> str:
    """A feed of posts: title, link, description."""
    posts = "".join(
        f"<item><title>{title}</title><link>{link}</link><description>{escape(text)}</description></item>"
        for title, link, text in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{posts}</channel></rss>'


@pytest.fixture
def told() -> list[str]:
    """What the operator was told."""
    return []


@pytest.fixture
def watch(empty, states, fetcher, told):
    """A poller of these sources."""

    def make(*names: str, **more) -> SourcePoller:
        sources = tuple(WatchedSource(name, timedelta(hours=1), announce_first=True) for name in names)
        return SourcePoller(empty, states, sources, fetcher, notify_operator=told.append, **more)

    return make


def poll(poller: SourcePoller, now):
    """The one result of a turn."""
    ((_, result),) = poller.poll_due(now)
    return result


def test_a_page_published_before_its_list(site, watch, empty, now):
    """A post whose list comes a day later is read then, though the feed says nothing new."""
    site.pages["/feed"] = Reply(200, rss(("By the [run]Book: Episode 22", f"{site.url}/22", "Out now")))
    site.pages["/22"] = Reply(200, page(22))
    poller = watch(f"{site.url}/feed")
    assert str(poll(poller, now)) == "nothing new"
    site.pages["/22"] = Reply(200, page(22, *rows(3)))
    assert poll(poller, now + DAY).new == ("1200001", "1200002", "1200003")


@pytest.mark.parametrize("end", ["", "…", " [&hellip;]", " <a href='/22'>Read more</a>"])
def test_a_feed_with_a_part_of_the_post(site, watch, empty, now, end):
    """The page has what the feed's copy lacks, whether or not the copy says that it was cut."""
    whole = page(22, *rows(40))
    copy = whole[: whole.index("1200021")] + end
    site.pages["/feed"] = Reply(200, rss(("By the [run]Book: Episode 22", f"{site.url}/22", copy)))
    site.pages["/22"] = Reply(200, whole)
    assert len(poll(watch(f"{site.url}/feed"), now).new) == 40


def test_a_part_that_says_so_is_not_taken_for_the_whole(site, watch, states, now):
    """While the page cannot be read the copy's changes are there, the source is failing, and the rest comes later."""
    whole = page(22, *rows(40))
    copy = whole[: whole.index("<p>The tax list 13")] + " Read more"
    site.pages["/feed"] = Reply(200, rss(("By the [run]Book: Episode 22", f"{site.url}/22", copy)))
    poller = watch(f"{site.url}/feed")
    assert len(poll(poller, now).new) == 13
    assert "404" in states.get(f"{site.url}/feed").error
    site.pages["/22"] = Reply(200, whole)
    assert len(poll(poller, now + DAY).new) == 27
    assert states.get(f"{site.url}/feed").error is None


@pytest.mark.parametrize("by", ["etag", "last-modified", "nothing"])
def test_a_page_corrected_while_its_feed_stays(site, watch, empty, now, by):
    """A correction on the page alone is found within two weeks, by asking whether it changed; later it is not looked
    for any more.
    """
    version = {"text": rows(2), "tag": "1"}
    conditional = []

    def answer(request):
        tag = request.headers.get("if-none-match") or request.headers.get("if-modified-since")
        conditional.append(tag)
        if tag == version["tag"]:
            return Reply(304)
        name = {"etag": "ETag", "last-modified": "Last-Modified"}.get(by)
        return Reply(200, page(22, *version["text"]), {name: version["tag"]} if name else {})

    site.pages["/feed"] = lambda request: (
        Reply(304)
        if request.headers.get("if-none-match") == "f"
        else Reply(200, rss(("By the [run]Book: Episode 22", f"{site.url}/22", "")), {"ETag": "f"})
    )
    site.pages["/22"] = answer
    poller = watch(f"{site.url}/feed")
    poll(poller, now)
    assert str(poll(poller, now + DAY)) == "nothing new"
    corrected = version["text"][0].replace("sorted by", "sorted and grouped by")
    version.update(text=[corrected, version["text"][1]], tag="2")
    report = poll(poller, now + 13 * DAY)
    assert (report.new, report.updated) == ((), ("1200001",))
    assert [entry.title for entry in empty.entries(["1200001"])] == [corrected.split(" | ")[0]]
    asked = len(conditional)
    poll(poller, now + 15 * DAY)
    assert len(conditional) == asked
    if by != "nothing":
        assert conditional == [None, "1", "1"]


def test_only_the_last_posts_are_looked_at_again(site, watch, states, now):
    """Of a long feed the ten newest pages are asked, and none that was published long ago."""
    many = [(f"By the [run]Book: Episode {n}", f"{site.url}/{n}", "") for n in range(40, 20, -1)]
    old = now - 20 * DAY
    feed = rss(*many).replace("</link>", f"</link><pubDate>{old:%a, %d %b %Y} 08:00:00 GMT</pubDate>", 1)
    site.pages["/feed"] = Reply(200, feed, {"ETag": "f"})
    for n in range(21, 41):
        site.pages[f"/{n}"] = Reply(200, page(n, *rows(1, 1_200_000 + n)))
    poller = watch(f"{site.url}/feed")
    poll(poller, now)
    site.pages["/feed"] = Reply(304)
    asked = len(site.paths())
    poll(poller, now + DAY)
    again = site.paths()[asked:]
    assert (len(again), "/40" in again) == (1 + source_reader.MAX_LOOKED_AT, False)


def test_a_list_page_leads_to_its_feed(site, watch, now):
    """A blog's first page is read through the feed that it names, not through that of its comments."""
    site.pages["/blog"] = Reply(
        200,
        '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments">'
        '<link rel="alternate" type="application/rss+xml" href="/feed"></head><body><h1>Blog</h1></body></html>',
        {"ETag": "unchanged"},
    )
    site.pages["/feed"] = Reply(200, rss(("By the [run]Book: Episode 22", "/22", "")))
    site.pages["/22"] = Reply(200, page(22, *rows(2)))
    poller = watch(f"{site.url}/blog")
    assert poll(poller, now).new == ("1200001", "1200002")
    site.pages["/feed"] = Reply(
        200, rss(("By the [run]Book: Episode 23", "/23", ""), ("By the [run]Book: Episode 22", "/22", ""))
    )
    site.pages["/23"] = Reply(200, page(23, *rows(1, 1_300_000)))
    assert poll(poller, now + DAY).new == ("1300000",)


def test_a_list_page_leads_to_its_posts(site, watch, now):
    """Without a feed, the links of a list page that name an episode or a version are followed, once each."""
    links = (
        '<a href="22">Episode 22 of By the [run]Book</a> <a href="/about">About</a> <a href="/halopsa-v2-270">New</a>'
    )
    site.pages["/blog/"] = Reply(200, f"<!doctype html><html><body><h1>Blog</h1>{links}{links}</body></html>")
    site.pages["/blog/22"] = Reply(200, page(22, *rows(2)))
    site.pages["/halopsa-v2-270"] = Reply(200, page(23, *rows(1, 1_300_000)))
    poller = watch(f"{site.url}/blog/")
    assert sorted(poll(poller, now).new) == ["1200001", "1200002", "1300000"]
    assert sorted(site.paths()) == ["/blog/", "/blog/22", "/halopsa-v2-270"]


def test_a_sitemap_leads_to_posts(site, watch, now):
    """Of a sitemap's pages those are read whose address names an episode; when one's date changes, it is read again."""
    sitemap = "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"
    urls = "<url><loc>{0}/by-the-runbook-episode-22</loc><lastmod>{1}</lastmod></url><url><loc>{0}/about</loc></url>"
    index = "<sitemapindex><sitemap><loc>{0}/posts.xml</loc></sitemap></sitemapindex>"
    site.pages["/sitemap.xml"] = Reply(200, index.format(site.url))
    site.pages["/posts.xml"] = Reply(200, sitemap.format(urls.format(site.url, "2026-06-09")))
    site.pages["/by-the-runbook-episode-22"] = Reply(200, page(22, *rows(2)))
    poller = watch(f"{site.url}/sitemap.xml")
    assert poll(poller, now).new == ("1200001", "1200002")
    site.pages["/by-the-runbook-episode-22"] = Reply(200, page(22, *rows(3)))
    site.pages["/posts.xml"] = Reply(200, sitemap.format(urls.format(site.url, "2026-07-30")))
    assert poll(poller, now + 50 * DAY).new == ("1200003",)
    assert "/about" not in site.paths()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<!doctype html><html><body><h1>Sign in</h1></body></html>", "text/html"),
        ("<html><body><p>Back soon: we are doing some maintenance.</p></body></html>", "text/html"),
        ('{"error": "unauthorized"}', "application/json"),
        ("Service unavailable", "text/plain"),
        ("", "text/html"),
    ],
)
def test_a_feed_that_is_none_any_more(site, watch, states, told, now, body, kind):
    """What answers 200 and is no feed any more is failing, and told; when the feed is back, so is the source."""
    feed = rss(("By the [run]Book: Episode 22", f"{site.url}/22", page(22, *rows(1))))
    site.pages["/feed"] = Reply(200, feed)
    poller = watch(f"{site.url}/feed")
    poll(poller, now)
    site.pages["/feed"] = Reply(200, body, {"Content-Type": kind})
    assert "listed posts" in poll(poller, now + DAY)
    assert (states.get(f"{site.url}/feed").failures, len(told)) == (1, 1)
    site.pages["/feed"] = Reply(200, feed)
    poll(poller, now + 2 * DAY)
    assert states.get(f"{site.url}/feed").error is None


def test_a_page_without_changes_is_no_source(site, watch, told, now):
    """A watched page on which nothing is a change is failing from the first time on, with what to watch instead."""
    site.pages["/page"] = Reply(200, "<!doctype html><html><body><h1>Welcome</h1><p>To our site.</p></body></html>")
    assert "Watch the page or the feed" in poll(watch(f"{site.url}/page"), now)
    assert len(told) == 1


@pytest.mark.parametrize("oldest_first", [True, False])
def test_more_than_two_hundred_posts(oldest_first):
    """All posts of a long feed are read; past the limit the newest are, whatever the order, and it is said."""
    posts = [
        (f"By the [run]Book: Episode {n}", f"https://e.example/{n}", f"<p>{row}</p>") for n, row in enumerate(rows(230))
    ]
    ordered = posts if oldest_first else posts[::-1]
    parsed = read_feed(rss(*ordered).encode(), "feed.xml")
    assert {record.number for record in parsed.records} == {str(1_200_001 + n) for n in range(230)}
    assert read_feed_items(rss(*ordered).encode(), "feed.xml")[0].title.endswith("229")


def test_the_posts_that_are_left_out_are_told(monkeypatch):
    """A feed with more posts than are read says so, with the numbers."""
    monkeypatch.setattr("bot.ingest.readers.feed.MAX_ITEMS", 5)
    posts = [(f"Episode {n}", f"https://e.example/{n}", f"<p>{row}</p>") for n, row in enumerate(rows(8))]
    parsed = read_feed(rss(*posts).encode(), "feed.xml")
    assert {record.number for record in parsed.records} == {str(1_200_001 + n) for n in range(3, 8)}
    assert "of its 8 posts only the newest 5" in parsed.problems[-1].reason


@pytest.mark.parametrize("link", ["/posts/22", "posts/22", "?p=22", "//{host}/posts/22"])
def test_relative_links(site, fetcher, link):
    """A link that is relative to the feed's address is on its site."""
    host = site.url.removeprefix("http://")
    site.pages["/feed"] = Reply(200, rss(("By the [run]Book: Episode 22", link.format(host=host), "")))
    site.pages["/posts/22"] = site.pages["/feed"] if link == "?p=22" else Reply(200, page(22, *rows(2)))
    if link == "?p=22":
        site.pages["/feed"] = lambda request, feed=site.pages["/feed"]: (
            Reply(200, page(22, *rows(2))) if request.query.get("p") else feed
        )
    numbers = [record.number for document in load_source(f"{site.url}/feed", fetcher) for record in document.records]
    assert numbers == ["1200001", "1200002"]


def test_a_source_that_has_become_quiet_is_told_once(site, watch, states, told, now):
    """Thirty days without anything new are told once; when something comes, it starts anew."""
    feed = [("By the [run]Book: Episode 22", f"{site.url}/22", "")]
    site.pages["/feed"] = lambda request: Reply(200, rss(*feed))
    site.pages["/22"] = Reply(200, page(22, *rows(1)))
    poller = watch(f"{site.url}/feed")
    poll(poller, now)
    poll(poller, now + QUIET_AFTER - DAY)
    assert told == []
    for days in (0, 1, 40):
        poll(poller, now + QUIET_AFTER + days * DAY)
    assert len(told) == 1
    assert "nothing new since 2026-06-10" in told[0]
    feed.insert(0, ("By the [run]Book: Episode 23", f"{site.url}/23", ""))
    site.pages["/23"] = Reply(200, page(23, *rows(1, 1_300_000)))
    later = now + 90 * DAY
    assert poll(poller, later).new == ("1300000",)
    (status,) = source_statuses(poller.sources, states, later)
    assert (status.last_news, status.last_try) == (later, later)
    poll(poller, later + QUIET_AFTER)
    assert len(told) == 2


def test_one_that_trickles_its_headers_does_not_stop_the_others(site, empty, states, told, now):
    """While one source sends its headers letter by letter the others are read, and it is left at its deadline."""
    done, read, read_meanwhile = threading.Event(), threading.Event(), threading.Event()

    def trickle(write) -> None:
        for _ in range(2_000):
            if done.wait(0.02):
                return
            write(b"X-A: b\r\n")
            if read.is_set():
                read_meanwhile.set()

    def quick(_) -> Reply:
        read.set()
        return Reply(200, page(22, *rows(1)))

    site.pages["/quick"] = quick
    slow = Fetcher(pause=0.0, max_seconds=1.5, read_timeout=0.5, sleep=lambda _: None)
    with trickling_server(trickle) as address:
        sources = (WatchedSource(address), WatchedSource(f"{site.url}/quick"))
        poller = SourcePoller(empty, states, sources, slow, notify_operator=told.append)
        results = dict(poller.poll_due(now))
        done.set()
    assert read_meanwhile.is_set()
    assert results[f"{site.url}/quick"].new == ("1200001",)
    assert "not complete after a long time" in results[address]


def trickling_server(trickle):
    """A server that never gets to the end of its headers."""
    import socket
    from contextlib import contextmanager

    @contextmanager
    def serve():
        with socket.create_server(("127.0.0.1", 0)) as listening:

            def accept() -> None:
                while True:
                    try:
                        connection, _ = listening.accept()
                    except OSError:
                        return
                    with connection:
                        try:
                            connection.recv(4_000)
                            connection.sendall(b"HTTP/1.1 200 OK\r\n")
                            trickle(connection.sendall)
                        except OSError:
                            continue

            threading.Thread(target=accept, daemon=True).start()
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
            listening.close()

    return serve()


def test_a_source_has_a_deadline_of_its_own(site, fetcher):
    """What is not fetched within a source's time is refused at once, and the time of the next one is its own."""
    site.pages["/a"] = Reply(200, "x")
    clock = [0.0]
    slow = replace(fetcher, monotonic=lambda: clock[0])
    with slow.within(100):
        assert slow.get(f"{site.url}/a").data == b"x"
        clock[0] = 101.0
        with pytest.raises(SourceError, match="takes too long"):
            slow.get(f"{site.url}/a")
    assert slow.get(f"{site.url}/a").data == b"x"
