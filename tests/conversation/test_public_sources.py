"""What everyone sees of a source has neither a password nor a token nor a folder of the server in it."""

import pytest

from bot.conversation.public_sources import public_source, web_address


@pytest.mark.parametrize(
    ("source", "shown", "link"),
    [
        ("https://example.com/feed.xml", "example.com/feed.xml", "https://example.com/feed.xml"),
        ("https://example.com/", "example.com", "https://example.com/"),
        ("https://bob:secret@example.com/feed", "example.com/feed", ""),
        ("https://a@secret@example.com/feed", "example.com/feed", ""),
        ("https://example.com/feed?token=secret", "example.com/feed", ""),
        ("https://example.com/feed;token=secret/x", "example.com", ""),
        ("https://example.com;token=secret/x", "example.com", ""),
        ("https://example.com/bob:secret@feed", "example.com", ""),
        ("/srv/secret/notes/v2.216.html", "v2.216.html", ""),
        ("C:\\secret\\notes.csv", "notes.csv", ""),
        ("javascript:alert(1)//https://example.com", "example.com", ""),
        ("halo-api", "halo-api", ""),
        ("", "", ""),
    ],
)
def test_public_source(source: str, shown: str, link: str) -> None:
    """A web address that is open is linked; of everything else there is a name."""
    assert public_source(source) == (shown, link)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//example.com", "https://", "https://a b", "ftp://a", None],
)
def test_no_web_address(address: str | None) -> None:
    """Only http and https may be linked."""
    assert web_address(address) == ""


def test_long_sources_cost_their_length() -> None:
    """A megabyte of what nearly is an address is looked at once."""
    assert web_address("https://" + "a" * 1_000_000 + " ") == ""
    assert web_address("https://" + "@" * 1_000_000) == ""
