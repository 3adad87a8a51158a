"""What search takes and gives: a parsed query, its terms, and the result."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Self

from bot.catalog.models import Entry, Filters, Version

Intent = Literal["nothing", "help", "about", "keys", "version", "list", "search"]
# What is asked about an answer, rather than for one.
Aspect = Literal[
    "version", "availability", "count", "minute", "link", "warning", "enabling", "action", "detail", "other"
]  # fmt: skip
MatchType = Literal["exact", "typo", "prefix", "synonym"]
# Of a list, where another order is asked for than newest first (bot/search/orders.py).
Order = Literal["newest", "oldest", "area", "title", "number", "impact", "highlights"]
MAX_NAMED_VERSIONS = 5  # in a title; of more, their number
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


class VersionRange(NamedTuple):
    """A range of versions: what every surface counts by. None: open at this end."""

    low: Version | None = None
    high: Version | None = None
    low_included: bool = False
    high_included: bool = True

    @classmethod
    def between(cls, one: Version, other: Version) -> Self:
        """What an upgrade between two versions brings, given in either order; of the same one twice, that one."""
        return cls(min(one, other), max(one, other), low_included=one == other)

    def select(self, versions: Sequence[Version]) -> tuple[Version, ...]:
        """Those of the versions that are in the range."""
        return tuple(version for version in versions if self._has(version))

    @property
    def label(self) -> str:
        """In words: `"after v2.206, up to v2.214"`."""
        low = f"{'since' if self.low_included else 'after'} {self.low}" if self.low else ""
        high = f"{'up to' if self.high_included else 'before'} {self.high}" if self.high else ""
        return str(self.low) if self.low and self.low == self.high else ", ".join(filter(None, (low, high)))

    def intersect(self, other: "VersionRange") -> "VersionRange":
        """What is in both ranges."""
        lows = [(part.low, not part.low_included) for part in (self, other) if part.low]
        highs = [(part.high, part.high_included) for part in (self, other) if part.high]
        low, is_exclusive = max(lows, default=(None, True))
        high, high_included = min(highs, default=(None, True))
        return VersionRange(low, high, not is_exclusive, high_included)

    def _has(self, version: Version) -> bool:
        is_above = self.low is None or version > self.low or (self.low_included and version == self.low)
        return is_above and (self.high is None or version < self.high or (self.high_included and version == self.high))


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed question."""

    text: str  # as asked, cleaned
    intent: Intent
    keys: tuple[str, ...] = ()  # entries asked for by number or key
    terms: tuple[Term, ...] = ()
    filters: Filters = field(default_factory=Filters)
    phrases: tuple[tuple[str, ...], ...] = ()  # words in quotes, which have to stand together
    excluded: tuple[str, ...] = ()  # stems that must not occur
    excluded_areas: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what to tell the person about how it was understood
    corrections: tuple[tuple[str, str], ...] = ()  # (typed, taken as), where that changed the meaning
    topic: str = ""  # with the intent `about`: what is said to the bot itself (small_talk.replies.TOPICS)
    version_range: VersionRange | None = None  # where the versions of the filters are a range
    aspect: Aspect | None = None  # what is asked about the answer
    subjects: tuple[tuple[Term, ...], ...] = ()  # of a list about several things, the terms of each: "quotes and stock"
    installed: Version | None = None  # the version that the person says they have
    bare: bool = False  # it is nothing but a subject: "quickbooks"
    additions: bool = False  # of a list: what is new itself is asked for ("new integrations")
    order: Order | None = None  # of a list; None: newest first, a version by area

    @property
    def versions_label(self) -> str:
        """The versions of the filters, as the title of an answer: `"After v2.206, up to v2.214"`, `"v2.214"`."""
        if self.version_range:
            label = self.version_range.label
            return label if label.startswith("v") else label[:1].upper() + label[1:]
        versions = self.filters.versions or ()
        return " and ".join(map(str, versions)) if len(versions) <= MAX_NAMED_VERSIONS else f"{len(versions)} versions"


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


class ChecklistSection(NamedTuple):
    """The changes of one kind, by area."""

    title: str
    meaning: str
    entries: tuple[Entry, ...]
    is_certain: bool = True  # False: they may belong to other versions


class UpgradeChecklist(NamedTuple):
    """What comes after the older version, up to and including the newer one. Each change is in one section."""

    older: Version
    newer: Version
    versions: tuple[Version, ...]  # known ones that the upgrade goes through, oldest first
    sections: tuple[ChecklistSection, ...]  # those that have changes, in reading order
    area: str = ""  # where it is narrowed to one

    @property
    def change_count(self) -> int:
        """How many changes certainly come."""
        return sum(len(section.entries) for section in self.sections if section.is_certain)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All its changes, in reading order."""
        return tuple(entry for section in self.sections for entry in section.entries)

    @property
    def question(self) -> str:
        """What asks for it again."""
        area = f' area:"{self.area}"' if self.area else ""
        return f"upgrade {self.older.number} {self.newer.number}{area}"
