"""The catalogue database: what is put is what is read, whoever writes, however many at once, and whatever happens to
the file.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.catalog import database
from bot.catalog.entry_codec import parse_text_list
from bot.catalog.models import ENTRY_KINDS, Entry, Filters, Mention, Version
from bot.catalog.repository import Catalog
from bot.errors import CatalogueError
from bot.search.service import SearchService

# Text as nasty as SQLite can hold: everything but lone surrogates, with a preference for what breaks things.
nasty = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "'",
            '"',
            "\0",
            "a\0b",
            "[]",
            "null",
            "'; DROP TABLE entries; --",
            "NOT (",
            "*",
            "<!channel>",
            "🧟‍♀️",
            "\u202eabc",
            "é",
            "é",
            "\r\n",
            "\ufeff",
        ]
    ),
)
versions = st.builds(Version, st.integers(0, 99), st.integers(0, 9999))
minutes = st.one_of(st.none(), st.builds("{}:{:02}".format, st.integers(0, 120), st.integers(0, 59)))
entries = st.builds(
    Entry,
    key=st.one_of(st.integers(10_000, 10_020).map(str), st.sampled_from(["ep15-01", "faq-sso", "guide-x"])),
    kind=st.sampled_from(ENTRY_KINDS),
    title=nasty,
    summary=nasty,
    version=st.none() | versions,
    possible_versions=st.lists(versions, max_size=3, unique=True).map(tuple),
    area=st.none() | nasty.filter(bool),
    highlighted=st.booleans(),
    caution=st.none() | nasty,
    answer=st.none() | nasty,
    mentions=st.lists(st.builds(Mention, st.integers(1, 99), minutes), max_size=4, unique=True).map(tuple),
    names=st.lists(nasty, max_size=3).map(tuple),
    also=st.lists(nasty, max_size=3).map(tuple),
    line_hash=st.none() | nasty,
    source=nasty,
)


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process that has our code."""
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stderr=subprocess.PIPE, text=True)


def finished(*processes: subprocess.Popen[str]) -> list[tuple[int, str]]:
    """How each of them ended: exit code and standard error."""
    return [(process.returncode, errors) for process in processes for _, errors in [process.communicate(timeout=60)]]


def sqlite_utils(path: Path, *arguments: str) -> None:
    """What a person does to the catalogue with the sqlite-utils command."""
    subprocess.run(
        [sys.executable, "-m", "sqlite_utils", arguments[0], str(path), *arguments[1:]],
        check=True,
        capture_output=True,
        timeout=60,
    )


def titles(catalogue: Catalog) -> list[str]:
    """The titles of all entries, in order of the rows."""
    return [entry.title for entry in catalogue.entries()]


# On purpose one catalogue for all examples: each finds what others left.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(entries, min_size=1, max_size=4))
def test_read_back_equals_what_was_put(empty, batch):
    """Whatever is put is read back equal to the last character; the full-text indexes agree with the tables; no key
    points nowhere.
    """
    empty.upsert(batch)
    last = {entry.key: entry for entry in batch}
    assert empty.entries(last) == list(last.values())
    numbers = empty.ids(last)
    assert sorted(empty.entries_by_id(numbers).values(), key=lambda e: e.key) == sorted(
        last.values(), key=lambda e: e.key
    )
    assert empty.db.execute("PRAGMA foreign_key_check").fetchall() == []
    for index in ("entries_fts", "documents_fts"):  # raises when an index has something else than its table
        empty.db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


def test_foreign_keys_are_enforced(catalogue):
    """An entry with an area, a version or an episode that is not there is refused by the database itself."""
    for sql in (
        "UPDATE entries SET area = 'Nowhere' WHERE id = 1",
        "UPDATE entries SET version = '9.999' WHERE id = 1",
        "INSERT INTO mentions (entry, episode, seconds) VALUES (1, 999, -1)",
        "DELETE FROM areas WHERE name = 'Tickets'",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            catalogue.db.execute(sql)


def test_write_ahead_log(catalogue):
    """The file is in WAL mode for whoever opens it, so that reading never waits for writing."""
    other = sqlite3.connect(catalogue.path)
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()


def test_the_one_file_is_the_whole_catalogue(empty, make_entry, tmp_path):
    """A plain copy of the file, made while the catalogue is open, has everything that was put until then."""
    empty.upsert([make_entry()])
    copy = Catalog(Path(shutil.copyfile(empty.path, tmp_path / "copy.db")))
    assert copy.entries() == [make_entry()]
    copy.close()


def test_put_adds_what_it_needs(empty, make_entry):
    """Versions, episodes and areas that the catalogue does not know yet come with the entries that name them."""
    empty.upsert(
        [
            make_entry(version=Version(3, 1), area="Robotics", mentions=(Mention(44, "1:00"),)),
            make_entry("ep15-01", version=None, possible_versions=(Version(2, 9),)),
        ]
    )
    assert empty.versions() == [Version(2, 9), Version(3, 1)]  # as numbers: v2.9 is older than v2.10
    assert empty.areas() == {"Robotics": (), "Tickets": ()}
    assert (empty.episodes()[44].url, empty.entry_count()) == (None, 2)


def test_put_replaces(empty, make_entry):
    """An entry with the same key takes the place of the old one under the same number, mentions and all."""
    empty.upsert([make_entry(mentions=(Mention(1, "1:00"), Mention(2)), also=("old",))])
    number = empty.ids(["5551234"])
    new = make_entry(title="New", mentions=(Mention(3),), version=None, possible_versions=(Version(2, 1),))
    empty.upsert([new])
    assert (empty.entries(), empty.ids(["5551234"])) == ([new], number)
    assert empty.keys_matching(Filters(episode=1)) == []


def test_put_tells_apart_what_is_different(empty, make_entry):
    """Minutes are compared as times: two of an episode are two mentions. An area that is no text is no area."""
    entry = make_entry(
        area="", mentions=(Mention(13, "2:01"), Mention(13, "1:02"), Mention(13, "1:00:02"), Mention(13))
    )
    empty.upsert([entry])
    assert empty.entries() == [replace(entry, area=None)]


def test_put_is_all_or_nothing(empty, make_entry, dump):
    """When one of several cannot be written, none is, and the sentence says that nothing was changed."""
    empty.upsert([make_entry()])
    before = dump(empty.path)
    for bad in (make_entry("22222", "Half a character: \ud83d"), make_entry("22222", None)):
        with pytest.raises(CatalogueError, match="nothing was changed"):
            empty.upsert([make_entry("11111"), bad])
        assert dump(empty.path) == before


def test_entries_by_key(catalogue):
    """Entries come in the order asked for, each once, without those that are not there; however many keys are asked
    for.
    """
    assert [e.key for e in catalogue.entries(["faq-sso", "1016865", "404", "faq-sso", "ep15-01"])] == [
        "faq-sso",
        "1016865",
        "ep15-01",
    ]
    assert catalogue.entries([]) == []
    assert (
        len(catalogue.entries(map(str, range(1_016_000, 1_117_000)))) > 10
    )  # far more than SQLite takes question marks


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.builds(
        Filters,
        versions=st.none()
        | st.lists(st.sampled_from([Version(2, n) for n in (204, 206, 208, 210, 999)]), max_size=3).map(tuple),
        area=st.sampled_from([None, "Tickets", "Billing & invoicing", "Nowhere", "' OR 1"]),
        episode=st.sampled_from([None, 13, 16, 99]),
        kind=st.sampled_from([None, "feature", "faq"]),
        highlights=st.booleans(),
    )
)
def test_filters_say_the_same_in_sql(catalogue, shipped_seeds, filters):
    """Filtering in the database finds what going through all entries finds: sure of their version first, then newest
    first.
    """

    def passes(entry: Entry) -> bool:
        return (
            (filters.versions is None or not {entry.version, *entry.possible_versions}.isdisjoint(filters.versions))
            and filters.area in (None, entry.area)
            and (filters.episode is None or filters.episode in {mention.episode for mention in entry.mentions})
            and filters.kind in (None, entry.kind)
            and (entry.highlighted or not filters.highlights)
        )

    found = catalogue.entries(catalogue.keys_matching(filters))
    assert {entry.key for entry in found} == {entry.key for entry in shipped_seeds.entries if passes(entry)}
    order = [(entry.version is None, [-number for number in entry.version or ()]) for entry in found]
    assert order == sorted(order)


# -- several writers
# -------------------------------------------------------------------------------------------------------


def test_threads_write_at_once(empty, make_entry):
    """Threads that share a catalogue and write at the same moment all succeed, and each reads everything."""
    start = threading.Barrier(4)

    def write(number: int) -> int:
        start.wait(10)
        for i in range(5):
            empty.upsert([make_entry(f"{number}000{i}", f"Entry {i} of {number}", version=Version(2, number))])
        start.wait(10)
        counted = empty.entry_count()
        empty.close()
        return counted

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(write, range(1, 5))) == [20, 20, 20, 20]


def test_processes_write_at_once(tmp_path):
    """Processes that make, and write to, the same fresh catalogue at the same moment all succeed."""
    code = """if True:
        import sys, pathlib
        from bot.catalog.models import Entry, Version
        from bot.catalog.repository import Catalog
        catalogue = Catalog(pathlib.Path(sys.argv[1]))
        for i in range(10):
            catalogue.upsert([Entry(f"{sys.argv[2]}000{i}", "feature", f"Entry {i}", version=Version(2, i))])
    """
    path = tmp_path / "new" / "catalog.db"
    assert finished(*[python(code, path, number) for number in (1, 2)]) == [(0, "")] * 2
    assert Catalog(path).entry_count() == 20


def test_reading_while_another_writes(catalogue):
    """While another program is in the middle of a change, answers come as before; after it, with the change."""
    ask = SearchService(catalogue)
    other = sqlite3.connect(catalogue.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE entries SET title = 'Zebra crossing' WHERE key = '1016865'")
    assert ask.search("1016865").hits[0].entry.title.startswith("Jira")
    other.execute("COMMIT")
    assert ask.search("1016865").hits[0].entry.title == "Zebra crossing"
    other.close()


def test_writer_that_waits_in_vain(empty, make_entry):
    """Who cannot get to write because another holds on is told so, with the file's name, and nothing was changed."""
    empty.upsert([make_entry()])
    other = sqlite3.connect(empty.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    empty.db.execute("PRAGMA busy_timeout = 10")  # not to wait the full time
    with pytest.raises(CatalogueError, match=r"locked.*nothing was changed") as failed:
        empty.upsert([make_entry(title="New")])
    assert str(empty.path) in str(failed.value)
    other.execute("ROLLBACK")
    other.close()
    empty.upsert([make_entry(title="New")])
    assert titles(empty) == ["New"]


def test_someone_reading_does_not_fail_a_write(empty, make_entry):
    """A program that reads on and on (a report, Datasette) neither fails a write nor sees it half done."""
    empty.upsert([make_entry()])
    reader = sqlite3.connect(empty.path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM entries").fetchone() == (1,)
    empty.upsert([make_entry("11111"), make_entry("22222")])
    assert reader.execute("SELECT count(*) FROM entries").fetchone() == (1,)
    reader.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM entries").fetchone() == (3,)
    reader.close()


# -- changed by others
# -----------------------------------------------------------------------------------------------------


def test_change_by_another_process_is_in_the_next_answer(catalogue):
    """A title changed with the sqlite-utils command is found by its new words, and not by its old ones, in the very
    next answer.
    """
    ask = SearchService(catalogue)
    assert ask.search("zygomorphic flanges").hits == ()
    sqlite_utils(catalogue.path, "query", "UPDATE entries SET title = 'Zygomorphic flanges' WHERE key = '1016865'")
    assert ask.search("zygomorphic flanges").hits[0].entry.key == "1016865"
    sqlite_utils(catalogue.path, "query", "UPDATE entries SET title = 'Plain' WHERE key = '1016865'")
    assert ask.search("zygomorphic flanges").hits == ()


def test_deletion_by_another_program_is_in_the_next_answer(catalogue):
    """An entry deleted through plain sqlite3 is gone from the very next answer, by number and by words."""
    ask = SearchService(catalogue)
    assert [hit.entry.key for hit in ask.search("jira default status").hits][:1] == ["1016865"]
    other = sqlite3.connect(catalogue.path)
    with other:
        other.execute("DELETE FROM entries WHERE key = '1016865'")
    other.close()
    assert "1016865" not in [hit.entry.key for hit in ask.search("jira default status").hits]
    assert (ask.search("1016865").hits, ask.search("1016865").unknown_keys) == ((), ("1016865",))


def test_insertion_by_another_program_is_in_the_next_answer(catalogue):
    """An entry that another program adds, with nothing but what the table demands, is found by the next question."""
    ask = SearchService(catalogue)
    ask.search("anything")
    other = Database(catalogue.path)
    row = {
        "key": "9990001",
        "kind": "feature",
        "title": "Zygomorphic flanges",
        "summary": "",
        "names": "[]",
        "also": '["wobbly rims"]',
        "highlighted": 0,
        "source": "hand",
    }
    other["entries"].insert(row)
    assert ask.search("wobbly rims").hits[0].entry.key == "9990001"
    assert ask.search("9990001").hits[0].entry.source == "hand"
    other.close()


def test_upsert_by_another_program(catalogue):
    """Another program may upsert an entry again and again before anybody asks; the next answer has the last of it."""
    ask = SearchService(catalogue)
    other = Database(catalogue.path)
    for title in ("Zygomorphic rims", "Zygomorphic flanges"):
        other["entries"].upsert(
            {
                "key": "1016865",
                "title": title,
                "kind": "feature",
                "summary": "",
                "names": "[]",
                "also": "[]",
                "highlighted": 0,
                "source": "hand",
            },
            pk="key",
        )
    other.close()
    assert ask.search("zygomorphic flanges").hits[0].entry.key == "1016865"
    assert ask.search("zygomorphic rims").hits[0].entry.title == "Zygomorphic flanges"


def test_glossary_and_mentions_changed_by_another_program(catalogue):
    """Not only entries: what people call things, and where episodes mention them, counts from the very next answer."""
    ask = SearchService(catalogue)
    assert ask.search("flumph").hits == ()
    other = sqlite3.connect(catalogue.path)
    with other:
        other.execute("INSERT INTO glossary (term, relation, terms) VALUES ('flumph', 'equivalent', '[\"sailpoint\"]')")
        other.execute("UPDATE mentions SET at = '59:59' WHERE entry = (SELECT id FROM entries WHERE key = '1016865')")
    other.close()
    assert ask.search("flumph").hits[0].entry.key == "977581"
    assert ask.search("1016865").hits[0].entry.mentions[0].at == "59:59"


def test_what_people_type_by_hand_silences_nothing(catalogue):
    """Names without brackets, a number among them, a version that is none: the entry is still given, and so are the
    others.
    """
    ask = SearchService(catalogue)
    other = sqlite3.connect(catalogue.path)  # which does not enforce foreign keys
    with other:
        other.execute(
            "UPDATE entries SET names = 'Zygomorph', also = '[1, \"flanges\"]', version = 'next' WHERE key = '1016865'"
        )
        other.execute("UPDATE entries SET names = '{', also = '' WHERE key = '794180'")
        other.execute("UPDATE episodes SET hosts = 'Bob', versions = '[\"soon\"]' WHERE number = 13")
        other.execute(
            "UPDATE possible_versions SET version = 'either' WHERE rowid = (SELECT min(rowid) FROM possible_versions)"
        )
        other.execute("INSERT INTO glossary (term, relation, terms) VALUES ('zyg', 'equivalent', 'zygomorph')")
    other.close()
    with ask.snapshot() as snapshot:
        assert snapshot.episodes[13].hosts == ("Bob",)
    entry = ask.search("zygomorph flanges").hits[0].entry
    assert (entry.key, entry.names, entry.also, entry.version) == ("1016865", ("Zygomorph",), ("1", "flanges"), None)
    assert ask.search("794180").hits[0].entry.names == ("{",)
    assert ask.search("v2.206").has_answer


def test_search_of_sqlite_utils(catalogue, make_entry):
    """Full-text search works through sqlite-utils' own search, and follows what is added, changed and removed."""
    other = Database(catalogue.path)
    assert "1016865" in [row["key"] for row in other["entries"].search("jira")]
    assert [row["key"] for row in other["entries"].search("jira AND JSM", columns=["key"])] == ["1016865"]
    catalogue.upsert([make_entry(also=("fluorescent stripes",))])
    assert [row["key"] for row in other["entries"].search("fluorescents")] == ["5551234"]
    other["entries"].update(other["entries"].lookup({"key": "5551234"}), {"also": '["dull stripes"]'})
    assert list(other["entries"].search("fluorescent")) == []
    other["entries"].delete_where("key = '5551234'")
    assert list(other["entries"].search("dull stripes")) == []
    other.close()


def test_revision_inside_a_change(catalogue, make_entry):
    """Whoever is changing the catalogue sees a revision that moves with the change, in a thread that never asked for
    one before, too.
    """
    fresh = Catalog(catalogue.path)
    with fresh.write_transaction() as db:
        before = fresh.revision
        fresh.upsert_within(db, [make_entry()])
        assert fresh.revision != before
    fresh.close()


def test_revision_moves_with_every_change(catalogue, make_entry):
    """The revision changes with any change to an answer, by us or by others, and stays the same while there is none."""
    other = sqlite3.connect(catalogue.path, isolation_level=None)
    seen = [catalogue.revision]
    assert catalogue.revision == seen[0]
    for change in (
        "UPDATE entries SET caution = 'Mind the step' WHERE id = 1",
        "DELETE FROM mentions WHERE entry = 1",
        "INSERT INTO possible_versions VALUES (1, '2.206')",
        "UPDATE episodes SET url = 'https://example.com' WHERE number = 13",
        "UPDATE areas SET also = '[]' WHERE name = 'Portal'",
        "DELETE FROM glossary",
    ):
        other.execute(change)
        seen.append(catalogue.revision)
    catalogue.upsert([make_entry()])
    seen.append(catalogue.revision)
    assert len(set(seen)) == len(seen)
    other.close()


# -- what can happen to the file
# --------------------------------------------------------------------------------------------


def test_file_replaced_while_open(empty, make_entry, tmp_path):
    """When the file is replaced by another catalogue, the next answer comes from the new one, also for a thread that
    had the old one open.
    """
    empty.upsert([make_entry(title="Old zebra")])
    other = Catalog(tmp_path / "other.db")
    other.upsert([make_entry("11111", "New giraffe")])
    other.close()
    ask = SearchService(empty)
    with ThreadPoolExecutor(1) as pool:  # a second thread, with its own connection
        assert pool.submit(ask.search, "zebra").result().hits[0].entry.title == "Old zebra"
        empty.upsert(
            [make_entry("22222", "Old lion")]
        )  # something written last, that must not come back into the new file
        os.replace(other.path, empty.path)
        assert [hit.entry.title for hit in ask.search("giraffe").hits] == ["New giraffe"]
        assert [hit.entry.title for hit in pool.submit(ask.search, "giraffe").result().hits] == ["New giraffe"]
        assert pool.submit(ask.search, "zebra").result().hits == ()
        pool.submit(empty.close).result()
    empty.close()
    reopened = Catalog(empty.path)
    assert titles(reopened) == ["New giraffe"]
    assert reopened.db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    reopened.close()


def test_file_deleted_while_open(empty, make_entry):
    """When the file is deleted, an empty catalogue takes its place; it can be filled again at once."""
    empty.upsert([make_entry()])
    ask = SearchService(empty)
    assert ask.search("zebra").has_answer
    os.remove(empty.path)
    assert not ask.search("zebra").has_answer
    empty.upsert([make_entry(title="New zebra")])
    assert ask.search("zebra").hits[0].entry.title == "New zebra"


def test_file_spoilt_while_open(empty, make_entry, tmp_path):
    """When garbage takes the place of the file, that is said in a sentence with its name; with a good copy back all is
    well.
    """
    empty.upsert([make_entry()])
    ask = SearchService(empty)
    assert ask.search("zebra").has_answer
    good = shutil.copyfile(empty.path, tmp_path / "good.db")
    garbage = tmp_path / "garbage"
    garbage.write_bytes(b"This is a letter to grandmother.\n" * 500)
    os.replace(garbage, empty.path)
    for _ in range(2):
        with pytest.raises(CatalogueError) as failed:
            ask.search("zebra")
        assert str(empty.path) in str(failed.value)
        assert "\n" not in str(failed.value)
    os.replace(good, empty.path)
    assert ask.search("zebra").has_answer


def test_file_cut_off_while_open(empty, make_entry):
    """A file that loses its contents while it is open (a full disk, a copy that broke off) is told in a sentence with
    its name.
    """
    empty.upsert([make_entry()])
    ask = SearchService(empty)
    assert ask.search("zebra").has_answer
    os.truncate(empty.path, 4096 + 7)
    with (
        ThreadPoolExecutor(1) as pool,
        pytest.raises(CatalogueError) as failed,
    ):  # another thread, which has nothing of it in memory
        pool.submit(ask.search, "zebra").result()
    assert str(empty.path) in str(failed.value)


UNUSABLE = {
    "a folder": lambda path: path.mkdir(),
    "garbage": lambda path: path.write_bytes(b"This is a letter to grandmother.\n" * 500),
    "a folder that is a file": lambda path: path.parent.write_text("x"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_unusable_file(case, tmp_path, make_entry):
    """What cannot be a catalogue is told in a sentence that names the file and the setting, at the first use and again
    at the next.
    """
    path = tmp_path / "inside" / "catalog.db" if "file" in case else tmp_path / "catalog.db"
    UNUSABLE[case](path)
    catalogue = Catalog(path)
    for use in (
        catalogue.entries,
        lambda: catalogue.upsert([make_entry()]),
        lambda: SearchService(catalogue).search("jira"),
    ):
        with pytest.raises(CatalogueError) as failed:
            use()
        assert str(path) in str(failed.value)
        assert "HALO_CATALOG" in str(failed.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_folder_that_may_not_be_written(tmp_path):
    """A catalogue that may not be made where it should be is told in a sentence."""
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(CatalogueError, match="may be written"):
        Catalog(tmp_path / "locked" / "catalog.db").entries()


def test_another_database_is_not_taken_for_a_catalogue_in_silence(tmp_path):
    """A database of something else, with a table of the same name, is refused in a sentence and left as it was."""
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, diary TEXT)")
    other.commit()
    with pytest.raises(CatalogueError, match="HALO_CATALOG"):
        Catalog(path).entries()
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("entries",)]
    other.close()


def test_a_catalogue_knows_itself(empty):
    """What stands for a catalogue stays, for every process that opens it; one that is made anew has another. Asking for
    it is no change of any answer.
    """
    revision = empty.revision
    made = empty.catalog_id
    assert (Catalog(empty.path).catalog_id, empty.revision) == (made, revision)
    empty.close()
    empty.path.unlink()
    assert empty.catalog_id != made


def test_everything_survives_reopening(empty, make_entry):
    """What was put is there for the next process that opens the file."""
    entry = make_entry(mentions=(Mention(13, "6:08"), Mention(2)))
    empty.upsert([entry, replace(entry, key="11111", highlighted=True)])
    empty.close()
    again = Catalog(empty.path)
    assert again.entries() == [entry, replace(entry, key="11111", highlighted=True)]
    again.close()


@pytest.mark.parametrize(
    ("stored", "texts"),
    [
        ("", ()), ("[]", ()), ('["a"]', ("a",)), ('["a", "b c"]', ("a", "b c")), ('["a","b"]', ("a", "b")),
        ('[ "a" , "b" ]', ("a", "b")),
        ('["say \\"a\\", \\"b\\"", "c"]', ('say "a", "b"', "c")), ('["a\\\\", "b"]', ("a\\", "b")),
        ('["caf\\u00e9"]', ("café",)), ('[""]', ("",)), ('["a", 1]', ("a", "1")), ('["a", 1, "b"]', ("a", "1", "b")),
        ('["a" "b"]', ('["a" "b"]',)), ("plain text", ("plain text",)), ('"a"', ('"a"',)), ('["]', ('["]',)),
        ('["a", ["b"]]', ("a", "['b']")),
    ],
)  # fmt: skip
def test_stored_lists_of_texts(stored: str, texts: tuple[str, ...]) -> None:
    """A list of texts is read however it is written as JSON; what is no JSON is one text."""
    assert parse_text_list(stored) == texts


def test_a_change_that_cannot_be_moved_out_of_the_log(tmp_path: Path) -> None:
    """What was committed is done, also where a full disk leaves it in the -wal file for now: nobody is told that
    nothing was changed.
    """
    asked = []

    class FullDatabase:
        def execute(self, sql: str) -> sqlite3.Cursor:
            asked.append(sql)
            if "checkpoint" in sql:
                raise sqlite3.OperationalError("database or disk is full")
            return sqlite3.connect(":memory:").cursor()

    database._checkpoint(FullDatabase())
    assert asked[-1] == "PRAGMA busy_timeout = 10000"
