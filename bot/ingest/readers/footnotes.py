"""Footnotes of Markdown: what they say goes below the item that they belong to, and their marks are no part of a text.

- Quotes can be signed[^1] (#1210002)         - Quotes can be signed (#1210002)
- Views (#1210003)                        ->    - Replaces 1219000
                                              - Views (#1210003)
[^1]: Replaces 1219000
"""

import re

_MARK = re.compile(r"[ \t]?\[\^([^\[\]\s^]{1,40})\](?!:)")
_NOTE = re.compile(r" {0,3}\[\^([^\[\]\s^]{1,40})\]:[ \t]{1,4}(\S.*)")
_ITEM = re.compile(r"([ \t]{0,20})[-*+•] ")


def place_footnotes(numbered: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The numbered lines without the marks of footnotes that the text has; a footnote of an item stands below that,
    with the number of its own line. Any other stays where it is.
    """
    notes = {match[1]: (number, match[2]) for number, raw in numbered if (match := _NOTE.match(raw))}
    if not notes:
        return numbered
    placed: list[tuple[int, str]] = []
    used: set[int] = set()
    for number, raw in numbered:
        marks = [label for label in _MARK.findall(raw) if label in notes] if "[^" in raw else []
        if not marks or _NOTE.match(raw):
            placed.append((number, raw))
            continue
        placed.append((number, _MARK.sub(lambda match: "" if match[1] in notes else match[0], raw)))
        if item := _ITEM.match(raw):
            placed += [(notes[label][0], f"{item[1]}    - {notes[label][1]}") for label in dict.fromkeys(marks)]
            used |= {notes[label][0] for label in marks}
    return [(number, raw) for number, raw in placed if number not in used or not _NOTE.match(raw)]
