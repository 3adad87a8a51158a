"""What a robots.txt asks for: the rules of RFC 9309, files as they come, and files made to take for ever."""

import pytest

from bot.errors import SourceError
from bot.ingest.robots import MAX_LENGTH, MAX_WORK, Robots
from tests.doubling import MAX_RATIO, cost_of_doubling

SITE = "https://halo.example"


def allows(text: str, path: str) -> bool:
    """Whether a robots.txt lets us read a path."""
    return Robots(text, 0.0).allows(SITE + path)


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("", "/x", True),
        ("Disallow: /private", "/private/x", False),
        ("Disallow: /private", "/public", True),
        ("Disallow: /*.pdf$", "/guide.pdf", False),
        ("Disallow: /*.pdf$", "/guide.pdf?page=2", True),
        ("Disallow: /blog\nAllow: /blog/releases", "/blog/releases/1", True),  # the longest rule counts, not the first
        ("Disallow: /blog\nAllow: /blog/releases", "/blog/other", False),
        ("Disallow: /page\nAllow: /page", "/page", True),
        ("Disallow: /caf%C3%A9", "/café", False),
        ("Disallow:", "/x", True),
        ("Disallow: /", "/robots.txt", True),
    ],
)
def test_rules(rules, path, expected):
    """Wildcards, ends and the longest rule, as RFC 9309 has them."""
    assert allows(f"User-agent: *\n{rules}\n", path) is expected


def test_the_group_of_our_name():
    """Rules for us go before those for all; those for others, and for words of our description, are not ours."""
    text = "User-agent: *\nDisallow: /\n\nUser-agent: Halobot\nDisallow: /private\nCrawl-delay: 2.5\n"
    assert allows(text, "/page")
    assert not allows(text, "/private")
    assert Robots(text, 0.0).crawl_delay == 2.5
    assert allows("User-agent: otherbot\nDisallow: /\n\nUser-agent: notes\nDisallow: /\n", "/page")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffUser-agent: *\nDisallow: /x",
        "User-agent: *\r\nDisallow: /x\r\n",
        "user-agent : *\n   disallow :   /x   # not this",
        "Sitemap: https://halo.example/map.xml\nUser-agent: *\n\nDisallow: /x",
        "<html>\nUser-agent: *\nDisallow: /x",
    ],
    ids=["byte order mark", "Windows", "spaces", "sitemap", "junk"],
)
def test_as_they_come(text):
    """A file is read as its writer meant it."""
    assert not allows(text, "/x")
    assert allows(text, "/y")


@pytest.mark.parametrize("delay", ["soon", "-3", "inf", "nan", "1e999", "9" * 5_000, ""])
def test_no_delay(delay):
    """What is no number of seconds is no delay."""
    assert Robots(f"User-agent: *\nCrawl-delay: {delay}\n", 0.0).crawl_delay == 0.0


def test_what_is_beyond_the_limit():
    """Of a very long file the beginning counts."""
    assert allows("User-agent: *\n" + "#" * MAX_LENGTH + "\nDisallow: /", "/x")


def programs(count: int, between: str = "\n") -> str:
    """The beginning of a group for so many programs."""
    return "".join(f"User-agent: bot{number}{between}" for number in range(count))


@pytest.mark.parametrize("between", ["\n", "\n\n", "\nSitemap: x\n", "\nallowed\n", "\u2028", "*\n"])
def test_rules_for_too_many_programs(between):
    """Rules that are kept once for each of thousands of programs are not read, however the names are separated."""
    with pytest.raises(SourceError, match="too many rules"):
        Robots(programs(4_000, between) + "Disallow: /x\n" * 4_000, 0.0)


def test_rules_for_many_programs():
    """A long list of programs that are kept out, together or each by itself, is read."""
    together = programs(200) + "".join(f"Disallow: /{number}\n" for number in range(1_000))
    each = "".join(f"User-agent: bot{number}\nDisallow: /\n\n" for number in range(2_000))
    assert len(together) * 200 < MAX_WORK
    for text in (together, each):
        assert not allows(f"{text}\nUser-agent: halobot\nDisallow: /x", "/x")


@pytest.mark.parametrize(
    "line",
    ["Disallow: /*a*a*a*b$\n", "Disallow: /%41$%24*\n", "Allow: /index.html\n", "a b c\n", "Crawl-delay: 1" + "1" * 40],
)
def test_time(line):
    """A long file costs no more than its length."""
    assert cost_of_doubling(
        lambda text: allows(text, "/" + "a" * 500), lambda size: programs(3) + line * size, 1_000
    ) < (MAX_RATIO)
