"""The catalogue's titles are asked before people ask, once for each of its states."""

import logging
import threading
from collections.abc import Collection
from pathlib import Path

import pytest

from bot import warm_up
from bot.catalog.models import Entry, Seeds, Version
from bot.catalog.repository import Catalog
from bot.conversation.interpret import interpret
from bot.search.index_reader import IndexReader
from bot.search.service import SearchService
from bot.search.snapshot import SearchSnapshot
from bot.warm_up import WarmUp

ENTRIES = tuple(
    Entry(f"100000{number}", "feature", title, version=Version(2, 300 + number))
    for number, title in enumerate(("Quotes can be signed", "Kiosk mode for tablets", "Invoices have a footer"))
)


@pytest.fixture
def search(tmp_path: Path) -> SearchService:
    """Search over three changes."""
    catalog = Catalog(tmp_path / "catalog.db")
    catalog.load_seeds(Seeds(ENTRIES))
    return SearchService(catalog)


def test_each_title_once(search: SearchService) -> None:
    """After a look, the answers to all titles are kept; the next look asks nothing, and one after a change does."""
    warming = WarmUp(search, threading.Event())
    assert warming.look() == 3
    with search.snapshot() as snapshot:
        assert all(snapshot._results.get(entry.title) for entry in ENTRIES)
    assert warming.look() == 0
    search.catalog.upsert([Entry("1000009", "feature", "Rotas can be copied", version=Version(2, 310))])
    assert warming.look() == 4


def test_where_each_word_is(search: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a look, it is known of each word of the catalogue which changes have it, a few words at a time; of a large
    catalogue, which could not be kept, only of what the titles have.
    """
    read: list[set[tuple[str, ...]]] = []
    read_postings = IndexReader.read_postings

    def note(index: IndexReader, expansions: Collection[tuple[str, ...]]) -> object:
        read.append(set(expansions))
        return read_postings(index, expansions)

    monkeypatch.setattr(IndexReader, "read_postings", note)
    monkeypatch.setattr(warm_up, "STEMS_AT_ONCE", 3)
    WarmUp(search, threading.Event()).look()
    with search.snapshot() as snapshot:
        stems = {(stem,) for stem in snapshot.vocabulary.doc_freq}
        assert stems == set().union(*read[: -len(ENTRIES)])
        assert set(snapshot.index._postings.get_many(stems)) == stems
    assert {len(some) for some in read[: len(stems) // 3]} == {3}

    read.clear()
    monkeypatch.setattr(warm_up, "MAX_ENTRIES_READ_AT_ONCE", 2)
    assert WarmUp(search, threading.Event()).look() == 3
    assert len(read) <= len(ENTRIES)


@pytest.mark.parametrize(
    ("late", "pauses"),
    [
        ([0.0], [0.005]),
        ([0.002], [0.005]),
        ([0.004, 0.0], [0.005, 0.25]),
        ([0.1, 0.1, 0.001], [0.005, 0.25, 0.25]),
        ([0.1] * 30, [0.005] + [0.25] * 20),
    ],
)
def test_it_lets_others_go_first(
    search: SearchService, monkeypatch: pytest.MonkeyPatch, late: list[float], pauses: list[float]
) -> None:
    """Woken late after its short pause, because others are answered, it waits longer before it looks again; after so
    many long pauses it goes on beside them.
    """
    clock, paused, rest = 0.0, list[float](), iter(late)

    class Ending(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            nonlocal clock
            paused.append(timeout or 0.0)
            clock += (timeout or 0.0) + next(rest)
            return False

    monkeypatch.setattr(warm_up.time, "monotonic", lambda: clock)
    done: list[int] = []
    assert WarmUp(search, Ending())._step(lambda snapshot: done.append(snapshot.entry_count))
    assert (paused, done) == (pauses, [3])


def test_the_newest_of_many(search: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large catalogue only so many titles are asked, of the newest changes."""
    monkeypatch.setattr(warm_up, "MAX_TITLES", 2)
    assert WarmUp(search, threading.Event()).look() == 2
    with search.snapshot() as snapshot:
        assert [bool(snapshot._results.get(entry.title)) for entry in ENTRIES] == [False, True, True]


def test_an_ending_process_asks_nothing(search: SearchService) -> None:
    """Once the process is told to end, no further title is asked."""
    ended = threading.Event()
    ended.set()
    assert WarmUp(search, ended).look() == 0


def test_a_catalogue_that_cannot_be_read(search: SearchService) -> None:
    """Nothing is asked, nothing raised, and it is tried again at the next look."""
    warming = WarmUp(search, threading.Event())
    with search.catalog.write_transaction() as db:
        db.execute("DELETE FROM meta WHERE name = 'revision'")
    assert warming.look() == 0
    with search.catalog.write_transaction() as db:
        db.execute("INSERT INTO meta (name, value) VALUES ('revision', '5')")
    assert warming.look() == 3


def test_a_fault_of_ours_is_said_once(
    search: SearchService, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A title that cannot be asked is said in the log, the others are asked; no look asks again before the catalogue
    changes, though it meets the same fault then.
    """

    def fail(snapshot: SearchSnapshot, title: str, *args: object, **keywords: object) -> object:
        if title in (ENTRIES[0].title, ENTRIES[1].title):
            raise ZeroDivisionError
        return interpret(snapshot, title, *args, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(warm_up, "interpret", fail)
    warming = WarmUp(search, threading.Event())
    with caplog.at_level(logging.WARNING):
        assert [warming.look() for _ in range(3)] == [1, 0, 0]
        levels = [record.levelname for record in caplog.records]
        assert levels == ["ERROR", "WARNING"]
        assert "2 titles cannot be asked" in caplog.text
        search.catalog.upsert([Entry("1000009", "feature", "Rotas can be copied", version=Version(2, 310))])
        assert warming.look() == 2
    assert len(caplog.records) == 4


def test_a_catalogue_that_meets_a_fault(
    search: SearchService, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where nothing at all can be asked, that is said once, until the catalogue changes."""

    def fail(*_: object) -> object:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(Catalog, "ids_matching", fail)
        warming = WarmUp(search, threading.Event())
        assert [warming.look() for _ in range(3)] == [0, 0, 0]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert warming.look() == 0
    search.catalog.upsert([Entry("1000009", "feature", "Rotas can be copied", version=Version(2, 310))])
    assert warming.look() == 4
