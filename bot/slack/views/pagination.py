"""Long lists in pages: whole lines under their headings, as many as a page takes, and where the page before and the
next begin. Pure.
"""

from collections.abc import Sequence
from typing import NamedTuple

from slack_sdk.models.blocks import Block

from bot.slack.views.blocks import bold, section
from bot.slack.views.limits import MAX_SECTION, pack_lines

MAX_HEADINGS = 25  # on one page: each is a block of its own at least


class ListItem(NamedTuple):
    """One line of a list, already escaped, and the heading it stands under."""

    heading: str
    line: str
    key: str = ""  # of the entry


class ResultsPage(NamedTuple):
    """What one page shows, and the way on from it."""

    blocks: list[Block]
    text: str = ""  # what a notification says
    start: int = 0
    end: int = 0
    total: int = 0
    previous: int | None = None  # the offset of the page before
    keys: tuple[str, ...] = ()  # the entries shown, in the order they are read: "the second one"

    @property
    def next(self) -> int | None:
        """The offset of the next page, or None at the end."""
        return self.end if self.end < self.total else None


def paginate_lines(items: Sequence[ListItem], offset: int, budget: int) -> ResultsPage:
    """The page that begins with the item at this offset, of at most `budget` characters (one item is always taken); the
    last one when
    there are fewer by now. It may begin in the middle of a page of this budget: a public page is shorter than a private
    one.
    """
    offset = min(max(0, offset), len(items))
    starts = page_starts(items[:offset], budget) if offset else []
    starts += (
        [offset + start for start in page_starts(items[offset:], budget)] if offset < len(items) or not items else []
    )
    place = starts.index(offset) if offset in starts else len(starts) - 1
    start = starts[place]
    end = starts[place + 1] if place + 1 < len(starts) else len(items)
    grouped: dict[str, list[str]] = {}
    for item in items[start:end]:
        grouped.setdefault(item.heading, []).append(item.line)
    blocks: list[Block] = [
        section(part)
        for heading, lines in grouped.items()
        for part in pack_lines([bold(heading), *lines], MAX_SECTION - 10)
    ]
    return ResultsPage(
        blocks,
        "",
        start,
        end,
        len(items),
        starts[place - 1] if place else None,
        tuple(item.key for item in items[start:end]),
    )


def page_starts(items: Sequence[ListItem], budget: int) -> list[int]:
    """Where the pages of a list begin, each full: so going back shows what was there before."""
    starts, used, headings = [0], 0, set[str]()
    for number, item in enumerate(items):
        cost = len(item.line) + 1 + (0 if item.heading in headings else len(item.heading) + 3)
        if number > starts[-1] and (used + cost > budget or len(headings | {item.heading}) > MAX_HEADINGS):
            starts.append(number)
            headings, used = set(), 0
            cost = len(item.line) + 1 + len(item.heading) + 3
        used += cost
        headings.add(item.heading)
    return starts


def paginate_rows(total: int, offset: int, first_page_size: int, page_size: int) -> tuple[int, int, int | None]:
    """Start, end and the start of the page before, where the first page has `first` rows and the others `most` each.

    It begins exactly at the offset, which may be in the middle of such a page: a public first page is shorter than a
    private one.
    """
    if offset >= total:  # there are fewer by now: the last page
        offset = (
            first_page_size + (total - 1 - first_page_size) // page_size * page_size if total > first_page_size else 0
        )
    if offset <= 0:
        return 0, min(first_page_size, total), None
    return offset, min(offset + page_size, total), 0 if offset <= first_page_size else max(0, offset - page_size)
