"""What was imported is kept in the workspace database: whatever becomes of a catalogue, what is still to be told is
told, once.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.app import Application
from bot.catalog.imports import undo_last_import
from bot.catalog.models import Episode, Mention, Version
from bot.catalog.provenance import SourceLine, source_lines_of
from bot.catalog.review import open_items
from bot.ingest import service
from bot.ingest.models import ParsedDocument, Record
from bot.settings import Settings, read_settings
from bot.storage.models import Schedule, SubscriptionDraft, SubscriptionFilter
from tests.conftest import SeedsFolder
from tests.whole_app.acting import SlackStandIn

NUMBERS = [str(3_300_001 + number) for number in range(12)]
DAILY = Schedule("daily", (), time(9), "UTC")
DAY = 24 * 3600.0


def post(numbers: list[str], source: str = "post") -> ParsedDocument:
    """A document with these changes, each about wombats."""
    records = tuple(
        Record(number, f"Wombats of kind {number} can be pinned", version=Version(2, 230), lines=(f"line {number}",))
        for number in numbers
    )
    return ParsedDocument(source, records)


class Machine:
    """One process with a catalogue of its own, on the workspace database that all share."""

    def __init__(self, settings: Settings, slack: SlackStandIn) -> None:
        self.settings, self.slack = settings, slack
        self.application = Application(settings, slack.now)

    def restarted(self) -> "Machine":
        """The same after a restart."""
        self.application.catalog.close()
        return Machine(self.settings, self.slack)

    def bring_in(self, *documents: ParsedDocument) -> None:
        """Import, as a person does."""
        service.import_documents(self.application.catalog, documents, datetime.now(UTC))

    def run(self) -> None:
        """One look at what is due."""
        report = self.application.digest_runner.run_due()
        assert report.problems == []

    def knows(self) -> set[str]:
        """Which of the imported changes it has."""
        return self.application.catalog.keys() & set(NUMBERS)


@pytest.fixture
def machine(slack: SlackStandIn, tmp_path: Path, folder: SeedsFolder) -> Iterator[Callable[..., Machine]]:
    """Makes machines by the name of their catalogue; keywords are settings."""
    slack.set_clock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    made: list[Machine] = []

    def make(name: str = "first", **changed: object) -> Machine:
        values = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_API_URL": slack.api_url,
            "HALO_CATALOG": str(tmp_path / f"{name}.db"),
            "HALO_WORKSPACE_URL": f"sqlite:///{tmp_path / 'workspace.db'}",
            "HALO_SEEDS": str(folder.path),
        }
        made.append(Machine(replace(read_settings(values, tmp_path / "no.env"), **changed), slack))
        return made[-1]

    yield make
    for each in made:
        each.application.catalog.close()


def subscribe(machine: Machine) -> None:
    """C1 gets a daily digest of all, and Alice watches wombats; what is known already is no news."""
    application = machine.application
    application.digest_runner.record_arrivals()
    latest = application.stores.arrivals.latest_seq()
    draft = SubscriptionDraft(SubscriptionFilter(), DAILY)
    application.stores.subscriptions.add("T1", "C1", draft, "UALICE", latest, machine.slack.now())
    application.stores.watches.add("T1", "UALICE", "wombats", latest, machine.slack.now())


def told(slack: SlackStandIn, *machines: Machine) -> dict[str, list[str]]:
    """Which of the imported changes were told in the channel and to the watcher, as often as they were."""
    rows = machines[0].application.stores.outbox.recent_rows(limit=200)
    by_stream: dict[str, list[str]] = {"digest": [], "watches": []}
    for row in rows:
        if row.state == "sent" and row.stream.split()[0] in by_stream:
            by_stream[row.stream.split()[0]] += [key for key in row.entry_keys if key in NUMBERS]
    return {name: sorted(keys) for name, keys in by_stream.items()}


ALL_TOLD = {"digest": NUMBERS, "watches": NUMBERS}


def test_the_log_of_a_new_installation(machine: Callable[..., Machine], caplog: pytest.LogCaptureFixture) -> None:
    """It does not say that something was missing; a second catalogue, which lacks what was imported, says so."""
    caplog.set_level("INFO", "bot.ingest.catalog_sync")
    first = machine()
    assert first.application.catalog.keys()
    first.bring_in(post(NUMBERS))
    assert "brought up" not in caplog.text
    assert machine("second").knows() == set(NUMBERS)
    assert "brought up" in caplog.text


def delete(path: Path) -> None:
    """As `rm data/catalog.db*` does."""
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()


def empty_file(path: Path) -> None:
    """As `: > data/catalog.db` does."""
    delete(path)
    path.write_bytes(b"")


def empty_tables(path: Path) -> None:
    """As a person with SQL can do."""
    with closing(sqlite3.connect(path)) as db, db:
        for table in ("mentions", "possible_versions", "entries"):
            db.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("lose", [delete, empty_file, empty_tables])
@pytest.mark.parametrize("restarts", [False, True], ids=["running", "restarted"])
def test_a_catalogue_lost_before_the_digest(
    machine: Callable[..., Machine], slack: SlackStandIn, lose: Callable[[Path], None], restarts: bool
) -> None:
    """Deleted or emptied before the hour, running or at a restart: all that was imported is there again and told once,
    also when it is imported again.
    """
    bot = machine()
    subscribe(bot)
    bot.bring_in(post(NUMBERS))
    bot.application.digest_runner.record_arrivals()
    lose(bot.settings.catalog)
    bot = bot.restarted() if restarts else bot
    slack.advance(2 * 3600)
    bot.run()
    assert (bot.knows(), told(slack, bot)) == (set(NUMBERS), ALL_TOLD)
    bot.bring_in(post(NUMBERS))
    slack.advance(DAY)
    bot.run()
    assert told(slack, bot) == ALL_TOLD


def test_two_machines_know_the_same(machine: Callable[..., Machine], slack: SlackStandIn) -> None:
    """What one imports the other has at its next look, also what was corrected or taken back since."""
    one, two = machine("one"), machine("two")
    subscribe(one)
    two.run()
    one.bring_in(post(NUMBERS))
    one.application.digest_runner.record_arrivals()
    slack.advance(2 * 3600)
    two.run()
    assert (two.knows(), told(slack, one)) == (set(NUMBERS), ALL_TOLD)
    undo_last_import(two.application.catalog)
    one.run()
    assert (one.knows(), two.knows()) == (set(), set())


def test_imports_at_the_same_time(machine: Callable[..., Machine]) -> None:
    """Two machines that import in turns see each other's: nothing is written over, and both end with the same."""
    one, two = machine("one"), machine("two")
    for number in NUMBERS:
        one.bring_in(post([number], "one"))
        two.bring_in(post([number], "two"))
    for each in (one, two):
        each.application.upkeep.catch_up(each.application.catalog)
    assert one.knows() == two.knows() == set(NUMBERS)
    assert one.application.catalog.entries(NUMBERS) == two.application.catalog.entries(NUMBERS)


def test_an_edition_waits_for_its_entries(
    machine: Callable[..., Machine], slack: SlackStandIn, folder: SeedsFolder
) -> None:
    """A process that lacks them, because its seeds are older, posts nothing in their place and says so; one that has
    them posts them.
    """
    one = machine("one")
    subscribe(one)
    older = shutil.copytree(folder.path, folder.path.parent / "older")
    two = machine("two", seeds=older)
    two.run()
    features = [folder.feature(number, f"Wombats of kind {number}") for number in NUMBERS]
    folder.write("releases/v2.230.toml", folder.release("2.230", *features))
    one = one.restarted()
    one.application.digest_runner.record_arrivals()
    slack.advance(2 * 3600)
    for _ in range(3):
        two.run()
        slack.advance(60)
    assert told(slack, one)["digest"] == []
    (waiting,) = two.application.digest_runner.builder.waiting.values()
    assert set(waiting.keys) == set(NUMBERS)
    assert "12 changes that are not in the catalogue" in str(waiting)
    one.run()
    two.run()
    assert told(slack, one) == ALL_TOLD
    assert two.application.digest_runner.builder.waiting == {}


def test_what_never_comes_holds_nothing_up(
    machine: Callable[..., Machine], slack: SlackStandIn, folder: SeedsFolder
) -> None:
    """After a day the others are posted; when the missing one is there after all, it is told too."""
    bot = machine()
    subscribe(bot)
    path = folder.write("releases/v2.230.toml", folder.release("2.230", folder.feature(NUMBERS[0], "Wombats of seeds")))
    bot = bot.restarted()
    bot.application.digest_runner.record_arrivals()
    kept = path.read_text()
    path.unlink()
    delete(bot.settings.catalog)
    bot = bot.restarted()
    bot.bring_in(post(NUMBERS[1:]))
    slack.advance(2 * 3600)
    bot.run()
    assert told(slack, bot) == {"digest": [], "watches": NUMBERS[1:]}
    slack.advance(DAY)
    bot.run()
    assert told(slack, bot) == {"digest": NUMBERS[1:], "watches": NUMBERS[1:]}
    path.write_text(kept)
    bot = bot.restarted()
    slack.advance(DAY)
    bot.run()
    assert told(slack, bot) == ALL_TOLD


def test_a_bot_that_was_off_for_days_brings_them_back_first(
    machine: Callable[..., Machine], slack: SlackStandIn, folder: SeedsFolder
) -> None:
    """Its slot passed long ago, and its catalogue lacks an entry: that is waited for, and all of it told at once."""
    path = folder.write("releases/v2.230.toml", folder.release("2.230", folder.feature(NUMBERS[0], "Wombats of seeds")))
    kept = path.read_text()
    path.unlink()
    bot = machine()
    subscribe(bot)
    path.write_text(kept)
    bot = bot.restarted()
    bot.bring_in(post(NUMBERS[1:]))
    bot.application.digest_runner.record_arrivals()
    path.unlink()
    delete(bot.settings.catalog)
    slack.advance(3 * DAY)
    bot = bot.restarted()
    bot.run()
    assert told(slack, bot)["digest"] == []
    path.write_text(kept)
    bot = bot.restarted()
    bot.run()
    assert told(slack, bot) == ALL_TOLD


def test_nobody_waits_for_what_was_taken_back(
    machine: Callable[..., Machine], slack: SlackStandIn, folder: SeedsFolder
) -> None:
    """An import that was undone, and a change that left the seeds: the digest is posted without them, at its hour."""
    path = folder.write("releases/v2.230.toml", folder.release("2.230", folder.feature(NUMBERS[0], "Wombats of seeds")))
    bot = machine()
    subscribe(bot)
    bot.bring_in(post(NUMBERS[1:6]))
    bot.bring_in(post(NUMBERS[6:]))
    bot.application.digest_runner.record_arrivals()
    undo_last_import(bot.application.catalog)
    path.unlink()
    bot = bot.restarted()
    slack.advance(2 * 3600)
    bot.run()
    assert told(slack, bot) == {"digest": NUMBERS[1:6], "watches": NUMBERS[1:6]}


@pytest.mark.parametrize("is_told_first", [False, True], ids=["not told", "told"])
@pytest.mark.parametrize("restarts", [False, True], ids=["running", "restarted"])
def test_what_was_taken_back_and_comes_again_is_told_once(
    machine: Callable[..., Machine], slack: SlackStandIn, is_told_first: bool, restarts: bool
) -> None:
    """An import is undone, a digest goes by, and the same is imported again, by another machine: who was not told of it
    before is told then, and nobody twice.
    """
    bot, other = machine(), machine("other")
    subscribe(bot)
    bot.bring_in(post(NUMBERS))
    bot.application.digest_runner.record_arrivals()
    if is_told_first:
        slack.advance(2 * 3600)
        bot.run()
    undo_last_import(bot.application.catalog)
    for _ in range(2):
        slack.advance(DAY)
        bot.run()
    other.bring_in(post(NUMBERS))
    if restarts:
        bot = bot.restarted()
    for _ in range(2):
        slack.advance(DAY)
        bot.run()
        other.run()
    assert told(slack, bot) == ALL_TOLD


def test_what_was_known_before_the_digest_is_no_news_when_it_comes_again(
    machine: Callable[..., Machine], slack: SlackStandIn
) -> None:
    """Only what came after a digest or a watch was set up, or was not there then, is told when it is there again."""
    bot = machine()
    bot.bring_in(post(NUMBERS[:6]))
    bot.application.digest_runner.record_arrivals()
    undo_last_import(bot.application.catalog)
    bot.run()
    bot.bring_in(post(NUMBERS[6:], "another post"))
    subscribe(bot)
    undo_last_import(bot.application.catalog)
    for _ in range(2):
        slack.advance(DAY)
        bot.run()
        bot.bring_in(post(NUMBERS))
    assert told(slack, bot) == {"digest": NUMBERS[:6], "watches": NUMBERS[:6]}


def test_what_was_said_of_a_seed_outlives_a_start_without_it(
    machine: Callable[..., Machine], folder: SeedsFolder
) -> None:
    """After a start with seeds that lack a change, and one with it again, it has the mentions that imports gave it, on
    the machine that did so and on a new one.
    """
    path = folder.write("releases/v2.230.toml", folder.release("2.230", folder.feature(NUMBERS[0], "Wombats of seeds")))
    first = machine()
    said = Record(
        NUMBERS[0], "Wombats of seeds", version=Version(2, 230), lines=("wombats",), mention=Mention(14, "4:40")
    )
    first.bring_in(ParsedDocument("post", (said,), episodes=(Episode(14),)))
    assert first.application.catalog.entries(NUMBERS[:1])[0].mentions == (Mention(14, "4:40"),)
    seeds = path.read_text()
    path.unlink()
    first = first.restarted()
    assert first.knows() == set()
    path.write_text(seeds)
    for again in (first.restarted(), machine("another")):
        assert again.application.catalog.entries(NUMBERS[:1])[0].mentions == (Mention(14, "4:40"),)


def test_decisions_and_undo_outlive_the_catalogue(machine: Callable[..., Machine]) -> None:
    """The review queue with its decisions, and the history that undo needs, are there after the catalogue was made
    anew.
    """
    bot = machine()
    catalog = bot.application.catalog
    texts = [f"Jira default statuses {word}" for word in ("setting", "sets")]
    lines = [Record(None, text, version=Version(2, 206), lines=(text,)) for text in texts]
    bot.bring_in(ParsedDocument("blog", tuple(lines)))
    waiting = open_items(catalog.db)
    assert len(waiting) == 2
    service.accept_review_item(catalog, waiting[0].id, datetime.now(UTC))
    bot.bring_in(post(NUMBERS))
    delete(bot.settings.catalog)
    bot = bot.restarted()
    catalog = bot.application.catalog
    assert [item.id for item in open_items(catalog.db)] == [waiting[1].id]
    undone = undo_last_import(catalog)
    assert undone is not None
    assert set(undone.removed) == set(NUMBERS)
    undone = undo_last_import(catalog)
    assert undone is not None
    assert undone.sources == (f"review {waiting[0].id}",)
    assert [item.id for item in open_items(catalog.db)] == [item.id for item in waiting]


def test_words_that_were_taken_back_come_back_nowhere(machine: Callable[..., Machine]) -> None:
    """An import that only brought other words for a known change is undone for every process: none has the words
    afterwards, whether its catalogue was there before or is made anew.
    """
    first, second = machine("first"), machine("second")
    first.bring_in(post(NUMBERS[:1]))
    again = replace(post(NUMBERS[:1], "again").records[0], lines=("said in other words",))
    first.bring_in(ParsedDocument("again", (again,)))
    assert second.application.services
    assert {line.text for line in lines_of(second)} == {f"line {NUMBERS[0]}", "said in other words"}
    assert undo_last_import(first.application.catalog)
    delete(first.settings.catalog)
    for bot in (first.restarted(), second.restarted()):
        assert bot.application.services
        assert {line.text for line in lines_of(bot)} == {f"line {NUMBERS[0]}"}


def lines_of(machine: Machine) -> list[SourceLine]:
    """What sources say of the first change, as its catalogue has it."""
    return source_lines_of(machine.application.catalog.db, NUMBERS[:1])


def test_an_installation_from_before(machine: Callable[..., Machine]) -> None:
    """What was imported before anything was kept is kept at the first start; so is what a copied catalogue has."""
    bot = machine()
    bot.application.catalog.recorder = None  # as it was
    bot.bring_in(post(NUMBERS))
    bot.application.catalog.db.execute("DELETE FROM meta WHERE name = 'workspace_position'")
    bot.application.catalog.db.conn.commit()
    before = bot.application.catalog.entries(NUMBERS)
    bot = bot.restarted()
    assert bot.application.services
    delete(bot.settings.catalog)
    bot = bot.restarted()
    assert bot.application.catalog.entries(NUMBERS) == before
    assert before != []


def test_a_question_makes_no_workspace_database(machine: Callable[..., Machine]) -> None:
    """Asking on a new machine leaves no workspace database behind."""
    bot = machine()
    bot.application.search.search("jira")
    assert not list(bot.settings.catalog.parent.glob("workspace*"))
