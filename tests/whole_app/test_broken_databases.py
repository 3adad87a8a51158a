"""Databases that are deleted, replaced, damaged or full, under the running bot and at its start: noticed, said in
words, mended where that can be, and never "done" of what was not written.
"""

import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy import event

from bot.app import Application
from bot.catalog import imports
from bot.catalog.damage import find_damage
from bot.catalog.models import Version
from bot.cli.doctor import run_checks
from bot.cli.main import cli
from bot.errors import CatalogueError, ChangeKeptError, HalobotError, SeedError, WorkspaceError
from bot.ingest import service
from bot.ingest.models import ParsedDocument, Record
from bot.problems import Problem
from bot.settings import Settings
from bot.slack.error_boundary import with_error_boundary
from bot.slack.handlers.status import reply_with_status
from bot.slack.request import Request
from bot.slack.views.context import ViewContext
from bot.storage.health import disk_problems
from bot.storage.models import ProposalDraft
from tests.whole_app.acting import SlackStandIn

NUMBERS = [str(3_300_001 + number) for number in range(12)]


@pytest.fixture
def application(settings: Settings, slack: SlackStandIn) -> Iterator[Application]:
    """An installation, with an operator who is told things, and an import."""
    made = Application(replace(settings, admins=("UALICE",)), slack.now)
    records = tuple(
        Record(number, f"Wombats of kind {number}", version=Version(2, 230), lines=(f"line {number}",))
        for number in NUMBERS
    )
    service.import_documents(made.catalog, [ParsedDocument("post", records)], datetime.now(UTC))
    assert made.services
    yield made
    made.catalog.close()
    made.engine.dispose()


def workspace_path(application: Application) -> Path:
    return Path(str(application.engine.url.database))


def told(slack: SlackStandIn) -> list[str]:
    """What the operator was told."""
    return [str(message["text"]) for message in slack.messages("DUALICE")]


def watch(application: Application, question: str) -> None:
    application.stores.watches.add("T1", "UBOB", question, 0, 0.0)


def watched(application: Application) -> set[str]:
    """What is watched, read by a process that starts now."""
    again = Application(application.settings, application.now)
    found = {watch.question for watch in again.stores.watches.all()}
    again.engine.dispose()
    return found


def damage(path: Path, seed: int, count: int = 400) -> None:
    """Wrong bytes at random places, from the header on. What is in the -wal file was written before."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    chance = random.Random(seed)
    size = path.stat().st_size
    with path.open("r+b") as file:
        for _ in range(count):
            file.seek(chance.randrange(size))
            file.write(bytes([chance.randrange(256)]))


# -- the workspace database -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["workspace.db*", "workspace.db"])
def test_a_deleted_workspace_is_put_back(application: Application, slack: SlackStandIn, which: str) -> None:
    """Deleted under the running bot, alone or with the files beside it: what was in it stays, what is said to be saved
    is saved, and the operator is told once.
    """
    watch(application, "before")
    path = workspace_path(application)
    for file in path.parent.glob(which):
        file.unlink()
    watch(application, "after")
    watch(application, "later")
    assert watched(application) == {"before", "after", "later"}
    (said,) = (text for text in told(slack) if "was deleted while the bot ran" in text)
    assert "put back" in said
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_replaced_workspace_is_used(application: Application) -> None:
    """A backup that is put in its place counts from the next use on."""
    path = workspace_path(application)
    watch(application, "in the backup")
    with closing(sqlite3.connect(path)) as db:
        db.execute("VACUUM INTO ?", [str(path.with_name("backup.db"))])
    watch(application, "since")
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    os.replace(path.with_name("backup.db"), path)
    assert {watch.question for watch in application.stores.watches.all()} == {"in the backup"}
    watch(application, "after")
    assert watched(application) == {"in the backup", "after"}


def test_something_else_in_its_place(application: Application) -> None:
    """A file that is no workspace database is refused in words: nothing is written into it."""
    path = workspace_path(application)
    path.with_name("other.db").write_bytes(b"")
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    os.replace(path.with_name("other.db"), path)
    with pytest.raises(WorkspaceError, match="no workspace database"):
        watch(application, "lost?")
    problems = application.health.look()
    assert (path.stat().st_size, any("no workspace" in problem for problem in problems)) == (0, True)


# -- a full disk ------------------------------------------------------------------------------------------------------


class FullDisk:
    """Makes SQLite find no room, as on a full disk: for new connections of the workspace database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine, self.is_full = engine, True
        engine.dispose()
        event.listen(engine, "checkout", self._limit)

    def _limit(self, connection: sqlite3.Connection, *_: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages if self.is_full else 1_000_000_000}")


def test_a_full_disk(application: Application, slack: SlackStandIn) -> None:
    """What cannot be saved is said not to be, without a path; when there is room again, all goes on by itself."""
    disk = FullDisk(application.engine)
    draft = ProposalDraft("1016865", "summary", "x" * 500_000, "person")
    with pytest.raises(WorkspaceError, match=r"full.*nothing was saved") as failed:
        application.stores.proposals.add([draft], "Alice", 0.0)
    assert application.stores.proposals.find() == []
    assert str(workspace_path(application)) not in failed.value.for_people
    disk.is_full = False
    watch(application, "when there is room")
    assert "when there is room" in watched(application)


def test_no_room_in_the_catalogue_alone(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that the workspace database has and the catalogue has no room for is not said to have changed nothing:
    it comes into the catalogue as soon as there is room, also where the import is not repeated. So is an undo.
    """
    record = Record("3300901", "Wombats are counted by night", version=Version(2, 230), lines=("night",))
    document, at = ParsedDocument("post", (record,)), datetime.now(UTC)

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as full:
        full.setattr("bot.ingest.catalog_sync.write_position", fail)
        with pytest.raises(ChangeKeptError, match=r"kept in the workspace database") as failed:
            service.import_documents(application.catalog, [document], at)
    assert "is kept" in failed.value.for_people
    assert not application.catalog.entries(["3300901"])
    application.upkeep.catch_up(application.catalog)
    assert application.catalog.entries(["3300901"])
    with monkeypatch.context() as full:
        full.setattr("bot.ingest.catalog_sync.write_position", fail)
        with pytest.raises(ChangeKeptError):
            imports.undo_last_import(application.catalog)
    application.upkeep.catch_up(application.catalog)
    assert not application.catalog.entries(["3300901"])
    with application.catalog.write_transaction(), pytest.raises(sqlite3.OperationalError):
        fail()
    with pytest.raises(CatalogueError, match=r"nothing was changed"), application.catalog.write_transaction():
        fail()


def test_told_once_and_shown(application: Application, slack: SlackStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """A problem is told when it begins and when it is over, not at every look."""
    trouble: list[Problem] = []
    monkeypatch.setattr("bot.storage.health.disk_problems", lambda folders: list(trouble))
    for left in (9, 8, 7):
        trouble[:] = [Problem("disk /", f"The disk is full: {left} MB are left.")]
        assert application.health.look() == (f"The disk is full: {left} MB are left.",)
        application.problems.tell_operator()
    assert told(slack) == ["The disk is full: 9 MB are left."]
    trouble.clear()
    for _ in range(3):
        assert application.health.look() == ()
        application.problems.tell_operator()
    assert told(slack)[1:] == ["This is over: The disk is full: 7 MB are left."]


def test_a_database_that_cannot_be_written(application: Application) -> None:
    """The look at the databases writes: a database that is read-only, as a full disk makes it, is found."""
    assert application.health.look() == ()

    @event.listens_for(application.engine, "checkout")
    def read_only(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA query_only = on")

    (problem,) = application.health.look()
    assert "nothing was saved" in problem
    assert any(not finding.ok and "cannot be used" in finding.text for finding in run_checks(application))


# -- the catalogue ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_catalogue_at_start(application: Application, seed: int) -> None:
    """Wrong bytes, found at the next start of the bot: the file is kept aside, and a new one has all that was in it."""
    path = application.settings.catalog
    before = application.catalog.keys()
    application.catalog.close()
    damage(path, seed)
    found = find_damage(path)
    again = Application(application.settings, application.now)
    again.health.look()
    assert again.catalog.keys() == before
    assert find_damage(path) == ""
    assert (bool(list(path.parent.glob("*.damaged-*"))), bool(again.upkeep.damages)) == (bool(found), bool(found))
    assert again.catalog.entries(NUMBERS) == application.catalog.entries(NUMBERS)
    again.catalog.close()


@pytest.mark.parametrize("seed", range(3))
def test_a_catalogue_damaged_while_the_bot_starts(application: Application, seed: int) -> None:
    """After its file was looked at, before what arrived is recorded: the start goes on, and the next run mends it."""
    again = Application(application.settings, application.now)
    path = again.catalog.path
    damage(path, seed, 3_000)
    again.catalog.close()
    assert again.services
    for _ in range(2):
        with suppress(CatalogueError):
            again.digest_runner.record_arrivals()
    assert find_damage(path) == ""
    again.catalog.close()
    again.engine.dispose()


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_catalogue_under_the_running_bot(application: Application, slack: SlackStandIn, seed: int) -> None:
    """Damaged while it runs: nobody is shown a path or a traceback, and a moment later all is answered again."""
    path = application.settings.catalog
    damage(path, seed, 2_000)
    for question in ("jira default status", "wombats", "v2.206"):
        with suppress(HalobotError):  # in words; any other error ends the test
            application.search.search(question)
    application.health.look(is_deep=True)
    assert application.search.search("wombats of kind 3300001").hits
    assert application.search.search("jira default status").hits
    assert find_damage(path) == ""
    assert [said for said in told(slack) if "was damaged" in said] != []


def test_a_file_that_is_no_catalogue_stays(settings: Settings, tmp_path: Path) -> None:
    """HALO_CATALOG names a letter by mistake: it is refused in words, and the letter is not touched."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Alice, " * 200)
    result = CliRunner().invoke(
        cli, ["ask", "jira"], env={"HALO_CATALOG": str(letter), "HALO_ENV_FILE": str(tmp_path / "none")}
    )
    assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert letter.read_text().startswith("Dear Alice")


def test_the_terminal_and_a_damaged_catalogue(application: Application, tmp_path: Path) -> None:
    """`ask` and `doctor` on a damaged file: no traceback, and doctor names it and where it is kept."""
    path = application.settings.catalog
    application.catalog.close()
    damage(path, 1, 3_000)
    environment = {
        "HALO_CATALOG": str(path),
        "HALO_WORKSPACE_URL": application.settings.workspace_url,
        "HALO_ENV_FILE": str(tmp_path / "none"),
        "SLACK_BOT_TOKEN": "",
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": "",
    }
    for _ in range(3):
        result = CliRunner().invoke(cli, ["ask", "jira default status"], env=environment)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    CliRunner().invoke(cli, ["doctor"], env=environment)
    answer = CliRunner().invoke(cli, ["ask", "jira default status"], env=environment)
    assert (answer.exit_code, "1016865" in answer.output) == (0, True)


def test_status_says_that_something_is_wrong(application: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not say that the bot is up; and no path: that is for doctor."""
    monkeypatch.setattr("bot.storage.health.MIN_FREE_BYTES", 2**62)
    problems = disk_problems([application.catalog.path.parent])
    application.problems.report("disks", problems)
    request = Request("status", "T1", "UALICE", "C1", ViewContext())
    with application.search.snapshot() as snapshot:
        said = str(reply_with_status(request, snapshot, application.services).message)
    path = str(application.catalog.path.parent)
    assert path in problems[0].text
    assert ["My databases have a problem" in said, path in said, "is up" in said] == [True, False, False]


@pytest.mark.parametrize("error", [CatalogueError, WorkspaceError, SeedError])
def test_people_see_no_paths(application: Application, error: type[HalobotError]) -> None:
    """Where a database fails, people are told in words of their own; the path is for the log."""

    def listener(*_: object) -> None:
        raise error("The file /srv/halo/data is broken (disk image is malformed).")

    args = Mock(body={"command": "/halo"}, context={})
    args.ack.response = None
    with_error_boundary(listener, application.services)(args)
    answered = str(args.ack.call_args)
    assert ("just now" in answered, "/srv/halo" in answered) == (True, False)
