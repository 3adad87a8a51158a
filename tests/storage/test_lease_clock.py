"""The clock of leases: the same for all processes on a database, and nobody can set it."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.storage.database import open_workspace
from bot.storage.lease_clock import LeaseClock
from bot.storage.models import DeliveryRequest
from bot.storage.outbox import Outbox


@pytest.fixture
def engine(any_new_url: str) -> Iterator[sa.Engine]:
    made = open_workspace(any_new_url)
    yield made
    made.dispose()


def test_all_read_the_same(engine: sa.Engine) -> None:
    """Two processes whose clocks are an hour apart, now and after both were set."""
    wall = [1_000_000.0, 1_003_600.0]
    steady = [50.0]
    first = LeaseClock(engine, lambda: wall[0], lambda: steady[0], "boot")
    second = LeaseClock(engine, lambda: wall[1], lambda: steady[0], "boot")
    assert abs(first() - second()) < 2
    before = first()
    steady[0] += 10
    wall[:] = [5.0, 9e9]
    assert first() - before == pytest.approx(10)
    assert abs(first() - second()) < 2


def test_after_a_restart_of_the_machine(url: str) -> None:
    """No lease of the time before lasts longer than a minute, whatever the clock was then."""
    engine = open_workspace(url)
    outbox, request = Outbox(engine), DeliveryRequest("T1", "C1", "digest", 1, (), [{"text": "x"}])
    clock = LeaseClock(engine, lambda: 9_000_000.0, lambda: 50.0, "first boot")
    assert outbox.claim(request, "n", "o", clock(), 30.0) is not None
    clock = LeaseClock(engine, lambda: 1_000.0, lambda: 5.0, "second boot")
    assert outbox.expired_ids(clock()) == []
    assert len(outbox.expired_ids(clock() + 61)) == 1
    engine.dispose()
