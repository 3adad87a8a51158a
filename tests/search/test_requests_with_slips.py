"""Requests as they are typed on a phone: slips in the words that say what is wanted, and links to episodes."""

import time

import pytest

from bot.conversation.interpret import interpret
from bot.conversation.models import LastAnswer
from bot.search.service import SearchService
from bot.search.spelling import correct_list_words
from bot.search.vocabulary import Vocabulary
from tests.search.conftest import service, vocabulary

__all__ = ["service", "vocabulary"]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("latest hightlights", "latest highlights"),
        ("highligths of 2.214", "highlights of 2.214"),
        ("chnages in 2.214", "changes in 2.214"),
        ("billing chages", "billing changes"),
        ("wranings in 2.214", "warnings in 2.214"),
        ("epsiode 13", "episode 13"),
        ("newest cautions", "warnings"),
        ("lates changes", "latest changes"),
        ("newes updates", "newest updates"),
        ("latest warnings", "warnings"),
    ],
)
def test_slips(service: SearchService, text: str, same: str) -> None:
    """A slip in a word that says what is wanted changes nothing."""
    wanted = [hit.entry.key for hit in service.search(same).hits]
    assert wanted
    assert [hit.entry.key for hit in service.search(text).hits] == wanted


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("relates to lates", "relates to latest"),
        ("Plates, lates changes", "Plates, latest changes"),
        ("LATES changes", "latest changes"),
        ("chnages in chnages", "changes in changes"),
    ],
)
def test_a_slip_is_a_word_of_its_own(vocabulary: Vocabulary, text: str, meant: str) -> None:
    """The letters of a slip inside another word are none, and each slip is put right where it stands."""
    assert correct_list_words(text, vocabulary)[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "charges", "versioning", "exchanges", "jira defualt status", "hightlights " * 30, "fewest tickets", "earnings",
        "latent", "chances", "captions", "changed", "highlight", "upgraded", "late tickets", "warming",
    ],
)  # fmt: skip
def test_no_slips(vocabulary: Vocabulary, text: str) -> None:
    """Words of their own, other forms of a word, other slips and long texts stay as they are."""
    assert correct_list_words(text, vocabulary) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        "link to episode 13", "where can i watch episode 13", "episode 13 link please", "video for episode 13",
        "send me the recording of episode 13", "the url of ep 13", "play episode 13", "send me ep 13",
    ],
)  # fmt: skip
def test_link_to_an_episode(service: SearchService, text: str) -> None:
    """Who asks for an episode's link gets it, with what the episode tells of."""
    with service.snapshot() as snapshot:
        found = interpret(snapshot, text)
        query, url = snapshot.parse(text), snapshot.episodes[13].url
    assert (query.filters.episode, query.terms) == (13, ())
    assert found.note == f"Episode 13: {url}"


def test_link_to_an_unknown_episode(service: SearchService) -> None:
    """Of an episode that nobody knows it is said that there is no link."""
    with service.snapshot() as snapshot:
        assert interpret(snapshot, "link to episode 99").note == "I have no link to episode 99."


@pytest.mark.parametrize("text", ["jira links in episode 13", "what was in episode 13 about chat", "episode 13"])
def test_no_link_to_an_episode(service: SearchService, text: str) -> None:
    """What names a subject besides, or no link, asks for changes."""
    with service.snapshot() as snapshot:
        assert interpret(snapshot, text).note == ""


def test_link_after_an_answer(service: SearchService) -> None:
    """An episode's link that is asked for by its number after an answer has nothing to do with what was answered."""
    with service.snapshot() as snapshot:
        last = LastAnswer("jira", tuple(hit.entry.key for hit in service.search("jira").hits))
        found = interpret(snapshot, "link to episode 13", last)
        assert found == interpret(snapshot, "link to episode 13")


def test_long_texts(vocabulary: Vocabulary) -> None:
    """A long text takes no longer than its length."""
    started = time.monotonic()
    correct_list_words("hightlights," * 2_000, vocabulary)
    correct_list_words("h" * 80, vocabulary)
    assert time.monotonic() - started < 1.0
