"""Entries that nobody has described are found by the words that people are expected to ask by."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalog.learning import learn_anew
from bot.catalog.models import Entry, Seeds, Version
from bot.catalog.repository import Catalog
from bot.search.service import SearchService

ABOUT_ENGINEERS = (
    "engineer rota wrong", "keep an engineer busy", "engineer has gone home", "which engineer is it",
    "engineer colours",
)  # fmt: skip
DESCRIBED = (
    Entry("1000001", "feature", "Technicians are shown in colour", version=Version(2, 300), also=ABOUT_ENGINEERS),
    Entry("1000002", "feature", "Invoices have a footer", version=Version(2, 300),
          also=("bill footer", "text under a bill", "bill small print", "bill bottom", "bill remarks")),
)  # fmt: skip
NEW = Entry("1000003", "feature", "Technicians can be cloned", "A technician is copied.", version=Version(2, 302))


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """Two described entries, from which was learned."""
    catalog = Catalog(tmp_path / "catalog.db")
    catalog.load_seeds(Seeds(DESCRIBED))
    learn_anew(catalog)
    yield catalog
    catalog.close()


def test_found_by_an_unsaid_word(catalog: Catalog) -> None:
    """A new entry about technicians is among what is shown for an engineer, in no word of its own."""
    catalog.upsert([NEW])
    result = SearchService(catalog).search("clone an engineer")
    assert result.hits[0].entry.key == NEW.key
    result = SearchService(catalog).search("an engineer")
    assert NEW.key in [hit.entry.key for hit in (*result.hits, *result.more_hits, *result.suggestions)]


def test_explained(catalog: Catalog) -> None:
    """The explanation says for which word of the entry a word is expected."""
    catalog.upsert([NEW])
    with SearchService(catalog).snapshot() as snapshot:
        (hit,) = snapshot.explain("clone an engineer").hits[:1]
    assert any("technician → engin" in signal.explanation for signal in hit.signals)


def test_nothing_changes_where_all_are_described(catalog: Catalog) -> None:
    """With every entry described, answers and scores are those of a catalogue that has learned nothing."""
    questions = ("engineer colours", "bill footer", "invoice footer", "technician", "kiosk mode")
    learned = [SearchService(catalog).search(question) for question in questions]
    with catalog.write_transaction() as db:
        db.execute("DELETE FROM translations")
        db.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
    assert [SearchService(catalog).search(question) for question in questions] == learned


def test_a_described_entry_is_not_shadowed(catalog: Catalog) -> None:
    """What a described entry is asked for in a phrasing of its own stays its answer beside new ones."""
    catalog.upsert([NEW, replace(NEW, key="1000004", title="Technicians can be merged")])
    assert SearchService(catalog).search("keep an engineer busy").hits[0].entry.key == "1000001"


def test_watches_are_told_of_what_is_evident(catalog: Catalog) -> None:
    """A new entry is announced for its own words; for one expected word among others that it lacks it is not."""
    catalog.upsert([NEW])
    with SearchService(catalog).snapshot() as snapshot:
        assert snapshot.matching_keys("clone technicians", [NEW.key]) == [NEW.key]
        assert snapshot.matching_keys("engineer holiday calendar colours", [NEW.key]) == []
