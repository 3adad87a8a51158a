"""When a text is a command and when it is a question: an exact command stays one; words that are more than a command's
are a question; where a digest may be meant and a change is asked for in just these words, it is the question, with one
line on how to get the digest.
"""

from collections.abc import Callable

import pytest

from bot.catalog.models import Entry, Version
from bot.conversation.answers import Interpretation, ResultAnswer, StatusAnswer, VerbAnswer
from bot.conversation.interpret import interpret
from bot.conversation.models import DIGEST_TOPIC, LastAnswer
from bot.search.service import SearchService

ENTRIES = (
    Entry("1000001", "feature", "Do not disturb", version=Version(2, 208), also=("quiet hours", "add a quiet hour")),
    Entry("1000002", "feature", "Recaps in the queue", version=Version(2, 210), also=("recap digest column", "pause")),
    Entry("1000003", "feature", "Slack messages of triggers", version=Version(2, 212),
          also=("post in #accounts when an address moves", "every other month")),
    Entry("1000004", "feature", "Status page", version=Version(2, 214), names=("Status", "Weekly")),
)  # fmt: skip


@pytest.fixture
def small(make_service: Callable[..., SearchService]) -> SearchService:
    """Search over four changes that are asked for in words of digests."""
    return make_service(*ENTRIES)


def meant(service: SearchService, text: str, last: LastAnswer | None = None) -> Interpretation:
    """What a command in Slack means."""
    with service.snapshot() as snapshot:
        return interpret(snapshot, text, last, may_change_digest=True)


def found(service: SearchService, text: str) -> tuple[str, str]:
    """The entry that answers a question best, and what stands above the answer."""
    meaning = meant(service, text)
    assert isinstance(meaning.answer, ResultAnswer), text
    return meaning.answer.result.hits[0].entry.key, meaning.note


@pytest.mark.parametrize(
    "text", ["pause", "Pause!", "digests", "subscriptions", "pause for 2 weeks", "pause until friday"]
)
def test_a_command_by_its_name(small: SearchService, text: str) -> None:
    """It stays one, also where a change is called so."""
    answer = meant(small, text).answer
    assert isinstance(answer, VerbAnswer)
    assert not answer.is_perhaps
    assert isinstance(meant(small, "status").answer, StatusAnswer)


@pytest.mark.parametrize(
    ("text", "key", "command"),
    [
        ("Add a quiet hour?", "1000001", "change digest"), ("recap digest column", "1000002", "subscriptions"),
        ("post in #accounts when an address moves", "1000003", "change digest"),
        ("every other month", "1000003", "change digest"),
    ],
)  # fmt: skip
def test_what_a_change_is_asked_for_by(small: SearchService, text: str, key: str, command: str) -> None:
    """It is found, and one line says how to get the digest."""
    assert found(small, text) == (key, f"If you meant the digest of a channel, say `{command}`.")


def test_what_says_neither_how_long_nor_until_when(small: SearchService) -> None:
    """ "hours" alone is no time for which a digest could wait."""
    assert found(small, "quiet hours") == ("1000001", "")
    for text in ("quiet days", "silence hours", "nothing weeks", "mute updates hours"):
        assert not isinstance(meant(small, text).answer, VerbAnswer), text
    for text in ("quiet for two hours", "quiet until monday", "silence next week", "quiet 2 weeks"):
        assert isinstance(meant(small, text).answer, VerbAnswer), text


@pytest.mark.parametrize("text", ["add a quiet hour", "every other month"])
def test_what_is_said_of_a_digest_that_was_spoken_of(small: SearchService, text: str) -> None:
    """Right after a digest was shown its words are about that."""
    assert isinstance(meant(small, text, DIGEST_TOPIC).answer, VerbAnswer)


@pytest.mark.parametrize("text", ["weekly", "add jira", "make it daily", "add a quiet", "our digest", "recap digest"])
def test_other_words(small: SearchService, text: str) -> None:
    """A single word, or other words than a change is asked for by, may be about a digest as before."""
    assert isinstance(meant(small, text).answer, VerbAnswer)


def test_what_stands_before_digest_is_what_it_is_called(small: SearchService) -> None:
    """So whoever runs the verb can tell that no digest is called so."""
    for text, name in {"copilot digest list": "copilot", "billing digest": "billing", "digest list": ""}.items():
        answer = meant(small, text).answer
        assert isinstance(answer, VerbAnswer)
        assert (answer.verb.name, answer.which, answer.is_perhaps) == ("subscriptions", name, True)


@pytest.mark.parametrize(
    "text",
    [
        "send slack alerts to #noc when a ticket comes in", "notify #sales of all the new leads",
        "send ticket updates to #noc when one is urgent", "stop posting ticket notifications to #noc",
        "why does #general not get anything at all", "when somebody escalates i want #noc to hear about it",
    ],
)  # fmt: skip
def test_a_channel_alone_makes_no_digest(small: SearchService, text: str) -> None:
    """HaloPSA posts to channels, too: a longer text that names one and speaks of no digest is a question."""
    meaning = meant(small, text)
    assert isinstance(meaning.answer, ResultAnswer)
    assert not meaning.note


@pytest.mark.parametrize(
    ("text", "verb", "is_perhaps"),
    [
        ("pause #general", "pause", False), ("unsubscribe #general", "unsubscribe", False),
        ("change the digest in #general to fridays", "change digest", False),
        ("how do i post tickets to #general", "change digest", True), ("who set up #general", "subscriptions", True),
        ("send #general now", "subscriptions", True), ("what does #general get", "subscriptions", True),
    ],
)  # fmt: skip
def test_what_is_said_of_a_channel(small: SearchService, text: str, verb: str, is_perhaps: bool) -> None:
    """A command with a channel is one; what speaks of no digest may be a question, and posts nothing."""
    answer = meant(small, text).answer
    assert isinstance(answer, VerbAnswer)
    assert (answer.verb.name, answer.which, answer.is_perhaps) == (verb, "#general", is_perhaps)


@pytest.mark.parametrize(
    ("text", "verb", "argument"),
    [
        ("stop sending updates to #general please", "unsubscribe", ""),
        ("no more posts to #general please", "unsubscribe", ""),
        ("how can i stop updates to #general", "unsubscribe", ""),
        ("please could you kindly resume the updates to #general thanks", "resume", ""),
        ("please send the updates to #general every monday at 9", "change digest", "every monday at 9"),
        ("send it daily to #general", "change digest", "daily"),
        ("could you please stop #general right now, thanks", "subscriptions", "unclear"),
    ],
)
def test_a_wish_for_the_updates_of_a_channel(small: SearchService, text: str, verb: str, argument: str) -> None:
    """It may be about the channel's digest, however politely and wherever the channel is named; nothing is posted."""
    answer = meant(small, text).answer
    assert isinstance(answer, VerbAnswer)
    assert (answer.verb.name, answer.argument, answer.which, answer.is_perhaps) == (verb, argument, "#general", True)


@pytest.mark.parametrize(
    "text",
    [
        "what updates does #general get every week", "please move the updates in #general to fridays at 9",
        "who set up the updates in #general back then", "maybe send the summary to #general right now",
    ],
)  # fmt: skip
def test_words_on_the_updates_of_a_channel(small: SearchService, text: str) -> None:
    """What is no such wish is searched for, and one line says how to get the digest; nothing is posted."""
    meaning = meant(small, text)
    assert isinstance(meaning.answer, ResultAnswer)
    assert meaning.note == "If you meant the digest of a channel, say `subscriptions`."


@pytest.mark.parametrize("name", ["general", "digest", "weekly-digest", "digests_of_sales"])
@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("pause {}", "pause"), ("what does {} get", "subscriptions"), ("send {} now", "subscriptions"),
        ("post in {} now", "subscriptions"), ("notify {} of all the new leads", ""),
        ("send alerts to {} when a ticket comes in", ""), ("send the digest now in {}", "digest now"),
        ("stop the digest in {}", "unsubscribe"),
    ],
)  # fmt: skip
def test_a_channel_with_digest_in_its_name(small: SearchService, name: str, text: str, verb: str) -> None:
    """What is said of it is read as of any other channel: its name speaks of no digest, and nothing is posted by it."""
    answer = meant(small, text.format(f"#{name}")).answer
    assert isinstance(answer, VerbAnswer) == bool(verb)
    if isinstance(answer, VerbAnswer):
        assert (answer.verb.name, answer.which) == (verb, f"#{name}")
