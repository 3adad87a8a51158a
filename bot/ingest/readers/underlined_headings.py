"""Headings of plain text and Markdown that have a line of signs below them.

mark_underlined(["BUG FIXES", "---------", "794180 Budgets"]) -> ["## BUG FIXES", "", "794180 Budgets"]
"""

import re

_UNDERLINE = re.compile(r"\s{0,3}(={3,200}+|-{3,200}+|~{3,200}+|\^{3,200}+|\"{4,200}+|\+{4,200}+)\s*")
_SIGNS = tuple('=-~^"+')  # of reStructuredText, too
# What is no heading by its first sign: an item of a list, a quotation, a table, a heading that has hashes.
_BEGINS_OTHERWISE = re.compile(r"\s*(?:[-*+•>|#=~]|\d{1,2}[.)]\s)|\s{4}|\t")
MAX_WORDS, MAX_LENGTH = 12, 100  # of a heading; what is longer is a paragraph above a line that separates
MAX_DIFFERENCE = 4  # characters by which a line of dashes may be longer or shorter: others separate


def mark_underlined(raws: list[str]) -> list[str]:
    """The lines of a text, with hashes before what is underlined, and nothing in place of the signs below it."""
    marked = list(raws)
    for at in range(1, len(raws)):
        underline = _UNDERLINE.fullmatch(raws[at][:240]) if raws[at][:4].strip()[:1] in _SIGNS else None
        above = raws[at - 1]
        if underline is None or (at > 1 and raws[at - 2].strip()) or not _may_head(above):
            continue
        if underline[1][0] == "=" or abs(len(underline[1]) - len(above.strip())) <= MAX_DIFFERENCE:
            # One hash before digits is a change's number.
            hashes = "#" if underline[1][0] == "=" and not above.strip()[0].isdigit() else "##"
            marked[at - 1], marked[at] = f"{hashes} {above.strip()}", ""
    return marked


def _may_head(text: str) -> bool:
    return (
        bool(text.strip())
        and len(text) <= MAX_LENGTH
        and len(text.split()) <= MAX_WORDS
        and not _BEGINS_OTHERWISE.match(text)
        and "|" not in text
        and "   " not in text.strip()  # columns
        and not text.rstrip().endswith((".", ",", ";"))
    )
