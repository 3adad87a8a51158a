"""The XML of a workbook's parts, element by element: shared texts, number formats, and the cells of a sheet."""

import re
from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import Any

from bot.ingest.models import ReadProblem
from bot.ingest.readers.budget import Budget
from bot.ingest.readers.table.sheet import MAX_COLUMNS, CellFault, Sheet

_DECIMALS = re.compile(r"[#,]*0\.(0{1,6})(?:;.*|_\)|_-)?")  # a number format such as 0.000, which shows 2.27 as 2.270
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DAYS_OF_TIME = 60  # a date below is a time of day or a length: nothing was released in January 1900
_LAST_ROW = 1_048_576
_MAX_TEXT = 40_000  # characters of one cell; Excel has 32,767


def local_name(name: str) -> str:
    """An element's or attribute's name without its prefix, which every writer chooses for itself."""
    return name.rpartition(":")[2]


class _Pieces:
    """A text that comes in pieces, without those that are struck out; one of nothing else has Markdown's strokes."""

    __slots__ = ("_kept", "_length", "_strikes", "_struck")

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._struck: list[str] = []
        self._length = 0  # in characters
        self._strikes = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """A run of the text begins (`r`), or it is said that it is struck out."""
        if element == "r":
            self._strikes = False
        elif element == "strike":
            self._strikes = _is_on(attributes)

    def add(self, text: str) -> None:
        """The next piece."""
        if self._length < _MAX_TEXT:
            (self._struck if self._strikes else self._kept).append(text)
            self._length += len(text)

    def join(self) -> str:
        """The whole text."""
        text = "".join(self._kept)
        if self._struck and not text.strip():
            text = f"~~{''.join(self._struck).strip()}~~"
        return text[:_MAX_TEXT]


class SharedStrings:
    """The texts that cells refer to by position, without what only says how they are pronounced."""

    def __init__(self, budget: Budget) -> None:
        self.texts: list[str] = []
        self._budget = budget
        self._pieces = _Pieces()
        self._captures = self._pronounces = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        element = local_name(name)
        if element == "si":
            self._pieces = _Pieces()
        elif element == "rPh":
            self._pronounces = True
        elif element == "t":
            self._captures = not self._pronounces
        else:
            self._pieces.start(element, attributes)

    def text(self, text: str) -> None:
        """Text of an element."""
        if self._captures:
            self._pieces.add(text)

    def end(self, name: str) -> None:
        """An element ends."""
        element = local_name(name)
        if element == "t":
            self._captures = False
        elif element == "rPh":
            self._pronounces = False
        elif element == "si":
            self._budget.spend("texts")
            self.texts.append(self._pieces.join())
            self._pieces = _Pieces()


class NumberFormats:
    """Which styles of cells show a number as a date, which with how many decimals, and which strike out."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._styles: list[int] = []
        self._fonts: list[bool] = []  # whether each strikes out
        self._fonts_of_styles: list[int] = []
        self._in_styles = self._in_fonts = False
        self._known: dict[int, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        element = local_name(name)
        if element == "numFmt":
            self._codes[_to_int(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif element == "cellXfs":
            self._in_styles = True
        elif element == "xf" and self._in_styles:
            self._styles.append(_to_int(attributes.get("numFmtId")))
            self._fonts_of_styles.append(_to_int(attributes.get("fontId")))
        elif element == "fonts":
            self._in_fonts = True
        elif element == "font" and self._in_fonts:
            self._fonts.append(False)
        elif element == "strike" and self._in_fonts and self._fonts:
            self._fonts[-1] = _is_on(attributes)

    def text(self, text: str) -> None:
        """Text of an element."""

    def end(self, name: str) -> None:
        """An element ends."""
        element = local_name(name)
        if element == "cellXfs":
            self._in_styles = False
        elif element == "fonts":
            self._in_fonts = False

    def struck_styles(self) -> set[str]:
        """The styles that strike their cells out, as cells name them."""
        fonts = {font for font, strikes in enumerate(self._fonts) if strikes}
        return {str(style) for style, font in enumerate(self._fonts_of_styles) if font in fonts}

    def code(self, style: int) -> str:
        """The format of a style: `0.000`, `mm:ss`, …"""
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        if style not in self._known:
            number = self._styles[style] if 0 <= style < len(self._styles) else 0
            self._known[style] = (self._codes.get(number) or BUILTIN_FORMATS.get(number) or "General")[:200]
        return self._known[style]


class CellReader:
    """Fills a sheet with the rows of its part."""

    def __init__(
        self, sheet: Sheet, strings: list[str], formats: NumberFormats, dates_from_1904: bool, budget: Budget
    ) -> None:
        self.sheet, self.budget = sheet, budget
        self.row_number = 0
        self._strings, self._formats, self._dates_from_1904 = strings, formats, dates_from_1904
        self._struck_styles = formats.struck_styles()
        self._row: dict[int, Any] = {}
        self._column = -1
        self._cell: dict[str, str] = {}
        self._pieces = _Pieces()
        self._captures = self._pronounces = self._has_formula = False
        self._merged: list[str] = []
        self._too_wide = 0  # the first row with cells beyond MAX_COLUMNS

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        element = local_name(name)
        if element == "c":
            self._cell, self._pieces, self._has_formula = attributes, _Pieces(), False
            self._column = _column_of(attributes.get("r", ""), self._column + 1)
        elif element in ("v", "t"):
            self._captures = not self._pronounces
        elif element == "rPh":
            self._pronounces = True
        elif element == "f":
            self._has_formula = True
        elif element == "row":
            self.row_number = max(_to_int(attributes.get("r")), self.row_number + 1)
            if self.row_number > _LAST_ROW:
                raise ValueError("more rows than a sheet can have")
            self._row, self._column = {}, -1
        elif element == "mergeCell":
            self.budget.spend("cells")
            self._merged.append(attributes.get("ref", ""))
        else:
            self._pieces.start(element, attributes)

    def text(self, text: str) -> None:
        """Text of an element."""
        if self._captures:
            self._pieces.add(text)

    def end(self, name: str) -> None:
        """An element ends."""
        element = local_name(name)
        if element in ("v", "t"):
            self._captures = False
        elif element == "rPh":
            self._pronounces = False
        elif element == "c":
            self._end_cell()
        elif element == "row" and self._row:
            width = max(self._row) + 1
            self.budget.spend("lines")
            self.budget.spend("cells", width)
            self.sheet.rows.append((self.row_number, [self._row.get(column) for column in range(width)]))
            self._row = {}

    def finish(self) -> None:
        """After the last row: merged cells have one value for all their rows."""
        for reference in self._merged:
            self._fill_merged(reference)
        if self._too_wide:
            reason = f"cells beyond column {MAX_COLUMNS} were not read"
            self.sheet.problems.append(ReadProblem(self._too_wide, "", reason))

    def _end_cell(self) -> None:
        value = self._value(self._pieces.join())
        if value in (None, ""):
            return
        if self._column >= MAX_COLUMNS:
            self.budget.spend("cells")
            self._too_wide = self._too_wide or self.row_number
        else:
            self._row[self._column] = value
            if self._struck_styles and self._cell.get("s") in self._struck_styles:
                self.sheet.struck.setdefault(self.row_number, set()).add(self._column)

    def _value(self, text: str) -> Any:
        """What a cell shows, by its type."""
        kind = self._cell.get("t", "n")
        if kind == "s":
            at = _to_int(text, -1)
            return _unescape(self._strings[at]) if 0 <= at < len(self._strings) else CellFault("a text that is missing")
        if kind == "e":
            return CellFault(f"the error {text[:20]}")
        if not text:
            return CellFault("a formula without a value") if self._has_formula else None
        if kind == "b":
            return text in ("1", "true")
        if kind in ("inlineStr", "str"):
            return _unescape(text)
        if kind == "d":
            return text
        return self._number(text)

    def _number(self, text: str) -> Any:
        """A number as it is shown: as a date, with the decimals of its format, or as it is."""
        try:
            value = float(text)
        except ValueError:
            return text
        code = self._formats.code(_to_int(self._cell.get("s")))
        if decimals := _DECIMALS.fullmatch(code):
            return f"{value:.{len(decimals[1])}f}"
        if code != "General" and (shown := self._date(value, code)) is not None:
            return shown
        return int(value) if value.is_integer() and abs(value) < 1e15 else float(f"{value:.12g}")

    def _date(self, value: float, code: str) -> str | None:
        """A number whose format is a date's, as text; `49:41`, typed as minutes and seconds, becomes that again."""
        from openpyxl.styles.numbers import is_date_format
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        if not is_date_format(code):
            return None
        if 0 <= value < _DAYS_OF_TIME:
            return time_text(timedelta(days=value))
        try:
            shown = from_excel(value, CALENDAR_MAC_1904 if self._dates_from_1904 else CALENDAR_WINDOWS_1900)
        except (ValueError, OverflowError):
            return None
        return shown.isoformat() if isinstance(shown, date) else None

    def _fill_merged(self, reference: str) -> None:
        """Write the first cell of a merged area into the same column of its other rows."""
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if not start or not end or start[2] == end[2]:
            return
        column = _column_of(first, 0)
        rows = self.sheet.rows
        begin = bisect_left(rows, int(start[2]), key=lambda row: row[0])
        stop = bisect_right(rows, int(end[2]), key=lambda row: row[0])
        if begin == stop or rows[begin][0] != int(start[2]):
            return
        self.budget.spend("cells", stop - begin)
        if column in self.sheet.struck.get(int(start[2]), ()):
            for number, _ in rows[begin:stop]:
                self.sheet.struck.setdefault(number, set()).add(column)
        lists = [row for _, row in rows[begin:stop] if isinstance(row, list)]
        value = lists[0][column] if column < len(lists[0]) else None
        for row in lists[1:] if value is not None else ():
            row.extend([None] * (column + 1 - len(row)))
            if row[column] is None:
                row[column] = value


def time_text(length: timedelta) -> str:
    """A time of day as a minute of an episode: a spreadsheet takes `49:41` for hours and minutes."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes}:{seconds:02}"
    return f"{hours}:{minutes:02}:{seconds:02}" if seconds else f"{hours}:{minutes:02}"


def _unescape(text: str) -> str:
    """A text with the control characters that Open XML writes as `_x000D_`."""
    if "_x" not in text:
        return text
    from openpyxl.utils.escape import unescape

    return str(unescape(text))


def _is_on(attributes: dict[str, str]) -> bool:
    """Whether an element that says yes by being there does not say no."""
    value = next((value for key, value in attributes.items() if local_name(key) == "val"), "1")
    return value not in ("0", "false", "off")


def _column_of(reference: str, otherwise: int) -> int:
    """The column of a cell, from 0: `C7` is in column 2."""
    column = 0
    for letter in reference[:3]:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    return column - 1 if column else otherwise


def _to_int(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise
