"""Words that are struck out: what they say was withdrawn.

read_strokes(mark_strokes("~~Quotes~~ Offers renew #1200001")) -> Strokes("Offers renew #1200001", "Quotes")
read_strokes(mark_strokes("~~Quotes renew~~ #1200001"))
-> Strokes("Quotes renew #1200001", "Quotes renew", withdrawn=True)
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.ingest.models import DocumentLine
from bot.ingest.readers.marks import read_mark
from bot.ingest.readers.post.row import parse_data_line, parse_row

# Around struck words in a line that is being read. They are no characters: where a document has them all the same,
# they are taken out of it.
BEGIN, END = "\ufdd0", "\ufdd1"
STRUCK_OUT = "it is struck out, so it counts as withdrawn; take the strokes away to import it"
ELEMENTS = ("s", "del", "strike")
# As Markdown has it, in backticks for itself; with one sign each, as Slack has it, where the words begin an item or
# stand behind its number, for one sign is also that of a folder and of an estimate.
_MARKDOWN = re.compile(
    r"(`[^`]{1,300}`)|(?<!\\)~~((?>(?:[^~]|~(?!~))+))~~"
    r"|((?:^|(?<=\|)|(?<=[:–—] )|(?<=\d{4} )|(?<=\d{4}[`)\]] ))[\s*_]{0,4})~(?=[^\s~\d])([^~]{1,300}+)(?<=\S)~(?![\w~])"
)
_HTML = re.compile(
    r"(`[^`]{1,300}`)|<(s|del|strike)(?:\s[^<>]{0,200})?>((?>(?:[^<]|<(?!/?(?:s|del|strike)\b))*))</\2\s*>",
    re.IGNORECASE,
)
_STRUCK = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")
SIGNS = BEGIN + END
_NO_SIGNS = str.maketrans("", "", SIGNS)
_ELEMENT = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_WORD = re.compile(r"[^\W\d_]{2,}")
MIN_WORDS = 3  # of what is said in place of a whole line that is struck out


class Strokes(NamedTuple):
    """What a line says, and which words of it are struck out."""

    text: str
    words: str = ""
    withdrawn: bool = False  # without these words no change is named, so they are in the text


def mark_strokes(text: str) -> str:
    """A text with BEGIN and END in place of Markdown's tildes and of HTML's elements."""
    text = without_signs(text)
    if "</" in text:
        text = _HTML.sub(lambda match: match[1] or f"{BEGIN}{match[3]}{END}", text)
    if "~" in text:
        text = _MARKDOWN.sub(lambda match: match[1] or f"{match[3] or ''}{BEGIN}{match[2] or match[4]}{END}", text)
    return text


def read_strokes(text: str) -> Strokes:
    """A line without the words that are struck out, unless these are the change that it names."""
    if BEGIN not in text:
        return Strokes(text)
    words = " ".join(filter(None, (match[1].strip(" |*") for match in _STRUCK.finditer(text))))
    full, left = (" ".join(without_signs(part).split()) for part in (text, _STRUCK.sub(" ", text)))
    if not words or not full:
        return Strokes(full)
    begins = text.lstrip(" |*").startswith(BEGIN)
    return Strokes(left, words) if _still_says(full, left, words, begins) else Strokes(full, words, withdrawn=True)


def strike_cells(number: int, cells: Iterable[str]) -> DocumentLine:
    """A table's row, in which a cell that is struck out is empty."""
    cells = tuple(cells)
    strokes = read_strokes(" | ".join(cells).replace("\n", " ").strip("| "))
    kept = tuple(" ".join(strike_cell(cell).split()) if BEGIN in cell else cell for cell in cells)
    return DocumentLine(number, strokes.text, cells=kept, struck=strokes.words, withdrawn=strokes.withdrawn)


def strike_cell(cell: str) -> str:
    """What a cell says without the words that are struck out; "" where the change that it names is among them."""
    left = without_signs(_STRUCK.sub(" ", cell)).strip()
    if not any(map(str.isalnum, _ELEMENT.sub("", left))):
        return ""
    full = without_signs(cell)
    names_change = parse_row(" ".join(full.split())) is not None
    return "" if _is_remark(left, full) or (names_change and read_strokes(cell).withdrawn) else left


def without_signs(text: str) -> str:
    """A text without BEGIN and END."""
    return text if text.isascii() else text.translate(_NO_SIGNS)


def _still_says(full: str, left: str, words: str, begins: bool) -> bool:
    """Whether what is left of a line names the change that the whole line names. `words`: those that are struck out;
    `begins`: the line begins with them.
    """
    data, gone = parse_data_line(left.lstrip("#* ")), parse_data_line(words)
    if data and gone:  # "v2.271" in place of "v2.270"
        return all(new or not old for new, old in zip(data, gone, strict=True))
    if row := parse_row(full):
        left_row = parse_row(left)
        title = read_mark(left_row.title).title if left_row else ""
        if _is_remark(title, row.title):
            return False
        return bool(title) and set(title.split()) <= set(row.title.split())  # no summary has taken its place
    if left.endswith((":", "=")) or data:
        return False
    said = len(_WORD.findall(left))
    return said >= MIN_WORDS or (said > 0 and not begins)


def _is_remark(left: str, full: str) -> bool:
    """Whether what is left is no more than what became of the words before it: “moved to v2.272”, “postponed”."""
    said = len(_WORD.findall(left))
    return left[:1].islower() and said < MIN_WORDS and said * 2 < len(_WORD.findall(full)) and not full.startswith(left)
