"""How well an entry answers a question.

    score = (TERM_COVERAGE_WEIGHT * term coverage + PHRASE_COVERAGE_WEIGHT * phrase coverage
             + TITLE_COVERAGE_WEIGHT * title coverage) / the sum of these three weights: 0 to about 1

Each coverage is a share of the query's weight, which is the sum of its terms' IDF:

- term coverage: of each term, the best expansion that the entry has: its weight times the entry's term frequency
  score (saturated, and highest for the title: see `Document.match`);
- phrase coverage: what the best single line (the title, a name, a phrasing) has of the question, discounted by the
  line's other words, plus SECOND_PHRASE_WEIGHT of the second best line;
- title coverage: what title and names have of the question.

A new signal is a field of `Score`, a weight here and a line of `explanation`. The constants were set on judged
development questions; `halobot ask --explain` prints the signals of each hit.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.catalog.models import EXPECTED_PHRASINGS, IndexedText
from bot.search.models import Expansion, Term

# The signals' weights.
TERM_COVERAGE_WEIGHT = 1.0
PHRASE_COVERAGE_WEIGHT = 0.5
TITLE_COVERAGE_WEIGHT = 0.22
SECOND_PHRASE_WEIGHT = 0.25  # of the second best line, within phrase coverage
EXTRA_WORDS_PENALTY = 0.5  # how much the words of a line that the question does not have discount it

# The term frequency score of an entry: boosts of the fields that have a stem, added up, then saturated.
TITLE_BOOST, NAMES_BOOST, SUMMARY_BOOST, PHRASING_BOOST = 3.0, 1.2, 1.0, 0.9
PHRASING_COUNT_EXPONENT = 0.45  # of the number of phrasings that have the stem
TF_SATURATION = 0.7  # boosts of this sum give a score of one half (BM25's k1)
LENGTH_NORMALISATION = 0.4  # how much long lists of phrasings are discounted (BM25's b) …
AVERAGE_LENGTH = 200  # … beyond this many stems

# What is expected of an entry that nobody has described: a phrasing is as likely to have a stem as not where so many
# phrasings are expected to have it, and such a phrasing is worth so much of one that is there. More than 1, as people
# wrote many phrasings and the best one counts.
EXPECTED_HALF, EXPECTED_PHRASE_WEIGHT = 4.0, 1.4

_LINE_SEPARATOR = " \n "


class TermMatch(NamedTuple):
    """That an entry has all stems of an expansion, and how."""

    lines: Sequence[int]  # that have all of them, in order; without the summary, which is no phrase
    tf_score: float  # 0 to 1; of several stems, the lowest
    expected: float = 0.0  # phrasings that would have all of them if the entry, which has none, were described


class Postings(dict[int, TermMatch]):
    """Entries that have all stems of an expansion, by id."""

    mean_line_share: float  # the share of their lines that have the stems, on average
    entry_count: int  # how many entries have the stems; in a huge catalogue not all of them are read


Stems = tuple[str, ...]  # of an expansion


class Document:
    """An entry's stems as one text with a line each for title, names, summary and phrasings, in this order.

    Finding a stem is a search in that text. No index is built, as no question asks for most of its stems.
    """

    __slots__ = (
        "_expected", "_idf", "_length_norm", "_line_ends", "_line_weights", "_subject", "_text", "id", "key",
        "summary_line",
    )  # fmt: skip

    def __init__(
        self, fields: IndexedText, idf: Mapping[str, float], expected: Mapping[str, float] | None = None
    ) -> None:
        """`idf`: by stem, for all stems of the catalogue. `expected`: of an entry without phrasings, how many would
        have a stem; see `bot.catalog.translations`.
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
        self._line_weights: dict[int, float] = {}
        self._subject: tuple[frozenset[str], float] | None = None

    @property
    def has_no_phrasings(self) -> bool:
        """Whether nobody has written down yet how people ask for it."""
        return self.summary_line == len(self._line_ends) - 1

    @property
    def is_expanded(self) -> bool:
        """Whether it has expected words instead of phrasings."""
        return bool(self._expected)

    def expects(self, stems: Sequence[str]) -> float:
        """How many phrasings are expected to have all of these stems."""
        return min((self._expected.get(stem, 0.0) for stem in stems), default=0.0) if self._expected else 0.0

    @property
    def phrasing_count(self) -> int:
        """How many phrasings it has."""
        return len(self._line_ends) - 1 - self.summary_line

    def lines_with(self, stems: Sequence[str]) -> set[int]:
        """The lines that have all of these stems: 0 is the title, then the names, `summary_line`, the phrasings."""
        return set.intersection(*(set(self._lines_with_stem(stem)) for stem in stems)) if stems else set()

    def lines_with_phrase(self, stems: Sequence[str]) -> set[int]:
        """The lines in which these stems stand together, in this order."""
        return set(self._lines_with_stem(" ".join(stems)))

    @property
    def line_count(self) -> int:
        """How many lines it has: title, names and phrasings. The summary is no line that people would ask by."""
        return len(self._line_ends) - 1 + (EXPECTED_PHRASINGS if self._expected else 0)

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
            lines, expected = self._lines_with_stem(stem), self._expected.get(stem, 0.0)
            if not lines and not expected:
                return None
            tf_score = min(tf_score, self._tf_score(lines, expected))
            common_lines = lines if common_lines is None else tuple(line for line in common_lines if line in lines)
        lines = tuple(line for line in common_lines or () if line != self.summary_line)
        return TermMatch(lines, tf_score, self.expects(stems))

    def own_tf_score(self, stems: Sequence[str]) -> float:
        """The term frequency score of these stems without what is only expected; 0 where it lacks one."""
        lines = [self._lines_with_stem(stem) for stem in stems]
        return min(self._tf_score(found, 0.0) for found in lines) if all(lines) else 0.0

    def line_weight(self, line: int) -> float:
        """The sum of the IDF of a line's stems."""
        weight = self._line_weights.get(line)
        if weight is None:
            stems = self._text[self._line_ends[line - 1] if line else 0 : self._line_ends[line]].split()
            weight = self._line_weights[line] = sum(self._idf.get(stem, 0.0) for stem in sorted(set(stems)))
        return weight

    def stems_weight(self, stems: Iterable[str]) -> float:
        """The sum of the IDF of some stems of the catalogue."""
        return sum(self._idf.get(stem, 0.0) for stem in sorted(stems))

    def has_stem(self, stem: str) -> bool:
        """Whether title, names or summary have this stem."""
        return f" {stem} " in self._text[: self._line_ends[self.summary_line] + 1]

    def has_phrase(self, phrase: Sequence[str]) -> bool:
        """Whether these stems stand together, in this order, in a line."""
        return f" {' '.join(phrase)} " in self._text

    def _lines_with_stem(self, stem: str) -> tuple[int, ...]:
        text, token, lines = self._text, f" {stem} ", []
        position = text.find(token)
        while position >= 0:
            line = bisect_left(self._line_ends, position)
            lines.append(line)
            position = text.find(token, self._line_ends[line])
        return tuple(lines)

    def _tf_score(self, lines: Sequence[int], expected: float) -> float:
        """The term frequency score of a stem that these lines have, and so many expected phrasings."""
        summary = self.summary_line
        boost = TITLE_BOOST * (0 in lines)
        boost += NAMES_BOOST * any(0 < line < summary for line in lines)
        boost += SUMMARY_BOOST * (summary in lines)
        phrasings = sum(line > summary for line in lines) + expected
        if phrasings:
            boost += PHRASING_BOOST * phrasings**PHRASING_COUNT_EXPONENT / self._length_norm
        return boost / (boost + TF_SATURATION)


class DocumentMatch(NamedTuple):
    """What an entry has of a term, by the best of the term's expansions for each."""

    in_document: float  # an expansion's weight times its term frequency score
    in_title: float  # the weight of an expansion that title or names have
    most_lines: float  # the number of lines with an expansion, times its weight
    lines: Sequence[tuple[float, Sequence[int]]]  # the weight of an expansion, and the lines that have no better one
    expected: float  # of an expanded entry, an expansion's weight times how surely a phrasing would have it
    in_own_text: float  # like `in_document`, without what is only expected


class TermMatches:
    """Where the entries have a term. Worked out when it is asked for, and the same in every question with this term."""

    def __init__(self, expansions: Sequence[tuple[Expansion, Postings]]) -> None:
        """`expansions`: those of the term that any entry has, best first."""
        self.expansions = expansions
        self._by_document: dict[int, DocumentMatch | None] = {}

    @property
    def size(self) -> int:
        """How much there is to keep: the matches of all its expansions, and itself."""
        return 1 + sum(len(postings) for _, postings in self.expansions)

    @cached_property
    def coverage(self) -> Mapping[int, float]:
        """What each entry has of the term, by its best expansion."""
        best: dict[int, float] = {}
        for expansion, postings in self.expansions:
            weight = expansion.weight
            weights = {entry_id: weight * match.tf_score for entry_id, match in postings.items()}
            if not best:
                best = weights
                continue
            for entry_id, entry_weight in weights.items():
                if entry_weight > best.get(entry_id, 0.0):
                    best[entry_id] = entry_weight
        return best

    def match(self, document: Document) -> DocumentMatch | None:
        """What a document has of the term; None where it has nothing."""
        if document.id not in self._by_document:
            self._by_document[document.id] = self._find_match(document)
        return self._by_document[document.id]

    def _find_match(self, document: Document) -> DocumentMatch | None:
        in_document = in_own_text = in_title = most_lines = expected = 0.0
        found: list[tuple[float, Sequence[int]]] = []
        for expansion, postings in self.expansions:
            if match := postings.get(document.id):
                lines, weight = match.lines, expansion.weight
                in_document = max(in_document, weight * match.tf_score)
                most_lines = max(most_lines, weight * (len(lines) + match.expected))
                if document.is_expanded:
                    expected = max(expected, weight * _certainty_of(match))
                    in_own_text = max(in_own_text, weight * document.own_tf_score(expansion.stems))
                if lines and lines[0] < document.summary_line:
                    in_title = max(in_title, weight)
                found.append((weight, _without_lines(lines, found)))
        if not document.is_expanded:
            in_own_text = in_document
        return DocumentMatch(in_document, in_title, most_lines, found, expected, in_own_text) if found else None


def _certainty_of(match: TermMatch) -> float:
    """How surely a phrasing of an expanded entry would have what matches, 0 to 1."""
    return 1.0 if match.lines else match.expected / (match.expected + EXPECTED_HALF)


def _without_lines(lines: Sequence[int], others: Iterable[tuple[float, Sequence[int]]]) -> Sequence[int]:
    """Those of the lines that none of the others has."""
    known = {line for _, found in others for line in found}
    return [line for line in lines if line not in known] if known else lines


def build_postings(documents: Iterable[Document], stems: Stems, entry_count: int = 0) -> Postings:
    """The documents that have all of these stems, by id. `entry_count`: how many of the whole catalogue have them, if
    these are not all.
    """
    postings, line_share, expanded = Postings(), 0.0, 0
    for document in documents:
        if match := document.match(stems):
            postings[document.id] = match
            if document.is_expanded:
                expanded += 1  # what is only expected changes nothing for the others
            else:
                line_share += len(match.lines) / document.line_count
    described = len(postings) - expanded
    postings.mean_line_share = line_share / described if described else 0.0
    postings.entry_count = max(entry_count, described)
    return postings


def collect_matches(terms: Iterable[Term], postings: Mapping[Stems, Postings]) -> list[TermMatches]:
    """Of each term, where the entries have it, given the postings of its expansions."""
    return [
        TermMatches([(expansion, found) for expansion in term.expansions if (found := postings.get(expansion.stems))])
        for term in terms
    ]


def matches_among(documents: Iterable[Document], terms: Sequence[Term]) -> list[TermMatches]:
    """Where these documents, and no others, have the terms."""
    expansions = {expansion.stems for term in terms for expansion in term.expansions}
    return collect_matches(terms, {s: build_postings(documents, s) for s in expansions})


class Score(NamedTuple):
    """A document's score, and the signals it is made of."""

    total: float
    term_coverage: float
    phrase_coverage: float
    title_coverage: float
    # Of each term, how many lines have it, times the weight of the expansion that they have: the most of any expansion.
    weighted_lines: tuple[float, ...] = ()
    expected_coverage: float = 0.0  # what expected words add to term coverage and phrase coverage


def total_query_weight(terms: Sequence[Term]) -> float:
    """The sum of the terms' weights, which the coverages are shares of."""
    return sum(term.weight for term in terms)


def score(query_weight: float, term_matches: Sequence[TermMatches], document: Document) -> Score:
    """The score of a document for terms of this total weight."""
    if not query_weight:
        return Score(0.0, 0.0, 0.0, 0.0)
    in_document = in_title = expected = in_own_text = 0.0
    by_line: dict[int, float] = {}
    weighted_lines: list[float] = []
    for matches in term_matches:
        match = matches.match(document)
        if match is None:
            weighted_lines.append(0.0)
            continue
        best_in_document, best_in_title, most_lines, lines, best_expected, best_in_own_text = match
        expected += best_expected
        in_own_text += best_in_own_text
        in_document += best_in_document
        in_title += best_in_title
        weighted_lines.append(most_lines)
        for weight, with_weight in lines:
            for line in with_weight:
                by_line[line] = by_line.get(line, 0.0) + weight
    term_coverage = in_document / query_weight
    in_lines = in_phrase = _phrase_coverage(by_line, document)
    if document.is_expanded:
        in_phrase = max(in_phrase, EXPECTED_PHRASE_WEIGHT * expected)
    phrase_coverage = in_phrase / query_weight
    title_coverage = in_title / query_weight
    total = (
        TERM_COVERAGE_WEIGHT * term_coverage
        + PHRASE_COVERAGE_WEIGHT * phrase_coverage
        + TITLE_COVERAGE_WEIGHT * title_coverage
    )
    return Score(
        total / (TERM_COVERAGE_WEIGHT + PHRASE_COVERAGE_WEIGHT + TITLE_COVERAGE_WEIGHT),
        term_coverage,
        phrase_coverage,
        title_coverage,
        tuple(weighted_lines),
        (in_document - in_own_text + in_phrase - in_lines) / query_weight,
    )


def _phrase_coverage(matched_by_line: Mapping[int, float], document: Document) -> float:
    """What the best line has of the question, discounted by its other words, and a share of the second best."""
    best = second = 0.0
    for line, matched in matched_by_line.items():
        if matched <= second:
            continue  # the discount only lowers it
        weight = document.line_weight(line)
        extra = weight - matched
        coverage = matched * matched / (matched + EXTRA_WORDS_PENALTY * extra) if extra > 0 else matched
        if coverage > best:
            best, second = coverage, best
        elif coverage > second:
            second = coverage
    return best + SECOND_PHRASE_WEIGHT * second


def expansion_stems(terms: Iterable[Term]) -> set[Stems]:
    """The stems of all expansions of these terms."""
    return {expansion.stems for term in terms for expansion in term.expansions}
