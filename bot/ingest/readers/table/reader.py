"""Tables into records, by the names that people give to columns.

    ID,      Title,             Version, Episode, Time
    794180,  Budgets per phase, 2.206,   7,       1:48    -> Record("794180", "Budgets per phase", v2.206, 7 at 1:48)
    ,        ,                  2.206,   ,                -> ReadProblem(…, "no title and no number, …")

Which column was read as what is a remark of the document; a row that could not be read is a problem.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from bot.catalog.models import Mention, Version
from bot.ingest.garbage_collection import paused_garbage_collection
from bot.ingest.models import DocumentBuilder, ParsedDocument, ReadProblem, Record
from bot.ingest.readers.budget import Budget
from bot.ingest.readers.marks import GENERAL_CAUTION, SAID_TO_BE_WITHDRAWN, read_mark, read_tags, says_withdrawn
from bot.ingest.readers.post.headings import find_version_heading
from bot.ingest.readers.post.reader import read_post
from bot.ingest.readers.post.titles import clean_title
from bot.ingest.readers.post.unnumbered_rows import is_opening
from bot.ingest.readers.struck_out import STRUCK_OUT
from bot.ingest.readers.table.by_values import infer_columns
from bot.ingest.readers.table.columns import describe_mapping, find_header, lacks_titles, map_columns
from bot.ingest.readers.table.context import HAS_NUMBER, SheetContext, episode_in_names, read_context, read_section
from bot.ingest.readers.table.delimited import read_delimited, sign_name
from bot.ingest.readers.table.json_records import read_json_lines, read_json_sheets
from bot.ingest.readers.table.levels import Outline, read_outline
from bot.ingest.readers.table.lost_zeros import restore_versions
from bot.ingest.readers.table.row_cells import (
    NO_HALO_NUMBER,
    SAMPLED_ROWS,
    cells_by_field,
    find_notes,
    flatten,
    is_sum,
    is_withdrawn,
    list_mentions,
    name_change,
    read_caution,
    sample_shapes,
    split_title,
    split_whole_line,
)
from bot.ingest.readers.table.row_groups import fill_groups, heads_groups
from bot.ingest.readers.table.same_number import join_same_numbers
from bot.ingest.readers.table.second_numbers import SecondNumbers, number_columns
from bot.ingest.readers.table.sheet import Sheet, move_to_lines
from bot.ingest.readers.table.sheet_tables import split_tables
from bot.ingest.readers.table.struck_cells import clear_strokes, rows_as_lines, struck_row
from bot.ingest.readers.table.values import (
    cell_fault,
    cell_paragraph,
    cell_text,
    find_number,
    format_seconds,
    is_yes,
    list_tags,
    parse_list,
    parse_minute,
    parse_version,
    parse_versions,
    says_no_number,
    without_number,
)
from bot.ingest.readers.table.workbook import read_xlsx

TableFormat = Literal["csv", "tsv", "xlsx", "json", "jsonl"]
Mapping = dict[str, tuple[int, ...]]  # field -> its columns

_UNNUMBERED_KEY = re.compile(r"ep(\d{1,3})-(\d{1,3})")  # our own key of a change without a number: episode, position
_EPISODE = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
MAX_MAPPING_REMARKS = 3  # of one sheet; JSON may have other columns in each row


def read_table(data: bytes, source: str, table_format: TableFormat, budget: Budget | None = None) -> ParsedDocument:
    """The changes in a table. Raises SourceError when the bytes are no file of this format, or too many."""
    budget = budget or Budget(source)
    with paused_garbage_collection():
        if table_format == "xlsx":
            sheets = read_xlsx(data, budget)
        elif table_format == "json":
            sheets = read_json_sheets(data, budget)
        elif table_format == "jsonl":
            sheets = [read_json_lines(data, budget)]
        else:
            sheets = [read_delimited(data, budget, "\t" if table_format == "tsv" else None)]
        clear_strokes(sheets)
        return read_sheets(sheets, source, budget)


def read_sheets(sheets: Sequence[Sheet], source: str, budget: Budget | None = None) -> ParsedDocument:
    """The changes in the rows of some sheets."""
    budget = budget or Budget(source)
    builder = DocumentBuilder()
    for sheet in sheets:
        _SheetReader(sheet, builder, source, budget).read()
        sheet.rows = []  # what was read is no longer needed
    move_to_lines(builder, sheets)
    restore_versions(builder)
    builder.records, remarks = join_same_numbers(builder.records)
    builder.remarks.extend(remarks)
    return builder.build(source)


class _SheetReader:
    """Turns one sheet's rows into records and problems."""

    def __init__(self, sheet: Sheet, builder: DocumentBuilder, source: str, budget: Budget) -> None:
        self.sheet, self.builder, self.source, self.budget = sheet, builder, source, budget
        self.place = f"sheet “{sheet.name[:60]}”" if sheet.one_of_many else ""
        self.context = read_context(sheet.name)
        self._mappings: dict[tuple[str, ...], Mapping] = {}
        self._seconds = SecondNumbers(builder.records)

    def read(self) -> None:
        """Add all that the sheet says to the builder."""
        for problem in self.sheet.problems:
            self._add_problem(*problem)
        lists = [(number, row) for number, row in self.sheet.rows if isinstance(row, list)]
        if self.sheet.hidden:
            self._refuse_hidden(lists)
            return
        for rows in split_tables(lists):
            self._read_lists(rows)
        samples = sample_shapes([row for _, row in self.sheet.rows if isinstance(row, dict)])
        for number, row in self.sheet.rows:
            if isinstance(row, dict):
                flat = flatten(row)
                names, cells = tuple(flat), list(flat.values())
                if names not in self._mappings:
                    self._mappings[names] = self._map_columns(names, samples.get(names, [cells]))
                self._read_row(number, cells, self._mappings[names])
                self._seconds.look(number, cells, names, self._mappings[names])
        for problem in self._seconds.problems():
            self._add_problem(*problem)
        if self.context.unused_minutes:
            self._add_remark("minutes were not read: no column, sheet or title says which episode they are of.")

    def _add_problem(self, row_number: int, text: str, reason: str) -> None:
        if self.place:
            reason = f"{reason} ({self.place})" if row_number else f"{self.place}: {reason}"
        self.builder.problems.append(ReadProblem(row_number, text, reason))

    def _add_remark(self, remark: str) -> None:
        self.builder.remarks.append(f"{self.place}: {remark}" if self.place else remark[:1].upper() + remark[1:])

    def _refuse_hidden(self, rows: list[tuple[int, list[Any]]]) -> None:
        """A hidden sheet is not read: what people hide they do not mean to publish."""
        name = f"sheet “{self.sheet.name[:60]}” is hidden and was not read"
        if find_header([row for _, row in rows]) is not None:
            reason = f"it is hidden and was not read ({len(rows)} rows). Unhide it to import it."
            self.builder.problems.append(ReadProblem(0, "", f"sheet “{self.sheet.name[:60]}”: {reason}"))
        elif rows:
            self.builder.remarks.append(f"{name[0].upper()}{name[1:]}; no row in it names columns of changes.")

    def _read_lists(self, rows: list[tuple[int, list[Any]]]) -> None:
        """Read rows below a header, which may stand some rows further down."""
        header = find_header([row for _, row in rows])
        if header is None:
            self._read_without_header(rows)
            return
        for _, row in rows[:header]:  # a title above the table may say which version or episode it is of
            self.context = read_context(" ".join(filter(None, map(cell_text, row)))).over(self.context)
        names = [cell_text(cell) for cell in rows[header][1]]
        self.context = episode_in_names(names).over(self.context) if self.context.episode is None else self.context
        below = [row for _, row in rows[header + 1 : header + 1 + SAMPLED_ROWS]]
        mapping = self._map_columns(names, below)
        width, last = len(rows[header][1]), rows[-1][0]
        if heads_groups(mapping, below, [row for _, row in rows[header + 1 :]]):
            fill_groups(mapping["version"][0], [row for _, row in rows[header + 1 :]])
            self._add_remark("Each version counts for the rows below it, up to the next one.")
        outline = self._read_outline(names, mapping, rows[header + 1 :])
        notes = find_notes(rows[header + 1 :], mapping)
        for number, row in rows[header + 1 :]:
            if number % 500 == 0:
                self.budget.check_time()
            if number in outline.contexts:
                self.context = outline.contexts[number].over(SheetContext(unused_minutes=self.context.unused_minutes))
            if number in outline.releases or number in outline.holders:
                continue
            if number in notes:
                text = "".join(map(cell_text, row))
                self._add_problem(number, text, "nothing but a title stands here, below the table: it may be a note")
                continue
            if self.sheet.unfinished and number == last and len(row) < width:
                self._add_problem(number, str(row)[:80], "the table ends in the middle of this row")
            elif self.sheet.delimiter and any(str(cell).strip() for cell in row[width:]):
                reason = (
                    f"{len(row)} cells under {width} columns: a text with a {sign_name(self.sheet.delimiter)} in it"
                )
                self._add_problem(number, str(row)[:80], f"{reason} needs quotes around it")
            elif row == rows[header][1]:
                continue  # the header again, as on each printed page
            elif section := self._read_section(number, row, mapping):
                self.context = section.over(self.context)
            else:
                self._read_row(number, row, mapping)
                self._seconds.look(number, row, names, mapping)

    def _read_outline(self, names: list[str], mapping: Mapping, rows: list[tuple[int, list[Any]]]) -> Outline:
        """Which rows head others, where the titles have levels. Those that are no changes are told."""
        outline = read_outline(names, mapping, rows, self.context)
        for number, (title, kind) in outline.holders.items():
            self._add_problem(number, title, f"its type is {kind}, and it only holds other rows")
        if outline.releases:
            named = "; ".join(f"row {number}, “{title[:60]}”" for number, title in list(outline.releases.items())[:5])
            remark = f"Titles of releases were not read as changes, but count for the rows below them: {named}."
            self._add_remark(remark)
        return outline

    def _read_section(self, number: int, row: Sequence[Any], mapping: Mapping) -> SheetContext | None:
        """What a row with one cell says about the rows below it; None for any other row."""
        section = read_section(row, mapping.get("title", ()))
        if section and section.unreleased:
            remark = "the rows below it are in no version yet, so none was read for those that do not name one"
            self._add_remark(f"Row {number}, “{''.join(map(cell_text, row))}”: {remark}.")
        return section

    def _read_without_header(self, rows: list[tuple[int, list[Any]]]) -> None:
        """No row names the columns: they are told by what is in them, or else each row is read as a line of a post."""
        if lacks_titles(rows[0][1]):
            reason = "a number without a title: no column is for it"
            for number, row in rows[1:]:
                self._add_problem(number, " | ".join(map(cell_text, row)), reason)
            return
        if mapping := infer_columns([row for _, row in rows]):
            read_as = ", ".join(f"{columns[0] + 1} → {field}" for field, columns in mapping.items())
            self._add_remark(f"No row names the columns; by what is in them: {read_as}.")
            columns = number_columns([row for _, row in rows], mapping["number"])
            for number, row in rows:
                self._read_row(number, row, mapping)
                self._seconds.look_at(number, row, columns, mapping)
            return
        lines = list(rows_as_lines(rows, self.sheet.struck))
        post = read_post(lines, self.source)
        self.builder.records.extend(post.records)
        for problem in post.problems:
            self._add_problem(*problem)
        if post.records:
            return
        reason = "no row names its columns (title, number, version, …), and no line reads as a change"
        if self.sheet.one_of_many and not any(HAS_NUMBER.search(line.text) for line in lines):
            self.builder.remarks.append(f"{self.place[0].upper()}{self.place[1:]}: {reason}, so it was left out.")
        else:
            self._add_problem(0, "", reason)

    def _map_columns(self, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Mapping:
        """Which columns hold which field; it is told in a remark."""
        mapping = map_columns(names, rows)
        if len(self._mappings) < MAX_MAPPING_REMARKS:
            self._add_remark(describe_mapping(names, mapping))
        return mapping

    def _read_row(self, row_number: int, row: Sequence[Any], mapping: Mapping) -> None:
        """Add a record for each mention of the row's change (an export lists them), or what is wrong with the row."""
        if (struck := self.sheet.struck.get(row_number)) and (text := struck_row(struck, row, mapping)):
            self._add_problem(row_number, text, STRUCK_OUT)
            return
        cells = cells_by_field(row, mapping)
        if self._has_fault(row_number, cells):
            return
        texts = split_whole_line({field: text for field, value in cells.items() if (text := cell_text(value))}, mapping)
        if not texts.keys() & {"title", "summary", "number"}:
            if any(value not in (None, "", [], {}) for value in row):
                text = str([value for value in row if value])[:80]
                self._add_problem(row_number, text, "no title and no number, so it names no change")
        elif texts.get("kind") in ("faq", "guide"):
            self.builder.remarks.append("Answers and guides were left out, for only changes are imported.")
        elif find_version_heading(texts.get("title", "")):
            self._add_problem(row_number, texts["title"], "its title names a release, and no change")
        elif is_withdrawn(texts.get("status", "")):
            self._add_problem(row_number, name_change(texts), f"its status is “{texts['status'][:40]}”")
        elif says_withdrawn(texts.get("title", "")):
            self._add_problem(row_number, name_change(texts), SAID_TO_BE_WITHDRAWN)
        elif "number" not in mapping and mapping.keys() & {"at", "seconds"} and is_opening(texts.get("title", "")):
            self.builder.remarks.append("Chapters such as “Intro” are no changes, and were left out.")
        elif is_sum(texts):
            self._add_problem(row_number, texts["title"], "a count of the rows, and no change")
        else:
            self.builder.records.extend(self._build_records(row_number, cells, texts, "number" in mapping))

    def _has_fault(self, row_number: int, cells: dict[str, Any]) -> bool:
        """Report the cells that have no value although something stands in them; whether the row is refused for it."""
        faults = {
            field: reason
            for field, value in cells.items()
            if value and (type(value) is not str or value[0] == "#") and (reason := cell_fault(value))
        }
        if not faults:
            return False
        refused = [field for field in ("number", "title") if field in faults]
        for field in refused[:1] or faults:
            consequence = "so the row was not read" if refused else "the change was read without it"
            reason = f"{faults[field]} stands in place of its {field}; {consequence}"
            self._add_problem(row_number, cell_text(cells.get("title")), reason)
        return bool(refused)

    def _build_records(
        self, row_number: int, cells: dict[str, Any], texts: dict[str, str], has_numbers: bool
    ) -> list[Record]:
        """The change in a row, once for each of its mentions; none, and a problem, when it has no title or a strange
        number.
        """
        given = texts.get("number", "")
        is_flag = isinstance(cells.get("number"), bool)
        title, below = split_title(cells.get("title"), texts.get("title", ""))
        version_text = texts.get("version", "")
        number, problem = find_number("" if is_flag else given, has_numbers, title, version_text)
        key = _UNNUMBERED_KEY.fullmatch(given)
        title = title if has_numbers else without_number(title, number)
        summary = f"{below} {cell_paragraph(cells.get('summary')) or texts.get('summary', '')}".strip()
        if not title:
            title, summary = texts.get("summary", ""), ""
        if not title:
            self._add_problem(row_number, f"#{number}" if number else given, problem or "a number without a title")
            return []
        if problem or (number is None and key is None and not says_no_number(given)):
            self._add_problem(row_number, f"{given}: {title}", problem or NO_HALO_NUMBER)
            return []
        version, possible = self._read_versions(row_number, cells, version_text)
        marks = clean_title(title)
        says = read_mark(summary)
        tags = read_tags([*list_tags(cells.get("tags")), *list_tags(texts.get("area"))])
        caution = cell_paragraph(cells.get("caution"))
        highlighted = self._read_highlight(row_number, cells, title)
        highlighted = highlighted or any(mark.highlighted for mark in (marks, says, tags))
        is_marked = any(mark.caution for mark in (marks, says, tags, read_tags([texts.get("status", "")])))
        mentions = self._read_mentions(row_number, cells, texts)
        if key and not mentions:
            mentions = [Mention(int(key[1]))]
        record = Record(
            number,
            marks.title,
            says.title,
            caution=read_caution(caution, says.title) or (GENERAL_CAUTION if is_marked else None),
            highlighted=highlighted,
            version=version,
            possible_versions=possible,
            area=texts.get("area") or tags.title or None,
            mention=mentions[0] if mentions else None,
            line_number=row_number,
            lines=(title, summary) if summary else (title,),
            index_in_episode=int(key[2]) if key else 0,
        )
        return [record, *[replace(record, mention=other) for other in mentions[1:]]]

    def _read_versions(
        self, row_number: int, cells: dict[str, Any], text: str
    ) -> tuple[Version | None, tuple[Version, ...]]:
        """The row's version, or else the sheet's, and the versions that it may be of. A text that is none is a problem,
        for the change is read all the same.
        """
        found = parse_versions(text)
        if text and not found:
            reason = "not a version such as v2.206; the change was read without it"
            self._add_problem(row_number, text, reason)
        if len(found) > 1 and " or " in f" {text} ":
            return None, found
        if len(found) > 1:
            named = " and ".join(map(str, found))
            self.builder.remarks.append(f"Row {row_number} names {named}; the earliest was kept.")
        if found:
            return found[0], ()
        listed = [
            version
            for value in parse_list(cells.get("possible_versions"))
            if (version := parse_version(cell_text(value)))
        ]
        return (None, tuple(listed)) if listed else (self.context.version, ())

    def _read_highlight(self, row_number: int, cells: dict[str, Any], title: str) -> bool:
        says = is_yes(cells.get("highlighted"))
        if says is None:
            text = cell_text(cells["highlighted"])
            if len(text.split()) >= 4:  # what makes it important
                return True
            reason = f"“{text[:40]}” in the column for highlights is neither yes nor no; the change was read without it"
            self._add_problem(row_number, title, reason)
        return bool(says) or self.context.highlighted

    def _read_mentions(self, row_number: int, cells: dict[str, Any], texts: dict[str, str]) -> list[Mention]:
        """Where episodes talk about a change: from an exported list, or from columns for the episode and the minute."""
        if listed := list_mentions(cells.get("mentions")):
            return listed
        named = texts.get("episode", "")
        episode = _EPISODE.search(named)
        behind = named[episode.end() :].strip(" ,;@|-–()") if episode else ""  # "Episode 7 (1:48)"
        given = texts.get("at", "")
        at = parse_minute(given) or format_seconds(texts.get("seconds", "")) or parse_minute(behind)
        if given and not at and given not in ("-", "–", "—", "n/a", "N/A", "?"):
            reason = "not a minute such as 4:40; the change was read without it"
            self._add_problem(row_number, given, reason)
        number = int(episode[0]) if episode else self.context.episode
        if number is None:
            self.context.unused_minutes = self.context.unused_minutes or at is not None
            return []
        return [Mention(number, at)]
