"""Of entries that fit a question alike, the one that people described in more ways is the likelier one."""

import pytest

from bot.catalog.models import EXPECTED_PHRASINGS, IndexedText
from bot.search.confidence import PRIOR_WEIGHT, RankedDocument, with_posteriors
from bot.search.documents import Document
from bot.search.models import Expansion, Term
from bot.search.scoring import matches_among, score


def make_document(number: int, phrasings: list[str], expected: dict[str, float] | None = None) -> Document:
    """An entry with "rota" in its title and these phrasings."""
    text = IndexedText(number, str(number), "rota", "", "", "\n".join(phrasings))
    return Document(text, {"rota": 3.0, "engin": 2.0}, expected)


def rank(*documents: Document) -> list[RankedDocument]:
    """The documents as they stand to a question for "rota", in the given order."""
    terms = [Term("rota", 3.0, (Expansion(("rota",), 3.0, "exact", "rota"),))]
    matches = matches_among(documents, terms)
    return with_posteriors([(document, score(3.0, matches, document)) for document in documents], matches, 3)


def test_more_phrasings_more_likely() -> None:
    """With as large a share of lines that have the word, the entry with more lines is ahead, and likelier."""
    described, few = rank(make_document(1, ["rota"] * EXPECTED_PHRASINGS), make_document(2, ["rota"] * 5))
    assert described.rank_score > few.rank_score
    assert described.likelihood > few.likelihood


def test_usual_numbers_of_phrasings_make_no_difference() -> None:
    """Whether an entry has seventy phrasings or two hundred says nothing of how often it is asked for."""
    documents = [make_document(n, ["engin"] * n) for n in (EXPECTED_PHRASINGS, 100, 200)]
    assert [document.prior for document in documents] == [0.0, 0.0, 0.0]


def test_expected_words_stand_for_phrasings() -> None:
    """An entry whose missing phrasings are made up for by expected words is no less likely than a described one."""
    assert make_document(1, [], {"rota": 40.0}).prior == pytest.approx(0.0, abs=0.05)


def test_who_has_the_words_stays_ahead() -> None:
    """An entry with no phrasings at all loses less by that than half of the words of a question are worth."""
    assert -PRIOR_WEIGHT * make_document(1, []).prior < 0.2
