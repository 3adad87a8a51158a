"""The checklist of an upgrade: which changes are in which part, and which questions ask for it."""

import pytest

from bot.catalog.models import Version
from bot.search import lookups
from bot.search.models import Hit, Query, SearchResult
from bot.search.upgrade import SECTIONS, UpgradeRange, build_checklist, upgrade_range
from tests.search.material import make_change, v

OLDER, NEWER = v(206, 214)


def checklist(*entries, possible=(), area=""):
    """The checklist of these entries."""
    hits, perhaps = (tuple(Hit(entry, 1.0) for entry in part) for part in (entries, possible))
    return build_checklist(OLDER, NEWER, v(208, 214), SearchResult(Query("", "version"), hits, perhaps), area)


def test_each_change_is_in_one_section():
    """The impact decides, but a warning comes before it; what may belong to these versions is last and not counted."""
    built = checklist(
        make_change("11111", "Acts", impact="changes behaviour"),
        make_change("22222", "Warned", impact="changes behaviour", caution="Try it in UAT"),
        make_change("33333", "Fix", impact="fix"),
        make_change("44444", "New", impact="new"),
        make_change("55555", "Setting", impact="opt-in"),
        make_change("66666", "Who knows"),
        possible=[make_change("77777", "Perhaps", impact="fix")],
    )
    assert {section.title: [entry.key for entry in section.entries] for section in built.sections} == {
        "Acts by itself": ["11111"],
        "Test first": ["22222"],
        "Fixed": ["33333"],
        "New": ["44444"],
        "Off until you enable it": ["55555"],
        "Unclear": ["66666"],
        "Perhaps in these versions": ["77777"],
    }
    assert built.change_count == 6
    assert len(built.entries) == len(set(built.entries)) == 7


def test_empty_sections_are_left_out():
    """Only what has changes is listed."""
    assert [section.title for section in checklist(make_change("11111", "A", impact="new")).sections] == ["New"]
    assert checklist().sections == ()


def test_order_in_a_section():
    """By area, without one last; highlights first, then the older version."""
    built = checklist(
        make_change("1", "a", impact="new"),
        make_change("2", "b", impact="new", area="Tickets", version=Version(2, 210)),
        make_change("3", "c", impact="new", area="Tickets", version=Version(2, 208)),
        make_change("4", "d", impact="new", area="Tickets", version=Version(2, 214), highlighted=True),
        make_change("5", "e", impact="new", area="Assets"),
    )
    assert [entry.key for entry in built.entries] == ["5", "4", "3", "2", "1"]


def test_narrowed_to_an_area():
    """An area narrows it, and what asks for it again says so."""
    built = checklist(make_change("1", "a", area="Tickets"), make_change("2", "b", area="Assets"), area="Assets")
    assert [entry.key for entry in built.entries] == ["2"]
    assert built.question == 'upgrade 2.206 2.214 area:"Assets"'


def test_counts_as_every_other_surface_does(service):
    """The checklist of two versions has exactly the changes that comparing them has, in either order."""
    with service.snapshot() as snapshot:
        compared = lookups.compare_versions(snapshot, OLDER, NEWER)
        built = lookups.upgrade_checklist(snapshot, OLDER, NEWER)
        assert built == lookups.upgrade_checklist(snapshot, NEWER, OLDER)
    assert sorted(entry.key for entry in built.entries) == sorted(
        hit.entry.key for hit in (*compared.result.hits, *compared.result.possible_hits)
    )
    assert built.change_count == len(compared.result.hits)
    assert len({section.title for section in built.sections}) == len(built.sections) <= len(SECTIONS) + 1


@pytest.mark.parametrize(
    ("text", "minors"),
    [
        ("upgrade from 2.206 to 2.214", (206, 214)),
        ("going from 2.206 to 2.214, what do I need to check", (206, 214)),
        ("moving from v2.206 to v2.214 - anything to watch out for?", (206, 214)),
        ("we're on 2.206 and upgrade to 2.214, what should we test first", (206, 214)),
        ("upgrade checklist 2.206 2.214", (206, 214)),
        ("is it safe to upgrade to 2.214", (212, 214)),
        ("is 2.214 safe", (212, 214)),
        ("anything dangerous in 2.214", (212, 214)),
        ("is 2.214 risky", (212, 214)),
        ("what breaks in 2.214", (212, 214)),
        ("what could break in 2.214", (212, 214)),
        ("did 2.214 break anything", (212, 214)),
        ("what broke in 2.214", (212, 214)),
        ("did the last update break anything", (214, 216)),
        ("do i need to do anything for 2.214", (212, 214)),
        ("is there anything to do in 2.214", (212, 214)),
        ("anything to worry about in 2.214", (212, 214)),
        ("what can go wrong with 2.214", (212, 214)),
        ("will 2.214 bite us", (212, 214)),
        ("anything risky in the last two versions", (212, 216)),
        ("should we be worried about the last 3 versions", (210, 216)),
        ("what breaks when we move from 2.206 to 2.214", (206, 214)),
        ("upgrading from 2.210", (210, 216)),
        ("what happens automatically when we go from 2.208 to the latest", (208, 216)),
        ("what will act by itself when we go to 2.214", (212, 214)),
        ("what to check before upgrading to 2.214", (212, 214)),
        ("upgrade to the latest", (214, 216)),
        ("upgrade 2.200 2.206", (200, 206)),
        ("upgrade 2.200 2.206 area:sla", (200, 206)),
        ("upgrade checklist for 2.214 from 2.208 area:billing", (208, 214)),
        ("upgrade to 2.214 from 2.208", (208, 214)),
        ("upgrading to v2.21 from v2.204", (204, 210)),
        ("upgrade 2.206 2.299 area:sla", (206, 299)),
        ("upgrade 2.206 2.206 area:sla", (206, 206)),
    ],
)
def test_asks_for_a_checklist(service, text, minors):
    """These sentences ask for the checklist; where they name one version, it begins at the one before."""
    with service.snapshot() as snapshot:
        wanted = upgrade_range(snapshot.parse(text), snapshot.versions)
    assert wanted is not None
    assert (wanted.older.minor, wanted.newer.minor) == minors
    assert bool(wanted.note) == (minors in ((212, 214), (214, 216), (212, 216), (210, 216)) and "2.210" not in text)


@pytest.mark.parametrize(
    "text",
    [
        "how do I upgrade a quote to an order",
        "going from 2.206 to 2.214 what changes in jira",
        "what's new in 2.214",
        "2.206 to 2.214",
        "tickets that close by themselves",
        "go to the next ticket automatically",
        "upgrade",
        "agent upgrade in 2.214 for intune",
        "#1016865 upgrade from 2.206 to 2.214",
        "before 2.206",
        "what breaks a contract into parts",
        "who can break an approval in 2.214",
        "what went wrong with the invoices in 2.214",
        "appointments with lunch breaks in 2.214",
        "break 2.214 down by area",
        "what do i need to do to merge tickets in 2.214",
        "when was the last upgrade",
        "lunch break in 2.214",
        "",
    ],
)
def test_asks_for_something_else(service, text):
    """Other questions with such words are searched."""
    with service.snapshot() as snapshot:
        assert upgrade_range(snapshot.parse(text), snapshot.versions) is None


def test_nothing_to_upgrade_from():
    """An empty catalogue, or the oldest version, has no checklist."""
    assert upgrade_range(Query("upgrade to the latest", "search"), ()) is None
    assert upgrade_range(Query("upgrade to the latest", "search"), v(204)) is None
    assert upgrade_range(Query("upgrade to the latest", "search"), v(204, 206)) == UpgradeRange(
        *v(204, 206), "You did not say from which version, so this is what comes after v2.204."
    )
