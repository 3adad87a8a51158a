"""Words that are taken apart wrongly: with a hyphen, with a small word in them, with letters like ø and ł."""

import re

import pytest

from bot.catalog.models import Entry, Version
from bot.search.service import SearchService

TITLES = {
    "Wi-Fi": "Wi-Fi asset type",
    "Opt-in": "Opt-in for marketing mails",
    "Add-on": "Add-on items on contracts",
    "Lønsystem": "Payroll export for Lønsystem",
    "Złoty": "Currency rates of the Złoty",
    "Straße": "Addresses keep the Straße",
}


def says(entry: Entry, pattern: str) -> bool:
    """Whether an entry has these words anywhere."""
    words = " ".join([entry.title, entry.summary, entry.answer or "", entry.caution or "", *entry.names, *entry.also])
    return re.search(pattern, words.lower()) is not None


@pytest.mark.parametrize(
    ("question", "pattern"),
    [
        ("sign-off", r"sign[- ]?off"),
        ("signoff", r"sign[- ]?off"),
        ("add-on", r"add[- ]?on"),
        ("to-do", r"to-?dos?\b"),
        ("to-do list", r"to-?dos?\b"),
    ],
)
def test_the_small_word_of_a_phrase_counts(service: SearchService, question: str, pattern: str) -> None:
    """Of the shipped entries, one that has the whole phrase comes first."""
    first = service.search(question).hits[:1]
    assert [says(hit.entry, pattern) for hit in first] == [True]


@pytest.mark.parametrize(
    ("phrase", "pattern"),
    [
        ("sign-off", r"sign[- ]?off"),
        ("log in as", r"log in as"),
        ("on hold", r"on[- ]?hold"),
    ],
)
def test_a_phrase_in_quotes_finds_what_has_it(service: SearchService, phrase: str, pattern: str) -> None:
    """A phrase in quotes finds something, and every entry that it finds has the whole phrase."""
    hits = service.search(f'"{phrase}"').hits
    assert hits
    assert [hit.entry.title for hit in hits if not says(hit.entry, pattern)] == []


def test_a_phrase_in_quotes_that_nobody_wrote_finds_nothing_else(service: SearchService) -> None:
    """An entry that does not have the phrase in quotes is not found by it, even when no entry has it."""
    assert [
        hit.entry.title for hit in service.search('"write off"').hits if not says(hit.entry, r"write[- ]?off")
    ] == []


@pytest.fixture
def small(make_service) -> SearchService:
    """A catalogue of just these six."""
    return make_service(
        *(Entry(str(1200001 + nth), "feature", title, "", Version(2, 270)) for nth, title in enumerate(TITLES.values()))
    )


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("wifi", "Wi-Fi"),
        ("optin", "Opt-in"),
        ("addon", "Add-on"),
        ("wi-fi", "Wi-Fi"),
        ("opt-in", "Opt-in"),
    ],
)
def test_written_as_one_or_with_a_hyphen(small: SearchService, question: str, word: str) -> None:
    """A word finds the entry that has it, written as one or with a hyphen."""
    assert TITLES[word] in [hit.entry.title for hit in small.search(question).hits]


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("zloty", "Złoty"),
        ("lonsystem", "Lønsystem"),
        ("strasse", "Straße"),
    ],
)
def test_letters_that_are_not_on_every_keyboard(small: SearchService, question: str, word: str) -> None:
    """A word typed without ł, ø or ß finds the one entry that has it with them, and is not taken for another word."""
    answer = small.search(question)
    assert [hit.entry.title for hit in answer.hits] == [TITLES[word]]
    assert answer.query.corrections == ()
