"""Requests for a digest by those who do not know that word."""

import time

import pytest

from bot.conversation.digest_sentences.reader import read_digest_sentence
from bot.conversation.digest_sentences.requests import read_request


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("can i get a weekly summary mondays at 9", "weekly mondays at 9"),
        ("can we have a summary every friday?", "every friday"),
        ("I want updates every monday", "every monday"),
        ("send me the news weekly", "weekly"),
        ("can you post what's new here each week", "each week"),
        ("remind me on mondays what's new", "on mondays"),
        ("daily summary at 8am", "daily at 8am"),
        ("could i have the highlights every other week", "every other week"),
        ("i'd like a monthly roundup", "monthly"),
        ("give us a fortnightly update on billing", "billing fortnightly"),
        ("set up a weekly summary for this channel fridays 4pm", "weekly fridays 4pm"),
        ("weekly updates on portal and jira at 9am", "portal and jira weekly at 9am"),
        ("please schedule a weekly round-up of changes", "weekly"),
        ("email me every week", "every week"),
        ("e-mail us weekly about jira", "jira weekly"),
        ("email me the portal changes every week", "portal every week"),
        ("mail me all the changes weekly", "weekly"),
        ("can you ping us every monday at 9", "every monday at 9"),
    ],
)
def test_requests(text: str, argument: str) -> None:
    """Who asks for regular news, and says when, is offered a digest of it."""
    sentence = read_digest_sentence(text)
    assert sentence
    assert (sentence.verb, sentence.argument) == ("subscribe", argument)


@pytest.mark.parametrize(
    "text",
    [
        "send customers a weekly summary", "weekly summary of tickets to clients", "schedule a report weekly",
        "email agents a daily summary", "monthly invoice summary", "news", "what's new", "send updates to slack",
        "show me what's new", "tell me what's new in 2.214", "daily ticket summary email", "give me a summary of 2.214",
        "can i get a summary of billing changes", "update tickets daily", "monthly update of recurring invoices",
        "highlights", "what changed in the calendar", "summary", "send clients the news every month",
        "tell me what changed on monday", "what's the news on thursday", "update at 9am", "news at noon",
        "recap monday", "show me what changed once", "tell me what changed in the morning", "highlights each",
    ],
)  # fmt: skip
def test_no_requests(text: str) -> None:
    """What HaloPSA sends to others, and what is asked for once, is a question."""
    assert read_request(text) is None


@pytest.mark.parametrize("part", ["me ", "mondays ", "at 9 ", "can you ", "about a, ", "to me ", "every ", "of the "])
def test_long_requests(part: str) -> None:
    """A text of one part again and again takes no longer than its length."""
    started = time.monotonic()
    for lead in ("send ", "weekly summary ", "post what's new ", "can i get updates about "):
        read_request((lead + part * 60)[:160])
        read_request(lead + part * 4_000)
    assert time.monotonic() - started < 1.0
