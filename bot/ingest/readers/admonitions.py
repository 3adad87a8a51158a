"""Boxes that the makers of documentation have for warnings and notes: the line that opens one, and what it says.

read_box("> [!WARNING]")                 -> Box("Warning", is_heading=True)
read_box(":::caution")                   -> Box("Caution", is_heading=True)
read_box('!!! danger "Prices change"')   -> Box("Warning: Prices change")
read_box(".. note:: Only for admins.")   -> Box("Only for admins.")
read_box(":::")                          -> Box(""), the end of one
"""

import re
from typing import NamedTuple

from bot.ingest.readers.prose import is_caution_label

_WARNINGS = frozenset("warning caution danger attention error".split())
_KIND = rf"(?P<kind>{'|'.join(sorted(_WARNINGS))}|note|tip|info|hint|important|success|seealso|abstract|example)"
_OPENS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # `:::caution`, `::: tip Title`, `:::tip[Title]`, `:::{warning}`
        rf"\s*:{{3,6}}\s?\{{?{_KIND}\}}?\s?\[?(?P<title>[^\]]{{0,200}})\]?",
        rf"\s*(?:!!!|\?\?\?\+?)\s{_KIND}\s?(?:\"(?P<title>[^\"]{{0,200}})\")?",  # `!!! warning "Title"`, `??? note`
        rf"\s*\.\.\s{_KIND}::\s*(?P<title>.*)",  # `.. note:: Text`
    )
)
_ENDS = re.compile(r"\s*:{3,5}\s*")
_GITHUB = re.compile(r"\s*\[!([A-Za-z]{2,20})\][+-]?\s*(.*)", re.DOTALL)  # GitHub's and Obsidian's


# A quotation that is a warning, and a line in it that begins with a change's number.
_QUOTED_WARNING = re.compile(r"\s{0,20}>\s?\[!(?:warning|caution|danger|attention)\]\s*", re.IGNORECASE)
_QUOTED_ROW = re.compile(r"(\s{0,20}>\s{0,20}(?:[-*+•]\s{1,9})?)(?=(?:\*\*)?[#(\[`]{0,2}[1-9]\d{5,7}(?!\d))")


class Box(NamedTuple):
    """What the line that opens a box says; nothing where it only ends one, or says that a note follows."""

    text: str
    is_heading: bool = False  # it heads what is in the box


def read_box(line: str) -> Box | None:
    """The box that a line opens or ends; None for any other line."""
    if "[!" in line[:20] and (github := _GITHUB.match(line)):
        return Box(github[2].strip() or github[1].capitalize(), is_heading=True)
    if line.lstrip()[:3] not in (":::", "!!!", "???", ".. "):
        return None
    if _ENDS.fullmatch(line):
        return Box("")
    opens = next(filter(None, (pattern.fullmatch(line) for pattern in _OPENS)), None)
    if opens is None:
        return None
    kind, title = opens["kind"].lower(), (opens["title"] or "").strip()
    if kind not in _WARNINGS:
        return Box(title)
    if not title or is_caution_label(title):
        return Box(title or ("Caution" if kind == "caution" else "Warning"), is_heading=True)
    return Box(f"Warning: {title}")


def mark_quoted_warnings(lines: list[str]) -> list[str]:
    """The lines, with a sign before each change that stands in a quotation that warns, in place of the line that says
    so: it heads nothing below the quotation.
    """
    marked = list(lines)
    for at, line in enumerate(lines):
        if "[!" not in line[:40] or not _QUOTED_WARNING.fullmatch(line):
            continue
        end = at + 1
        while end < len(lines) and lines[end].lstrip()[:1] == ">" and not _QUOTED_WARNING.fullmatch(lines[end]):
            end += 1
        rows = [row for row in range(at + 1, end) if _QUOTED_ROW.match(lines[row])]
        for row in rows:
            marked[row] = _QUOTED_ROW.sub(r"\1⚠️ ", lines[row], count=1)
        marked[at] = "" if rows else line
    return marked
