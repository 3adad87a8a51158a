"""A catalogue made by the version before the tables got their present names opens, and keeps everything."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from bot.catalog import imports, review, search_index
from bot.catalog.entry_codec import entry_from_json, entry_to_json
from bot.catalog.models import Entry, Glossary, Mention, Version
from bot.catalog.repository import Catalog
from bot.catalog.schema import migrations
from bot.catalog.upgrade_plan import pending_steps
from bot.errors import CatalogueError
from bot.ingest import service
from bot.ingest.impact import guess_missing_impacts
from bot.ingest.readers.registry import read_document
from bot.search.service import SearchService

NOW = datetime(2026, 11, 24, tzinfo=UTC)
KEYS = ["1016865", "ep15-07", "faq-sso", "1200001", "ep40-02", "ep40-03", "ep41-04", "ep41-02"]


def make_old_catalog(path: Path) -> None:
    """The database file that the SQL beside this test makes."""
    with sqlite3.connect(path) as connection:
        connection.executescript((Path(__file__).parent / "base_catalog.sql").read_text(encoding="utf-8"))
    connection.close()


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Catalog]:
    make_old_catalog(tmp_path / "catalog.db")
    catalog = Catalog(tmp_path / "catalog.db")
    yield catalog
    catalog.close()


def test_entries_stay(old: Catalog) -> None:
    """Seeds and imported entries, with their mentions, are as they were, and are found."""
    assert [entry.key for entry in old.entries()][:8] == KEYS
    (jira, quotes) = old.entries(["1016865", "1200001"])
    assert (jira.version, jira.mentions, jira.names) == (
        Version(2, 206),
        (Mention(13, "6:08"),),
        ("Default Jira Status",),
    )
    assert quotes.title == "Quotes can be frozen by managers"
    assert quotes.mentions == (Mention(40, "1:02"), Mention(40, "4:40"), Mention(42, "1:02"))
    assert SearchService(old).search("frozen quotes").hits[0].entry.key == "1200001"
    assert (old.seeds_signature, len(old.catalog_id)) == ("made-by-base", 16)


def test_words_are_split_anew(tmp_path: Path) -> None:
    """An entry that was indexed when words lost their letters and small words is found by them after the upgrade."""
    make_old_catalog(tmp_path / "catalog.db")
    with sqlite3.connect(tmp_path / "catalog.db") as connection:
        connection.execute("UPDATE entries SET title = 'Złoty rates need a sign-off' WHERE key = '1200001'")
        connection.execute("DELETE FROM stale")  # as if the index had been kept up by the old version
    connection.close()
    catalog = Catalog(tmp_path / "catalog.db")
    search = SearchService(catalog).search
    assert [search(question).hits[0].entry.key for question in ("zloty", "signoff")] == ["1200001"] * 2
    catalog.close()


def test_areas_and_glossary_stay(old: Catalog) -> None:
    """In their order, each row with its meaning."""
    assert list(old.areas().items())[:2] == [("Integrations", ("connections",)), ("Portal", ("self service",))]
    assert old.glossary() == Glossary(
        (("ticket", "case"),), (("jira", ("issue tracker",)),), frozenset({"work", "people"}), ("zendesk",)
    )


def test_decisions_stay(old: Catalog) -> None:
    """A line that a person accepted, and one that they rejected, is not put to them again; one still waits, and can be
    accepted.
    """
    assert sorted(row[0] for row in old.db.execute("SELECT state FROM review_queue")) == [
        "accepted",
        "open",
        "rejected",
    ]
    (item,) = review.open_items(old.db)
    assert (item.candidate.text, item.candidate.candidates) == (
        "Quotes can be frozen by the finance desk manager.",
        (("1200001", 77),),
    )
    assert service.accept_review_item(old, item.id, NOW).count("merged") == 1
    assert review.open_items(old.db) == []


def test_imports_can_be_undone(old: Catalog) -> None:
    """One after the other, the last one first: titles, mentions and decisions go back to what they were."""
    undone = imports.undo_last_import(old)
    assert undone is not None
    assert (undone.sources, undone.restored) == (("ep42.txt", "ep40.txt"), ("1200001",))
    (quotes,) = old.entries(["1200001"])
    assert (quotes.title, quotes.mentions) == ("Quotes can be frozen by the sales manager", (Mention(40, "4:40"),))
    rejected, accepted = imports.undo_last_import(old), imports.undo_last_import(old)
    assert rejected is not None
    assert accepted is not None
    assert (rejected.removed, accepted.sources) == (("ep41-02",), ("review 1",))
    assert len(review.open_items(old.db)) == 3
    while imports.undo_last_import(old):
        pass
    assert {entry.source for entry in old.entries()} == {"seeds"}


def test_reading_a_post_again_changes_nothing(old: Catalog) -> None:
    """What stands for an entry is still known: the same document brings nothing new but the guess of an impact, which
    entries of that time lack; read once more, nothing at all.
    """
    text = (
        "Episode 42 of By the [run]Book covers HaloPSA v2.220, with Mendy and Robbie.\n"
        "Quotes can be frozen by managers | v2.220 #1200001 | 1:02\n"
        "Frozen quotes keep their prices until they are approved.\n"
    )
    documents = [read_document(text.encode(), "ep42.txt", "x.txt")]
    report = service.import_documents(old, documents, NOW)
    changed = [outcome.reason for outcome in report.outcomes if outcome.kind == "changed"]
    assert (report.new, report.updated, changed) == ((), ("1200001",), ["impact"])
    again = service.import_documents(old, documents, NOW)
    assert (again.new, again.updated) == ((), ())


def test_impacts_begin_unclear(old: Catalog) -> None:
    """Entries of that time have no impact yet, and none that is said to be a guess; what is no impact is refused."""
    assert {(entry.impact, entry.impact_guessed) for entry in old.entries()} == {("unclear", False)}
    with pytest.raises(sqlite3.IntegrityError):
        old.db.execute("UPDATE entries SET impact = 'Fix'")


def test_impacts_are_guessed_once(old: Catalog) -> None:
    """Entries that were imported at that time get the guess that an import would give, and seeds none; what a person
    makes of a guess then stays.
    """
    assert guess_missing_impacts(old) == 4
    impacts = {entry.key: (entry.impact, entry.impact_guessed) for entry in old.entries()}
    assert impacts["1200001"] == ("new", True)
    assert impacts["1016865"] == impacts["ep40-02"] == ("unclear", False)
    old.db.execute("UPDATE entries SET impact = 'unclear'")
    old.db.conn.commit()
    assert guess_missing_impacts(old) == 0
    assert {entry.impact for entry in old.entries()} == {"unclear"}


def test_guessed_impacts_hinder_no_undo(old: Catalog) -> None:
    """Imports of that time can be undone after the guess."""
    guess_missing_impacts(old)
    while imports.undo_last_import(old):
        pass
    assert {entry.source for entry in old.entries()} == {"seeds"}


def test_an_entry_as_json(old: Catalog) -> None:
    """It reads back as the same entry, and one that lacks a newer field has the field's default."""
    for entry in old.entries():
        assert entry_from_json(json.loads(json.dumps(entry_to_json(entry)))) == entry
    assert entry_from_json({"key": "1", "kind": "feature", "title": "One"}) == Entry("1", "feature", "One")


def test_words_get_a_row_for_many(tmp_path: Path) -> None:
    """Words that had a row each are all there after the upgrade, with the same stems."""
    path = tmp_path / "catalog.db"
    catalog = Catalog(path)
    catalog.db.execute("SELECT 1")
    catalog.close()
    with sqlite3.connect(path) as connection:
        connection.executescript(
            """
            DROP TABLE words;
            CREATE TABLE words (length INTEGER, word TEXT, is_compound INTEGER, stems TEXT,
                PRIMARY KEY (length, word, is_compound, stems)) WITHOUT ROWID;
            DELETE FROM _sqlite_migrations WHERE name = 'm014_word_lists';
            """
        )
        connection.executemany(
            "INSERT INTO words VALUES (?, ?, ?, ?)",
            [
                (5, "zebra", False, "zebra"), (5, "zebrą", False, "zebrą"), (9, "timesheet", True, "time sheet"),
                (9, "timesheet", True, "time heet"), (9, "timesheet", False, "timesheet"), (4, "wifi", True, "wi fi"),
                (4, "zoom", False, "zoom"), (7, "zooming", False, "zoom"),
            ],
        )  # fmt: skip
    connection.close()
    with catalog.read_transaction():
        stems_by_word = search_index.read_word_statistics(catalog.db).stems_by_word
        assert stems_by_word == {
            "zebra": "zebra", "zebrą": "zebrą", "timesheet": "timesheet", "wifi": "wi fi", "zoom": "zoom",
            "zooming": "zoom",
        }  # fmt: skip
        lists = catalog.db.execute("SELECT compounds FROM words WHERE length = 9").fetchall()
        assert lists == [("timesheet time heet\ntimesheet time sheet",)]
    catalog.close()


def test_a_file_of_something_else(tmp_path: Path) -> None:
    """A database that is no catalogue is refused in words, and stays as it is: a workspace database, for example."""
    path = tmp_path / "workspace.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE watches (id INTEGER)")
    connection.close()
    path.chmod(0o644)
    before = path.read_bytes()
    for open_it in (lambda: Catalog(path).entry_count(), lambda: pending_steps(path)):
        with pytest.raises(CatalogueError, match=r"“watches” is of something else. Nothing was changed. Name another"):
            open_it()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (before, 0o644)
    assert [file.name for file in tmp_path.iterdir()] == ["workspace.db"]


def test_a_catalogue_that_is_just_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that makes the catalogue between two looks at it has made no file of something else."""
    path, looked = tmp_path / "catalog.db", migrations.applied

    def make_meanwhile(db: Database) -> list[object]:
        monkeypatch.setattr(migrations, "applied", looked)
        found = looked(db)
        Catalog(path).close()
        assert Catalog(path).entry_count() == 0
        return found

    monkeypatch.setattr(migrations, "applied", make_meanwhile)
    assert Catalog(path).entry_count() == 0
