"""What people call things: the glossary of the seeds, ready to be looked up by stems."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from bot.catalog.models import Glossary
from bot.text import STOP_WORDS, stem, stems, words

# How sure a synonym is, where the word itself is 1.
SYNONYM_WEIGHT = 0.80  # both words mean the same
ONE_WAY_SYNONYM_WEIGHT = 0.60  # the word may mean the other, but not the other way round
MAX_WORDS_OF_A_NAME = 3
PARTIAL_TERM_FACTOR = 0.6  # on either, where only one word of a term of several can be searched for


class Synonym(NamedTuple):
    """Another way to say a term."""

    stems: tuple[str, ...]
    weight: float
    label: str  # as a person would write it


class Synonyms:
    """The glossary by the stems of its terms. Never changes once it is made."""

    def __init__(self, glossary: Glossary) -> None:
        self.common_words = glossary.common_words
        self.known_words: set[str] = set()
        self._by_term: dict[tuple[str, ...], tuple[Synonym, ...]] = {}
        for row in glossary.equivalents:
            synonyms = [_as_synonym(term, SYNONYM_WEIGHT) for term in row]
            for term in row:
                self._add(term, [synonym for synonym in synonyms if synonym.label != term])
        for term, others in glossary.expansions:
            self._add(term, [_as_synonym(other, ONE_WAY_SYNONYM_WEIGHT) for other in others])
        self.known_words -= STOP_WORDS
        self.foreign_products = frozenset(term_stems(product) for product in glossary.foreign_products)
        self.product_starts = frozenset(product[0] for product in self.foreign_products if product)
        self._stems = frozenset(map(stem, self.known_words))
        # Of the first stem of each term, how many stems the longest one has. Most words begin none.
        self._longest_from: dict[str, int] = {}
        for stems_ in filter(None, (*self._by_term, *self.foreign_products)):
            self._longest_from[stems_[0]] = max(self._longest_from.get(stems_[0], 0), len(stems_))

    def _add(self, term: str, others: Sequence[Synonym]) -> None:
        self.known_words.update(words(term))
        spellings = dict.fromkeys((term, term.replace("-", " "), term.replace(" ", "-")))  # "on call" is "on-call"
        for spelling in dict.fromkeys(map(term_stems, spellings)):
            self._add_spelling(spelling, others)

    def _add_spelling(self, spelling: tuple[str, ...], others: Iterable[Synonym]) -> None:
        best = {synonym.stems: synonym for synonym in self._by_term.get(spelling, ())}
        for other in others:
            known = best.get(other.stems)
            if other.stems and other.stems != spelling and (known is None or known.weight < other.weight):
                best[other.stems] = other
        if spelling:
            self._by_term[spelling] = tuple(best.values())

    def synonyms_of(self, stems: tuple[str, ...]) -> tuple[Synonym, ...]:
        """What else the term of these stems is called. Empty when the glossary does not have the term."""
        return self._by_term.get(stems, ())

    def find_terms(self, stems: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
        """What of these stems may be a term or a product, with its position, the shorter ones first."""
        return [
            (start, tuple(stems[start:end]))
            for start, stem_ in enumerate(stems)
            if stem_ in self._longest_from
            for end in range(start + 1, min(start + self._longest_from[stem_], len(stems)) + 1)
        ]

    def names_with_small_words(self, asked: Sequence[str], searched: Collection[str]) -> list[tuple[str, ...]]:
        """The terms in a question that have words which are not searched for: "time off", "log in as". Both are given
        as stems.
        """
        found, left = list[tuple[str, ...]](), set(searched)
        for size in range(MAX_WORDS_OF_A_NAME, 1, -1):
            for start in range(len(asked) - size + 1):
                name = tuple(asked[start : start + size])
                own = left.intersection(name)
                if own and own != set(name) and self.synonyms_of(name):
                    left -= own
                    found.append(name)
        return found

    def has_stem(self, stem_: str) -> bool:
        """Whether a term of the glossary has this stem, so that it is no misspelling."""
        return stem_ in self._stems


def term_stems(term: str) -> tuple[str, ...]:
    """The stems by which a glossary term is looked up: stop words included, as "on call" is not "call"."""
    return tuple(map(stem, words(term)))


def content_stems(term: str) -> tuple[str, ...]:
    """The stems of a term as the index has them, however it is written there: without stop words."""
    return tuple(stems(term))


def _as_synonym(term: str, weight: float) -> Synonym:
    """A term as a way to say another. The index has "on call" as "call" alone: such a term is less sure."""
    content = content_stems(term)
    is_partial = len(content) == 1 and len(words(term.replace("-", " "))) > 1
    return Synonym(content, weight * PARTIAL_TERM_FACTOR if is_partial else weight, term)
