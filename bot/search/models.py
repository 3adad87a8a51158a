"""What search takes and gives: a parsed query, its terms, and the result."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.catalog.models import Entry, Filters

Intent = Literal["nothing", "help", "keys", "version", "list", "search"]
MatchType = Literal["exact", "typo", "prefix", "synonym"]
Confidence = Literal["sure", "perhaps", "none"]


class Expansion(NamedTuple):
    """One way in which an entry may have a term: it has all of these stems."""

    stems: tuple[str, ...]
    weight: float  # what it adds to a score: IDF times how sure it is that it means the term
    match_type: MatchType
    label: str  # as a person would write it


class Term(NamedTuple):
    """A word of the question that is searched for."""

    word: str
    weight: float  # IDF: rare words have a high one, common words a low one
    expansions: tuple[Expansion, ...]  # highest weight first; empty: the catalogue does not know the word


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed question."""

    text: str  # as asked, cleaned
    intent: Intent
    keys: tuple[str, ...] = ()  # entries asked for by number or key
    terms: tuple[Term, ...] = ()
    filters: Filters = field(default_factory=Filters)
    phrases: tuple[tuple[str, ...], ...] = ()  # stems that have to stand together
    excluded: tuple[str, ...] = ()  # stems that must not occur
    notes: tuple[str, ...] = ()  # what to tell the person about how it was understood
    corrections: tuple[tuple[str, str], ...] = ()  # (typed, taken as), where that changed the meaning


class Signal(NamedTuple):
    """One part of a hit's score."""

    name: str
    score: float
    explanation: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, and its score (0 to about 1)."""

    entry: Entry
    score: float
    signals: tuple[Signal, ...] = ()  # only where they were asked for


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a query."""

    query: Query
    hits: tuple[Hit, ...] = ()  # best first; of a list, newest first
    possible_hits: tuple[Hit, ...] = ()  # entries whose version is not known, which may belong to the one asked for
    suggestions: tuple[Hit, ...] = ()  # the nearest entries where nothing is good enough for an answer
    unknown_keys: tuple[str, ...] = ()  # asked for, and not in the catalogue
    more_hits: tuple[Hit, ...] = ()  # less related than the hits; shown on request
    confidence: Confidence = "none"  # how likely it is that the first hit is what was asked for

    @property
    def has_answer(self) -> bool:
        """Whether there are hits. Suggestions are none."""
        return bool(self.hits or self.possible_hits)
