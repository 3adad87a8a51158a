"""The shipped catalogue to ask, its words, and small catalogues made to measure."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.catalog.models import Entry, Glossary, Seeds
from bot.catalog.repository import Catalogue
from bot.search.service import Ask
from bot.search.vocabulary import Lexicon

AREAS = (
    ("Tickets", ("ticketing",)),
    ("Billing & invoicing", ("billing", "invoices")),
    ("Portal", ("client portal",)),
    ("Integrations", ()),
)


@pytest.fixture(scope="session")
def ask(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Answers from the shipped catalogue. Ask it, never change it."""
    catalogue = Catalogue(Path(shutil.copy(shipped_file, tmp_path_factory.mktemp("asked") / "catalog.db")))
    yield Ask(catalogue)
    catalogue.close()


@pytest.fixture(scope="session")
def lexicon(ask: Ask) -> Lexicon:
    """The words of the shipped catalogue."""
    return ask.lexicon


@pytest.fixture(scope="session")
def bare_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue file with its tables and nothing in them. Copy it."""
    catalogue = Catalogue(tmp_path_factory.mktemp("bare") / "catalog.db")
    catalogue.entry_count()
    catalogue.close()
    return catalogue.path


@pytest.fixture
def asking(bare_file: Path, tmp_path: Path) -> Iterator[Callable[..., Ask]]:
    """Makes an Ask of a catalogue that has just these entries; keywords are what its glossary says."""
    opened: list[Catalogue] = []

    def make(*entries: Entry, **glossary: object) -> Ask:
        opened.append(Catalogue(Path(shutil.copy(bare_file, tmp_path / f"catalog-{len(opened)}.db"))))
        opened[-1].load(Seeds(entries, areas=AREAS, glossary=Glossary(**glossary)))  # type: ignore[arg-type]
        return Ask(opened[-1])

    yield make
    for catalogue in opened:
        catalogue.close()
