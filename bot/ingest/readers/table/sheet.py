"""One table as the file formats give it, before anyone knows what its columns mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from bot.ingest.models import DocumentBuilder, ReadProblem

MAX_COLUMNS = 200


class CellFault(NamedTuple):
    """What stands in the place of a cell's value when there is none: an error, or a formula that was not calculated."""

    reason: str


@dataclass(slots=True)
class Sheet:
    """One table. A row is a list below a header that is still to be found, or (JSON) a dict with its own columns."""

    name: str = ""
    rows: list[tuple[int, list[Any] | dict[str, Any]]] = field(default_factory=list)  # row number from 1, and cells
    lines: dict[int, int] = field(default_factory=dict)  # row number -> line of the document, where they differ
    struck: dict[int, set[int]] = field(default_factory=dict)  # row number -> columns whose cells are struck out
    problems: list[ReadProblem] = field(default_factory=list)
    unfinished: bool = False  # the last line has no end, so it may be cut off
    hidden: bool = False  # people who open the workbook do not see it
    delimiter: str = ""  # of the text that it was read from
    one_of_many: bool = False  # of a workbook with several sheets, so its name belongs to a row's place


def move_to_lines(builder: DocumentBuilder, sheets: Sequence[Sheet]) -> None:
    """Give each record and problem the line of its row; the numbers of rows are those of one sheet, or of none else."""
    lines = {number: line for sheet in sheets for number, line in sheet.lines.items()}
    if not lines:
        return
    builder.records = [replace(r, line_number=lines.get(r.line_number, r.line_number)) for r in builder.records]
    builder.problems = [p._replace(line_number=lines.get(p.line_number, p.line_number)) for p in builder.problems]
