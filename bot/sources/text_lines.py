"""Bytes into text, and text into lines."""

import codecs
import re
import unicodedata
from collections.abc import Iterator

from bot.sources.models import Line

_BULLET = re.compile(r"^\s*(?:[•·▪◦‣●○■*∙]\s*|[-–—]\s+|\d{1,2}[.)]\s+(?=\D))")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\((?:https?:|/|#)[^\s()]{0,1000}\)")  # a link in Markdown
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]{2,20})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LONGEST_LINE = 20_000  # characters; no change is told in more, and no pattern has to look at more


def decode(data: bytes, charset: str | None = None) -> str:
    """Any bytes as text: by their mark, what they say of themselves, what the server said, UTF-8, and at last Windows' own code page."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
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
    """One line without what cannot be seen: no-break and other spaces become a blank, invisible and control characters go."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = ("" if unicodedata.category(c) in ("Cf", "Cs") else " " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    return " ".join("".join(kept).split())


def text_lines(text: str) -> list[Line]:
    """The lines that have something on them; a bullet is taken off and noted. Tabs stay visible as `|`, the cells of a table."""
    return list(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    for number, raw in enumerate(re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", text), 1):
        line = raw[:LONGEST_LINE]
        bullet = _BULLET.match(line)
        body = clean(re.sub(r"(?<=\S)[ ]*\t\s*(?=\S)", " | ", line[bullet.end() :] if bullet else line))
        if body.startswith("|") and body.endswith("|") and len(body) > 2:  # a row of a table in Markdown
            body = body.strip("| ")
        if "](" in body:
            body = _LINK.sub(r"\1", body)
        if hashes := re.match(r"#{1,6}\s+(?=\D)", body):  # a heading in Markdown
            yield Line(number, body[hashes.end() :].strip("* "), "heading")
        elif body:
            yield Line(number, body.replace("**", ""), "bullet" if bullet else "text")
        elif bullet and line.strip():
            yield Line(number, line.strip())  # a bullet alone, such as the dot between a date and a reading time
