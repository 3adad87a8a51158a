"""How well an entry answers a question.

    score = (TERM_COVERAGE_WEIGHT * term coverage + PHRASE_COVERAGE_WEIGHT * phrase coverage
             + TITLE_COVERAGE_WEIGHT * title coverage) / the sum of these three weights: 0 to about 1

Each coverage is a share of the query's weight, which is the sum of its terms' IDF:

- term coverage: of each term, the best expansion that the entry has: its weight times the entry's term frequency
  score (saturated, and highest for the title: see `Document.match`);
- phrase coverage: what the best single line (the title, a name, a phrasing) has of the question, discounted by the
  line's other words, plus SECOND_PHRASE_WEIGHT of the second best line;
- title coverage: what title and names have of the question.

A new signal is a field of `Score`, a weight here and a line of `explain_score`. The constants were set on judged
development questions; `halobot ask --explain` prints the signals of each hit.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.catalog.models import IndexedText
from bot.search.models import Expansion, Signal, Term

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

_LINE_SEPARATOR = " \n "


class TermMatch(NamedTuple):
    """That an entry has all stems of an expansion, and how."""

    lines: Sequence[int]  # that have all of them, in order; without the summary, which is no phrase
    tf_score: float  # 0 to 1; of several stems, the lowest


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
        "_idf", "_length_norm", "_line_ends", "_line_weights", "_subject", "_text", "id", "key", "summary_line"
    )  # fmt: skip

    def __init__(self, fields: IndexedText, idf: Mapping[str, float]) -> None:
        """`idf`: by stem, for all stems of the catalogue."""
        names = [line for line in fields.names.split("\n") if line]
        phrasings = [line for line in fields.phrasings.split("\n") if line]
        lines = [fields.title, *names, fields.summary, *phrasings]
        ends, end = [], 0
        for line in lines:
            end += len(line) + len(_LINE_SEPARATOR)
            ends.append(end - 2)  # at the blank before the line break
        self.id, self.key, self._idf = fields.id, fields.key, idf
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
        return len(self._line_ends) - 1

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
            lines = self._lines_with_stem(stem)
            if not lines:
                return None
            tf_score = min(tf_score, self._tf_score(lines))
            common_lines = lines if common_lines is None else tuple(line for line in common_lines if line in lines)
        return TermMatch(tuple(line for line in common_lines or () if line != self.summary_line), tf_score)

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

    def _tf_score(self, lines: Sequence[int]) -> float:
        """The term frequency score of a stem that these lines have."""
        summary = self.summary_line
        boost = TITLE_BOOST * (0 in lines)
        boost += NAMES_BOOST * any(0 < line < summary for line in lines)
        boost += SUMMARY_BOOST * (summary in lines)
        phrasings = sum(line > summary for line in lines)
        if phrasings:
            boost += PHRASING_BOOST * phrasings**PHRASING_COUNT_EXPONENT / self._length_norm
        return boost / (boost + TF_SATURATION)


class DocumentMatch(NamedTuple):
    """What an entry has of a term, by the best of the term's expansions for each."""

    in_document: float  # an expansion's weight times its term frequency score
    in_title: float  # the weight of an expansion that title or names have
    most_lines: float  # the number of lines with an expansion, times its weight
    lines: Sequence[tuple[float, Sequence[int]]]  # the weight of an expansion, and the lines that have no better one


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
            weights = {entry_id: weight * tf_score for entry_id, (_, tf_score) in postings.items()}
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
        in_document = in_title = most_lines = 0.0
        found: list[tuple[float, Sequence[int]]] = []
        for expansion, postings in self.expansions:
            if match := postings.get(document.id):
                lines, weight = match.lines, expansion.weight
                in_document = max(in_document, weight * match.tf_score)
                most_lines = max(most_lines, weight * len(lines))
                if lines and lines[0] < document.summary_line:
                    in_title = max(in_title, weight)
                found.append((weight, _without_lines(lines, found)))
        return DocumentMatch(in_document, in_title, most_lines, found) if found else None


def _without_lines(lines: Sequence[int], others: Iterable[tuple[float, Sequence[int]]]) -> Sequence[int]:
    """Those of the lines that none of the others has."""
    known = {line for _, found in others for line in found}
    return [line for line in lines if line not in known] if known else lines


def build_postings(documents: Iterable[Document], stems: Stems, entry_count: int = 0) -> Postings:
    """The documents that have all of these stems, by id. `entry_count`: how many of the whole catalogue have them, if
    these are not all.
    """
    postings, line_share = Postings(), 0.0
    for document in documents:
        if match := document.match(stems):
            postings[document.id] = match
            line_share += len(match.lines) / document.line_count
    postings.mean_line_share = line_share / len(postings) if postings else 0.0
    postings.entry_count = max(entry_count, len(postings))
    return postings


def collect_matches(terms: Iterable[Term], postings: Mapping[Stems, Postings]) -> list[TermMatches]:
    """Of each term, where the entries have it, given the postings of its expansions."""
    return [
        TermMatches([(expansion, found) for expansion in term.expansions if (found := postings.get(expansion.stems))])
        for term in terms
    ]


class Score(NamedTuple):
    """A document's score, and the signals it is made of."""

    total: float
    term_coverage: float
    phrase_coverage: float
    title_coverage: float
    # Of each term, how many lines have it, times the weight of the expansion that they have: the most of any expansion.
    weighted_lines: tuple[float, ...] = ()


def total_query_weight(terms: Sequence[Term]) -> float:
    """The sum of the terms' weights, which the coverages are shares of."""
    return sum(term.weight for term in terms)


def score(query_weight: float, term_matches: Sequence[TermMatches], document: Document) -> Score:
    """The score of a document for terms of this total weight."""
    if not query_weight:
        return Score(0.0, 0.0, 0.0, 0.0)
    in_document = in_title = 0.0
    by_line: dict[int, float] = {}
    weighted_lines: list[float] = []
    for matches in term_matches:
        match = matches.match(document)
        if match is None:
            weighted_lines.append(0.0)
            continue
        best_in_document, best_in_title, most_lines, lines = match
        in_document += best_in_document
        in_title += best_in_title
        weighted_lines.append(most_lines)
        for weight, with_weight in lines:
            for line in with_weight:
                by_line[line] = by_line.get(line, 0.0) + weight
    term_coverage = in_document / query_weight
    phrase_coverage = _phrase_coverage(by_line, document) / query_weight
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


def explain_score(terms: Sequence[Term], term_matches: Sequence[TermMatches], document: Document) -> tuple[Signal, ...]:
    """The signals of a document's score, with the words behind each of them."""
    parts = score(total_query_weight(terms), term_matches, document)
    matched, missing, in_title = [], [], []
    for term, found in zip(terms, term_matches, strict=True):
        matches = [(e, postings[document.id]) for e, postings in found.expansions if document.id in postings]
        if not matches:
            missing.append(term.word)
            continue
        best, _ = max(matches, key=lambda pair: pair[0].weight * pair[1].tf_score)
        matched.append(term.word + ("" if best.match_type == "exact" else f" → {best.label} ({best.match_type})"))
        if any(match.lines and match.lines[0] < document.summary_line for _, match in matches):
            in_title.append(term.word)
    words = ", ".join(matched) + (f"; not: {', '.join(missing)}" if missing else "")
    whole = TERM_COVERAGE_WEIGHT + PHRASE_COVERAGE_WEIGHT + TITLE_COVERAGE_WEIGHT
    return (
        Signal("term coverage", TERM_COVERAGE_WEIGHT * parts.term_coverage / whole, words),
        Signal(
            "phrase coverage",
            PHRASE_COVERAGE_WEIGHT * parts.phrase_coverage / whole,
            "what the best single line has of it",
        ),
        Signal(
            "title coverage",
            TITLE_COVERAGE_WEIGHT * parts.title_coverage / whole,
            ", ".join(in_title) or "nothing in title or names",
        ),
    )


def matches_among(documents: Iterable[Document], terms: Sequence[Term]) -> list[TermMatches]:
    """Where these documents, and no others, have the terms."""
    expansions = {expansion.stems for term in terms for expansion in term.expansions}
    return collect_matches(terms, {s: build_postings(documents, s) for s in expansions})


def expansion_stems(terms: Iterable[Term]) -> set[Stems]:
    """The stems of all expansions of these terms."""
    return {expansion.stems for term in terms for expansion in term.expansions}
