"""How well an entry answers a question. Every number that decides is a named constant here (or in terms, glossary, lexicon).

The score of an entry is the share of what the question tells that the entry says, each word counted by how strongly the entry
says it (in its title more than in someone's phrasing), plus the share that a single phrase of the entry says in one breath.
Weights were set on the development questions; `halobot ask --explain` prints them hit by hit.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from bot.catalog.models import Entry
from bot.search.models import Alternative, Signal, Term

# How strongly a field says a word: added up for each word, then saturated (SATURATION of it is worth one half).
TITLE, NAMES, SUMMARY, ALSO = 3.0, 1.2, 1.0, 0.9
REPEATS = 0.45  # power of the number of phrasings that have a word
USUAL_LENGTH = 200  # stems of an entry's phrasings; in a longer list of them each word says less …
BY_LENGTH = 0.4  # … by this share
SATURATION = 0.7
# How the signals add up.
WORDS = 1.0  # share of the question that the entry says
PHRASE = 0.5  # share of the question that its best single phrase says, less what the phrase has besides
SECOND = 0.25  # of what the second best phrase says
HEADLINE = 0.22  # share of the question in title and names
EXTRA = 0.5  # what a phrase's words that the question does not have take from it, by their share
# Candidates from SQLite: its bm25 weighs the columns title, names, summary, also.
COLUMN_WEIGHTS = (4.0, 3.0, 1.0, 1.5)
CANDIDATES = 40
LISTED = 400  # for lists, which are given whole


class Text(Protocol):
    """One entry's stems by field, blanks between; `names` and `also` have a line a phrase."""

    @property
    def title(self) -> str: ...
    @property
    def names(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def also(self) -> str: ...


class Document(NamedTuple):
    """An entry made ready for ranking."""

    entry: Entry
    strength: Mapping[str, float]  # stem -> how strongly the entry says it, 0 to 1
    headline: frozenset[str]  # stems of title and names
    phrases: Mapping[str, tuple[int, ...]]  # stem -> the phrases that have it
    sizes: tuple[float, ...]  # what each phrase tells in all
    lines: tuple[str, ...]  # title, names and summary as stems, for quoted phrases

    def has(self, stem: str) -> bool:
        """Whether title, names or summary have this stem."""
        return any(f" {stem} " in line for line in self.lines)

    def says(self, phrase: Sequence[str]) -> bool:
        """Whether these stems stand together anywhere in the entry."""
        return any(f" {' '.join(phrase)} " in line for line in self.lines)


def make_document(entry: Entry, text: Text, weight: Mapping[str, float]) -> Document:
    """Prepare one entry. `weight` tells how much each stem of the catalogue tells."""
    lines = [text.title.split(), *(line.split() for line in text.names.split("\n") if line), *(line.split() for line in text.also.split("\n") if line)]
    also = Counter(stem for line in text.also.split("\n") for stem in set(line.split()))
    names = Counter(set(text.names.split()))
    lengthy = 1.0 - BY_LENGTH + BY_LENGTH * max(1.0, len(text.also.split()) / USUAL_LENGTH)
    said: dict[str, float] = {stem: ALSO * n**REPEATS / lengthy for stem, n in also.items()}
    for field, worth in ((set(text.title.split()), TITLE), (names, NAMES), (set(text.summary.split()), SUMMARY)):
        for stem in field:
            said[stem] = said.get(stem, 0.0) + worth
    phrases: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        for stem in set(line):
            phrases.setdefault(stem, []).append(number)
    return Document(
        entry, {stem: worth / (worth + SATURATION) for stem, worth in said.items()}, frozenset(lines[0]) | frozenset(names),
        {stem: tuple(numbers) for stem, numbers in phrases.items()}, tuple(sum(weight[s] for s in set(line) if s in weight) for line in lines),
        tuple(f" {line} " for line in (text.title, *text.names.split("\n"), text.summary)),
    )  # fmt: skip


class Score(NamedTuple):
    """A document's score and its parts, each 0 to 1."""

    total: float
    words: float
    phrase: float
    headline: float


def asked_for(terms: Sequence[Term]) -> float:
    """What all terms of a question tell together."""
    return sum(term.weight for term in terms)


def score(terms: Sequence[Term], document: Document) -> Score:
    """How well a document answers these terms. Depends on nothing but the two."""
    asked = asked_for(terms)
    if not asked:
        return Score(0.0, 0.0, 0.0, 0.0)
    strength, headline, in_phrases = document.strength, document.headline, document.phrases
    said = heading = 0.0
    by_phrase: dict[int, float] = {}
    for term in terms:
        best = top = 0.0
        reached: dict[int, float] = {}
        for stems, worth, _, _ in term.alternatives:  # best worth first
            stem = stems[0]
            if stem not in strength:
                continue
            how_strong, numbers, heads = strength[stem], in_phrases.get(stem, ()), stem in headline
            if len(stems) > 1:
                if not all(other in strength for other in stems):
                    continue
                how_strong, heads = min(strength[other] for other in stems), headline.issuperset(stems)
                numbers = tuple(n for n in numbers if all(n in in_phrases.get(other, ()) for other in stems))
            if worth * how_strong > best:
                best = worth * how_strong
            if heads and worth > top:
                top = worth
            for number in numbers:
                reached.setdefault(number, worth)
        said += best
        heading += top
        for number, worth in reached.items():
            by_phrase[number] = by_phrase.get(number, 0.0) + worth
    phrase = second = 0.0
    sizes = document.sizes
    for number, got in by_phrase.items():
        besides = sizes[number] - got
        fits = got * got / (got + EXTRA * besides) if besides > 0 else got
        if fits > phrase:
            phrase, second = fits, phrase
        elif fits > second:
            second = fits
    phrase += SECOND * second
    words, phrase, heading = said / asked, phrase / asked, heading / asked
    return Score((WORDS * words + PHRASE * phrase + HEADLINE * heading) / (WORDS + PHRASE + HEADLINE), words, phrase, heading)


def candidate_expression(terms: Sequence[Term]) -> str:
    """The FTS5 expression for entries that may answer: any way of saying any of the terms. Empty when no term is known."""
    ways = dict.fromkeys(alternative.stems for term in terms for alternative in term.alternatives)
    return " OR ".join(_and(stems) for stems in ways)


def _and(stems: Sequence[str]) -> str:
    quoted = " AND ".join(f'"{stem}"' for stem in stems)
    return f"({quoted})" if len(stems) > 1 else quoted


def explain(terms: Sequence[Term], document: Document, parts: Score) -> tuple[Signal, ...]:
    """The signals of a score, with the words behind them, for `--explain`."""
    ways = [(term, best_way(term, document)) for term in terms]
    because = ", ".join(f"{term.word}" + ("" if way.how == "exact" else f" → {way.shown} ({way.how})") for term, way in ways if way)
    missed = ", ".join(term.word for term, way in ways if not way)
    headline = ", ".join(way.shown for _, way in ways if way and document.headline.issuperset(way.stems))
    return (
        Signal("words", WORDS * parts.words, because + (f"; not: {missed}" if missed else "")),
        Signal("phrase", PHRASE * parts.phrase, "said in one breath"),
        Signal("headline", HEADLINE * parts.headline, headline or "nothing in title or names"),
    )


def best_way(term: Term, document: Document) -> Alternative | None:
    """The alternative of a term that the document says most strongly, or None."""
    ways = [(a.worth * min(document.strength[s] for s in a.stems), a) for a in term.alternatives if all(s in document.strength for s in a.stems)]
    return max(ways, key=lambda way: way[0])[1] if ways else None
