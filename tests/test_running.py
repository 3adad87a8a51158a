"""How the bot runs: what is true of its process, however it is connected."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.running import NEW_OBJECTS, look_less_for_garbage


class Knot:
    """Refers to itself, so that only a look for garbage finds it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def own_garbage_settings() -> Iterator[None]:
    """What Python does about garbage, as it was before the test."""
    threshold = gc.get_threshold()
    yield
    gc.set_threshold(*threshold)
    gc.unfreeze()


# What is collected here was left by other tests, and complains of it.
LEFT_BY_OTHERS = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@LEFT_BY_OTHERS
@pytest.mark.usefixtures("own_garbage_settings")
def test_what_is_there_at_the_start_is_not_looked_through_for_garbage() -> None:
    """All objects of before are set apart; those of later are not."""
    before = [Knot()]
    look_less_for_garbage()
    assert gc.get_freeze_count() > 0
    later = [Knot()]
    looked_at = {id(found) for found in gc.get_objects()}
    assert id(later[0]) in looked_at
    assert id(before[0]) not in looked_at


@LEFT_BY_OTHERS
@pytest.mark.usefixtures("own_garbage_settings")
def test_what_comes_later_and_is_not_needed_any_more_is_still_found() -> None:
    """Garbage does not grow without bound: objects that refer to themselves end after so many new ones."""
    look_less_for_garbage()
    first = weakref.ref(Knot())
    rest = [[Knot()] for _ in range(NEW_OBJECTS)]
    assert first() is None
    assert len(rest) == NEW_OBJECTS
