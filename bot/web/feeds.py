"""Feeds: Atom and JSON Feed of what arrived, narrowed as a search is. An entry keeps its id, whatever address it has
and however often the catalogue is made again; it is updated when its text is corrected.
"""

import json
from typing import Any
from urllib.parse import quote

from bot.catalog.models import Entry
from bot.conversation.entry_record import record_of
from bot.conversation.entry_text import entry_subtitle
from bot.conversation.filter_parameters import AskedFilters, read_filters
from bot.storage.arrival_dates import ArrivalDate
from bot.text import without_control
from bot.web.addresses import entry_path
from bot.web.models import MAX_QUESTION, PageReply, UnavailableError
from bot.web.page import Page
from bot.web.rendering import render, to_iso

MAX_ITEMS = 50
MAX_GONE = 10  # that arrived and are in the catalogue no more; of more, a feed is a little shorter
MAX_LOOKED_AT = 2_000  # arrivals, the last ones, that a narrowed feed chooses from
TAG = "tag:halobot,2025:"  # what ids begin with; https://www.rfc-editor.org/rfc/rfc4151
TYPES = {"atom": "application/atom+xml", "json": "application/feed+json"}


def show_feed(page: Page) -> PageReply:
    """The last arrivals of what is asked for, the newest first. Raises UnknownValueError, UnavailableError."""
    filters, text = read_filters(page.query, page.snapshot), page.query.get("q", "").strip()[:MAX_QUESTION]
    entries = page.snapshot.entries(_keys(page, filters, text)[: MAX_ITEMS + MAX_GONE])[:MAX_ITEMS]
    dates = page.arrivals_of(entry.key for entry in entries)
    if not page.has_dates:
        raise UnavailableError("I cannot read just now when changes came. Please try again in a minute.")
    updated = {key: max(row.seen_at for row in rows if row.kind in ("new", "updated")) for key, rows in dates.items()}
    narrowed = ", ".join([*[f"“{text[:80]}”"] * bool(text), *filters.labels()])
    ending = page.names["ending"]
    here, modified = page.feed(ending, filters, text), max(updated.values(), default=0.0)
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": without_control(f"HaloPSA changes: {narrowed}" if narrowed else "HaloPSA changes"),
        "home_page_url": page.url("/"),
        "feed_url": page.url(here),
        "authors": [{"name": "Halobot"}],
        "items": [_item(page, entry, dates[entry.key], updated[entry.key]) for entry in entries],
    }
    if ending == "json":
        return PageReply(json.dumps(feed, ensure_ascii=False, indent=1).encode(), TYPES[ending], modified=modified)
    body = render("feed.xml", feed=feed, id=TAG + quote(here[1:], safe="/?=&"), updated=to_iso(modified))
    return PageReply(body.encode(), TYPES[ending], modified=modified)


def _keys(page: Page, filters: AskedFilters, text: str) -> list[str]:
    """The keys of the last news that pass the filters and answer the text."""
    keys = page.latest_keys(MAX_LOOKED_AT)
    if filters != AskedFilters():
        passing = set(page.snapshot.catalog.keys_matching(filters.to_catalog_filters()))
        keys = [key for key in keys if key in passing]
    answers = set(page.snapshot.matching_keys(text, keys)) if text else set(keys)
    return [key for key in keys if key in answers]


def _item(page: Page, entry: Entry, dates: list[ArrivalDate], updated: float) -> dict[str, Any]:
    """An entry as JSON Feed has it; Atom says the same."""
    tags = [entry.area or "", str(entry.version or ""), *["highlight"] * entry.highlighted]
    tags += ["test first"] * bool(entry.caution)
    address = page.url(entry_path(entry))
    return {
        "id": TAG + quote(entry_path(entry)[1:]),
        **({"url": address} if address else {}),
        "title": without_control(f"{entry.title} ({entry_subtitle(entry)})"),
        "content_html": render("feed_item.html", entry=entry, episodes=page.snapshot.episodes).strip(),
        "date_published": to_iso(dates[0].seen_at),
        "date_modified": to_iso(updated),
        "tags": [without_control(tag) for tag in tags if tag],
        "_halobot": record_of(entry, page.snapshot.episodes),
    }
