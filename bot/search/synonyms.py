"""What people call things: seeds/glossary.toml, made ready for looking up by stems."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.catalog.models import Glossary
from bot.text import STOP_WORDS, stem, words

SAME = 0.80  # worth of a word that means the same, where the word itself is worth 1
MEANS = 0.60  # of one that it may mean
LOST_WORDS = 0.6  # share that is left of either when only one word of a name of several can be looked for


class Meaning(NamedTuple):
    """Another way to say a term."""

    stems: tuple[str, ...]
    worth: float
    shown: str


class Meanings:
    """The glossary by the stems of its terms. Immutable once made."""

    def __init__(self, glossary: Glossary) -> None:
        self.everyday = glossary.everyday
        self.vocabulary: set[str] = set()
        self._by_term: dict[tuple[str, ...], tuple[Meaning, ...]] = {}
        for row in glossary.same:
            said = [_said(term, SAME) for term in row]
            for term in row:
                self._add(term, (other for other in said if other.shown != term))
        for term, means in glossary.means:
            self._add(term, (_said(other, MEANS) for other in means))
        self.vocabulary -= STOP_WORDS
        self.elsewhere = frozenset(term_stems(product) for product in glossary.elsewhere)
        self._stems = frozenset(map(stem, self.vocabulary))
        self.longest = max((len(term) for term in (*self._by_term, *self.elsewhere)), default=1)

    def _add(self, term: str, others: Iterable[Meaning]) -> None:
        parts = words(term)
        self.vocabulary.update(parts)
        key = tuple(map(stem, parts))
        kept = {meaning.stems: meaning for meaning in self._by_term.get(key, ())}
        for other in others:
            if (
                other.stems
                and other.stems != key
                and (other.stems not in kept or kept[other.stems].worth < other.worth)
            ):
                kept[other.stems] = other
        if key:
            self._by_term[key] = tuple(kept.values())

    def of(self, stems: tuple[str, ...]) -> tuple[Meaning, ...]:
        """What else these stems, taken together as one term, are called. Empty when the glossary does not have them."""
        return self._by_term.get(stems, ())

    def has_word(self, stem_: str) -> bool:
        """Whether the glossary has a term with this stem, so that it is no misspelling."""
        return stem_ in self._stems


def term_stems(term: str) -> tuple[str, ...]:
    """The stems of a glossary term as it is looked up: with its small words, for "on call" is not "call"."""
    return tuple(map(stem, words(term)))


def said_stems(term: str) -> tuple[str, ...]:
    """The stems of a term as entries say it: without small words."""
    return tuple(stem(word) for word in words(term) if word not in STOP_WORDS)


def _said(term: str, worth: float) -> Meaning:
    """A term as another way to say something. Entries say "on call" as "call" alone, so a name that lost words is worth
    less.
    """
    found = said_stems(term)
    return Meaning(found, worth if len(found) > 1 or len(words(term)) == 1 else worth * LOST_WORDS, term)
