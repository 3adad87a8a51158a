"""The time zones that people type into the window of a digest."""

import pytest

from tests.whole_app.acting import SlackStandIn, text

HALF_HOURS = pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="case 18: the half hour of a UTC offset is dropped without a word"
)
ACCENTS = pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="case 18: a city written with an accent is not known"
)


def subscribed(halo: SlackStandIn, zone: str) -> str | None:
    """What the window says after this zone was typed into it; None when it asks again."""
    halo.shown_after(lambda: halo.command("/halo", "subscribe"))
    result = halo.submit({"zone": zone})
    halo.wait_idle()
    return None if result.errors else text(halo.modals()[-1])


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [pytest.param("UTC+5:30", "5:30", marks=HALF_HOURS), pytest.param("GMT-3:30", "3:30", marks=HALF_HOURS)],
)
def test_the_half_hour_of_an_offset_is_kept(halo: SlackStandIn, zone: str, minutes: str) -> None:
    """A UTC offset with a half hour is kept with it, or the window asks which zone is meant."""
    said = subscribed(halo, zone)
    assert said is None or minutes in said


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("Zurich", "Europe/Zurich"),
        pytest.param("Zürich", "Europe/Zurich", marks=ACCENTS),
        ("Sao Paulo", "America/Sao Paulo"),
        pytest.param("São Paulo", "America/Sao Paulo", marks=ACCENTS),
    ],
)
def test_a_city_is_known_with_its_accents(halo: SlackStandIn, city: str, zone: str) -> None:
    """A city stands for its time zone, typed with its accents or without."""
    said = subscribed(halo, city)
    assert said is not None
    assert f"({zone})" in said
