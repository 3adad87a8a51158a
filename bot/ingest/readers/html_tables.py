"""The rows of a table in a web page, a tuple of cells each, where it is a table of data and not a page's layout.

<tr><th>ID<th>Title<th>Version                 -> ("ID", "Title", "Version")
<tr><td>794180<td>Budgets<td rowspan=2>v2.206  -> ("794180", "Budgets", "v2.206")
<tr><td>794181<td>Quotes                       -> ("794181", "Quotes", "v2.206"): a cell may span several rows
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_SPAN = 500  # rows or columns that one cell may stand for
MAX_CELLS = 200  # of one row
MAX_CELL_LENGTH = 600  # characters of a cell in a table without a header; a longer one is a part of a page
MIN_NAMED, MAX_NAME = 3, 40  # columns of a header that tells data from a layout, and characters of a name
_SECTIONS = ("thead", "tbody", "tfoot")
_CONTENT = ("table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section")


def find_rows(table: "LexborNode", text_of: Callable[["LexborNode"], str]) -> list[tuple[str, ...]] | None:
    """The rows of a table; None where it only lays a page out. `text_of` gives a cell's text.

    A row that is one cell over the whole width ("v2.206") is a tuple of one.
    """
    rows = _row_nodes(table)
    cells = [_cell_nodes(row) for row in rows]
    if len(rows) < 2 or sum(len(row) > 1 for row in cells) * 2 < len(rows):
        return None
    has_header = any(cell.tag == "th" for cell in cells[0] or cells[1])
    if not _names_all_columns(cells) and any(_is_layout(cell, has_header) for row in cells for cell in row):
        return None
    texts = [[(cell, text_of(cell)) for cell in row] for row in cells]
    if not has_header and any(len(text) > MAX_CELL_LENGTH for row in texts for _, text in row):
        return None
    return _spread(texts)


def _row_nodes(table: "LexborNode") -> list["LexborNode"]:
    rows: list[LexborNode] = []
    for child in table.iter():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in _SECTIONS:
            rows.extend(row for row in child.iter() if row.tag == "tr")
    return rows


def _cell_nodes(row: "LexborNode") -> list["LexborNode"]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")][:MAX_CELLS]


def _names_all_columns(cells: list[list["LexborNode"]]) -> bool:
    """Whether the first row is a header of several columns, each with a short name or none: a table of data, even where
    a small table stands in some of its cells.
    """
    first = cells[0]
    names = [cell.text(deep=True)[: 2 * MAX_NAME].strip() for cell in first if cell.tag == "th"]
    if len(first) < MIN_NAMED or len(names) != len(first) or max(map(len, names)) > MAX_NAME:
        return False
    has_tables = sum(any(cell.css_first("table") is not None for cell in row) for row in cells[1:])
    return not any(cell.css_first("table") for cell in first) and 2 * has_tables <= len(cells) - 1


def _is_layout(cell: "LexborNode", has_header: bool) -> bool:
    """Whether a cell holds a part of a page. Below a header it may hold a list."""
    unwanted = ("table",) if has_header else _CONTENT
    return any(cell.css_first(name) is not None for name in unwanted)


def _spread(rows: list[list[tuple["LexborNode", str]]]) -> list[tuple[str, ...]]:
    """The rows with each cell in every row that it spans, and an empty one for each further column."""
    width = max((sum(_span(cell, "colspan") for cell, _ in row) for row in rows), default=0)
    held: dict[int, tuple[int, str]] = {}  # column -> for how many more rows, and its text
    spread: list[tuple[str, ...]] = []
    for row in rows:
        if len(row) == 1 and width > 1 and _span(row[0][0], "colspan") >= width:
            spread.append((row[0][1],))
            continue
        spread.append(_spread_row(row, held))
    return spread


def _spread_row(row: list[tuple["LexborNode", str]], held: dict[int, tuple[int, str]]) -> tuple[str, ...]:
    texts: list[str] = []
    waiting = list(reversed(row))
    while (waiting or any(column >= len(texts) for column in held)) and len(texts) < MAX_CELLS:
        column = len(texts)
        if column in held:
            left, text = held.pop(column)
            texts.append(text)
            if left > 1:
                held[column] = (left - 1, text)
        elif waiting:
            cell, text = waiting.pop()
            texts += [text, *[""] * (_span(cell, "colspan") - 1)]
            if (rows := _span(cell, "rowspan")) > 1:
                held[column] = (rows - 1, text)
        else:
            texts.append("")
    return tuple(texts)


def _span(cell: "LexborNode", name: str) -> int:
    given = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(given), MAX_SPAN)) if given.isascii() and given.isdigit() and len(given) < 6 else 1
