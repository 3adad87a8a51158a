"""Patterns that are only looked for in texts which have one of their words: hardly a question does."""

import re


class MarkedPattern:
    """A pattern with marks: every text that it matches has one of them in it, in lower case."""

    def __init__(self, pattern: str, marks: str) -> None:
        """`pattern`: in which case does not matter. `marks`: with blanks between them, `_` for a blank."""
        self.pattern = re.compile(pattern, re.IGNORECASE)
        self.marks = tuple(mark.replace("_", " ") for mark in marks.split())

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        return self.pattern.search(text) if self.may_match(text) else None

    def may_match(self, text: str) -> bool:
        """Whether a text has any of the marks."""
        return any(map(text.lower().__contains__, self.marks))
