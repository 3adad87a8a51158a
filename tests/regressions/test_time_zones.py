"""The time zones that people type into the window of a digest."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.digests.formatting import format_zone
from bot.digests.timezones import ZONES_OFF_THE_HOUR, UnclearZone, extract_zone
from tests.whole_app.acting import SlackStandIn, text


def subscribed(halo: SlackStandIn, zone: str) -> str | None:
    """What the window says after this zone was typed into it; None when it asks again."""
    halo.shown_after(lambda: halo.command("/halo", "subscribe"))
    result = halo.submit({"zone": zone})
    halo.wait_idle()
    return None if result.errors else text(halo.modals()[-1])


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [("UTC+5:30", "5:30"), ("GMT-3:30", "3:30")],
)
def test_the_half_hour_of_an_offset_is_kept(halo: SlackStandIn, zone: str, minutes: str) -> None:
    """A UTC offset with a half hour is kept with it, or the window asks which zone is meant."""
    said = subscribed(halo, zone)
    assert said is None or minutes in said


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("Zurich", "Europe/Zurich"),
        ("Zürich", "Europe/Zurich"),
        ("Sao Paulo", "America/Sao Paulo"),
        ("São Paulo", "America/Sao Paulo"),
    ],
)
def test_a_city_is_known_with_its_accents(halo: SlackStandIn, city: str, zone: str) -> None:
    """A city stands for its time zone, typed with its accents or without."""
    said = subscribed(halo, city)
    assert said is not None
    assert f"({zone})" in said


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("utc+5:30", "Asia/Kolkata"), ("gmt +0530", "Asia/Kolkata"), ("utc+5.30", "Asia/Kolkata"),
        ("utc+5:45", "Asia/Kathmandu"), ("utc-9:30", "Pacific/Marquesas"), ("utc+9:30", "Australia/Darwin"),
        ("utc+2:00", "Etc/GMT-2"), ("gmt-03:00", "Etc/GMT+3"), ("utc+10", "Etc/GMT-10"), ("utc+00:00", "UTC"),
        ("são paulo", "America/Sao_Paulo"), ("zürich", "Europe/Zurich"), ("bogotá", "America/Bogota"),
        ("asunción", "America/Asuncion"), ("reykjavík", "Atlantic/Reykjavik"), ("münchen", None),
    ],
)  # fmt: skip
def test_offsets_and_accents_stand_for_their_zone(typed: str, zone: str | None) -> None:
    """With minutes or without, with accents or without; what is no zone is left in the text."""
    rest, found, _ = extract_zone(f"mondays at 9 {typed}")
    assert found == zone
    assert (typed in rest) == (zone is None)


@pytest.mark.parametrize("typed", ["utc-3:30", "utc+10:30", "utc+12:45", "utc+5:15", "utc+1:99", "utc+15:30"])
def test_an_offset_that_no_clock_has_all_year_is_asked_about(typed: str) -> None:
    """Never taken for the whole hour before it."""
    with pytest.raises(UnclearZone, match="Which city's time"):
        extract_zone(f"mondays at 9 {typed}")


def test_a_zone_off_the_hour_is_shown_with_its_offset() -> None:
    """Whoever typed the offset sees that it was kept; other zones stay as they were."""
    assert format_zone("Asia/Kolkata") == "Asia/Kolkata, UTC+5:30"
    assert format_zone("Europe/London") == "Europe/London"
    for offset, zone in ZONES_OFF_THE_HOUR.items():
        for month in (1, 7):
            hours = datetime(2026, month, 1, tzinfo=ZoneInfo(zone)).strftime("%z")
            assert hours == f"{offset[0]}{offset[1:].replace(':', '').zfill(4)}"
