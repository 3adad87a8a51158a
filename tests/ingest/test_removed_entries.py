"""What is known of an entry goes with it: another entry that has its key later begins with what its own sources say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.catalog import imports
from bot.catalog.models import CatalogRecord, Entry, Mention, Seeds
from bot.catalog.own_entries import apply_own
from bot.catalog.provenance import PROVENANCE
from bot.catalog.records import apply_records, entry_records
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
    """What imports said of a seed goes with it when the seeds lose it; undoing the import does not bring it back."""
    load(empty, SEED, OTHER_SEED)
    import_documents(empty, [post(ROW)], now)
    load(empty, OTHER_SEED)
    assert orphans(empty) == set()
    done = imports.undo_last_import(empty)
    assert done is not None
    assert (done.kept, done.restored) == (("1200001",), ())
    assert empty.keys() == {"faq-sso"}
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
    """Another program deleted entries: those that get their keys later are not taken for them, and can be undone."""
    import_documents(empty, [post(ROW.replace("| v2.220", "| Highlight | v2.220") + LINES)], now)
    empty.db.execute("DELETE FROM mentions")
    empty.db.execute("DELETE FROM entries")
    empty.db.conn.commit()
    assert orphans(empty) == {"1200001", "ep40-01", "ep40-02"}
    import_documents(empty, [post("Something else is new | v2.220 #1200001 | 4:40\nWords.\n" + OTHERS, "b.txt")], now)
    lines = empty.db.execute("SELECT key, source FROM source_lines WHERE key GLOB 'ep*'").fetchall()
    assert sorted(lines) == [("ep40-01", "b.txt"), ("ep40-02", "b.txt")]
    assert {row[0] for row in empty.db.execute("SELECT source FROM field_sources")} == {"b.txt"}
    done = imports.undo_last_import(empty)
    assert done is not None
    assert done.kept == ()
    assert empty.keys() == orphans(empty) == set()


def test_lines_wait_for_their_seed(empty: Catalog, now: datetime) -> None:
    """What another process's import says of a seed waits for a catalogue that has not got the seed yet."""
    load(empty, SEED)
    import_documents(empty, [post(ROW)], now)
    records = entry_records(empty, empty.db, ["1200001"])
    load(empty, OTHER_SEED)
    with empty.write_transaction() as db:
        apply_records(empty, db, records)
    load(empty, SEED, OTHER_SEED)
    assert empty.entries(["1200001"])[0].mentions == (Mention(40, "4:40"),)


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
