"""Accepted phrasings: they find their entry at once, and nothing that happens to the entry loses them."""

from pathlib import Path

import pytest

from bot.catalog.imports import ImportBatch, undo_last_import, write_import
from bot.catalog.phrasings import (
    AcceptedPhrasing,
    accepted_phrasings,
    copy_catalog,
    phrasings_by_key,
    replace_phrasings,
)
from bot.catalog.repository import Catalog
from bot.errors import CatalogueError
from bot.search.service import SearchService

ZEBRA = AcceptedPhrasing("5551234", "stripy road markings", "llm")


def found(catalog: Catalog, question: str = "stripy road markings") -> list[str]:
    return [hit.entry.key for hit in SearchService(catalog).search(question).hits]


def test_an_accepted_phrasing_finds_its_entry_at_once(empty: Catalog, make_entry) -> None:
    """The very next answer has it, and has it no more when it is taken back."""
    empty.upsert([make_entry()])
    assert found(empty) == []
    assert replace_phrasings(empty, [ZEBRA]) == 1
    assert found(empty) == ["5551234"]
    assert replace_phrasings(empty, [ZEBRA]) == 0  # nothing to do
    assert replace_phrasings(empty, []) == 1
    assert found(empty) == []


def test_a_phrasing_may_come_before_its_entry(empty: Catalog, make_entry) -> None:
    """Phrasings are kept by key: an entry that comes later, or again, has them."""
    replace_phrasings(empty, [ZEBRA])
    assert phrasings_by_key(empty.db) == {}
    empty.upsert([make_entry(also=("crossing",))])
    assert found(empty) == ["5551234"]
    assert phrasings_by_key(empty.db) == {"5551234": ("crossing", "stripy road markings")}


def test_seeds_and_imports_leave_them_alone(empty: Catalog, folder, make_entry) -> None:
    """Loading seeds, an import of the same entry and undoing it keep accepted phrasings, apart from the entry's own."""
    empty.load_seeds(folder.read())
    stock = AcceptedPhrasing("794180", "count what is on the shelf", "person")
    replace_phrasings(empty, [ZEBRA, stock])
    folder.write("releases/v2.206.toml", folder.release("2.206", folder.feature("794180", "Report of stock, printed")))
    empty.load_seeds(folder.read())
    write_import(empty, ImportBatch(upserts=[make_entry()]), ["post"], {}, "2026-11-28")
    write_import(empty, ImportBatch(upserts=[make_entry(title="Zebras")]), ["post"], {}, "2026-11-29")
    undo_last_import(empty)
    assert accepted_phrasings(empty.db) == [ZEBRA, stock]
    assert found(empty) == ["5551234"]
    assert found(empty, "count what is on the shelf")[:1] == ["794180"]
    assert all(entry.also == () for entry in empty.entries())


def test_who_wrote_it_can_change(empty: Catalog) -> None:
    """The same words from another origin are the same phrasing."""
    replace_phrasings(empty, [ZEBRA])
    assert replace_phrasings(empty, [ZEBRA._replace(origin="person")]) == 2
    assert accepted_phrasings(empty.db) == [ZEBRA._replace(origin="person")]


def test_an_unknown_origin_is_refused(empty: Catalog) -> None:
    """Whose words they are is one of three; nothing is written otherwise."""
    with pytest.raises(CatalogueError):
        replace_phrasings(empty, [ZEBRA, ZEBRA._replace(text="more", origin="robot")])
    assert accepted_phrasings(empty.db) == []


def test_a_copy_to_try_things_in(empty: Catalog, make_entry, tmp_path: Path) -> None:
    """What is changed in a copy does not change the original."""
    empty.upsert([make_entry()])
    copy = copy_catalog(empty, tmp_path / "copy.db")
    replace_phrasings(copy, [ZEBRA])
    assert (found(copy), found(empty)) == (["5551234"], [])
    copy.close()
