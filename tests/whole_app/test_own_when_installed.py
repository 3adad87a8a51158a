"""What a team has of its own, where workspaces install the app by themselves and are answered with their own tokens."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import running
from bot.app import Application
from bot.catalog.models import Version
from bot.ingest.models import ParsedDocument, Record
from bot.ingest.service import import_documents
from bot.settings import Settings
from tests.whole_app.acting import text
from tests.whole_app.many import Browser, SeveralSlacks, many_settings, serving

TITLE = "Wombats can be pinned to the burrow board"
DOCUMENT = ParsedDocument("post", (Record("1902001", TITLE, version=Version(2, 901), lines=(TITLE,)),))


@pytest.fixture
def slacks() -> Iterator[SeveralSlacks]:
    with SeveralSlacks("T1", "T2") as made:
        yield made


@pytest.fixture
def settings(slacks: SeveralSlacks, tmp_path: Path, started: Path) -> Settings:
    return many_settings(tmp_path, slacks, started, HALO_PUBLIC_URL="https://halobot.example")


def imported(application: Application, team: str) -> None:
    """As a press on "Import" does it."""
    application.services.change_catalog(team, lambda catalog: import_documents(catalog, [DOCUMENT], datetime.now(UTC)))


def finding(slacks: SeveralSlacks) -> list[str]:
    """The teams that find it, with a mention, for whose answer nobody has to hurry."""

    def shown(team: str) -> str:
        return " ".join(map(text, slacks[team].shown_after(lambda: slacks[team].mention("<@UHALO> 1902001"))))

    return [team for team in ("T1", "T2") if TITLE in shown(team)]


def test_each_installed_workspace_finds_its_own(slacks: SeveralSlacks, settings: Settings) -> None:
    """Also what another process imported for it, at the next look; leaving the app takes nothing from the others."""
    with serving(slacks, settings) as (application, address):
        browser = Browser(address)
        for team in ("T1", "T2"):
            browser.install(slacks, team)
        imported(application, "T1")
        assert finding(slacks) == ["T1"]
        another = Application(settings, application.now)
        imported(another, "T2")
        application.team_catalogs.refresh()
        assert finding(slacks) == ["T1", "T2"]
        application.team_catalogs.close("T1")
        assert application.team_catalogs.has_own("T1")
        assert finding(slacks) == ["T1", "T2"]
        another.catalog.close()
        another.team_catalogs.close_all()
        application.team_catalogs.close_all()


def test_every_process_looks_what_others_imported(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it posts digests or not, as one of several workers."""
    looks = []

    class Job:
        def __init__(self, seconds: float, look: object, name: str) -> None:
            looks.append(look)

        def start(self) -> None:
            pass

    monkeypatch.setattr(running, "RepeatedJob", Job)
    application = Application(settings)
    running.start_serving_many(application)
    assert application.team_catalogs.refresh in looks
    application.catalog.close()
