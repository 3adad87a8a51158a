"""Cells with words that are struck out. In files whose cells may be written in Markdown or HTML, these words are taken
out, and what is struck out as a whole is noted as a font of a workbook that strikes out is.

[1200001, "~~Offers~~ Quotes can be copied", "~~v2.270~~"] -> [1200001, "Quotes can be copied", "v2.270"], {2} is struck
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.ingest.models import DocumentLine
from bot.ingest.readers.struck_out import BEGIN, END, mark_strokes, read_strokes, strike_cell, without_signs
from bot.ingest.readers.table.sheet import Sheet
from bot.ingest.readers.table.values import cell_text

MAX_TOLD = 300  # characters of a row that is refused


def clear_strokes(sheets: Iterable[Sheet]) -> None:
    """Take the struck words out of the cells of sheets; a cell of nothing else keeps them, and is noted as struck."""
    for sheet in sheets:
        for number, row in sheet.rows:
            _clear_row(sheet, number, row)


def _clear_row(sheet: Sheet, number: int, row: list[Any] | dict[str, Any]) -> None:
    if isinstance(row, dict):
        column = 0
        for name, value in row.items():
            if not isinstance(value, dict):
                if _may_be_struck(value):
                    row[name] = _clear(value, sheet, number, column)
                column += 1
                continue
            for key, inner in value.items():
                if _may_be_struck(inner):
                    value[key] = _clear(inner, sheet, number, column)
                column += 1
    else:
        for column, value in enumerate(row):
            if _may_be_struck(value):
                row[column] = _clear(value, sheet, number, column)


def _may_be_struck(value: Any) -> bool:
    return type(value) is str and ("~" in value or "</" in value)


def _clear(value: str, sheet: Sheet, number: int, column: int) -> str:
    """The value without struck words, or with all of them where it is noted as struck."""
    marked = mark_strokes(value)
    if BEGIN not in marked:
        return value
    if left := strike_cell(marked):
        return left
    sheet.struck.setdefault(number, set()).add(column)
    return without_signs(marked)


def struck_row(struck: set[int], row: Sequence[Any], mapping: Mapping[str, tuple[int, ...]]) -> str:
    """The text of a row whose title or number is struck out; "" for any other, in which these columns become empty."""
    if struck.isdisjoint((*mapping.get("title", ()), *mapping.get("number", ()))):
        if isinstance(row, list):
            row[:] = [None if column in struck else cell for column, cell in enumerate(row)]
        return ""
    return " | ".join(filter(None, map(cell_text, row)))[:MAX_TOLD]


def rows_as_lines(rows: Iterable[tuple[int, Sequence[Any]]], struck: Mapping[int, set[int]]) -> Iterable[DocumentLine]:
    """A line for each row with something in it, for a table that does not say what its columns hold."""
    for number, row in rows:
        columns = struck.get(number, ())
        texts = ((column, cell_text(cell)) for column, cell in enumerate(row))
        said = (f"{BEGIN}{text}{END}" if column in columns else text for column, text in texts if text)
        strokes = read_strokes(" | ".join(said))
        if strokes.text:
            yield DocumentLine(number, strokes.text, struck=strokes.words, withdrawn=strokes.withdrawn)
