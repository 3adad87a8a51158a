"""What a question becomes on its way to an answer."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.catalog.models import Entry, Filters

Intent = Literal["nothing", "help", "numbers", "version", "list", "best"]
MatchType = Literal["exact", "typo", "start", "means"]


class Expansion(NamedTuple):
    """One way in which an entry may say a word of the question: all of `stems` have to be there."""

    stems: tuple[str, ...]
    weight: float  # 0 to 1; 1 is the word itself
    match_type: MatchType
    label: str  # as a person would write it


class Term(NamedTuple):
    """One word of the question that means something."""

    word: str
    weight: float  # how much it tells: rare words of the trade much, everyday words little
    expansions: tuple[Expansion, ...]  # empty: the catalogue does not know the word

    @property
    def in_vocabulary(self) -> bool:
        return bool(self.expansions)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood."""

    text: str  # as asked, cleaned
    intent: Intent
    keys: tuple[str, ...] = ()  # entries asked for by number or key
    terms: tuple[Term, ...] = ()
    filters: Filters = field(default_factory=Filters)
    phrases: tuple[tuple[str, ...], ...] = ()  # stems that have to stand together
    excluded: tuple[str, ...] = ()  # stems that must not occur
    notes: tuple[str, ...] = ()  # what the person should be told about how it was understood
    corrections: tuple[tuple[str, str], ...] = ()  # (typed, taken as), where it changed the meaning


class Signal(NamedTuple):
    """One reason for a hit's place."""

    name: str
    score: float
    explanation: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found, with how well it fits (0 to about 1) and why."""

    entry: Entry
    score: float
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What is said to a question. `hits` are best first; `possible` may belong to the version asked for; `near` are not
    an answer.
    """

    query: Query
    hits: tuple[Hit, ...] = ()
    possible_hits: tuple[Hit, ...] = ()
    suggestions: tuple[Hit, ...] = ()
    unknown_keys: tuple[str, ...] = ()  # numbers asked for that the catalogue does not have

    @property
    def has_answer(self) -> bool:
        return bool(self.hits or self.possible_hits)
