"""Long lists of entries as messages: cut between entries only, each with a menu that leads to its entries' details."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.catalog.models import Entry
from bot.slack.views.blocks import Block, Message, context, message, section
from bot.slack.views.entry_blocks import details_menus
from bot.slack.views.limits import MAX_MESSAGE, MAX_OPTION, MAX_SECTION, truncate

MAX_THREAD_MESSAGE = MAX_MESSAGE - 1_000  # characters
MAX_THREAD_BLOCKS = 45


class ListSection(NamedTuple):
    """A part of a list, as mrkdwn, and the entries in it."""

    text: str
    entries: tuple[Entry, ...]

    @property
    def cost(self) -> int:
        """Characters, with those of the menu that leads to the entries."""
        return len(self.text) + sum(min(len(entry.title), MAX_OPTION) for entry in self.entries)


def list_sections(title: str, lines: Iterable[tuple[str, Entry]]) -> list[ListSection]:
    """Lines under a title, all as mrkdwn, in parts that a section has room for."""
    sections = [ListSection(title, ())]
    for whole, entry in lines:
        line, last = truncate(whole, MAX_SECTION - 10), sections[-1]
        if len(last.text) + len(line) < MAX_SECTION - 10:
            sections[-1] = ListSection(f"{last.text}\n{line}", (*last.entries, entry))
        else:
            sections.append(ListSection(line, (entry,)))
    return sections


def list_messages(title: str, sections: Sequence[ListSection]) -> list[Message]:
    """The sections in as few messages as Slack's limits allow; several are counted. `title` is not escaped."""
    left, pages = list(sections), list[list[Block]]()
    while left:
        fitting = fitting_sections(left)
        pages.append(list_blocks(fitting))
        del left[: len(fitting)]
    total = len(pages)
    if total == 1:
        return [message(title, pages[0])]
    return [
        message(f"{title} ({number} of {total})", [*blocks, context(f"{number} of {total}")])
        for number, blocks in enumerate(pages, 1)
    ]


def fitting_sections(sections: Sequence[ListSection]) -> list[ListSection]:
    """As many of the sections, in order, as a message has room for; at least one."""
    length, fitting = 0, list[ListSection]()
    for part in sections:
        length += part.cost
        if fitting and (length > MAX_THREAD_MESSAGE or len(fitting) >= MAX_THREAD_BLOCKS):
            break
        fitting.append(part)
    return fitting


def list_blocks(sections: Sequence[ListSection]) -> list[Block]:
    """The sections, and a menu that leads to the details of each line."""
    entries = [entry for part in sections for entry in part.entries]
    return [*(section(part.text) for part in sections), *details_menus(entries)]
