"""Everything about the catalogue's words that a question needs: how much each tells, what it is called, how it is
spelt.

A Lexicon is made in one piece from one revision of the catalogue and never changes; a new revision makes a new one.
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

# A stem that this many entries have tells ln 2 = 0.7; one that a single entry has, 6.4. The number of entries does not
# come into it, so that an entry which has nothing to do with a question cannot change the answer to it.
IDF_SCALE = 600
UNKNOWN_IDF = 6.4  # a word of no entry ("zendesk") tells as much as the rarest one known
COMMON_WORD_FACTOR = 0.84  # words that any text about any office has tell less, by this factor


@dataclass(frozen=True)
class Vocabulary:
    """The words of one revision of the catalogue."""

    doc_freq: Mapping[str, int]  # stem -> number of entries that have it
    stems_by_word: Mapping[str, str]  # word -> stem, for words that are in the catalogue; "dattormm" -> "datto rmm"
    own_text_doc_freq: Mapping[str, int]  # the same for titles, names and summaries: what entries say of themselves
    synonyms: Synonyms
    versions: tuple[Version, ...]  # oldest first
    areas: Mapping[str, tuple[str, ...]]  # area -> what people call it
    keys: frozenset[str]

    def idf(self, stem_: str, is_common: bool = False) -> float:
        """How much a stem tells about which entry is meant, 0 to UNKNOWN."""
        count = self.doc_freq.get(stem_, 0)
        return (math.log1p(IDF_SCALE / count) if count else UNKNOWN_IDF) * (COMMON_WORD_FACTOR if is_common else 1.0)

    def mean_idf(self, stems: tuple[str, ...], is_common: bool = False) -> float:
        """How much stems that stand for one thing tell together."""
        known = self._mean_idf_cache.get((stems, is_common))
        if known is None:
            known = self._mean_idf_cache[stems, is_common] = sum(self.idf(stem_, is_common) for stem_ in stems) / len(
                stems
            )
        return known

    @cached_property
    def recognised_words(self) -> dict[str, Any]:
        """What `terms` took a word for, kept for as long as the catalogue's words stay as they are."""
        return {}

    @cached_property
    def _mean_idf_cache(self) -> dict[tuple[tuple[str, ...], bool], float]:
        return {}

    def stems_of(self, word: str) -> tuple[str, ...]:
        """The stems that a known word stands for: one, or two for a name that is written in one word."""
        return tuple(self.stems_by_word[word].split()) if word in self.stems_by_word else (stem(word),)

    def has_stem(self, stem_: str) -> bool:
        return stem_ in self.doc_freq

    def word_doc_freq(self, word: str) -> int:
        """How many entries have a known word; of a name in one word, its rarer half."""
        return min((self.doc_freq.get(stem_, 0) for stem_ in self.stems_of(word)), default=0)

    @cached_property
    def common_stems(self) -> frozenset[str]:
        """Stems of the words that any text has."""
        return frozenset(map(stem, self.synonyms.common_words))

    @cached_property
    def idf_by_stem(self) -> Mapping[str, float]:
        """How much each stem of the catalogue tells."""
        told = {count: math.log1p(IDF_SCALE / count) for count in set(self.doc_freq.values())}
        return {
            stem_: told[count] * (COMMON_WORD_FACTOR if stem_ in self.common_stems else 1.0)
            for stem_, count in self.doc_freq.items()
        }

    @cached_property
    def sorted_words(self) -> Sequence[str]:
        """The catalogue's and the glossary's words, sorted: what a misspelt word or the beginning of one is compared
        with.
        """
        return sorted(
            word for word in {*self.stems_by_word, *self.synonyms.known_words} if not word.isdigit() and len(word) > 2
        )

    @cached_property
    def words_by_length(self) -> Mapping[int, list[str]]:
        """The same by their length, sorted."""
        found: dict[int, list[str]] = {}
        for word in self.sorted_words:
            found.setdefault(len(word), []).append(word)
        return found

    def words_with_prefix(self, prefix: str) -> Sequence[str]:
        """Known words that begin so."""
        return self.sorted_words[
            bisect_left(self.sorted_words, prefix) : bisect_left(self.sorted_words, prefix + "\uffff")
        ]
