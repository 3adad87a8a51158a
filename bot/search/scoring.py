"""How well an entry answers a question. Every number that decides is a named constant here (or in terms, glossary,
lexicon).

The score of an entry is the share of what the question tells that the entry says, each word counted by how strongly the
entry
says it (in its title more than in someone's phrasing), plus the share that a single phrase of the entry says in one
breath.
Weights were set on the development questions; `halobot ask --explain` prints them hit by hit.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.search.document import Document, TermMatch
from bot.search.models import Expansion, Signal, Term

# How the signals add up.
TERM_COVERAGE_WEIGHT = 1.0  # share of the question that the entry says
PHRASE_COVERAGE_WEIGHT = 0.5  # share of the question that its best single phrase says, less what the phrase has besides
SECOND_PHRASE_WEIGHT = 0.25  # of what the second best phrase says
TITLE_COVERAGE_WEIGHT = 0.22  # share of the question in title and names
EXTRA_WORDS_PENALTY = 0.5  # what a phrase's words that the question does not have take from it, by their share


class Score(NamedTuple):
    """A document's score and its parts, each 0 to 1."""

    total: float
    term_coverage: float
    phrase_coverage: float
    title_coverage: float


def total_query_weight(terms: Sequence[Term]) -> float:
    """What all terms of a question tell together."""
    return sum(term.weight for term in terms)


Postings = Mapping[int, TermMatch]  # by entry: how each of those that say something says it
TermPostings = Sequence[Sequence[tuple[Expansion, Postings]]]  # for each term, the ways of saying it, best worth first


def collect_postings(terms: Sequence[Term], postings_of: Callable[[tuple[str, ...]], Postings]) -> TermPostings:
    """The ways of saying each term that any entry uses, with the entries that use it; `sayings` tells them for stems."""
    found = [[(alternative, postings_of(alternative.stems)) for alternative in term.expansions] for term in terms]
    return [[way for way in ways if way[1]] for ways in found]


def build_postings(documents: Iterable[Document], stems: tuple[str, ...]) -> Postings:
    """Which of these documents say all of the stems, and how."""
    return {document.id: said for document in documents if (said := document.match(stems))}


def score(query_weight: float, term_postings: TermPostings, document: Document) -> Score:
    """How well a document answers terms that tell `asked` together, given the ways of saying each."""
    if not query_weight:
        return Score(0.0, 0.0, 0.0, 0.0)
    number, summary = document.id, document.summary_line
    words = heading = 0.0
    by_line: dict[int, float] = {}
    for ways_of_term in term_postings:
        gained = headed = 0.0
        reached: dict[int, float] = {}  # best worth of an alternative in each line
        for alternative, sayings in ways_of_term:
            said = sayings.get(number)
            if said is None:
                continue
            lines, strength = said
            worth = alternative.weight
            if worth * strength > gained:
                gained = worth * strength
            if lines and lines[0] < summary and worth > headed:
                headed = worth
            for line in lines:
                reached.setdefault(line, worth)
        words += gained
        heading += headed
        for line, worth in reached.items():
            by_line[line] = by_line.get(line, 0.0) + worth
    words, phrase, heading = (
        words / query_weight,
        _phrase_coverage(by_line, document) / query_weight,
        heading / query_weight,
    )
    return Score(
        (TERM_COVERAGE_WEIGHT * words + PHRASE_COVERAGE_WEIGHT * phrase + TITLE_COVERAGE_WEIGHT * heading)
        / (TERM_COVERAGE_WEIGHT + PHRASE_COVERAGE_WEIGHT + TITLE_COVERAGE_WEIGHT),
        words,
        phrase,
        heading,
    )


def _phrase_coverage(by_line: Mapping[int, float], document: Document) -> float:
    """What the best phrase says of the question, less for what it has besides, and a share of what the second best
    says.
    """
    best = second = 0.0
    for line, got in by_line.items():
        if got <= second:
            continue  # no phrase fits better than what it says
        tells = document.line_weight(line)
        fits = got * got / (got + EXTRA_WORDS_PENALTY * (tells - got)) if tells > got else got
        if fits > best:
            best, second = fits, best
        elif fits > second:
            second = fits
    return best + SECOND_PHRASE_WEIGHT * second


def explain_score(terms: Sequence[Term], term_postings: TermPostings, document: Document) -> tuple[Signal, ...]:
    """The signals of a score, with the words behind them, for `--explain`."""
    parts = score(total_query_weight(terms), term_postings, document)
    told = [
        (term, [(way, sayings[document.id]) for way, sayings in found if document.id in sayings])
        for term, found in zip(terms, term_postings, strict=True)
    ]
    best = [(term, max(found, key=lambda pair: pair[0].weight * pair[1].tf_score)[0]) for term, found in told if found]
    because = ", ".join(
        f"{term.word}" + ("" if way.match_type == "exact" else f" → {way.label} ({way.match_type})")
        for term, way in best
    )
    missed = ", ".join(term.word for term, found in told if not found)
    headline = ", ".join(
        term.word
        for term, found in told
        if any(said.lines and said.lines[0] < document.summary_line for _, said in found)
    )
    whole = TERM_COVERAGE_WEIGHT + PHRASE_COVERAGE_WEIGHT + TITLE_COVERAGE_WEIGHT
    return (
        Signal(
            "words",
            TERM_COVERAGE_WEIGHT * parts.term_coverage / whole,
            because + (f"; not: {missed}" if missed else ""),
        ),
        Signal(
            "phrase",
            PHRASE_COVERAGE_WEIGHT * parts.phrase_coverage / whole,
            "the share that one phrase says in one breath",
        ),
        Signal(
            "headline", TITLE_COVERAGE_WEIGHT * parts.title_coverage / whole, headline or "nothing in title or names"
        ),
    )
