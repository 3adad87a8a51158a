"""Sentences that name the digest: the verb that each stands for, and what is left of its words for that verb. What
those come to is in tests/whole_app/test_digest_phrasings.py.
"""

import time

import pytest

from bot.conversation.answers import VerbMatch
from bot.conversation.digest_sentences.ambiguous_sentences import read_ambiguous_sentence, read_short_sentence
from bot.conversation.digest_sentences.questions import names_an_action
from bot.conversation.digest_sentences.reader import read_digest_sentence
from bot.conversation.verb_finder import find_verb
from bot.conversation.watch_sentences import read_watch_sentence


def read(text: str) -> tuple[str, str, str] | None:
    """The verb, what follows it, and what the digest is called."""
    sentence = read_digest_sentence(text)
    return (sentence.verb, sentence.argument, sentence.which) if sentence else None


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("keep only portal in the digest", "keep only portal"),
        ("leave just portal in our digest", "leave just portal"),
        ("keep portal in the digest", "keep portal"),
        ("keep portal out of the digest", "without portal"),
        ("leave portal out of the digest please", "without portal"),
        ("take out portal from the digest", "without portal"),
        ("remove everything except portal from the digest", "without everything except portal"),
        ("remove everything from the digest except portal", "without everything except portal"),
        ("show only sla in the digest", "show only sla"),
        ("include nothing but sla in the digest", "include nothing but sla"),
        ("add only sla to the digest", "add only sla"),
    ],
)
def test_keeping_is_no_taking_out(text: str, argument: str) -> None:
    """What is kept, or all but which is removed, is never handed on as what is left out."""
    assert read(text) == ("change digest", argument, "")


@pytest.mark.parametrize(
    ("text", "argument", "which"),
    [
        ("change friday to thursday", "thursday instead of friday", ""),
        ("swap mondays for tuesdays in the digest", "tuesdays instead of mondays", ""),
        ("move the digest from monday to friday", "to friday instead of monday", ""),
        ("move the monday digest to friday", "to friday instead of monday", "monday"),
        ("move monday's digest to friday", "to friday instead of monday", "monday's"),
        ("move the portal digest from 9am to 8am", "to 8am", "portal"),
        ("change the digest to monday to thursday", "to monday to thursday", ""),
        ("move the next digest to tuesday", "just this once to tuesday", ""),
        ("post tomorrow's digest at 5pm", "just this once at 5pm", ""),
        ("move this week's digest to friday", "just this once to friday", ""),
        ("also send the digest on fridays", "on fridays as well", ""),
        ("stop the digest on mondays", "not on mondays", ""),
        ("no digest on mondays and fridays", "not on mondays and fridays", ""),
        ("add sla to the digest and remove portal", "add sla and remove portal", ""),
        ("remove portal from the sla digest, add jira", "remove portal, add jira", "sla"),
        ("don't stop the digest", "as it is", ""),
        ("please do not change our digest to fridays", "as it is", ""),
        ("i don't want to cancel the digest", "as it is", ""),
        ("keep the digest as it is", "as it is", ""),
        ("email the digest to bob", "by email", ""),
    ],
)
def test_what_is_to_change(text: str, argument: str, which: str) -> None:
    """One day for another, one digest only, days that are added or taken, several wishes, and none at all."""
    assert read(text) == ("change digest", argument, which)


@pytest.mark.parametrize(
    ("text", "verb", "argument"),
    [
        ("stop the digest for good", "unsubscribe", ""),
        ("cancel the digest permanently", "unsubscribe", ""),
        ("stop the digest for ever", "unsubscribe", ""),
        ("stop the digest for two weeks", "pause", "for two weeks"),
        ("stop the digest after christmas", "pause", "after christmas"),
        ("stop the digest on friday", "pause", "on friday"),
        ("cancel the next digest", "pause", "skip the next one"),
    ],
)
def test_ending_and_pausing(text: str, verb: str, argument: str) -> None:
    """For good is an end; a later day, or one digest, is none."""
    assert read(text) == (verb, argument, "")


def a_verb(text: str) -> VerbMatch | None:
    """The verb that a text begins with, where no word is known."""
    return find_verb(text, text, frozenset())


HOSTILE = (
    "daily " + "1" * 30 + "x", "can it come daily " + "9" * 30 + "x", "send us updates daily " + "1" * 30 + "x",
    "daily " + "at 9am " * 20 + "x", "daily " + "on monday " * 18 + "x", "every monday " * 14 + "x",
    "daily" + " and" * 45 + " x", "daily " * 30 + "x", "mondays, " * 20 + "x", "stop the digest on " + "mon and " * 20,
    "pause from monday" + " for two weeks" * 13 + "?x", "pause on monday" + " and on monday" * 12 + "!",
    "pause the next" + " the next" * 20, "hold it " + "from 5 to " * 18 + "x",
    "pause in two" + " weeks from two" * 12, "pause " * 33,
    "make it " + "at 9am " * 25 + "x", "send it on monday" + " and monday" * 15 + " not x", "resume the " + "big " * 40,
    "resume it from 5" + " to 5" * 30 + "x", "when did the " + "last " * 35 + "digest x", "a user " + "to " * 60 + "\n",
    "user " * 39 + "x", "please " * 28 + "x", "resume" + ", please" * 24 + "x", "what digest" + " in digest" * 18,
    "the name of the digest" * 8, "call the digest " + "digest " * 26, "pause my watches " + "now " * 40 + "x",
    "change the time to " + "9am to " * 25, "set the schedule from " + "at 9 daily to " * 12, "set day to " + "9 " * 80,
    "maybe " * 33 + "x", "i think we should " * 11, "can the digest be paused" + " be paused" * 17,
    "is it possible to " * 11,
    "the digest " * 18, "is the digest in " * 11, "did the digest come " * 9 + "x",
    "can the digest be sent " * 8 + "\n",
    "friday at 9" + " at 9" * 30 + " would be", "we prefer fridays " + "at 9am " * 24 + "x", "our " * 40 + "digest",
    "what is in " * 15 + "digest x" * 3, "pause big big until " + "5 to 5 " * 25, "don't show " + "a " * 80,
    "the digest should not contain " * 6, "postpone the digest " + "from 5 to " * 17,
    "make it a " + "big " * 40 + "digest",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_sentence_keeps_the_bot_busy(text: str) -> None:
    """What can be read in many ways is read in one: seconds here would be hours for a line that is a little longer."""
    began = time.thread_time()
    for reader in (read_digest_sentence, read_ambiguous_sentence, read_short_sentence, read_watch_sentence, a_verb):
        reader(text)
    names_an_action(text)
    assert time.thread_time() - began < 2.0


TIMES = (
    "fridays at 8am", "fridays 8am", "mondays, 9:30", "every day at 8.30am", "at 9 o'clock on fridays",
    "can it come on mondays at 8 am please", "tuesday 10 am sharp", "monday and thursday mornings at 9",
    "every two weeks on tuesdays at noon", "mondays every other week", "friday in the morning at 9",
    "9am on weekdays from now on", "twice a week", "daily at 7 and at 17:30", "monday instead of friday at 8am",
)  # fmt: skip


@pytest.mark.parametrize("text", TIMES)
def test_times_are_read_whole(text: str) -> None:
    """A schedule is one, in whatever order and however precisely it says when."""
    sentence = read_short_sentence(text)
    assert sentence is not None
    assert sentence.verb == "change digest"
    assert sentence.argument.endswith(text.removeprefix("can it come "))
