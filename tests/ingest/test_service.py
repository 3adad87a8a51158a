"""Merging, all or nothing: what wins over what, where each field came from, taking back, and what a person judges."""

import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog import imports, provenance, review
from bot.catalog.models import Entry, Mention, Version
from bot.catalog.records import entry_records
from bot.catalog.repository import Catalog
from bot.errors import CatalogueError, SourceError
from bot.ingest import service
from bot.ingest.merge import merge_documents
from bot.ingest.readers.registry import read_document
from bot.ingest.service import import_documents
from bot.ingest.versions import restore_version
from bot.search.service import SearchService

HEAD = "Episode {} of By the [run]Book covers HaloPSA v2.220, with Mendy and Robbie.\n"


def post(text: str, episode: int = 40, source: str | None = None):
    """A reading of a small post."""
    return read_document((HEAD.format(episode) + text).encode(), source or f"ep{episode}.txt", "x.txt")


DESCRIPTION = "Frozen quotes keep their prices until they are approved.\n"
ROW = f"Quotes can be frozen by the sales manager | v2.220 #1200001 | 4:40\n{DESCRIPTION}"
LINES = f"{DESCRIPTION}Boards can be shared between teams.\nLabels know their printer.\n"
OTHERS = "Printers can be named.\nChairs are assets now.\nDesks can be booked.\n"


def only(catalogue: Catalog, key: str = "1200001") -> Entry:
    """The entry with this key."""
    (entry,) = catalogue.entries([key])
    return entry


def test_mentions_are_kept(empty, now):
    """The same number in two episodes is one change with both mentions; one without a minute adds nothing to one
    with.
    """
    import_documents(empty, [post(ROW)], now)
    import_documents(
        empty, [post("Quotes can be frozen by the sales manager | v2.220 #1200001\n", 40, "again.txt")], now
    )
    report = import_documents(empty, [post(ROW.replace("4:40", "1:02"), 41)], now)
    assert only(empty).mentions == (Mention(40, "4:40"), Mention(41, "1:02"))
    assert report.updated == ("1200001",)


def test_a_fuller_text_wins_over_a_teaser(empty, now):
    """What only a highlight told, or a cut title, gives way to the full text, whichever comes first."""
    teaser = post("frozen by the manager” for a while | v2.220 #1200001 | 4:40Frozen.\n", 40, "teaser.txt")
    for order in ([teaser, post(ROW)], [post(ROW), teaser]):
        for reading in order:
            import_documents(empty, [reading], now)
        assert only(empty).title == "Quotes can be frozen by the sales manager"
        imports.undo_last_import(empty)
        imports.undo_last_import(empty)


def test_a_source_may_correct_itself(empty, now):
    """A later reading of the same page with another text is a correction, even a shorter one."""
    import_documents(empty, [post(ROW)], now)
    report = import_documents(empty, [post(ROW.replace("by the sales manager", "by managers"))], now)
    assert only(empty).title == "Quotes can be frozen by managers"
    assert report.updated == ("1200001",)


def test_what_a_person_wrote_stays(empty, now):
    """A field that someone changed by hand is not overwritten; the others go on."""
    import_documents(empty, [post(ROW)], now)
    empty.db.execute("UPDATE entries SET title = 'My own title' WHERE key = '1200001'")
    empty.db.conn.commit()
    import_documents(
        empty,
        [post(ROW.replace("sales manager", "boss").replace("keep their prices", "keep all of their prices"))],
        now,
    )
    assert only(empty).title == "My own title"
    assert "all of their prices" in only(empty).summary


def test_an_impact_is_guessed(empty, now):
    """An imported change has the impact that its text speaks of, marked as a guess, and a new one when its source
    corrects the text; undoing the import takes the guess back.
    """
    import_documents(empty, [post("Added a setting to lock quotes | v2.220 #1200001 | 1:02")], now)
    assert (only(empty).impact, only(empty).impact_guessed) == ("opt-in", True)
    import_documents(empty, [post("Fixed an issue with locked quotes | v2.220 #1200001 | 1:02")], now)
    assert (only(empty).impact, only(empty).impact_guessed) == ("fix", True)
    imports.undo_last_import(empty)
    assert (only(empty).impact, only(empty).impact_guessed) == ("opt-in", True)


@pytest.mark.parametrize("title", ["Added a setting to lock quotes", "Quotes and colours"])
def test_an_impact_that_a_person_wrote_stays(empty, now, title):
    """Whatever the guess was, a person's impact is not guessed over by later imports, and is no guess any more."""
    import_documents(empty, [post(f"{title} | v2.220 #1200001 | 1:02")], now)
    empty.db.execute("UPDATE entries SET impact = 'changes behaviour' WHERE key = '1200001'")
    empty.db.conn.commit()
    for words in ("Fixed an issue with quotes", "Added an option for quotes"):
        import_documents(empty, [post(f"{words} | v2.220 #1200001 | 1:02")], now)
        assert (only(empty).title, only(empty).impact, only(empty).impact_guessed) == (
            words,
            "changes behaviour",
            False,
        )


def test_a_guess_that_a_person_confirmed_stays(empty, now):
    """Whoever marks a guess as none has decided."""
    import_documents(empty, [post("Added a setting to lock quotes | v2.220 #1200001 | 1:02")], now)
    empty.db.execute("UPDATE entries SET impact_guessed = 0 WHERE key = '1200001'")
    empty.db.conn.commit()
    import_documents(empty, [post("Fixed an issue with quotes | v2.220 #1200001 | 1:02")], now)
    assert (only(empty).impact, only(empty).impact_guessed) == ("opt-in", False)


def test_the_impact_of_a_seed_stays(catalogue, now):
    """What a seed says of its impact is never replaced by a guess."""
    before = only(catalogue, "1016865")
    import_documents(catalogue, [post("Fixed an issue with Jira | v2.220 #1016865 | 5:55")], now)
    assert only(catalogue, "1016865").impact == before.impact
    assert not only(catalogue, "1016865").impact_guessed


def test_seeds_stay_and_keep_what_sources_add(catalogue, shipped_seeds, now):
    """A hand-written seed keeps every field; a new mention is added, and is still there after the seeds were loaded
    again.
    """
    before = only(catalogue, "1016865")
    import_documents(catalogue, [post("Something else entirely | v2.220 #1016865 | 5:55\nOther words.\n")], now)
    after = only(catalogue, "1016865")
    assert after == replace(before, mentions=(*before.mentions, Mention(40, "5:55")))
    catalogue.load_seeds(shipped_seeds)
    assert only(catalogue, "1016865") == after


def test_every_field_knows_its_source(empty, now):
    """For each field that was written, the source and its line are kept."""
    import_documents(empty, [post(ROW)], now)
    sources = provenance.field_sources_of(empty.db, ["1200001"])
    assert {name for _, name in sources} >= {"title", "summary", "version"}
    assert {(source.source, source.line_number) for source in sources.values()} == {("ep40.txt", 2)}


def test_numbered_later(empty, now):
    """A change that was first only described becomes the numbered one, by the same words; its key is gone, nothing is
    twice.
    """
    import_documents(empty, [post(LINES)], now)
    assert [entry.key for entry in empty.entries()] == ["ep40-01", "ep40-02", "ep40-03"]
    report = import_documents(empty, [post(ROW, 40, "full.txt")], now)
    assert sorted(entry.key for entry in empty.entries()) == ["1200001", "ep40-02", "ep40-03"]
    assert report.removed == ("ep40-01",)
    again = import_documents(empty, [post(LINES)], now)
    assert (again.new, again.updated) == ((), ())


def test_numbered_before(empty, now):
    """A line that repeats a numbered change is no change of its own, and the keys of the others still count it."""
    import_documents(empty, [post(ROW)], now)
    import_documents(empty, [post(LINES, 40, "list.txt")], now)
    assert sorted(entry.key for entry in empty.entries()) == ["1200001", "ep40-02", "ep40-03"]


def test_a_key_that_is_taken(empty, now):
    """Another list of the same episode takes the next free keys."""
    import_documents(empty, [post(LINES)], now)
    import_documents(empty, [post(OTHERS, 40, "other.txt")], now)
    assert sorted(entry.key for entry in empty.entries()) == [f"ep40-0{n}" for n in range(1, 7)]


UNSURE = "Quotes can be frozen by the service desk manager.\nChairs are assets now.\nDesks can be booked.\n"


def unsure(catalogue, now):
    """A catalogue with one line that waits."""
    import_documents(catalogue, [post(ROW)], now)
    report = import_documents(catalogue, [post(UNSURE, 40, "list.txt")], now)
    assert report.count("unsure") == 1
    (waiting,) = review.open_items(catalogue.db)
    assert waiting.candidate.candidates[0][0] == "1200001"
    return waiting


def test_unsure_ones_wait(empty, now):
    """A line that may be a known change is no entry until a person says so; read again, it is not put up twice."""
    waiting = unsure(empty, now)
    assert not any(entry.title == waiting.candidate.text for entry in empty.entries())
    import_documents(empty, [post(UNSURE, 40, "list.txt")], now)
    assert len(review.open_items(empty.db)) == 1


def test_accept(empty, now):
    """Accepted, the line belongs to that change from now on."""
    waiting = unsure(empty, now)
    service.accept_review_item(empty, waiting.id, now)
    assert review.open_items(empty.db) == []
    report = import_documents(empty, [post(UNSURE, 40, "list.txt")], now)
    assert (report.new, report.count("unsure")) == ((), 0)
    assert only(empty).mentions == (Mention(40, "4:40"),)


def test_reject(empty, now):
    """Rejected, the line is an entry of its own, and stays so."""
    waiting = unsure(empty, now)
    report = service.reject_review_item(empty, waiting.id, now)
    assert only(empty, report.new[0]).title == waiting.candidate.text
    assert review.open_items(empty.db) == []
    assert import_documents(empty, [post(UNSURE, 40, "list.txt")], now).new == ()


def test_judging_what_is_not_there(empty, now):
    """A number under which nothing waits, or a change that is not there, ends in a sentence."""
    with pytest.raises(SourceError, match="Nothing waits under number 7"):
        service.accept_review_item(empty, 7, now)
    waiting = unsure(empty, now)
    with pytest.raises(SourceError, match="no entry 999999"):
        service.accept_review_item(empty, waiting.id, now, "999999")


def test_a_seed_without_a_number_is_put_to_a_person(catalogue, now):
    """A number for what the seeds only describe makes no second entry by itself, for a person wrote that seed."""
    seed = only(catalogue, "ep16-03")
    report = import_documents(
        catalogue, [post(f"{seed.title} | v2.210 #1200009 | 1:00\n{seed.summary[:200]}\n", 16)], now
    )
    assert report.count("unsure") == 1
    assert only(catalogue, "ep16-03") == seed


def test_undo(empty, now):
    """Undoing an import leaves everything as it was before: entries, sources, lines and queue."""
    import_documents(empty, [post(LINES)], now)
    before = dump(empty)
    import_documents(empty, [post(ROW, 40, "full.txt"), post(UNSURE, 41)], now)
    done = imports.undo_last_import(empty)
    assert done is not None
    assert "1200001" in done.removed
    assert dump(empty) == before
    imports.undo_last_import(empty)
    assert empty.entries() == []
    assert imports.undo_last_import(empty) is None


def test_undo_of_what_was_only_said_again(empty, now):
    """An import that brought other words for a known change, and changed nothing of it, is taken back as any other:
    the words go, what was known before stays, and no change is said to be restored.
    """
    import_documents(empty, [post(ROW)], now)
    before = dump(empty)
    records = entry_records(empty, empty.db, ["1200001"])
    report = import_documents(
        empty, [post("frozen by the manager” for a while | v2.220 #1200001 | 4:40Frozen.\n", 40, "teaser.txt")], now
    )
    assert (report.new, report.updated) == ((), ())
    assert dump(empty) != before
    assert imports.undo_last_import(empty)[2:] == ((), (), ())
    assert dump(empty) == before
    assert entry_records(empty, empty.db, ["1200001"]) == records


def test_undo_of_what_was_said_of_a_seed(catalogue, now):
    """A seed keeps its fields at an import; taken back, it has no words of that import, and is a seed still."""
    seed = catalogue.entries(["1016865"])[0]
    before = dump(catalogue)
    import_documents(catalogue, [post("Jira issues get a status of their own | v2.206 #1016865\n")], now)
    assert provenance.source_lines_of(catalogue.db, ["1016865"])
    imports.undo_last_import(catalogue)
    assert dump(catalogue) == before
    assert catalogue.entries(["1016865"]) == [seed]


@pytest.mark.parametrize("minute", ["", " | 4:40"])
def test_undo_after_the_seeds_changed(catalogue, now, minute):
    """A newer version of the program brought another text, and a mention: an undo of an import from before takes the
    words and the mention of that import, and leaves the seed as it is by now.
    """
    seed = catalogue.entries(["1016865"])[0]
    import_documents(catalogue, [post(f"Jira issues get a status | v2.206 #1016865{minute}\nOf their own.\n")], now)
    given = catalogue.entries(["1016865"])[0].mentions
    assert given != seed.mentions
    newer = replace(seed, summary="A better text.", mentions=(*seed.mentions, Mention(50, "1:00")))
    with catalogue.write_transaction() as db:
        catalogue.upsert_within(db, provenance.with_source_mentions(db, [newer]))
    assert set(given) <= set(catalogue.entries(["1016865"])[0].mentions)
    imports.undo_last_import(catalogue)
    assert catalogue.entries(["1016865"]) == [newer]
    assert provenance.source_lines_of(catalogue.db, ["1016865"]) == []


def test_undo_gives_a_seed_its_mention_without_a_minute_back(catalogue, now):
    """An import that knew the minute took the place of a mention that had none."""
    seed = replace(catalogue.entries(["1016865"])[0], mentions=(Mention(40),))
    catalogue.upsert([seed])
    import_documents(catalogue, [post("Jira issues get a status | v2.206 #1016865 | 4:40\nOf their own.\n")], now)
    assert catalogue.entries(["1016865"])[0].mentions == (Mention(40, "4:40"),)
    imports.undo_last_import(catalogue)
    assert catalogue.entries(["1016865"]) == [seed]


def test_undo_of_a_judgement(empty, now):
    """Taking back an accepted line, or a rejected one, puts it up again; nothing of it is lost."""
    for judge in (service.accept_review_item, service.reject_review_item):
        waiting = unsure(empty, now)
        before = dump(empty)
        judge(empty, waiting.id, now)
        assert review.open_items(empty.db) == []
        imports.undo_last_import(empty)
        assert review.open_items(empty.db) == [waiting]
        assert dump(empty) == before
        while imports.undo_last_import(empty):
            pass


def test_two_imports_at_once(empty, now, monkeypatch):
    """An import that begins while another one runs waits for it, sees what it wrote, and takes the next free keys."""
    second = threading.Thread(
        target=lambda: import_documents(Catalog(empty.path), [post(OTHERS, 40, "other.txt")], now)
    )

    def slowly(readings, known):
        if not second.ident:
            second.start()
            second.join(0.5)
        return merge_documents(readings, known)

    monkeypatch.setattr(service, "merge_documents", slowly)
    import_documents(empty, [post(LINES)], now)
    second.join(10)
    assert sorted(entry.key for entry in empty.entries()) == [f"ep40-0{n}" for n in range(1, 7)]
    assert {entry.title for entry in empty.entries()} >= {"Labels know their printer.", "Desks can be booked."}


def test_an_entry_that_is_gone_is_deleted_again(empty, now):
    """Undo ends well though someone removed an entry by hand meanwhile."""
    import_documents(empty, [post(ROW)], now)
    with empty.write_transaction() as db:
        empty.delete_within(db, "1200001")
        empty.delete_within(db, "1200001")
    assert empty.entries() == []


def test_undo_leaves_what_was_changed_since(empty, now):
    """An entry that a person changed after the import stays."""
    import_documents(empty, [post(ROW)], now)
    empty.db.execute("UPDATE entries SET title = 'My own title' WHERE key = '1200001'")
    empty.db.conn.commit()
    done = imports.undo_last_import(empty)
    assert done is not None
    assert done.kept == ("1200001",)
    assert only(empty).title == "My own title"


def dump(catalogue: Catalog) -> dict[str, list[tuple]]:
    """Everything that an import writes."""
    tables = {
        "source_lines": "hash, key, text, inferred",
        "field_sources": "key, field, source, value_hash",
        "review_queue": "hash, state",
    }
    found = {
        table: sorted(catalogue.db.execute(f"SELECT {columns} FROM {table}").fetchall())
        for table, columns in tables.items()
    }
    return {**found, "entries": sorted((entry.key, repr(entry)) for entry in catalogue.entries())}


@pytest.mark.parametrize("step", ["_save_snapshots", "_record", "refresh_index"])
def test_a_crash_in_the_middle(empty, now, monkeypatch, step):
    """Whatever fails while an import is written, the catalogue is as it was, and the same import works afterwards."""
    import_documents(empty, [post(LINES)], now)
    before = dump(empty)

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(imports, step, fail)
        with pytest.raises(RuntimeError):
            import_documents(empty, [post(ROW, 41)], now)
    assert dump(empty) == before
    assert import_documents(empty, [post(ROW, 41)], now).new == ("1200001",)


def test_questions_are_answered_while_an_import_writes(empty, now, monkeypatch):
    """An import holds nobody up: when all of it is written and nothing is committed, another thread gets the answer
    as it was; afterwards, the new one.
    """
    import_documents(empty, [post(LINES)], now)
    answers: list[list[str]] = []

    def ask() -> None:
        catalogue = Catalog(empty.path)
        found = SearchService(catalogue).search("frozen quotes keep their prices")
        answers.append([hit.entry.key for hit in found.hits])
        catalogue.close()

    def ask_in_a_thread(*_: object) -> None:
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join(timeout=30)
        assert not thread.is_alive()

    monkeypatch.setattr(imports, "_drop_oldest_snapshots", ask_in_a_thread)
    import_documents(empty, [post(ROW, 41)], now)
    ask()
    before, after = answers
    assert before == ["ep40-01"]
    assert after == ["1200001"]


def test_a_locked_catalogue(empty, now, monkeypatch):
    """A catalogue that cannot be written ends in a sentence."""
    import sqlite3

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(imports, "_save_snapshots", fail)
    with pytest.raises(CatalogueError, match="nothing was changed"):
        import_documents(empty, [post(ROW)], now)


def test_dry_run(empty, now):
    """A dry run tells the same and writes nothing."""
    before = empty.revision
    report = import_documents(empty, [post(ROW)], now, dry_run=True)
    assert (report.new, report.import_id, empty.revision, empty.entries()) == (("1200001",), None, before, [])


def test_two_sources_disagree_on_a_version(empty, now):
    """The earlier version is kept whichever came first, and it is said."""
    later = ROW.replace("v2.220", "v2.222")
    for order in ((ROW, later), (later, ROW)):
        import_documents(empty, [post(order[0], 40, "a.txt")], now)
        report = import_documents(empty, [post(order[1], 40, "b.txt")], now)
        assert only(empty).version == Version(2, 220)
        assert any("v2.220 is kept" in remark for remark in report.remarks)
        while imports.undo_last_import(empty):
            pass


@pytest.mark.parametrize(
    ("written", "near", "known", "meant"),
    [
        ("2.21", ["2.210"], [], "2.210"),
        ("2.21", [], ["2.210"], "2.210"),
        ("2.22", ["2.216", "2.218"], [], "2.220"),
        ("2.2", ["2.200"], [], "2.200"),
        ("2.21", [], [], "2.21"),
        ("2.21", ["2.210"], ["2.21"], "2.21"),
        ("2.214", ["2.210"], [], "2.214"),
        ("1.98", ["2.210"], [], "1.98"),
        ("2.0", ["2.210"], [], "2.0"),
    ],
)
def test_lost_zeros(written, near, known, meant):
    """A lost zero is put back when other versions say so, and never on a guess."""
    version, said = restore_version(
        Version.parse(written), [Version.parse(v) for v in near], [Version.parse(v) for v in known]
    )
    assert version == Version.parse(meant)
    assert (said is not None) == (written != meant)


@settings(max_examples=24)
@given(
    st.permutations(
        [
            post(ROW),
            post(LINES, 40, "list.txt"),
            post(ROW.replace("4:40", "9:09"), 41),
            post(UNSURE.replace("Quotes", "Quotas"), 42),
        ]
    )
)
def test_any_order(tmp_path_factory, order):
    """The same documents in any order make the same catalogue."""
    from datetime import UTC, datetime

    catalogue = Catalog(tmp_path_factory.mktemp("order") / "catalog.db")
    for reading in order:
        import_documents(catalogue, [reading], datetime(2026, 6, 10, tzinfo=UTC))
    found = {entry.key: replace(entry, source="", names=()) for entry in catalogue.entries()}
    catalogue.close()
    assert found["1200001"].mentions == (Mention(40, "4:40"), Mention(41, "9:09"))
    assert len(found) == 6
