"""Each page has what its address promises, a title, ways on, and is valid HTML."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from justhtml import JustHTML

from bot.catalog.models import Entry, Mention, Version
from bot.search.lookups import related_entries, upgrade_checklist
from tests.web.conftest import CAME_AT, PUBLIC_URL, Place

ADDRESSES: tuple[tuple[str, dict[str, str]], ...] = (
    ("/", {}), ("/search", {}), ("/search", {"q": "jira default status"}), ("/search", {"q": "v2.214"}),
    ("/search", {"q": "colour of the moon"}), ("/search", {"area": "billing", "warning": "1"}),
    ("/search", {"q": "upgrade 2.206 2.214"}), ("/search", {"q": "watch jira"}), ("/changes/1016865", {}),
    ("/questions/faq-sso", {}), ("/guides/guide-testing", {}), ("/questions", {}), ("/guides", {}), ("/versions", {}),
    ("/versions/2.214", {}), ("/upgrade/2.206/2.214", {}), ("/areas", {}), ("/areas/integrations", {}),
    ("/episodes", {}), ("/episodes/13", {}), ("/feeds", {}), ("/nowhere", {}), ("/changes/1", {}),
)  # fmt: skip


@pytest.mark.parametrize(("path", "query"), ADDRESSES)
def test_valid(shipped: Place, path: str, query: dict[str, str]) -> None:
    """The HTML standard's parser finds no error; ids are unique, fields have labels, there is one h1, no level of
    headings is left out, and nothing is in it that the strict policy would stop.
    """
    text = shipped.site.get(path, query).body.decode()
    document = JustHTML(text, strict=True, sanitize=False)
    ids = [node.attrs["id"] for node in document.query("[id]")]
    assert len(ids) == len(set(ids))
    labelled = {node.attrs.get("for") for node in document.query("label")}
    fields = [node for name in ("input", "select") for node in document.query(name)]
    assert {node.attrs["id"] for node in fields if node.attrs.get("type") != "hidden"} <= labelled
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", text)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert not document.query("script, style, [style], iframe, img")
    assert not re.search(r"\son\w+=", text)
    assert len(document.query("main")) == len(document.query("header.top")) == 1
    assert document.query("title")[0].to_text().strip().endswith("· Halobot")


def test_a_change(shipped: Place) -> None:
    """Its title, number, version, area, what to test, minute, what is related, and its history."""
    entry = next(e for e in shipped.catalogue.entries() if e.caution and e.mentions and e.numbered)
    page = shipped.get(f"/changes/{entry.key}")
    for part in (entry.title, f"#{entry.key}", str(entry.version), entry.area, entry.caution, entry.summary):
        assert part in page
    assert f"Watch {entry.mentions[0].at}" in page
    assert '<time datetime="2026-01-01T00:00:00Z">1 January 2026</time>: came here' in page
    assert "Described by hand" in page
    assert f'<link rel="canonical" href="{PUBLIC_URL}/changes/{entry.key}">' in page
    assert f'<meta property="og:title" content="{entry.title}">' in page


def test_related(shipped: Place) -> None:
    """What else a change's title finds is under it."""
    page = shipped.get("/changes/1016865").partition("<h2>Related</h2>")[2]
    with shipped.site.search.snapshot() as snapshot:
        related = related_entries(snapshot, next(iter(snapshot.entries(["1016865"]))))
    assert related
    assert all(f"/{entry.key}" in page for entry in related)


def test_history(place: Place, entry: Callable[..., Entry]) -> None:
    """A correction is told with its day; a source by name, without what may be secret in its address."""
    first = entry(summary="It was so.", source="https://bob:secret@notes.example.com/feed?token=abc")
    place.add(first)
    place.add(replace(first, summary="It is so."), at=CAME_AT + 86_400)
    page = place.get("/changes/1234567")
    assert "1 January 2026</time>: came here" in page
    assert "2 January 2026</time>: its text was corrected" in page
    assert "From notes.example.com/feed" in page
    assert "secret" not in page
    assert "token" not in page


def test_change_by_wrong_folder(shipped: Place) -> None:
    """A question asked for among the changes is led to its page."""
    reply = shipped.site.get("/changes/faq-sso", {})
    assert (reply.status, reply.location) == (303, "../questions/faq-sso")


def test_a_version(shipped: Place) -> None:
    """All of its changes, how many of which kind, the upgrade to it, and its documents."""
    page = shipped.get("/versions/2.214")
    entries = [entry for entry in shipped.catalogue.entries() if entry.version == Version(2, 214)]
    assert [entry.key for entry in entries if f"changes/{entry.key}" not in page] == []
    assert re.search(r"<dt><strong>\d+</strong> Acts by itself</dt>", page)
    assert '<option value="2.206">v2.206</option>' in page
    assert 'href="../versions/2.214.md"' in page
    assert shipped.get("/versions/2.214.md").startswith("# V2.214: ")
    assert shipped.site.get("/versions/2.214.csv", {}).media_type == "text/csv"


def test_an_upgrade(shipped: Place) -> None:
    """The checklist, by what acts by itself and what to test first; asked for backwards or by the form it is found."""
    page = shipped.get("/upgrade/2.206/2.214")
    with shipped.site.search.snapshot() as snapshot:
        checklist = upgrade_checklist(snapshot, Version(2, 206), Version(2, 214))
    assert [entry.key for entry in checklist.entries if f'/{entry.key}"' not in page] == []
    assert shipped.site.get("/upgrade/2.214/2.206", {}).location == "../../upgrade/2.206/2.214"
    assert shipped.site.get("/upgrade", {"from": "2.206", "to": "2.214"}).location == "upgrade/2.206/2.214"
    assert shipped.get("/upgrade/2.206/2.214.md").startswith("# Upgrade v2.206 to v2.214")


def test_an_episode(place: Place, entry: Callable[..., Entry]) -> None:
    """What it talks about in its order, each with the minute in this episode and no other."""
    place.add(
        entry("1111111", "Later", mentions=(Mention(7, "20:00"), Mention(8, "1:00"))),
        entry("2222222", "Sooner", mentions=(Mention(7, "3:00"),)),
    )
    page = place.get("/episodes/7")
    assert page.index("Sooner") < page.index("Later")
    assert "Watch 20:00" in page
    assert "Watch 1:00" not in page


def test_pages_of_a_long_list(place: Place, entry: Callable[..., Entry]) -> None:
    """A list of 250 has three pages; each entry is on one of them, once."""
    place.add(*(entry(str(1_000_000 + n), f"Change {n}", version=Version(2, 300), area="SLA") for n in range(250)))
    found: list[str] = []
    for number in (1, 2, 3):
        found += re.findall(r"changes/(\d+)\"", place.get("/areas/sla", page=str(number)))
    assert len(found) == len(set(found)) == 250
    assert place.site.get("/areas/sla", {"page": "4"}).status == 404


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/changes/1", "/changes/%00", "/versions/9.99", "/versions/x", "/areas/none", "/episodes/999",
     "/episodes/²", "/upgrade/1.1/2.2", "/versions/../../etc/passwd", "//", "/\udcff", "/changes/" + "9" * 5_000,
     "/" * 60_000],
)  # fmt: skip
def test_not_found_has_a_way_on(shipped: Place, path: str) -> None:
    """What is not there is told in a sentence, with links that lead on from any depth."""
    reply = shipped.site.get(path, {})
    assert reply.status == 404
    text = reply.body.decode()
    assert len(text) < 5_000
    up = "../" * min(path.count("/") - 1, 20)
    assert f'href="{up}versions"' in text


def test_a_key_of_digits_only(shipped: Place) -> None:
    """A number that nobody knows is told as one."""
    assert "I do not have #1." in shipped.site.get("/changes/1", {}).body.decode()


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>{{ 7*7 }}{% raw %}\0\x0b\ud800"


def test_hostile_text(place: Place, entry: Callable[..., Entry]) -> None:
    """Text of sources is text on every page that shows it, and in feeds; a link that is no web address is none."""
    hostile = HOSTILE.replace("\ud800", "")
    place.add(
        entry(
            title=hostile, summary=hostile, caution=hostile, area="<b>area</b>", names=(hostile,), answer=hostile,
            version=Version(2, 300), mentions=(Mention(7, "1:00"),), source="javascript:alert(1)",
        )
    )  # fmt: skip
    place.catalogue.db["episodes"].update(7, {"url": "javascript:alert(1)", "hosts": '["<b>"]'})
    place.catalogue.upsert([entry("7654321", "Another")])
    paths = ["/changes/1234567", "/versions/2.300", "/areas", "/areas/b-area-b", "/episodes/7", "/", "/feeds"]
    for path, query in [*((path, {}) for path in paths), ("/search", {"q": HOSTILE}), ("/search", {"area": "<b>"})]:
        text = place.site.get(path, query).body.decode()
        document = JustHTML(text, strict=True, sanitize=False)
        assert not document.query("script, img, b"), path
        assert all(
            node.attrs["href"].startswith(("http", ".")) or ":" not in node.attrs["href"].split("?")[0]
            for node in document.query("a[href]")
        )
        assert "49" not in text.replace(hostile, "") or "{{ 7*7 }}" in text
