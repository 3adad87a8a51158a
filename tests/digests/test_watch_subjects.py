"""Watches that name an area or a version want all of it; any other words are a question."""

import pytest

from bot.catalog.models import Version
from bot.digests.selection import index_entry
from bot.digests.watch_subjects import arrived_for, read_subject
from bot.storage.models import Arrival, EntryFacts, KeyHistory
from tests.digests.material import AREAS
from tests.digests.rig import entry

ENTRIES = {
    one.key: index_entry(one)
    for one in (
        entry(1, area="Portal", version="2.217"),
        entry(2, area="Portal", version="2.218", highlighted=True),
        entry(3, area="Chat", version="2.218"),
        entry(4, area="Billing & invoicing", version="2.219"),
    )
}
ARRIVALS = [Arrival(int(key) + 10, key, "new") for key in ENTRIES]


def told(question: str, arrivals: list[Arrival] = ARRIVALS, **known: KeyHistory) -> str:
    """The keys that a watch tells of."""
    subject = read_subject(question, AREAS)
    assert subject is not None, question
    versions = {Version(2, 217): {"1", "900"}, Version(2, 218): {"2", "3"}, Version(2, 219): {"4"}}
    return "".join(sorted(arrived_for(subject, 10, arrivals, ENTRIES, known, (), versions.__getitem__)))


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("portal", "12"),
        ("area:portal", "12"),
        ("area portal", "12"),
        ("the portal area", "12"),
        ("anything new in portal", "12"),
        ("stuff about chat", "3"),
        ("portal and chat", "123"),
        ("portal since 2.218", "2"),
        ("portal in v2.217", "1"),
        ("highlights in portal", "2"),
        ("v2.218", "23"),
        ("version 2.218", "23"),
        ("everything in v2.218", "23"),
        ("everything in v2.218 without chat", "2"),
        ("a new version", "234"),
        ("the next release", "234"),
        ("new versions", "234"),
    ],
)
def test_what_belongs_to_it(question: str, keys: str) -> None:
    """An area, a version, both, or each version of which nothing was known before."""
    assert told(question) == keys


@pytest.mark.parametrize(
    "question",
    [
        "jira default status",
        "portal login page",
        "quickbooks",
        "1016865",
        "",
        "charts",
        "prepaid hours",
        "new",
        "version",
    ],
)
def test_other_questions(question: str) -> None:
    """Words that say more than an area are searched for."""
    assert read_subject(question, AREAS) is None


def test_what_only_now_belongs_to_it() -> None:
    """A change whose area becomes known is told then; one that was in it before and became a highlight is not."""
    for area, keys in ((None, "1"), ("Portal", "")):
        before = EntryFacts(area=area, versions=(Version(2, 217),), is_highlighted=False, has_caution=False)
        history = KeyHistory(5, "new", ((5, before),))
        assert told("portal", [Arrival(20, "1", "known")], **{"1": history}) == keys
