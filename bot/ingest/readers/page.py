"""A web page, a saved text or a pasted message: the posts on it, and its tables.

read_page(b"<h1>By the [run]Book: Episode 22</h1><p>Budgets per phase | v2.206 #794180 | 1:48</p>", "22.html")
-> ParsedDocument("22.html", records=(Record("794180", "Budgets per phase", …),), …)
"""

import re
from dataclasses import replace
from typing import NamedTuple

from bot.errors import SourceError
from bot.ingest.models import DocumentLine, ParsedDocument, ReadProblem
from bot.ingest.readers.blocks import join_labelled_blocks
from bot.ingest.readers.html import find_canonical_url, looks_like_html, split_html_lines
from bot.ingest.readers.named_highlights import find_named_highlights, mark_highlights
from bot.ingest.readers.post.headings import (
    classify,
    find_episode,
    find_version_heading,
    find_versions,
    name_episodes,
    says_unreleased,
)
from bot.ingest.readers.post.reader import read_post
from bot.ingest.readers.struck_out import STRUCK_OUT
from bot.ingest.readers.table.columns import map_columns
from bot.ingest.readers.table.reader import read_sheets
from bot.ingest.readers.table.sheet import Sheet
from bot.ingest.readers.text import decode, split_text_lines

_LONG_NUMBER = re.compile(r"\d{3}")
_NUMBER = re.compile(r"(?<!\d)\d{5,9}(?!\d)")  # of a change
TOO_MANY_CELLS = "more cells than there are columns: a text with a bar in it; put \\ before that bar"
MAX_HEADING = 200  # characters of a line that may say which episode a table is of
_DRAWN = re.compile(r"-{2,2000}(?:\+-{2,2000}){1,60}")
_RULE = set("|-: ")  # what Markdown's line below a header consists of


class _Page(NamedTuple):
    """A document's lines."""

    lines: list[DocumentLine]
    address: str | None  # where the page says it
    ends_cut: bool  # the last line has no end, so it may have been cut off


def read_page(data: bytes, source: str, charset: str | None = None, is_html: bool | None = None) -> ParsedDocument:
    """Every change on a page, whatever stands around it. Never raises for what the bytes are.

    `is_html`: whether they are HTML, where that is known from somewhere else.
    """
    try:
        page = _split_lines(data, charset, looks_like_html(data) if is_html is None else is_html)
    except SourceError as error:
        return ParsedDocument(source, problems=(ReadProblem(0, "", str(error)),))
    lines = join_labelled_blocks(page.lines)
    document = _read_lines(lines, source, page)
    named = find_named_highlights(lines, document.records)
    if not named.titles:
        return document
    others = [line for at, line in enumerate(lines) if at not in named.lines]
    document = _read_lines(others, source, page)
    return replace(document, records=mark_highlights(document.records, named.titles))


def _read_lines(lines: list[DocumentLine], source: str, page: _Page) -> ParsedDocument:
    outside, sheets = split_tables(lines)
    if sheets:
        _name_episode(sheets, outside)
    tables = read_sheets(sheets, source) if sheets else None
    others = {record.number for record in tables.records if record.number} if tables else set()
    posts = read_post(outside, source, page.address, page.ends_cut, others)
    if tables is None:
        return posts
    return ParsedDocument(
        source,
        posts.records + tables.records,
        posts.problems + tables.problems,
        posts.remarks + tables.remarks,
        posts.episodes,
    )


def _name_episode(sheets: list[Sheet], outside: list[DocumentLine]) -> None:
    """Where the lines around the tables name one episode only, in whatever words, it is that of all of them."""
    named = set().union(*(name_episodes(line.text) for line in outside if len(line.text) <= MAX_HEADING))
    if len(named) == 1 and not any("Episode" in sheet.name for sheet in sheets):
        for sheet in sheets:
            sheet.name = f"{sheet.name} Episode {next(iter(named))}".strip()


def _split_lines(data: bytes, charset: str | None, is_html: bool) -> _Page:
    text = decode(data, charset)
    if is_html:
        return _Page(split_html_lines(text), find_canonical_url(text), not text.rstrip().endswith(">"))
    return _Page(split_text_lines(text), None, bool(text) and not text.endswith("\n"))


def split_tables(lines: list[DocumentLine]) -> tuple[list[DocumentLine], list[Sheet]]:
    """The lines outside of tables that name their columns, and these tables. What stands above a table counts for its
    rows where it has no column for that: the episode, a version, and whether these are the highlights.
    """
    splitter = _TableSplitter()
    for line in lines:
        splitter.add(line)
    return splitter.outside, splitter.sheets


class _TableSplitter:
    """Tells the rows of tables from other lines."""

    def __init__(self) -> None:
        self.outside: list[DocumentLine] = []
        self.sheets: list[Sheet] = []
        self._header: list[str] = []  # of the table that goes on; empty outside of one
        self._fields: dict[str, tuple[int, ...]] = {}  # which columns of it hold what
        self._extra: list[str] = []  # what the lines above say, as further cells of each row
        self._episode: int | None = None
        self._version = ""
        self._highlights = False

    def add(self, line: DocumentLine) -> None:
        """Take the next line."""
        cells = list(line.cells) or [cell.strip() for cell in line.text.split("|")]
        if self._header and len(cells) > 1 and self._is_better_header(cells, bool(line.cells)):
            self.sheets.pop()
            self._header = cells
            self._open_sheet(line.number, cells)
        elif self._header and len(cells) > 1:
            if not set(line.text) <= _RULE and cells != self._header:
                self._add_row(line, cells)
        elif self._header and _DRAWN.fullmatch(line.text):  # as databases' shells have it below the header
            return
        elif self._header and line.cells:  # a line across the table, such as a version
            self._note(line)
            self._open_sheet(line.number, self._header)
        elif _is_header(cells, bool(line.cells)):
            self._header = cells
            self._open_sheet(line.number, cells)
        else:
            self._header = []
            self._note(line)
            self.outside.append(line)

    def _add_row(self, line: DocumentLine, cells: list[str]) -> None:
        """Add a row to the table, or report that its change is struck out."""
        titles, numbers = (
            {cell for column in self._fields.get(field, ()) for cell in cells[column : column + 1]}
            for field in ("title", "number")
        )
        # A row may have had no number before its words were struck out.
        is_struck = "" in titles or ("" in numbers and _NUMBER.search(line.struck) is not None)
        if line.withdrawn or (line.struck and is_struck):
            text = line.text if line.withdrawn else f"{line.struck} | {line.text}"
            self.sheets[-1].problems.append(ReadProblem(line.number, text, STRUCK_OUT))
            return
        if not line.cells and len(cells) > len(self._header):
            self.sheets[-1].problems.append(ReadProblem(line.number, line.text, TOO_MANY_CELLS))
            return
        missing = len(self._header) - len(cells)
        self.sheets[-1].rows.append((line.number, [*cells, *[""] * missing, *self._extra]))

    def _is_better_header(self, cells: list[str], in_table: bool) -> bool:
        """Whether a row right below the header names more columns: then that one names groups of these."""
        is_first = len(self.sheets[-1].rows) == 1
        return is_first and _is_header(cells, in_table) and len(map_columns(cells)) > len(map_columns(self._header))

    def _open_sheet(self, number: int, header: list[str]) -> None:
        fields = self._fields = map_columns(header)
        extra: dict[str, str] = {}
        if self._highlights and "highlighted" not in fields:
            extra["Highlighted"] = "yes"
        self._extra = list(extra.values())
        episode = f"Episode {self._episode}" if self._episode is not None else ""
        self.sheets.append(Sheet(f"{self._version} {episode}".strip(), [(number, [*header, *extra])]))

    def _note(self, line: DocumentLine) -> None:
        """Remember what a line outside of a table says about those below it."""
        if (episode := find_episode(line)) is not None:
            self._episode, self._highlights = episode, False
        if (
            line.withdrawn and line.kind != "heading" and not find_version_heading(line.text)
        ):  # a change, and no heading
            return
        if line.withdrawn or says_unreleased(line.text):  # it heads nothing any more, or what is in no version yet
            self._version, self._highlights = "", False
            return
        heading = find_version_heading(line.text)
        if versions := [heading] if heading else find_versions(line.text):
            self._version = str(versions[0]) if len(versions) == 1 else ""
        if len(line.text) <= 120 and sum(map(bool, line.cells)) < 2:  # the names of columns head no list
            kind = classify(line, None).kind
            self._highlights = kind == "highlights" or (self._highlights and kind not in ("full", "version"))


def _is_header(cells: list[str], in_table: bool) -> bool:
    """Whether these cells name the columns of a table of changes. Between the bars of a text they have to name more
    than a title and a number, for a line of a post may look like that.
    """
    if len(cells) < 2 or max(map(len, cells)) > 40 or any(map(_LONG_NUMBER.search, cells)):
        return False
    fields = set(map_columns(cells))
    if in_table:
        return "title" in fields and len(fields) > 1
    return {"title", "number"} <= fields and len(fields & {"episode", "highlighted", "version", "summary", "at"}) > 0
