"""A stand-in for Slack and an installation for each test; the clock stands at Monday 23 November 2026, 08:00 UTC."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.playground import Playground
from tests.digests.rig import MONDAY, Rig, entry


@pytest.fixture(scope="session")
def slack_server() -> Iterator[Playground]:
    with Playground() as slack:
        yield slack


@pytest.fixture
def slack(slack_server: Playground) -> Playground:
    slack_server.reset()
    slack_server.set_clock(MONDAY)
    return slack_server


@pytest.fixture
def rig(slack: Playground, tmp_path: Path) -> Iterator[Rig]:
    """With three entries that are old news."""
    made = Rig(slack, tmp_path)
    made.arrive([entry(number, version="2.216") for number in (1, 2, 3)])
    yield made
    made.catalogue.close()
    made.engine.dispose()
