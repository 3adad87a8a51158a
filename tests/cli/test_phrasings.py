"""`halobot phrasings`: a worksheet goes out, comes back, is decided on and found."""

import pytest

from bot.app import Application
from bot.cli.doctor import run_checks
from bot.settings import read_settings
from tests.cli.test_sources import LIST, halobot
from tests.ingest.servers import Reply

__all__ = ["halobot"]
FILLED = """written_by = "Ann"
[[entry]]
key = "1200001"
impact = "fix"
phrasings = ["stop edits after the signature", "offers nobody may touch", "30 offers nobody may touch"]
"""


@pytest.fixture
def imported(halobot):
    halobot("import", "-", stdin=LIST)
    return halobot


def test_a_worksheet_goes_out(imported, tmp_path):
    """The list names the entry; the worksheet has its text, of one version, as TOML or CSV."""
    code, said = imported("phrasings")
    assert (code, "1200001" in said, "phrasings export" in said) == (0, True, True)
    code, said = imported("phrasings", "export", "--version", "2.220")
    assert code == 0
    assert 'key = "1200001"' in said
    assert "Prices stay." in said
    assert imported("phrasings", "export", "--version", "2.218")[0] == 1
    assert imported("phrasings", "export", "--version", "moon")[0] == 2
    assert imported("phrasings", "export", "--key", "77")[0] == 1
    assert "1 entries written" in imported("phrasings", "export", str(tmp_path / "sheet.csv"))[1]
    assert "1200001,v2.220" in (tmp_path / "sheet.csv").read_text("utf-8-sig")
    assert "cannot be written" in imported("phrasings", "export", str(tmp_path / "none" / "sheet.csv"))[1]


def test_a_worksheet_comes_back(imported, tmp_path):
    """What passes waits, with who wrote it; accepted, it is found; taken back, it is not."""
    (tmp_path / "sheet.toml").write_text(FILLED)
    code, said = imported("phrasings", "import", str(tmp_path / "sheet.toml"))
    assert (code, "3 wait for review, 1 dropped" in said) == (0, True)
    assert "a number that the source does not have (30)" in said
    said = imported("phrasings", "review")[1]
    assert "offers nobody may touch  [a person, Ann]" in said
    assert "Nothing on that yet" in imported("ask", "edits after signature")[1]
    assert "dismissed" in imported("phrasings", "dismiss", "3")[1]
    assert "2 accepted" in imported("phrasings", "accept", "--all")[1]
    assert "#1200001" in imported("ask", "edits after signature")[1]
    assert "Nothing waits for you" in imported("phrasings", "review")[1]
    assert "offers nobody may touch" in imported("phrasings", "review", "--dismissed")[1]
    assert "Took back" in imported("phrasings", "undo")[1]
    assert "Nothing on that yet" in imported("ask", "edits after signature")[1]
    assert "edited" not in imported("phrasings", "edit", "2", "no more changes once signed", "--by", "Bob")[1]
    assert "a person, Bob" in imported("phrasings", "review", "--key", "1200001")[1]


def test_a_catalogue_that_was_deleted(imported, tmp_path):
    """What was accepted is found again after the import; the impact too."""
    imported("phrasings", "import", "-", "--accept", stdin=FILLED)
    for path in tmp_path.glob("catalog.db*"):
        path.unlink()
    imported("import", "-", stdin=LIST)
    said = imported("ask", "edits after signature")[1]
    assert "#1200001" in said
    assert "Fix" in said


def test_a_language_model_describes(imported, site, monkeypatch):
    """`phrasings describe` asks the endpoint now, and what comes back waits. Without settings, it says so."""
    assert "HALO_LLM_URL is not set" in imported("phrasings", "describe")[1]
    monkeypatch.setenv("HALO_LLM_URL", f"{site.url}/v1")
    monkeypatch.setenv("HALO_LLM_MODEL", "model-1")
    content = '{"phrasings": ["stop edits after the signature"]}'
    site.pages["/v1/chat/completions"] = Reply(200, {"choices": [{"message": {"content": content}}]})
    assert "1 described (1 proposals" in imported("phrasings", "describe")[1]
    assert "[a language model, llm: model-1]" in imported("phrasings", "review")[1]


def test_doctor_checks_the_endpoint(imported, site, monkeypatch):
    """Not set, set in part, refusing, without that model, and well; never with the key in it."""

    def said() -> list[tuple[bool, bool, str]]:
        findings = run_checks(Application(read_settings()))
        words = ("language model", "endpoint", "described by", "HALO_LLM")
        return [(f.ok, f.required, f.text) for f in findings if any(word in f.text for word in words)]

    assert said() == [(True, True, "No language model is asked to describe new changes (HALO_LLM_URL is empty)")]
    monkeypatch.setenv("HALO_LLM_KEY", "sk-secret-secret")
    assert "HALO_LLM_URL and HALO_LLM_MODEL not set" in said()[0][2]
    monkeypatch.setenv("HALO_LLM_URL", f"{site.url}/v1")
    monkeypatch.setenv("HALO_LLM_MODEL", "model-1")
    assert said()[0][0]  # an endpoint that does not list its models
    site.pages["/v1/models"] = Reply(200, {"data": [{"id": "other"}]})
    assert "does not list that model" in said()[0][2]
    site.pages["/v1/models"] = Reply(200, {"data": [{"id": "model-1"}]})
    assert said()[0][:2] == (True, False)
    site.pages["/v1/models"] = Reply(401, {"error": "sk-secret-secret is wrong"})
    (refused,) = said()
    assert (refused[0], "Check HALO_LLM_KEY" in refused[2], "sk-secret" in refused[2]) == (False, True, False)
    monkeypatch.setenv("HALO_LLM_URL", "http://llm.example/v1")
    assert "has to begin with https://" in said()[0][2]


def test_what_cannot_be_done_is_said(imported):
    """In a sentence, with exit code 1 (2 for a command that is not complete)."""
    assert "no decision" in imported("phrasings", "undo")[1]
    for arguments in (("accept", "7"), ("dismiss", "7"), ("edit", "7", "words here"), ("accept", "--all")):
        code, said = imported("phrasings", *arguments)
        assert (code, said.startswith("Error: ")) == (1, True)
    assert imported("phrasings", "accept")[0] == 2
    code, said = imported("phrasings", "import", "-", stdin="no worksheet")
    assert (code, "not readable" in said) == (1, True)
    assert "cannot be read" in imported("phrasings", "import", "/nowhere/at/all")[1]
    assert imported("phrasings", "import", "-", stdin='[[entry]]\ntitle = "x"\n')[0] == 1
