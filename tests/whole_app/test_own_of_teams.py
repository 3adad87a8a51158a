"""What a team imports, reviews and accepts is its own: its people find it in every way of asking, and nobody else does,
until an operator publishes it.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner

from bot.app import Application
from bot.catalog.models import Version
from bot.catalog.review import open_items
from bot.cli.main import cli
from bot.errors import CatalogueError
from bot.ingest import team_catalogs
from bot.ingest.fetch import Fetcher
from bot.ingest.load import load_source
from bot.ingest.models import ParsedDocument, Record
from bot.ingest.service import import_documents
from bot.settings import Settings
from tests.ingest.servers import Site, serving
from tests.whole_app.acting import SlackStandIn, buttons, text
from tests.whole_app.teams import NUMBER, POST, SECRET, answers, imported, in_team, serve_many_workspaces

NUMBERS = [NUMBER, "1902002"]
QUESTION = "Pick the first status that Jira tickets land in please"
UNSURE = "Jira Software and Jira Service Management:"
ALL_WAYS = {
    "command", "number", "mention", "direct message", "version", "latest", "list", "compare", "upgrade", "Home",
    "unfurl", "suggestion", "window", "export",
}  # fmt: skip


@pytest.fixture
def page() -> Iterator[Site]:
    """A web server with the documents that teams import."""
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def many_workspaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """One installation for all of them."""
    serve_many_workspaces(monkeypatch)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """An installation whose one importer is called Alice in every workspace."""
    return replace(settings, admins=("UALICE",), unfurl_domains=("risingtidegroup.net",))


@pytest.fixture
def operator(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs `halobot …` on the same databases."""
    monkeypatch.setenv("HALO_CATALOG", str(settings.catalog))
    monkeypatch.setenv("HALO_WORKSPACE_URL", settings.workspace_url)

    def run(*arguments: str) -> str:
        ran = CliRunner().invoke(cli, arguments)
        return ran.output

    return run


@pytest.fixture
def another(settings: Settings, halo: SlackStandIn) -> Iterator[Application]:
    """Another process of the bot, which looks at what is due."""
    application = Application(settings, halo.now)
    yield application
    application.catalog.close()
    application.team_catalogs.close_all()


def look(another: Application) -> None:
    """What the bot does every half minute."""
    assert another.digest_runner.run_due().problems == []


def finding(slack: SlackStandIn, team: str) -> set[str]:
    """The ways of asking in which a team finds what the document is about; Home tells of its version."""
    shown = answers(slack, team)
    found = {way for way, answer in shown.items() if SECRET in answer or "1902002" in answer}
    return found | ({"Home"} if "v2.901" in shown["Home"] else set())


def finds(slack: SlackStandIn, team: str) -> bool:
    """Whether a team finds it with a command."""
    with in_team(slack, team):
        return SECRET in " ".join(map(text, slack.shown_after(lambda: slack.command("/halo", NUMBER))))


def finds_by_mention(slack: SlackStandIn, team: str) -> bool:
    """The same with a mention, for whose answer nobody has to hurry."""
    with in_team(slack, team):
        return SECRET in " ".join(map(text, slack.shown_after(lambda: slack.mention(NUMBER))))


def subscribe(slack: SlackStandIn) -> None:
    """Two teams have a daily digest each, and a watch."""
    slack.set_clock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    for team, channel in (("T1", "C1"), ("T2", "C2")):
        with in_team(slack, team):
            slack.shown_after(lambda: slack.command("/halo", "subscribe daily 9am utc", channel=channel))  # noqa: B023
            slack.shown_after(lambda: slack.command("/halo", "watch wombats", channel=channel))  # noqa: B023


def told(another: Application) -> dict[str, list[str]]:
    """Which of the changes each team was told, digests and watches together, as often as it was."""
    found: dict[str, list[str]] = {"T1": [], "T2": []}
    for row in another.stores.outbox.recent_rows(limit=200):
        found[row.team] += [f"{row.stream} {key}" for key in row.entry_keys if key in NUMBERS and row.state == "sent"]
    return {team: sorted(keys) for team, keys in found.items()}


TOLD = sorted([*(f"digest {number}" for number in NUMBERS), f"watches {NUMBER}"])


def test_an_import_is_found_by_its_team_alone(halo: SlackStandIn, page: Site, operator: Callable[..., str]) -> None:
    """In every way of asking by the team that imported it, in none by the others, the command line and exports."""
    assert "Imported: 2 new" in text(imported(halo, page, "T1"))
    assert finding(halo, "T1") == ALL_WAYS
    for team in ("T2", "T3"):
        assert finding(halo, team) == set()
    assert SECRET not in operator("ask", "wombats pinned burrow board")
    assert SECRET not in operator("export")


def test_two_teams_import_the_same_otherwise(halo: SlackStandIn, page: Site) -> None:
    """Each finds it in the words of its own document, and undoing one leaves the other."""
    imported(halo, page, "T1")
    imported(halo, page, "T2", "/q", POST.replace("burrow board", "termite board"))
    for team, own, other in (("T1", "burrow board", "termite board"), ("T2", "termite board", "burrow board")):
        with in_team(halo, team):
            shown = text(halo.only_shown_after(lambda: halo.command("/halo", NUMBER)))
        assert own in shown
        assert other not in shown
    assert not finds(halo, "T3")


def test_only_its_own_digests_and_watches_tell_it(halo: SlackStandIn, page: Site, another: Application) -> None:
    """Once, by a process that did not import it; another team's digest is posted without it."""
    subscribe(halo)
    imported(halo, page, "T1")
    for _ in range(2):
        halo.advance(24 * 3600)
        look(another)
    assert told(another) == {"T1": TOLD, "T2": []}


def test_a_team_whose_catalogue_cannot_be_made_stops_no_other(
    halo: SlackStandIn, page: Site, another: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are posted to, whoever runs the bot is told, and the team is told later."""
    subscribe(halo)
    imported(halo, page, "T1")
    another.upkeep.catch_up(another.catalog)
    halo.advance(24 * 3600)

    def fail(team: str) -> None:
        raise CatalogueError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(another.team_catalogs, "current", fail)
        report = another.digest_runner.run_due()
    assert any("T1" in problem and "The disk is full." in problem for problem in report.problems)
    assert told(another)["T1"] == []
    look(another)
    assert told(another) == {"T1": TOLD, "T2": []}


@pytest.mark.parametrize(
    ("error", "told_as"),
    [(CatalogueError("gone"), "gone"), (sqlite3.OperationalError("database or disk is full"), "Make room on its disk")],
)
def test_a_catalogue_that_cannot_be_filled_leaves_no_file(
    halo: SlackStandIn,
    page: Site,
    another: Application,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    told_as: str,
) -> None:
    """However often it is tried, and whatever the reason, it is a CatalogueError: that stops no other team."""

    def fail_to_apply(*_: object) -> None:
        raise error

    imported(halo, page, "T1")
    another.team_catalogs.refresh()
    folder = another.team_catalogs.current("T1").catalog.path.parent
    another.team_catalogs.close("T1")
    before = sorted(folder.glob("*.db"))
    monkeypatch.setattr(team_catalogs, "apply_own", fail_to_apply)
    for _ in range(3):
        with pytest.raises(CatalogueError, match=told_as):
            another.team_catalogs.current("T1")
    assert sorted(folder.glob("*.db")) == before


def test_what_is_published_is_everybody_s_and_told_once(
    halo: SlackStandIn, page: Site, another: Application, operator: Callable[..., str]
) -> None:
    """Others find it and are told of it; the team that had it is not told again, and has nothing of its own."""
    subscribe(halo)
    imported(halo, page, "T1")
    halo.advance(24 * 3600)
    look(another)
    assert f"{NUMBER}  {SECRET}" in operator("sources", "own", "T1")
    assert "T1: 2 changes" in operator("sources", "own")
    assert "Published" in operator("sources", "publish", "T1")
    assert "No team has anything" in operator("sources", "own")
    for _ in range(2):
        halo.advance(24 * 3600)
        look(another)
    assert told(another) == {"T1": TOLD, "T2": TOLD}
    assert SECRET in operator("ask", NUMBER)
    assert not another.team_catalogs.has_own("T1")


def test_one_change_is_published(halo: SlackStandIn, page: Site, operator: Callable[..., str]) -> None:
    """The others stay the team's own; a key of which the team has nothing publishes nothing."""
    imported(halo, page, "T1")
    assert "nothing of its own for 4711" in operator("sources", "publish", "T1", NUMBER, "4711")
    assert SECRET not in operator("ask", NUMBER)
    operator("sources", "publish", "T1", NUMBER)
    assert SECRET in operator("ask", NUMBER)
    assert "Echidnas" not in operator("ask", "1902002")
    assert "1902002" in operator("sources", "own", "T1")


def test_what_comes_by_the_operator_s_source_later_is_not_told_again(
    halo: SlackStandIn, page: Site, another: Application, operator: Callable[..., str], settings: Settings
) -> None:
    """The operator imports the same document: the others are told, the team that knew it is not."""
    subscribe(halo)
    imported(halo, page, "T1")
    halo.advance(24 * 3600)
    look(another)
    file = settings.catalog.with_name("post.txt")
    file.write_text(POST)
    assert "2 new" in operator("import", str(file))
    for _ in range(2):
        halo.advance(24 * 3600)
        look(another)
    assert told(another) == {"T1": TOLD, "T2": TOLD}


def test_undone_for_its_team(
    halo: SlackStandIn, page: Site, another: Application, operator: Callable[..., str]
) -> None:
    """What a team imported is taken back for that team; the others keep theirs, and no digest waits for it."""
    subscribe(halo)
    imported(halo, page, "T1")
    imported(halo, page, "T2")
    assert "There is no import to take back" in operator("undo")
    assert "2 removed" in operator("undo", "--team", "T1")
    assert "There is no import to take back" in operator("undo", "--team", "T1")
    halo.advance(24 * 3600)
    look(another)
    assert told(another) == {"T1": [], "T2": TOLD}
    assert another.digest_runner.builder.waiting == {}
    assert finds(halo, "T2")


@pytest.mark.parametrize("comes_again", ["by the team", "for everybody"])
@pytest.mark.parametrize("is_told_first", [False, True], ids=["not told", "told"])
def test_what_a_team_took_back_and_comes_again_is_told_once(
    halo: SlackStandIn,
    page: Site,
    another: Application,
    operator: Callable[..., str],
    settings: Settings,
    comes_again: str,
    is_told_first: bool,
) -> None:
    """A digest goes by in between: who was not told before is told then, and nobody twice."""
    subscribe(halo)
    imported(halo, page, "T1")
    if is_told_first:
        halo.advance(24 * 3600)
    look(another)
    assert "2 removed" in operator("undo", "--team", "T1")
    halo.advance(24 * 3600)
    look(another)
    file = settings.catalog.with_name("post.txt")
    file.write_text(POST)
    if comes_again == "by the team":
        documents = list(load_source(str(file), Fetcher()))
        another.team_catalogs.change("T1", lambda catalog: import_documents(catalog, documents, datetime.now(UTC)))
    else:
        assert "2 new" in operator("import", str(file))
    for _ in range(2):
        halo.advance(24 * 3600)
        look(another)
    assert told(another) == {"T1": TOLD, "T2": [] if comes_again == "by the team" else TOLD}


@pytest.mark.parametrize("lose", ["nothing", "the catalogue", "the teams' catalogues"])
def test_a_restart_loses_nothing(
    page: Site, slack: SlackStandIn, restart: Callable[[], Any], settings: Settings, lose: str
) -> None:
    """Also where the catalogues are deleted: they are made again."""
    with restart():
        imported(slack, page, "T1")
    for file in settings.catalog.parent.glob("catalog.db*") if lose == "the catalogue" else ():
        file.unlink()
    if lose == "the teams' catalogues":
        shutil.rmtree(settings.catalog.with_name("catalogs"), ignore_errors=True)
    with restart():
        assert [finds_by_mention(slack, team) for team in ("T1", "T2")] == [True, False]


def test_the_catalogues_are_deleted_under_the_bot(halo: SlackStandIn, page: Site, settings: Settings) -> None:
    """The next answer has all again."""
    imported(halo, page, "T1")
    shutil.rmtree(settings.catalog.with_name("catalogs"))
    assert [finds_by_mention(halo, team) for team in ("T1", "T2")] == [True, False]
    for file in settings.catalog.parent.glob("catalog.db*"):
        file.unlink()
    assert [finds_by_mention(halo, team) for team in ("T1", "T2")] == [True, False]


def test_phrasings_are_accepted_for_the_own_team(halo: SlackStandIn, operator: Callable[..., str]) -> None:
    """A question that helped waits in its team alone; what its admin accepts finds the change for that team alone."""
    with in_team(halo, "T1"):
        halo.only_shown_after(lambda: halo.command("/halo", QUESTION))
        halo.only_shown_after(lambda: halo.click("helpful"))
    with in_team(halo, "T2"):
        assert "No phrasings wait" in text(halo.only_shown_after(lambda: halo.command("/halo", "phrasings")))
    with in_team(halo, "T1"):
        waiting = halo.only_shown_after(lambda: halo.command("/halo", "phrasings"))
    accept = buttons(waiting)["Accept"]["action_id"]
    with in_team(halo, "T2"):
        assert "decided or changed" in text(halo.only_shown_after(lambda: halo.click(accept, ts=waiting.ts)))
    with in_team(halo, "T1"):
        waiting = halo.only_shown_after(lambda: halo.command("/halo", "phrasings"))
        halo.only_shown_after(lambda: halo.click(accept, ts=waiting.ts))
    assert f"is asked for as “{QUESTION.lower()}”" in operator("sources", "own", "T1")
    assert "Published" in operator("sources", "publish", "T1")
    assert "No team has" in operator("sources", "own")


def test_lines_are_reviewed_for_the_own_team(another: Application, operator: Callable[..., str]) -> None:
    """A line that may be a known change waits in its team; what is decided is decided for that team."""
    document = ParsedDocument("blog", (Record(None, UNSURE, version=Version(2, 206), lines=(UNSURE,)),))
    another.team_catalogs.change("T1", lambda catalog: import_documents(catalog, [document], datetime.now(UTC)))
    assert UNSURE not in operator("sources", "review")
    catalog = another.team_catalogs.current("T1").catalog
    (waiting,) = open_items(catalog.db, 1_000_000)
    assert UNSURE in operator("sources", "review", "--team", "T1")
    assert "is 1016865 now" in operator("sources", "review", "--team", "T1", "accept", str(waiting.id))
    assert UNSURE not in operator("sources", "review", "--team", "T1")
    assert open_items(another.catalog.db) == []
    assert "Took back" in operator("undo", "--team", "T1")
    assert UNSURE in operator("sources", "review", "--team", "T1")


def test_the_backup_has_it(
    halo: SlackStandIn, page: Site, operator: Callable[..., str], settings: Settings, another: Application
) -> None:
    """A backup that is restored brings it back, although nothing of the teams' catalogues is in it."""
    imported(halo, page, "T1")
    file = settings.catalog.with_name("backup.zip")
    operator("backup", str(file))
    operator("undo", "--team", "T1")
    assert "No team has" in operator("sources", "own")
    operator("restore", str(file), "--yes")
    assert NUMBER in operator("sources", "own", "T1")


@pytest.mark.parametrize("team", ["", "../../T1", "T1/../T2", "t1", "T" + "1" * 60, "T1\x00", "E1", "*"])
def test_what_is_no_team_has_nothing_of_its_own(halo: SlackStandIn, page: Site, settings: Settings, team: str) -> None:
    """A workspace's id becomes a part of a file's name: what does not look like one imports nothing."""
    before = sorted(path.name for path in settings.catalog.parent.rglob("*.db"))
    assert "which workspace this is" in text(imported(halo, page, team))
    assert sorted(path.name for path in settings.catalog.parent.rglob("*.db")) == before
    assert not finds(halo, team)
    assert not finds(halo, "T1")
