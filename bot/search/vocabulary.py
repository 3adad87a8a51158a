"""The words of the catalogue: how rare each is, which stems a word stands for, and which words are spelt similarly.

A Vocabulary is made of one revision of the catalogue and never changes; a new revision makes a new one.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.catalog.models import Version
from bot.search.synonyms import Synonyms
from bot.text import stem, words

# IDF of a stem = ln(1 + scale / number of entries that have it): 0.7 where 600 entries have it, 6.4 where one has.
# The size of the catalogue is not part of it, so that adding an entry changes no answer that it is not part of. Only
# the scale of a huge catalogue is larger, in steps of doubling: or nearly all its words would count for nothing.
IDF_SCALE = 600
UNKNOWN_IDF = 6.4  # with that scale, of a word that no entry has ("zendesk"): as much as the rarest known one
LARGE_CATALOGUE = 2_000  # entries for which IDF_SCALE is the largest that fits
COMMON_WORD_FACTOR = 0.84  # on the IDF of words that any text about any office has
MAX_KNOWN_IDFS = 50_000  # kept in memory
MAX_WORD_LENGTH = 60  # of words that a beginning is completed to


@dataclass(frozen=True)
class Vocabulary:
    """The words of one revision of the catalogue, and what a question may name besides."""

    doc_freq: Mapping[str, int]  # stem -> number of entries that have it
    stems_by_word: Mapping[str, str]  # word of any entry -> its stem; "dattormm" -> "datto rmm"
    own_text_doc_freq: Mapping[str, int]  # like doc_freq, for titles, names and summaries only: without phrasings
    synonyms: Synonyms
    versions: tuple[Version, ...]  # oldest first
    areas: Mapping[str, tuple[str, ...]]  # area -> what people call it
    keys: Collection[str]  # of all entries
    # The sorted words of some lengths with some beginning; None: they are those of `stems_by_word`.
    find_words: Callable[[Iterable[int], str], list[str]] | None = None
    newest_episode: int | None = None

    @cached_property
    def idf_scale(self) -> int:
        """IDF_SCALE, doubled as often as the catalogue is larger than LARGE_CATALOGUE."""
        scale = IDF_SCALE
        while scale * LARGE_CATALOGUE < len(self.keys) * IDF_SCALE:
            scale *= 2
        return scale

    @cached_property
    def unknown_idf(self) -> float:
        """The IDF of a word that no entry has."""
        return UNKNOWN_IDF + math.log(self.idf_scale / IDF_SCALE)

    def idf(self, stem_: str, is_common: bool = False) -> float:
        """How rare a stem is, 0 to `unknown_idf`. `is_common`: it is one of the common words of any text."""
        count = self.doc_freq.get(stem_, 0)
        return (math.log1p(self.idf_scale / count) if count else self.unknown_idf) * (
            COMMON_WORD_FACTOR if is_common else 1.0
        )

    def mean_idf(self, stems: tuple[str, ...], is_common: bool = False) -> float:
        """The mean IDF of stems that stand for one thing together."""
        mean = self._mean_idf_cache.get((stems, is_common))
        if mean is None:
            mean = sum(self.idf(stem_, is_common) for stem_ in stems) / len(stems)
            self._mean_idf_cache[stems, is_common] = mean
        return mean

    def stems_of(self, word: str) -> tuple[str, ...]:
        """The stems that a known word stands for: one, or two for a name that is written as one word."""
        return tuple(self.stems_by_word[word].split()) if word in self.stems_by_word else (stem(word),)

    def entry_count(self, stems: tuple[str, ...]) -> int:
        """How many entries have all of these stems, at most."""
        return min([self.doc_freq.get(stem_, 0) for stem_ in stems], default=0)

    def has_stem(self, stem_: str) -> bool:
        """Whether any entry has this stem."""
        return stem_ in self.doc_freq

    def word_doc_freq(self, word: str) -> int:
        """How many entries have a known word; of a name that is written as one word, its rarer half."""
        return min((self.doc_freq.get(stem_, 0) for stem_ in self.stems_of(word)), default=0)

    @cached_property
    def common_stems(self) -> frozenset[str]:
        """Stems of the words that any text has."""
        return frozenset(map(stem, self.synonyms.common_words))

    @cached_property
    def idf_by_stem(self) -> Mapping[str, float]:
        """The IDF of every stem of the catalogue."""
        if self.find_words:
            return _IdfByStem(self)
        return {stem_: self.idf(stem_, stem_ in self.common_stems) for stem_ in self.doc_freq}

    @cached_property
    def area_by_words(self) -> Mapping[tuple[str, ...], str]:
        """Every area by the words of its name, and of what people call it: see `area_words`."""
        found: dict[tuple[str, ...], str] = {}
        for name, aliases in self.areas.items():
            for called in (name, *aliases):
                found.setdefault(area_words(called), name)
        return found

    @cached_property
    def sorted_words(self) -> Sequence[str]:
        """The words of catalogue and glossary that a misspelt word, or the beginning of one, is compared with."""
        return _comparable({*self.stems_by_word, *self.synonyms.known_words})

    @cached_property
    def words_by_length(self) -> Mapping[int, Sequence[str]]:
        """`sorted_words` by their length."""
        if self.find_words:
            return _WordsByLength(self.find_words, self.synonyms.known_words)
        by_length: dict[int, list[str]] = {}
        for word in self.sorted_words:
            by_length.setdefault(len(word), []).append(word)
        return by_length

    def words_with_prefix(self, prefix: str) -> Sequence[str]:
        """Known words that begin so."""
        if self.find_words:
            known = {word for word in self.synonyms.known_words if word.startswith(prefix)}
            return _comparable({*self.find_words(range(len(prefix), MAX_WORD_LENGTH), prefix), *known})
        words = self.sorted_words
        return words[bisect_left(words, prefix) : bisect_left(words, prefix + "\uffff")]

    @cached_property
    def known_synonyms(self) -> dict[tuple[str, ...], tuple[Any, ...]]:
        """Cache of `query_terms`: the readings of each term of the glossary that entries have."""
        return {}

    @cached_property
    def recognised_words(self) -> dict[str, Any]:
        """Cache of `query_terms`: what each typed word was recognised as."""
        return {}

    @cached_property
    def built_terms(self) -> dict[Any, Any]:
        """Cache of `query_terms`: the term of each recognised word with its synonyms."""
        return {}

    @cached_property
    def _mean_idf_cache(self) -> dict[tuple[tuple[str, ...], bool], float]:
        return {}


def area_words(called: str) -> tuple[str, ...]:
    """The words by which a name of an area is compared: "integration" is "Integrations"."""
    return tuple(word.rstrip("s") for word in words(called) if word != "and")


def _comparable(words: Iterable[str]) -> list[str]:
    """The words that may be meant by a misspelt one, sorted."""
    return sorted(word for word in words if not word.isdigit() and len(word) > 2)


class _IdfByStem(Mapping[str, float]):
    """The IDF of every stem, worked out when it is first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, float] = {}

    def get(self, stem_: str, default: Any = 0.0) -> Any:
        """The IDF of a stem, or the default where no entry has it."""
        idf = self._known.get(stem_)
        if idf is None:
            if not self._vocabulary.has_stem(stem_):
                return default
            if len(self._known) >= MAX_KNOWN_IDFS:
                self._known.clear()
            idf = self._known[stem_] = self._vocabulary.idf(stem_, stem_ in self._vocabulary.common_stems)
        return idf

    def __getitem__(self, stem_: str) -> float:
        idf: float | None = self.get(stem_, None)
        if idf is None:
            raise KeyError(stem_)
        return idf

    def __iter__(self) -> Iterator[str]:
        return iter(self._vocabulary.doc_freq)

    def __len__(self) -> int:
        return len(self._vocabulary.doc_freq)


class _WordsByLength(Mapping[int, Sequence[str]]):
    """Words by their length, read when they are first asked for."""

    def __init__(self, find_words: Callable[[Iterable[int], str], list[str]], glossary: Iterable[str]) -> None:
        self._find_words, self._glossary = find_words, glossary
        self._known: dict[int, Sequence[str]] = {}

    def __getitem__(self, length: int) -> Sequence[str]:
        if length not in self._known:
            glossary = (word for word in self._glossary if len(word) == length)
            self._known[length] = _comparable({*self._find_words([length], ""), *glossary})
        return self._known[length]

    def __iter__(self) -> Iterator[int]:
        return iter(range(1, MAX_WORD_LENGTH))

    def __len__(self) -> int:
        return MAX_WORD_LENGTH - 1
