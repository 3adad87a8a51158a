"""The search index: the stems of every entry, kept up with whatever changes the entries."""

import sqlite3
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog import indexing, search_index, word_lists
from bot.catalog.models import Filters, Mention, Version
from bot.catalog.repository import Catalog
from bot.errors import CatalogueError
from bot.text import STOP_WORDS, index_words, stem, stems
from tests.prepared import new_catalog


def documents(catalogue, *keys):
    """The indexed texts of some entries by key."""
    return {text.key: text for text in search_index.read_documents(catalogue.db, catalogue.ids(keys))}


def keys_with(catalogue, *stems, limit=100):
    """Keys of the entries that have all of these stems, newest first."""
    ids = search_index.find_ids_with_stems(catalogue.db, stems, limit)
    entries = catalogue.entries_by_id(ids)
    return [entries[entry_id].key for entry_id in ids]


def test_indexed_text(empty, make_entry):
    """Stems separated by blanks, without stop words, a line for each name and phrasing; the summary has caution and
    answer.
    """
    texts = {
        "summary": "Painted.",
        "caution": "Slippery",
        "answer": "Robots",
        "names": ("T&M", "the", "Café"),
        "also": ("white stripes", "it is"),
    }
    empty.upsert([make_entry(title="Zebras' crossings", **texts)])
    text = documents(empty, "5551234")["5551234"]
    assert text.title == "zebra cross"
    assert text.summary == "paint slipperi robot"
    assert text.names == "tm\ncafe"
    assert text.phrasings == f"{stem('white')} {stem('stripes')}"


def test_queue_is_emptied(catalogue, make_entry):
    """After a load, a put, or a question after another program's change, every entry is indexed."""
    catalogue.upsert([make_entry(), make_entry("11111")])
    other = sqlite3.connect(catalogue.path, isolation_level=None)
    other.execute("UPDATE entries SET title = 'Other' WHERE key = '11111'")
    other.execute("DELETE FROM mentions")
    other.execute("DELETE FROM possible_versions")
    other.execute("DELETE FROM entries WHERE key = '1016865'")
    assert other.execute("SELECT count(*) FROM reindex_queue").fetchone() == (2,)
    with catalogue.read_transaction():
        pass
    assert other.execute("SELECT count(*) FROM reindex_queue").fetchone() == (0,)
    assert (
        other.execute("SELECT id FROM documents ORDER BY id").fetchall()
        == other.execute("SELECT id FROM entries ORDER BY id").fetchall()
    )
    other.close()


def test_more_entries_than_a_batch(empty, make_entry):
    """More entries than are indexed at a time are all indexed, each once."""
    count = indexing.BATCH_SIZE + 3
    empty.upsert(make_entry(str(10_000 + number), f"Zebra {number}") for number in range(count))
    assert search_index.read_word_statistics(empty.db).doc_freq["zebra"] == count
    assert len(keys_with(empty, "zebra", limit=2 * count)) == count


def test_full_text_search_of_other_programs_comes_later(empty, make_entry, monkeypatch):
    """Where many entries came in at once, `sqlite-utils search` finds them after `fill_entries_fts`, or after the next
    changes, also those that were changed or deleted meanwhile; our own search finds them at once.
    """
    monkeypatch.setattr(indexing, "BATCH_SIZE", 3)

    def found(word):
        return sorted(row["key"] for row in empty.db["entries"].search(word))

    empty.upsert(make_entry(str(10_000 + number), f"Zebra {number}") for number in range(8))
    assert len(keys_with(empty, "zebra")) == 8
    assert found("zebra") == []
    empty.upsert([make_entry("10001", "Lion")])
    with empty.write_transaction() as db:
        empty.delete_within(db, "10002")
    assert found("lion") == ["10001"]
    assert 0 < len(found("zebra")) < 6
    empty.fill_entries_fts()
    assert found("zebra") == ["10000", "10003", "10004", "10005", "10006", "10007"]
    assert empty.db.execute("SELECT count(*) FROM entries_fts_queue").fetchone() == (0,)


def test_an_index_is_finished(empty, make_entry, monkeypatch):
    """After `finish_index`, nothing of what many entries leave for later is left to the next question."""
    monkeypatch.setattr(indexing, "BATCH_SIZE", 3)
    left = "SELECT (SELECT count(*) FROM entries_fts_queue), (SELECT count(*) FROM expansion_queue)"
    empty.upsert(make_entry(str(10_000 + number), f"Zebra {number}") for number in range(8))
    assert empty.db.execute(left).fetchone() == (8, 8)
    empty.finish_index()
    assert empty.db.execute(left).fetchone() == (0, 0)


def test_changes_of_others_are_noticed_after_a_failed_write(empty, make_entry):
    """Our own writes set the triggers to rest, and no longer than they take: also after one that failed, a change by
    another program is in the next answer.
    """
    empty.upsert([make_entry(title="Zebra")])
    with empty.write_transaction() as db:
        with pytest.raises(sqlite3.Error):
            empty.upsert_within(db, [make_entry("11111", None)])
        db.execute("UPDATE entries SET title = 'Lion'")
        assert db.execute("SELECT count(*) FROM reindex_queue").fetchone() == (1,)
    before = empty.revision
    with empty.db.conn:
        empty.db.execute("UPDATE entries SET title = 'Giraffe'")
    assert empty.revision != before
    assert keys_with(empty, "giraff") == ["5551234"]


def test_word_statistics(catalogue, shipped_seeds):
    """The document frequency of a stem is the number of entries that have it; every word leads to its stem.

    A compound of two words leads to both stems.
    """
    counted = Counter()
    for entry in shipped_seeds.entries:
        texts = (entry.title, entry.summary, entry.caution or "", entry.answer or "", *entry.names, *entry.also)
        counted.update({stem(word) for word in index_words(texts).split() if word not in STOP_WORDS})
    vocabulary = search_index.read_word_statistics(catalogue.db)
    assert vocabulary.doc_freq == counted
    assert {found for said in vocabulary.stems_by_word.values() for found in said.split()} == set(counted)
    assert vocabulary.stems_by_word["integrations"] == stem("integrations")
    assert vocabulary.stems_by_word["serviceportal"] == " ".join(stems("service portal"))


def index_tables(catalogue):
    """Everything that the search index stores, by table; documents by key, as ids depend on the order."""
    texts = {(t.key, t.title, t.names, t.summary, t.phrasings) for t in read_all(catalogue)}
    stored = {"stems": set(catalogue.db.execute("SELECT * FROM stems"))}
    stored["words"] = {
        line
        for texts in catalogue.db.execute("SELECT words, compounds FROM words")
        for line in "\n".join(texts).split("\n")
    } - {""}
    catalogue.fill_entries_fts()
    for index in ("entries_fts", "documents_fts"):  # raises when an index has something else than its table
        catalogue.db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    counted = catalogue.db.execute("SELECT term, doc FROM stems_in_documents")
    assert {row[:2] for row in stored["stems"]} == set(counted)
    return {"documents": texts, **stored}


def read_all(catalogue):
    ids = [row[0] for row in catalogue.db.execute("SELECT id FROM documents")]
    return search_index.read_documents(catalogue.db, ids)


lines = st.lists(st.sampled_from("zebra zebras time sheet timesheet the lion T&M café".split()), max_size=3).map(
    " ".join
)
changes = st.lists(st.tuples(st.sampled_from(["11111", "22222", "33333"]), lines, lines, st.booleans()), max_size=6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(changes, max_size=4), st.booleans())
def test_index_after_changes_is_the_index_made_anew(tmp_path, make_entry, batches, in_bulk):
    """Whatever was added, changed and deleted, in however large batches: documents, counts of stems and full-text
    indexes are those of a catalogue that only ever had the entries of the end.

    (Words are not compared: one may stay as long as another entry has its stem.)
    """
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder, pytest.MonkeyPatch.context() as patch:
        if in_bulk:
            patch.setattr(indexing, "BATCH_SIZE", 1)
        changed, anew = (Catalog(new_catalog(Path(folder, name))) for name in ("a.db", "b.db"))
        last = {}
        for batch in batches:
            with changed.write_transaction() as db:
                for key, title, phrasing, is_deleted in batch:
                    last[key] = make_entry(key, title or "x", also=(phrasing,), names=(title,))
                    changed.upsert_within(db, [last[key]])
                    if is_deleted:
                        del last[key]
                        changed.delete_within(db, key)
                indexing.refresh_index(db)
        anew.upsert(last.values())
        tables, wanted = index_tables(changed), index_tables(anew)
        assert tables["words"] >= wanted["words"]
        stems_of_words = {part for line in tables["words"] for part in line.split(" ")[1:]}
        assert stems_of_words <= {row[0] for row in tables["stems"]}
        assert {**tables, "words": 0} == {**wanted, "words": 0}
        changed.close()
        anew.close()


def test_words_of_removed_entries_are_forgotten(empty, make_entry):
    """A word that only a changed or removed entry had is not known any more."""
    empty.upsert([make_entry(title="Zebra"), make_entry("11111", "Giraffe")])
    empty.upsert([make_entry(title="Lion")])
    with empty.db.conn:
        empty.db.execute("DELETE FROM entries WHERE key = '11111'")
    with empty.read_transaction():
        pass
    vocabulary = search_index.read_word_statistics(empty.db)
    assert {"zebra", "giraff"} & vocabulary.doc_freq.keys() == set()
    assert {"zebra", "giraffe"} & vocabulary.stems_by_word.keys() == set()
    assert vocabulary.stems_by_word["lion"] == "lion"


def test_words_looked_up_are_those_that_are_read(catalogue):
    """Of every word, its stems are the same whether all words are read or this one is looked up; no other is found."""
    read = search_index.read_word_statistics(catalogue.db).stems_by_word
    looked_up = search_index.look_up_word_statistics(lambda: catalogue.db).stems_by_word
    assert {word: looked_up[word] for word in read} == read
    assert (sorted(looked_up), len(looked_up)) == (sorted(read), len(read))
    strangers = ["", " ", "invoic", "invoices ", "invoices invoic", "invoice\n", "\ninvoice", "%", "\udc80", "x" * 99]
    assert not [word for word in strangers if word in looked_up]


def test_words_by_length_and_beginning(catalogue):
    """Words are found by their lengths, their beginning, or both; sorted."""
    known = sorted(search_index.read_word_statistics(catalogue.db).stems_by_word)
    for lengths in ([4], [9, 10], [99], range(30)):
        for prefix in ("", "i", "inv", "invoices", "é", "\n"):
            wanted = [word for word in known if len(word) in lengths and word.startswith(prefix)]
            assert word_lists.read_words(catalogue.db, lengths, prefix) == wanted


def test_what_may_be_several_words(empty, make_entry):
    """A word that may be a compound too is itself; what may be several compounds is the one whose stems come first."""
    empty.upsert([
        make_entry("11111", "Sign inn"), make_entry("22222", "Signin n"), make_entry("33333", "Times heet, time sheet"),
        make_entry("44444", "signinn"),
    ])  # fmt: skip
    for statistics in (
        search_index.read_word_statistics(empty.db),
        search_index.look_up_word_statistics(lambda: empty.db),
    ):
        assert statistics.stems_by_word["signinn"] == "signinn"
        assert statistics.stems_by_word["timesheet"] == "time heet"


def test_failed_write_leaves_the_index(empty, make_entry):
    """When a write fails, the index is as it was."""
    empty.upsert([make_entry(title="Zebra")])
    with pytest.raises(CatalogueError):
        empty.upsert([make_entry(title="Lion"), make_entry("11111", None)])
    assert keys_with(empty, "zebra") == ["5551234"]
    assert keys_with(empty, "lion") == []


def test_entries_with_stems(empty, make_entry):
    """Entries are found by all of their fields, newest first; with several stems only those that have all of them."""
    empty.upsert([
        make_entry("11111", "Zebra crossing", summary="Plain."), make_entry("22222", "Plain", summary="A zebra."),
        make_entry("33333", "Plain", names=("Zebra",), summary="Plain."),
        make_entry("44444", "Plain", also=("crossing zebras",), summary="Plain."),
    ])  # fmt: skip
    assert keys_with(empty, "zebra") == ["44444", "33333", "22222", "11111"]
    assert keys_with(empty, "zebra", limit=2) == ["44444", "33333"]
    assert keys_with(empty, "zebra", "cross") == ["44444", "11111"]
    assert keys_with(empty, "lion") == []


def test_filters(empty, make_entry):
    """Only entries that pass all filters; an uncertain version counts as each of its possible ones."""
    empty.upsert([
        make_entry("11111", version=Version(2, 206), area="Chat", mentions=(Mention(13),), highlighted=True,
                   impact="fix", caution="Try it first."),
        make_entry("22222", version=None, possible_versions=(Version(2, 206), Version(2, 208)), area="Portal"),
        make_entry("faq-zebra", version=None, kind="faq", area=None),
    ])  # fmt: skip
    for filters, keys in {
        Filters(): {"11111", "22222", "faq-zebra"},
        Filters(versions=(Version(2, 206),)): {"11111", "22222"},
        Filters(versions=(Version(2, 208), Version(2, 300))): {"22222"},
        Filters(versions=()): set(),
        Filters(area="Chat"): {"11111"},
        Filters(episode=13): {"11111"},
        Filters(kind="faq"): {"faq-zebra"},
        Filters(highlights=True): {"11111"},
        Filters(area="Portal", highlights=True): set(),
        Filters(impacts=("fix",)): {"11111"},
        Filters(impacts=("unclear",)): {"22222"},
        Filters(impacts=("fix", "unclear")): {"11111", "22222"},
        Filters(impacts=("new",)): set(),
        Filters(warnings=True): {"11111"},
    }.items():
        assert set(empty.keys_matching(filters)) == keys, filters
