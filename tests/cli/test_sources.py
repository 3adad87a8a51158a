"""The commands about sources, as a person types them."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from bot.app import Application
from bot.cli.doctor import run_checks
from bot.cli.main import cli
from bot.settings import read_settings
from tests.ingest.servers import Reply
from tests.ingest.unseen import CLASSIC, CSV

INTRODUCTION = "Episode 40 of By the [run]Book covers HaloPSA v2.220.\n"
LIST = f"{INTRODUCTION}Quotes can be frozen by the sales manager | v2.220 #1200001 | 4:40\nPrices stay.\n"
UNSURE = (
    f"{INTRODUCTION}Quotes can be frozen by the service desk manager.\nChairs are assets now.\nDesks can be booked.\n"
)


@pytest.fixture
def halobot(tmp_path, monkeypatch):
    """Runs a command on an empty catalogue of its own; gives its exit code and its output."""
    settings = {
        "HALO_SEEDS": "none", "HALO_CATALOG": str(tmp_path / "catalog.db"),
        "HALO_WORKSPACE_URL": f"sqlite:///{tmp_path / 'workspace.db'}",
        "HALO_ENV_FILE": str(tmp_path / "none.env"), "HALO_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, stdin: str = "") -> tuple[int, str]:
        done = CliRunner().invoke(cli, list(arguments), input=stdin)
        return done.exit_code, done.output

    return run


def test_import_and_undo(halobot, tmp_path):
    """An import is in the export and can be undone; a dry run changes nothing."""
    (tmp_path / "classic.txt").write_text(CLASSIC.text)
    code, said = halobot("import", "--dry-run", str(tmp_path / "classic.txt"))
    assert code == 0
    assert "new      1101201" in said
    assert "Would be: 4 new" in said
    assert halobot("export")[1] == ""
    assert "Done: 4 new" in halobot("import", str(tmp_path / "classic.txt"))[1]
    assert len(halobot("export")[1].splitlines()) == 4
    assert "4 removed" in halobot("undo")[1]
    assert halobot("export")[1] == ""
    code, said = halobot("undo")
    assert (code, "no import to take back" in said) == (1, True)


def test_import_standard_input(halobot):
    """`-` imports a pasted post."""
    assert "1 new" in halobot("import", "-", stdin=LIST)[1]


def test_import_names_what_could_not_be_read(halobot, tmp_path):
    """A file that isn't there doesn't stop the others. Whatever was refused makes the exit code 1."""
    (tmp_path / "notes.csv").write_text(CSV.text)
    code, said = halobot("import", str(tmp_path / "notes.csv"), str(tmp_path / "none.txt"))
    assert (code, "4 new, 2 refused" in said) == (1, True)
    assert "none.txt cannot be read" in said
    assert "a number without a title" in said
    assert halobot("import", str(tmp_path / "none.txt"))[0] == 1


def test_nothing_read_is_a_failure(halobot, tmp_path):
    """A text in which nothing reads as a change ends with exit code 1, and nobody is told that nothing is new."""
    (tmp_path / "essay.txt").write_text("We like our service desk.\nIt is a good one.\n")
    code, said = halobot("import", str(tmp_path / "essay.txt"))
    assert (code, said.strip()) == (1, "Nothing was read: essay.txt names no change.")
    (tmp_path / "notes.csv").write_text("number,title\n1200001,Invoices show the site\n")
    assert halobot("import", str(tmp_path / "notes.csv"), str(tmp_path / "essay.txt"))[0] == 0
    code, said = halobot("import", str(tmp_path / "notes.csv"))
    assert (code, "known already" in said) == (0, True)


def test_export_comes_back(halobot, tmp_path):
    """What `halobot export` prints can be imported, and the entries are the same."""
    (tmp_path / "classic.txt").write_text(CLASSIC.text)
    halobot("import", str(tmp_path / "classic.txt"))
    exported = halobot("export")[1]
    halobot("undo")
    (tmp_path / "export.jsonl").write_text(exported)
    halobot("import", str(tmp_path / "export.jsonl"))
    again = halobot("export")[1]
    for one, other in zip(exported.splitlines(), again.splitlines(), strict=True):
        old, new = json.loads(one), json.loads(other)
        assert {name: old[name] for name in ("key", "version", "title", "highlighted", "mentions", "caution")} == {
            name: new[name] for name in ("key", "version", "title", "highlighted", "mentions", "caution")
        }


def test_review(halobot):
    """Lines that may be a known change are listed, and accepted or rejected by their number."""
    halobot("import", "-", stdin=LIST)
    assert "1 unsure" in halobot("import", "-", stdin=UNSURE)[1]
    assert "like 1200001" in halobot("sources", "review")[1]
    assert "Line 1 is 1200001 now" in halobot("sources", "review", "accept", "1")[1]
    assert "Nothing waits for you" in halobot("sources", "review")[1]
    assert halobot("sources", "review", "reject", "1")[0] == 1


def test_sources_and_doctor(halobot, site, monkeypatch):
    """`sources` and `doctor` show each watched source and why it fails."""
    assert "No sources are watched" in halobot("sources")[1]
    site.pages["/post"] = Reply(200, LIST)
    monkeypatch.setenv("HALO_SOURCES", f"{site.url}/post every 6h; /nowhere/at/all every 1h")
    said = halobot("sources", "read")[1]
    assert "1 new" in said
    assert "cannot be read" in said
    shown = halobot("sources")[1]
    assert "every 6h, read 20" in shown
    assert "failing (1 times)" in shown
    findings = [finding for finding in run_checks(Application(read_settings())) if "Source " in finding.text]
    assert [finding.ok for finding in findings] == [True, False]


def test_reading_by_hand_tells_the_operator(halobot, monkeypatch):
    """`sources read` notifies the operator of a failure, as it uses up the one notice of the day."""
    notices: list[str] = []
    monkeypatch.setattr(Application, "notify_operator", lambda _, text: notices.append(text))
    monkeypatch.setenv("HALO_SOURCES", "/nowhere/at/all every 1h")
    halobot("sources", "read")
    halobot("sources", "read")
    assert [text.split(" (")[0] for text in notices] == ["The source /nowhere/at/all fails"]


def test_a_home_folder_that_is_not_there(halobot, monkeypatch):
    """A path below a home folder that isn't there is reported in a sentence, here and in HALO_SOURCES."""
    code, said = halobot("import", "~nobody-at-all/x.csv")
    assert (code, "~nobody-at-all/x.csv cannot be read" in said) == (1, True)
    monkeypatch.setenv("HALO_SOURCES", "~nobody-at-all/notes every 1h")
    code, said = halobot("sources")
    assert (code, "home folder that is not there" in said) == (1, True)


def test_a_malformed_setting(halobot, monkeypatch):
    """A malformed HALO_SOURCES is shown with what it should look like."""
    monkeypatch.setenv("HALO_SOURCES", "https://x.test every 5 moons")
    code, said = halobot("sources")
    assert (code, "HALO_SOURCES is malformed" in said) == (1, True)


def test_probe_needs_its_settings(halobot):
    """Without the API's settings, the first one missing is named."""
    code, said = halobot("sources", "probe")
    assert (code, "HALO_API_URL is not set" in said) == (1, True)


def test_a_question_loads_no_reader():
    """`halobot ask` loads none of the libraries that sources need."""
    libraries = ("selectolax", "feedparser", "openpyxl", "httpx2", "apscheduler")
    code = f"import sys, bot.cli.main, bot.search.service; print([m for m in {libraries} if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
