"""What the query parser knows while it reads a question: the text that is left, and what was found in it."""

import re
from dataclasses import dataclass, field

from bot.catalog.models import Impact
from bot.search.marked_pattern import LazyPattern
from bot.search.models import Order
from bot.search.versions import VersionFilter
from bot.search.vocabulary import Vocabulary


@dataclass(slots=True)
class ParseState:
    """A question while it is parsed: what is left of the text, and what was found in it."""

    vocabulary: Vocabulary
    rest: str
    keys: list[str] = field(default_factory=list)
    area: str | None = None
    episode: int | None = None
    kind: str | None = None
    highlights: bool = False
    impacts: tuple[Impact, ...] = ()
    warnings: bool = False
    order: Order | None = None
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    excluded_areas: tuple[str, ...] = ()
    wants_whole_area: bool = False  # "integrations without jira", "help me with billing"
    wants_link: bool = False  # to an episode
    notes: list[str] = field(default_factory=list)
    version_filters: list[VersionFilter] = field(default_factory=list)

    def extract(self, pattern: LazyPattern) -> list[re.Match[str]]:
        """All matches of a pattern, which are cut out of the text."""
        matches = list(pattern.finditer(self.rest))
        if matches:
            self.rest = pattern.sub(" ", self.rest)
        return matches
