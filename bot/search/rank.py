"""How well an entry answers a question. Every number that decides is a named constant here (or in terms, glossary, lexicon).

The score of an entry is the share of what the question tells that the entry says, each word counted by how strongly the entry
says it (in its title more than in someone's phrasing), plus the share that a single phrase of the entry says in one breath.
Weights were set on the development questions; `halobot ask --explain` prints them hit by hit.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from bot.search.lexicon import Lexicon
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
# Rows of the full-text index that one question may read: bm25 takes about 2.5 µs for each. The rarest ways of saying are looked up
# whole; one that would go over this only in titles, names and summaries, where it tells most.
MOST_ROWS = 6_000
OWN_COLUMNS = "{title names summary}"
_LINE = " \n "


class Text(Protocol):
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
    def also(self) -> str: ...


class Document(NamedTuple):
    """An entry made ready for ranking: its stems as one text, a line for the title, each name, the summary and each phrasing.

    Looking a stem up in a text is one search in C; nothing is built for the hundreds of stems that no question asks for.
    """

    id: int
    key: str
    text: str  # every stem between two blanks
    ends: tuple[int, ...]  # where each line ends
    summary_line: int  # number of the summary's line: title and names stand before it, phrasings behind
    lengthy: float  # what a word in the phrasings is divided by

    @property
    def bare(self) -> bool:
        """Whether nobody has written down yet how people ask for it."""
        return self.summary_line == len(self.ends) - 1

    def lines_with(self, stem: str) -> list[int]:
        """The lines that have a stem, in order."""
        text, token, found = self.text, f" {stem} ", []
        place = text.find(token)
        while place >= 0:
            line = bisect_left(self.ends, place)
            found.append(line)
            place = text.find(token, self.ends[line])
        return found

    def line(self, number: int) -> str:
        """The stems of one line."""
        return self.text[self.ends[number - 1] if number else 0 : self.ends[number]]

    def has(self, stem: str) -> bool:
        """Whether title, names or summary have this stem."""
        return f" {stem} " in self.text[: self.ends[self.summary_line] + 1]

    def says(self, phrase: Sequence[str]) -> bool:
        """Whether these stems stand together in a line."""
        return f" {' '.join(phrase)} " in self.text


def make_document(text: Text) -> Document:
    """Prepare one entry for ranking."""
    names = [line for line in text.names.split("\n") if line]
    also = [line for line in text.also.split("\n") if line]
    lines = [text.title, *names, text.summary, *also]
    ends, end = [], 0
    for line in lines:
        end += len(line) + len(_LINE)
        ends.append(end - 2)  # at the blank before the line break
    lengthy = 1.0 - BY_LENGTH + BY_LENGTH * max(1.0, text.also.count(" ") / USUAL_LENGTH)
    return Document(text.id, text.key, f" {_LINE.join(lines)} ", tuple(ends), len(names) + 1, lengthy)


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
        found = document.lines_with(alternative.stems[0])
        said = _said(found, document) if found else 0.0
        for other in alternative.stems[1:]:
            beside = document.lines_with(other)
            said = min(said, _said(beside, document)) if beside else 0.0
            found = [line for line in found if line in beside]
        if not said:
            continue
        worth = alternative.worth
        strong = worth * said / (said + SATURATION)
        if strong > gained:
            best, gained = alternative, strong
        if found and found[0] < document.summary_line and worth > heading:
            heading = worth
        for line in found:
            reached.setdefault(line, worth)
    return Match(best, gained, heading, reached) if best else None


def _said(lines: Sequence[int], document: Document) -> float:
    """How strongly a document says a stem that is in these lines, before saturation."""
    summary = document.summary_line
    said, names, also = 0.0, False, 0
    for line in lines:
        if line == 0:
            said += TITLE
        elif line < summary:
            names = True
        elif line == summary:
            said += SUMMARY
        else:
            also += 1
    if names:
        said += NAMES
    return said + ALSO * also**REPEATS / document.lengthy if also else said


def score(terms: Sequence[Term], document: Document, weights: Mapping[str, float]) -> Score:
    """How well a document answers these terms; `weights` says how much each stem of the catalogue tells."""
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
    words, phrase, heading = said / asked, _phrase(by_line, document, weights) / asked, heading / asked
    return Score((WORDS * words + PHRASE * phrase + HEADLINE * heading) / (WORDS + PHRASE + HEADLINE), words, phrase, heading)


def _phrase(by_line: Mapping[int, float], document: Document, weights: Mapping[str, float]) -> float:
    """What the best phrase says of the question, less for what it has besides, and a share of what the second best says."""
    best = second = 0.0
    for line, got in sorted(by_line.items(), key=lambda item: (-item[1], item[0])):
        if got <= second:
            break  # no phrase fits better than what it says
        tells = sum(weights.get(stem, 0.0) for stem in set(document.line(line).split()))
        fits = got * got / (got + EXTRA * (tells - got)) if tells > got else got
        if fits > best:
            best, second = fits, best
        elif fits > second:
            second = fits
    return best + SECOND * second


def candidate_expression(terms: Sequence[Term], lexicon: Lexicon) -> str:
    """The FTS5 expression for entries that may answer: any way of saying any of the terms, as far as MOST_ROWS reaches.

    Empty when no term is known. The ways that fewest entries have come first: they tell most and cost least.
    """
    stems_of = {alternative.stems for term in terms for alternative in term.alternatives}
    ways = sorted(stems_of, key=lambda stems: (min(lexicon.counts[stem] for stem in stems), stems))
    parts, rows = [], 0
    for stems in ways:
        everywhere, own = min(lexicon.counts[stem] for stem in stems), min(lexicon.own.get(stem, 0) for stem in stems)
        if rows + everywhere <= MOST_ROWS:
            rows += everywhere
            parts.append(_all_of(stems))
        elif own and (rows + own <= MOST_ROWS or not parts):
            rows += own
            parts.append(f"{OWN_COLUMNS} : {_all_of(stems)}")
    # A question of nothing but words that half the catalogue has is still answered, by the rarest of them.
    return " OR ".join(parts) or next((_all_of(stems) for stems in ways), "")


def _all_of(stems: Sequence[str]) -> str:
    return "(" + " AND ".join(f'"{stem}"' for stem in stems) + ")"


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
