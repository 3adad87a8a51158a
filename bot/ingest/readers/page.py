"""A web page, a saved text or a pasted message: the posts on it, and its tables that say more than a line
of a post can (they have a column for the episode or for what is important).

    read_page(b"<h1>By the [run]Book: Episode 22</h1><p>Budgets per phase | v2.206 #794180 | 1:48</p>", "22.html")
    -> ParsedDocument("22.html", records=(Record("794180", "Budgets per phase", …),), …)
"""

from typing import NamedTuple

from bot.ingest.models import DocumentLine, ParsedDocument
from bot.ingest.readers.html import find_canonical_url, looks_like_html, split_html_lines
from bot.ingest.readers.post.headings import find_episode, find_versions
from bot.ingest.readers.post.reader import read_post
from bot.ingest.readers.table.columns import map_columns
from bot.ingest.readers.table.reader import read_sheets
from bot.ingest.readers.table.sheet import Sheet
from bot.ingest.readers.text import decode, split_text_lines


class _Page(NamedTuple):
    """A document's lines."""

    lines: list[DocumentLine]
    address: str | None  # where the page says it
    ends_cut: bool  # the last line has no end, so it may have been cut off


def read_page(data: bytes, source: str, charset: str | None = None) -> ParsedDocument:
    """Every change on a page, whatever stands around it. Never raises for what the bytes are."""
    page = _split_lines(data, charset)
    lines, sheets = split_tables(page.lines)
    posts = read_post(lines, source, page.address, page.ends_cut)
    if not sheets:
        return posts
    tables = read_sheets(sheets, source)
    return ParsedDocument(
        source,
        posts.records + tables.records,
        posts.problems + tables.problems,
        posts.remarks + tables.remarks,
        posts.episodes,
    )


def _split_lines(data: bytes, charset: str | None) -> _Page:
    text = decode(data, charset)
    if looks_like_html(data):
        return _Page(split_html_lines(text), find_canonical_url(text), not text.rstrip().endswith(">"))
    return _Page(split_text_lines(text), None, bool(text) and not text.endswith("\n"))


def split_tables(lines: list[DocumentLine]) -> tuple[list[DocumentLine], list[Sheet]]:
    """The lines outside of tables that name their columns, and these tables. A table without a column for the episode
    gets one, with the episode named last above it.
    """
    outside: list[DocumentLine] = []
    sheets: list[Sheet] = []
    episode, version = None, ""
    sheet: Sheet | None = None
    extra: list[int] = []  # the episode, as a cell of each row
    for line in lines:
        cells = [cell.strip() for cell in line.text.split("|")]
        if sheet is not None and len(cells) > 1:
            if not set(line.text) <= set("|-: "):  # Markdown's line below the header
                missing = len(sheet.rows[0][1]) - len(cells) - len(extra)
                sheet.rows.append((line.number, [*cells, *[""] * missing, *extra]))
            continue
        sheet = None
        if _is_header(cells):
            extra = [episode] if episode is not None and "episode" not in map_columns(cells) else []
            sheet = Sheet(version, [(line.number, [*cells, *["Episode" for _ in extra]])])
            sheets.append(sheet)
        else:
            episode = find_episode(line) or episode
            if versions := find_versions(line.text):
                version = str(versions[0]) if len(versions) == 1 else ""
            outside.append(line)
    return outside, sheets


def _is_header(cells: list[str]) -> bool:
    """Whether these cells name the columns of a table of changes that says more than its lines would."""
    if len(cells) < 3 or max(map(len, cells)) > 40:
        return False
    fields = set(map_columns(cells))
    return {"title", "number"} <= fields and bool({"episode", "highlighted"} & fields)
