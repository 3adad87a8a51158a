"""What the tests of sources stand on: a fixed clock and the shared documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import SourceError
from bot.ingest.fetch import Fetcher
from bot.settings import PROJECT
from bot.storage.database import open_workspace
from bot.storage.source_states import SourceStates
from tests.ingest.servers import Site, serving

SHARED = PROJECT.parent / "shared"


@contextmanager
def or_a_sentence() -> Iterator[None]:
    """What is done inside ends well, or in a SourceError that says something."""
    try:
        yield
    except SourceError as error:
        if len(str(error)) < 10:
            raise


@pytest.fixture
def now() -> datetime:
    """A moment that never changes."""
    return datetime(2026, 6, 10, 8, tzinfo=UTC)


@pytest.fixture(scope="session")
def documents() -> list[Path]:
    """The shared source documents; a clone alone does not have them."""
    found = sorted((SHARED / "seeds").glob("*.txt"))
    if not found:
        pytest.skip("the shared documents are not at hand")
    return found


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server to be given a script."""
    with serving() as running:
        yield running


@pytest.fixture
def naps() -> list[float]:
    """How long was slept, without sleeping."""
    return []


@pytest.fixture
def fetcher(naps) -> Fetcher:
    """A fetcher that does not wait, with small limits."""
    return Fetcher(pause=0.0, max_bytes=2_000_000, max_seconds=1.0, read_timeout=0.5, sleep=naps.append)


@pytest.fixture
def states(tmp_path) -> Iterator[SourceStates]:
    """Source states in a workspace database of their own."""
    engine = open_workspace(f"sqlite:///{tmp_path / 'workspace.db'}")
    yield SourceStates(engine)
    engine.dispose()
