"""Sentences about watches: the verb that each stands for, and what is watched or ended; those that only sound so are
none.
"""

import time

import pytest

from bot.conversation.watch_sentences import read_release, read_watch_sentence, without_courtesy
from tests.doubling import MAX_RATIO, cost_of_doubling

WATCHED = {
    "please watch jira": "jira", "can you watch jira for me": "jira", "i want to watch jira sync": "jira sync",
    "i'd like to watch portal please": "portal", "notify me of jira changes": "jira", "alert me on sso": "sso",
    "inform me about xero": "xero", "alert me when something new about jira comes": "jira",
    "dm me when jira is fixed": "jira", "let me know once quickbooks is available, please": "quickbooks",
    "tell me about every new version": "every new version", "message me of any new release": "any new release",
    "tell me when #1016865 is corrected thanks": "#1016865", "tell me when there is something": "this",
    "let me know if there's anything new on that": "this", "tell me when there is": "this",
    "alert me to security changes": "security", "keep me posted about tickets": "tickets",
    "let me know when there is something new about tickets": "tickets",
    "let me know about anything new for quickbooks": "quickbooks", "tell me when the portal is updated": "the portal",
    "tell me about everything new in invoices": "invoices", "tell me when a new release is out": "a new release",
}  # fmt: skip
ENDED = {
    "please unwatch jira": "jira", "can you stop watching jira please": "jira", "stop the jira watch": "jira",
    "cancel my jira sync watch": "jira sync", "end my watch on jira": "jira", "remove the watch for sso": "sso",
    "delete my watch about xero": "xero", "remove jira from my watches": "jira", "take jira off my watch list": "jira",
    "i'm not interested in jira any more": "jira", "no more messages about jira": "jira", "undo watch jira": "jira",
    "unwatch all": "everything", "no more dms": "everything",
}  # fmt: skip
LISTED = (
    "which watches do i have", "do i watch jira", "am i watching the portal", "watch list", "my watchlist",
    "show my watches please", "my alerts", "list watches", "see the watches",
)  # fmt: skip
EXPLAINED = (
    "how do i watch something", "what can i watch", "can i watch an area", "how can i stop a watch", "what is a watch",
    "how do watches work",
)  # fmt: skip
QUESTIONS = (
    "can you watch a ticket", "can agents watch tickets", "how do i watch a ticket", "i want to watch a ticket",
    "tell me when the ticket is updated", "tell me when the invoice is changed", "tell me when tickets are updated",
    "let me know when closed tickets change", "notify me of new tickets", "let me know about the ticket",
    "keep me posted about my tickets", "tell me once the open invoices are updated", "please watch the queue",
    "follow tickets", "follow up", "follow up reminder", "monitor the mailbox", "monitor invoices", "forget the ticket",
    "tell customers when jira changes", "tell bob when the ticket is updated", "follow the steps of a workflow",
    "follow a ticket", "notify me when a ticket is updated", "stop the clock", "remove a follower from a ticket",
    "what can agents watch", "do customers watch tickets", "pause the stopwatch", "pause a ticket", "list alerts",
    "show alerts", "remove a device from the alerts", "stop all alerts", "cancel the smart watch order", "mute alerts",
)  # fmt: skip


@pytest.mark.parametrize("text", WATCHED)
def test_watching(text: str) -> None:
    """What is to be watched, without the courtesy around it."""
    sentence = read_watch_sentence(text)
    assert sentence is not None
    assert (sentence.verb, sentence.argument) == ("watch", WATCHED[text])


@pytest.mark.parametrize("text", ENDED)
def test_ending(text: str) -> None:
    """The watch that is meant, or all of them."""
    sentence = read_watch_sentence(text)
    assert sentence is not None
    assert (sentence.verb, sentence.argument) == ("unwatch", ENDED[text])


@pytest.mark.parametrize(("text", "verb"), [*((t, "watches") for t in LISTED), *((t, "help") for t in EXPLAINED)])
def test_asking(text: str, verb: str) -> None:
    """The list, or what a watch is."""
    sentence = read_watch_sentence(text)
    assert sentence is not None
    assert sentence.verb == verb


@pytest.mark.parametrize(
    ("text", "verb", "what"),
    [
        ("follow jira", "watch", "jira"),
        ("follow 1093288", "watch", "1093288"),
        ("monitor jira please", "watch", "jira"),
        ("tell bob when jira changes", "watch", "jira"),
        ("forget jira", "unwatch", "jira"),
    ],
)
def test_perhaps_a_watch(text: str, verb: str, what: str) -> None:
    """It is not run but searched for, and how it would be run is said."""
    sentence = read_watch_sentence(text)
    assert sentence is not None
    assert (sentence.verb, sentence.argument, sentence.is_certain) == (verb, what, False)
    assert f"`{verb} {what}`" in sentence.note


@pytest.mark.parametrize("text", QUESTIONS)
def test_questions(text: str) -> None:
    """What is watched, followed or alerted in HaloPSA is a question."""
    assert read_watch_sentence(text) is None


@pytest.mark.parametrize("text", ["pause my watches", "mute all my watches until monday", "please resume the watches"])
def test_a_watch_has_no_pause(text: str) -> None:
    """The list, with a word on that."""
    sentence = read_watch_sentence(text)
    assert sentence is not None
    assert (sentence.verb, bool(sentence.note)) == ("watches", True)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("tell me when v2.206 is out", "v2.206"),
        ("let me know once version 2.206 comes out, please", "version 2.206"),
        ("dm me as soon as 2.206 is released", "2.206"),
        ("tell me when portal v2.206 is out", ""),
        ("tell me when v2.206 is corrected", ""),
        ("when is v2.206 out", ""),
    ],
)
def test_waiting_for_a_version(text: str, version: str) -> None:
    """Only a version, and that it is out."""
    assert read_release(text) == version


@pytest.mark.parametrize(
    ("argument", "plain"),
    [
        ("jira please", "jira"),
        ("jira any more, thanks", "jira"),
        ("it for me", "it"),
        ("please", "please"),
        ("payment for merchants", "payment for merchants"),
        ("now playing", "now playing"),
        ("", ""),
    ],
)
def test_courtesy_is_no_part_of_what_is_watched(argument: str, plain: str) -> None:
    """At its end only, and never all of it."""
    assert without_courtesy(argument) == plain


HOSTILE = (
    "please " * 28 + "x", "tell me when " + "x is " * 35, "stop the " + "a " * 90 + "watc",
    "watch " + "please " * 27 + "x", "i want to " * 19 + "x",
    "remove " + "from my " * 24, "no more alerts about " + "please " * 25 + "x",
    "tell me when there is something new about " * 4, "let me know once " + "2.206 " * 30,
    "mute my watches " + "x " * 80,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_sentence_keeps_the_bot_busy(text: str) -> None:
    """Seconds here would be hours for a line that is a little longer."""
    began = time.thread_time()
    read_watch_sentence(text)
    read_release(text)
    without_courtesy(text)
    assert time.thread_time() - began < 2.0


@pytest.mark.parametrize("piece", ["x ", "now x ", "please "])
def test_courtesy_is_looked_for_in_linear_time(piece: str) -> None:
    """However long it is what follows `watch`."""
    assert cost_of_doubling(without_courtesy, lambda size: piece * (size // len(piece)), 10_000) < MAX_RATIO
