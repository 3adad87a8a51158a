"""Lines between changes that belong to none of them: who wrote what follows in a chat, and a video's other chapters.

    Priya N.  09:12                                      1123638 is above, and this is not its summary
    • 1136258 – Snoozed tickets wake up by themselves
    Tom B.  09:15                                        nor is this the summary of 1136258

One such line may be anything; several alike are what they look like.
"""

import re
from collections.abc import Sequence

from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.row import MINUTE, ParsedRow

_NAME = r"[A-Z][\w'’.-]{0,30}(?: [A-Z][\w'’.-]{0,30}){0,3}"
_TIME = r"\d{1,2}:[0-5]\d(?:\s?[AaPp]\.?[Mm]\.?)?"
_SPEAKER = re.compile(rf"{_NAME}(?: APP)?\s*[|,–-]?\s*[(\[]?{_TIME}[)\]]?|[(\[]?{_TIME}[)\]]?\s*[|,–-]?\s*{_NAME}:?")
_CHAPTER = re.compile(rf"\W{{0,6}}{MINUTE}(?:\s*[)\]|·•–—:-]\s*[^\W\d]|\s+(?-i:[A-Z]))", re.IGNORECASE)
MIN_ALIKE = 2
MAX_LENGTH = 100  # characters of such a line


def find_boundaries(lines: Sequence[DocumentLine], rows: Sequence[ParsedRow | None]) -> set[int]:
    """The indices of these lines. Speakers are known where no row has a minute of its own, chapters where rows begin
    with theirs.
    """
    others = [
        at for at, (line, row) in enumerate(zip(lines, rows, strict=True)) if not row and len(line.text) <= MAX_LENGTH
    ]
    if not any(row and row.minute for row in rows):
        speakers = {at for at in others if ":" in lines[at].text and _SPEAKER.fullmatch(lines[at].text)}
        return speakers if len(speakers) >= MIN_ALIKE else set()
    chapters = sum(
        row is not None and _CHAPTER.match(line.text) is not None for line, row in zip(lines, rows, strict=True)
    )
    return {at for at in others if _CHAPTER.match(lines[at].text)} if chapters >= MIN_ALIKE else set()
