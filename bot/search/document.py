"""An entry made ready for ranking: its stems, and how strongly it says each of them."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

# How strongly a field says a word: added up for each word, then saturated (SATURATION of it is worth one half).
TITLE_BOOST, NAMES_BOOST, SUMMARY_BOOST, PHRASING_BOOST = 3.0, 1.2, 1.0, 0.9
PHRASING_COUNT_EXPONENT = 0.45  # power of the number of phrasings that have a word
AVERAGE_LENGTH = 200  # stems of an entry's phrasings; in a longer list of them each word says less …
LENGTH_NORMALISATION = 0.4  # … by this share
TF_SATURATION = 0.7
_LINE_SEPARATOR = " \n "


class IndexedFields(Protocol):
    """One entry's stems by field, blanks between; `names` and `also` have a line a phrase."""

    @property
    def id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def names(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def phrasings(self) -> str: ...


class TermMatch(NamedTuple):
    """How an entry says something."""

    lines: Sequence[int]  # those that have all of it, in order; the summary is not among them, for it is no phrase
    tf_score: float  # 0 to 1


class Document:
    """An entry's stems as one text, a line for the title, each name, the summary and each phrasing.

    Looking a stem up in a text is one search in C; nothing is built for the hundreds of stems that no question asks
    for.
    """

    __slots__ = ("_ends", "_length_norm", "_line_weights", "_text", "_weights", "id", "key", "summary_line")

    def __init__(self, text: IndexedFields, weights: Mapping[str, float]) -> None:
        """`weights` says how much each stem of the catalogue tells."""
        names = [line for line in text.names.split("\n") if line]
        also = [line for line in text.phrasings.split("\n") if line]
        lines = [text.title, *names, text.summary, *also]
        ends, end = [], 0
        for line in lines:
            end += len(line) + len(_LINE_SEPARATOR)
            ends.append(end - 2)  # at the blank before the line break
        self.id, self.key, self._weights = text.id, text.key, weights
        self.summary_line = len(names) + 1  # title and names stand before it, phrasings behind
        self._text, self._ends = f" {_LINE_SEPARATOR.join(lines)} ", ends
        self._length_norm = (
            1.0 - LENGTH_NORMALISATION + LENGTH_NORMALISATION * max(1.0, text.phrasings.count(" ") / AVERAGE_LENGTH)
        )
        self._line_weights: dict[int, float] = {}

    @property
    def has_no_phrasings(self) -> bool:
        """Whether nobody has written down yet how people ask for it."""
        return self.summary_line == len(self._ends) - 1

    def match(self, stems: Sequence[str]) -> TermMatch | None:
        """How the entry says these stems, as strongly as it says the weakest of them; None when one is missing."""
        strength, common = 1.0, None
        for stem in stems:
            lines = self._lines_with_stem(stem)
            if not lines:
                return None
            strength = min(strength, self._tf_score(lines))
            common = lines if common is None else tuple(line for line in common if line in lines)
        return TermMatch(tuple(line for line in common or () if line != self.summary_line), strength)

    def line_weight(self, line: int) -> float:
        """How much all the stems of a line tell together."""
        tells = self._line_weights.get(line)
        if tells is None:
            stems = self._text[self._ends[line - 1] if line else 0 : self._ends[line]].split()
            tells = self._line_weights[line] = sum(self._weights.get(stem, 0.0) for stem in sorted(set(stems)))
        return tells

    def has_stem(self, stem: str) -> bool:
        """Whether title, names or summary have this stem."""
        return f" {stem} " in self._text[: self._ends[self.summary_line] + 1]

    def has_phrase(self, phrase: Sequence[str]) -> bool:
        """Whether these stems stand together in a line."""
        return f" {' '.join(phrase)} " in self._text

    def _lines_with_stem(self, stem: str) -> tuple[int, ...]:
        text, token, found = self._text, f" {stem} ", []
        place = text.find(token)
        while place >= 0:
            line = bisect_left(self._ends, place)
            found.append(line)
            place = text.find(token, self._ends[line])
        return tuple(found)

    def _tf_score(self, lines: Sequence[int]) -> float:
        """What is said again and again tells less each time."""
        summary = self.summary_line
        said = (
            TITLE_BOOST * (0 in lines)
            + NAMES_BOOST * any(0 < line < summary for line in lines)
            + SUMMARY_BOOST * (summary in lines)
        )
        phrasings = sum(line > summary for line in lines)
        if phrasings:
            said += PHRASING_BOOST * phrasings**PHRASING_COUNT_EXPONENT / self._length_norm
        return said / (said + TF_SATURATION)
