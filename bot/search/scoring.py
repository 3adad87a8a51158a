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

from bot.search.document import Document, Said
from bot.search.models import Alternative, Signal, Term

# How the signals add up.
WORDS = 1.0  # share of the question that the entry says
PHRASE = 0.5  # share of the question that its best single phrase says, less what the phrase has besides
SECOND = 0.25  # of what the second best phrase says
HEADLINE = 0.22  # share of the question in title and names
EXTRA = 0.5  # what a phrase's words that the question does not have take from it, by their share


class Score(NamedTuple):
    """A document's score and its parts, each 0 to 1."""

    total: float
    words: float
    phrase: float
    headline: float


def asked_for(terms: Sequence[Term]) -> float:
    """What all terms of a question tell together."""
    return sum(term.weight for term in terms)


Sayings = Mapping[int, Said]  # by entry: how each of those that say something says it
Ways = Sequence[Sequence[tuple[Alternative, Sayings]]]  # for each term, the ways of saying it, best worth first


def ways_of(terms: Sequence[Term], sayings: Callable[[tuple[str, ...]], Sayings]) -> Ways:
    """The ways of saying each term that any entry uses, with the entries that use it; `sayings` tells them for stems."""
    found = [[(alternative, sayings(alternative.stems)) for alternative in term.alternatives] for term in terms]
    return [[way for way in ways if way[1]] for ways in found]


def sayings_among(documents: Iterable[Document], stems: tuple[str, ...]) -> Sayings:
    """Which of these documents say all of the stems, and how."""
    return {document.id: said for document in documents if (said := document.said(stems))}


def score(asked: float, ways: Ways, document: Document) -> Score:
    """How well a document answers terms that tell `asked` together, given the ways of saying each."""
    if not asked:
        return Score(0.0, 0.0, 0.0, 0.0)
    number, summary = document.id, document.summary_line
    words = heading = 0.0
    by_line: dict[int, float] = {}
    for ways_of_term in ways:
        gained = headed = 0.0
        reached: dict[int, float] = {}  # best worth of an alternative in each line
        for alternative, sayings in ways_of_term:
            said = sayings.get(number)
            if said is None:
                continue
            lines, strength = said
            worth = alternative.worth
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
    words, phrase, heading = words / asked, _phrase(by_line, document) / asked, heading / asked
    return Score(
        (WORDS * words + PHRASE * phrase + HEADLINE * heading) / (WORDS + PHRASE + HEADLINE), words, phrase, heading
    )


def _phrase(by_line: Mapping[int, float], document: Document) -> float:
    """What the best phrase says of the question, less for what it has besides, and a share of what the second best
    says.
    """
    best = second = 0.0
    for line, got in by_line.items():
        if got <= second:
            continue  # no phrase fits better than what it says
        tells = document.tells(line)
        fits = got * got / (got + EXTRA * (tells - got)) if tells > got else got
        if fits > best:
            best, second = fits, best
        elif fits > second:
            second = fits
    return best + SECOND * second


def explain(terms: Sequence[Term], ways: Ways, document: Document) -> tuple[Signal, ...]:
    """The signals of a score, with the words behind them, for `--explain`."""
    parts = score(asked_for(terms), ways, document)
    told = [
        (term, [(way, sayings[document.id]) for way, sayings in found if document.id in sayings])
        for term, found in zip(terms, ways, strict=True)
    ]
    best = [(term, max(found, key=lambda pair: pair[0].worth * pair[1].strength)[0]) for term, found in told if found]
    because = ", ".join(
        f"{term.word}" + ("" if way.how == "exact" else f" → {way.shown} ({way.how})") for term, way in best
    )
    missed = ", ".join(term.word for term, found in told if not found)
    headline = ", ".join(
        term.word
        for term, found in told
        if any(said.lines and said.lines[0] < document.summary_line for _, said in found)
    )
    whole = WORDS + PHRASE + HEADLINE
    return (
        Signal("words", WORDS * parts.words / whole, because + (f"; not: {missed}" if missed else "")),
        Signal("phrase", PHRASE * parts.phrase / whole, "the share that one phrase says in one breath"),
        Signal("headline", HEADLINE * parts.headline / whole, headline or "nothing in title or names"),
    )
