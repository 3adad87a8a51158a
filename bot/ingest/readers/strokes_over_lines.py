"""Strokes that begin on one line of a text and end on another, so that each line has strokes of its own.

<del>                                 - ~~Quotes can be copied            - <s>Quotes renew (#1200001)
- Quotes can be copied (#1200001)       by all (#1200001)~~               - Boards have owners (#1200002)</s>
</del>                                one line                            each item has its own
the lines between are withdrawn
"""

import re

from bot.ingest.readers.struck_out import ELEMENTS

_NAMES = "|".join(ELEMENTS)
_ALONE = re.compile(rf"\s*<(/?)({_NAMES})(?:\s[^<>]{{0,200}})?>\s*", re.IGNORECASE)
_ELEMENT = re.compile(rf"<(/?)({_NAMES})(?:\s[^<>]{{0,200}})?>", re.IGNORECASE)
_TILDES = re.compile(r"(?<![\\~])~~(?!~)")
_CODE = re.compile(r"`[^`]{1,300}`")
_ITEM = re.compile(r"\s*(?:[-*+•–]|\d{1,2}[.)])\s+")
_NO_TEXT = re.compile(r"\s*(?:$|[|#>]|[`~]{3})")  # what no stroke goes on in: a blank line, a row, a heading, a fence
MAX_LINES = 20  # that one stroke goes over, unless its signs stand alone on lines

Numbered = list[tuple[int, str]]


def find_withdrawn(numbered: Numbered) -> tuple[set[int], set[int]]:
    """The numbers of the lines between `<del>` and `</del>`, each alone on a line, and those of these two."""
    between: set[int] = set()
    alone: set[int] = set()
    begun: dict[str, int] = {}
    for number, raw in numbered:
        match = _ALONE.fullmatch(raw) if "<" in raw[:60] else None
        if match is None:
            continue
        name = match[2].lower()
        if not match[1]:
            begun.setdefault(name, number)
        elif (first := begun.pop(name, 0)) > 0:
            between.update(range(first + 1, number))
            alone |= {first, number}
    return between - alone, alone


def close_strokes(numbered: Numbered, max_length: int) -> Numbered:
    """The lines, with those as one over which a stroke goes on; each item of a list keeps a line, and gets strokes."""
    closed: Numbered = []
    at = 0
    while at < len(numbered):
        number, raw = numbered[at]
        sign = _open_sign(raw) if "~~" in raw or "<" in raw else ""
        end = _find_end(numbered, at, sign) if sign else at
        rest = numbered[at + 1 : end + 1]
        if any(_ITEM.match(part) for _, part in rest):
            closed.append((number, f"{raw.rstrip()}</{sign}>"))
            closed += [(below, _begin_again(part, sign)) for below, part in rest]
        elif rest:
            closed.append((number, " ".join([raw.rstrip(), *(part.strip() for _, part in rest)])[:max_length]))
        else:
            closed.append((number, raw))
        at = end + 1
    return closed


def _open_sign(raw: str) -> str:
    """The stroke that a line begins and does not end: tildes, or the name of an element; "" where there is none."""
    text = _CODE.sub("", raw)
    if len(_TILDES.findall(text)) % 2:
        return "~~"
    begun = ""
    for slash, name in _ELEMENT.findall(text):
        begun = "" if slash else name.lower()
    return begun


def _find_end(numbered: Numbered, at: int, sign: str) -> int:
    """The line below on which a stroke ends; `at` where none does."""
    for below in range(at + 1, min(at + 1 + MAX_LINES, len(numbered))):
        raw = numbered[below][1]
        if _NO_TEXT.match(raw) or (sign == "~~" and _ITEM.match(raw)):
            return at
        text = _CODE.sub("", raw) if sign in raw.lower() else ""
        if sign == "~~" and len(_TILDES.findall(text)) % 2:
            return below
        found = _ELEMENT.search(text) if sign != "~~" else None
        if found:
            return below if found[1] and found[2].lower() == sign else at
    return at


def _begin_again(raw: str, sign: str) -> str:
    item = _ITEM.match(raw)
    start = item.end() if item else len(raw) - len(raw.lstrip())
    end = "" if f"</{sign}" in raw.lower() else f"</{sign}>"
    return f"{raw[:start]}<{sign}>{raw[start:].rstrip()}{end}"
