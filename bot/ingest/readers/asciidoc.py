"""AsciiDoc's tables, lists of terms and struck words as Markdown, line by line, so that the lines keep their numbers.

|===
|Number |Change            ->  | Number | Change |

|1228001                        | 1228001 | Sites have opening hours |
|Sites have opening hours
|===
Bars can be dragged:: 1228006    ->  - Bars can be dragged | 1228006
[line-through]#1228005 Themes#   ->  ~~1228005 Themes~~
"""

import re
from collections.abc import Iterator

_EDGE = "|==="
_CELL = re.compile(r"(?:^|(?<=\s))(?:\d{0,2}(?:\.\d{1,2})?[+*])?[<^>]?[aehlmsdv]?(?<!\\)\|")  # "|", "a|", "2+|"
_COLUMNS = re.compile(r"cols\s?=\s?[\"']?([^\"'\]]{1,200})")
_TIMES = re.compile(r"(\d{1,2})\*")
_TERM = re.compile(r"(?=\S)(.{3,300}?):{2,3}\s{1,20}(\S.{0,2000})")
_STRUCK = re.compile(r"\[\.?line-through\]#{1,2}([^#\n]{1,10}(?:#?[^#\n]{1,300}))#{1,2}(?!\w)")
MAX_COLUMNS = 40
MAX_CELL_LENGTH = 2_000


def looks_like_asciidoc(text: str) -> bool:
    """Whether a text has the edges of AsciiDoc's tables, or its struck words."""
    return _EDGE in text or "[line-through]#" in text or "[.line-through]#" in text


def asciidoc_to_markdown(lines: list[str]) -> list[str]:
    """The same lines in Markdown; a table's row stands where its first cell does."""
    converted = list(lines)
    at = 0
    while at < len(lines):
        if lines[at].strip() != _EDGE:
            converted[at] = _convert(lines[at])
            at += 1
            continue
        end = at + 1
        while end < len(lines) and lines[end].strip() != _EDGE:
            end += 1
        if end == len(lines):  # a table without an end: its lines stay as they are
            return converted
        converted[at : end + 1] = [""] * (end + 1 - at)
        columns = _count_columns(lines[at - 1] if at else "")
        for number, cells in _rows(lines, at + 1, end, columns):
            converted[number] = f"| {' | '.join(cells)} |"
        at = end + 1
    return converted


def _convert(line: str) -> str:
    if "-through]#" in line:
        line = _STRUCK.sub(r"~~\1~~", line)
    term = _TERM.fullmatch(line.strip()) if ":: " in line else None
    return f"- {term[1]} | {term[2]}" if term else line


def _count_columns(above: str) -> int:
    """How many columns the attributes above a table name; 0 where they name none."""
    found = _COLUMNS.search(above[:500])
    if found is None:
        return 0
    parts = [part for part in found[1].split(",") if part.strip()] if "," in found[1] else [found[1]]
    return min(MAX_COLUMNS, sum(int(times[1]) if (times := _TIMES.search(part)) else 1 for part in parts))


def _rows(lines: list[str], start: int, end: int, columns: int) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table, each with the line of its first cell. Without a count the first cells say it: those on the
    first line where it has several, or those up to a blank line.
    """
    first, row = start, list[str]()
    for at in range(start, end):
        line = lines[at].strip()
        cells = _CELL.split(line) if line else []
        if not line and row and not columns:
            columns = len(row)
        if columns and len(row) >= columns and (len(cells) > 1 or not line):
            yield first, row
            row = []
        if len(cells) > 1:
            first = first if row else at
            if row and cells[0].strip():
                row[-1] = f"{row[-1]} {cells[0].strip()}"[:MAX_CELL_LENGTH]
            row += [cell.strip() for cell in cells[1:]]
            columns = columns or (len(cells) - 1 if len(cells) > 2 else 0)
        elif line and row:
            row[-1] = f"{row[-1]} {line}"[:MAX_CELL_LENGTH].strip()
    if row:
        yield first, row
