"""A section's items into its changes: which line is a row's summary, which its note, and which stands for itself.
Pure.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.catalog.models import Version
from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.row import Row
from bot.ingest.readers.post.sections import Item, Section

_STAR = re.compile(r"[⭐🌟★🔥🏆❗‼💥]|:(?:star2?|fire|trophy|exclamation|boom|important):")


@dataclass(slots=True)
class Change:
    """One change of a section: a row with what belongs to it, or a line by itself."""

    line: DocumentLine
    row: Row | None = None
    summary: str = ""
    notes: tuple[str, ...] = ()
    highlighted: bool = False
    version: Version | None = None  # of the heading above it
    weak_allowed: bool = True  # a number without a version may be a change here


@dataclass(slots=True)
class _Block:
    """A row (or nothing, at the start of a part) and the lines up to the next row."""

    row: Item | None
    part: int
    version: Version | None
    below: list[Item]
    apart: bool = False  # a heading that says nothing to us stands between it and its part's own rows

    @property
    def texts(self) -> list[Item]:
        return [item for item in self.below if item.kind == "text"]


def changes(section: Section, looks_like_change: Callable[[str], bool]) -> Iterator[Change]:
    """The changes of a section in order. `looks_like_change` judges a line without a number that may be a note as
    well.
    """
    blocks = _blocks(section)
    lit = _highlighted(section, blocks)
    full_part = next((block.part for block in blocks if _after(section, block.part) == "full"), None)
    barred = any(block.row and block.row.row and block.row.row.sure for block in blocks)
    for at, block in enumerate(blocks):
        alone = list(block.below)
        if block.row is not None and block.row.row is not None:
            own, alone = _own(block, blocks, looks_like_change)
            first = next((item for item in own if item.kind == "text"), None) if not block.row.row.after else None
            yield Change(
                block.row.line, block.row.row, first.line.text if first else "",
                tuple(item.line.text for item in own if item is not first), at in lit,
                block.version, weak_allowed=not barred or block.part != full_part,
            )  # fmt: skip
        prose = at == 0 and block.row is None and _is_prose(section, blocks)
        for item in alone:
            if prose and item.kind == "text" and not looks_like_change(item.line.text):
                continue
            yield Change(item.line, version=block.version)


def _is_prose(section: Section, blocks: list[_Block]) -> bool:
    """Whether what stands above the first row and the first heading is what the author has to say of the post, rather
    than changes.
    """
    rows = sum(block.row is not None for block in blocks)
    return blocks[0].part == 0 and (
        any(_after(section, block.part) for block in blocks)
        or (rows >= 3 and section.introduced and sum(len(item.line.text.split()) > 4 for item in blocks[0].texts) <= 3)
    )


def _blocks(section: Section) -> list[_Block]:
    """The section cut at its rows and at its headings; `part` counts the headings passed."""
    version: Version | None = None
    found = [_Block(None, 0, None, [])]
    part, apart = 0, False
    for place, item in enumerate(section.items):
        if _heads_rows(section.items, place):
            apart = apart or (
                found[-1].part == part and found[-1].row is not None and not _heads_rows(section.items, part)
            )
            found.append(_Block(None, part, version, [], apart))
        elif item.kind == "version":
            version = item.version
            found.append(_Block(None, part, version, []))
        elif item.kind in ("full", "highlights", "watch"):
            part, apart = place + 1, False
            if item.kind != "watch":
                version = item.version or (
                    version if section.episode is None else None
                )  # a release's own page names it once
            found.append(_Block(None, part, version, []))
        elif item.kind == "row":
            found.append(_Block(item, part, version, [], apart))
        else:
            found[-1].below.append(item)
    return [block for block in found if block.row or block.below]


def _heads_rows(items: list[Item], place: int) -> bool:
    """Whether a line is a heading over rows whose words say nothing to us, such as an area's name."""
    if place + 1 >= len(items) or items[place].kind != "text" or items[place + 1].kind != "row":
        return False
    line = items[place].line
    return len(line.text.split()) <= 8 and (line.kind == "heading" or line.text.endswith(":"))


def _after(section: Section, part: int) -> str:
    """The kind of heading that opens a part; "" for the start of the section."""
    return section.items[part - 1].kind if part else ""


def _own(
    block: _Block, blocks: list[_Block], looks_like_change: Callable[[str], bool]
) -> tuple[list[Item], list[Item]]:
    """The lines under a row that belong to it, and those that stand for themselves."""
    row = block.row.row if block.row else None
    if block.row and block.row.line.kind == "bullet" and (own := _until_bullet(block, blocks)) is not None:
        return own, block.below[len(own) :]
    others = [
        other
        for other in blocks
        if other.row and other.part == block.part and other is not block and other is not blocks[-1]
    ]
    seen = others if len(others) >= 4 else [other for other in blocks if other.row and other is not block]
    bare = len(others) >= 2 and not any(other.texts for other in seen)  # a list of titles: no row has a summary
    room = 0 if bare or (row and row.after) else 1
    extra = block.texts[room:]
    usual = len(others) >= 3 and sum(len(other.texts) > 1 for other in others) * 2 > len(
        others
    )  # rows here are told in several paragraphs
    many_alone = sum(len(b.texts) for b in blocks) > 2 * sum(b.row is not None for b in blocks)
    if not extra or (usual and not (block is blocks[-1] and len(extra) > 4)):
        return block.below, []
    if not many_alone and len(extra) == 1 and not looks_like_change(extra[0].line.text):
        return block.below, []
    start = block.below.index(extra[0])
    return block.below[:start], block.below[start:]


def _until_bullet(block: _Block, blocks: list[_Block]) -> list[Item] | None:
    """Under a row that is itself a bullet, another bullet is a change of its own, unless most such rows have bullets
    under them: then it is a note.
    """
    depth = block.row.line.depth if block.row else 0
    first = next(
        (at for at, item in enumerate(block.below) if item.kind == "bullet" and item.line.depth <= depth), None
    )
    rows = [other for other in blocks if other.row and other.row.line.kind == "bullet"]
    with_notes = sum(any(item.kind == "bullet" for item in other.below) for other in rows)
    return None if first is None or with_notes * 2 > len(rows) or len(rows) < 2 else block.below[:first]


def _highlighted(section: Section, blocks: list[_Block]) -> set[int]:
    """Which blocks stand above the full list. Where no heading says so: those named twice, or those above a list of
    mere descriptions.
    """
    rows = [at for at, block in enumerate(blocks) if block.row]
    kinds = {at: _after(section, blocks[at].part) for at in rows}
    fulls = [place for place, item in enumerate(section.items) if item.kind == "full"]
    if fulls:
        return {
            at for at in rows if blocks[at].part <= fulls[0] or (kinds[at] == "highlights" and not blocks[at].apart)
        }
    seen: dict[str, int] = {}
    for at in rows:
        seen.setdefault(_number(blocks[at]), at)
    twice = {seen[_number(blocks[at])] for at in rows if seen[_number(blocks[at])] != at}
    headed = {at for at in rows if kinds[at] == "highlights" and not blocks[at].apart}
    if headed:
        again = next((at for at in rows if seen[_number(blocks[at])] != at), None)
        return {at for at in headed if again is None or at < again} | twice
    starred = {at for at in rows if (item := blocks[at].row) and _STAR.match(item.line.text)}
    if starred and len(starred) < len(rows):
        return starred | twice
    alone = sum(max(0, len(block.texts) - (1 if block.row else 0)) for block in blocks)
    if twice or not rows or alone <= len(rows):
        return twice
    lead = [at for at in rows if all(not block.texts[1 if block.row else 0 :] for block in blocks[rows[0] : at])]
    return (
        set(lead)
        if len(lead) == len(rows) and not any(block.texts for block in blocks[: rows[0]] if len(block.texts) > 1)
        else set()
    )


def _number(block: _Block) -> str:
    return block.row.row.number if block.row and block.row.row else ""
