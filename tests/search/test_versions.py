"""Versions in what people type: one, several, ranges, the newest, and decimals that are none."""

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
    ("text", "versions"),
    [
        ("2.206..2.212", v(206, 208, 210, 212)),
        ("v2.206..v2.212", v(206, 208, 210, 212)),
        ("v2.206 .. 2.212", v(206, 208, 210, 212)),
        ("2.206...2.212", v(206, 208, 210, 212)),
        ("2.206-2.212", v(206, 208, 210, 212)),
        ("2.206 to 2.212", v(206, 208, 210, 212)),
        ("from 2.206 to 2.212", v(206, 208, 210, 212)),
        ("between v2.206 and v2.212", v(206, 208, 210, 212)),
        ("2.206 through 2.212", v(206, 208, 210, 212)),
        ("2.212..2.206", v(206, 208, 210, 212)),
        ("2.205..2.209", v(206, 208)),
        ("2.214..2.999", v(214, 216)),
        ("2.210..2.210", v(210)),
    ],
)
def test_ranges(text, versions):
    """A range has both its ends and everything between, in either order; its ends need not exist."""
    assert extract_versions(text, KNOWN)[0] == VersionFilter(versions)


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("since 2.212", v(212, 214, 216)),
        ("from v2.212", v(212, 214, 216)),
        ("since version 2.212", v(212, 214, 216)),
        ("after 2.212", v(214, 216)),
        ("newer than 2.212", v(214, 216)),
        ("before 2.208", v(204, 206)),
        ("older than 2.208", v(204, 206)),
        ("until 2.208", v(204, 206, 208)),
        ("up to 2.208", v(204, 206, 208)),
        ("since 2.211", v(212, 214, 216)),
    ],
)
def test_open_ranges(text, versions):
    """`since`, `from`, `until` and `up to` include the version they name; `after` and `before` do not."""
    assert extract_versions(text, KNOWN)[0] == VersionFilter(versions)


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
        ("2.208..2.21", v(208, 210)),
        ("2.206 and 2.21", v(206, 210)),
    ],
)
def test_lost_zero(text, versions):
    """v2.21 is read as v2.210 where only that exists, with one note."""
    assert extract_versions(text, KNOWN)[0] == VersionFilter(versions, ("v2.21 read as v2.210.",))


def test_no_zero_is_added_to_a_version_that_exists():
    """Where v2.21 exists, v2.21 is meant."""
    assert extract_versions("2.21", (Version(2, 21), Version(2, 210)))[0] == VersionFilter((Version(2, 21),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("v2.300", "I know nothing of v2.300."),
        ("2.300", "I know nothing of v2.300."),
        ("v9.1", "I know nothing of v9.1."),
        ("since 2.300", "I know nothing of since v2.300."),
        ("2.300..2.310", "I know nothing of v2.300 to v2.310."),
        ("before 2.204", "I know nothing of before v2.204."),
    ],
)
def test_unknown_version(text, said):
    """An unknown version narrows to nothing, with a note; it is never ignored."""
    assert extract_versions(text, KNOWN)[0] == VersionFilter((), (said,))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("portal stuff since 2.210", "portal stuff"),
        ("what's new in 2.214", "what's new in"),
        ("2.206..2.210 jira", "jira"),
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
    st.sampled_from(KNOWN), st.sampled_from(KNOWN), st.sampled_from(["..", "-", " to ", " - ", " .. "]), st.booleans()
)
def test_every_range(one, other, between, with_v):
    """Every range between two known versions, in every spelling, has the known versions between them."""
    text = f"{one}{between}{other}" if with_v else f"{one.number}{between}{other.number}"
    assert extract_versions(text, KNOWN)[0].versions == tuple(
        known for known in KNOWN if min(one, other) <= known <= max(one, other)
    )
