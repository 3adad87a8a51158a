"""Rows of changes that were given no number, where the rows around them show what a row is.

parse_unnumbered("Charts by mail | v2.256 | 2:00")            -> ParsedRow("", "Charts by mail", "", v2.256, "2:00")
parse_chapter("2:00 – Charts by mail (v2.256)")                -> the same
parse_nameless("Charts by mail (no number given, v2.256)")     -> ParsedRow("", "Charts by mail", "", v2.256)
parse_bold_title("Charts by mail | v2.256", "Charts by mail")  -> the same
"""

import re

from bot.catalog.models import VERSION_PATTERN, Version
from bot.ingest.readers.post.row import (
    EDGES,
    MINUTE,
    ParsedRow,
    has_number,
    is_cut_off,
    normalize_minute,
    parse_row,
    tokenize,
)

_CHAPTER = re.compile(
    rf"\W{{0,6}}{MINUTE}\s*[)\]|·•–—:-]\s*(?P<title>[^|]{{3,300}}?)\s*[(\[]v\s?(?P<version>{VERSION_PATTERN})[)\]]",
    re.IGNORECASE,
)
# "no number" where the others have theirs: at the beginning of a line, or behind a sign that separates.
_NO_NUMBER = re.compile(
    r"(^\W{0,3}|[(\[|]\s*|\s[–—-]\s+)"
    r"(?:no (?:change )?(?:number|id|ref|reference)(?: (?:given|yet|so far|known|assigned))?"
    r"|(?:number|id|ref|reference)\s*:?\s*(?:none|n/a|tbc|tbd|pending|to follow))"
    r"(?=\s*(?:$|[)\]|,;:]|[–—-]\s))",
    re.IGNORECASE,
)
_IN_EACH_NO_NUMBER = ("no", "n/a", "tbc", "tbd", "pending", "follow")  # none of these: no such line
_OPENING = re.compile(
    r"(?:intro(?:duction)?s?|welcome(?: back)?|opening|start|outro|good ?bye|bye|wrap[- ]?up"
    r"|closing(?: (?:remarks|words))?|(?:the )?end|credits|sponsors?|break"
    r"|(?:community )?news|agenda|q ?(?:&|and) ?a|questions(?: and answers)?)[!.]?",
    re.IGNORECASE,
)
ANY_NUMBER = "#1000000"
MAX_NAMELESS = 500  # characters of a row that has no number


def parse_unnumbered(text: str) -> ParsedRow | None:
    """A row as others are, of a change to which no number was given: `Charts by mail | v2.256 | 2:00`. Both a version
    and a minute have to stand behind its title, between bars.
    """
    if text.count("|") < 2 or is_cut_off(text):
        return None
    head, *cells = [cell.strip() for cell in text.split("|")]
    tokens = [tokenize(cell) for cell in cells[:2]]
    if [[token.kind for token in found] for found in tokens] not in (
        [["version"], ["minute"]],
        [["minute"], ["version"]],
    ):
        return None
    if any(found[0].text not in cell or len(cell) > 20 for found, cell in zip(tokens, cells, strict=False)):
        return None
    if len(head.split()) < 2 or has_number(head):
        return None
    version, minute = sorted((found[0] for found in tokens), key=lambda token: token.kind, reverse=True)
    row_version = Version.of(*version.text.split("."))
    return ParsedRow("", head, " | ".join(cells[2:]), row_version, normalize_minute(minute.text))


def parse_chapter(text: str) -> ParsedRow | None:
    """A row as chapters of a video are listed: `2:00 – Charts by mail (v2.256)`."""
    chapter = _CHAPTER.fullmatch(text) if text[-1:] in ")]" else None
    if chapter is None:
        return None
    title = chapter["title"].rstrip(EDGES + "([")
    if len(title.split()) < 2 or has_number(title):
        return None
    return ParsedRow("", title, "", Version.of(*chapter["version"].split(".")), normalize_minute(chapter["minute"]))


def is_opening(title: str) -> bool:
    """Whether the title of a video's chapter is that of its beginning, its end, or a pause."""
    return _OPENING.fullmatch(title[:60].strip()) is not None


def parse_nameless(text: str) -> ParsedRow | None:
    """A row that says that it has no number: `Charts by mail (no number given, v2.256)`, `No number – Charts`."""
    lower = text.lower()
    if not any(word in lower for word in _IN_EACH_NO_NUMBER):
        return None
    said = _NO_NUMBER.search(text[:MAX_NAMELESS]) if not has_number(text) else None
    if said is None:
        return None
    # Read as the rows around it are, with a number in that place: credits, marks and brackets are told by the number
    # that they stand at. No other number is on the line.
    row = parse_row(f"{text[: said.start()]}{said[1] or ''}{ANY_NUMBER}{text[said.end() :]}")
    return row._replace(number="", number_last=False) if row and row.title else None


def parse_bold_title(text: str, bold: str) -> ParsedRow | None:
    """A row of nothing but a bold title and a version: `**Charts by mail** | v2.256`, where the title is not cut."""
    if len(bold.split()) < 2 or not text.startswith(bold) or has_number(bold):
        return None
    tokens = tokenize(behind := text[len(bold) :])
    if [token.kind for token in tokens] != ["version"] or not behind.lstrip().startswith("|"):
        return None
    if any(map(str.isalpha, behind[: tokens[0].start])) or behind[tokens[0].end :].strip(" |"):
        return None
    return ParsedRow("", bold, "", Version.of(*tokens[0].text.split(".")))
