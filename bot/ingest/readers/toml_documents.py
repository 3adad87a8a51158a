"""TOML: the records that the same JSON has.

[[release]]
version = "2.285"                          -> Record("1223001", "Leave balances", v2.285)
[[release.change]]
number = 1223001
title = "Leave balances"
"""

import re
import tomllib
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from bot.errors import SourceError
from bot.ingest.garbage_collection import paused_garbage_collection
from bot.ingest.models import ParsedDocument
from bot.ingest.readers.budget import Budget
from bot.ingest.readers.json_documents import read_articles
from bot.ingest.readers.table.json_records import sheets_from_json
from bot.ingest.readers.table.json_values import ListWithLines, ObjectAtLine
from bot.ingest.readers.table.reader import read_sheets
from bot.ingest.readers.table.struck_cells import clear_strokes
from bot.ingest.readers.text import decode

# Names in names, as in `a.b.c = 1`: tomllib takes time by the square of their number.
MAX_NAMES = 20
_NESTED_NAMES = re.compile(rf"(?:[\w\"'-]{{1,100}}+[ \t]{{0,9}}+\.[ \t]{{0,9}}+){{{MAX_NAMES}}}")
_LIST = re.compile(r"[ \t]{0,40}\[\[([^\[\]\n]{1,200})\]\][ \t]{0,40}(?:#.*)?")
_FIELD = re.compile(r"[ \t]{0,40}[\w\"'.-]{1,100}[ \t]{0,20}=[ \t]{0,20}\S")
LOOKED_AT = 50_000  # characters of a text that may be TOML
MAX_BYTES = 2_000_000  # the parser is slow
_MAX_DEPTH = 12


def looks_like_toml(text: str) -> bool:
    """Whether a text has a list's heading (`[[change]]`) alone on a line, and a field right below it."""
    lines = text[:LOOKED_AT].splitlines()
    return any(_LIST.fullmatch(line[:300]) and _FIELD.match(below[:300]) for line, below in pairwise(lines))


def read_toml_document(data: bytes, source: str) -> ParsedDocument:
    """The changes in a TOML document. Raises SourceError where it is none, or would take too long to read."""
    text = decode(data)
    if len(data) > MAX_BYTES or _NESTED_NAMES.search(text):
        raise SourceError(
            f"{source}: TOML of more than {MAX_BYTES // 1_000_000} MB, or with more than {MAX_NAMES} names in each "
            "other, is not read. Save it as JSON or CSV."
        )
    budget = Budget(source)
    with paused_garbage_collection():
        try:
            value = tomllib.loads(text.replace("\r\n", "\n"), parse_float=str)  # 2.270 stays 2.270
        except (ValueError, RecursionError) as error:
            raise SourceError(
                f"{source}: not valid TOML ({str(error)[:200]}). Correct it, or save it as CSV."
            ) from error
        value = _with_lines(value, _lines_of_lists(text), "", 0)
        document = read_articles(value, source)
        if document is not None:
            return document
        sheets = sheets_from_json(value, budget)
        clear_strokes(sheets)
        return read_sheets(sheets, source, budget)


def _lines_of_lists(text: str) -> dict[str, list[int]]:
    """The lines on which the items of each list begin, the last first."""
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if heading := _LIST.fullmatch(line[:400]):
            lines.setdefault("".join(heading[1].split()), []).append(number)
    return {name: found[::-1] for name, found in lines.items()}


def _with_lines(value: Any, lines: dict[str, list[int]], name: str, depth: int) -> Any:
    """A value whose records know their lines, with days and times as texts; `name` is that of the list or object."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if depth > _MAX_DEPTH:
        return value
    if isinstance(value, list):
        return ListWithLines(_item(item, lines, name, depth) for item in value)
    if isinstance(value, dict):
        return {
            key: _with_lines(item, lines, f"{name}.{key}" if name else key, depth + 1) for key, item in value.items()
        }
    return value


def _item(item: Any, lines: dict[str, list[int]], name: str, depth: int) -> tuple[int, Any]:
    found = lines.get(name)
    line = found.pop() if found and isinstance(item, dict) else 0
    inner = _with_lines(item, lines, name, depth + 1)
    return line, ObjectAtLine(line, inner) if isinstance(inner, dict) else inner
