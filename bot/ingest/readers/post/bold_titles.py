"""Changes whose title is a heading, or bold, on a line of its own, as newsletters write them.

    **Quotes can be signed on a phone**                  -> the title of a change, here without a number
    Customers draw their name. ID: 1300001                  its description, perhaps with the number

A single such line says little: only where several look alike are they titles.
"""

from collections.abc import Callable
from typing import NamedTuple

from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.headings import is_marker
from bot.ingest.readers.post.row import parse_row
from bot.ingest.readers.post.sections import Section

MIN_TITLES = 2
MIN_WORDS, MAX_WORDS = 3, 20
MAX_TEXTS = 3  # paragraphs below a title that describe it


class TitledChange(NamedTuple):
    """A title on a line of its own, and what is said below it."""

    line: DocumentLine
    texts: tuple[str, ...]


def join_titles_above(lines: list[DocumentLine]) -> list[DocumentLine]:
    """The lines, with titles put before the numbers that stand at the end of the sentences right below them.

    Only where all rows of the document are such sentences, or all below headings of that level in one part of it: else
    a heading is an area's name, with rows of its own.
    """
    rows = [at for at, line in enumerate(lines) if parse_row(line.text)]
    described = {at for at in rows if at and _is_title(lines[at - 1]) and _describes(lines[at])}
    if len(described) < MIN_TITLES:
        return lines
    taken = described if len(described) == len(rows) else _find_parts(lines, set(rows), described)
    joined: list[DocumentLine] = []
    for at, line in enumerate(lines):
        if at in taken and (row := parse_row(line.text)):
            above = joined.pop()
            text = f"{above.text} | #{row.number} | {row.title}"
            joined.append(above._replace(text=text, kind="text", withdrawn=above.withdrawn or line.withdrawn))
        else:
            joined.append(line)
    return joined


def _find_parts(lines: list[DocumentLine], rows: set[int], described: set[int]) -> set[int]:
    """Of the rows below headings of Markdown or HTML those in parts where each heading has such a row right below it,
    and no other. A part ends at a heading of a higher level.
    """
    taken: set[int] = set()
    part: list[int] = []  # the described rows of the part that goes on
    level, is_whole, is_area = 0, True, False
    for at, line in enumerate([*lines, DocumentLine(0, "", "heading", 1)]):
        if line.kind == "heading" and line.depth:
            if level and line.depth < level:
                taken |= set(part) if is_whole and len(part) >= MIN_TITLES else set()
                part, level, is_whole = [], 0, True
            is_area = level > 0 and not _is_title(line)  # "Fixes", with a list of its own below it
            if at + 1 in described and (not level or line.depth == level):
                level = line.depth
            elif level and not is_area:
                is_whole = False
        elif at in described and lines[at - 1].depth == level and level:
            part.append(at)
        elif at in rows and level and not is_area:
            is_whole = False
    return taken


def find_titled_changes(section: Section, looks_like_change: Callable[[str], bool]) -> list[TitledChange]:
    """The changes of a section without numbers whose titles stand on lines of their own; none where they are the
    headings of a story.
    """
    if section.rows:
        return []
    found: list[TitledChange] = []
    texts: list[str] = []
    for kind, line, *_ in reversed(section.lines):
        if kind == "text" and _is_title(line):
            if texts:
                found.append(TitledChange(line, tuple(reversed(texts[-MAX_TEXTS:]))))
            texts = []
        elif kind in ("text", "bullet"):
            texts.append(line.text)
        else:
            texts = []
    if len(found) < MIN_TITLES:
        return []
    # In a post about an episode, bold lines with a text below each are titles, whatever words they have.
    surely = section.episode is not None and section.versions and all(change.line.kind != "heading" for change in found)
    changes = sum(looks_like_change(change.line.text) for change in found)
    return found[::-1] if surely or 2 * changes >= len(found) else []


def untitled_bullets(section: Section, titled: list[TitledChange]) -> set[int]:
    """The line numbers of the bullets that describe none of these changes, for another heading is above them."""
    titles = {change.line for change in titled}
    found: set[int] = set()
    is_described = False
    for kind, line, *_ in section.lines:
        is_described = line in titles or (is_described and kind in ("text", "bullet"))
        if kind == "bullet" and not is_described:
            found.add(line.number)
    return found


def _is_title(line: DocumentLine) -> bool:
    """Whether a line may be a change's title: a heading, or bold as a whole, that is no sentence."""
    if line.kind != "heading" and line.bold != line.text:
        return False
    words = len(line.text.split())
    return MIN_WORDS <= words <= MAX_WORDS and line.text[-1] not in ".:?" and not is_marker(line)


def _describes(line: DocumentLine) -> bool:
    """Whether a row's line is a sentence with the number at its end."""
    row = parse_row(line.text)
    return row is not None and not row.certain and row.title.endswith((".", "!")) and not row.summary
