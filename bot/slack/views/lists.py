"""Answers that are lists: a version at a glance, everything on a subject, what came in between two versions. Pure."""

from collections import Counter
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, HeaderBlock

from bot.catalog.models import Entry, Version
from bot.search.models import SearchResult
from bot.slack.views.blocks import (
    Episodes,
    context,
    entry_line,
    entry_subtitle,
    escape,
    escape_within,
    pluralize,
    section,
)
from bot.slack.views.context import ViewContext
from bot.slack.views.limits import MAX_HEADER, MAX_NOTIFICATION, truncate
from bot.slack.views.pagination import ListItem, ResultsPage, paginate_lines

PRIVATE_PAGE_CHARACTERS, PUBLIC_PAGE_CHARACTERS = (
    4_500,
    1_800,
)  # characters of a page's lines, links included: some 30 lines, or a dozen in a channel
FIRST_HEADING = "What matters first"
OTHER_AREA = "Other"


def version_page(
    result: SearchResult, episodes: Episodes, view_context: ViewContext, preface: Sequence[Block]
) -> ResultsPage:
    """A version: how many changes by area, what matters first, then all by area; uncertain ones apart."""
    versions = " and ".join(str(v) for v in result.query.filters.versions or ())
    versions = versions if len(versions) < 60 else f"{len(result.query.filters.versions or ())} versions"
    entries = [hit.entry for hit in result.hits]
    perhaps = [hit.entry for hit in result.possible_hits]
    items = [*_first_items(entries, episodes), *_items_by_area([e for e in entries if not _comes_first(e)], episodes)]
    items += _possible_items(perhaps, f"Perhaps in {versions}", episodes)
    head: list[Block] = [
        HeaderBlock(text=truncate(f"{versions}: {pluralize(len(entries), 'change')}", MAX_HEADER)),
        *preface,
    ]
    text = f"{versions}: {pluralize(len(entries), 'change')}, {pluralize(sum(e.highlighted for e in entries), 'highlight')}"
    return _grouped_page(items, head, entries, text, view_context, len(perhaps))


def list_page(
    result: SearchResult, episodes: Episodes, view_context: ViewContext, preface: Sequence[Block]
) -> ResultsPage:
    """Everything on a subject, newest version first."""
    entries = [hit.entry for hit in (*result.hits, *result.possible_hits)]
    items = [ListItem(_version_heading(entry), entry_line(entry, episodes), entry.key) for entry in entries]
    asked = (
        "" if "://" in result.query.text else f" for “{escape_within(result.query.text, 120)}”"
    )  # of a pasted link the preface says what it was taken for
    head: list[Block] = [section(f"*{pluralize(len(entries), 'change')}*{asked}, newest first"), *preface]
    return _grouped_page(items, head, (), f"{pluralize(len(entries), 'change')}: {entries[0].title} …", view_context)


def comparison_page(
    older: Version, newer: Version, result: SearchResult, episodes: Episodes, view_context: ViewContext
) -> ResultsPage:
    """What somebody gets who goes from one version to another: by area, with what matters first before it."""
    entries, perhaps = [hit.entry for hit in result.hits], [hit.entry for hit in result.possible_hits]
    items = [*_first_items(entries, episodes), *_items_by_area([e for e in entries if not _comes_first(e)], episodes)]
    items += _possible_items(perhaps, f"Perhaps after {older}", episodes)
    title = f"{older} to {newer}: {pluralize(len(entries), 'change')}"
    versions = [str(v) for v in result.query.filters.versions or ()]
    within = f": {truncate(', '.join(versions), 500)}" if len(versions) > 1 else ""
    head: list[Block] = [
        HeaderBlock(text=truncate(title, MAX_HEADER)),
        context(escape(f"What came after {older}, up to {newer}{within}")),
    ]
    return _grouped_page(items, head, entries, title, view_context, len(perhaps))


def _grouped_page(
    items: Sequence[ListItem],
    head: list[Block],
    counted: Sequence[Entry],
    text: str,
    view_context: ViewContext,
    possible_count: int = 0,
) -> ResultsPage:
    page = paginate_lines(
        items, view_context.offset, PUBLIC_PAGE_CHARACTERS if view_context.public else PRIVATE_PAGE_CHARACTERS
    )
    areas = Counter(entry.area or OTHER_AREA for entry in counted)
    if areas and page.start == 0:
        head = [
            *head,
            section(escape_within(" · ".join(f"{area} {number}" for area, number in areas.most_common()), 1_500)),
        ]
    if possible_count and page.start == 0:
        head = [
            *head,
            context(
                f"Perhaps {pluralize(possible_count, 'more change')}: the source names two versions and not which. They stand apart, at the end."
            ),
        ]
    return page._replace(blocks=[*head, *page.blocks], text=truncate(text, MAX_NOTIFICATION))


def _comes_first(entry: Entry) -> bool:
    return bool(entry.highlighted or entry.caution)


def _first_items(entries: Sequence[Entry], episodes: Episodes) -> list[ListItem]:
    return [ListItem(FIRST_HEADING, entry_line(entry, episodes), entry.key) for entry in entries if _comes_first(entry)]


def _items_by_area(entries: Sequence[Entry], episodes: Episodes) -> list[ListItem]:
    return [
        ListItem(entry.area or OTHER_AREA, entry_line(entry, episodes), entry.key)
        for entry in sorted(entries, key=lambda e: e.area or "~")
    ]


def _possible_items(entries: Sequence[Entry], heading: str, episodes: Episodes) -> list[ListItem]:
    """Apart, and each with the versions that it may belong to: it shows under both."""
    return [
        ListItem(heading, f"{entry_line(entry, episodes)} · {_version_heading(entry)}", entry.key) for entry in entries
    ]


def _version_heading(entry: Entry) -> str:
    return entry_subtitle(entry).split(" · ")[0] if entry.kind == "feature" else "FAQ and guides"
