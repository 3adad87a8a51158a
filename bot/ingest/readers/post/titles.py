"""A row's title and summary without what stands around them: signs, labels, numbering, and who made the change.

read_row_text(parse_row("2. ⭐ Rates per weekday | v2.220 #1121002 | 4:55 | Test first"), …)
-> RowText("Rates per weekday", "", highlighted=True, caution=True)
"""

import re
from typing import NamedTuple

from bot.ingest.models import DocumentLine
from bot.ingest.readers.marks import Marks, read_mark, split_marks_before, take_marks
from bot.ingest.readers.post.credits import may_name_people, without_credit
from bot.ingest.readers.post.row import ParsedRow
from bot.ingest.readers.prose import CAUTION_LABELS, find_caution, is_caution_label

# Nothing in it is a sign, a label's colon or bracket, or a list's number. Nearly all of a table's titles are plain.
_PLAIN_TITLE = re.compile(r"[A-Za-z][A-Za-z0-9 ,.;'\"/$%&+=?!<>]*[A-Za-z0-9.?!]")
_TITLE_LABEL = re.compile(r"(?:feature|title|change|name|update)\s*:\s+(?=\S)", re.IGNORECASE)
_SUMMARY_LABEL = re.compile(
    r"(?:summary|description|details?|what it does|what(?:'|’)s new)\s*:\s+(?=\S)", re.IGNORECASE
)
_POSITION = re.compile(r"(?:\(?\d{1,3}[.)]\s+(?=[^\W\d])|(?:\d\ufe0f?\u20e3|🔟)\s*)")  # in a numbered list
# "… from the phone (caution: cannot be undone)"
_CAUTION_BEHIND = re.compile(
    rf"\s*[(\[]((?:{CAUTION_LABELS}|careful|be careful|beware)\s*[:,–—-]\s*[^()\[\]]{{3,200}})[)\]]$",
    re.IGNORECASE,
)
# "… on quotes (opt-in; test first)"
_CAUTION_IN_LIST = re.compile(
    rf"(\s?[(\[][^()\[\];,]{{2,60}})[;,]\s?(?:{CAUTION_LABELS}|be careful|beware)([)\]])$", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!](?=\s+[A-Z⚠])\s+|\s[–—]\s")  # what may stand between a title and a sentence
MAX_CELLS = 8  # between bars in a title or a summary that may be marks
MAX_SPLIT_TITLE = 600  # characters: each sentence of it is looked at with all that stand behind it


class RowText(NamedTuple):
    """What a row says in words."""

    title: str
    summary: str = ""
    highlighted: bool = False
    caution: bool = False


def read_row_text(line: DocumentLine, row: ParsedRow) -> RowText:
    """The title and summary of a row, and what the signs and labels around them say."""
    before = read_mark(signs) if (signs := split_marks_before(line.text)[0]) else Marks("")
    behind = _CAUTION_BEHIND.search(row.title, max(0, len(row.title) - 250))
    title = clean_title(row.title[: behind.start()] if behind else row.title)
    said = f"{behind[1][:1].upper()}{behind[1][1:]}. {row.summary}" if behind else row.summary
    summary = _take_marked_cells(said) if said else Marks("")
    bold, described = _split_bold_title(line, title.title)
    cautions, is_labelled = "", False
    if not described:
        bold, cautions = _split_caution(bold)
        is_labelled = is_caution_label(cautions)
        bold, cautions = (bold.rstrip("."), "") if is_labelled else (bold, cautions)
        described = cautions
    if listed := _CAUTION_IN_LIST.search(bold, max(0, len(bold) - 150)):
        bold, is_labelled = f"{bold[: listed.start()]}{listed[1]}{listed[2]}", True
    return RowText(
        bold,
        clean_summary(f"{described} {summary.title}".strip() if cautions else summary.title or described),
        before.highlighted or title.highlighted or summary.highlighted,
        before.caution or title.caution or summary.caution or is_labelled,
    )


def clean_title(title: str) -> Marks:
    """A title without labels, signs of emphasis, its position in a list, and who made the change on GitHub."""
    if _PLAIN_TITLE.fullmatch(title) and not may_name_people(title):
        return Marks(title)
    text = _without(_POSITION, title.strip("*_~ "))
    marks = _take_marked_cells(text) if "|" in text else Marks(text)
    taken = take_marks(marks.title)
    text = _without(_TITLE_LABEL, _without(_POSITION, taken.title.strip("*_~ ")))
    return Marks(
        without_credit(text).rstrip() or title,
        marks.highlighted or taken.highlighted,
        marks.caution or taken.caution,
    )


def clean_summary(text: str) -> str:
    """A summary without the label in front of it."""
    return _without(_SUMMARY_LABEL, text)


def _without(pattern: re.Pattern[str], text: str) -> str:
    """A text without what it begins with, if that is what the pattern finds."""
    match = pattern.match(text)
    return text[match.end() :] if match else text


def _take_marked_cells(text: str) -> Marks:
    """A text between bars without the cells at its edges that are nothing but marks."""
    cells = text.split("|")
    highlighted = caution = False
    for at in (0, -1):
        for _ in range(MAX_CELLS):
            if not cells or (mark := read_mark(cells[at])).title:
                break
            highlighted, caution = highlighted or mark.highlighted, caution or mark.caution
            cells.pop(at)
    return Marks("|".join(cells).strip(" |"), highlighted, caution)


def _split_caution(title: str) -> tuple[str, str]:
    """A title, and the sentence behind it that advises caution; a title of more than MAX_SPLIT_TITLE stays whole."""
    if len(title) > MAX_SPLIT_TITLE:
        return title, ""
    for end in _SENTENCE.finditer(title, 12):
        behind = title[end.end() :]
        advises = find_caution([behind]) or is_caution_label(behind)
        if advises and not find_caution([title[: end.start() + 1]]):
            return title[: end.start() + 1].rstrip(" –—-"), behind
    return title, ""


def _split_bold_title(line: DocumentLine, title: str) -> tuple[str, str]:
    """A title and what describes it, where the title is bold and a sentence follows it."""
    bold = line.bold.strip(" .:–—-")
    if len(bold.split()) < 2 or not title.startswith(bold) or title == bold:
        return title, ""
    rest = title[len(bold) :].lstrip()
    if rest[:1] not in ".:–—-" or (rest.strip(" .:–—-")[:1].islower()):
        return title, ""
    return bold, rest.lstrip(" .:–—-")
