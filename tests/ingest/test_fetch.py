"""Fetching politely, from a server that does everything wrong."""

import gzip
import socket
import time
import tracemalloc
import zlib

import pytest

from bot.errors import SourceError
from bot.ingest.fetch import USER_AGENT, Fetcher, is_same_site, parse_retry_after, validate_url
from bot.ingest.parsing import parse_fetched
from bot.ingest.public_addresses import resolve_public
from tests.ingest.servers import Reply, flood, trickle


def why(fetcher, url) -> str:
    """The sentence in which fetching an address fails."""
    with pytest.raises(SourceError) as failed:
        fetcher.get(url)
    return str(failed.value)


def test_a_page(site, fetcher):
    """A page comes with its type, its charset and its marks; the server is told who asks."""
    site.pages["/p"] = Reply(
        200,
        "häkchen".encode("latin-1"),
        {"Content-Type": "text/html; charset=latin-1", "ETag": '"1"', "Last-Modified": "yesterday"},
    )
    found = fetcher.get(f"{site.url}/p")
    assert (found.data, found.content_type, found.charset, found.etag, found.last_modified) == (
        b"h\xe4kchen",
        "text/html",
        "latin-1",
        '"1"',
        "yesterday",
    )
    assert site.asked[-1].headers["user-agent"] == USER_AGENT


def test_unchanged(site, fetcher):
    """What was fetched before is asked for with its marks, and 304 is no document."""
    site.pages["/p"] = lambda request: (
        Reply(304) if request.headers.get("if-none-match") == '"1"' else Reply(200, b"x", {"ETag": '"1"'})
    )
    assert fetcher.get(f"{site.url}/p").data == b"x"
    assert fetcher.get(f"{site.url}/p", '"1"', "yesterday").data is None
    assert site.asked[-1].headers["if-modified-since"] == "yesterday"


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418])
def test_refused(site, fetcher, status, naps):
    """A lasting failure is told at once, with its number."""
    site.pages["/p"] = Reply(status)
    assert f"answers {status}" in why(fetcher, f"{site.url}/p")
    assert naps == []


def test_passing_failures_are_tried_again(site, fetcher, naps):
    """429 waits as long as it is told to, 500 a little longer each time; then the page comes."""
    replies = [Reply(429, b"", {"Retry-After": "7"}), Reply(500), Reply(200, b"at last")]
    site.pages["/p"] = lambda _: replies.pop(0)
    assert fetcher.get(f"{site.url}/p").data == b"at last"
    assert naps == [7.0, 4.0]


def test_a_long_wait_is_left_for_later(site, fetcher, naps):
    """A server that asks for an hour is not waited for."""
    site.pages["/p"] = Reply(429, b"", {"Retry-After": "3600"})
    assert "wait 3600 seconds" in why(fetcher, f"{site.url}/p")
    assert naps == []


def test_failing_for_good(site, fetcher, naps):
    """A server that keeps failing is asked three times."""
    site.pages["/p"] = Reply(503)
    assert "answers 503" in why(fetcher, f"{site.url}/p")
    assert site.paths() == ["/p"] * 3


def test_slow(site, fetcher):
    """A server that says nothing is left after the timeout."""
    site.pages["/p"] = lambda _: (time.sleep(0.8), Reply())[1]
    assert "no answer in time" in why(fetcher, f"{site.url}/p")


def test_endless(site, fetcher):
    """A page that trickles for ever is left."""
    site.pages["/p"] = Reply(stream=trickle)
    assert "still not complete" in why(fetcher, f"{site.url}/p")


@pytest.mark.parametrize(
    "make",  # packing takes a moment, which other tests are spared
    [
        lambda: Reply(stream=flood(50_000_000)),
        lambda: Reply(200, b"", {"Content-Length": "50000000"}),
        lambda: Reply(200, gzip.compress(b"x" * 80_000_000), {"Content-Encoding": "gzip"}),
        lambda: Reply(200, zlib.compress(b"x" * 80_000_000), {"Content-Encoding": "deflate"}),
    ],
    ids=["50 MB", "50 MB announced", "gzip bomb", "deflate bomb"],
)
def test_too_large(site, fetcher, make):
    """What is larger than the limit, plain or once unpacked, is left without filling the memory."""
    site.pages["/p"] = reply = make()
    if "Content-Length" in reply.headers:
        site.pages["/p"] = Reply(stream=lambda write: None, headers=reply.headers)
    tracemalloc.start()
    try:
        assert "larger than 2 MB" in why(fetcher, f"{site.url}/p")
        assert tracemalloc.get_traced_memory()[1] < 15_000_000
    finally:
        tracemalloc.stop()


def test_packed(site, fetcher):
    """A page packed with gzip is unpacked; broken packing, and packing that was not asked for, are told."""
    site.pages["/good"] = Reply(200, gzip.compress(b"page" * 1000), {"Content-Encoding": "gzip"})
    site.pages["/broken"] = Reply(200, b"not gzip at all", {"Content-Encoding": "gzip"})
    site.pages["/br"] = Reply(200, b"x", {"Content-Encoding": "br"})
    assert fetcher.get(f"{site.url}/good").data == b"page" * 1000
    assert "broken packing" in why(fetcher, f"{site.url}/broken")
    assert "packed as br" in why(fetcher, f"{site.url}/br")


@pytest.mark.parametrize(
    "said", ["", "; charset=utf-8", "; charset=ascii", "; charset=no-such-thing", "; charset=iso-8859-1"]
)
def test_wrong_encoding(site, fetcher, said):
    """Whatever a server says of its encoding, a page in Windows' own or in UTF-8 is read, with its quotes and
    dashes.
    """
    post = (
        "Episode 30 of By the [run]Book covers HaloPSA v2.220.\nFull Feature List\n"
        "“Café” boards – shared | v2.220 #1102001 | 9:10\n"
    )
    site.pages["/utf"] = Reply(200, post.encode(), {"Content-Type": f"text/plain{said}"})
    site.pages["/windows"] = Reply(200, post.encode("cp1252"), {"Content-Type": f"text/plain{said}"})
    (record,) = parse_fetched(fetcher.get(f"{site.url}/utf")).records
    assert record.title == "“Café” boards – shared"
    (record,) = parse_fetched(fetcher.get(f"{site.url}/windows")).records
    assert (record.number, str(record.version), record.mention.at, "Café" in record.title) == (
        "1102001",
        "v2.220",
        "9:10",
        True,
    )


def test_redirects(site, fetcher):
    """Redirects are followed within the site, never to another, and not for ever."""
    site.pages["/old"] = Reply(301, b"", {"Location": "/new"})
    site.pages["/new"] = Reply(200, b"here")
    site.pages["/away"] = Reply(302, b"", {"Location": "http://localhost:1/x"})
    site.pages["/round"] = Reply(302, b"", {"Location": "/round"})
    site.pages["/file"] = Reply(302, b"", {"Location": "file:///etc/passwd"})
    assert fetcher.get(f"{site.url}/old").data == b"here"
    assert "another site (localhost)" in why(fetcher, f"{site.url}/away")
    assert "without end" in why(fetcher, f"{site.url}/round")
    assert "not a web address" in why(fetcher, f"{site.url}/file")


def test_robots(site, fetcher):
    """What robots.txt forbids is not asked for; it is read once."""
    site.pages["/robots.txt"] = Reply(200, "User-agent: *\nDisallow: /private\nCrawl-delay: 0\n")
    site.pages["/p"] = Reply(200, b"x")
    fetcher.get(f"{site.url}/p")
    fetcher.get(f"{site.url}/p")
    assert "robots.txt asks" in why(fetcher, f"{site.url}/private/x")
    assert [request.path for request in site.asked] == ["/robots.txt", "/p", "/p"]


def test_robots_are_read_again_after_a_day(site, naps):
    """What robots.txt allows for a day may be forbidden on the next."""
    clock = [0.0]
    fetcher = Fetcher(sleep=naps.append, monotonic=lambda: clock[0])
    site.pages["/p"] = Reply(200, b"x")
    fetcher.get(f"{site.url}/p")
    site.pages["/robots.txt"] = Reply(200, "User-agent: halobot\nDisallow: /\n")
    clock[0] = 86_000.0
    fetcher.get(f"{site.url}/p")
    clock[0] = 87_000.0
    assert "robots.txt asks" in why(fetcher, f"{site.url}/p")


def test_robots_that_take_too_long(site, fetcher):
    """A site whose robots.txt is made to keep its reader busy is not asked for anything else."""
    programs = "".join(f"User-agent: {number}\n" for number in range(5_000))
    site.pages["/robots.txt"] = Reply(200, programs + "Disallow: /\n" * 5_000)
    assert "robots.txt could not be read" in why(fetcher, f"{site.url}/p")
    assert site.paths() == []


def test_robots_that_fail(site, fetcher):
    """A site whose robots.txt cannot be read is not asked for anything else."""
    site.pages["/robots.txt"] = Reply(500)
    assert "robots.txt could not be read" in why(fetcher, f"{site.url}/p")
    assert site.paths() == []


def test_one_request_at_a_time(site, naps):
    """Between two requests to a host there is a pause."""
    site.pages["/p"] = Reply(200, b"x")
    polite = Fetcher(pause=5.0, sleep=naps.append, monotonic=lambda: 100.0)
    polite.get(f"{site.url}/p")
    assert naps == [5.0]  # after robots.txt


def test_nobody_there(fetcher, naps):
    """An address where nothing listens is told, after a few tries."""
    assert "connection failed" in why(fetcher, "http://127.0.0.1:9/p")
    assert len(naps) == 2


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x/y",
        "//x/y",
        "http://",
        "https://a b/",
        "http://x\n/",
        "javascript:alert(1)",
        "http://u:p@x/",
        "http://x:99999/",
        "x",
    ],
)
def test_no_address(url):
    """What is no plain web address is not asked."""
    with pytest.raises(SourceError):
        validate_url(url)


def test_same_site():
    """With and without www is one site, from http to https too; back to http, another port or another name is not."""
    assert is_same_site("http://example.com/a", "https://www.example.com/b")
    assert not is_same_site("https://example.com/a", "http://example.com/b")
    assert not is_same_site("https://example.com/a", "https://example.com:8443/b")
    assert not is_same_site("https://example.com/a", "https://example.com.evil.test/b")


def test_retry_after():
    """Seconds, a date, or nothing that can be understood."""
    assert parse_retry_after("12") == 12
    assert parse_retry_after("Thu, 01 Jan 1970 00:01:00 GMT", now=lambda: 0.0) == 60
    assert parse_retry_after("soon") is None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fe80::1",
        "::ffff:127.0.0.1",
        "224.0.0.1",
    ],
)
def test_private_addresses_are_refused(host):
    """An address of our own network is refused after its name was resolved."""
    with pytest.raises(SourceError, match=r"not a public address|no such name"):
        resolve_public(host, 80)


def test_public_only_is_checked_for_each_connection(site):
    """A fetcher for addresses that people give never reaches this machine."""
    site.pages["/p"] = Reply(200, b"secret")
    assert "not a public address" in why(Fetcher(public_only=True, pause=0.0), f"{site.url}/p")
    assert site.asked == []


def test_public_only_connects_to_the_address_that_was_checked(site, monkeypatch):
    """The host is resolved once; the request goes to that address and still names the host."""
    site.pages["/p"] = Reply(200, b"public")
    monkeypatch.setattr("bot.ingest.public_addresses.resolve_public", lambda host, port: "127.0.0.1")
    host = f"releases.example:{site.url.rsplit(':', 1)[1]}"
    assert Fetcher(public_only=True, pause=0.0).get(f"http://{host}/p").data == b"public"
    assert site.asked[-1].headers["host"] == host


def test_a_name_that_changes_its_address(site, monkeypatch):
    """What a name's second lookup gives is never asked for: there is one lookup for each request, and its address is
    the one that is used.
    """
    site.pages["/p"] = Reply(200, b"public")
    lookups, real = [], socket.getaddrinfo

    def getaddrinfo(host, *more, **options):
        if host != "releases.example":
            return real(host, *more, **options)
        lookups.append(host)
        return real("127.0.0.1" if len(lookups) < 3 else "127.0.0.2", *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr("bot.ingest.public_addresses.is_public", lambda address: str(address) == "127.0.0.1")
    fetcher, url = Fetcher(public_only=True, pause=0.0), f"http://releases.example:{site.url.rsplit(':', 1)[1]}/p"
    assert fetcher.get(url).data == b"public"
    assert len(lookups) == 2  # robots.txt and the page
    assert "not a public address" in why(fetcher, url)
    assert site.paths() == ["/p"]


def test_public_only_goes_through_no_proxy(site, monkeypatch):
    """A proxy of the environment would look names up by itself: it is not used for addresses that people give."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, site.url)
    assert "no such name" in why(Fetcher(public_only=True, pause=0.0), "http://releases.invalid/p")
    assert site.asked == []
