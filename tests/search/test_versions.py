"""Versions in what people type: one, several, ranges, the newest, and decimals that are none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.models import Version
from bot.search.versions import VersionFilter, combine_filters, extract_versions
from tests.search.material import v

KNOWN = v(204, 206, 208, 210, 212, 214, 216)


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("v2.206", v(206)),
        ("2.206", v(206)),
        ("V 2.206", v(206)),
        ("in 2.206?", v(206)),
        ("(v2.206)", v(206)),
        ("version 2.206", v(206)),
        ("release v2.206.1", v(206)),
        ("2.206, 2.210", v(206, 210)),
        ("v2.210 and v2.206", v(206, 210)),
        ("in 214", v(214)),
        ("release 214", v(214)),
        ("214", v(214)),
    ],
)
def test_versions_by_number(text, versions):
    """A version is read with and without its v, in a sentence, and by its minor number alone where that is clear."""
    assert extract_versions(text, KNOWN)[0] == VersionFilter(versions)


@pytest.mark.parametrize(
    "text",
    [
        "2.206..2.212",
        "v2.206 .. 2.212",
        "2.206...2.212",
        "2.206-2.212",
        "2.206 -> 2.212",
        "2.206 --> 2.212",
        "v2.206 → v2.212",
        "2.206 => 2.212",
        "2.206 > 2.212",
        "2.206 :arrow_right: 2.212",
        "2.206 to 2.212",
        "2.206 through 2.212",
        "2.206 up to and including 2.212",
        "from 2.206 to 2.212",
        "from version 2.206 to version 2.212",
        "between v2.206 and v2.212",
        "between versions 2.206 and 2.212",
        "2.206 vs 2.212",
        "2.206 versus 2.212",
        "2.206 compared to 2.212",
        "difference between 2.206 and 2.212",
        "what's the difference between v2.206 and v2.212?",
        "how does 2.212 differ from 2.206",
        "what does 2.212 have that 2.206 doesn't",
        "compare 2.206 2.212",
        "compare 2.206 and 2.212",
        "compare 2.206 with 2.212",
        "upgrade from 2.206 to 2.212",
        "upgrading from 2.206 to 2.212",
        "going from 2.206 to 2.212",
        "moving up from v2.206 to v2.212",
        "we're on 2.206 and upgrading to 2.212",
        "206 to 212",
        "206 -> 2.212",
        "between 206 and 212",
        "2.206.1 -> 2.212.14",
        "2.206 -> 2.210 -> 2.212",
        "2.212..2.206",
        "from 2.212 to 2.206",
        "after 2.206 and up to 2.212",
    ],
)
def test_ranges(text):
    """A range, however it is written and in either order, is what came after the older version, up to the newer one."""
    asked = extract_versions(text, KNOWN)[0]
    assert asked.versions == v(208, 210, 212)
    assert asked.range.label == "after v2.206, up to v2.212"
    assert asked.notes == ()


@pytest.mark.parametrize(
    ("text", "versions", "notes"),
    [
        ("2.205..2.209", v(206, 208), ()),
        ("2.212..2.999", v(214, 216), ("The newest version I know is v2.216.",)),
        ("2.300 -> 2.310", (), ("I know of no version after v2.300, up to v2.310.",)),
        ("2.100 to 2.110", (), ("I know of no version after v2.100, up to v2.110.",)),
        ("2.210..2.210", v(210), ("Both are v2.210.",)),
        ("between 2.21 and 2.210", v(210), ("v2.21 read as v2.210.", "Both are v2.210.")),
        ("2.20 vs 2.200", (), ("v2.20 read as v2.200.", "Both are v2.200.", "I know nothing of v2.200.")),
    ],
)
def test_ends_of_a_range(text, versions, notes):
    """The ends of a range need not exist, and the person is told so; of the same version twice, it is that one."""
    assert extract_versions(text, KNOWN)[0][:2] == (versions, notes)


@pytest.mark.parametrize(
    ("text", "versions", "label"),
    [
        ("since 2.212", v(212, 214, 216), "since v2.212"),
        ("from v2.212", v(212, 214, 216), "since v2.212"),
        ("from 2.212 on", v(212, 214, 216), "since v2.212"),
        ("since version 2.212", v(212, 214, 216), "since v2.212"),
        ("2.212 onwards", v(212, 214, 216), "since v2.212"),
        ("2.212 and later", v(212, 214, 216), "since v2.212"),
        ("2.212+", v(212, 214, 216), "since v2.212"),
        ("since 2.211", v(212, 214, 216), "since v2.211"),
        ("since 212", v(212, 214, 216), "since v2.212"),
        ("since 2.212 until now", v(212, 214, 216), "since v2.212"),
        ("after 2.212", v(214, 216), "after v2.212"),
        ("newer than 2.212", v(214, 216), "after v2.212"),
        ("what did we miss since 2.212", v(214, 216), "after v2.212"),
        ("upgrading from 2.212", v(214, 216), "after v2.212"),
        ("we're on 2.212", v(214, 216), "after v2.212"),
        ("We are still on v2.212,", v(214, 216), "after v2.212"),
        ("our version is 2.212", v(214, 216), "after v2.212"),
        ("we run 2.212", v(214, 216), "after v2.212"),
        ("2.212 to latest", v(214, 216), "after v2.212"),
        ("between 2.212 and now", v(214, 216), "after v2.212"),
        ("before 2.208", v(204, 206), "before v2.208"),
        ("older than 2.208", v(204, 206), "before v2.208"),
        ("pre-2.208", v(204, 206), "before v2.208"),
        ("until 2.208", v(204, 206, 208), "up to v2.208"),
        ("up to 2.208", v(204, 206, 208), "up to v2.208"),
        ("2.208 and older", v(204, 206, 208), "up to v2.208"),
        ("since 2.206 but before 2.210", v(206, 208), "since v2.206, before v2.210"),
        ("after 2.206 and before 2.212", v(208, 210), "after v2.206, before v2.212"),
        ("2.206 to 2.210 inclusive", v(206, 208, 210), "since v2.206, up to v2.210"),
        ("since 2.208 but not 2.212", v(208, 210, 214, 216), "since v2.208"),
    ],
)
def test_open_ranges(text, versions, label):
    """`since`, `until` and `up to` include the version they name; `after` and `before` do not, nor does `since` where
    the person has that version.
    """
    asked = extract_versions(text, KNOWN)[0]
    assert asked.versions == versions
    assert asked.range.label == label


@pytest.mark.parametrize(
    ("text", "installed"),
    [
        ("we're on 2.212, what's new", 212),
        ("on 2.204, thinking of going to 2.208", 204),
        ("we have 2.210", 210),
        ("do we have 2.210", None),
        ("we just upgraded to 2.210, what's in it", None),
        ("since 2.210", None),
    ],
)
def test_installed(text, installed):
    """The version that a person says they have is told apart from one that they ask about."""
    assert extract_versions(text, KNOWN)[0].installed == (v(installed)[0] if installed else None)


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("2.206, 2.210 and 2.214", v(206, 210, 214)),
        ("billing in 2.214 and 2.216", v(214, 216)),
        ("2.206 / 2.214", v(206, 214)),
        ("the version before 2.214", v(212)),
        ("the release after 2.214", v(216)),
        ("previous version", v(214)),
        ("since the last version", v(216)),
        ("upgrade to 2.214", v(214)),
    ],
)
def test_no_range(text, versions):
    """Versions that are only enumerated are just these."""
    asked = extract_versions(text, KNOWN)[0]
    assert (asked.versions, asked.range) == (versions, None)


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("latest", v(216)),
        ("the newest?", v(216)),
        ("last version", v(216)),
        ("in the latest release", v(216)),
        ("current version", v(216)),
        ("last two versions", v(214, 216)),
        ("the last 3 releases", v(212, 214, 216)),
        ("last couple of releases", v(214, 216)),
        ("past few halo versions", v(212, 214, 216)),
        ("last versions", v(214, 216)),
        ("last 50 versions", KNOWN),
    ],
)
def test_newest(text, versions):
    """The newest versions are asked for by their number; without one, it is one, or two for the plural."""
    assert extract_versions(text, KNOWN)[0] == VersionFilter(versions)


@pytest.mark.parametrize(
    "text",
    [
        "2.5 days",
        "OAuth 2.0",
        "TLS 1.2",
        "$2.50",
        "£12.50 a month",
        "2.50 per user",
        "2.25 hours",
        "margin of 2.75%",
        "15.00 for the call",
        "python 3.11",
        "on call from 9.00 to 17.30",
        "after 17.30",
        "10.0.0.1",
        "192.168.2.206",
        "$VAR2.206",
        "250 users",
        "in 214 days",
        "for 210 tickets",
        "the latest invoice",
        "2,206",
        "2.20 - 2.50 per hour",
        "2.25 to 2.50",
        "£2.206",
        "2.206%",
        "2.206.10.5",
        "2.21.2024",
        "2.045",
        "206 tickets to 214",
        "between 206 and 214 tickets",
        "error 206",
        "",
    ],
)
def test_no_version(text):
    """Amounts, times, addresses and other products' versions are no version of Halo, and stay in the text."""
    assert extract_versions(text, KNOWN) == (VersionFilter(), text)


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("2.21", v(210)),
        ("v2.21", v(210)),
        ("since v2.21", v(210, 212, 214, 216)),
        ("2.206..2.21", v(208, 210)),
        ("2.206 and 2.21", v(206, 210)),
    ],
)
def test_lost_zero(text, versions):
    """v2.21 is read as v2.210 where only that exists, with one note."""
    assert extract_versions(text, KNOWN)[0][:2] == (versions, ("v2.21 read as v2.210.",))


def test_no_zero_is_added_to_a_version_that_exists():
    """Where v2.21 exists, v2.21 is meant."""
    assert extract_versions("2.21", (Version(2, 21), Version(2, 210)))[0] == VersionFilter((Version(2, 21),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("v2.300", "I know nothing of v2.300."),
        ("2.300", "I know nothing of v2.300."),
        ("v9.1", "I know nothing of v9.1."),
        ("v2.209", "I know nothing of v2.209; I know v2.208 and v2.210."),
        ("since 2.300", "I know of no version since v2.300."),
        ("before 2.204", "I know of no version before v2.204."),
    ],
)
def test_unknown_version(text, said):
    """An unknown version narrows to nothing, with a note; it is never ignored."""
    assert extract_versions(text, KNOWN)[0][:2] == ((), (said,))


def test_one_known_and_one_unknown_version():
    """Of two versions the known one is taken, and the other one is told."""
    assert extract_versions("2.214 or 2.300", KNOWN)[0] == VersionFilter(v(214), ("I know nothing of v2.300.",))


def test_time_of_many_versions():
    """Reading a text takes no more than in proportion to its length."""

    def seconds(text):
        started = time.thread_time()
        extract_versions(text, KNOWN)
        return time.thread_time() - started

    for part in ("2.206 to ", "from between 2.206 and ", "2.206.", "206-", "we are still on on on "):
        short, long = part * 40, part * 400
        assert min(seconds(long) for _ in range(3)) < 40 * min(seconds(short) for _ in range(3)) + 0.01


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("portal stuff since 2.210", "portal stuff"),
        ("what's new in 2.214", "what's new in"),
        ("2.206..2.210 jira", "jira"),
        ("difference between 2.206 and 2.210 for jira", "for jira"),
        ("jira changes upgrading from 2.206 to 2.210", "jira changes"),
        ("we're on 2.210, anything for jira", ", anything for jira"),
        ("jira v2.206 status 2.210 x", "jira status x"),
        ("avalara in the last two versions please", "avalara in please"),
        ("charge 2.50 per user in 2.206", "charge 2.50 per user in"),
    ],
)
def test_the_other_words_stay(text, rest):
    """What is not about versions stays in the text, word for word."""
    asked, left = extract_versions(text, KNOWN)
    assert asked.versions
    assert left.split() == rest.split()


def test_no_known_versions():
    """In a catalogue without versions every version is unknown, and there is no newest one."""
    assert extract_versions("2.206", ()) == (VersionFilter((), ("I know nothing of v2.206.",)), " ")
    assert extract_versions("latest", ())[0] == VersionFilter(())


def test_combine_filters():
    """Versions from a filter and from the text add up, with all notes; without any, the filter is not set."""
    assert combine_filters(
        [VersionFilter(v(206), ("one",)), VersionFilter(), VersionFilter(v(204, 206), ("two",))]
    ) == VersionFilter(v(204, 206), ("one", "two"))
    assert combine_filters([VersionFilter(), VersionFilter()]) == VersionFilter()
    assert combine_filters([VersionFilter(()), VersionFilter()]) == VersionFilter(())


@given(st.text(alphabet="v2.01456 toandsincelastversions%-", max_size=40))
def test_any_text(text):
    """Whatever looks like a version, the filter has only known ones, oldest first, each once, or none and a note."""
    asked, _ = extract_versions(text, KNOWN)
    if asked.is_set:
        assert asked.versions == tuple(sorted(set(asked.versions)))
        assert set(asked.versions) <= set(KNOWN)
        assert asked.versions or asked.notes


@given(
    st.sampled_from(KNOWN),
    st.sampled_from(KNOWN),
    st.sampled_from(["..", "-", " to ", " - ", " .. ", " -> ", " → ", " vs ", " => "]),
    st.booleans(),
)
def test_every_range(one, other, between, with_v):
    """Every range between two known versions, in every spelling, has the same known versions."""
    text = f"{one}{between}{other}" if with_v else f"{one.number}{between}{other.number}"
    assert extract_versions(text, KNOWN)[0].versions == tuple(
        known for known in KNOWN if min(one, other) < known <= max(one, other) or known == one == other
    )
