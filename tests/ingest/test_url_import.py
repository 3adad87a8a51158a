"""Importing from an address that someone gave in Slack."""

import pytest

from bot.errors import SourceError
from bot.ingest.fetch import Fetcher
from bot.ingest.service import import_url, preview_url
from tests.ingest.servers import Reply

POST = (
    "Episode 30 of By the [run]Book covers HaloPSA v2.220.\nFull Feature List\n"
    "Dashboards can be pinned | v2.220 #1102001 | 9:10\n"
)


def test_looked_at_then_taken(site, fetcher, empty, now):
    """A look writes nothing; taking it brings in what was shown."""
    site.pages["/p"] = Reply(200, POST)
    shown = preview_url(empty, f"{site.url}/p", now, fetcher)
    assert (shown.report.new, empty.entry_count()) == (("1102001",), 0)
    assert import_url(empty, f"{site.url}/p", shown.content_hash, now, fetcher).new == ("1102001",)
    assert empty.entry_count() == 1


def test_only_what_was_shown_is_taken(site, fetcher, empty, now):
    """A page that changed between the look and the word for it is not taken in."""
    site.pages["/p"] = Reply(200, POST)
    shown = preview_url(empty, f"{site.url}/p", now, fetcher)
    site.pages["/p"] = Reply(200, POST + "Boards can be shared | v2.220 #1102002 | 1:10\n")
    with pytest.raises(SourceError, match="have another look"):
        import_url(empty, f"{site.url}/p", shown.content_hash, now, fetcher)
    assert empty.entry_count() == 0


@pytest.mark.parametrize(
    "url", ["/etc/passwd", "-", "file:///etc/passwd", "ftp://example.com/x", "https://user:secret@example.com/"]
)
def test_only_web_addresses(empty, now, url):
    """Neither files of this machine nor anything but http and https."""
    with pytest.raises(SourceError):
        preview_url(empty, url, now)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.1.2.3"])
def test_only_public_ones(site, empty, now, host):
    """Nothing inside our own network is reached, whatever it is called."""
    port = site.url.rsplit(":", 1)[1]
    site.pages["/p"] = Reply(200, POST)
    with pytest.raises(SourceError, match="not a public address"):
        preview_url(empty, f"http://{host}:{port}/p", now, Fetcher(public_only=True, sleep=lambda _: None))
    assert site.asked == []


def test_nothing_that_reads_as_a_change(site, fetcher, empty, now):
    """Of a page without changes nobody is told that nothing is new."""
    site.pages["/p"] = Reply(200, "We like our service desk.\nIt is a good one.\n")
    with pytest.raises(SourceError, match="no line of it reads as a change"):
        preview_url(empty, f"{site.url}/p", now, fetcher)


def test_why_it_cannot_be_read(site, fetcher, empty, now):
    """An address with nothing to read ends in a sentence."""
    site.pages["/p"] = Reply(404)
    with pytest.raises(SourceError, match="nothing at this address"):
        preview_url(empty, f"{site.url}/p", now, fetcher)
