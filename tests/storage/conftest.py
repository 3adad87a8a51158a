"""A workspace database for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.storage.database import open_workspace


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'workspace.db'}"


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    made = open_workspace(url)
    yield made
    made.dispose()
