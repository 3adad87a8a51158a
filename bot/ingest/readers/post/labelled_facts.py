"""Labelled lines right below a change's number and title, as trackers show them, put where a row has what they say.

    1143602 - Skins for the portal             ->  ⭐ 1143602 - Skins for the portal | v2.317
    Type: New feature (highlight)
    Version: 2.317.0
    Warning: Old colours are lost.                 Warning: Old colours are lost.
    Description: Colours and fonts.                Colours and fonts.

One such line may be anything; where several changes have them they are what they look like.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.ingest.models import DocumentLine
from bot.ingest.readers.marks import Marks, read_tags
from bot.ingest.readers.post.row import ParsedRow, parse_row
from bot.ingest.readers.table.columns import map_columns
from bot.ingest.readers.table.values import is_yes, list_tags, parse_minute, parse_version

_LABELLED = re.compile(r"([^\W\d_][\w /?'’-]{1,28}?)\s?:\s+(\S.*)")
_FIELDS = frozenset("version at area tags highlighted caution summary".split())
_KINDS = re.compile(r"\s*[(\[]([^()\[\]]{3,40})[)\]]\s*$")  # behind a type: "New feature (highlight)"
MIN_ALIKE = 2  # changes with such lines
MAX_FACTS = 12  # of one change


class _Fact(NamedTuple):
    """A field, and what a line says about it."""

    field: str
    value: str


def join_labelled_facts(lines: list[DocumentLine]) -> list[DocumentLine]:
    """The lines, with what such lines say in the rows above them."""
    found: dict[int, list[_Fact]] = {}
    last = -1  # the line above that such lines may be of
    for at, line in enumerate(lines):
        fact = _read_fact(line) if ":" in line.text[:32] else None
        if fact is None or len(found.get(last, ())) >= MAX_FACTS:
            last = at
        elif last in found or (last >= 0 and _may_have_facts(lines[last])):
            found.setdefault(last, []).append(fact)
        else:
            last = at
    if sum(any(fact.field != "summary" for fact in facts) for facts in found.values()) < MIN_ALIKE:
        return lines
    return list(_join(lines, found))


def _join(lines: list[DocumentLine], found: dict[int, list[_Fact]]) -> Iterator[DocumentLine]:
    at = 0
    while at < len(lines):
        line, facts = lines[at], found.get(at, [])
        row = parse_row(line.text) if facts else None
        if row is None:
            yield line
            at += 1
            continue
        marks = _marks_of(facts)
        signs = f"{'⭐ ' if marks.highlighted else ''}{'⚠️ ' if marks.caution else ''}"
        yield line._replace(text=f"{signs}{line.text}{_data_of(facts, row)}")
        for offset, fact in enumerate(facts, 1):
            if text := _text_of(fact):
                yield lines[at + offset]._replace(text=text, kind="text", bold="")
        at += 1 + len(facts)


def _may_have_facts(line: DocumentLine) -> bool:
    """Whether a line is a row with its number, and no table's."""
    if line.cells or not any(map(str.isdigit, line.text)):
        return False
    row = parse_row(line.text)
    return row is not None and row.title != "" and "|" not in line.text


def _read_fact(line: DocumentLine) -> _Fact | None:
    match = _LABELLED.fullmatch(line.text) if not line.cells and line.kind != "heading" else None
    field = _field_of(match[1].lower()) if match else ""
    return _Fact(field, match[2]) if match and field else None


@lru_cache(maxsize=500)
def _field_of(label: str) -> str:
    """The field that a label means; "" for one that is none of these."""
    fields = map_columns(["title", label]).keys() & _FIELDS
    return next(iter(fields)) if len(fields) == 1 else ""


def _marks_of(facts: list[_Fact]) -> Marks:
    """What the facts say about the change: whether it matters, and whether it is to be tested first."""
    highlighted = any(fact.field == "highlighted" and is_yes(fact.value) for fact in facts)
    caution = any(fact.field == "caution" and is_yes(fact.value) for fact in facts)
    for fact in facts:
        if fact.field in ("area", "tags"):
            inside = _KINDS.search(fact.value)
            tags = read_tags([*list_tags(fact.value), *([inside[1]] if inside else [])])
            highlighted, caution = highlighted or tags.highlighted, caution or tags.caution
    return Marks("", highlighted, caution)


def _data_of(facts: list[_Fact], row: ParsedRow) -> str:
    """The version and the minute that a row does not have itself."""
    version = next((found for fact in facts if fact.field == "version" and (found := parse_version(fact.value))), None)
    minute = next((at for fact in facts if fact.field == "at" and (at := parse_minute(fact.value))), None)
    data = f" | {version}" if version and not row.version else ""
    return f"{data} | {minute}" if minute and not row.minute else data


def _text_of(fact: _Fact) -> str:
    """What a fact says in words; "" where it is data, or a mere mark."""
    if fact.field == "summary":
        return fact.value
    return f"Warning: {fact.value}" if fact.field == "caution" and is_yes(fact.value) is None else ""
