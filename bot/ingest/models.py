"""What the readers produce and the merge consumes: the records of a document, as plain values."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal, NamedTuple

from bot.catalog.models import Episode, Mention, Version

LineKind = Literal["text", "heading", "bullet"]


class Priority(IntEnum):
    """How much a source's text of a change counts when several sources give one. The highest priority wins."""

    TEASER = 1  # incomplete: a title that was cut, a summary without its title, a guessed area
    BLURB = 2  # a highlight, or a line that only describes the change
    FULL = 3  # the change's own row, with its number


class DocumentLine(NamedTuple):
    """One line of a document, without its bullet, and its position (counted from 1)."""

    number: int
    text: str
    kind: LineKind = "text"
    depth: int = 0  # of a bullet: how far it is indented, or how many lists contain it; of a heading: its level, or 0
    cells: tuple[str, ...] = ()  # of a table's row, the empty ones too
    bold: str = ""  # the bold words that it begins with; the whole text where all of it is bold
    linked: bool = False  # all of it is one link
    struck: str = ""  # the words of it that are struck out
    withdrawn: bool = False  # its change is struck out; else these words are not in its text


@dataclass(frozen=True, slots=True)
class Record:
    """One change as one source describes it."""

    number: str | None  # Halo's number; None for a change that was only described
    title: str
    summary: str = ""
    notes: tuple[str, ...] = ()
    caution: str | None = None
    highlighted: bool = False
    version: Version | None = None
    possible_versions: tuple[Version, ...] = ()
    area: str | None = None  # as the source calls it
    mention: Mention | None = None
    line_number: int = 0  # the line or row it was read from, counted from 1
    lines: tuple[str, ...] = ()  # the source's own lines that describe it, each whole
    priority: Priority = Priority.FULL
    index_in_episode: int = 0  # of a change without a number: its position in the episode's list, counted from 1


class SourcedRecord(NamedTuple):
    """A record, and the name of the source that it comes from."""

    source: str
    record: Record


class ReadProblem(NamedTuple):
    """Something that looked like a change and could not be read, or a whole source that could not."""

    line_number: int  # 0: the whole source
    text: str
    reason: str

    def __str__(self) -> str:
        position = f"line {self.line_number}: " if self.line_number else ""
        excerpt = f" ({self.text[:80]!r})" if self.text else ""
        return f"{position}{self.reason}{excerpt}"


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What a reader found in one document."""

    source: str  # file name or address
    records: tuple[Record, ...] = ()
    problems: tuple[ReadProblem, ...] = ()
    remarks: tuple[str, ...] = ()  # how it was understood: "v2.21 read as v2.210", or which column holds what
    episodes: tuple[Episode, ...] = ()

    @property
    def failures(self) -> list[ReadProblem]:
        """The problems that concern a whole source, not one of its lines."""
        return [problem for problem in self.problems if problem.line_number == 0]


@dataclass(slots=True)
class DocumentBuilder:
    """Collects what a reader finds."""

    records: list[Record] = field(default_factory=list)
    problems: list[ReadProblem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)

    def build(self, source: str) -> ParsedDocument:
        """The document with everything that was collected; each remark appears once."""
        return ParsedDocument(
            source, tuple(self.records), tuple(self.problems), tuple(dict.fromkeys(self.remarks)), tuple(self.episodes)
        )
