"""Search services over the shipped catalogue and over small ones made for a test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.catalog.models import Entry, Glossary, Seeds
from bot.catalog.repository import Catalog
from bot.search.service import SearchService
from bot.search.vocabulary import Vocabulary

AREAS = (
    ("Tickets", ("ticketing",)),
    ("Billing & invoicing", ("billing", "invoices")),
    ("Portal", ("client portal",)),
    ("Integrations", ()),
)


@pytest.fixture(scope="session")
def service(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Search over the shipped catalogue. Never change it."""
    catalogue = Catalog(Path(shutil.copy(shipped_file, tmp_path_factory.mktemp("asked") / "catalog.db")))
    yield SearchService(catalogue)
    catalogue.close()


@pytest.fixture(scope="session")
def vocabulary(service: SearchService) -> Vocabulary:
    """The vocabulary of the shipped catalogue."""
    with service.snapshot() as snapshot:
        return snapshot.vocabulary


@pytest.fixture(scope="session")
def bare_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue file with its tables and nothing in them. Copy it."""
    catalogue = Catalog(tmp_path_factory.mktemp("bare") / "catalog.db")
    catalogue.entry_count()
    catalogue.close()
    return catalogue.path


@pytest.fixture
def make_service(bare_file: Path, tmp_path: Path) -> Iterator[Callable[..., SearchService]]:
    """Make a search service over just these entries; keywords are fields of its glossary."""
    opened: list[Catalog] = []

    def make(*entries: Entry, **glossary: object) -> SearchService:
        opened.append(Catalog(Path(shutil.copy(bare_file, tmp_path / f"catalog-{len(opened)}.db"))))
        opened[-1].load_seeds(Seeds(entries, areas=AREAS, glossary=Glossary(**glossary)))  # type: ignore[arg-type]
        return SearchService(opened[-1])

    yield make
    for catalogue in opened:
        catalogue.close()
