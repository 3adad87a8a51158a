"""How well an entry answers a question. Every number that decides is a named constant here (or in terms, glossary, lexicon).

The score of an entry is the share of what the question tells that the entry says, each word counted by how strongly the entry
says it (in its title more than in someone's phrasing), plus the share that a single phrase of the entry says in one breath.
Weights were set on the development questions; `halobot ask --explain` prints them hit by hit.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.search.document import Document
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


class Match(NamedTuple):
    """How a document says one term."""

    way: Alternative  # the alternative that it says most strongly
    gained: float  # its worth times how strongly it is said
    heading: float  # best worth of an alternative that title or names say
    lines: Mapping[int, float]  # best worth of an alternative in each line


def match(term: Term, document: Document) -> Match | None:
    """How a document says a term, or None when it does not."""
    best, gained, heading = None, 0.0, 0.0
    reached: dict[int, float] = {}
    for alternative in term.alternatives:  # best worth first
        lines, strength = document.said(alternative.stems[0])
        for other in alternative.stems[1:]:
            beside = document.said(other)
            lines, strength = [line for line in lines if line in beside.lines], min(strength, beside.strength)
        if not strength:
            continue
        worth = alternative.worth
        if worth * strength > gained:
            best, gained = alternative, worth * strength
        if lines and lines[0] < document.summary_line and worth > heading:
            heading = worth
        for line in lines:
            reached.setdefault(line, worth)
    return Match(best, gained, heading, reached) if best else None


def score(terms: Sequence[Term], document: Document) -> Score:
    """How well a document answers these terms."""
    asked = asked_for(terms)
    if not asked:
        return Score(0.0, 0.0, 0.0, 0.0)
    said = heading = 0.0
    by_line: dict[int, float] = {}
    for term in terms:
        found = match(term, document)
        if found:
            said += found.gained
            heading += found.heading
            for line, worth in found.lines.items():
                by_line[line] = by_line.get(line, 0.0) + worth
    by_line.pop(document.summary_line, None)  # a summary is no phrase
    words, phrase, heading = said / asked, _phrase(by_line, document) / asked, heading / asked
    return Score((WORDS * words + PHRASE * phrase + HEADLINE * heading) / (WORDS + PHRASE + HEADLINE), words, phrase, heading)


def _phrase(by_line: Mapping[int, float], document: Document) -> float:
    """What the best phrase says of the question, less for what it has besides, and a share of what the second best says."""
    best = second = 0.0
    for line, got in sorted(by_line.items(), key=lambda item: (-item[1], item[0])):
        if got <= second:
            break  # no phrase fits better than what it says
        tells = document.tells(line)
        fits = got * got / (got + EXTRA * (tells - got)) if tells > got else got
        if fits > best:
            best, second = fits, best
        elif fits > second:
            second = fits
    return best + SECOND * second


def explain(terms: Sequence[Term], document: Document, parts: Score) -> tuple[Signal, ...]:
    """The signals of a score, with the words behind them, for `--explain`."""
    ways = [(term, match(term, document)) for term in terms]
    because = ", ".join(f"{term.word}" + ("" if way.way.how == "exact" else f" → {way.way.shown} ({way.way.how})") for term, way in ways if way)
    missed = ", ".join(term.word for term, way in ways if not way)
    headline = ", ".join(term.word for term, way in ways if way and way.heading)
    whole = WORDS + PHRASE + HEADLINE
    return (
        Signal("words", WORDS * parts.words / whole, because + (f"; not: {missed}" if missed else "")),
        Signal("phrase", PHRASE * parts.phrase / whole, "the share that one phrase says in one breath"),
        Signal("headline", HEADLINE * parts.headline / whole, headline or "nothing in title or names"),
    )
