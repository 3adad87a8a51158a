"""Tables in a text whose columns are told by a line of dashes below the header.

ID        Title                     Highlight
--------  ------------------------  ---------        columns_of_rule(…) -> [(0, 10), (10, 36), (36, None)]
2020601   Chargeable travel by zone yes
"""

import re
from collections.abc import Iterator
from itertools import pairwise

_RULE = re.compile(r"\s*[-=_]{2,}(?:[ \t]+[-=_]{2,})+\s*")
MAX_COLUMNS = 20


def columns_of_rule(raw: str) -> list[tuple[int, int | None]]:
    """Where the columns are above and below a line of dashes (`------  ----`): from and to; empty for other lines."""
    if not _RULE.fullmatch(raw):
        return []
    starts = [match.start() for match in re.finditer(r"[-=_]+", raw)][:MAX_COLUMNS]
    return [*pairwise(starts), (starts[-1], None)]


def cut_columns(raw: str, columns: list[tuple[int, int | None]]) -> Iterator[str]:
    """The cells of a line that stand in these columns."""
    for start, end in columns:
        yield raw[start:end].strip()
