"""Feeds: Atom and JSON Feed of what arrived, narrowed as a search is. An entry keeps its id, whatever address it has
and however often the catalogue is made again; it is updated when its text is corrected.

Each entry has its fields as JSON too, in an extension of ours, which bot/ingest reads back without loss.
"""

import json
from typing import Any, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree

from bot.catalog.models import Entry
from bot.conversation.entry_text import entry_subtitle
from bot.web.addresses import entry_path, without_forbidden
from bot.web.filters import AskedFilters, read_filters
from bot.web.models import PageReply, UnavailableError
from bot.web.page import Page
from bot.web.rendering import render, to_iso
from bot.web.search_view import MAX_QUESTION

MAX_ITEMS = 50
MAX_LOOKED_AT = 2_000  # arrivals, the last ones, that a narrowed feed chooses from
TAG = "tag:halobot,2025:"  # what ids begin with; https://www.rfc-editor.org/rfc/rfc4151
ATOM, EXTENSION = "http://www.w3.org/2005/Atom", f"{TAG}record"


class FeedEntry(NamedTuple):
    """An entry, and when it came and was corrected, in seconds since 1970."""

    entry: Entry
    published: float
    updated: float


def show_feed(page: Page) -> PageReply:
    """The last arrivals of what the address asks for, the newest first. Raises NotFoundError or UnavailableError."""
    filters, text = read_filters(page.query, page.snapshot), page.query.get("q", "").strip()[:MAX_QUESTION]
    found = _latest(page, filters, text)
    title = ", ".join([part for part in (f"“{text[:80]}”" if text else "", *filters.labels()) if part])
    title = f"HaloPSA changes: {title}" if title else "HaloPSA changes"
    modified = max((item.updated for item in found), default=0.0)
    write, media_type = _FORMATS[page.names["ending"]]
    return PageReply(write(page, filters, text, title, found), media_type, modified=modified)


def _latest(page: Page, filters: AskedFilters, text: str) -> list[FeedEntry]:
    snapshot, is_all = page.snapshot, filters == AskedFilters() and not text
    keys = page.latest_keys(MAX_ITEMS * 2 if is_all else MAX_LOOKED_AT)  # some may have been taken back
    if filters != AskedFilters():
        passing = set(snapshot.catalog.keys_matching(filters.to_catalog_filters()))
        keys = [key for key in keys if key in passing]
    if text:
        answers = set(snapshot.matching_keys(text, keys))
        keys = [key for key in keys if key in answers]
    entries = snapshot.entries(keys[: MAX_ITEMS * 2])[:MAX_ITEMS]
    dates = page.arrivals_of(entry.key for entry in entries)
    if not page.has_dates:
        raise UnavailableError("I cannot read just now when changes came. Please try again in a minute.")
    news = {key: [one.seen_at for one in rows if one.kind in ("new", "updated")] for key, rows in dates.items()}
    return [FeedEntry(entry, dates[entry.key][0].seen_at, max(news[entry.key])) for entry in entries]


def _record(page: Page, entry: Entry) -> str:
    """The fields of an entry as JSON, without those that are empty."""
    episodes = page.snapshot.episodes
    mentions = [
        {"episode": one.episode, "at": one.at, "url": episodes[one.episode].url if one.episode in episodes else None}
        for one in entry.mentions
    ]
    fields: dict[str, Any] = {
        "key": entry.key,
        "kind": entry.kind,
        "title": entry.title,
        "summary": entry.summary,
        "answer": entry.answer,
        "caution": entry.caution,
        "version": entry.version and entry.version.number,
        "possible_versions": [version.number for version in entry.possible_versions],
        "area": entry.area,
        "impact": entry.impact if entry.kind == "feature" else None,
        "highlighted": entry.highlighted,
        "names": [without_forbidden(name) for name in entry.names],
        "mentions": mentions,
    }
    kept = {name: without_forbidden(value) if isinstance(value, str) else value for name, value in fields.items()}
    return json.dumps({name: value for name, value in kept.items() if value}, ensure_ascii=False)


def _title(entry: Entry) -> str:
    """The title, with what an inbox has to show: `Budgets per phase (v2.206 · #794180 · Integrations)`."""
    return without_forbidden(f"{entry.title} ({entry_subtitle(entry)})")


def _content(page: Page, entry: Entry) -> str:
    return render("feed_item.html", entry=entry, episodes=page.snapshot.episodes).strip()


def _tags(entry: Entry) -> list[str]:
    labels = [entry.area or "", str(entry.version or ""), *["highlight"] * entry.highlighted]
    return [without_forbidden(label) for label in [*labels, *["test first"] * bool(entry.caution)] if label]


def _id(path: str) -> str:
    return TAG + quote(path.removeprefix("/"), safe="/?=&")


def _to_atom(page: Page, filters: AskedFilters, text: str, title: str, found: list[FeedEntry]) -> bytes:
    ElementTree.register_namespace("", ATOM)
    ElementTree.register_namespace("halobot", EXTENSION)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")

    def add(parent: ElementTree.Element, name: str, content: str = "", **attributes: str) -> ElementTree.Element:
        element = ElementTree.SubElement(parent, name if "}" in name else f"{{{ATOM}}}{name}", attributes)
        element.text = content or None
        return element

    here = page.feed("atom", filters, text)
    add(feed, "id", _id(here))
    add(feed, "title", without_forbidden(title))
    add(feed, "updated", to_iso(max((item.updated for item in found), default=0.0)))
    add(add(feed, "author"), "name", "Halobot")
    for relation, address in (("self", page.url(here)), ("alternate", page.url("/"))):
        if address:
            add(feed, "link", rel=relation, href=address)
    for entry, published, updated in found:
        item = add(feed, "entry")
        add(item, "id", _id(entry_path(entry)))
        add(item, "title", _title(entry))
        add(item, "published", to_iso(published))
        add(item, "updated", to_iso(updated))
        if address := page.url(entry_path(entry)):
            add(item, "link", rel="alternate", href=address)
        for tag in _tags(entry):
            add(item, "category", term=tag)
        add(item, "content", _content(page, entry), type="html")
        add(item, f"{{{EXTENSION}}}record", _record(page, entry))
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _to_json(page: Page, filters: AskedFilters, text: str, title: str, found: list[FeedEntry]) -> bytes:
    items = []
    for entry, published, updated in found:
        item = {
            "id": _id(entry_path(entry)),
            "url": page.url(entry_path(entry)),
            "title": _title(entry),
            "content_html": _content(page, entry),
            "date_published": to_iso(published),
            "date_modified": to_iso(updated),
            "tags": _tags(entry),
            "_halobot": json.loads(_record(page, entry)),
        }
        items.append({name: value for name, value in item.items() if value})
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": without_forbidden(title),
        "home_page_url": page.url("/"),
        "feed_url": page.url(page.feed("json", filters, text)),
        "authors": [{"name": "Halobot"}],
    }
    feed = {**{name: value for name, value in head.items() if value}, "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8", "replace")


_FORMATS = {"atom": (_to_atom, "application/atom+xml"), "json": (_to_json, "application/feed+json")}
