"""One table as the file formats give it, before anyone knows what its columns mean."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.ingest.models import ReadProblem

MAX_COLUMNS = 200


class CellFault(NamedTuple):
    """What stands in the place of a cell's value when there is none: an error, or a formula that was not calculated."""

    reason: str


@dataclass(slots=True)
class Sheet:
    """One table. A row is a list below a header that is still to be found, or (JSON) a dict with its own columns."""

    name: str = ""
    rows: list[tuple[int, list[Any] | dict[str, Any]]] = field(default_factory=list)  # row number from 1, and cells
    struck: dict[int, set[int]] = field(default_factory=dict)  # row number -> columns whose cells are struck out
    problems: list[ReadProblem] = field(default_factory=list)
    unfinished: bool = False  # the last line has no end, so it may be cut off
    hidden: bool = False  # people who open the workbook do not see it
    delimiter: str = ""  # of the text that it was read from
    one_of_many: bool = False  # of a workbook with several sheets, so its name belongs to a row's place
