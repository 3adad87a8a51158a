"""Fixtures for the tests of imports: a fixed clock, a web server, and real documents where there are some.

HALO_TEST_DOCUMENTS names a folder with real posts in `seeds/`, what a person read in them as JSON in `facts/`, and the
script that compares the two in `checks/`. The posts are other people's texts, so the project does not contain them.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import SourceError
from bot.ingest.fetch import Fetcher
from bot.storage.database import open_workspace
from bot.storage.source_states import SourceStates
from tests.ingest.servers import Site, serving
from tests.prepared import new_workspace

DOCUMENTS = Path(os.environ.get("HALO_TEST_DOCUMENTS", ""))


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
    """The real documents, in the order of their names."""
    if not os.environ.get("HALO_TEST_DOCUMENTS"):
        pytest.skip("HALO_TEST_DOCUMENTS names no folder with real documents")
    found = sorted((DOCUMENTS / "seeds").glob("*.txt"))
    assert found, f"no documents in {DOCUMENTS / 'seeds'}"
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
    engine = open_workspace(new_workspace(tmp_path / "workspace.db"))
    yield SourceStates(engine)
    engine.dispose()
