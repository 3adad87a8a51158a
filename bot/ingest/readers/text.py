"""Bytes into text, and text into lines."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from bot.ingest.models import DocumentLine

_BULLET = re.compile(r"^\s*(?:[•·▪◦‣●○■∙]\s*|[-–—*+]\s+|\d{1,2}[.)]\s+(?=\D))")
_BOLD = re.compile(r"(?:\*\*|__|[*_])([^*_]+?)(?:\*\*|__|[*_])")
_CELLS = re.compile(r"(?<=\S)[ ]*\t\s*(?=\S)|(?<=[^\s|]) {3,}(?=[^\s|])")  # tabs, or the blanks that align columns
_QUOTE = re.compile(r"^\s*(?:>\s?)+(?!\d)")  # an answered mail, or a quotation in Markdown
_ESCAPED = re.compile(r"\\([\[\]()*_#|.!>+~`-])")  # a sign that Markdown is told to leave alone
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((?:https?:|/|#)[^\s()]{0,1000}\)")  # a link in Markdown
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]{2,20})",
    re.IGNORECASE,
)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LONGEST_LINE = 20_000  # characters; no change is told in more, and no pattern has to look at more


def decode(data: bytes, charset: str | None = None) -> str:
    """Any bytes as text: by their mark, what they say of themselves, what the server said, UTF-8, and at last Windows'
    own code page.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    for start, encoding in (
        (1, "utf-16-le"),
        (0, "utf-16-be"),
    ):  # without its mark: every second byte of plain text is 0
        half = data[start:400:2]
        if len(half) > 8 and half.count(0) > 0.7 * len(half):
            return data.decode(encoding, errors="replace")
    said = _CHARSET.search(data[:2_000])
    declared = (said[1] or said[2]).decode("ascii", "replace") if said else None
    for name in ("utf-8", charset, declared):
        try:
            return data.decode(name) if name else data.decode("utf-8")
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("cp1252", errors="replace")


def clean(text: str) -> str:
    """One line without what cannot be seen: no-break and other spaces become a blank, invisible and control characters
    go.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (
        "" if unicodedata.category(c) in ("Cf", "Cs") else " " if unicodedata.category(c)[0] in "CZ" else c
        for c in text
    )
    return " ".join("".join(kept).split())


def text_lines(text: str) -> list[DocumentLine]:
    """The lines that have something on them; a bullet is taken off and noted. Tabs stay visible as `|`, the cells of a
    table.
    """
    return list(_lines(text))


def _lines(text: str) -> Iterator[DocumentLine]:
    for number, raw in enumerate(re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text), 1):
        line = _QUOTE.sub("", raw[:LONGEST_LINE])
        bullet = _BULLET.match(line)
        depth = len(line) - len(line.lstrip()) if bullet else 0
        body = clean(_CELLS.sub(" | ", line[bullet.end() :] if bullet else line))
        if body.startswith("|") and body.endswith("|") and len(body) > 2:  # a row of a table in Markdown
            body = body.strip("| ")
        if "\\" in body:
            body = _ESCAPED.sub(r"\1", body)
        if "](" in body:
            body = _LINK.sub(r"\1", body)
        if hashes := re.match(r"#{1,6}\s+(?=\D)", body):  # a heading in Markdown
            yield DocumentLine(number, body[hashes.end() :].strip("* "), "heading")
        elif bold := _BOLD.fullmatch(body):  # a line that is bold as a whole heads what follows
            yield DocumentLine(
                number,
                bold[1],
                "heading" if len(bold[1].split()) <= 8 and not bullet else "bullet" if bullet else "text",
                depth,
            )
        elif body:
            yield DocumentLine(number, body.replace("**", ""), "bullet" if bullet else "text", depth)
        elif bullet and line.strip():
            yield DocumentLine(
                number, line.strip()
            )  # a bullet alone, such as the dot between a date and a reading time
