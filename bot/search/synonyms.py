"""What people call things: seeds/glossary.toml, made ready for looking up by stems."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.catalog.models import Glossary
from bot.text import STOP_WORDS, stem, words

SYNONYM_WEIGHT = 0.80  # worth of a word that means the same, where the word itself is worth 1
ONE_WAY_SYNONYM_WEIGHT = 0.60  # of one that it may mean
PARTIAL_TERM_FACTOR = 0.6  # share that is left of either when only one word of a name of several can be looked for


class Synonym(NamedTuple):
    """Another way to say a term."""

    stems: tuple[str, ...]
    weight: float
    label: str


class Synonyms:
    """The glossary by the stems of its terms. Immutable once made."""

    def __init__(self, glossary: Glossary) -> None:
        self.common_words = glossary.common_words
        self.known_words: set[str] = set()
        self._by_term: dict[tuple[str, ...], tuple[Synonym, ...]] = {}
        for row in glossary.equivalents:
            said = [_as_synonym(term, SYNONYM_WEIGHT) for term in row]
            for term in row:
                self._add(term, (other for other in said if other.label != term))
        for term, means in glossary.expansions:
            self._add(term, (_as_synonym(other, ONE_WAY_SYNONYM_WEIGHT) for other in means))
        self.known_words -= STOP_WORDS
        self.foreign_products = frozenset(term_stems(product) for product in glossary.foreign_products)
        self._stems = frozenset(map(stem, self.known_words))
        self.longest_term = max((len(term) for term in (*self._by_term, *self.foreign_products)), default=1)

    def _add(self, term: str, others: Iterable[Synonym]) -> None:
        parts = words(term)
        self.known_words.update(parts)
        key = tuple(map(stem, parts))
        kept = {meaning.stems: meaning for meaning in self._by_term.get(key, ())}
        for other in others:
            if (
                other.stems
                and other.stems != key
                and (other.stems not in kept or kept[other.stems].weight < other.weight)
            ):
                kept[other.stems] = other
        if key:
            self._by_term[key] = tuple(kept.values())

    def synonyms_of(self, stems: tuple[str, ...]) -> tuple[Synonym, ...]:
        """What else these stems, taken together as one term, are called. Empty when the glossary does not have them."""
        return self._by_term.get(stems, ())

    def has_stem(self, stem_: str) -> bool:
        """Whether the glossary has a term with this stem, so that it is no misspelling."""
        return stem_ in self._stems


def term_stems(term: str) -> tuple[str, ...]:
    """The stems of a glossary term as it is looked up: with its small words, for "on call" is not "call"."""
    return tuple(map(stem, words(term)))


def content_stems(term: str) -> tuple[str, ...]:
    """The stems of a term as entries say it: without small words."""
    return tuple(stem(word) for word in words(term) if word not in STOP_WORDS)


def _as_synonym(term: str, worth: float) -> Synonym:
    """A term as another way to say something. Entries say "on call" as "call" alone, so a name that lost words is worth
    less.
    """
    found = content_stems(term)
    return Synonym(found, worth if len(found) > 1 or len(words(term)) == 1 else worth * PARTIAL_TERM_FACTOR, term)
