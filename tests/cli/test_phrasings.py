"""`halobot phrasings`: a worksheet goes out, comes back, is decided on and found."""

import pytest

from tests.cli.test_sources import LIST, halobot

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
