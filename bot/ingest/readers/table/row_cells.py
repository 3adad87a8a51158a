"""A table's rows as the cells of fields: of several columns the filled one, and objects inside of rows taken apart.

flatten({"id": 1200001, "release": {"name": "v2.264"}}) -> {"id": 1200001, "release name": "v2.264"}
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.catalog.models import Mention
from bot.ingest.readers.marks import GENERAL_CAUTION
from bot.ingest.readers.post.row import parse_row
from bot.ingest.readers.prose import find_caution
from bot.ingest.readers.table.json_values import ObjectAtLine
from bot.ingest.readers.table.values import cell_lines, cell_text, is_yes, parse_list, parse_minute, says_only_yes_or_no

# "Total", "Total records: 8", "8 changes in total".
_SUM = re.compile(
    r"(?:(?:grand |sub-?)?totals?|sum|summe|gesamt|count|records)(?:(?: \w{1,20}){0,2}\s?[:=]\s?\d[\d.,]{0,10})?:?"
    r"|\d{1,6} (?:records|rows|items|changes)(?: in total)?\.?",
    re.IGNORECASE,
)
_WITHDRAWN = frozenset(
    "cancelled canceled rejected declined withdrawn abandoned duplicate obsolete wontdo wontfix notplanned willnotdo"
    " closedduplicate closedwontfix closedrejected".split()
)
_GOES_ON = re.compile(r"(?:,|&|-|/|\b(?:an?|the|of|to|in|on|at|by|for|with|from|and|or|as|is|are|be|when|if|that))$")
_OBJECTS = frozenset((dict, ObjectAtLine))
MIN_TITLE_WORDS = 2  # of a cell's first line, where others below it describe it
MAX_SAMPLED = 2_000  # rows of JSON that are looked at for their columns
NO_HALO_NUMBER = "its number is not one of Halo's (6 to 8 digits)"
SAMPLED_ROWS = 50  # of like columns, whose values tell columns of like names apart


def cells_by_field(row: Sequence[Any], mapping: Mapping[str, tuple[int, ...]]) -> dict[str, Any]:
    """The row's cells by the fields they hold: of several columns the first that is filled, or both for a summary."""
    cells: dict[str, Any] = {}
    width = len(row)
    for field, columns in mapping.items():
        if len(columns) == 1:  # nearly always
            value = row[columns[0]] if columns[0] < width else None
            cells[field] = None if value == "" else value
            continue
        filled = [row[column] for column in columns if column < len(row) and row[column] not in (None, "")]
        if field == "tags":  # a list in each of them, or one tag in each
            cells[field] = filled
        elif field == "summary" and len(filled) > 1 and all(isinstance(value, str) for value in filled):
            cells[field] = "\n".join(dict.fromkeys(filled))
        elif field == "status":
            cells[field] = next((value for value in filled if is_withdrawn(cell_text(value))), None)
        else:
            cells[field] = filled[0] if filled else None
    return cells


def flatten(row: dict[str, Any]) -> dict[str, Any]:
    """A row without objects inside it: `{"release": {"name": "v2.264"}}` has a column called "release name"."""
    if _OBJECTS.isdisjoint(map(type, row.values())):
        return row
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat.update({f"{name} {inner}": part for inner, part in value.items()})
        else:
            flat[name] = value
    return flat


def sample_shapes(rows: Sequence[Any]) -> dict[tuple[str, ...], list[list[Any]]]:
    """The first rows of JSON by the names of their columns: what they hold tells what the columns mean."""
    samples: dict[tuple[str, ...], list[list[Any]]] = {}
    for row in rows[:MAX_SAMPLED]:
        flat = flatten(row)
        sampled = samples.setdefault(tuple(flat), [])
        if len(sampled) < SAMPLED_ROWS:
            sampled.append(list(flat.values()))
    return samples


def split_whole_line(texts: dict[str, str], mapping: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a row whose title is a whole line of a post ("Title | v2.206 #794180 | 1:48"), taken apart, in a
    table without columns for what such a line says.
    """
    row = parse_row(texts.get("title", "")) if "number" not in mapping and "version" not in texts else None
    if row is None or not row.certain or not row.title:
        return texts
    parts = {"title": row.title, "number": row.number, "version": str(row.version or "")}
    return texts | parts | {"at": texts.get("at") or row.minute or ""}


def list_mentions(value: Any) -> list[Mention]:
    """The mentions that an export lists for a change."""
    return [
        Mention(item["episode"], parse_minute(cell_text(item.get("at"))))
        for item in parse_list(value)
        if isinstance(item, dict) and type(item.get("episode")) is int and 0 < item["episode"] < 1000
    ]


def split_title(value: Any, title: str) -> tuple[str, str]:
    """The title in a cell of several lines, and what describes it below: sentences, or a warning. Else all is title;
    one that is no longer the cell's own text (`title`) stays. Yes and no are no title.
    """
    if says_only_yes_or_no(title):
        return "", ""
    if type(value) is not str or not ("\n" in value or "<" in value) or title != cell_text(value):
        return title, ""
    lines = cell_lines(value)
    below = " ".join(lines[1:])
    if len(lines) < 2 or len(lines[0].split()) < MIN_TITLE_WORDS or _GOES_ON.search(lines[0][-12:]):
        return " ".join(lines), ""
    is_text = below.endswith((".", "!")) or find_caution([below]) is not None or " | " in lines[1]  # a table in it
    if not is_text or below[:1].islower() or lines[0].endswith((".", "!", ":")):
        return " ".join(lines), ""
    return lines[0], below


def find_notes(rows: Sequence[tuple[int, Sequence[Any]]], mapping: Mapping[str, tuple[int, ...]]) -> set[int]:
    """The numbers of the rows at a table's end that may be what its author says below it: nothing but a title is in
    them, where the table has columns for more, and the rows above have a number.
    """
    titles = mapping.get("title", ())
    if len(mapping) < 3 or "number" not in mapping or not titles:
        return set()
    notes: set[int] = set()
    for number, row in reversed(rows):
        filled = [column for column, cell in enumerate(row) if cell_text(cell)]
        if len(filled) != 1 or filled[0] not in titles:
            has_number = any(column in filled for column in mapping["number"])
            return notes if has_number else set()
        if not is_sum({"title": cell_text(row[filled[0]])}):
            notes.add(number)
    return set()


def is_sum(texts: Mapping[str, str]) -> bool:
    """Whether a row counts the others: "Total: 8", "Grand total"."""
    return "number" not in texts and _SUM.fullmatch(texts.get("title", "")[:60]) is not None


def name_change(texts: Mapping[str, str]) -> str:
    """The number and the title of a row, as far as it has them: "1221005: PDF export"."""
    return ": ".join(filter(None, (texts.get("number", ""), texts.get("title", ""))))


def read_caution(text: str, summary: str) -> str | None:
    """What the column for it says; where that is a mere yes, or nothing, what the summary advises."""
    says = is_yes(text) if text else False
    if says is None:
        return text
    return find_caution((summary,)) or (GENERAL_CAUTION if says else None)


def is_withdrawn(status: str) -> bool:
    """Whether a tracker's status says that a change does not come."""
    return bool(status) and re.sub(r"[^a-z]", "", status[:40].lower()) in _WITHDRAWN
