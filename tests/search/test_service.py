"""Search over a catalogue that changes, is shared by threads, is huge, or is empty."""

import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from bot.app import Application
from bot.catalog.models import Entry, Glossary, Mention, Seeds, Version
from bot.catalog.repository import Catalog
from bot.errors import CatalogueError
from bot.search import index_reader
from bot.search import snapshot as snapshot_module
from bot.search.cache import LruCache
from bot.search.service import SearchService
from bot.settings import PROJECT, read_settings


def entry(key, title, **fields):
    """A change of v2.206 with just a title; keywords set other fields."""
    return Entry(key=key, kind=fields.pop("kind", "feature"), title=title, **{"version": Version(2, 206), **fields})


def keys(answer):
    """The keys of the hits, best first."""
    return [hit.entry.key for hit in answer.hits]


def shown(answer):
    """What a person sees of a result."""
    return [
        [(hit.entry.key, hit.entry.title) for hit in part]
        for part in (answer.hits, answer.possible_hits, answer.suggestions)
    ], answer.unknown_keys


@pytest.fixture
def other(catalogue):
    """Another program's connection to the shipped catalogue."""
    connection = sqlite3.connect(catalogue.path, isolation_level=None)
    yield connection
    connection.close()


# -- changes by others


def test_changed_entry_is_in_the_next_answer(catalogue, other):
    """A title that another program changed is found by its new words at once, and not by its old ones."""
    service = SearchService(catalogue)
    assert keys(service.search("jira default status"))[0] == "1016865"
    other.execute(
        "UPDATE entries SET title = 'Quokka sync', summary = '', names = '[]', also = '[]' WHERE key = '1016865'"
    )
    assert keys(service.search("quokka")) == ["1016865"]
    assert service.search("#1016865").hits[0].entry.title == "Quokka sync"
    assert "1016865" not in keys(service.search("jira default status"))


def test_new_entry_is_in_the_next_answer(catalogue, other):
    """An entry that another program added is found by word, by number, in its version and its area."""
    service = SearchService(catalogue)
    assert not service.search("quokka").has_answer
    other.execute(
        "INSERT INTO entries (key, kind, version, title, summary, area, highlighted, names, also, source) "
        "VALUES ('5551234', 'feature', '2.216', 'Quokka sync', '', 'Portal', 0, '[]', '[]', 'post')"
    )
    for text in ("quokka", "qoukka", "#5551234", "v2.216", "area:portal", "everything about quokkas"):
        assert "5551234" in keys(service.search(text)), text


def test_removed_entry_is_gone(catalogue, other):
    """An entry that another program removed is in no result, and its number is unknown."""
    service = SearchService(catalogue)
    assert "1093288" in keys(service.search("auvik"))
    for statement in (
        "DELETE FROM mentions WHERE entry = (SELECT id FROM entries WHERE key = '1093288')",
        "DELETE FROM entries WHERE key = '1093288'",
    ):
        other.execute(statement)
    assert "1093288" not in keys(service.search("auvik"))
    assert "1093288" not in keys(service.search("v2.216"))
    assert service.search("#1093288").unknown_keys == ("1093288",)


@pytest.mark.parametrize(
    ("statement", "text", "key"),
    [
        (
            "INSERT INTO glossary (term, relation, terms) VALUES ('quokka', 'equivalent', '[\"auvik\"]')",
            "quokka",
            "1093288",
        ),
        ("UPDATE areas SET also = '[\"quokkas\"]' WHERE name = 'Portal'", "area:quokkas", "1054111"),
        ("UPDATE entries SET area = 'Portal' WHERE key = '1016865'", "area:portal", "1016865"),
        ("INSERT INTO possible_versions SELECT id, '2.216' FROM entries WHERE key = 'ep15-07'", "v2.216", "ep15-07"),
        (
            "UPDATE mentions SET episode = 21 WHERE entry = (SELECT id FROM entries WHERE key = '1016865')",
            "episode:21",
            "1016865",
        ),
    ],
)
def test_all_changes_are_in_the_next_answer(catalogue, other, statement, text, key):
    """Glossary, areas, versions and mentions that another program changed count in the next result."""
    service = SearchService(catalogue)
    assert key not in keys(service.search(text))
    assert key not in [hit.entry.key for hit in service.search(text).possible_hits]
    other.execute(statement)
    answer = service.search(text)
    assert key in [hit.entry.key for hit in (*answer.hits, *answer.possible_hits)]


def test_replaced_file(catalogue, tmp_path):
    """After the catalogue file was replaced by another one, that one is searched."""
    service = SearchService(catalogue)
    assert service.search("jira").has_answer
    fresh = Catalog(tmp_path / "fresh.db")
    fresh.upsert([entry("5551234", "Quokka sync")])
    fresh.close()
    os.replace(fresh.path, catalogue.path)
    assert keys(service.search("quokka")) == ["5551234"]
    assert not service.search("jira").has_answer


def test_snapshot_is_kept_while_nothing_changes(catalogue):
    """As long as nothing changes, all requests share one snapshot."""
    service = SearchService(catalogue)
    with service.snapshot() as first:
        pass
    for text in ("jira", "v2.206", "#794180", "zendesk"):
        service.search(text)
    with service.snapshot() as last:
        assert last is first


def test_broken_catalogue(tmp_path, shipped_file):
    """A file that is no database, or whose tables are missing, raises CatalogueError."""
    path = tmp_path / "broken.db"
    path.write_bytes(b"this is no database, it is a sentence " * 100)
    with pytest.raises(CatalogueError):
        SearchService(Catalog(path)).search("jira")
    catalogue = Catalog(Path(shutil.copy(shipped_file, tmp_path / "gone.db")))
    service = SearchService(catalogue)
    assert service.search("jira").has_answer
    with sqlite3.connect(catalogue.path) as connection:
        connection.execute("DROP TABLE documents_fts")
    connection.close()
    with pytest.raises(CatalogueError):
        service.search("invoice")
    catalogue.close()


# -- one revision an answer


def zebras(letter, count=12):
    """A whole state of a catalogue: entries that all name their state."""
    version = Version(2, 206) if letter == "A" else Version(2, 208)
    return Seeds(
        tuple(
            entry(str(10_000 + n), f"Zebra crossing {letter}{n}", version=version, area="Tickets") for n in range(count)
        ),
        areas=(("Tickets", ()),),
    )


@pytest.fixture(scope="module")
def zebras_file(tmp_path_factory):
    """A catalogue file in the first state. Copy it."""
    catalogue = Catalog(tmp_path_factory.mktemp("zebras") / "catalog.db")
    catalogue.load_seeds(zebras("A"))
    catalogue.close()
    return catalogue.path


ONE_REVISION = ["zebra", "everything about zebra", "#10003 10007", "since 2.206", "zebra area:tickets"]
CHANGE = """
    BEGIN IMMEDIATE;
    INSERT OR IGNORE INTO versions VALUES ('2.208', 2, 8);
    DELETE FROM entries WHERE key > '10008';
    UPDATE entries SET title = replace(title, 'A', 'B'), version = '2.208';
    COMMIT;
"""


@pytest.mark.parametrize("text", ONE_REVISION)
def test_change_in_the_middle_of_an_answer(zebras_file, tmp_path, text):
    """Whenever another program changes everything during a search, the result is of one state."""
    mixed = []
    for moment in range(1, 40):
        catalogue = Catalog(Path(shutil.copy(zebras_file, tmp_path / f"{moment}.db")))
        service = SearchService(catalogue)
        before = shown(service.search(text))
        writer = sqlite3.connect(catalogue.path, isolation_level=None, timeout=0)
        statements = 0

        def change_everything(_, moment=moment, writer=writer):
            nonlocal statements
            statements += 1
            if statements == moment:
                writer.executescript(CHANGE)

        catalogue.db.conn.set_trace_callback(change_everything)
        during = shown(service.search(text))
        catalogue.db.conn.set_trace_callback(None)
        after = shown(service.search(text))
        writer.close()
        catalogue.close()
        if statements < moment:
            break
        assert before != after
        if during not in (before, after):
            mixed.append((moment, during))
    assert moment > 2
    assert mixed == []


def test_threads_search_while_another_loads(tmp_path):
    """Four threads search while a fifth loads whole states: no exception, and every result is of one state."""
    catalogue = Catalog(tmp_path / "catalog.db")
    catalogue.load_seeds(zebras("A"))
    service = SearchService(catalogue)
    whole = {}
    for letter in "AB":
        catalogue.load_seeds(zebras(letter))
        whole[letter] = [shown(service.search(text)) for text in ONE_REVISION]
    stop, wrong, asked = threading.Event(), [], [0] * 4

    def keep_asking(number):
        try:
            while not stop.is_set() or not asked[number]:
                for place, text in enumerate(ONE_REVISION):
                    if (got := shown(service.search(text))) not in (whole["A"][place], whole["B"][place]):
                        wrong.append((text, got))
                asked[number] += 1
        except Exception as error:
            wrong.append(error)
        finally:
            catalogue.close()

    threads = [threading.Thread(target=keep_asking, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(12):
        catalogue.load_seeds(zebras("AB"[turn % 2]))
    stop.set()
    for thread in threads:
        thread.join()
    catalogue.close()
    assert all(asked)
    assert wrong == []


def test_many_threads_at_first(shipped_file, tmp_path):
    """Threads that all search at once at the start get the same result from one snapshot."""
    catalogue = Catalog(Path(shutil.copy(shipped_file, tmp_path / "catalog.db")))
    service, gate = SearchService(catalogue), threading.Barrier(6)
    answers, snapshots = [], []

    def once():
        gate.wait()
        answers.append(shown(service.search("jira default status")))
        with service.snapshot() as snapshot:
            snapshots.append(snapshot)
        catalogue.close()

    threads = [threading.Thread(target=once) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 6
    assert all(answer == answers[0] for answer in answers)
    assert len({id(snapshot) for snapshot in snapshots}) == 1


# -- what is kept in memory


def test_catalogue_deleted_under_a_running_bot(tmp_path):
    """After the file was deleted, the next search in any thread finds the seeds loaded again."""
    settings = read_settings({"HALO_CATALOG": str(tmp_path / "catalog.db")}, tmp_path / "no.env")
    service = Application(settings).search
    before = shown(service.search("jira default status"))
    for file in tmp_path.glob("catalog.db*"):
        file.unlink()
    answers = []

    def asking_then_closing():
        answers.append(shown(service.search("jira default status")))
        service.catalog.close()

    threads = [threading.Thread(target=asking_then_closing) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [before] * 4
    assert shown(service.search("jira default status")) == before
    service.catalog.close()


def test_cache_is_bounded():
    """Values take their size of the capacity; the ones used last stay."""
    cache = LruCache[int, str](3)
    cache.add({3: "c", 1: "a", 2: "b"})
    assert cache.get_many([1, 3, 200]) == {1: "a", 3: "c"}
    cache.add({4: "d"})
    assert cache.get_many([1, 2, 3, 4]) == {1: "a", 3: "c", 4: "d"}
    assert (cache.get(4), cache.get(2)) == ("d", None)
    cache.add(dict.fromkeys(range(5, 10), "x"))
    assert cache.get_many(range(10)) == {7: "x", 8: "x", 9: "x"}
    by_size = LruCache[str, str](5, size_of=len)
    by_size.add({"a": "xx", "b": "xx"})
    by_size.add({"a": "x", "c": "xx"})
    assert by_size.get_many("abc") == {"a": "x", "b": "xx", "c": "xx"}
    by_size.add({"d": "xx"})
    assert by_size.get_many("abcd") == {"c": "xx", "d": "xx"}
    nothing = LruCache[int, str](0)
    nothing.add({1: "a"})
    assert nothing.get(1) is None


def test_memory_is_bounded(shipped_file, tmp_path, monkeypatch):
    """With room for only a few entries the best hit is the same, and no more than that are kept."""
    questions = ["invoice", "everything for the portal", "jira default status", "quikbooks", "#794180", "area:sla"]
    catalogue = Catalog(Path(shutil.copy(shipped_file, tmp_path / "catalog.db")))
    usual = [SearchService(catalogue).search(text).hits[0] for text in questions]
    monkeypatch.setattr(index_reader, "MAX_CACHED_DOCUMENTS", 5)
    monkeypatch.setattr(index_reader, "MAX_CACHED_ENTRIES", 5)
    monkeypatch.setattr(index_reader, "MAX_CACHED_MATCHES", 5)
    small = SearchService(catalogue)
    for text, best in zip(questions, usual, strict=True):
        assert small.search(text).hits[0] == best
        with small.snapshot() as snapshot:
            assert 0 < len(snapshot.index._documents) <= 5
            assert len(snapshot.index._entries) <= 5
            assert len(snapshot.index._postings) <= 5
    catalogue.close()


def test_long_lists_are_cut(empty, monkeypatch):
    """A list that nobody would page through has the newest entries, and a note of how many there are."""
    monkeypatch.setattr(snapshot_module, "MAX_LISTED", 10)
    empty.upsert(
        [
            entry(str(10_000 + number), f"Zebra {number}", area="Tickets", version=Version(2, number))
            for number in range(30)
        ]
    )
    answer = SearchService(empty).search("area:tickets")
    assert keys(answer) == [str(10_000 + number) for number in range(29, 19, -1)]
    assert answer.query.notes == ("The newest 10 of 30",)


# -- all kinds of catalogues


@pytest.mark.parametrize(
    "text",
    [
        "",
        "help",
        "jira default status",
        "#794180",
        "v2.206",
        "latest",
        "2.21",
        "everything for jira",
        "area:portal",
        "highlights",
        "???",
    ],
)
def test_empty_catalogue(empty, text):
    """In an empty catalogue every question has an empty result."""
    answer = SearchService(empty).search(text)
    assert not answer.has_answer
    assert answer.suggestions == ()
    assert answer.unknown_keys == (("794180",) if "#" in text else ())


def test_catalogue_of_glossary_only(empty, shipped_seeds):
    """A glossary without entries finds nothing."""
    empty.load_seeds(Seeds(areas=shipped_seeds.areas, glossary=shipped_seeds.glossary))
    for text in ("contract", "agreement", "kb stuff", "area:portal", "zendesk macros", "ninjarmm"):
        assert not SearchService(empty).search(text).has_answer, text
    assert SearchService(empty).search("area:kb").query.filters.area == "Knowledge base"


IMPORTED = [
    entry("900001", "Widget calibrations can be postponed from the mobile app", source="post"),
    entry(
        "900002",
        "Escalation matrix - Added an option to skip bank holidays",
        source="feed",
        mentions=(Mention(21, "3:04"),),
    ),
    entry(
        "900003",
        "Fixed an issue where barcodes on pallets printed twice",
        source="table",
        version=None,
        possible_versions=(Version(2, 208), Version(2, 210)),
    ),
]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("postpone widget calibration", "900001"),
        ("widget calibrations", "900001"),
        ("how do I postpone a calibration", "900001"),
        ("escalation matrix bank holidays", "900002"),
        ("skip bank holidays in escalation matrix", "900002"),
        ("barcodes on pallets print twice", "900003"),
        ("barcode pallet", "900003"),
        ("calibraton of wigdets", "900001"),
    ],
)
def test_imported_entry_without_phrasings(catalogue, text, key):
    """An imported entry, which has no phrasings yet, is found by the words of its title."""
    catalogue.upsert(IMPORTED)
    assert keys(SearchService(catalogue).search(text))[0] == key


def test_imported_entries_do_not_crowd_out_the_others(catalogue):
    """An imported entry does not come before one that has the question's words."""
    catalogue.upsert(IMPORTED)
    assert keys(SearchService(catalogue).search("jira default status"))[0] == "1016865"


def test_glossary_finds_imported_entries(empty):
    """Synonyms find imported entries too."""
    empty.load_seeds(Seeds(glossary=Glossary(equivalents=(("pallet", "skid"),))))
    empty.upsert(IMPORTED)
    assert keys(SearchService(empty).search("barcodes on skids"))[0] == "900003"


def test_episodes(catalogue):
    """A snapshot has every episode with its page."""
    with SearchService(catalogue).snapshot() as snapshot:
        episodes = snapshot.episodes
    assert sorted(episodes) == [12, 13, 14, 15, 16, 19, 20, 21]
    assert all(episode.url.startswith("https://") for episode in episodes.values())


def test_shipped_seeds_are_searched(catalogue):
    """These tests search the seeds that are shipped."""
    assert (PROJECT / "seeds" / "releases").is_dir()
    with SearchService(catalogue).snapshot() as snapshot:
        assert catalogue.entry_count() == snapshot.entry_count == 293
