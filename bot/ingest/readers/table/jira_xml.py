"""Jira's export of issues as XML, which looks like a feed but has its fields in elements of their own.

<item><key id="48213">HPSA-1120417</key><summary>Rates have a date</summary><fixVersion>v2.270</fixVersion></item>
-> {"key": "HPSA-1120417", "summary": "Rates have a date", "fixVersion": "v2.270"}
"""

import re
from typing import Any
from xml.parsers import expat

from bot.errors import SourceError
from bot.ingest.models import ParsedDocument
from bot.ingest.readers.budget import Budget
from bot.ingest.readers.table.reader import read_sheets
from bot.ingest.readers.table.sheet import MAX_COLUMNS, Sheet
from bot.ingest.readers.table.struck_cells import clear_strokes

_SIGN = re.compile(rb"<key id=\"\d{1,20}\">[^<]{3,40}</key>\s{0,20}<summary>")
_MAX_VALUE = 20_000  # characters of a field


def looks_like_jira_xml(data: bytes) -> bool:
    """Whether a document is such an export."""
    start = data[:50_000]
    return b"<rss" in start[:2_000] and b"<item>" in start and _SIGN.search(start) is not None


def read_jira_xml(data: bytes, source: str) -> ParsedDocument:
    """The changes among its issues. Raises SourceError when it is broken, or too much."""
    budget = Budget(source)
    budget.spend("bytes", len(data))
    issues = _Issues(budget)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = issues.start, issues.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = issues.text, issues.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SourceError(f"{source}: broken XML ({error}).") from error
    clear_strokes([issues.sheet])
    return read_sheets([issues.sheet], source, budget)


class _Issues:
    """Collects the fields of each issue."""

    def __init__(self, budget: Budget) -> None:
        self.budget, self.sheet = budget, Sheet()
        self._issue: dict[str, Any] | None = None
        self._depth = 0  # of the element inside its issue
        self._name = self._value = ""  # of the field that is read; a field of people's own has its name in an element
        self._own_name = ""

    def start(self, name: str, _: dict[str, str]) -> None:
        """An element begins."""
        if self._issue is None:
            self._issue, self._depth = ({}, 0) if name == "item" else (None, 0)
            return
        self._depth += 1
        if self._depth == 1 or name in ("customfieldname", "customfieldvalue"):
            self._name, self._value = name, ""

    def end(self, name: str) -> None:
        """An element ends."""
        if self._issue is None:
            return
        if name == "item" and not self._depth:
            self.budget.spend("lines")
            self.sheet.rows.append((len(self.sheet.rows) + 1, self._issue))
            self._issue = None
            return
        self._depth -= 1
        if name == self._name == "customfieldname":
            self._own_name = self._value.strip()
        elif name == self._name and self._value.strip():
            self._add(self._own_name if name == "customfieldvalue" else name, self._value.strip())

    def text(self, text: str) -> None:
        """Text of an element."""
        if self._issue is not None and len(self._value) < _MAX_VALUE:
            self._value += text

    def refuse(self, *_: Any) -> None:
        """No export has a document type; one that has wants to expand entities."""
        raise SourceError(f"{self.budget.source}: XML with a document type is not read.")

    def _add(self, name: str, value: str) -> None:
        issue = self._issue if self._issue is not None else {}
        if name == "title" or not name or (name not in issue and len(issue) >= MAX_COLUMNS):
            return  # the title is the key and the summary
        issue[name] = f"{issue[name]}, {value}" if name in issue and len(issue[name]) < _MAX_VALUE else value
