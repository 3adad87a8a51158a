"""What stands around the rows of a table and counts for all of them: the name of a sheet, a title above the header, or
a row that is a heading.

    read_context("HaloPSA v2.220, highlights of Episode 22")
    -> SheetContext(version=v2.220, episode=22, highlighted=True)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.catalog.models import Version
from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.headings import classify, says_unreleased
from bot.ingest.readers.table.values import cell_text, parse_version, parse_versions

_VERSION = re.compile(r"(?:v|halo ?(?:psa)?\s+|version:?\s+|release:?\s+)v?\d{1,2}\.\d{1,4}(?![\d])", re.IGNORECASE)
# "Coming soon in 2.272", "Next release (2.272)"
_PLANNED = re.compile(
    r"(?:coming|planned|upcoming|next|expected|due|scheduled)\b[^\d]{0,30}?\bv?(\d\.\d{3})\b.{0,20}", re.IGNORECASE
)
HAS_NUMBER = re.compile(r"(?<![\d.,])#?\d{5,9}(?![\d.,])")
_EPISODE = re.compile(r"\bep(?:isode|\.)?\s*#?(\d{1,3})(?!\d)", re.IGNORECASE)


@dataclass(slots=True)
class SheetContext:
    """What counts for the rows below. None: it does not say."""

    version: Version | None = None
    episode: int | None = None
    highlighted: bool = False
    ends_highlights: bool = False  # the list of all changes begins, or another part
    unreleased: bool = False  # it says that they are in no version yet
    unused_minutes: bool = False  # rows below have minutes, and no episode is known that they are of

    def over(self, outer: "SheetContext") -> "SheetContext":
        """This, and what only `outer` says."""
        return SheetContext(
            self.version or (None if self.unreleased else outer.version),
            self.episode if self.episode is not None else outer.episode,
            self.highlighted or (outer.highlighted and not self.version and not self.ends_highlights),
            unreleased=self.unreleased or (outer.unreleased and not self.version),
            unused_minutes=outer.unused_minutes,
        )


def episode_in_names(names: Sequence[str]) -> SheetContext:
    """The episode that a table's columns are of, where one of their names says it: "Ep. 35"."""
    episodes = {int(match[1]) for name in names if (match := _EPISODE.search(name[:100]))}
    return SheetContext(episode=episodes.pop() if len(episodes) == 1 else None)


def read_context(text: str) -> SheetContext:
    """What a short text says about the rows below it; nothing where it names several versions or episodes."""
    text = text[:300]
    found = {version for match in _VERSION.finditer(text) if (version := parse_version(match[0]))}
    if not found and (planned := _PLANNED.match(text)):
        found = {version} if (version := parse_version(planned[1])) else set()
    if not found and len(named := parse_versions(text)) == 1 and len(text) <= 12:  # a sheet called "2.214"
        found = set(named)
    episodes = {int(match[1]) for match in _EPISODE.finditer(text)}
    heading = classify(DocumentLine(0, text.rstrip(" :"), "heading"), None).kind if len(text) <= 80 else "text"
    return SheetContext(
        found.pop() if len(found) == 1 else None,
        episodes.pop() if len(episodes) == 1 else None,
        heading == "highlights",
        heading == "full",
        says_unreleased(text),
    )


def read_section(row: Sequence[Any], titles: Sequence[int]) -> SheetContext | None:
    """What a row with one cell says about the rows below it: "v2.220", "Episode 22", "Coming soon". None for any other
    row; `titles`: the columns of titles, in which other words than a version are a change's.
    """
    if len(row) - row.count("") - row.count(None) != 1:
        return None
    filled = [(column, text) for column, cell in enumerate(row) if (text := cell_text(cell))]
    if len(filled) != 1 or len(filled[0][1]) > 80 or HAS_NUMBER.search(filled[0][1]):
        return None
    column, text = filled[0]
    context = read_context(text)
    if column in titles and not parse_version(text) and not context.unreleased and not _PLANNED.match(text):
        return None
    return context if context != SheetContext() else None
