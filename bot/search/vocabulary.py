"""The words of the catalogue: how rare each is, which stems a word stands for, and which words are spelt similarly.

A Vocabulary is made of one revision of the catalogue and never changes; a new revision makes a new one.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.catalog.models import Version
from bot.search.synonyms import Synonyms
from bot.text import stem

# IDF of a stem = ln(1 + IDF_SCALE / number of entries that have it): 0.7 where 600 entries have it, 6.4 where one has.
# The size of the catalogue is not part of it, so that adding an entry changes no answer that it is not part of.
IDF_SCALE = 600
UNKNOWN_IDF = 6.4  # of a word that no entry has ("zendesk"): as much as the rarest known one
COMMON_WORD_FACTOR = 0.84  # on the IDF of words that any text about any office has


@dataclass(frozen=True)
class Vocabulary:
    """The words of one revision of the catalogue, and what a question may name besides."""

    doc_freq: Mapping[str, int]  # stem -> number of entries that have it
    stems_by_word: Mapping[str, str]  # word of any entry -> its stem; "dattormm" -> "datto rmm"
    own_text_doc_freq: Mapping[str, int]  # like doc_freq, for titles, names and summaries only: without phrasings
    synonyms: Synonyms
    versions: tuple[Version, ...]  # oldest first
    areas: Mapping[str, tuple[str, ...]]  # area -> what people call it
    keys: frozenset[str]  # of all entries

    def idf(self, stem_: str, is_common: bool = False) -> float:
        """How rare a stem is, 0 to UNKNOWN_IDF. `is_common`: it is one of the common words of any text."""
        count = self.doc_freq.get(stem_, 0)
        return (math.log1p(IDF_SCALE / count) if count else UNKNOWN_IDF) * (COMMON_WORD_FACTOR if is_common else 1.0)

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
        idf_by_count = {count: math.log1p(IDF_SCALE / count) for count in set(self.doc_freq.values())}
        return {
            stem_: idf_by_count[count] * (COMMON_WORD_FACTOR if stem_ in self.common_stems else 1.0)
            for stem_, count in self.doc_freq.items()
        }

    @cached_property
    def sorted_words(self) -> Sequence[str]:
        """The words of catalogue and glossary that a misspelt word, or the beginning of one, is compared with."""
        every = {*self.stems_by_word, *self.synonyms.known_words}
        return sorted(word for word in every if not word.isdigit() and len(word) > 2)

    @cached_property
    def words_by_length(self) -> Mapping[int, list[str]]:
        """`sorted_words` by their length."""
        by_length: dict[int, list[str]] = {}
        for word in self.sorted_words:
            by_length.setdefault(len(word), []).append(word)
        return by_length

    def words_with_prefix(self, prefix: str) -> Sequence[str]:
        """Known words that begin so."""
        words = self.sorted_words
        return words[bisect_left(words, prefix) : bisect_left(words, prefix + "\uffff")]

    @cached_property
    def recognised_words(self) -> dict[str, Any]:
        """Cache of `query_terms`: what each typed word was recognised as."""
        return {}

    @cached_property
    def _mean_idf_cache(self) -> dict[tuple[tuple[str, ...], bool], float]:
        return {}
