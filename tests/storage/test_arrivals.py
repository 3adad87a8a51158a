"""What counts as new is decided by arrival, once."""

import threading
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from bot.catalog.models import Entry, Version
from bot.catalog.repository import Catalog
from bot.storage.arrivals import Arrivals
from bot.storage.database import open_workspace


class Shelf:
    """A catalogue of just these entries."""

    def __init__(self, *entries: Entry) -> None:
        self.held = list(entries)

    def entries(self) -> list[Entry]:
        return self.held


def change(key: str, summary: str = "As it was.", **more: object) -> Entry:
    return Entry(key, "feature", f"Change {key}", summary, **more)  # type: ignore[arg-type]


def seen(arrivals: Arrivals) -> list[tuple[str, str]]:
    return [(arrival.key, arrival.kind) for arrival in arrivals.between(0, arrivals.latest_seq())]


def test_everything_arrives_once(engine: sa.Engine) -> None:
    """A second sync of the same catalogue records nothing."""
    arrivals, shelf = Arrivals(engine), Shelf(change("1"), change("2"))
    assert arrivals.sync(shelf, 0) == 2
    assert arrivals.sync(shelf, 1) == 0
    assert seen(arrivals) == [("1", "new"), ("2", "new")]


def test_a_corrected_text_arrives_as_updated_once(engine: sa.Engine) -> None:
    """Going back to the old text, and forth again, is no news."""
    arrivals, old, new = Arrivals(engine), change("1"), change("1", "As it should be.")
    for entry in (old, new, old, new):
        arrivals.sync(Shelf(entry), 0)
    assert seen(arrivals) == [("1", "new"), ("1", "updated")]


def test_only_what_an_entry_says_counts(engine: sa.Engine) -> None:
    """Other people's words for it, minutes, spaces and where it came from are no correction."""
    arrivals, entry = Arrivals(engine), change("1")
    arrivals.sync(Shelf(entry), 0)
    other = replace(entry, also=("something else",), names=("Name",), source="post", summary="As  it\nwas.")
    assert arrivals.sync(Shelf(other), 1) == 0
    assert arrivals.sync(Shelf(replace(entry, caution="Test it first.")), 2) == 1


def test_what_filters_ask_for_arrives_once(engine: sa.Engine) -> None:
    """A highlight, an area, a version that is known later, each once, also when it goes and comes back."""
    arrivals, entry = Arrivals(engine), change("1")
    later = replace(entry, highlighted=True), replace(entry, area="Portal"), replace(entry, version=Version(2, 216))
    for one in (entry, *later, entry, *later):
        arrivals.sync(Shelf(one), 0)
    assert seen(arrivals) == [("1", "new"), ("1", "known"), ("1", "known"), ("1", "known")]


def test_what_nobody_knew_is_no_news(engine: sa.Engine) -> None:
    """Of arrivals from before this was kept, and after a source's first reading, the facts are only taken down."""
    arrivals, entry = Arrivals(engine), change("1")
    arrivals.sync(Shelf(entry), 0)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE arrivals SET facts = NULL"))
    assert arrivals.sync(Shelf(replace(entry, area="Portal")), 1) == 0
    assert arrivals.sync(Shelf(replace(entry, area="Chat")), 2) == 1
    arrivals.record_silently([replace(entry, highlighted=True)], 3)
    assert arrivals.sync(Shelf(replace(entry, highlighted=True, area="Chat")), 4) == 0


def test_a_change_that_turns_up_late_in_an_old_version_is_new(engine: sa.Engine) -> None:
    """Neither dates nor versions decide."""
    arrivals = Arrivals(engine)
    arrivals.sync(Shelf(change("9", version=Version(2, 216))), 0)
    arrivals.sync(Shelf(change("9", version=Version(2, 216)), change("5", version=Version(2, 204))), 1)
    assert seen(arrivals) == [("9", "new"), ("5", "new")]


def test_a_catalogue_deleted_and_rebuilt_announces_nothing(engine: sa.Engine, tmp_path: Path) -> None:
    """Delete catalog.db, load and import again, in another order: nothing. The next new entry: that one."""
    arrivals, path = Arrivals(engine), tmp_path / "catalog.db"
    entries = [change(str(number), version=Version(2, 200 + number)) for number in range(1, 9)]
    catalogue = Catalog(path)
    catalogue.upsert(entries)
    arrivals.sync(catalogue, 0)
    before = arrivals.latest_seq()
    catalogue.close()
    for file in path.parent.glob("catalog.db*"):
        file.unlink()
    rebuilt = Catalog(path)
    arrivals.sync(rebuilt, 1)  # while it is empty
    rebuilt.upsert(entries[4:])
    arrivals.sync(rebuilt, 2)
    rebuilt.upsert(entries[:4])
    arrivals.sync(rebuilt, 3)
    assert arrivals.latest_seq() == before
    rebuilt.upsert([change("99")])
    assert arrivals.sync(rebuilt, 4) == 1
    assert seen(arrivals)[-1] == ("99", "new")
    rebuilt.close()


def test_numbers_only_grow(engine: sa.Engine) -> None:
    """Even after the last row was deleted by hand, its number is not given out again."""
    arrivals = Arrivals(engine)
    arrivals.sync(Shelf(change("1"), change("2")), 0)
    last = arrivals.latest_seq()
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM arrivals WHERE seq = :seq"), {"seq": last})
    arrivals.sync(Shelf(change("3")), 1)
    assert arrivals.latest_seq() > last


def test_several_processes_may_sync_at_once(url: str, engine: sa.Engine) -> None:
    """Each entry arrives once, whoever is first."""
    shelf, engines = Shelf(*(change(str(number)) for number in range(200))), [open_workspace(url) for _ in range(4)]
    threads = [threading.Thread(target=Arrivals(one).sync, args=(shelf, 0)) for one in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen(Arrivals(engine))) == len(set(seen(Arrivals(engine)))) == 200
    for one in engines:
        one.dispose()


def test_what_was_taken_back_and_comes_again(engine: sa.Engine) -> None:
    """It is back each time, noted by whoever sees it first; what is not said to be gone is only missing here."""
    arrivals, shelf = Arrivals(engine), Shelf(change("1"), change("2"))
    arrivals.sync(shelf, 0)
    for _ in range(2):
        for _ in range(2):
            arrivals.record_gone(set(), lambda keys: keys & {"1"}, 1)
        for _ in range(2):
            arrivals.sync(shelf, 2)
    assert seen(arrivals) == [("1", "new"), ("2", "new"), ("1", "back"), ("1", "back")]
    history = arrivals.histories(["1"])["1"]
    assert [history.was_there(seq) for seq in range(7)] == [False, True, True, False, True, False, True]


def test_what_came_silently_comes_back_silently(engine: sa.Engine) -> None:
    """Also what was news once, where a source's first reading brings it back."""
    arrivals, silent, other = Arrivals(engine), change("1"), change("2")
    arrivals.record_silently([silent], 0)
    arrivals.sync(Shelf(silent, other), 0)
    arrivals.record_gone(set(), set, 1)
    arrivals.record_silently([other], 2)
    arrivals.sync(Shelf(silent, other), 2)
    assert seen(arrivals) == [("2", "new")]
