"""What is told of the entries that a process has at hand, and what of those that it lacks."""

from collections.abc import Collection
from pathlib import Path

import pytest

from bot.catalog.models import Entry
from bot.catalog.repository import Catalog
from bot.digests.entry_supply import EntrySupply
from tests.digests.rig import entry
from tests.prepared import new_catalog


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """A catalogue that two processes share, with one of two entries that arrived."""
    made = Catalog(new_catalog(tmp_path / "catalog.db"))
    made.upsert([entry(10)])
    return made


def keys_of(found: tuple[list[Entry], frozenset[str]]) -> tuple[list[str], list[str]]:
    """The keys at hand, and those that are missing."""
    return [one.key for one in found[0]], sorted(found[1])


def test_what_another_process_brings_back_meanwhile_is_not_passed_over(catalog: Catalog) -> None:
    """An entry that comes back between the look and the question whether it is waited for is missing, or at hand."""

    def expected(keys: Collection[str]) -> set[str]:
        catalog.upsert([entry(11)])
        return set(keys)

    supply = EntrySupply(catalog, expected)
    supply._tried = (frozenset({"11"}), supply._clock())  # it was tried a moment ago
    assert keys_of(supply.find(["10", "11"])) == (["10"], ["11"])
    assert keys_of(supply.find(["10", "11"])) == (["10", "11"], [])


def test_what_is_brought_back_is_at_hand(catalog: Catalog) -> None:
    """What is missing and can be brought back is; what nobody waits for is neither at hand nor missing."""
    brought = []

    def restore(keys: Collection[str]) -> None:
        brought.append(sorted(keys))
        catalog.upsert([entry(11)])

    supply = EntrySupply(catalog, lambda keys: set(keys) - {"12"}, restore)
    assert keys_of(supply.find(["10", "11", "12"])) == (["10", "11"], [])
    assert brought == [["11"]]


def test_what_cannot_be_brought_back_is_tried_seldom(catalog: Catalog) -> None:
    """It is missing; it is tried again after a while, and at once where something else is missing."""
    tries, now = [], [0.0]
    supply = EntrySupply(catalog, set, lambda keys: tries.append(sorted(keys)), clock=lambda: now[0])
    for keys in (["11"], ["11"], ["11", "12"]):
        assert keys_of(supply.find(keys)) == ([], keys)
    now[0] = 700.0
    supply.find(["11", "12"])
    assert tries == [["11"], ["11", "12"], ["11", "12"]]
