"""A page or a text with everything on it: its posts, and its tables whose header names more than a post's line can say
(an episode, what is important). Pure.
"""

from typing import NamedTuple

from bot.ingest.models import DocumentLine, ParsedDocument
from bot.ingest.readers.post.reader import lines_of, read_lines
from bot.ingest.readers.post.sections import episode_in, versions_in
from bot.ingest.readers.table.columns import columns_of
from bot.ingest.readers.table.files import Sheet
from bot.ingest.readers.table.reader import read_sheets


class Split(NamedTuple):
    """A document's lines without its tables, and the tables."""

    lines: list[DocumentLine]
    sheets: list[Sheet]


def read_page(data: bytes, source: str, charset: str | None = None) -> ParsedDocument:
    """Every change on a page, whatever stands around it. Never raises for what the bytes are."""
    lines, address, ends_cut = lines_of(data, charset)
    rest, sheets = split_tables(lines)
    reading = read_lines(rest, source, address, ends_cut)
    if not sheets:
        return reading
    tables = read_sheets(sheets, source)
    return ParsedDocument(
        source,
        reading.records + tables.records,
        reading.problems + tables.problems,
        reading.remarks + tables.remarks,
        reading.episodes,
    )


def split_tables(lines: list[DocumentLine]) -> Split:
    """Take out the tables that name their columns. One without a column for the episode is about the episode named last
    above it.
    """
    rest: list[DocumentLine] = []
    sheets: list[Sheet] = []
    episode, version = None, ""
    sheet: Sheet | None = None
    added = False
    for line in lines:
        cells = [cell.strip() for cell in line.text.split("|")]
        if sheet is not None and len(cells) > 1:
            if not set(line.text) <= set("|-: "):
                sheet.rows.append(
                    (
                        line.number,
                        [*cells, *[""] * (len(sheet.rows[0][1]) - len(cells) - added), *([episode] if added else [])],
                    )
                )
            continue
        sheet = None
        if _is_header(cells):
            added = episode is not None and "episode" not in columns_of(cells)
            sheet = Sheet(version, [(line.number, [*cells, *(["Episode"] if added else [])])])
            sheets.append(sheet)
        else:
            episode = episode_in(line) or episode
            named = versions_in(line.text)
            version = str(named[0]) if len(named) == 1 else "" if named else version
            rest.append(line)
    return Split(rest, sheets)


def _is_header(cells: list[str]) -> bool:
    """Whether these cells name the columns of a table of changes that says more than its lines would."""
    found = columns_of(cells) if len(cells) >= 3 and max(map(len, cells)) <= 40 else {}
    return {"title", "number"} <= set(found) and bool({"episode", "highlighted"} & set(found))
