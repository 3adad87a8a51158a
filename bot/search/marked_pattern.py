"""Patterns that are compiled when they are first used, as compiling all of them takes longer than an answer; and those
that are only looked for in texts which have one of their words: hardly a question does.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any


class LazyPattern:
    """A pattern that is compiled when it is first used. Its methods are those of `re.Pattern`."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source, self.flags = source, flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.source, self.flags)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match at the beginning of a text, or at a position in it."""
        return self.pattern.match(text, start)

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The match of a whole text, or of a part of it."""
        return self.pattern.fullmatch(text, start, len(text) if end is None else end)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self.pattern.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a text."""
        return self.pattern.finditer(text)

    def findall(self, text: str) -> list[Any]:
        """All matches in a text as text: of one group that, of several a tuple of them."""
        return self.pattern.findall(text)

    def split(self, text: str) -> list[str]:
        """The parts of a text between the matches."""
        return self.pattern.split(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """A text with the first `count` matches replaced, or all."""
        return self.pattern.sub(replacement, text, count)


class MarkedPattern(LazyPattern):
    """A pattern with marks: every text that it matches has one of them in it, in lower case."""

    def __init__(self, source: str, marks: str, flags: int = re.IGNORECASE) -> None:
        """`marks`: with blanks between them, `_` for a blank."""
        super().__init__(source, flags)
        self.marks = tuple(mark.replace("_", " ") for mark in marks.split())

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The match at the beginning of a text, or at a position in it."""
        return self.pattern.match(text, start) if self.may_match(text) else None

    def fullmatch(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The match of a whole text, or of a part of it."""
        return super().fullmatch(text, start, end) if self.may_match(text) else None

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self.pattern.search(text) if self.may_match(text) else None

    def may_match(self, text: str) -> bool:
        """Whether a text has any of the marks."""
        return any(map(text.lower().__contains__, self.marks))


class LeadingPattern(MarkedPattern):
    """A pattern that is looked for at the beginning of texts, and begins with one of its marks."""

    def may_match(self, text: str) -> bool:
        """Whether a text begins with one of the marks."""
        return text.lower().startswith(self.marks)
