"""Quoted phrases of small words, addresses within a question, and words written as one."""

import pytest

from bot.search.phrases import has_phrases, phrase_words
from tests.search.material import hit_keys, make_change


@pytest.mark.parametrize("phrase", ["as is", "out of", "not in", "to be", "more than", "by the"])
def test_phrases_of_small_words(service, phrase):
    """A quoted phrase that has no word of its own finds the entries that have it, and only these."""
    result = service.search(f'"{phrase}"')
    entries = [hit.entry for hit in (*result.hits, *result.more_hits)]
    assert entries
    assert all(has_phrases(entry, [phrase_words(phrase)]) for entry in entries)


def test_sure_of_what_is_called_so(make_service):
    """An entry that is called so is the answer; one that only says so may be."""
    service = make_service(
        make_change("10001", "Sell items as is"),
        make_change("10002", "Stock", summary="Counted as is, or more than once."),
    )
    assert (hit_keys(service.search('"as is"')), service.search('"as is"').confidence) == (["10001"], "sure")
    assert (hit_keys(service.search('"more than"')), service.search('"more than"').confidence) == (["10002"], "perhaps")
    assert not service.search('"such as"').hits
    assert not service.search('"as is" version:2.999').hits


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/wiki webhook changes",
        "webhook changes https://example.com/a,b",
        "webhook (https://example.com/a)changes",
        "https://usehalo.com/episode-15 webhook changes",
        "see https://example.com/ticket/123: webhook changes",
    ],
)
def test_words_around_an_address(service, text):
    """An address hides none of the words around it, even where it is an episode's page."""
    assert set(hit_keys(service.search(text))) == set(hit_keys(service.search("webhook changes")))


@pytest.mark.parametrize(
    "text", ["https://usehalo.com/x/episode-15", "everything in https://usehalo.com/x/episode-15 please"]
)
def test_an_episode_by_its_page(service, text):
    """The page of an episode with no subject beside it, or with "in", asks for what the episode talks about."""
    assert service.search(text).query.filters.episode == 15


def test_a_word_of_two_words_is_no_less_unknown(make_service):
    """A word that may be two known ones finds what has both; what has one of them knows nothing of the word."""
    service = make_service(
        make_change("10001", "Web portal for alerts"),
        make_change("10002", "Root cause of alerts"),
        make_change("10003", "Quote lines: view that is split", also=["split view"]),
    )
    assert not service.search("webroot").hits
    assert hit_keys(service.search("splitview")) == ["10003"]
