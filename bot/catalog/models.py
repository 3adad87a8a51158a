"""The values of the catalogue: versions, entries, episodes, the glossary. Nothing here reads or writes anything."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, Self

EntryKind = Literal["feature", "faq", "guide"]
ENTRY_KINDS: tuple[EntryKind, ...] = ("feature", "faq", "guide")
Impact = Literal["changes behaviour", "opt-in", "new", "fix", "unclear"]  # docs/catalogue.md says which is which
IMPACTS: tuple[Impact, ...] = ("changes behaviour", "opt-in", "new", "fix", "unclear")
# The one pattern of a Halo version, to be used inside other patterns: "2.206" gives the groups "2" and "206". What may
# stand around it (a "v", a build number after it, no currency before it) is for the surrounding pattern to say.
VERSION_PATTERN = r"(\d{1,2})\.(\d{1,4})"
_VERSION = re.compile(rf"v?\s?{VERSION_PATTERN}", re.IGNORECASE)


class Version(NamedTuple):
    """A Halo release. Compares as numbers: v2.9 comes before v2.210."""

    major: int
    minor: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `"2.206"`, `"v2.206"` or `"V 2.206"`, with blanks around it, as Version(2, 206).

        Raises ValueError for any other text, for a build number (`"2.206.1"`) too.
        """
        match = _VERSION.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a version; a version looks like v2.206")
        return cls.of(match[1], match[2])

    @classmethod
    def of(cls, major: str, minor: str) -> Self:
        """The version of the two groups of VERSION_PATTERN."""
        return cls(int(major), int(minor))

    def __str__(self) -> str:
        return f"v{self.major}.{self.minor}"

    @property
    def number(self) -> str:
        """Without the v, as it is stored: `"2.206"`."""
        return f"{self.major}.{self.minor}"


class Mention(NamedTuple):
    """Where an episode talks about a feature."""

    episode: int
    at: str | None = None  # minutes and seconds as printed, "6:08", or "1:06:08"; None where the post gives none

    @property
    def seconds(self) -> int:
        """The time in seconds: 368 for "6:08"; -1 where there is none."""
        total = 0
        for part in self.at.split(":") if self.at else ():
            total = total * 60 + int(part)
        return total if self.at else -1


@dataclass(frozen=True, slots=True)
class Episode:
    """One "By the [run]Book" episode."""

    number: int
    url: str | None = None
    published: str | None = None  # ISO date
    hosts: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()

    @property
    def published_day(self) -> str:
        """When it was published, for people: `12 May 2026`; empty where that is not known."""
        try:
            day = date.fromisoformat(self.published or "")
        except ValueError:
            return self.published or ""
        return f"{day.day} {day:%B %Y}"


def is_number(key: str) -> bool:
    """Whether a key is a number of Halo's, which always means the same change. Another key may later be another
    entry's.
    """
    return key.isdigit()


@dataclass(frozen=True, slots=True)
class Entry:
    """Anything that can be an answer: a feature, an FAQ answer or a guide.

    A field is a column of the table `entries`, a key in a seed file and a key of the JSON, each under this name.
    """

    key: str  # Halo's number as text ("1016865"), "ep15-07", "faq-sso", "guide-testing"
    kind: EntryKind
    title: str
    summary: str = ""
    version: Version | None = None
    possible_versions: tuple[Version, ...] = ()  # where the source does not say which
    area: str | None = None
    highlighted: bool = False
    caution: str | None = None
    answer: str | None = None  # of an FAQ or a guide
    mentions: tuple[Mention, ...] = ()
    names: tuple[str, ...] = ()  # exact names of settings, screens, variables, products
    also: tuple[str, ...] = ()  # phrasings: how people ask for it
    line_hash: str | None = None  # of the source line that an unnumbered change stands for
    source: str = "seeds"
    impact: Impact = "unclear"  # what a change does to those who upgrade; an FAQ or a guide has none
    impact_guessed: bool = False  # a rule read the impact from the text, not a person

    @property
    def numbered(self) -> bool:
        """Whether Halo itself gave it a number."""
        return is_number(self.key)


EXPECTED_PHRASINGS = 70  # about as many as an entry has that was described by hand
FEW_PHRASINGS = 40  # an entry with fewer is expected to be asked for in words that they do not have


class IndexedText(NamedTuple):
    """An entry as the search index has it: stems separated by blanks; `names` and `phrasings` have a line for each."""

    id: int
    key: str
    title: str
    names: str
    summary: str  # caution and answer included
    phrasings: str


@dataclass(frozen=True, slots=True)
class Translations:
    """Which words people ask by for an entry's words, as stems: P(asked word | entry word). See `translations`."""

    fingerprint: str = ""  # of what it was learned from
    table: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filters:
    """What an answer is narrowed to. None or False: not narrowed."""

    versions: tuple[Version, ...] | None = None
    area: str | None = None
    episode: int | None = None
    kind: str | None = None
    highlights: bool = False
    impacts: tuple[Impact, ...] = ()  # changes with one of these; empty: not narrowed
    warnings: bool = False  # entries with a caution

    def __bool__(self) -> bool:
        return self != _NO_FILTERS


_NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Glossary:
    """What people call things. A term has at most three words."""

    equivalents: tuple[tuple[str, ...], ...] = ()  # every term of a row means every other
    expansions: tuple[tuple[str, tuple[str, ...]], ...] = ()  # the term means the others, but not the other way round
    common_words: frozenset[str] = frozenset()  # words of any text about any office: they say little
    foreign_products: tuple[str, ...] = ()  # products of other makers


@dataclass(frozen=True, slots=True)
class Seeds:
    """Everything that the seed files say, checked."""

    entries: tuple[Entry, ...] = ()
    episodes: tuple[Episode, ...] = ()
    areas: tuple[tuple[str, tuple[str, ...]], ...] = ()  # name, and what people call it
    glossary: Glossary = Glossary()
    signature: str = ""  # changes when a file changes
    translations: Translations | None = None  # learned from the phrasings beforehand


# -- what a catalogue is made of besides the seeds --------------------------------------------------------------------

RecordKind = Literal["episode", "entry", "review", "import"]
WITHDRAWN = '{"is_withdrawn": true'  # how the value of an entry's record begins that is gone, where something is kept
_NOTHING_KEPT = "{}"


class CatalogRecord(NamedTuple):
    """Something in the catalogue that the seeds do not have, as the workspace database keeps it: what was imported of
    an entry or an episode, a line of the review queue, an import that can be undone.
    """

    kind: RecordKind
    id: str  # an entry's key, an episode's number, a line's hash, an import's number
    value: str | None  # JSON; None: it was removed

    @property
    def is_withdrawn(self) -> bool:
        """Whether this is the record of an entry that is gone, for which nobody waits."""
        return self.value is None or self.value.startswith(WITHDRAWN)

    def withdrawn(self) -> Self:
        """What the record of an entry becomes when the entry goes: what sources said of a number waits for it to come
        back. Of another key nothing is kept.
        """
        lines = json.loads(self.value or _NOTHING_KEPT).get("source_lines") if is_number(self.id) else None
        kept: dict[str, object] = {"is_withdrawn": True, "entry": None, "field_sources": [], "source_lines": lines}
        return self._replace(value=json.dumps(kept) if lines else None)

    def revived(self) -> Self:
        """What the record of an entry that was gone becomes when the seeds have it again."""
        kept = json.loads(self.value or _NOTHING_KEPT)
        kept.pop("is_withdrawn", None)
        return self._replace(value=json.dumps(kept))


class CatalogPosition(NamedTuple):
    """Up to which change of which workspace's records a catalogue has them."""

    workspace: str
    change: int
