"""A section's lines into its changes: which line is a row's summary, which its note, and which is a change by itself.

    Important Mentions                                                 heading of a part
    Approval reminders on a schedule | v2.218 #1101201 | 4:40          row: highlighted, for it is above the full list
    Reminders go out until somebody decides.                             its summary
      • Stops approvals from being forgotten                             its note
    Full Feature List                                                  heading of a part
    Tax codes follow the delivery address | v2.218 #1100777            row
    Adds a report on unused templates.                                 a change that was only described

Headings cut a section into parts, rows cut a part into blocks: a row with the lines below it. How posts are written
differs, so what a line below a row means is judged by what most rows of its part have below them.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from bot.catalog.models import Version
from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.headings import SectionLine
from bot.ingest.readers.post.row import ParsedRow
from bot.ingest.readers.post.sections import Section
from bot.ingest.readers.post.titles import read_row_text
from bot.ingest.readers.prose import find_caution, heads_cautions, is_caution_label


@dataclass(slots=True)
class ParsedChange:
    """One change of a section: a row with what belongs to it, or a line by itself."""

    line: DocumentLine
    row: ParsedRow | None = None
    summary: str = ""
    notes: tuple[str, ...] = ()
    bullets: tuple[int, ...] = ()  # the line numbers of those notes that are items of a list
    highlighted: bool = False
    version: Version | None = None  # of the heading above it
    unreleased: bool = False  # the heading above it says that it is in no version yet
    caution: bool = False  # the heading above it says so
    uncertain_allowed: bool = True  # a number without a version may be a change here


@dataclass(slots=True)
class _Block:
    """A row (or none, at the start of a part) and the lines up to the next row."""

    part: int  # index of the section's line after the heading that opens the part; 0: the start of the section
    heading: str  # kind of that heading: "full", "highlights", "cautions", "watch"; "": the start of the section
    version: Version | None
    row: ParsedRow | None = None
    line: DocumentLine | None = None  # of the row
    below: list[SectionLine] = field(default_factory=list)
    unreleased: bool = False
    below_subheading: bool = False  # a heading of unknown meaning stands between it and its part's own rows

    @property
    def texts(self) -> list[SectionLine]:
        """The lines below that are no bullets."""
        return [line for line in self.below if line.kind == "text"]

    @property
    def number(self) -> str:
        """The change's number, or its title where it has none; "" without a row."""
        return (self.row.number or self.row.title) if self.row else ""

    @property
    def is_bullet(self) -> bool:
        """Whether its row is a bullet."""
        return self.line is not None and self.line.kind == "bullet"

    def count_extra_texts(self) -> int:
        """How many of its texts are more than a row's summary."""
        return max(0, len(self.texts) - (1 if self.row else 0))


def group_changes(section: Section, looks_like_change: Callable[[str], bool]) -> Iterator[ParsedChange]:
    """The changes of a section in order. `looks_like_change` judges a line without a number that may be a note."""
    blocks = _split_blocks(section)
    highlighted = _find_highlighted(section, blocks)
    ownership = _Ownership(blocks, looks_like_change)
    full_list = next((block.part for block in blocks if block.heading == "full"), None)
    has_certain_rows = any(block.row and block.row.certain for block in blocks)
    for at, block in enumerate(blocks):
        alone = block.below
        if block.row is not None and block.line is not None:
            own, alone = ownership.split(block)
            alone = [*(line for line in own if _is_struck_beside(line, block.line)), *alone]
            own = [line for line in own if not line.line.withdrawn]
            summary = next((line for line in own if line.kind == "text"), None) if not block.row.summary else None
            yield ParsedChange(
                block.line,
                block.row,
                summary.line.text if summary else "",
                tuple(line.line.text for line in own if line is not summary),
                tuple(line.line.number for line in own if line.kind == "bullet"),
                at in highlighted,
                block.version,
                block.unreleased,
                block.heading == "cautions",
                uncertain_allowed=not has_certain_rows or block.part != full_list,
            )
        elif at == 0 and _is_preface(section, blocks):
            alone = [line for line in alone if line.kind != "text" or looks_like_change(line.line.text)]
        for line in alone:
            yield ParsedChange(line.line, version=block.version, unreleased=block.unreleased)


def _is_preface(section: Section, blocks: list[_Block]) -> bool:
    """Whether the first block is what the author has to say of the post, rather than changes."""
    if blocks[0].part != 0:
        return False
    if any(block.heading for block in blocks):
        return True
    rows = sum(block.row is not None for block in blocks)
    return (
        rows >= (3 if section.introduced else 2)
        and sum(len(line.line.text.split()) > 4 for line in blocks[0].texts) <= 3
    )


def _split_blocks(section: Section) -> list[_Block]:
    """The section cut at its rows and at its headings."""
    lines = section.lines
    version: Version | None = None
    part, heading, below_subheading, unreleased = 0, "", False, False
    named = [line.kind for line in lines if line.kind == "row" or line.version]
    names_one_record = named[:1] == ["version"] and "version" not in named[1:]
    # An episode's list without numbers is read wherever it stands.
    lists = _find_other_lists(lines) if section.episode is None and named.count("row") > 1 else set()
    blocks = [_Block(part, heading, version)]
    for at, line in enumerate(lines):
        if _is_heading_of_cautions(lines, at):
            part, heading, below_subheading = at + 1, "cautions", False
            blocks.append(_Block(part, heading, version))
        elif _is_subheading(lines, at):
            follows_own_rows = blocks[-1].part == part and blocks[-1].row is not None
            below_subheading = below_subheading or (follows_own_rows and not _is_subheading(lines, part))
            blocks.append(_Block(part, heading, version, below_subheading=below_subheading))
        elif at in lists and (blocks[-1].line is None or blocks[-1].line.kind != "heading"):
            blocks.append(_Block(part, heading, version, below_subheading=True))
        elif line.kind == "version":
            version, unreleased = line.version, line.version is None
            blocks.append(_Block(part, heading, version))
        elif line.kind in ("full", "highlights", "watch"):
            part, heading, below_subheading = at + 1, line.kind, False
            if line.kind != "watch":  # a release's own page, and a post about one version, name it once
                version = line.version or (version if section.episode is None or names_one_record else None)
            blocks.append(_Block(part, heading, version))
        elif line.kind == "row":
            blocks.append(_Block(part, heading, version, line.row, line.line, below_subheading=below_subheading))
        else:
            blocks[-1].below.append(line)
        unreleased = unreleased and not line.version
        blocks[-1].unreleased = unreleased
    return [block for block in blocks if block.row or block.below]


def _is_subheading(lines: list[SectionLine], at: int) -> bool:
    """Whether a line heads rows without saying what they are, such as an area's name."""
    if at + 1 >= len(lines) or lines[at].kind != "text" or lines[at + 1].kind != "row":
        return False
    line = lines[at].line
    return len(line.text.split()) <= 8 and (line.kind == "heading" or line.text.endswith(":"))


def _find_other_lists(lines: list[SectionLine]) -> set[int]:
    """The headings of lists that have nothing to do with the row above them, by index: more than bold words, with
    bullets right below, and not repeated as "Benefits" is below each row.
    """
    headings = Counter(line.line.text for line in lines if line.line.kind == "heading")
    return {
        at
        for at, (line, below) in enumerate(pairwise(lines))
        if (line.kind, below.kind, line.line.kind, line.line.bold) == ("text", "bullet", "heading", "")
        and headings[line.line.text] == 1
        and not heads_cautions(line.line.text)
    }


def _is_heading_of_cautions(lines: list[SectionLine], at: int) -> bool:
    """Whether a line says of the rows below it that they have to be tested first."""
    if at + 1 >= len(lines) or lines[at].kind != "text" or lines[at + 1].kind != "row":
        return False
    return heads_cautions(lines[at].line.text) and not lines[at].line.withdrawn


@dataclass(slots=True)
class _RowCounts:
    """How many rows there are, and how many of them have text, or several paragraphs, below them."""

    rows: int = 0
    with_text: int = 0
    with_paragraphs: int = 0

    def add(self, block: _Block, times: int = 1) -> None:
        texts = len(block.texts)
        self.rows += times
        self.with_text += times * (texts > 0)
        self.with_paragraphs += times * (texts > 1)

    def without(self, block: _Block) -> "_RowCounts":
        """The counts of the other rows."""
        others = _RowCounts(self.rows, self.with_text, self.with_paragraphs)
        others.add(block, -1)
        return others


class _Ownership:
    """Tells which lines below a row belong to it and which are changes by themselves, by how the section is written."""

    def __init__(self, blocks: list[_Block], looks_like_change: Callable[[str], bool]) -> None:
        self.looks_like_change = looks_like_change
        self.last = blocks[-1] if blocks else None
        rows = [block for block in blocks if block.row]
        self.everywhere = _RowCounts()
        self.in_part: dict[int, _RowCounts] = {}  # the last block says little: below it stands what ends the post
        for block in rows:
            self.everywhere.add(block)
            if block is not self.last:
                self.in_part.setdefault(block.part, _RowCounts()).add(block)
        self.mostly_unnumbered = sum(len(block.texts) for block in blocks) > 2 * len(rows)
        bullets = [block for block in rows if block.is_bullet]
        # Below the last one another list may stand, with its heading above it.
        counted = [block for block in bullets if block is not self.last or block.below[:1] != block.texts[:1]]
        with_bullets = sum(map(_has_bullets_beside, counted))
        self.bullets_are_changes = len(bullets) >= 2 and with_bullets * 2 <= len(counted)

    def split(self, block: _Block) -> tuple[list[SectionLine], list[SectionLine]]:
        """The lines below a row that belong to it, and those that are changes by themselves."""
        start = self._find_next_bullet(block)
        if start is None:
            start = self._find_extra_text(block)
        return (block.below, []) if start is None else (block.below[:start], block.below[start:])

    def _find_next_bullet(self, block: _Block) -> int | None:
        """Below a row that is a bullet itself, a bullet that is not deeper is the next change, unless most such rows
        have such bullets below them: then these are notes.
        """
        if block.line is None or not block.is_bullet or not self.bullets_are_changes:
            return None
        depth = block.line.depth
        bullets = (at for at, line in enumerate(block.below) if line.kind == "bullet" and line.line.depth <= depth)
        return next(bullets, None)

    def _find_extra_text(self, block: _Block) -> int | None:
        """The first text below a row that is more than its summary, and a change by itself."""
        in_part = self.in_part.get(block.part, _RowCounts())
        siblings = in_part if block is self.last else in_part.without(block)
        alike = siblings if siblings.rows >= 4 else self.everywhere.without(block)
        titles_only = siblings.rows >= 2 and not alike.with_text  # a list of titles: no row has a summary
        has_summary = titles_only or (block.row is not None and block.row.summary)
        extra = _without_cautions(block.texts[0 if has_summary else 1 :])
        if not extra:
            return None
        in_paragraphs = siblings.rows >= 3 and siblings.with_paragraphs * 2 > siblings.rows
        if in_paragraphs and not (block is self.last and len(extra) > 4):
            return None
        if len(extra) == 1 and not self.mostly_unnumbered and not self.looks_like_change(extra[0].line.text):
            return None
        return block.below.index(extra[0])


def _has_bullets_beside(block: _Block) -> bool:
    """Whether the bullets below a row that is a bullet begin with one that is not deeper."""
    first = next((line.line for line in block.below if line.kind == "bullet"), None)
    return first is not None and block.line is not None and first.depth <= block.line.depth


def _is_struck_beside(line: SectionLine, row: DocumentLine) -> bool:
    """Whether a line below a row is an item beside it that is struck out: no note, but maybe a change."""
    is_beside = row.kind == "bullet" and line.kind == "bullet" and line.line.depth <= row.depth
    return is_beside and line.line.withdrawn


def _without_cautions(texts: list[SectionLine]) -> list[SectionLine]:
    """The texts that are not about the care that a change needs: these are its own, however many there are."""
    left: list[SectionLine] = []
    labelled = False  # the text before says "Warning", and no more
    for line in texts:
        is_label = is_caution_label(line.line.text)
        if not labelled and not is_label and not find_caution([line.line.text]):
            left.append(line)
        labelled = is_label
    return left


def _find_highlighted(section: Section, blocks: list[_Block]) -> set[int]:
    """Which blocks are highlights, by index: what stands above the full list.

    Where no heading starts a full list: the rows below a heading of highlights, rows with a star, rows that are
    named twice, or all rows above a list of mere descriptions.
    """
    rows = [at for at, block in enumerate(blocks) if block.row]
    marked = {
        at
        for at in rows
        if (row := blocks[at].row) and (line := blocks[at].line) and read_row_text(line, row).highlighted
    }
    marked = marked if len(marked) < len(rows) else set()
    return marked | _find_set_apart(section, blocks, rows)


def _find_set_apart(section: Section, blocks: list[_Block], rows: list[int]) -> set[int]:
    """Which of the rows are highlights by where they stand."""
    headed = {at for at in rows if blocks[at].heading == "highlights" and not blocks[at].below_subheading}
    full_list = next((at for at, line in enumerate(section.lines) if line.kind == "full"), None)
    if full_list is not None:
        return {at for at in rows if blocks[at].part <= full_list and blocks[at].heading != "cautions"} | headed
    first: dict[str, int] = {}
    for at in rows:
        first.setdefault(blocks[at].number, at)
    named_again = [at for at in rows if first[blocks[at].number] != at]
    named_twice = {first[blocks[at].number] for at in named_again}
    if headed:
        return {at for at in headed if not named_again or at < named_again[0]} | named_twice
    return named_twice or (set(rows) if _stands_above_descriptions(blocks, rows) else set())


def _stands_above_descriptions(blocks: list[_Block], rows: list[int]) -> bool:
    """Whether all rows come first, with a summary at most, and more descriptions than rows follow the last of them."""
    if not rows or sum(block.count_extra_texts() for block in blocks) <= len(rows):
        return False
    preface, listed = blocks[: rows[0]], blocks[rows[0] : rows[-1]]
    return all(len(block.texts) <= 1 for block in preface) and not any(block.count_extra_texts() for block in listed)
