"""What the readers hand to the intake, as values."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal, NamedTuple

from bot.catalog.models import Episode, Mention, Version


class Priority(IntEnum):
    """How much a source's text of a change counts when two sources give one. The higher priority wins."""

    TEASER = 1  # a highlight, or a title that was cut
    BLURB = 2  # a line of a list, without a number
    FULL = 3


LineKind = Literal["text", "heading", "bullet"]


class DocumentLine(NamedTuple):
    """One line of a document, without its bullet, and where it stands (counted from 1)."""

    number: int
    text: str
    kind: LineKind = "text"
    depth: int = 0  # of a bullet: how far it is indented, or how many lists it stands in


@dataclass(frozen=True, slots=True)
class Record:
    """One change as one source says it."""

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
    lines: tuple[str, ...] = ()  # the source's own lines that stand for it, each whole
    priority: Priority = Priority.FULL
    index_in_episode: int = 0  # of a description-only line: its place in its episode's list, counted from 1


class ReadProblem(NamedTuple):
    """Something that looked like a change and could not be read, or a whole source that could not."""

    line_number: int  # 0: the whole source
    text: str
    reason: str

    def __str__(self) -> str:
        where = f"line {self.line_number}: " if self.line_number else ""
        said = f" ({self.text[:80]!r})" if self.text else ""
        return f"{where}{self.reason}{said}"


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What one document says."""

    source: str  # file name or address
    records: tuple[Record, ...] = ()
    problems: tuple[ReadProblem, ...] = ()
    remarks: tuple[str, ...] = ()  # how it was understood: "v2.21 read as v2.210", which column was what
    episodes: tuple[Episode, ...] = ()


@dataclass(slots=True)
class DocumentBuilder:
    """What a reader collects while it reads."""

    records: list[Record] = field(default_factory=list)
    problems: list[ReadProblem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)

    def build(self, source: str) -> ParsedDocument:
        """The collected values, frozen; a remark is made once."""
        return ParsedDocument(
            source, tuple(self.records), tuple(self.problems), tuple(dict.fromkeys(self.remarks)), tuple(self.episodes)
        )
