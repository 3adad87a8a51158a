"""An entry's stems, and where it has some of them."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.catalog.models import EXPECTED_PHRASINGS, IndexedText

# The term frequency score of an entry: boosts of the fields that have a stem, added up, then saturated.
TITLE_BOOST, NAMES_BOOST, SUMMARY_BOOST, PHRASING_BOOST = 3.0, 1.2, 1.0, 0.9
PHRASING_COUNT_EXPONENT = 0.45  # of the number of phrasings that have the stem
TF_SATURATION = 0.7  # boosts of this sum give a score of one half (BM25's k1)
LENGTH_NORMALISATION = 0.4  # how much long lists of phrasings are discounted (BM25's b) …
AVERAGE_LENGTH = 200  # … beyond this many stems

MIN_EXPECTED = 0.3  # phrasings; what is expected less often counts in the language model only

# The language model of an entry: which share of the lines by which people ask for it has a word. An entry's own words
# are taken for so much of them.
OWN_SHARE, OWN_SHARE_OF_EXPANDED = 0.25, 0.15
TITLE_SHARE, NAMES_SHARE, SUMMARY_SHARE = 2.0, 1.5, 1.0  # as in `bot.catalog.translations`
WORDS_PER_LINE = 6.0
PRIOR_SMOOTHING = 40  # lines: a few phrasings more or less say little of how often an entry is asked for

_LINE_SEPARATOR = " \n "


class TermMatch(NamedTuple):
    """That an entry has all stems of an expansion, and how."""

    lines: Sequence[int]  # that have all of them, in order; without the summary, which is no phrase
    tf_score: float  # 0 to 1; of several stems, the lowest
    expected: float = 0.0  # phrasings that would have all of them if the entry, which has none, were described


class Document:
    """An entry's stems as one text with a line each for title, names, summary and phrasings, in this order.

    Finding a stem is a search in that text. No index is built, as no question asks for most of its stems.
    """

    __slots__ = (
        "_expected", "_idf", "_length_norm", "_line_ends", "_own_words", "_subject", "_text", "id", "is_expanded",
        "key", "line_count", "line_weights", "missing_share", "prior", "summary_line",
    )  # fmt: skip

    def __init__(
        self, fields: IndexedText, idf: Mapping[str, float], expected: Mapping[str, float] | None = None
    ) -> None:
        """`idf`: by stem, for all stems of the catalogue. `expected`: of an entry with few phrasings, how many of
        EXPECTED_PHRASINGS would have a stem; see `bot.catalog.translations`.
        """
        names = [line for line in fields.names.split("\n") if line]
        phrasings = [line for line in fields.phrasings.split("\n") if line]
        lines = [fields.title, *names, fields.summary, *phrasings]
        ends, end = [], 0
        for line in lines:
            end += len(line) + len(_LINE_SEPARATOR)
            ends.append(end - 2)  # at the blank before the line break
        self.id, self.key, self._idf, self._expected = fields.id, fields.key, idf, expected or {}
        self.summary_line = len(names) + 1  # title and names come before it, phrasings after it
        self._text, self._line_ends = f" {_LINE_SEPARATOR.join(lines)} ", ends
        length = max(1.0, fields.phrasings.count(" ") / AVERAGE_LENGTH)
        self._length_norm = 1.0 - LENGTH_NORMALISATION + LENGTH_NORMALISATION * length
        self.line_weights: dict[int, float] = {}  # those that `line_weight` was asked for
        # Whether it has expected words in place of missing phrasings, and how many of EXPECTED_PHRASINGS are missing.
        self.is_expanded = bool(expected)
        self.missing_share = max(0.0, 1.0 - len(phrasings) / EXPECTED_PHRASINGS) if expected else 0.0
        # Title, names and phrasings: the summary is no line that people would ask by.
        self.line_count = len(ends) - 1 + round(self.missing_share * EXPECTED_PHRASINGS)
        # How often it is asked for, against a described one: as often as people said how. A natural logarithm.
        self.prior = min(0.0, math.log((self.line_count + PRIOR_SMOOTHING) / (EXPECTED_PHRASINGS + PRIOR_SMOOTHING)))
        self._subject: tuple[frozenset[str], float] | None = None
        self._own_words = 0.0

    @property
    def has_no_phrasings(self) -> bool:
        """Whether nobody has written down yet how people ask for it."""
        return self.summary_line == len(self._line_ends) - 1

    def expects(self, stems: Sequence[str]) -> float:
        """How many phrasings are expected to have all of these stems."""
        if not self._expected:
            return 0.0
        expected = self.missing_share * min((self._expected.get(stem, 0.0) for stem in stems), default=0.0)
        return expected if expected >= MIN_EXPECTED else 0.0

    @property
    def phrasing_count(self) -> int:
        """How many phrasings it has."""
        return len(self._line_ends) - 1 - self.summary_line

    def lines_with(self, stems: Sequence[str]) -> set[int]:
        """The lines that have all of these stems: 0 is the title, then the names, `summary_line`, the phrasings."""
        if len(stems) == 1:  # mostly
            return set(self._lines_with_stem(stems[0]))
        return set.intersection(*(set(self._lines_with_stem(stem)) for stem in stems)) if stems else set()

    def lines_with_phrase(self, stems: Sequence[str]) -> set[int]:
        """The lines in which these stems stand together, in this order."""
        return set(self._lines_with_stem(" ".join(stems)))

    @property
    def subject(self) -> tuple[frozenset[str], float]:
        """The stems of title and names, which say what the entry is about, and the sum of their IDF."""
        if self._subject is None:
            stems = frozenset(self._text[: self._line_ends[self.summary_line - 1]].split())
            self._subject = stems, self.stems_weight(stems)
        return self._subject

    def match(self, stems: Sequence[str]) -> TermMatch | None:
        """Where and how strongly the entry has all of these stems; None when it lacks one."""
        tf_score, common_lines = 1.0, None
        for stem in stems:
            lines, expected = self._lines_with_stem(stem), self.expects((stem,)) if self._expected else 0.0
            if not lines and not expected:
                return None
            tf_score = min(tf_score, self._tf_score(lines, expected))
            common_lines = lines if common_lines is None else tuple(line for line in common_lines if line in lines)
        return TermMatch(self._without_summary(common_lines or ()), tf_score, self.expects(stems))

    def own_tf_score(self, stems: Sequence[str]) -> float:
        """The term frequency score of these stems without what is only expected; 0 where it lacks one."""
        lines = [self._lines_with_stem(stem) for stem in stems]
        return min(self._tf_score(found, 0.0) for found in lines) if all(lines) else 0.0

    def line_share(self, stems: Sequence[str]) -> float:
        """The share of lines with all of these stems, of those by which people ask for it or may ask for it."""
        return min(map(self._line_share, stems), default=0.0)

    def _line_share(self, stem: str) -> float:
        lines, summary = self._lines_with_stem(stem), self.summary_line
        own = TITLE_SHARE if 0 in lines else NAMES_SHARE if lines and lines[0] < summary else 0.0
        own = own or SUMMARY_SHARE * (summary in lines)
        if own:
            own *= WORDS_PER_LINE / self._weigh_own_words()
        if self._expected:
            expected = self.missing_share * self._expected.get(stem, 0.0)
            asked = (self._count_phrasings(lines) + expected) / EXPECTED_PHRASINGS
            return OWN_SHARE_OF_EXPANDED * own + (1.0 - OWN_SHARE_OF_EXPANDED) * asked
        if not self.phrasing_count:
            return own
        asked = self._count_phrasings(lines) / self.phrasing_count
        return OWN_SHARE * own + (1.0 - OWN_SHARE) * asked

    def _weigh_own_words(self) -> float:
        """The sum of the shares of all its own words."""
        if not self._own_words:
            title, summary = self._line_ends[0], self.summary_line
            weights = dict.fromkeys(self._text[: self._line_ends[summary]].split(), SUMMARY_SHARE)
            weights |= dict.fromkeys(self._text[: self._line_ends[summary - 1]].split(), NAMES_SHARE)
            weights |= dict.fromkeys(self._text[:title].split(), TITLE_SHARE)
            self._own_words = max(1.0, sum(weights.values()))
        return self._own_words

    def line_weight(self, line: int) -> float:
        """The sum of the IDF of a line's stems."""
        weight = self.line_weights.get(line)
        if weight is None:
            stems = self._text[self._line_ends[line - 1] if line else 0 : self._line_ends[line]].split()
            weight = self.line_weights[line] = sum(self._idf.get(stem, 0.0) for stem in sorted(set(stems)))
        return weight

    def stems_weight(self, stems: Iterable[str]) -> float:
        """The sum of the IDF of some stems of the catalogue."""
        return sum(self._idf.get(stem, 0.0) for stem in sorted(stems))

    def has_stem(self, stem: str) -> bool:
        """Whether title, names or summary have this stem."""
        return f" {stem} " in self._text[: self._line_ends[self.summary_line] + 1]

    def _lines_with_stem(self, stem: str) -> tuple[int, ...]:
        """In order, as in all that follows: so the summary's place among them is found by halving."""
        find, ends, token, lines, line = self._text.find, self._line_ends, f" {stem} ", [], 0
        position = find(token)
        while position >= 0:
            line = bisect_left(ends, position, line)
            lines.append(line)
            position = find(token, ends[line])
        return tuple(lines)

    def _count_phrasings(self, lines: Sequence[int]) -> int:
        return len(lines) - bisect_right(lines, self.summary_line)

    def _without_summary(self, lines: Sequence[int]) -> Sequence[int]:
        at = bisect_left(lines, self.summary_line)
        return (*lines[:at], *lines[at + 1 :]) if lines[at : at + 1] == (self.summary_line,) else lines

    def _tf_score(self, lines: Sequence[int], expected: float) -> float:
        """The term frequency score of a stem that these lines have, and so many expected phrasings."""
        before, up_to = bisect_left(lines, self.summary_line), bisect_right(lines, self.summary_line)
        in_title = before > 0 and lines[0] == 0
        boost = TITLE_BOOST * in_title + NAMES_BOOST * (before > in_title) + SUMMARY_BOOST * (up_to > before)
        phrasings = len(lines) - up_to + expected
        if phrasings:
            boost += PHRASING_BOOST * phrasings**PHRASING_COUNT_EXPONENT / self._length_norm
        return boost / (boost + TF_SATURATION)
