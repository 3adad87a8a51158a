"""Long lists in pages: which items a page shows, and where the pages before and after it begin.

A page may begin at any offset, also in the middle of another page: a public page is shorter than a private one.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.slack.views.blocks import Block, section
from bot.slack.views.limits import MAX_SECTION, pack_lines
from bot.slack.views.mrkdwn import bold

MAX_HEADINGS = 25  # on one page: each takes a block at least


class ListItem(NamedTuple):
    """One line of a list, as mrkdwn, and the heading it stands under."""

    heading: str
    line: str
    key: str = ""  # of the entry


class ResultsPage(NamedTuple):
    """One page of results, and where it is among them."""

    blocks: list[Block]
    text: str = ""  # for the notification
    start: int = 0
    end: int = 0
    total: int = 0
    previous: int | None = None  # the offset of the page before
    keys: tuple[str, ...] = ()  # of the entries shown, in reading order: "the second one"
    is_list: bool = False  # a version, a range, a list or a checklist: it can be had as text
    less_related_follow: bool = False  # what follows is less related than what is shown
    is_uncertain: bool = False  # the answer may not be what was asked for

    @property
    def next(self) -> int | None:
        """The offset of the next page, or None at the end."""
        return self.end if self.end < self.total else None


def paginate_lines(items: Sequence[ListItem], offset: int, budget: int) -> ResultsPage:
    """The page of at most `budget` characters that begins at the offset; it has one item at least.

    The last page where the offset is behind the end, as when there are fewer items by now.
    """
    offset = min(max(0, offset), len(items))
    starts = page_starts(items[:offset], budget) if offset else []
    if offset < len(items) or not items:
        starts += [offset + start for start in page_starts(items[offset:], budget)]
    number = starts.index(offset) if offset in starts else len(starts) - 1
    start = starts[number]
    end = starts[number + 1] if number + 1 < len(starts) else len(items)
    grouped: dict[str, list[str]] = {}
    for item in items[start:end]:
        grouped.setdefault(item.heading, []).append(item.line)
    blocks = [
        section(part)
        for heading, lines in grouped.items()
        for part in pack_lines([bold(heading), *lines], MAX_SECTION - 10)
    ]
    return ResultsPage(
        blocks,
        start=start,
        end=end,
        total=len(items),
        previous=starts[number - 1] if number else None,
        keys=tuple(item.key for item in items[start:end]),
    )


def page_starts(items: Sequence[ListItem], budget: int) -> list[int]:
    """The offsets at which full pages begin. Going back counts from them, so it shows the same page again."""
    starts, used, headings = [0], 0, set[str]()
    for number, item in enumerate(items):
        line, heading = len(item.line) + 1, len(item.heading) + 3
        cost = line + (0 if item.heading in headings else heading)
        if number > starts[-1] and (used + cost > budget or len(headings | {item.heading}) > MAX_HEADINGS):
            starts.append(number)
            headings, used = set(), 0
            cost = line + heading
        used += cost
        headings.add(item.heading)
    return starts


def paginate_rows(total: int, offset: int, first_page_size: int, page_size: int) -> tuple[int, int, int | None]:
    """Start and end of the page at an offset, and the start of the page before (None on the first page).

    The first page has `first_page_size` rows, the others `page_size` each.
    """
    if offset >= total:  # there are fewer by now: the last page
        offset = (
            first_page_size + (total - 1 - first_page_size) // page_size * page_size if total > first_page_size else 0
        )
    if offset <= 0:
        return 0, min(first_page_size, total), None
    return offset, min(offset + page_size, total), 0 if offset <= first_page_size else max(0, offset - page_size)
