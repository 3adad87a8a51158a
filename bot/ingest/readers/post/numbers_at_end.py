"""Lists whose lines end in a number behind a comma, as rows with a sign before it.

Quotes can be signed, 1210001      ->  Quotes can be signed (#1210001)
Views have folders, 1210002            Views have folders (#1210002)

One such line alone says little, for a sentence may end in any number: several have to stand below each other.
"""

import re

from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.row import parse_row
from bot.ingest.readers.post.unread_numbers import says_other

_AT_END = re.compile(r", ?([1-9]\d{5,7})(?: ?\[\w{1,3}\]){0,3}$")  # maybe before the marks of footnotes
_DIGITS = re.compile(r"\d{5}")
MIN_LINES = 2  # right below each other
MIN_WORDS, MAX_LENGTH = 2, 200  # of a title


def sign_numbers_at_end(lines: list[DocumentLine]) -> list[DocumentLine]:
    """The lines, with a sign before the numbers at the ends of those that are such a list."""
    signed = list(lines)
    run: list[tuple[int, str]] = []  # the index of each line of the list that goes on, and what it is with a sign
    seen: set[str] = set()
    for at, line in enumerate([*lines, DocumentLine(0, "")]):
        found = _with_sign(line)
        if found and found[0] not in seen and (not run or lines[run[-1][0]].kind == line.kind):
            run.append((at, found[1]))
            seen.add(found[0])
            continue
        if len(run) >= MIN_LINES:
            for index, text in run:
                signed[index] = lines[index]._replace(text=text)
        run, seen = ([(at, found[1])], {found[0]}) if found else ([], set())
    return signed


def _with_sign(line: DocumentLine) -> tuple[str, str] | None:
    """The number at a line's end, and the line with a sign before it; None where it is no title with a number."""
    match = _AT_END.search(line.text, max(0, len(line.text) - 30)) if len(line.text) <= MAX_LENGTH else None
    if match is None or line.cells or line.kind == "heading":
        return None
    title = line.text[: match.start()]
    if len(title.split()) < MIN_WORDS or _DIGITS.search(title) or says_other(title) or parse_row(line.text):
        return None
    return match[1], f"{title} (#{match[1]})"
