"""Changes that are written as blocks of labelled lines, as the rows of a table.

Title: Tickets can be parked            ->  Title                  | Number  | Timestamp
Number: 2000501                             Tickets can be parked  | 2000501 | 03:03
Timestamp: 03:03

Items of a list may be such blocks, too: `- id: 2000501`, and below it `title: Tickets can be parked`. YAML has a reader
of its own; this is for texts with such a list in them.
"""

import re
from collections.abc import Iterator

from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.headings import is_marker
from bot.ingest.readers.table.columns import map_columns

_LABELLED = re.compile(r"([^\W\d_][\w #/?'’-]{0,28}?)\s?[:=]\s+(\S.*)|([^\W\d_][\w #/?'’-]{0,28}?)\s?:$")
MIN_OF_ITEM = 2  # fields of an item of a list that is a change
MIN_FIELDS = 3  # of a block that is a change
MAX_LINES = 40  # of one block


def join_labelled_blocks(lines: list[DocumentLine]) -> list[DocumentLine]:
    """The lines, with each run of blocks that have a title and a number as a header and a row for each block."""
    lines = list(_split_inline_blocks(lines))
    if not any(_label(line) for line in lines):
        return lines
    joined: list[DocumentLine] = []
    at = 0
    while at < len(lines):
        blocks, end = _find_blocks(lines, at)
        if blocks:
            names = list(dict.fromkeys(name for _, block in blocks for name in block))
            joined.append(_row(blocks[0][0]._replace(withdrawn=False), names))
            joined += [_row(line, [block.get(name, "") for name in names]) for line, block in blocks]
            at = end
        else:
            joined.append(_as_heading(lines, at))
            at += 1
    return joined


def _split_inline_blocks(lines: list[DocumentLine]) -> Iterator[DocumentLine]:
    """The lines, with a line of labelled cells (`Number: 2102401 | Title: …`) as a block of lines."""
    for line in lines:
        parts = [DocumentLine(line.number, part.strip()) for part in line.text.split("|")[:MAX_LINES]]
        labels = [found for part in parts if (found := _label(part))] if len(parts) >= MIN_FIELDS else []
        if labels and len(labels) == len(parts) and _names_change(dict(labels)):
            yield from parts
        else:
            yield line


def _find_blocks(lines: list[DocumentLine], at: int) -> tuple[list[tuple[DocumentLine, dict[str, str]]], int]:
    """The blocks that begin at a line, each with its first line and its fields, and where they end."""
    blocks: list[tuple[DocumentLine, dict[str, str]]] = []
    while at < len(lines) and (found := _label(lines[at])):
        if blocks and found[0] != next(iter(blocks[0][1])):
            break
        fields: dict[str, str] = {}
        end, name, below = at, found[0], ""  # `below`: what stands behind the last label, before the lines below it
        struck: set[str] = set()  # the labels of what is struck out
        while end < len(lines) and end - at < MAX_LINES:
            labelled = _label(lines[end])
            if labelled and (labelled[0] in fields or (end > at and _begins_item(lines, end))):
                break
            if labelled:
                name, below = labelled
                fields[name] = below
                struck |= {name} if lines[end].withdrawn else set()
            elif not _goes_on(lines[end], name, below):
                break
            elif not lines[end].withdrawn:
                fields[name] = f"{fields[name]}\n{lines[end].text}".strip()
            end += 1
        if not _names_change(fields, MIN_OF_ITEM if _begins_item(lines, at) else MIN_FIELDS):
            break
        is_struck = not struck.isdisjoint(_names_of_change(fields))
        kept = fields if is_struck else {name: "" if name in struck else value for name, value in fields.items()}
        blocks.append((lines[at]._replace(withdrawn=is_struck), kept))
        at = end
    return blocks, at


def _label(line: DocumentLine) -> tuple[str, str] | None:
    """A line's label and what it says."""
    if line.cells or not ({":", "="} & set(line.text[:40])):
        return None
    match = _LABELLED.fullmatch(line.text)
    if match is None:
        return None
    value = match[2] or ""
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" and value[0] not in value[1:-1]
    return match[1] or match[3], value[1:-1] if is_quoted else value


def _begins_item(lines: list[DocumentLine], at: int) -> bool:
    """Whether a line is the first of an item: a label with a bullet, and below it one without."""
    if lines[at].kind != "bullet" or at + 1 >= len(lines) or lines[at + 1].kind != "text":
        return False
    return _label(lines[at]) is not None and _label(lines[at + 1]) is not None


def _as_heading(lines: list[DocumentLine], at: int) -> DocumentLine:
    """A line outside of blocks; the version of an item heads the items in it."""
    label = _label(lines[at]) if _begins_item(lines, at) else None
    if label is None or "version" not in map_columns(["title", label[0]]):
        return lines[at]
    return lines[at]._replace(text=f"Version {label[1]}", kind="heading", depth=0)


def _goes_on(line: DocumentLine, name: str, below: str) -> bool:
    """Whether a line without a label belongs to the label above it, behind which `below` stands."""
    if line.kind == "heading" or line.cells or is_marker(line):
        return False
    return _is_text_field(name) or (not below and line.kind == "bullet")


def _is_text_field(name: str) -> bool:
    """Whether what a label says may go on in the next line."""
    return bool({"summary", "caution"} & map_columns(["title", name]).keys())


def _names_change(fields: dict[str, str], least: int = MIN_FIELDS) -> bool:
    return len(fields) >= least and bool(_names_of_change(fields))


def _names_of_change(fields: dict[str, str]) -> set[str]:
    """The labels of the title and the number; none where one of the two is missing."""
    names = list(fields)
    mapping = map_columns(names, [list(fields.values())])
    if not {"title", "number"} <= mapping.keys():
        return set()
    return {names[column] for field in ("title", "number") for column in mapping[field]}


def _row(line: DocumentLine, cells: list[str]) -> DocumentLine:
    text = " | ".join(cells).replace("\n", " ").strip("| ")
    return DocumentLine(line.number, text, cells=tuple(cells), withdrawn=line.withdrawn)
