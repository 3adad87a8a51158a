"""Chapters and transcripts as files of captions have them (WebVTT, SubRip), as the lines of show notes.

2
00:02:30.000 --> 00:06:08.000    ->    2:30 #1143301 Quotes can be compared
#1143301 Quotes can be compared
"""

import html
import re
from collections.abc import Iterator

# The times, and where and how a cue is shown ("align:start"), but no words: "12:30 --> 13:30 is the new default".
_TIMES = re.compile(
    r"\s*((?:\d{1,3}:)?\d{1,2}:[0-5]\d)(?:[.,]\d{1,3})?\s*-->\s*(?:\d{1,3}:)?\d{1,2}:[0-5]\d(?:[.,]\d{1,3})?"
    r"(?:\s+[A-Za-z]\w{0,20}:\S{1,100}){0,10}\s{0,20}"
)
_HEADER = re.compile(r"WEBVTT\b[ \t:–—-]*")
_TAG = re.compile(r"</?[a-z][^<>]{0,100}>|<\d[\d:.]{3,15}>", re.IGNORECASE)  # who speaks, colours, times of words
MIN_CUES = 2
MAX_TEXTS = 20  # lines of one cue


def looks_like_cues(text: str) -> bool:
    """Whether a text has the times of captions on lines of their own."""
    return sum(_TIMES.fullmatch(line) is not None for line in _lines(text)) >= MIN_CUES


def _lines(text: str) -> Iterator[str]:
    return (line for line in text[:20_000].splitlines() if "-->" in line)


def join_cues(raws: list[str]) -> list[str]:
    """The lines, each cue as one behind its minute; what becomes empty keeps its place."""
    joined = list(raws)
    for at, raw in enumerate(raws):
        times = _TIMES.fullmatch(raw) if "-->" in raw else None
        if times is None:
            continue
        joined[at] = ""
        is_named = at > 0 and raws[at - 1].strip() and (at == 1 or not raws[at - 2].strip())
        if is_named and not _HEADER.match(raws[at - 1].lstrip("\ufeff")):  # the cue's own number or name
            joined[at - 1] = ""
        end = at + 1
        while end < len(raws) and raws[end].strip() and "-->" not in raws[end] and end - at <= MAX_TEXTS:
            end += 1
        text = html.unescape(" ".join(_TAG.sub("", line).strip() for line in raws[at + 1 : end]))
        joined[at + 1 : end] = [""] * (end - at - 1)
        if text and end > at + 1:
            joined[at + 1] = f"{times[1]} {text}"
    if joined and (header := _HEADER.match(joined[0].lstrip("\ufeff"))):
        joined[0] = joined[0].lstrip("\ufeff")[header.end() :]
    return _without_notes(joined)


def _without_notes(lines: list[str]) -> list[str]:
    """The lines without the editors' notes and styles, each up to an empty line."""
    kept: list[str] = []
    in_note = False
    for line in lines:
        begins = line[:6].split(" ", 1)[0] in ("NOTE", "STYLE", "REGION")
        in_note = bool(line.strip()) and (begins or in_note)
        kept.append("" if in_note else line)
    return kept
