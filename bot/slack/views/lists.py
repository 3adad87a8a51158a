"""Answers that are lists: a version at a glance, everything on a subject, what came in between two versions. Pure."""

from collections import Counter
from collections.abc import Sequence

from slack_sdk.models.blocks import Block, HeaderBlock

from bot.catalog.models import Entry, Version
from bot.search.models import SearchResult
from bot.slack.views.blocks import Episodes, context, count, escape, fit, line, section, where
from bot.slack.views.context import Look
from bot.slack.views.limits import HEADER, NOTIFICATION, cut
from bot.slack.views.pagination import Item, Page, list_page

PRIVATE, PUBLIC = 4_500, 1_800  # characters of a page's lines, links included: some 30 lines, or a dozen in a channel
FIRST = "What matters first"
OTHER = "Other"


def overview(answer: SearchResult, episodes: Episodes, look: Look, preface: Sequence[Block]) -> Page:
    """A version: how many changes by area, what matters first, then all by area; uncertain ones apart."""
    versions = " and ".join(str(v) for v in answer.query.filters.versions or ())
    versions = versions if len(versions) < 60 else f"{len(answer.query.filters.versions or ())} versions"
    entries = [hit.entry for hit in answer.hits]
    perhaps = [hit.entry for hit in answer.possible_hits]
    items = [*_first_things(entries, episodes), *_by_area([e for e in entries if not _matters(e)], episodes)]
    items += _perhaps(perhaps, f"Perhaps in {versions}", episodes)
    head: list[Block] = [HeaderBlock(text=cut(f"{versions}: {count(len(entries), 'change')}", HEADER)), *preface]
    text = f"{versions}: {count(len(entries), 'change')}, {count(sum(e.highlighted for e in entries), 'highlight')}"
    return _page(items, head, entries, text, look, len(perhaps))


def listing(answer: SearchResult, episodes: Episodes, look: Look, preface: Sequence[Block]) -> Page:
    """Everything on a subject, newest version first."""
    entries = [hit.entry for hit in (*answer.hits, *answer.possible_hits)]
    items = [Item(_version_of(entry), line(entry, episodes), entry.key) for entry in entries]
    asked = (
        "" if "://" in answer.query.text else f" for “{fit(answer.query.text, 120)}”"
    )  # of a pasted link the preface says what it was taken for
    head: list[Block] = [section(f"*{count(len(entries), 'change')}*{asked}, newest first"), *preface]
    return _page(items, head, (), f"{count(len(entries), 'change')}: {entries[0].title} …", look)


def comparison(older: Version, newer: Version, answer: SearchResult, episodes: Episodes, look: Look) -> Page:
    """What somebody gets who goes from one version to another: by area, with what matters first before it."""
    entries, perhaps = [hit.entry for hit in answer.hits], [hit.entry for hit in answer.possible_hits]
    items = [*_first_things(entries, episodes), *_by_area([e for e in entries if not _matters(e)], episodes)]
    items += _perhaps(perhaps, f"Perhaps after {older}", episodes)
    title = f"{older} to {newer}: {count(len(entries), 'change')}"
    versions = [str(v) for v in answer.query.filters.versions or ()]
    within = f": {cut(', '.join(versions), 500)}" if len(versions) > 1 else ""
    head: list[Block] = [
        HeaderBlock(text=cut(title, HEADER)),
        context(escape(f"What came after {older}, up to {newer}{within}")),
    ]
    return _page(items, head, entries, title, look, len(perhaps))


def _page(
    items: Sequence[Item], head: list[Block], counted: Sequence[Entry], text: str, look: Look, perhaps: int = 0
) -> Page:
    page = list_page(items, look.offset, PUBLIC if look.public else PRIVATE)
    areas = Counter(entry.area or OTHER for entry in counted)
    if areas and page.start == 0:
        head = [*head, section(fit(" · ".join(f"{area} {number}" for area, number in areas.most_common()), 1_500))]
    if perhaps and page.start == 0:
        head = [
            *head,
            context(
                f"Perhaps {count(perhaps, 'more change')}: the source names two versions and not which. They stand apart, at the end."
            ),
        ]
    return page._replace(blocks=[*head, *page.blocks], text=cut(text, NOTIFICATION))


def _matters(entry: Entry) -> bool:
    return bool(entry.highlighted or entry.caution)


def _first_things(entries: Sequence[Entry], episodes: Episodes) -> list[Item]:
    return [Item(FIRST, line(entry, episodes), entry.key) for entry in entries if _matters(entry)]


def _by_area(entries: Sequence[Entry], episodes: Episodes) -> list[Item]:
    return [
        Item(entry.area or OTHER, line(entry, episodes), entry.key)
        for entry in sorted(entries, key=lambda e: e.area or "~")
    ]


def _perhaps(entries: Sequence[Entry], heading: str, episodes: Episodes) -> list[Item]:
    """Apart, and each with the versions that it may belong to: it shows under both."""
    return [Item(heading, f"{line(entry, episodes)} · {_version_of(entry)}", entry.key) for entry in entries]


def _version_of(entry: Entry) -> str:
    return where(entry).split(" · ")[0] if entry.kind == "feature" else "FAQ and guides"
