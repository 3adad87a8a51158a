"""What was imported is kept as records, numbered by change, on both databases."""

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.catalog.models import CatalogPosition, CatalogRecord
from bot.storage.catalog_records import CatalogRecords
from bot.storage.database import open_workspace
from bot.storage.peek import peek_position


@pytest.fixture
def engine(any_new_url: str) -> Iterator[sa.Engine]:
    made = open_workspace(any_new_url)
    yield made
    made.dispose()


def entry(key: str, value: str | None = '{"entry": null}') -> CatalogRecord:
    return CatalogRecord("entry", key, value)


def recorded(store: CatalogRecords, *records: CatalogRecord) -> CatalogPosition:
    position = store.record(records, store.position())
    assert position is not None
    return position


def test_changes_in_their_order(engine: sa.Engine) -> None:
    """Each change has the next number; a record that changes again is given once, as it is now."""
    store = CatalogRecords(engine)
    assert (store.position().change, list(store.changes_after(0))) == (0, [])
    assert recorded(store, entry("1"), entry("2")).change == 1
    assert recorded(store, entry("1", '{"entry": 1}')).change == 2
    assert list(store.changes_after(0)) == [entry("2"), entry("1", '{"entry": 1}')]
    assert list(store.changes_after(1)) == [entry("1", '{"entry": 1}')]
    assert store.position().workspace == CatalogRecords(engine).position().workspace


def test_nobody_writes_over_what_he_has_not_seen(engine: sa.Engine) -> None:
    """A change on top of one that somebody else made meanwhile is refused, and nothing of it is kept."""
    store = CatalogRecords(engine)
    seen = store.position()
    recorded(store, entry("1"))
    assert store.record([entry("2")], seen) is None
    assert list(store.changes_after(0)) == [entry("1")]


def test_what_was_withdrawn(engine: sa.Engine) -> None:
    """What was removed is not waited for, until it is there again; the numbers of changes never go back."""
    store = CatalogRecords(engine)
    recorded(store, entry("1"), entry("2", None))
    store.withdraw({"3"})
    assert store.withdrawn({"1", "2", "3", "4"}) == {"2", "3"}
    before = store.position()
    store.revive({"3", "4"})
    assert (store.withdrawn({"2", "3"}), store.position()) == ({"2"}, before)
    assert [record.id for record in store.entries({"1", "2", "4"})] == ["1"]


def test_only_what_is_not_known_is_added(engine: sa.Engine) -> None:
    """A catalogue gives what only it has: what is kept already wins, also where it was removed."""
    store = CatalogRecords(engine)
    recorded(store, entry("1", '{"entry": 1}'), entry("2", None))
    assert store.add_missing([entry("1"), entry("2"), entry("3")]) == 1
    assert list(store.changes_after(1)) == [entry("3")]
    assert store.withdrawn({"2"}) == {"2"}


def test_a_look_without_sqlalchemy(any_new_url: str, engine: sa.Engine) -> None:
    """An SQLite file tells its position; what is no file, or no workspace database, tells nothing."""
    store = CatalogRecords(engine)
    recorded(store, entry("1"))
    assert peek_position(any_new_url) == (store.position() if any_new_url.startswith("sqlite") else None)
    assert peek_position("sqlite:////nowhere/workspace.db") is None


def test_what_was_said_of_a_number_that_was_withdrawn(engine: sa.Engine) -> None:
    """It is kept until the number is there again; of another key nothing is."""
    store = CatalogRecords(engine)
    value = '{"entry": {"key": "1"}, "field_sources": [{}], "source_lines": [{"hash": "1a"}]}'
    recorded(store, entry("1", value), entry("ep40-01", value))
    store.withdraw({"1", "ep40-01"})
    assert store.withdrawn({"1", "ep40-01"}) == {"1", "ep40-01"}
    kept = dict(record[1:] for record in store.changes_after(1))
    assert kept["ep40-01"] is None
    assert json.loads(kept["1"] or "")["source_lines"] == [{"hash": "1a"}]
    store.revive({"1", "ep40-01"})
    assert store.withdrawn({"1", "ep40-01"}) == set()
    assert [(key, json.loads(value or "")) for _, key, value in store.entries({"1", "ep40-01"})] == [
        ("1", {"entry": None, "field_sources": [], "source_lines": [{"hash": "1a"}]}), ("ep40-01", {}),
    ]  # fmt: skip
