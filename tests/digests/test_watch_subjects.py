"""Watches that name an area or a version want all of it; any other words are a question."""

import pytest

from bot.catalog.models import Version
from bot.digests.selection import index_entry
from bot.digests.watch_subjects import WatchSubject, arrived_for, is_same_watch, plain_question, read_subject
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
        ("everything", "1234"),
        ("anything new", "1234"),
        ("all changes", "1234"),
        ("whatever is new", "1234"),
        ("highlights", "2"),
        ("only the important ones", "2"),
        ("latest", "234"),
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


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("1016865", "#1016865"),
        ("#1016865", "#1016865"),
        ("change #1016865", "#1016865"),
        ("id 1016865.", "#1016865"),
        ("2.230", "v2.230"),
        ("V2.230", "v2.230"),
        ("release 2.230", "v2.230"),
        ("1016865 in the portal", "1016865 in the portal"),
        ("20 users", "20 users"),
        ("for changes in the SLA area", "the SLA area"),
        ("any updates to v2.230", "v2.230"),
        ("change in status", "change in status"),
        ("audit of changes to the SLA", "audit of changes to the SLA"),
        ("windows 2.230 client", "windows 2.230 client"),
    ],
)
def test_a_number_and_a_version_are_written_in_one_way(question: str, plain: str) -> None:
    """So that each is watched once; any other words stay as they are."""
    assert plain_question(question) == plain


@pytest.mark.parametrize(
    ("question", "other", "is_same"),
    [
        ("1016865", "#1016865", True),
        ("Portal", "the portal area", True),
        ("portal in v2.218", "v2.218 portal", True),
        ("everything", "anything new", True),
        ("“Jira”", "jira", True),
        ("portal", "chat", False),
        ("jira", "jira sync", False),
        ("portal login", "portal", False),
        ("v2.218", "v2.219", False),
        ("highlights", "everything", False),
    ],
)
def test_the_same_watch(question: str, other: str, is_same: bool) -> None:
    """By its words, its number, or all that it means; never by some of it."""
    assert is_same_watch(question, other, AREAS) is is_same
    assert is_same_watch(other, question, AREAS) is is_same


def test_what_is_meant_is_said() -> None:
    """In words that have one reading."""
    assert WatchSubject().words == "everything that is new"
    subject = read_subject("everything in v2.218", AREAS)
    assert subject is not None
    assert subject.words == "everything of v2.218"
