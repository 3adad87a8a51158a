"""What reading one document may cost: bytes, cells, lines and seconds. Documents come from outside, and a small one can
be made to take minutes or gigabytes.

    budget = Budget("book.xlsx")
    budget.spend("cells", 1_000_001)
    -> SourceError("book.xlsx has more than 1,000,000 cells, the most that is read of one document. …")
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from bot.errors import SourceError

Resource = Literal["bytes", "unpacked bytes", "lines", "cells", "texts", "values", "sheets", "unreadable lines"]
DEFAULT_LIMITS: dict[Resource, int] = {
    "bytes": 20_000_000,
    "unpacked bytes": 150_000_000,
    "lines": 60_000,
    "cells": 1_000_000,
    "texts": 500_000,  # a workbook's shared strings
    "values": 500_000,  # of a JSON document: its commas and brackets
    "sheets": 200,
    "unreadable lines": 2_000,  # a document with more of them is of another format
}
MAX_SECONDS = 20.0
_ADVICE = "Split it, or save only the table of changes, and import that."


@dataclass(slots=True)
class Budget:
    """What is left for one document. Each method raises SourceError, which names what ran out."""

    source: str
    limits: dict[Resource, int] = field(default_factory=lambda: dict(DEFAULT_LIMITS))
    max_seconds: float = MAX_SECONDS
    clock: Callable[[], float] = time.thread_time  # of this document alone, however busy the machine is
    _spent: dict[Resource, int] = field(default_factory=dict)
    _started: float = -1.0

    def __post_init__(self) -> None:
        self._started = self.clock()

    def spend(self, resource: Resource, amount: int = 1) -> None:
        """Count what is read before it is kept."""
        spent = self._spent[resource] = self._spent.get(resource, 0) + amount
        limit = self.limits[resource]
        if spent > limit:
            raise SourceError(
                f"{self.source} has more than {limit:,} {resource}, the most that is read of one document. {_ADVICE}"
            )

    def check_time(self) -> None:
        """To be called now and then while reading."""
        if self.clock() - self._started > self.max_seconds:
            raise SourceError(
                f"{self.source} takes more than {self.max_seconds:.0f} seconds of work to read, the most that one "
                f"document may take. {_ADVICE}"
            )
