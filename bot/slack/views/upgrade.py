"""The checklist of an upgrade: a first screen with counts and what acts by itself, pages, a post and its thread."""

from collections.abc import Sequence
from itertools import groupby

from bot.catalog.models import Entry
from bot.conversation.entry_text import Episodes, impact_label
from bot.conversation.result_text import OTHER_AREA, upgrade_title
from bot.search.models import ChecklistSection, UpgradeChecklist
from bot.slack.views.blocks import Block, Message, context, header, message, section
from bot.slack.views.context import ViewContext
from bot.slack.views.entry_blocks import details_menus, entry_mention_link
from bot.slack.views.limits import MAX_HEADER, MAX_SECTION, MAX_TITLE, pack_lines, truncate
from bot.slack.views.mrkdwn import bold, escape, escape_within, person_link
from bot.slack.views.pagination import ListItem, ResultsPage, paginate_lines
from bot.slack.views.sharing import MAX_SHARED_MESSAGES

# Characters of a page, links included.
PRIVATE_CHARACTERS, PUBLIC_CHARACTERS, THREAD_CHARACTERS = 5_500, 2_200, 6_500
MAX_CAUTION = 200


def upgrade_page(checklist: UpgradeChecklist, episodes: Episodes, view_context: ViewContext) -> ResultsPage:
    """One page of the checklist, without its buttons."""
    budget = PUBLIC_CHARACTERS if view_context.public else PRIVATE_CHARACTERS
    page = _page(checklist, episodes, view_context.offset, budget)
    return page._replace(blocks=[*_head(checklist, page), *page.blocks], text=upgrade_title(checklist), is_list=True)


def shared_checklist(checklist: UpgradeChecklist, episodes: Episodes, who: str) -> list[Message]:
    """The whole checklist for a channel: its first screen, and what belongs into that message's thread."""
    first = _page(checklist, episodes, 0, PUBLIC_CHARACTERS)
    by = context(f"Shared by {person_link(who)}")
    more = [context("The rest is in the thread.")] if first.next else []
    messages = [message(upgrade_title(checklist), [by, *_head(checklist, first), *first.blocks, *more])]
    page = first
    while page.next and len(messages) < MAX_SHARED_MESSAGES:
        page = _page(checklist, episodes, page.next, THREAD_CHARACTERS)
        is_cut = page.next and len(messages) == MAX_SHARED_MESSAGES - 1
        end = [context(f"and {page.total - page.end:,} more; narrow it to an area to see them.")] if is_cut else []
        messages.append(message(f"{upgrade_title(checklist)}: {page.start + 1} to {page.end}", [*page.blocks, *end]))
    return messages


def checklist_line(entry: Entry, section_title: str, episodes: Episodes) -> str:
    """One change in a line, as mrkdwn: title, number, version, minute; what to test first under it."""
    parts = [escape_within(entry.title, MAX_TITLE)]
    parts += [f"#{entry.key}"] if entry.numbered else []
    parts += [str(entry.version or " or ".join(map(str, entry.possible_versions)))]
    parts += [link] if (link := entry_mention_link(entry, episodes)) else []
    line = "• " + "\u00a0· ".join(part for part in parts if part)  # no line begins with the dot
    line += " · *Highlight*" if entry.highlighted else ""
    if entry.impact_guessed and not entry.caution and section_title != "Unclear":
        line += " (guess)"
    if entry.caution:
        impact = f"{impact_label(entry)}. " if impact_label(entry) else ""
        line += f"\n    :warning: {escape_within(truncate(impact + entry.caution, MAX_CAUTION), 2 * MAX_CAUTION)}"
    return line


def _head(checklist: UpgradeChecklist, page: ResultsPage) -> list[Block]:
    """The title; on the first page, how many changes there are of each kind too."""
    if page.start:
        return [context(f"{escape(upgrade_title(checklist))}; {page.start + 1} to {page.end}")]
    counts = [f"*{len(part.entries)}*  {part.title}: {part.meaning}" for part in checklist.sections]
    through = ", ".join(map(str, checklist.versions))
    return [
        header(truncate(f"Upgrade {upgrade_title(checklist)}", MAX_HEADER)),
        section("\n".join(counts)),
        context(truncate(f"What came after {checklist.older}: {through}.", 500)),
    ]


def _page(checklist: UpgradeChecklist, episodes: Episodes, offset: int, budget: int) -> ResultsPage:
    sections = [(part, entry) for part in checklist.sections for entry in part.entries]
    lines = [checklist_line(entry, part.title, episodes) for part, entry in sections]
    items = [ListItem(part.title, line, entry.key) for (part, entry), line in zip(sections, lines, strict=True)]
    page = paginate_lines(items, offset, budget)
    shown = list(zip(sections, lines, strict=True))[page.start : page.end]
    blocks = [
        block
        for part, of_section in groupby(shown, key=lambda item: item[0][0])
        for block in _section_blocks(part, [(entry, line) for (_, entry), line in of_section])
    ]
    return page._replace(blocks=[*blocks, *details_menus([entry for (_, entry), _ in shown])])


def _section_blocks(part: ChecklistSection, shown: Sequence[tuple[Entry, str]]) -> list[Block]:
    """The part of a section that a page shows, its lines under their areas."""
    lines = [f"{bold(part.title)} ({len(part.entries)})"]
    for area, of_area in groupby(shown, key=lambda item: item[0].area or OTHER_AREA):
        lines += [f"_{escape_within(area, 100)}_", *(line for _, line in of_area)]
    return [section(text) for text in pack_lines(lines, MAX_SECTION - 10)]
