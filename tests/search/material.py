"""Small entries and vocabularies for tests, and results made comparable."""

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


def hit_keys(result: SearchResult) -> list[str]:
    """The keys of the hits, best first."""
    return [hit.entry.key for hit in result.hits]


def all_keys(result: SearchResult) -> list[str]:
    """The keys of the hits, and of those that are shown on request after them."""
    return [hit.entry.key for hit in (*result.hits, *result.more_hits)]


def suggested_keys(result: SearchResult) -> list[str]:
    """The keys of the suggestions."""
    return [hit.entry.key for hit in result.suggestions]


def comparable(result: SearchResult) -> object:
    """Everything about a result that a person sees."""
    query, parts = result.query, (result.hits, result.possible_hits, result.suggestions)
    scores = [[(hit.entry.key, round(hit.score, 9)) for hit in part] for part in parts]
    return query.intent, query.notes, query.corrections, result.unknown_keys, scores


def v(*minors: int) -> tuple[Version, ...]:
    """`v(206, 208)`: the versions v2.206 and v2.208."""
    return tuple(Version(2, minor) for minor in minors)


def make_vocabulary(text: str, *, glossary: Glossary = Glossary(), **counts: int) -> Vocabulary:  # noqa: B008 (a Glossary never changes)
    """A vocabulary of these words, each in one entry, or in as many as a keyword says."""
    found = words(" ".join((text, *counts)))
    entries = {stem(word): counts.get(word, 1) for word in found}
    return Vocabulary(entries, {word: stem(word) for word in found}, entries, Synonyms(glossary), (), {}, frozenset())
