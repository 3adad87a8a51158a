"""Slack's mark-up of a message's text, undone."""

import time

import pytest

from bot.slack.markup import to_plain_text, to_reference_text


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("<@U123> jira", "jira"),
        ("<@U123|ann> jira", "jira"),
        ("<!channel> jira", "jira"),
        ("<!subteam^S1|@team> jira", "jira"),
        ("<!date^1392734382^{date_short}|18 February> jira", "jira"),
        ("<#C1|jira> default status", "jira default status"),
        ("<#C1> default status", "default status"),
        ("<#C1|> default status", "default status"),
        ("jira <https://example.com/page|default> status", "jira default status"),
        ("jira <https://example.com/a?b=c&amp;d=e>", "jira https://example.com/a?b=c&d=e"),
        ("<https://example.com/episode-13|the new one>", "https://example.com/episode-13"),
        ("for <mailto:ann@acme.example|ann@acme.example>", "for ann@acme.example"),
        ("for <mailto:ann@acme.example>", "for ann@acme.example"),
        ("id <tel:+442012345678|+44 20 1234 5678>", "id +44 20 1234 5678"),
        ("T&amp;M &lt;b&gt; &amp;lt;", "T&M <b> &lt;"),
        ("&lt;@U123&gt;", "<@U123>"),
        ("a < b > c <d>", "a < b > c <d>"),
        ("<https://example.com/cut", "<https://example.com/cut"),
        ("no mark-up at all", "no mark-up at all"),
        ("", ""),
    ],
)
def test_plain_text(markup: str, plain: str) -> None:
    """Every kind of mark-up becomes the words that a person reads; what is no mark-up stays, and each entity is undone
    once.
    """
    assert " ".join(to_plain_text(markup).split()) == plain


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("subscribe <#C1|general> billing", "subscribe <#C1> billing"),
        ("import <https://example.com/p?a=1&amp;b=2|the post>", "import https://example.com/p?a=1&b=2"),
        ("<@U1> pause", "pause"),
    ],
)
def test_references(markup: str, kept: str) -> None:
    """For commands that need them, channels keep their ids and links their addresses."""
    assert " ".join(to_reference_text(markup).split()) == kept


@pytest.mark.parametrize("piece", ["<", "<@", "<@U1|", "<https:", "<a", "<#C1|<#C1|", "&lt;&amp;"])
def test_long_text_takes_linear_time(piece: str) -> None:
    """Twice the text takes about twice the time, whatever it is made of: 40,000 characters are undone at once."""
    seconds = []
    for length in (20_000, 40_000):
        text = (piece * length)[:length]
        start = time.thread_time()
        to_plain_text(text)
        seconds.append(time.thread_time() - start)
    assert seconds[1] < max(0.1, 4 * seconds[0])


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("<https://halo.example/t?id=1016865|the change>", "the change https://halo.example/t?id=1016865"),
        ("<https://halo.example/about|the page>", "the page"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<tel:+442012345678|+44 20 1234 5678>", "+44 20 1234 5678"),
        ("<tel:+442012345678>", "+442012345678"),
    ],
)
def test_what_an_address_says_is_kept(markup, plain):
    """A link with a number in its address is its label and the address; mail and telephone are what was typed."""
    assert to_plain_text(markup).split() == plain.split()
