"""Rows that are spread over several lines, put together again.

    Approval reminders on a schedule
    v2.218                                ->  Approval reminders on a schedule | v2.218 | #1101201 | 4:40
    #1101201
    4:40

The data may stand above its title as well; which of the two a document does is seen from its first number.
"""

import re
from collections.abc import Iterator

from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.headings import find_version_heading, is_marker
from bot.ingest.readers.post.row import parse_data_line, parse_row
from bot.ingest.readers.post.unnumbered_rows import parse_nameless

_GOES_ON = ',&/)”’"'  # signs that a line may be broken behind
# Words and signs in the middle of a sentence, where a line without a bullet was broken: no remark begins so.
_ENDS_INSIDE = re.compile(
    r"(?:[,&/-]|\b(?:an?|the|of|to|in|on|at|by|for|with|from|per|and|or|as|is|are|be|than|that))$"
)
_BEGINS_INSIDE = re.compile(r"(?:and|or|which|that|to|of|than|per|into) ")
_CLOCK_AT_END = re.compile(r"\w \d{1,2}:[0-5]\d(?: ?[AaPp]\.?[Mm]\.?)?$")  # who wrote the message below: "Ann Lee 9:41"
FULL_WIDTH = 60  # characters of a line that is nearly as long as its page is wide
MAX_WIDTH = 100  # characters of a line that may be broken to fit a page


def join_split_rows(lines: list[DocumentLine]) -> Iterator[DocumentLine]:
    """The lines, with data that stands on lines of its own appended to the title that it belongs to."""
    groups = list(_group_data(list(_join_broken_titles(lines))))
    first = next((at for at, (_, data) in enumerate(groups) if _has_number(data)), None)
    title = groups[first][0] if first is not None else None
    data_first = first is not None and (title is None or is_marker(title))
    above: list[DocumentLine] = []
    for line, data in groups:
        own = data if not data_first or (data and above and not _has_number(data)) else []
        if line is not None:
            yield from _append_data(line, [*above, *own] if data_first else data)
            above = []
        if data_first:
            above = [] if own else data
        elif line is None:
            yield from _data_alone(data)
    yield from _data_alone(above)


def _join_broken_titles(lines: list[DocumentLine]) -> Iterator[DocumentLine]:
    """The lines, with titles that were broken in two put together: a row that begins in lower case, right below words
    without an end.
    """
    held: DocumentLine | None = None
    for line in lines:
        if held and (_continues(line, held) or _goes_on(line, held)):
            held = held._replace(text=f"{held.text} {line.text}", withdrawn=held.withdrawn or line.withdrawn)
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _continues(line: DocumentLine, above: DocumentLine) -> bool:
    """Whether a line is a row whose title began in the line above it."""
    return (
        line.number == above.number + 1
        and line.kind == "text"
        and line.text[:1].islower()
        and _breaks_off(above)
        and parse_row(line.text) is not None
    )


def _goes_on(line: DocumentLine, above: DocumentLine) -> bool:
    """Whether a line is the rest of a list's row that was broken to fit a page: both are short, the row has no end, and
    this begins in lower case, or has nothing but the row's number.
    """
    if line.number != above.number + 1 or line.kind != "text" or above.kind == "heading" or len(above.text) > MAX_WIDTH:
        return False
    if not line.text[:1].islower() or above.text[-1] in ".!?:;":
        return False
    is_rest = above.kind == "bullet" or len(above.text) >= FULL_WIDTH or _ENDS_INSIDE.search(above.text[-12:])
    if not (is_rest or _BEGINS_INSIDE.match(line.text)):
        return False
    row = parse_row(above.text)
    return row is not None and row.number_first and not row.summary and parse_row(line.text) is None


def _breaks_off(line: DocumentLine) -> bool:
    """Whether a line could go on in the next one."""
    return (
        (line.text[-1].isalnum() or line.text[-1] in _GOES_ON)
        and len(line.text.split()) >= 3
        and parse_row(line.text) is None
        and parse_data_line(line.text) is None
        and not is_marker(line)
        and not _CLOCK_AT_END.search(line.text, max(0, len(line.text) - 20))
    )


def _group_data(lines: list[DocumentLine]) -> Iterator[tuple[DocumentLine | None, list[DocumentLine]]]:
    """Each line with words (None: there is none above the first data), and the lines of bare data that follow it."""
    held: DocumentLine | None = None
    data: list[DocumentLine] = []
    headings = [at for at, line in enumerate(lines) if line.kind == "heading" and parse_data_line(line.text)]
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        if headings != [at] and _is_data(line, following, bool(data)):  # a single one heads the whole list
            data.append(line)
            continue
        if held or data:
            yield held, data
        held, data = line, []
    if held or data:
        yield held, data


def _is_data(line: DocumentLine, following: DocumentLine | None, after_data: bool) -> bool:
    """Whether a line is data. A version alone is a heading ("v2.212") unless a number or other data is next to it; one
    that is marked as a heading heads what follows, even right below the data of the row above.
    """
    data = parse_data_line(line.text)
    if data and line.kind == "heading" and not (data.number or data.minute) and find_version_heading(line.text):
        return following is not None and parse_data_line(following.text) is not None
    if data is None or data.number or data.minute or after_data:
        return data is not None
    return following is not None and _has_number([following])


def _append_data(line: DocumentLine, data: list[DocumentLine]) -> Iterator[DocumentLine]:
    """The line with its data where the two make a row; else the line, and the data by itself."""
    data = [part for part in data if not part.withdrawn or _has_number([part])]  # a version that is struck out is none
    if not data:
        yield line
        return
    joined = " | ".join((line.text, *(part.text.strip(" |") for part in data)))
    own, whole = parse_row(line.text) or parse_nameless(line.text), parse_row(joined)
    becomes_row = own is None and whole is not None and whole.title
    adds_minute = own is not None and own.minute is None and not _has_number(data)
    if becomes_row or adds_minute:
        yield line._replace(text=joined, withdrawn=line.withdrawn or any(part.withdrawn for part in data))
    else:
        yield line
        yield from _data_alone(data)


def _data_alone(data: list[DocumentLine]) -> Iterator[DocumentLine]:
    """Data without a title: one line, to be reported, when it has a number; else nothing."""
    if _has_number(data):
        text = " | ".join(line.text.strip(" |") for line in data)
        yield DocumentLine(data[0].number, text, withdrawn=any(line.withdrawn for line in data))


def _has_number(lines: list[DocumentLine]) -> bool:
    """Whether one of the lines of data has a change's number."""
    return any((data := parse_data_line(line.text)) is not None and data.number for line in lines)
