"""The values of the catalogue."""

import pytest

from bot.catalog.models import Episode


@pytest.mark.parametrize(
    ("published", "day"),
    [("2026-05-12", "12 May 2026"), ("2025-12-09", "9 December 2025"), (None, ""), ("last spring", "last spring")],
)
def test_the_day_of_an_episode(published: str | None, day: str) -> None:
    """In words; as it stands where it is no date, and nothing where it is not known."""
    assert Episode(21, published=published).published_day == day
