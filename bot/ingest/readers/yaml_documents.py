"""YAML: a list of changes as JSON has them, or else a text with colons in it.

    releases:
      - version: "2.306"
        changes:
          - {id: 1142801, title: Forecast of prepaid hours}    -> Record("1142801", "Forecast …", v2.306)

    # v2.305                                                   a remark that heads what is below it
    - id: 1142804
      title: Letters                                           -> Record("1142804", "Letters", v2.305)

What is no YAML, and what is YAML by chance, such as a mail's lines, is read as a page.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from bot.catalog.models import Version
from bot.ingest.garbage_collection import paused_garbage_collection
from bot.ingest.models import DocumentLine, ParsedDocument, ReadProblem
from bot.ingest.readers.budget import Budget
from bot.ingest.readers.json_documents import read_articles
from bot.ingest.readers.page import read_page
from bot.ingest.readers.post.headings import (
    announces_release,
    classify,
    find_version_heading,
    find_versions,
    name_episodes,
)
from bot.ingest.readers.table.json_records import lists_changes, sheets_from_json
from bot.ingest.readers.table.reader import read_sheets
from bot.ingest.readers.table.struck_cells import clear_strokes
from bot.ingest.readers.text import decode
from bot.ingest.readers.yaml_values import NotYamlError, parse_yaml

# The first line that says something: a field, an item that is one, or a bracket.
_BEGINNING = re.compile(
    r"(?:- ){0,5}(?:(?:\"[^\"]{1,60}\"|'[^']{1,60}'|[\w][\w .()/&-]{0,60}):(?:\s|$)|[\[{]|[&!]\w|\?\s|-$)"
)
_REMARK = re.compile(r"#+\s*(.{1,120})")
LAST_LINE = 10**9  # behind all lines
NO_SPAN = (LAST_LINE, LAST_LINE)
MAX_LINES_ABOVE = 200  # of remarks and blanks, above the first line that says something


class _Remark(NamedTuple):
    """A remark, and the line from which it counts no longer: the first that is less deep than the one below it."""

    line: DocumentLine
    end: int = LAST_LINE


class _Heading(NamedTuple):
    """What the remarks above a line say of the records from there on."""

    line: int
    version: Version | None = None
    highlighted: bool = False


def begins_as_yaml(text: str) -> bool:
    """Whether the first line of a text that is neither blank nor a remark may be YAML's."""
    for line in text.split("\n", MAX_LINES_ABOVE)[:MAX_LINES_ABOVE]:
        said = line.strip()
        if said and not said.startswith(("#", "%", "---")):
            return _BEGINNING.match(said) is not None
    return False


def read_yaml_document(data: bytes, source: str, charset: str | None = None, is_named: bool = True) -> ParsedDocument:
    """The changes in a document that may be YAML; `is_named`: its name or its server says that it is.

    Raises SourceError when the budget runs out.
    """
    text = decode(data, charset)
    with paused_garbage_collection():
        budget = Budget(source)
        try:
            value, inside_texts = parse_yaml(text, budget)
        except NotYamlError as error:
            may_be_yaml = begins_as_yaml(text)
            page = read_page(data, source, charset, is_html=False if is_named and may_be_yaml else None)
            is_yaml = any(map(lists_changes, error.documents)) or (is_named and may_be_yaml)
            return replace(page, problems=(_as_problem(error, text), *page.problems)) if is_yaml else page
        has_changes = lists_changes(value)
        if _is_data(value) and (is_named or has_changes):
            document = _read_value(value, _find_remarks(text, inside_texts), source, budget)
            if any(record.number for record in document.records):
                return document
        else:
            document = None
        page = read_page(data, source, charset, is_html=False)
    if document is None or any(record.number for record in page.records):
        return page
    return document if has_changes or not (page.records or page.problems) else page


def _is_data(value: Any) -> bool:
    """Whether a value is an object or a list with objects in it. Markdown below a head of fields is a list of texts."""
    if isinstance(value, list):
        return any(isinstance(item, dict | list) for item in value) and not any(isinstance(v, str) for v in value)
    return isinstance(value, dict)


def _as_problem(error: NotYamlError, text: str) -> ReadProblem:
    lines = text.split("\n", error.line)
    said = lines[error.line - 1].strip()[:80] if len(lines) >= error.line else ""
    reason = (
        f"not valid YAML ({error.problem}), so the document was read as a text, in which what stands around a list may "
        "not count for its items. Put quotes around a text with a colon or a sign in it"
    )
    return ReadProblem(error.line, said, reason)


def _find_remarks(text: str, inside_texts: Iterable[tuple[int, int]]) -> list[_Remark]:
    """The lines that are remarks; those inside a value, such as the headings of a description, are none."""
    remarks: list[_Remark] = []
    waiting = 0  # the first remark below which no other line came yet
    counting: list[tuple[int, int]] = []  # each remark that may count yet: how deep what is below it is, and its index
    spans = iter(inside_texts)
    first, last = next(spans, NO_SPAN)
    for number, line in enumerate(text.split("\n"), 1):
        if number > last:
            first, last = next(spans, NO_SPAN)
        said = line.strip()
        if not said or number >= first:
            continue
        if said.startswith("#"):
            if remark := _REMARK.fullmatch(said):
                remarks.append(_Remark(DocumentLine(number, remark[1], "heading")))
            continue
        depth = 2 * (len(line) - len(line.lstrip())) + said.startswith("-")
        while counting and counting[-1][0] > depth:
            index = counting.pop()[1]
            remarks[index] = remarks[index]._replace(end=number)
        counting.extend((depth, index) for index in range(waiting, len(remarks)))
        waiting = len(remarks)
    return remarks


def _read_value(value: Any, remarks: Sequence[_Remark], source: str, budget: Budget) -> ParsedDocument:
    """The changes in a value, with what remarks above them say where they do not say it themselves."""
    document = read_articles(value, source)
    if document is None:
        sheets = sheets_from_json(value, budget)
        episodes = set().union(*(name_episodes(remark.line.text) for remark in remarks))
        clear_strokes(sheets)
        for sheet in sheets:
            sheet.name = f"Episode {next(iter(episodes))}" if len(episodes) == 1 else ""
        document = read_sheets(sheets, source, budget)
    return _apply_headings(document, _read_headings(remarks))


def _read_headings(remarks: Sequence[_Remark]) -> list[_Heading]:
    """What the remarks that are headings say, "v2.305", "Unreleased", "Highlights", "All changes", from which line on.
    Where one counts no longer, what the one around it says does again.
    """
    headings = [_Heading(0)]
    around: list[tuple[int, _Heading]] = []  # the headings that count, and where each ends
    for remark in (*remarks, _Remark(DocumentLine(LAST_LINE, ""))):
        while around and around[-1][0] <= remark.line.number:
            end, _ = around.pop()
            headings.append((around[-1][1] if around else headings[0])._replace(line=end))
        if heading := _read_heading(remark.line, headings[-1].version):
            headings.append(heading)
            around.append((remark.end, heading))
    return headings


def _read_heading(line: DocumentLine, version: Version | None) -> _Heading | None:
    """What a remark says of what is below it, where `version` counts so far; None for one that is no heading."""
    if announces_release(line):
        named = {find_version_heading(line.text), *find_versions(line.text)} - {None}
        return _Heading(line.number, named.pop() if len(named) == 1 else None)
    kind = classify(line._replace(kind="text"), None).kind
    return _Heading(line.number, version, kind == "highlights") if kind in ("highlights", "full") else None


def _apply_headings(document: ParsedDocument, headings: Sequence[_Heading]) -> ParsedDocument:
    """The records, each with the version and the mark of the heading above it, where it has none itself."""
    if len(headings) == 1:
        return document
    lines = [heading.line for heading in headings]
    records = []
    for record in document.records:
        above = headings[bisect(lines, record.line_number) - 1]
        version = record.version if record.possible_versions else record.version or above.version
        records.append(replace(record, version=version, highlighted=record.highlighted or above.highlighted))
    return replace(document, records=tuple(records))
