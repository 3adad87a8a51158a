"""What is known of an entry goes with it: another entry that has its key later begins with what its own sources say.
Only what was said of a number stays, for a number always means the same change: it waits for the number to come back.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.catalog import imports
from bot.catalog.models import CatalogRecord, Entry, Mention, Seeds
from bot.catalog.own_entries import apply_own
from bot.catalog.provenance import PROVENANCE, SourceLine, write_source_lines
from bot.catalog.records import all_records, apply_records, entry_records
from bot.catalog.repository import Catalog
from bot.ingest.models import ParsedDocument
from bot.ingest.readers.registry import read_document
from bot.ingest.service import import_documents

HEAD = "Episode 40 of By the [run]Book covers HaloPSA v2.220, with Mendy and Robbie.\n"
ROW = (
    "Quotes can be frozen by the sales manager | v2.220 #1200001 | 4:40\n"
    "Frozen quotes keep their prices until they are approved.\n"
)
LINES = "Boards can be shared between teams.\nLabels know their printer.\n"
OTHERS = "Printers can be named.\nChairs are assets now.\n"
SEED = Entry("1200001", "feature", "Frozen quotes", source="seeds")
OTHER_SEED = Entry("faq-sso", "faq", "Signing in once", answer="Connect the application.", source="seeds")
NOTHING: dict[str, list[tuple[object, ...]]] = {table: [] for table in PROVENANCE}


def post(text: str, source: str = "ep40.txt") -> ParsedDocument:
    """A reading of a small post."""
    return read_document((HEAD + text).encode(), source, "x.txt")


def load(catalogue: Catalog, *seeds: Entry) -> None:
    """Load these seeds."""
    catalogue.load_seeds(Seeds(entries=seeds))


def mentions(catalogue: Catalog) -> tuple[Mention, ...]:
    """Where the seed with a number is mentioned."""
    return catalogue.entries(["1200001"])[0].mentions


def orphans(catalogue: Catalog) -> set[str]:
    """The keys of which something is known though no entry has them."""
    keys: Iterable[str] = (
        row[0] for table in PROVENANCE for row in catalogue.db.execute(f"SELECT key FROM {table}").fetchall()
    )
    return set(keys) - catalogue.keys()


def known(catalogue: Catalog) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is known of where entries come from."""
    return {table: sorted(catalogue.db.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in PROVENANCE}


def test_a_seed_that_is_gone(empty: Catalog, now: datetime) -> None:
    """What imports said of its number waits for it, and which source wrote its fields is forgotten. Undoing the import
    brings neither the seed back nor keeps what it said.
    """
    load(empty, SEED, OTHER_SEED)
    import_documents(empty, [post(ROW)], now)
    load(empty, OTHER_SEED)
    assert {row[1] for row in known(empty)["source_lines"]} == {"1200001"}
    assert known(empty)["field_sources"] == []
    done = imports.undo_last_import(empty)
    assert done is not None
    assert (done.kept, done.restored) == (("1200001",), ())
    assert empty.keys() == {"faq-sso"}
    assert known(empty) == NOTHING


def test_a_seed_that_comes_back(empty: Catalog, now: datetime) -> None:
    """After a start with seeds that lack it, it has the mentions again that imports gave it; undoing the last of these
    imports meanwhile takes only what that one said.
    """
    load(empty, SEED, OTHER_SEED)
    import_documents(empty, [post(ROW)], now)
    import_documents(empty, [post(ROW.replace("4:40", "9:40"), "b.txt")], now)
    assert mentions(empty) == (Mention(40, "4:40"), Mention(40, "9:40"))
    load(empty, OTHER_SEED)
    load(empty, SEED, OTHER_SEED)
    assert mentions(empty) == (Mention(40, "4:40"), Mention(40, "9:40"))
    load(empty, OTHER_SEED)
    imports.undo_last_import(empty)
    load(empty, SEED, OTHER_SEED)
    assert mentions(empty) == (Mention(40, "4:40"),)


def test_a_seed_without_a_number_that_is_gone(empty: Catalog) -> None:
    """Nothing of it is kept, for an import may give its key to another entry."""
    load(empty, SEED, OTHER_SEED)
    line = SourceLine("1a", "faq-sso", "Signing in once", 40, "4:40", False, "ep40.txt", 1)
    with empty.write_transaction() as db:
        write_source_lines(db, [line], import_id=1)
    load(empty, SEED)
    assert known(empty) == NOTHING


def test_undo_of_what_became_a_part_of_another(empty: Catalog, now: datetime) -> None:
    """An entry that an import removed comes back with all that was known of it, and nothing else stays."""
    import_documents(empty, [post("Quotes can be frozen by the sales manager.\n" + LINES)], now)
    before = known(empty)
    report = import_documents(empty, [post(ROW, "full.txt")], now)
    assert report.removed
    assert orphans(empty) == set()
    imports.undo_last_import(empty)
    assert known(empty) == before


def test_undo_of_what_the_seeds_took_over(empty: Catalog, now: datetime) -> None:
    """A seed that took the key of an imported entry stays when the import is undone; that import is no source of it."""
    import_documents(empty, [post(ROW)], now)
    load(empty, SEED)
    done = imports.undo_last_import(empty)
    assert done is not None
    assert done.kept == ("1200001",)
    assert known(empty) == NOTHING


def test_a_key_that_is_given_again(empty: Catalog, now: datetime) -> None:
    """Another program deleted entries: those that get their keys later are not taken for them, and can be undone. What
    was said of a number stays.
    """
    import_documents(empty, [post(ROW.replace("| v2.220", "| Highlight | v2.220") + LINES)], now)
    empty.db.execute("DELETE FROM mentions")
    empty.db.execute("DELETE FROM entries")
    empty.db.conn.commit()
    assert orphans(empty) == {"1200001", "ep40-01", "ep40-02"}
    of_number = [row for row in known(empty)["source_lines"] if row[1] == "1200001"]
    import_documents(empty, [post("Something else is new | v2.220 #1200001 | 4:40\nWords.\n" + OTHERS, "b.txt")], now)
    lines = empty.db.execute("SELECT key, source FROM source_lines WHERE key GLOB 'ep*'").fetchall()
    assert sorted(lines) == [("ep40-01", "b.txt"), ("ep40-02", "b.txt")]
    assert {row[0] for row in empty.db.execute("SELECT source FROM field_sources")} == {"b.txt"}
    done = imports.undo_last_import(empty)
    assert done is not None
    assert done.kept == ()
    assert empty.keys() == set()
    assert known(empty) == {"field_sources": [], "source_lines": of_number}


def test_lines_wait_for_their_seed(empty: Catalog, now: datetime) -> None:
    """What another process's import says of a seed waits for a catalogue that has not got the seed yet."""
    load(empty, SEED)
    import_documents(empty, [post(ROW)], now)
    records = entry_records(empty, empty.db, ["1200001"])
    load(empty, OTHER_SEED)
    with empty.write_transaction() as db:
        apply_records(empty, db, records)
    load(empty, SEED, OTHER_SEED)
    assert mentions(empty) == (Mention(40, "4:40"),)


def test_undo_while_lines_wait(empty: Catalog, now: datetime) -> None:
    """Undoing an import that made an entry of a number leaves what others said of the number, here and in what is kept
    outside of the catalogue. The seed has its mentions when it comes.
    """
    load(empty, SEED)
    import_documents(empty, [post(ROW)], now)
    records = entry_records(empty, empty.db, ["1200001"])
    load(empty, OTHER_SEED)
    with empty.write_transaction() as db:
        apply_records(empty, db, records)
    waiting = known(empty)
    import_documents(empty, [post("Quotes freeze | v2.220 #1200001 | 9:40\nWords.\n", "b.txt")], now)
    imports.undo_last_import(empty)
    assert known(empty) == {**waiting, "field_sources": []}
    (kept,) = entry_records(empty, empty.db, ["1200001"])
    assert kept.is_withdrawn
    load(empty, SEED, OTHER_SEED)
    assert mentions(empty) == (Mention(40, "4:40"),)
    load(empty, OTHER_SEED)
    empty.db.execute("DELETE FROM source_lines")
    empty.db.conn.commit()
    with empty.write_transaction() as db:
        apply_records(empty, db, [kept])
    assert empty.keys() == {"faq-sso"}
    load(empty, SEED, OTHER_SEED)
    assert mentions(empty) == (Mention(40, "4:40"),)


def test_undo_by_another_process_while_lines_wait(empty: Catalog, now: datetime) -> None:
    """The entry goes here, too, and what was said of its number before stays."""
    load(empty, OTHER_SEED)
    import_documents(empty, [post(ROW)], now)
    (record,) = entry_records(empty, empty.db, ["1200001"])
    with empty.write_transaction() as db:
        apply_records(empty, db, [record.withdrawn()])
    assert empty.keys() == {"faq-sso"}
    assert {row[1] for row in known(empty)["source_lines"]} == {"1200001"}
    assert [record.id for record in all_records(empty, empty.db) if record.kind == "entry"] == ["1200001"]
    load(empty, SEED, OTHER_SEED)
    assert mentions(empty) == (Mention(40, "4:40"),)


def test_waiting_lines_decide_nothing(empty: Catalog, now: datetime) -> None:
    """A line in the review queue is not closed for a change that the catalogue has not got."""
    import_documents(empty, [post(ROW)], now)
    import_documents(empty, [post("Quotes can be frozen by the service desk manager.\n" + LINES, "list.txt")], now)
    ((hashed,),) = empty.db.execute("SELECT hash FROM review_queue").fetchall()
    empty.db.execute(
        "INSERT INTO source_lines (hash, key, text, inferred, import_id) VALUES (?, '7777777', '', 0, 1)", [hashed]
    )
    empty.db.conn.commit()
    import_documents(empty, [post(OTHERS, "b.txt")], now)
    assert empty.db.execute("SELECT state FROM review_queue").fetchall() == [("open",)]


def test_a_team_s_lines_of_a_seed_that_is_gone(empty: Catalog, now: datetime) -> None:
    """A team's copy of the catalogue has no lines of an entry that is everybody's no longer."""
    value = f'{{"entry": null, "base": null, "field_sources": [], "source_lines": [{LINE}]}}'
    with empty.write_transaction() as db:
        apply_own(empty, db, [CatalogRecord("entry", "1200001", value)])
    assert orphans(empty) == set()
    load(empty, SEED)
    with empty.write_transaction() as db:
        apply_own(empty, db, [CatalogRecord("entry", "1200001", value)])
    assert empty.entries(["1200001"]) == [replace(SEED, mentions=(Mention(40, "4:40"),))]


LINE = (
    '{"hash": "1a", "key": "1200001", "text": "Frozen", "episode": 40, "at": "4:40", "inferred": 0, '
    '"source": "own.txt", "line_number": 1, "import_id": 1000001}'
)
