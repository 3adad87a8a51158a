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
from bot.search.synonyms import Meanings
from bot.text import stem

# A stem that this many entries have tells ln 2 = 0.7; one that a single entry has, 6.4. The number of entries does not
# come into it, so that an entry which has nothing to do with a question cannot change the answer to it.
COMMON = 600
UNKNOWN = 6.4  # a word of no entry ("zendesk") tells as much as the rarest one known
EVERYDAY = 0.84  # words that any text about any office has tell less, by this factor


@dataclass(frozen=True)
class Lexicon:
    """The words of one revision of the catalogue."""

    counts: Mapping[str, int]  # stem -> number of entries that have it
    words: Mapping[str, str]  # word -> stem, for words that are in the catalogue; "dattormm" -> "datto rmm"
    own: Mapping[str, int]  # the same for titles, names and summaries: what entries say of themselves
    meanings: Meanings
    versions: tuple[Version, ...]  # oldest first
    areas: Mapping[str, tuple[str, ...]]  # area -> what people call it
    keys: frozenset[str]

    def weight(self, stem_: str, everyday: bool = False) -> float:
        """How much a stem tells about which entry is meant, 0 to UNKNOWN."""
        count = self.counts.get(stem_, 0)
        return (math.log1p(COMMON / count) if count else UNKNOWN) * (EVERYDAY if everyday else 1.0)

    def tells(self, stems: tuple[str, ...], everyday: bool = False) -> float:
        """How much stems that stand for one thing tell together."""
        known = self._told.get((stems, everyday))
        if known is None:
            known = self._told[stems, everyday] = sum(self.weight(stem_, everyday) for stem_ in stems) / len(stems)
        return known

    @cached_property
    def recognised(self) -> dict[str, Any]:
        """What `terms` took a word for, kept for as long as the catalogue's words stay as they are."""
        return {}

    @cached_property
    def _told(self) -> dict[tuple[tuple[str, ...], bool], float]:
        return {}

    def stems_of(self, word: str) -> tuple[str, ...]:
        """The stems that a known word stands for: one, or two for a name that is written in one word."""
        return tuple(self.words[word].split()) if word in self.words else (stem(word),)

    def knows(self, stem_: str) -> bool:
        return stem_ in self.counts

    def count(self, word: str) -> int:
        """How many entries have a known word; of a name in one word, its rarer half."""
        return min((self.counts.get(stem_, 0) for stem_ in self.stems_of(word)), default=0)

    @cached_property
    def everyday(self) -> frozenset[str]:
        """Stems of the words that any text has."""
        return frozenset(map(stem, self.meanings.everyday))

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How much each stem of the catalogue tells."""
        told = {count: math.log1p(COMMON / count) for count in set(self.counts.values())}
        return {
            stem_: told[count] * (EVERYDAY if stem_ in self.everyday else 1.0) for stem_, count in self.counts.items()
        }

    @cached_property
    def spelt(self) -> Sequence[str]:
        """The catalogue's and the glossary's words, sorted: what a misspelt word or the beginning of one is compared
        with.
        """
        return sorted(word for word in {*self.words, *self.meanings.vocabulary} if not word.isdigit() and len(word) > 2)

    @cached_property
    def by_length(self) -> Mapping[int, list[str]]:
        """The same by their length, sorted."""
        found: dict[int, list[str]] = {}
        for word in self.spelt:
            found.setdefault(len(word), []).append(word)
        return found

    def beginning_with(self, start: str) -> Sequence[str]:
        """Known words that begin so."""
        return self.spelt[bisect_left(self.spelt, start) : bisect_left(self.spelt, start + "\uffff")]
