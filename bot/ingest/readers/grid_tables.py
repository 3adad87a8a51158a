"""Tables that are drawn with lines, as reStructuredText, Pandoc and databases' shells write them.

+---------+-------------------+
| ID      | Change            |
+=========+===================+        below a double line a row goes on until the next line
| 1210002 | Stock counts can  |        -> ["1210002", "Stock counts can be frozen"]
|         | be frozen         |
+---------+-------------------+
"""

import re
from collections.abc import Iterable

_LINE = re.compile(r"[ \t]{0,20}\+(?=[-=])[-=+:]{3,2000}\+[ \t]*")
MAX_ROW_LINES = 50


def rows_in_grids(numbered: Iterable[tuple[int, str]]) -> dict[int, list[str] | None]:
    """The cells of each row by the number of its first line; None for lines that are drawn, or belong to a row."""
    rows: dict[int, list[str] | None] = {}
    inside = has_double_line = False
    first = lines = 0  # where the row begins, and how many lines it has
    for number, raw in numbered:
        text = raw.strip()
        if text[:1] == "+" and _LINE.fullmatch(raw):
            if not inside:
                has_double_line = False
            inside, has_double_line, first = True, has_double_line or "=" in text, 0
            rows[number] = None
        elif not inside or len(text) < 3 or text[0] != "|" or text[-1] != "|":
            inside = False
        else:
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", text[1:-1])]
            above = rows.get(first)
            if above is None or not has_double_line or len(above) != len(cells) or lines >= MAX_ROW_LINES:
                rows[number], first, lines = cells, number, 1
                continue
            rows[first] = [f"{upper} {cell}".strip() for upper, cell in zip(above, cells, strict=True)]
            rows[number], lines = None, lines + 1
    return rows
