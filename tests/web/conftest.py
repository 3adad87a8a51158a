"""A site over the shipped catalogue, with arrivals of its own."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from bot.catalog.models import Entry
from bot.catalog.repository import Catalog
from bot.search.service import SearchService
from bot.storage.arrival_dates import ArrivalDates
from bot.storage.arrivals import Arrivals
from bot.storage.database import open_workspace
from bot.web.models import SiteOptions
from bot.web.site import Site
from tests.prepared import new_catalog, new_workspace

PUBLIC_URL = "https://halo.example.com"
CAME_AT = 1_767_225_600.0  # 1 January 2026


@dataclass
class Place:
    """A site, and what it is made of."""

    site: Site
    catalogue: Catalog
    arrivals: Arrivals

    def get(self, path: str, **query: str) -> str:
        """A page's text, with entities read; it has to be there."""
        reply = self.site.get(path, query)
        assert reply.status == 200, (path, query, reply.body[:2_000])
        return unescape(reply.body.decode())

    def add(self, *entries: Entry, at: float = CAME_AT) -> None:
        """Put entries into the catalogue, and record that they arrived."""
        self.catalogue.upsert(entries)
        self.arrivals.sync(self.catalogue, at)
        self.site._look_again_at = 0.0


def open_place(catalogue_file: Path, folder: Path, **options: Any) -> Place:
    """A site over this catalogue, all of which came at CAME_AT."""
    catalogue = Catalog(catalogue_file)
    engine = open_workspace(new_workspace(folder / "workspace.db"))
    arrivals = Arrivals(engine)
    arrivals.sync(catalogue, CAME_AT)
    site = Site(SearchService(catalogue), ArrivalDates(engine), SiteOptions(**{"public_url": PUBLIC_URL, **options}))
    return Place(site, catalogue, arrivals)


@pytest.fixture(scope="session")
def shipped(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The shipped catalogue; no test changes it."""
    folder = tmp_path_factory.mktemp("web")
    return open_place(Path(shutil.copy(shipped_file, folder / "catalog.db")), folder)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An empty catalogue, to put entries into."""
    opened = open_place(new_catalog(tmp_path / "catalog.db"), tmp_path)
    yield opened
    opened.catalogue.close()


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """Makes an entry."""

    def make(key: str = "1234567", title: str = "Budgets per phase", **given: Any) -> Entry:
        return Entry(**{"key": key, "kind": "feature", "title": title, "source": "test", **given})

    return make
