"""Entries made to measure, and answers made readable."""

from bot.catalog.models import Entry, Glossary, Version
from bot.search.models import SearchResult
from bot.search.service import SearchService
from bot.search.synonyms import Synonyms
from bot.search.vocabulary import Vocabulary
from bot.text import stem, words


def make_change(key, title, **fields):
    """A change of v2.206 with just a title; keywords say what is special about it."""
    return Entry(key=key, kind=fields.pop("kind", "feature"), title=title, **{"version": Version(2, 206), **fields})


def explain(service: SearchService, text: str) -> SearchResult:
    """The answer to a text, with the signals of each hit."""
    with service.snapshot() as snapshot:
        return snapshot.explain(text)


def hit_keys(answer: SearchResult) -> list[str]:
    """What is answered, best first."""
    return [hit.entry.key for hit in answer.hits]


def suggested_keys(answer: SearchResult) -> list[str]:
    """What is offered apart."""
    return [hit.entry.key for hit in answer.suggestions]


def comparable(answer: SearchResult) -> object:
    """Everything about an answer that a person would notice."""
    return (
        answer.query.intent, answer.query.notes, answer.query.corrections, answer.unknown_keys,
        [[(hit.entry.key, round(hit.score, 9)) for hit in part] for part in (answer.hits, answer.possible_hits, answer.suggestions)],
    )  # fmt: skip


def v(*minors: int) -> tuple[Version, ...]:
    """`v(206, 208)`: the versions v2.206 and v2.208."""
    return tuple(Version(2, minor) for minor in minors)


def make_vocabulary(text: str, *, glossary: Glossary = Glossary(), **counts: int) -> Vocabulary:  # noqa: B008 (a Glossary never changes)
    """The lexicon of a catalogue with these words: in one entry each, or in as many as a keyword says."""
    found = words(" ".join((text, *counts)))
    entries = {stem(word): counts.get(word, 1) for word in found}
    return Vocabulary(entries, {word: stem(word) for word in found}, entries, Synonyms(glossary), (), {}, frozenset())
