"""Feeds: a feed reader and our own ingest read them back without loss; each thing is told once."""

import io
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import pytest

from bot.catalog.models import Entry, Mention, Version
from bot.catalog.repository import Catalog
from bot.errors import SourceError
from bot.ingest.readers.feed import read_feed
from bot.ingest.readers.own_record import ONLY_CHANGES
from bot.search.service import SearchService
from tests.prepared import new_catalog
from tests.web.conftest import CAME_AT, PUBLIC_URL, Place

DAY = 86_400


def atom(place: Place, **query: str) -> Any:
    """A feed as feedparser reads it, which has nothing to complain about."""
    reply = place.site.get("/feed.atom", query)
    assert (reply.status, reply.media_type) == (200, "application/atom+xml")
    parsed = feedparser.parse(io.BytesIO(reply.body))
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def json_feed(place: Place, **query: str) -> Any:
    """A JSON Feed, with what its version 1.1 asks for."""
    reply = place.site.get("/feed.json", query)
    assert (reply.status, reply.media_type) == (200, "application/feed+json")
    feed = json.loads(reply.body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert all(item["id"] and item["content_html"] for item in feed["items"])
    return feed


def test_a_reader_reads_it(shipped: Place) -> None:
    """Both formats have the same entries, each with id, link, dates, title and text."""
    parsed, feed = atom(shipped), json_feed(shipped)
    assert parsed.feed.title == feed["title"] == "HaloPSA changes"
    assert parsed.feed.links[0].href == f"{PUBLIC_URL}/feed.atom"
    assert len(parsed.entries) == 50
    for entry, item in zip(parsed.entries, feed["items"], strict=True):
        assert entry.id == item["id"]
        assert entry.id.startswith("tag:halobot,2025:")
        assert entry.link == item["url"]
        assert entry.link.startswith(f"{PUBLIC_URL}/")
        assert entry.updated == item["date_modified"] == "2026-01-01T00:00:00Z"
        assert entry.title == item["title"]
        assert unescape(entry.content[0].value) == unescape(item["content_html"])


@pytest.mark.parametrize("ending", ["atom", "json"])
@pytest.mark.parametrize("version", ["2.204", "2.206", "2.208", "2.210", "2.212", "2.214", "2.216"])
def test_ingest_reads_it_back(shipped: Place, ending: str, version: str) -> None:
    """Of every change in a feed: number, title, version, summary, what to test, area, highlight, each minute with its
    page.
    """
    body = shipped.site.get(f"/feed.{ending}", {"version": version}).body
    document = read_feed(body, f"{PUBLIC_URL}/feed.{ending}")
    assert document.problems == ()
    assert document.remarks == ()
    found: dict[str, list[Any]] = {}
    for record in document.records:
        found.setdefault(record.title, []).append(record)
    urls = {episode.number: episode.url for episode in document.episodes}
    keys = [item["_halobot"]["key"] for item in json_feed(shipped, version=version)["items"]]
    entries = [entry for entry in shipped.catalogue.entries(keys) if entry.kind == "feature"]
    assert entries
    for entry in entries:
        record, *more = found[entry.title]
        assert record.number == (entry.key if entry.numbered else None)
        assert (record.version, record.possible_versions) == (entry.version, entry.possible_versions)
        assert (record.summary, record.caution) == (entry.summary, entry.caution)
        assert (record.area, record.highlighted) == (entry.area, entry.highlighted)
        assert tuple(one.mention for one in (record, *more) if one.mention) == entry.mentions
        for mention in entry.mentions:
            known = shipped.catalogue.episodes()[mention.episode]
            assert urls.get(mention.episode) == known.url


def test_ingest_says_that_answers_are_not_taken(place: Place, entry: Callable[..., Entry]) -> None:
    """Of a feed with answers to questions and guides only the changes are read back, which is said once."""
    place.add(entry("faq-one", kind="faq"), entry("guide-one", kind="guide"), entry("1111111"))
    document = read_feed(place.site.get("/feed.atom", {}).body, f"{PUBLIC_URL}/feed.atom")
    assert [record.number for record in document.records] == ["1111111"]
    assert document.remarks == (ONLY_CHANGES,)


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ({"area": "billing", "warning": "1"}, lambda e: e.area == "Billing & invoicing" and e.caution),
        ({"version": "2.206"}, lambda e: e.version == Version(2, 206)),
        ({"highlight": "1", "version": "2.214"}, lambda e: e.highlighted and e.version == Version(2, 214)),
    ],
)
def test_filters(shipped: Place, query: dict[str, str], passes: Callable[[Entry], bool]) -> None:
    """A feed has what passes its filters, the same as a search with them."""
    wanted = {entry.key for entry in shipped.catalogue.entries() if entry.version and passes(entry)}
    found = {item["_halobot"]["key"]: item["_halobot"] for item in json_feed(shipped, **query)["items"]}
    certain = {key for key, fields in found.items() if "version" in fields}
    assert certain == wanted if len(wanted) < 50 else len(found) == 50


def test_a_search(shipped: Place) -> None:
    """The feed of a question has what answers it, as a watch would tell it."""
    found = [item["_halobot"]["key"] for item in json_feed(shipped, q="jira default status")["items"]]
    assert "1016865" in found
    assert len(found) < 10


def test_order_and_corrections(place: Place, entry: Callable[..., Entry]) -> None:
    """The order is that of arrival; a correction comes up again with the same id and a later date, once."""
    first = entry("1111111", "First", summary="It was so.")
    place.add(first)
    place.add(entry("2222222", "Second"), at=CAME_AT + DAY)
    assert [one.title for one in atom(place).entries] == ["Second (#2222222)", "First (#1111111)"]
    before = {one.id for one in atom(place).entries}
    place.add(replace(first, summary="It is so."), at=CAME_AT + 2 * DAY)
    parsed = atom(place)
    assert [one.title for one in parsed.entries] == ["First (#1111111)", "Second (#2222222)"]
    assert {one.id for one in parsed.entries} == before
    assert (parsed.entries[0].published, parsed.entries[0].updated) == ("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z")
    assert parsed.feed.updated == "2026-01-03T00:00:00Z"


def test_silent_arrivals_are_no_news(place: Place, entry: Callable[..., Entry]) -> None:
    """What a source had when it was first read is in no feed, as in no digest; its correction is."""
    quiet = entry("1111111", "Quiet", summary="Old.")
    place.arrivals.record_silently([quiet], CAME_AT)
    place.add(quiet)
    assert atom(place).entries == []
    place.add(replace(quiet, summary="New."), at=CAME_AT + DAY)
    assert [one.title for one in atom(place).entries] == ["Quiet (#1111111)"]


def test_a_rebuilt_catalogue_changes_nothing(place: Place, entry: Callable[..., Entry], tmp_path: Path) -> None:
    """The catalogue is deleted and made again, in another order and later: both feeds are the same bytes."""
    entries = [entry(str(1_000_000 + n), f"Change {n}", mentions=(Mention(7, "1:00"),)) for n in range(5)]
    for number, one in enumerate(entries):
        place.add(one, at=CAME_AT + number * DAY)
    before = [place.site.get(f"/feed.{ending}", {}).body for ending in ("atom", "json")]
    again = Catalog(new_catalog(tmp_path / "again.db"))
    again.upsert(reversed(entries))
    place.arrivals.sync(again, CAME_AT + 99 * DAY)
    place.site.search = SearchService(again)
    place.site._look_again_at = 0.0
    assert [place.site.get(f"/feed.{ending}", {}).body for ending in ("atom", "json")] == before
    again.close()


def test_forbidden_characters(place: Place, entry: Callable[..., Entry]) -> None:
    """Characters that XML may not have, and mark-up, break no feed: the first are dropped, the rest is text."""
    odd = "A\0B\x0b\x1f\ufffe <b>&amp; ]]> “x”"
    place.add(entry(title=odd, summary=odd, caution=odd, area=odd, names=(odd,)))
    parsed = atom(place)
    assert parsed.entries[0].title.startswith("AB <b>&amp; ]]> “x” (")
    assert json_feed(place)["items"][0]["_halobot"]["title"].startswith("AB <b>")
    document = read_feed(place.site.get("/feed.atom", {}).body, "feed")
    assert [record.title for record in document.records] == ["AB <b>&amp; ]]> “x”"]


@pytest.mark.parametrize(
    ("record", "title"),
    [
        ('{"key": "1", "kind": "feature", "title": ""}', None),
        ("[" * 100_000, None),
        ('{"key": 5, "title": ["x"], "kind": "feature"}', None),
        ("null", None),
        ('{"key": "794180", "kind": "feature", "title": "T", "mentions": 5, "version": "x", "area": {}}', "T"),
        (
            '{"key": "794180", "kind": "feature", "title": "T", "mentions": [{"episode": true}, {"episode": -1}, 3]}',
            "T",
        ),
        ('{"key": "faq-x", "kind": "faq", "title": "T"}', None),
    ],
)
def test_a_malformed_record(record: str, title: str | None) -> None:
    """Fields of somebody else's feed that are malformed are left out, and nothing is raised."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "x",
        "items": [{"id": "1", "title": "Some post", "content_text": "Words."}],
    }
    text = json.dumps(feed)[:-3] + f', "_halobot": {record}}}]}}'
    documents = []
    with suppress(SourceError):  # nested too deep, the whole of it is no JSON
        documents = [read_feed(text.encode(), "feed")]
    assert len(documents) == (not record.startswith("[["))
    assert [one.title for document in documents for one in document.records] == ([title] if title else [])


def test_unknown_filter(shipped: Place) -> None:
    """A feed of what there is not is not an empty feed: the reader is told."""
    assert shipped.site.get("/feed.atom", {"version": "9.99"}).status == 404
    assert shipped.site.get("/feed.rss", {}).status == 404
