"""Rows that are spread over several lines, put together again: `Title`, `v2.214`, `#701659`, `31:48`, each on its own
line. Pure.
"""

from collections.abc import Callable, Iterator

from bot.ingest.models import DocumentLine
from bot.ingest.readers.post.row import only_data, read_row


def joined(lines: list[DocumentLine], is_marker: Callable[[DocumentLine], bool]) -> Iterator[DocumentLine]:
    """The lines, with data that stands on lines of its own beside the title that it belongs to (before it, or
    after).
    """
    groups = list(_groups(list(_unwrapped(lines, is_marker))))
    first = next((at for at, (_, data) in enumerate(groups) if any(_number(part) for part in data)), None)
    data_first = first is not None and (groups[first][0] is None or is_marker(groups[first][0] or lines[0]))
    waiting: list[DocumentLine] = []
    for held, data in groups:
        if held is not None:
            yield from _with_data(held, waiting if data_first else data)
            waiting = []
        if data_first:
            waiting = data
        elif held is None:
            yield from _alone(data)
    yield from _alone(waiting)


def _unwrapped(lines: list[DocumentLine], is_marker: Callable[[DocumentLine], bool]) -> Iterator[DocumentLine]:
    """The lines, with a title that was broken in two put together: a row that begins in small letters, right below
    words without an end.
    """
    held: DocumentLine | None = None
    for line in lines:
        if (
            held
            and line.number == held.number + 1
            and line.kind == "text"
            and line.text[:1].islower()
            and _breaks_off(held, is_marker)
            and read_row(line.text)
        ):
            held = held._replace(text=f"{held.text} {line.text}")
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _breaks_off(line: DocumentLine, is_marker: Callable[[DocumentLine], bool]) -> bool:
    """Whether a line could go on in the next one."""
    return (
        line.text[-1].isalnum()
        and len(line.text.split()) >= 3
        and read_row(line.text) is None
        and only_data(line.text) is None
        and not is_marker(line)
    )


def _groups(lines: list[DocumentLine]) -> Iterator[tuple[DocumentLine | None, list[DocumentLine]]]:
    """Each line that says something, with the lines of bare data that follow it."""
    held: DocumentLine | None = None
    data: list[DocumentLine] = []
    for at, line in enumerate(lines):
        if _is_data(line, lines[at + 1] if at + 1 < len(lines) else None, bool(data)):
            data.append(line)
            continue
        if held or data:
            yield held, data
        held, data = line, []
    if held or data:
        yield held, data


def _is_data(line: DocumentLine, following: DocumentLine | None, after_data: bool) -> bool:
    """A version alone is a heading ("v2.212") unless a number or other data stands beside it."""
    data = only_data(line.text)
    if data is None or data.number or data.minute or after_data:
        return data is not None
    beside = only_data(following.text) if following else None
    return beside is not None and bool(beside.number)


def _with_data(held: DocumentLine, data: list[DocumentLine]) -> Iterator[DocumentLine]:
    if not data:
        yield held
        return
    together = f"{held.text} | {' | '.join(line.text.strip(' |') for line in data)}"
    own, whole = read_row(held.text), read_row(together)
    if (own is None and whole and whole.title) or (
        own and own.minute is None and not any(_number(line) for line in data)
    ):
        yield held._replace(text=together)
    else:
        yield held
        yield from _alone(data)


def _alone(data: list[DocumentLine]) -> Iterator[DocumentLine]:
    """Data that belongs to no title: worth a line of the report when it has a number, and nothing otherwise."""
    if any(_number(line) for line in data):
        yield DocumentLine(data[0].number, " | ".join(line.text.strip(" |") for line in data))


def _number(line: DocumentLine) -> str | None:
    data = only_data(line.text)
    return data.number if data else None
