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

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from bot.search.documents import Document, TermMatch
from bot.search.models import Expansion, Term

# The signals' weights.
TERM_COVERAGE_WEIGHT = 1.0
PHRASE_COVERAGE_WEIGHT = 0.5
TITLE_COVERAGE_WEIGHT = 0.22
SECOND_PHRASE_WEIGHT = 0.25  # of the second best line, within phrase coverage
EXTRA_WORDS_PENALTY = 0.5  # how much the words of a line that the question does not have discount it

# What is expected of an entry that nobody has described: a phrasing is as likely to have a stem as not where so many
# phrasings are expected to have it, and such a phrasing is worth so much of one that is there. More than 1, as people
# wrote many phrasings and the best one counts.
EXPECTED_HALF, EXPECTED_PHRASE_WEIGHT = 4.0, 1.4


class Postings(dict[int, TermMatch]):
    """Entries that have all stems of an expansion, by id."""

    mean_line_share: float  # the share of their lines that have the stems, on average
    entry_count: int  # how many entries have the stems; in a huge catalogue not all of them are read
    expanded_shares: Mapping[int, float]  # of the expanded entries that have the stems, `Document.line_share`


Stems = tuple[str, ...]  # of an expansion


class DocumentMatch(NamedTuple):
    """What an entry has of a term, by the best of the term's expansions for each."""

    in_document: float  # an expansion's weight times its term frequency score
    in_title: float  # the weight of an expansion that title or names have
    most_lines: float  # the number of lines with an expansion, times its weight
    lines: Sequence[int]  # that have the term …
    line_weights: float | tuple[float, ...]  # … and the weight of the best expansion of each; one number: of all
    expected: float  # of an expanded entry, an expansion's weight times how surely a phrasing would have it
    in_own_text: float  # like `in_document`, without what is only expected


class TermMatches:
    """Where the entries have a term. Worked out when it is asked for, and the same in every question with this term."""

    def __init__(self, expansions: Sequence[tuple[Expansion, Postings]]) -> None:
        """`expansions`: those of the term that any entry has, best first."""
        self.expansions = expansions
        self._by_document: dict[int, DocumentMatch] = {}
        self._shares: dict[int, float] = {}

    @property
    def size(self) -> int:
        """How much there is to keep: the matches of all its expansions, and itself."""
        return 1 + sum(len(postings) for _, postings in self.expansions)

    @cached_property
    def line_shares(self) -> float:
        """The entries' shares of lines that have it, added up; of several expansions those of the most frequent."""
        return max([postings.mean_line_share * postings.entry_count for _, postings in self.expansions], default=0.0)

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

    @cached_property
    def expanded_shares(self) -> Mapping[int, float]:
        """`line_share` of each expanded entry that has the term."""
        best: dict[int, float] = {}
        for expansion, postings in self.expansions:
            certainty = expansion.weight / self.expansions[0][0].weight
            for entry_id, share in postings.expanded_shares.items():
                if certainty * share > best.get(entry_id, 0.0):
                    best[entry_id] = certainty * share
        return best

    def line_share(self, document: Document) -> float:
        """The share of a document's lines with the term, by its best expansion: see `Document.line_share`."""
        share = self._shares.get(document.id)
        if share is None:
            best = self.expansions[0][0].weight if self.expansions else 1.0
            ways = [way for way, found in self.expansions if document.id in found]
            share = max((way.weight / best * document.line_share(way.stems) for way in ways), default=0.0)
            share = self._shares[document.id] = max(share, self.expanded_shares.get(document.id, 0.0))
        return share

    def match(self, document: Document) -> DocumentMatch | None:
        """What a document has of the term; None where it has nothing."""
        if document.id not in self.coverage:  # mostly
            return None
        found = self._by_document.get(document.id)
        if found is None:
            found = self._by_document[document.id] = self._find_match(document)
        return found

    def _find_match(self, document: Document) -> DocumentMatch:
        entry_id = document.id
        found = [(way, match) for way, postings in self.expansions if (match := postings.get(entry_id))]
        if len(found) == 1 and not document.is_expanded:  # mostly
            (_, weight, *_), (lines, tf_score, expected_lines) = found[0]
            in_document = weight * tf_score
            in_title = weight if lines and lines[0] < document.summary_line else 0.0
            most_lines = weight * (len(lines) + expected_lines)
            return DocumentMatch(in_document, in_title, most_lines, lines, weight, 0.0, in_document)
        return self._combine(found, document)

    @staticmethod
    def _combine(found: Sequence[tuple[Expansion, TermMatch]], document: Document) -> DocumentMatch:
        """What a document has by several expansions, or by what is expected of it."""
        in_document = in_own_text = in_title = most_lines = expected = 0.0
        by_line = dict[int, float]()
        for expansion, match in found:
            lines, weight = match.lines, expansion.weight
            in_document = max(in_document, weight * match.tf_score)
            most_lines = max(most_lines, weight * (len(lines) + match.expected))
            if document.is_expanded:
                expected = max(expected, weight * _certainty_of(match))
                in_own_text = max(in_own_text, weight * document.own_tf_score(expansion.stems))
            if lines and lines[0] < document.summary_line:
                in_title = max(in_title, weight)
            for line in lines:
                by_line.setdefault(line, weight)  # the best expansions come first
        if not document.is_expanded:
            in_own_text = in_document
        lines, weights = tuple(by_line), tuple(by_line.values())
        return DocumentMatch(in_document, in_title, most_lines, lines, weights, expected, in_own_text)


def _certainty_of(match: TermMatch) -> float:
    """How surely a phrasing of an expanded entry would have what matches, 0 to 1."""
    return 1.0 if match.lines else match.expected / (match.expected + EXPECTED_HALF)


def build_postings(documents: Iterable[Document], stems: Stems, entry_count: int = 0) -> Postings:
    """The documents that have all of these stems, by id. `entry_count`: how many of the whole catalogue have them, if
    these are not all.
    """
    postings, line_share, expanded = Postings(), 0.0, 0
    expanded_shares: dict[int, float] = {}
    for document in documents:
        if document.is_expanded and (share := document.line_share(stems)):
            expanded_shares[document.id] = share
        if match := document.match(stems):
            postings[document.id] = match
            if document.is_expanded:
                expanded += 1  # what is only expected changes nothing for the others
            else:
                line_share += len(match.lines) / document.line_count
    described = len(postings) - expanded
    postings.mean_line_share = line_share / described if described else 0.0
    postings.entry_count = max(entry_count, described)
    postings.expanded_shares = expanded_shares
    return postings


def collect_matches(terms: Iterable[Term], postings: Mapping[Stems, Postings]) -> list[TermMatches]:
    """Of each term, where the entries have it, given the postings of its expansions."""
    return [
        TermMatches([(expansion, found) for expansion in term.expansions if (found := postings.get(expansion.stems))])
        for term in terms
    ]


def postings_of(term_matches: Iterable[TermMatches]) -> dict[Stems, Postings]:
    """The postings by which these matches were found."""
    return {expansion.stems: found for matches in term_matches for expansion, found in matches.expansions}


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
        best_in_document, best_in_title, most_lines, lines, weights, best_expected, best_in_own_text = match
        expected += best_expected
        in_own_text += best_in_own_text
        in_document += best_in_document
        in_title += best_in_title
        weighted_lines.append(most_lines)
        _add_up(by_line, lines, weights)
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


def _add_up(by_line: dict[int, float], lines: Sequence[int], weights: float | tuple[float, ...]) -> None:
    """Add what these lines have of a term to what they have of others."""
    if isinstance(weights, tuple):
        for line, weight in zip(lines, weights, strict=True):
            by_line[line] = by_line.get(line, 0.0) + weight
    elif by_line:
        for line in lines:
            by_line[line] = by_line.get(line, 0.0) + weights
    else:
        by_line.update(dict.fromkeys(lines, weights))


def _phrase_coverage(matched_by_line: Mapping[int, float], document: Document) -> float:
    """What the best line has of the question, discounted by its other words, and a share of the second best."""
    best = second = 0.0
    known = document.line_weights
    for line, matched in matched_by_line.items():
        if matched <= second:
            continue  # the discount only lowers it
        extra = (known[line] if line in known else document.line_weight(line)) - matched
        coverage = matched * matched / (matched + EXTRA_WORDS_PENALTY * extra) if extra > 0 else matched
        if coverage > best:
            best, second = coverage, best
        elif coverage > second:
            second = coverage
    return best + SECOND_PHRASE_WEIGHT * second


def expansion_stems(terms: Iterable[Term]) -> set[Stems]:
    """The stems of all expansions of these terms."""
    return {expansion.stems for term in terms for expansion in term.expansions}
