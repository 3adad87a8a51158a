"""Expected words are looked up in what is stored, without parsing all of it."""

import json

import pytest

from bot.catalog import expected_words as module
from bot.catalog.expected_words import ExpectedWords

STORED = {
    7: {"cash": 3.5, "cash flow": 1.0, "e": 2},
    8: {"złoty": 0.25, 'say "cash': 9.0},
    9: {"cashier": 1.5, "1": 4.0, "cash": 0.5},
}


@pytest.fixture
def expected_words() -> ExpectedWords:
    return ExpectedWords({entry: json.dumps(words, ensure_ascii=False) for entry, words in STORED.items()})


def test_words_by_entry(expected_words: ExpectedWords) -> None:
    """Each entry has its words, and there are no others."""
    assert dict(expected_words) == STORED
    assert (len(expected_words), expected_words.get(1)) == (3, None)


@pytest.mark.parametrize(
    "stem", ["cash", "cash flow", "e", "złoty", 'say "cash', "cashier", "1", "flow", "", '"', "0.5"]
)
def test_entries_by_word(expected_words: ExpectedWords, stem: str) -> None:
    """A stem is expected of exactly the entries that have it, in as many phrasings, however often it is asked for."""
    wanted = {entry: words[stem] for entry, words in STORED.items() if stem in words}
    assert expected_words.expecting(stem) == wanted
    assert expected_words.expecting(stem) == wanted


def test_few_stems_are_kept(expected_words: ExpectedWords, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stems that nobody asks for again are not kept for ever, and are found again."""
    monkeypatch.setattr(module, "MAX_STEMS_KEPT", 2)
    for _ in range(2):
        assert [len(expected_words.expecting(stem)) for stem in ("cash", "e", "cashier", "x", "1")] == [2, 1, 1, 0, 1]
    assert len(expected_words._by_stem) <= 2
