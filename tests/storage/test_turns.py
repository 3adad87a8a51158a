"""Turns: one process has each at a time, and nobody has it for ever; a problem is told once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from bot.storage.database import open_workspace
from bot.storage.turns import TOLD_SECONDS, Turns


class Clock:
    """The clock of the leases, set by hand."""

    seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def engine(any_new_url: str) -> Iterator[sa.Engine]:
    made = open_workspace(any_new_url)
    yield made
    made.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_one_has_it_until_the_end(engine: sa.Engine, clock: Clock) -> None:
    """While one process has a turn no other one gets it, also by a name of any length; each name has its own."""
    one, other = Turns(engine, clock), Turns(engine, clock)
    name = "source https://example.com/" + "a" * 5_000
    for _ in range(2):
        with one.turn(name, 60) as is_mine:
            assert is_mine
            with other.turn(name, 60) as is_theirs, other.turn(f"{name}b", 60) as is_another:
                assert (is_theirs, is_another) == (False, True)
            with other.turn(name, 60) as is_theirs:
                assert not is_theirs
    with pytest.raises(ZeroDivisionError), one.turn(name, 60):
        raise ZeroDivisionError
    with other.turn(name, 60) as is_theirs:
        assert is_theirs


def test_who_was_killed_has_it_for_so_long(engine: sa.Engine, clock: Clock) -> None:
    """The next one gets it after that; when the first one lives all the same, it takes nothing from the next."""
    one, other = Turns(engine, clock), Turns(engine, clock)
    with one.turn("w", 60):
        clock.seconds += 59
        with other.turn("w", 60) as early:
            assert not early
        clock.seconds += 1
        late = other.turn("w", 60)
        assert late.__enter__()
    with one.turn("w", 60) as again:
        assert not again
    late.__exit__(None, None, None)


def test_a_clock_of_before(engine: sa.Engine, clock: Clock) -> None:
    """A turn that ends later than it could was taken by the clock of a start before, and holds nothing."""
    held = Turns(engine, lambda: clock.seconds + 3_600).turn("w", 60)
    assert held.__enter__()
    with Turns(engine, clock).turn("w", 60) as is_mine:
        assert is_mine


def test_who_waited_for_the_database_is_late(engine: sa.Engine, clock: Clock) -> None:
    """A process that looked at the clock before another one did, and then waited, takes no turn over."""
    later, early = Turns(engine, lambda: clock.seconds + 9), Turns(engine, clock)
    with later.turn("w", 60) as is_mine, early.turn("w", 60) as is_theirs:
        assert (is_mine, is_theirs) == (True, False)
    assert (later.begun("disk"), early.begun("disk")) == (True, False)


def test_of_many_at_once_one_gets_it(engine: sa.Engine, clock: Clock) -> None:
    """Whether nobody had it before or its time is over."""
    barrier = Barrier(6)

    def take(_: int) -> bool:
        with Turns(engine, clock).turn("w", 60) as is_mine:
            barrier.wait(30)  # until all have asked
            return is_mine

    killed = Turns(engine, clock).turn("w", 60)
    assert killed.__enter__()
    for _ in range(3):
        clock.seconds += 60
        with ThreadPoolExecutor(6) as pool:
            assert sorted(pool.map(take, range(6))) == [False] * 5 + [True]


def test_a_problem_is_told_once(engine: sa.Engine, clock: Clock) -> None:
    """Of several processes one tells that it began, and one that it is over; what was never told is not over."""
    one, other = Turns(engine, clock), Turns(engine, clock)
    assert [one.begun("disk"), other.begun("disk"), one.begun("slack")] == [True, False, True]
    assert [other.ended("disk"), one.ended("disk"), one.ended("digests")] == [True, False, False]
    assert one.begun("disk")


def test_a_problem_that_nobody_has_any_more(engine: sa.Engine, clock: Clock) -> None:
    """Where the process that told of it is gone, it is told again; where one still has it, it is not."""
    one, other = Turns(engine, clock), Turns(engine, clock)
    assert (one.begun("disk"), one.begun("slack")) == (True, True)
    clock.seconds += TOLD_SECONDS - 1
    one.keep(["slack", "nothing"])
    clock.seconds += 1
    assert (other.begun("disk"), other.begun("slack"), other.ended("nothing")) == (True, False, False)
